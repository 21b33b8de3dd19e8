// Two versions of a record side by side: what was typed here and what was saved meanwhile.
import { choices } from '@/catalog';
import type { TypedValues } from '@/fields';
import { isUuid, linkName } from '@/fields/names';
import { sent } from '@/fields/typing';
import type { FieldView } from '@/host';

/** A field that was changed here and stands differently in the newer version. */
export interface Differing {
    field: FieldView;
    mine: string;
    theirs: string;
}

/** A version of a record, as its fields hold it. */
export interface Version {
    version: number;
    values: TypedValues;
}

/** The fields to choose for. What was changed on one side only is no conflict. */
export function differing(
    fields: readonly FieldView[],
    typed: TypedValues,
    seen: TypedValues,
    now: TypedValues,
): Differing[] {
    return fields
        .filter((f) => {
            const [mine, was, is] = [sent(typed[f.id]), sent(seen[f.id]), sent(now[f.id])];
            return mine !== was && is !== was && mine !== is;
        })
        .map((field) => ({
            field,
            mine: inWords(field, typed),
            theirs: inWords(field, now),
        }));
}

/** What the entry holds after the choice: mine for `keep`, theirs for all that was not typed here. */
export function settled(
    fields: readonly FieldView[],
    typed: TypedValues,
    seen: TypedValues,
    now: TypedValues,
    keep: ReadonlySet<string>,
): TypedValues {
    const out: TypedValues = { ...now };
    for (const { id } of fields) {
        if (sent(typed[id]) === sent(seen[id])) continue;
        const untouched = sent(now[id]) === sent(seen[id]);
        if (untouched || keep.has(id)) out[id] = typed[id] ?? null;
    }
    return out;
}

/** A typed value as it is read. */
export function inWords(field: FieldView, values: TypedValues): string {
    const typed = values[field.id];
    if (typed === true) return '是';
    if (Array.isArray(typed)) return `${typed.filter((l) => !l.removed).length} 行`;
    if (typeof typed !== 'string' || typed === '') return '（空）';
    if (field.kind === 'choice')
        return choices(field.list ?? '').find((c) => c.code === typed)?.label ?? typed;
    return isUuid(typed) ? linkName(typed) || typed : typed;
}
