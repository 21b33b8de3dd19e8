// Conditions of a list: which belong to a field, what they say in words, how typed figures and days
// become conditions. The conditions themselves are the program's; nothing else is kept of a filter.
import { linkName } from '@/fields/names';
import { plusDays } from '@/fields/days';
import type { Condition, RegisterView } from '@/host';
import { allColumns, choicesOf, type Column } from './columns';

/** Named spans of days, as offered under a date. */
export const SPANS: readonly { code: string; label: string }[] = [
    { code: 'today', label: '今天' },
    { code: 'last_7_days', label: '近 7 天' },
    { code: 'last_31_days', label: '近 31 天' },
    { code: 'this_month', label: '本月' },
    { code: 'last_month', label: '上月' },
    { code: 'this_year', label: '今年' },
];

/** Where deadlines may stand. */
export const DEADLINES: readonly { code: string; label: string }[] = [
    { code: 'overdue', label: '已超期' },
    { code: 'today', label: '今天到期' },
    { code: 'soon', label: '三天内到期' },
    { code: 'none', label: '没有期限' },
    { code: 'late', label: '曾经超期' },
    { code: 'in_time', label: '从未超期' },
];

const MORE_SPANS: Record<string, string> = {
    yesterday: '昨天',
    this_week: '本周',
    last_week: '上周',
    last_year: '去年',
};

/** A span in words. */
export function spanLabel(code: string): string {
    const found = SPANS.find((span) => span.code === code)?.label ?? MORE_SPANS[code];
    if (found !== undefined) return found;
    const days = /^(last|next)_(\d+)_days$/.exec(code);
    return days ? `${days[1] === 'last' ? '近' : '今后'} ${days[2]} 天` : code;
}

/** The conditions on one field. */
export function conditionsOn(filters: readonly Condition[], field: string): Condition[] {
    return filters.filter((condition) => condition.field === field);
}

/** All conditions, with those on one field replaced. */
export function withConditions(
    filters: readonly Condition[],
    field: string,
    conditions: readonly Condition[],
): Condition[] {
    return [...filters.filter((condition) => condition.field !== field), ...conditions];
}

/** Whether two sets of conditions are the same, in whatever order. */
export function sameConditions(a: readonly Condition[], b: readonly Condition[]): boolean {
    const spelled = (all: readonly Condition[]): string =>
        all
            .map((one) => [one.field, one.op, one.value ?? ''].join('\u0001'))
            .sort()
            .join('\u0002');
    return spelled(a) === spelled(b);
}

const SIGNS: Record<string, string> = {
    '=': '＝',
    '!=': '≠',
    '<': '＜',
    '<=': '≤',
    '>': '＞',
    '>=': '≥',
};

function shortDay(value: string): string {
    return value.slice(0, 10);
}

/** The words of the values of one condition. */
function valueWords(register: RegisterView, column: Column | undefined, value: string): string {
    if (column === undefined) return value;
    if (column.filter === 'choice') {
        const all = choicesOf(register, column);
        return value
            .split(',')
            .map((code) => all.find((choice) => choice.code === code)?.label ?? code)
            .join('或');
    }
    if (column.filter === 'link') return linkName(value) || value;
    if (column.filter === 'date') return shortDay(value);
    return value;
}

function oneInWords(register: RegisterView, column: Column | undefined, one: Condition): string {
    const value = one.value ?? '';
    const label = column?.label ?? one.field;
    switch (one.op) {
        case 'within':
            return one.field === register.event
                ? spanLabel(value)
                : `${label}在${spanLabel(value)}`;
        case '~':
            return `${label}含“${value}”`;
        case 'empty':
            return `${label}没有填`;
        case 'filled':
            return `${label}已填`;
        case 'in':
            return `${label}＝${valueWords(register, column, value)}`;
        default:
            return `${label}${SIGNS[one.op] ?? one.op}${valueWords(register, column, value)}`;
    }
}

/** A span of days typed by hand, when the conditions are one. */
export function typedSpan(conditions: readonly Condition[]): { from: string; to: string } | null {
    const from = conditions.find((one) => one.op === '>=')?.value;
    const before = conditions.find((one) => one.op === '<')?.value;
    const to = conditions.find((one) => one.op === '<=')?.value;
    if (from === undefined && before === undefined && to === undefined) return null;
    return {
        from: from === undefined ? '' : shortDay(from),
        to: before === undefined ? shortDay(to ?? '') : plusDays(shortDay(before), -1),
    };
}

/** The conditions of a span of days; a moment lies before the day after the last. */
export function spanConditions(column: Column, from: string, to: string): Condition[] {
    const conditions: Condition[] = [];
    if (from !== '') conditions.push({ field: column.id, op: '>=', value: from });
    if (to !== '')
        conditions.push(
            column.kind === 'moment'
                ? { field: column.id, op: '<', value: plusDays(to, 1) }
                : { field: column.id, op: '<=', value: to },
        );
    return conditions;
}

/** Everything that is filtered, in words: 等级＝重大、近 31 天. */
export function inWords(
    register: RegisterView,
    filters: readonly Condition[],
    text: string,
): string {
    const columns = allColumns(register);
    const words: string[] = [];
    const fields = [...new Set(filters.map((condition) => condition.field))];
    for (const field of fields) {
        const conditions = conditionsOn(filters, field);
        const column = columns.find((one) => one.id === field);
        const span = column?.filter === 'date' ? typedSpan(conditions) : null;
        if (field === '@deadline' || field === '@papers' || field === '@closed')
            words.push(...conditions.map((one) => aboutWords(field, one.value ?? '')));
        else if (span !== null)
            words.push(
                `${column?.label ?? field}${span.from ? `从 ${span.from}` : ''}${span.to ? `到 ${span.to}` : ''}`,
            );
        else words.push(...conditions.map((one) => oneInWords(register, column, one)));
    }
    if (text !== '') words.push(`任何一栏含“${text}”`);
    return words.join('、');
}

function aboutWords(about: string, value: string): string {
    if (about === '@papers') return '纸件未收回';
    if (about === '@closed') return value === 'yes' ? '已办结' : '在办';
    return DEADLINES.find((one) => one.code === value)?.label ?? value;
}

/** A typed figure as conditions: `3`, `>3`, `≥3`, `3-5`; `null` when it is none. */
export function figureConditions(field: string, typed: string): Condition[] | null {
    const text = typed
        .normalize('NFKC')
        .replace(/[\s,]/g, '')
        .replace('≥', '>=')
        .replace('≤', '<=');
    if (text === '') return [];
    const span = /^(\d+(?:\.\d+)?)[-~至](\d+(?:\.\d+)?)$/.exec(text);
    if (span)
        return [
            { field, op: '>=', value: span[1] ?? '' },
            { field, op: '<=', value: span[2] ?? '' },
        ];
    const one = /^(>=|<=|>|<|=)?(-?\d+(?:\.\d+)?)$/.exec(text);
    return one ? [{ field, op: one[1] ?? '=', value: one[2] ?? '' }] : null;
}

/** Figure conditions as they are typed. */
export function figureTyped(conditions: readonly Condition[]): string {
    const [first, second] = conditions;
    if (first === undefined) return '';
    if (second !== undefined) return `${first.value ?? ''}-${second.value ?? ''}`;
    return first.op === '=' ? (first.value ?? '') : `${first.op}${first.value ?? ''}`;
}
