// The columns of a register: what each shows, how wide it is, how it is filtered, and which stand in
// the list before the clerk chose any. Widths are pixels at 16 px type.
import { choices } from '@/catalog';
import type { FieldKind, FieldView, RegisterView } from '@/host';

/** How a column or field is filtered. */
export type FilterKind = 'text' | 'figure' | 'choice' | 'date' | 'link' | 'deadline';

/** One column. */
export interface Column {
    /** Field id, `number`, `state` or `@deadline`. */
    id: string;
    label: string;
    kind: FieldKind | 'number' | 'state' | 'deadline';
    field: FieldView | null;
    width: number;
    /** Takes the room that is left. */
    grow: boolean;
    /** Figures stand at the right. */
    right: boolean;
    sorts: boolean;
    filter: FilterKind | null;
}

/** A column as the clerk keeps it. */
export interface KeptColumn {
    id: string;
    width?: number;
}

interface Short {
    label?: string;
    width?: number;
}

/** Narrow heads and widths of the registers that are read all day; the others follow the catalog. */
const SHORT: Record<string, Record<string, Short>> = {
    complaint: {
        received_at: { label: '登记时间' },
        complainant_name: { width: 84 },
        location: { label: '房号 / 部位', width: 124 },
        grade: { label: '等级', width: 68 },
        class: { label: '类别', width: 100 },
        channel: { label: '渠道', width: 120 },
        handler: { width: 84 },
        urgent: { width: 72 },
    },
};

/**
 * Which columns stand in such a list before the clerk chose any: `wide` only on wide windows; with
 * large type those that may leave go first, from the left.
 */
const FIRST: Record<string, { id: string; wide?: boolean; leaves?: boolean }[]> = {
    complaint: [
        { id: 'number' },
        { id: 'received_at' },
        { id: 'complainant_name' },
        { id: 'location', leaves: true },
        { id: 'content' },
        { id: 'class', wide: true },
        { id: 'channel', wide: true },
        { id: 'grade' },
        { id: 'state' },
        { id: '@deadline' },
        { id: 'handler', leaves: true },
        { id: 'department', wide: true },
    ],
};

const FILTERS: Partial<Record<FieldKind, FilterKind>> = {
    text: 'text',
    long_text: 'text',
    person: 'text',
    phone: 'text',
    int: 'figure',
    money: 'figure',
    score: 'figure',
    date: 'date',
    moment: 'date',
    flag: 'choice',
    choice: 'choice',
    link: 'link',
};

const FIGURES = new Set<FieldKind>(['int', 'money', 'score', 'computed']);
const MOMENT_WIDTH = 112;
const DATE_WIDTH = 112;
/** The column of ticks. */
export const TICKS_WIDTH = 40;
const GROW_MIN = 160;
const SCROLL_BAR = 16;

function ofField(register: RegisterView, field: FieldView): Column {
    const short = SHORT[register.id]?.[field.id];
    const usual = { moment: MOMENT_WIDTH, date: DATE_WIDTH }[field.kind as string];
    // A head needs its words, the mark of the order and its margins.
    const label = short?.label ?? field.label;
    const least = [...label].length * 16 + 32;
    return {
        id: field.id,
        label,
        kind: field.kind,
        field,
        width: short?.width ?? Math.max(usual ?? field.column?.width ?? 140, least),
        grow: field.id === register.title,
        right: FIGURES.has(field.kind),
        sorts: FILTERS[field.kind] !== undefined,
        filter: FILTERS[field.kind] ?? null,
    };
}

/** Every column that a register can show, in the order of its paper. */
export function allColumns(register: RegisterView): Column[] {
    const own = { field: null, grow: false, right: false };
    const columns: Column[] = [];
    if (register.numbered)
        columns.push({
            ...own,
            id: 'number',
            label: '编号',
            kind: 'number',
            width: 168,
            sorts: true,
            filter: 'text',
        });
    for (const field of register.fields)
        if (field.kind !== 'lines' && field.kind !== 'file') columns.push(ofField(register, field));
    if (register.workflow !== null)
        columns.push(
            {
                ...own,
                id: 'state',
                label: '状态',
                kind: 'state',
                width: 120,
                sorts: true,
                filter: 'choice',
            },
            {
                ...own,
                id: '@deadline',
                label: '期限',
                kind: 'deadline',
                width: 174,
                sorts: false,
                filter: 'deadline',
            },
        );
    return columns;
}

/** Which columns stand in the list before the clerk chose any: what fits without moving sideways. */
export function firstColumns(register: RegisterView, room: number, wide: boolean): Column[] {
    const all = allColumns(register);
    const listed = FIRST[register.id];
    if (listed !== undefined) {
        let shown = listed.filter((one) => wide || one.wide !== true);
        const standing = (): Column[] =>
            shown.flatMap((one) => all.filter((column) => column.id === one.id));
        const needed = (): number =>
            standing().reduce((sum, one) => sum + (one.grow ? GROW_MIN : one.width), 0);
        for (const { id } of listed.filter((one) => one.leaves || one.wide))
            if (needed() > room - TICKS_WIDTH - SCROLL_BAR)
                shown = shown.filter((one) => one.id !== id);
        return standing();
    }
    let left = room - TICKS_WIDTH - SCROLL_BAR;
    const usual = all.filter(
        (column) => column.field === null || column.field.column?.hidden === false,
    );
    const title = usual.find((column) => column.grow);
    if (title !== undefined) left -= GROW_MIN;
    const fitting: Column[] = [];
    for (const column of usual) {
        if (column !== title) left -= column.width;
        if (left < 0 && column !== title) continue;
        fitting.push(column);
    }
    return fitting;
}

/** The columns that the clerk kept; `null` when none of them is there any more. */
export function keptColumns(register: RegisterView, kept: unknown): Column[] | null {
    if (!Array.isArray(kept)) return null;
    const all = allColumns(register);
    const columns = (kept as KeptColumn[]).flatMap((one) => {
        const found = all.find((column) => column.id === one.id);
        if (found === undefined) return [];
        return typeof one.width === 'number'
            ? [{ ...found, width: one.width, grow: false }]
            : [found];
    });
    return columns.length === 0 ? null : columns;
}

/** Codes and words of a column that is filtered by choice. */
export function choicesOf(
    register: RegisterView,
    column: Column,
): { code: string; label: string }[] {
    if (column.kind === 'state')
        return (register.workflow?.states ?? []).map(({ code, label }) => ({ code, label }));
    if (column.kind === 'flag')
        return [
            { code: '是', label: '是' },
            { code: '否', label: '否' },
        ];
    return choices(column.field?.list ?? '').map(({ code, label }) => ({
        code,
        label: shortChoice(register, label),
    }));
}

/** 重大投诉 in the list of 投诉 is 重大: the register's own name goes without saying. */
export function shortChoice(register: RegisterView, label: string): string {
    const ends = label.endsWith(register.label) && label.length > register.label.length;
    return ends ? label.slice(0, -register.label.length) : label;
}
