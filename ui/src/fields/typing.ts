// Between what is typed and what crosses the seam: what is sent, and how an answer is written back.
import { emptyLine, isEmptyLine, type LineShown } from './lines';
import { isUuid, nameLink } from './names';
import type { FieldLike, LineTyped, Typed, TypedValues } from './types';

/** A typed value as it is sent. Empty text is nothing. */
export function asked(field: FieldLike, typed: Typed): unknown {
    if (Array.isArray(typed)) return typed.filter((l) => !isGone(l)).map(line);
    if (typeof typed === 'string') return typed.trim() === '' ? null : typed;
    return field.kind === 'flag' ? typed === true : typed;
}

/** A new line that was taken out again, or never filled. */
function isGone(line: LineTyped): boolean {
    return line.uuid === null && (line.removed || isEmptyLine(line));
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
const READ_BACK = new Set(['date', 'moment', 'phone', 'int']);

/**
 * How a read value stands in its field afterwards; `null` leaves what was typed. A link that was typed
 * as a name or number becomes the record that it means.
 */
export function readBack(
    field: FieldLike,
    shown: string | undefined,
    value: unknown,
): string | null {
    if (shown === undefined || shown === '') return null;
    if (field.kind === 'link' && isUuid(value)) {
        nameLink(value, shown);
        return value;
    }
    if (field.kind === 'choice') return typeof value === 'string' ? value : null;
    if (field.kind === 'score' && typeof value === 'number') return hundredths(value);
    if (field.kind === 'money' && typeof value === 'number') return hundredths(value);
    if (!READ_BACK.has(field.kind)) return null;
    return field.kind === 'phone' ? groupedPhones(shown) : shown;
}

/** A fault as it stands under its field: without the label that stands beside it. */
export function inField(
    field: FieldLike,
    fault: { code: string; message: string },
    typed: Typed | undefined,
): string {
    const short = fault.code === 'bad_phone' ? mobileFault(String(typed ?? '')) : null;
    if (short !== null) return short;
    const label = `${field.label}：`;
    return fault.message.startsWith(label) ? fault.message.slice(label.length) : fault.message;
}

const MOBILE = 11;

/** What is wrong with a mobile number that lacks digits or has too many; `null` for anything else. */
export function mobileFault(typed: string): string | null {
    for (const part of typed.normalize('NFKC').split(/[、,;/\n|]/)) {
        const digits = part.replace(/[\s()-]/g, '');
        if (!/^1[3-9]\d{6,12}$/.test(digits) || digits.length === MOBILE) continue;
        const by = Math.abs(MOBILE - digits.length);
        const what = digits.length < MOBILE ? `少 ${by} 位` : `多 ${by} 位`;
        const act = digits.length < MOBILE ? '补齐' : '改好';
        return `手机号${what}（应为 11 位）。已填的内容还在，${act}后按 Enter。`;
    }
    return null;
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
    lines: Readonly<Record<string, readonly LineShown[] | undefined>> = {},
    columns: (lines: string) => readonly FieldLike[] = () => [],
): TypedValues {
    const out: TypedValues = {};
    for (const field of fields) {
        if (field.kind === 'lines' && field.lines) {
            const of = columns(field.lines);
            out[field.id] = (lines[field.id] ?? []).map((l) => ({
                ...emptyLine(),
                uuid: l.uuid,
                values: typedOf(of, l.values, l.shown),
            }));
            continue;
        }
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

/** What the spec puts into new records. */
export function defaultsOf(
    fields: readonly (FieldLike & { default: string | null })[],
): TypedValues {
    const out: TypedValues = {};
    for (const field of fields) {
        if (field.default === null) continue;
        out[field.id] = field.kind === 'flag' ? /^(1|true|是)$/.test(field.default) : field.default;
    }
    return out;
}

/** Help as it stands in an empty field: without the numbers of rules, which are for the settings. */
export function shortHelp(help: string): string {
    return help.replace(/（[A-Z]-\d+）/g, '');
}
