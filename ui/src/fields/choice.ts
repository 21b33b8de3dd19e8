// How a choice is offered: few choices as a row, the common ones of a long list as a row with the
// others behind its end, the rest as a list that is filtered by what is typed.
import type { ChoiceView, FieldView, RegisterView } from '@/host';

/** Six choices fit in a row; digits reach them. */
export const IN_ROW = 6;
/** Widths in characters that a row can hold: of half the form, of the whole form. */
const HALF = 15;
const WHOLE = 40;
/** What a border and its padding cost beside the words, in characters. */
const AROUND = 1.5;

/** Long lists whose few common choices stand in a row. */
const COMMON: Record<string, readonly string[]> = {
    'complaint.channel': ['phone', 'visit', 'letter', 'hotline_12345', 'site'],
};

/** A choice as a row, with what stands behind its end. */
export interface ChoiceRow {
    row: ChoiceView[];
    others: ChoiceView[];
    /** Needs the whole width of the form. */
    wide: boolean;
}

/** The row of a choice field, or `null` when it is a list. */
export function rowOf(
    register: Pick<RegisterView, 'id'>,
    field: Pick<FieldView, 'id'>,
    offered: readonly ChoiceView[],
): ChoiceRow | null {
    const common = COMMON[`${register.id}.${field.id}`];
    const row = common
        ? common.flatMap((code) => offered.filter((c) => c.code === code))
        : [...offered];
    const others = offered.filter((c) => !row.includes(c));
    const places = row.length + (others.length > 0 ? 1 : 0);
    if (places > IN_ROW || places === 0) return null;
    const width = row.reduce(
        (sum, c) => sum + widthOf(c.label) + AROUND,
        others.length > 0 ? 4 : 0,
    );
    return width > WHOLE ? null : { row, others, wide: width > HALF };
}

function widthOf(text: string): number {
    return [...text].reduce((sum, char) => sum + (char.charCodeAt(0) < 0x2e80 ? 0.55 : 1), 0);
}

/** The choices that what is typed can mean: by label, synonym, pinyin, initials. */
export function matching(offered: readonly ChoiceView[], text: string): ChoiceView[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [...offered];
    const starts = offered.filter((c) => c.label.toLowerCase().startsWith(wanted));
    const holds = offered.filter(
        (c) =>
            !starts.includes(c) &&
            (c.label.toLowerCase().includes(wanted) ||
                c.found_by.split(' ').some((word) => word.toLowerCase().startsWith(wanted))),
    );
    return [...starts, ...holds];
}
