// What a new entry begins with: the present moment, the one project, the clerk's name. All of it is
// shown and can be changed.
import type { TypedValues } from '@/fields';
import { defaultsOf } from '@/fields/typing';
import { learnNames, nameLink } from '@/fields/names';
import { call, type FieldView, type RegisterView } from '@/host';
import { session } from '@/session';
import { typedFields } from './plan';

/** The person field that the clerk usually fills with the own name. */
const CLERK: Record<string, string> = { complaint: 'receiver' };

/** What is taken over from the record before, beside what `isHabit` says. */
const NOT_COPIED = new Set(['outcome', 'grade', 'converted_to', 'liability']);

/** What stands in a new entry. */
export async function begin(register: RegisterView): Promise<TypedValues> {
    const out: TypedValues = defaultsOf(typedFields(register));
    const event = register.fields.find((f) => f.id === register.event);
    const now = session.value?.now ?? '';
    if (event && !event.read_only && event.kind === 'moment')
        out[event.id] = now.slice(0, 16).replace('T', ' ');
    const clerk = CLERK[register.id];
    if (clerk !== undefined) out[clerk] = session.value?.office?.operator ?? null;
    const project = register.fields.find((f) => f.target === 'project' && f.kind === 'link');
    if (project) {
        const found = await call('look_up', { register: 'project', text: '', limit: 2 });
        const [only] = found;
        if (only && found.length === 1) {
            nameLink(only.uuid, only.title);
            out[project.id] = only.uuid;
        }
    }
    return out;
}

/** What is alike from one record to the next: where, by which way, who took it. */
function isHabit(field: FieldView, register: RegisterView): boolean {
    if (field.personal !== null || field.id === register.title || NOT_COPIED.has(field.id))
        return false;
    if (field.kind === 'choice') return true;
    if (field.kind === 'link') return field.target !== register.id && field.target !== 'person';
    return field.kind === 'person' || field.id === 'transfer_from';
}

/** The fields of the newest record of the register that are worth copying; `null` without one. */
export async function fromLast(
    register: RegisterView,
    fields: readonly FieldView[],
): Promise<TypedValues | null> {
    const page = await call('list_records', {
        register: register.id,
        filters: [],
        text: null,
        sort: ['-created_at'],
        offset: 0,
        limit: 1,
        unmask: false,
        count: false,
    });
    const [last] = page.rows;
    if (last === undefined) return null;
    learnNames(register, last.values, last.shown);
    const out: TypedValues = {};
    for (const field of fields) {
        const value = last.values[field.id];
        if (typeof value === 'string' && isHabit(field, register)) out[field.id] = value;
    }
    return out;
}
