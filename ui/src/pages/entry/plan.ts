// Where the fields stand on the entry page: from the spec, in the order of the paper. A register may
// have its own order here; everything that it does not name goes under 更多栏目.
import { catalog } from '@/catalog';
import { rowOf } from '@/fields/choice';
import type { FieldView, RegisterView } from '@/host';

/** A field in its place. */
export interface Placed {
    field: FieldView;
    /** Takes the whole width. */
    wide: boolean;
    /** A tick that stands inside this field's row. */
    inside: FieldView | null;
    /** A text that usually has several lines. */
    tall: boolean;
    placeholder: string;
}

/** A group of fields under its heading. */
export interface PlacedSection {
    id: string;
    label: string;
    places: Placed[];
}

/** The page. */
export interface Plan {
    sections: PlacedSection[];
    /** What the intake does not ask for first. */
    more: PlacedSection[];
}

interface Own {
    sections: Record<string, readonly string[]>;
    wide?: readonly string[];
    inside?: Record<string, string>;
    tall?: readonly string[];
    placeholders?: Record<string, string>;
}

const OWN: Record<string, Own> = {
    complaint: {
        sections: {
            intake: [
                'received_at',
                'receiver',
                'channel',
                'transfer_no',
                'transfer_from',
                'outer_deadline',
            ],
            complainant: ['complainant_name', 'relation', 'phone', 'complainant_unit', 'address'],
            matter: ['project', 'location', 'class', 'urgent', 'content', 'detail', 'demand'],
        },
        wide: ['address'],
        inside: { complainant_name: 'anonymous' },
        tall: ['detail'],
        placeholders: {
            complainant_unit: '个人可不填',
            detail: '什么时候、哪个部位、有多大、影响什么。本栏换行按 Ctrl+Enter',
            demand: '投诉人希望怎么办，例如：三天内派人查看',
            phone: '几个号码用、隔开',
        },
    },
};

/** Kinds that are not typed in a form. */
const NEVER = new Set(['computed', 'file']);

/** The fields that a person may type; what the workflow writes down is not among them. */
export function typedFields(register: RegisterView): FieldView[] {
    return register.fields.filter(
        (f) =>
            !f.read_only &&
            !NEVER.has(f.kind) &&
            !(f.kind === 'lines' && register.workflow !== null),
    );
}

/** The step that follows when a record is made: the one that gives the number. */
export function firstStep(register: RegisterView): string | null {
    return register.workflow?.path[0]?.steps[0] ?? null;
}

/** The page of a register. */
export function planOf(register: RegisterView): Plan {
    const fields = typedFields(register);
    const own = OWN[register.id];
    const first = own ? ownSections(register, fields, own) : firstSections(register, fields);
    const taken = new Set(first.flatMap((s) => s.places.flatMap((p) => [p.field, p.inside])));
    const rest = fields.filter((f) => !taken.has(f));
    return { sections: first, more: grouped(register, rest, own) };
}

function ownSections(register: RegisterView, fields: FieldView[], own: Own): PlacedSection[] {
    return Object.entries(own.sections).map(([id, ids]) => ({
        id,
        label: register.sections.find((s) => s.id === id)?.label ?? '',
        places: ids
            .flatMap((one) => fields.filter((f) => f.id === one))
            .map((f) => place(register, f, fields, own)),
    }));
}

/** Without an own order: the sections that hold what the first step needs, or all. */
function firstSections(register: RegisterView, fields: FieldView[]): PlacedSection[] {
    const all = grouped(register, fields, undefined);
    const step = firstStep(register);
    if (step === null) return all;
    return all.filter((s) =>
        s.places.some(({ field }) => field.required || field.required_for.includes(step)),
    );
}

function grouped(
    register: RegisterView,
    fields: FieldView[],
    own: Own | undefined,
): PlacedSection[] {
    const sections = [{ id: '', label: '' }, ...register.sections];
    return sections
        .map(({ id, label }) => ({
            id,
            label,
            places: fields
                .filter((f) => f.section === id)
                .map((f) => place(register, f, fields, own)),
        }))
        .filter((s) => s.places.length > 0);
}

function place(
    register: RegisterView,
    field: FieldView,
    fields: FieldView[],
    own: Own | undefined,
): Placed {
    const inner = own?.inside?.[field.id];
    return {
        field,
        wide: own?.wide?.includes(field.id) === true || isWide(register, field),
        inside: fields.find((f) => f.id === inner) ?? null,
        tall: own?.tall?.includes(field.id) === true,
        placeholder: own?.placeholders?.[field.id] ?? '',
    };
}

function isWide(register: RegisterView, field: FieldView): boolean {
    if (field.kind === 'long_text' || field.kind === 'lines') return true;
    if (field.kind !== 'choice') return false;
    const choices = catalog().lists[field.list ?? '']?.choices ?? [];
    return (
        rowOf(
            register,
            field,
            choices.filter((c) => !c.retired),
        )?.wide === true
    );
}

/** Which of the shown fields stand in the right column. */
export function rightOnes(places: readonly Placed[]): ReadonlySet<string> {
    const out = new Set<string>();
    let right = false;
    for (const { field, wide } of places) {
        if (!wide && right) out.add(field.id);
        right = !wide && !right;
    }
    return out;
}
