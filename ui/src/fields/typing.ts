// Between what is typed and what crosses the seam: what is sent, and how an answer is written back.
import type { FieldLike, LineTyped, Typed, TypedValues } from './types';

/** A typed value as it is sent. Empty text is nothing. */
export function asked(field: FieldLike, typed: Typed): unknown {
    if (Array.isArray(typed)) return typed.filter((l) => l.uuid !== null || !l.removed).map(line);
    if (typeof typed === 'string') return typed.trim() === '' ? null : typed;
    return field.kind === 'flag' ? typed === true : typed;
}

function line(typed: LineTyped): Record<string, unknown> {
    if (typed.uuid !== null && typed.removed) return { uuid: typed.uuid, remove: true };
    const values: Record<string, unknown> = {};
    for (const [id, value] of Object.entries(typed.values))
        values[id] = typeof value === 'string' && value.trim() === '' ? null : value;
    return typed.uuid === null ? values : { uuid: typed.uuid, ...values };
}

/** A typed value as text to compare: an empty text, a tick that is not set and nothing are one. */
export function sent(typed: Typed | undefined): string {
    if (typed === undefined || typed === null || typed === false || typed === '') return 'null';
    return JSON.stringify(typed);
}

/** Kinds that the program writes back as it read them. */
const READ_BACK = new Set(['date', 'moment', 'phone', 'money', 'int', 'score']);

/** How a read value stands in its field afterwards; `null` leaves what was typed. */
export function readBack(field: FieldLike, shown: string | undefined): string | null {
    if (shown === undefined || shown === '' || !READ_BACK.has(field.kind)) return null;
    return field.kind === 'phone' ? groupedPhones(shown) : shown;
}

/** `13900426217、02168880176` with mobiles in groups: `139 0042 6217、021-68880176`. */
export function groupedPhones(shown: string): string {
    return shown
        .split('、')
        .map((one) => one.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3'))
        .join('、');
}

/** A kept record's values as they are typed: amounts in yuan, dates and telephones as shown. */
export function typedOf(
    fields: readonly FieldLike[],
    values: Readonly<Record<string, unknown>>,
    shown: Readonly<Record<string, string | undefined>>,
): TypedValues {
    const out: TypedValues = {};
    for (const field of fields) {
        const value = values[field.id];
        if (value === undefined || value === null) continue;
        out[field.id] = one(field, value, shown[field.id]);
    }
    return out;
}

function one(field: FieldLike, value: unknown, shown: string | undefined): Typed {
    switch (field.kind) {
        case 'flag':
            return value === true;
        case 'money':
        case 'score':
            return typeof value === 'number' ? hundredths(value) : String(value);
        case 'date':
        case 'moment':
            return shown ?? String(value);
        case 'phone':
            return groupedPhones(shown ?? String(value));
        default:
            return String(value);
    }
}

/** 1200050 as `12000.50`. */
export function hundredths(amount: number): string {
    const digits = String(Math.abs(amount)).padStart(3, '0');
    return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
