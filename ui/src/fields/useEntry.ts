// An entry under way: what is typed, what is wrong with it, and the moving between its fields.
// It never saves; pages and the step dialog do.
import {
    computed,
    reactive,
    toValue,
    type ComputedRef,
    type MaybeRefOrGetter,
    type Ref,
    watch,
} from 'vue';
import { call, type FieldView, type RegisterView } from '@/host';
import { composing } from '@/keys';
import { isRequired, isShown, missingOf } from './conditions';
import { focusField, moveFrom } from './moving';
import { readLines } from './readLines';
import { asked, inField, readBack, sent } from './typing';
import type { Typed, TypedValues } from './types';

/** A fault as the program tells it. */
export interface ToldFault {
    field: string;
    code: string;
    message: string;
}

/** How an entry is begun. */
export interface EntryOptions {
    /** The fields that can be typed in, in the order of the page. */
    fields: MaybeRefOrGetter<readonly FieldView[]>;
    /** The record that is changed. */
    record?: string | null;
    /** The step that is taken, or that follows when the record is made. */
    step?: string | null;
    /** What stands in it at the beginning. */
    initial?: TypedValues;
    /** The element around the fields: focus and Enter look for them in it. */
    root: Readonly<Ref<HTMLElement | null>>;
}

/** An entry under way. */
export interface Entry {
    /** What is typed, by field id. */
    values: TypedValues;
    /** What is wrong, by field id, as sentences. */
    faults: Record<string, string>;
    /** Fields that stand on the page now. */
    shown: ComputedRef<FieldView[]>;
    /** Required fields that are still empty. */
    missing: ComputedRef<FieldView[]>;
    /** Whether anything differs from the beginning. */
    changed: ComputedRef<boolean>;
    required(field: FieldView): boolean;
    /** Reads one field as the program reads it and shows it back; answers whether it is good. */
    check(id: string): Promise<boolean>;
    /**
     * The same for all, with what is missing unless `required` is false; the cursor goes into the
     * first that is wrong.
     */
    checkAll(required?: boolean): Promise<boolean>;
    /** Puts the cursor into a field. */
    focus(id: string): boolean;
    /** Takes the faults of a refused command; answers those that no field here can show. */
    take(faults: readonly ToldFault[]): ToldFault[];
    /** Enter and Shift+Enter; give it the `keydown` of the element around the fields. */
    onKeydown(event: KeyboardEvent): void;
    /** What is to be sent: only changed fields of a record, everything filled of a new one. */
    ask(): Record<string, unknown>;
    /** Begins anew from these values. */
    begin(initial: TypedValues): void;
}

const REQUIRED = '必填，请填写。';

/** Begins an entry of `register`. */
export function useEntry(register: RegisterView, options: EntryOptions): Entry {
    const values = reactive<TypedValues>({});
    const faults = reactive<Record<string, string>>({});
    const initial = reactive<TypedValues>({});
    const record = options.record ?? null;
    const step = options.step ?? null;

    const all = (): readonly FieldView[] => toValue(options.fields);
    const shown = computed(() => all().filter((f) => isShown(f, values)));
    const missing = computed(() => missingOf(shown.value, values, step));
    const changed = computed(() => all().some((f) => sent(values[f.id]) !== sent(initial[f.id])));

    function begin(from: TypedValues): void {
        for (const map of [values, initial, faults])
            for (const key of Object.keys(map)) delete map[key];
        Object.assign(initial, structuredClone(from));
        Object.assign(values, structuredClone(from));
    }

    /** What is no longer missing is no longer told as missing. */
    function dropRequired(still: ReadonlySet<string>): void {
        for (const [id, told] of Object.entries(faults))
            if (told === REQUIRED && !still.has(id)) delete faults[id];
    }
    watch(missing, (fields) => dropRequired(new Set(fields.map((f) => f.id))));

    async function read(fields: readonly FieldView[]): Promise<boolean> {
        const plain = fields.filter((f) => f.kind !== 'lines');
        const good = plain.length === 0 || (await readPlain(plain));
        let whole = good;
        for (const f of fields.filter((f) => f.kind === 'lines')) {
            const fault = await readLines(f, values[f.id]);
            if (fault === null) delete faults[f.id];
            else faults[f.id] = fault;
            whole &&= fault === null;
        }
        return whole;
    }

    async function readPlain(fields: readonly FieldView[]): Promise<boolean> {
        const typed: Record<string, unknown> = {};
        for (const f of fields) typed[f.id] = asked(f, values[f.id] ?? null);
        const answer = await call('check_values', {
            register: register.id,
            record,
            step,
            values: typed,
        });
        let good = true;
        for (const f of fields) {
            // Typed on while the program read: the next leaving asks again.
            if (asked(f, values[f.id] ?? null) !== typed[f.id]) continue;
            const told = answer.faults.find((g) => g.field === f.id && g.code !== 'required');
            if (told) {
                faults[f.id] = inField(f, told, values[f.id]);
                good = false;
                continue;
            }
            delete faults[f.id];
            const back = readBack(f, answer.shown[f.id], answer.values[f.id]);
            if (back !== null && typeof values[f.id] === 'string') values[f.id] = back;
        }
        return good;
    }

    const entry: Entry = {
        values,
        faults,
        shown,
        missing,
        changed,
        required: (field) => isRequired(field, values, step),
        async check(id) {
            const field = all().find((f) => f.id === id);
            if (field === undefined) return true;
            try {
                return await read([field]);
            } catch {
                // Saving reads it again and says why it cannot.
                return true;
            }
        },
        async checkAll(required = true) {
            if (!required) dropRequired(new Set());
            const good = await read(shown.value.filter((f) => values[f.id] !== undefined));
            for (const f of required ? missing.value : []) faults[f.id] = REQUIRED;
            const first = shown.value.find((f) => faults[f.id] !== undefined);
            if (first !== undefined) entry.focus(first.id);
            return good && first === undefined;
        },
        focus: (id) => options.root.value !== null && focusField(options.root.value, id),
        take(told) {
            const known = new Set(shown.value.map((f) => f.id));
            for (const fault of told) {
                const field = shown.value.find((f) => f.id === fieldOf(fault.field));
                if (field) faults[field.id] = inField(field, fault, values[field.id]);
            }
            const first = shown.value.find((f) => faults[f.id] !== undefined);
            if (first !== undefined) entry.focus(first.id);
            return told.filter((fault) => !known.has(fieldOf(fault.field)));
        },
        onKeydown(event) {
            if (composing(event) || event.key !== 'Enter' || event.defaultPrevented) return;
            if (event.ctrlKey || event.altKey || event.metaKey) return;
            const target = event.target;
            if (!(target instanceof Element) || options.root.value === null) return;
            if (target.closest('[data-field]') === null) return;
            // Enter never submits: the last field keeps the cursor.
            event.preventDefault();
            moveFrom(options.root.value, target, event.shiftKey);
        },
        ask() {
            const out: Record<string, unknown> = {};
            for (const f of all()) {
                const typed = isShown(f, values) ? (values[f.id] ?? null) : null;
                const same = sent(typed) === sent(initial[f.id]);
                if (record === null ? sent(typed) === 'null' : same) continue;
                out[f.id] = asked(f, typed as Typed);
            }
            return out;
        },
        begin,
    };
    begin(options.initial ?? {});
    return entry;
}

/** `actions[2].text` is a fault of the field `actions`. */
function fieldOf(path: string): string {
    return path.split('[')[0] ?? path;
}
