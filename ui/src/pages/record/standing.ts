// What to do when the record moved on under what was typed: which fields differ on both sides, and
// which only moved on their own. Pure.
import { sent } from '@/fields/typing';
import type { Typed, TypedValues } from '@/fields/types';

/** A field that was typed here and changed there. */
export interface Clash {
    field: string;
    label: string;
    mine: Typed;
    theirs: Typed;
}

/** What stands against what. */
export interface Standing {
    /** Both sides changed it, to different values. */
    clashes: Clash[];
    /** Labels of what only the record changed. */
    moved: string[];
}

/** Compares: `base` when the typing began, `mine` as typed, `theirs` as the record stands now. */
export function compare(
    fields: readonly { id: string; label: string }[],
    base: TypedValues,
    mine: TypedValues,
    theirs: TypedValues,
): Standing {
    const clashes: Clash[] = [];
    const moved: string[] = [];
    for (const { id, label } of fields) {
        const before = sent(base[id]);
        const now = sent(theirs[id]);
        if (now === before) continue;
        const typed = sent(mine[id]);
        if (typed === before) moved.push(label);
        else if (typed !== now)
            clashes.push({ field: id, label, mine: mine[id] ?? null, theirs: theirs[id] ?? null });
    }
    return { clashes, moved };
}

/** A typed value for reading; codes by their labels. */
export function readable(typed: Typed, label: (code: string) => string): string {
    if (typed === null || typed === '' || typed === false) return '（空）';
    if (typed === true) return '是';
    if (typeof typed === 'string') return label(typed);
    return `${typed.filter((line) => !line.removed).length} 行`;
}
