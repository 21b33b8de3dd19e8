// What the dialog of a step holds: its fields, and how typed things go into a draft and come back.
import type { Entry, TypedValues } from '@/fields';
import { sent } from '@/fields/typing';
import type { FieldView, RegisterView, StepAsk, StepOffer } from '@/host';

/** What is kept of a dialog that was left. */
export interface StepBody {
    /** Version of the record when the typing began. */
    seen: number;
    /** The asked fields as they were then. */
    base: TypedValues;
    values: TypedValues;
    action: TypedValues;
    waived: Record<string, string>;
}

/** A field of the record can be asked for here unless it would show a mask as if it were the value. */
export function mayShow(field: FieldView, ask: StepAsk): boolean {
    if (field.kind === 'lines' || field.kind === 'file' || field.read_only) return false;
    return field.personal === null || ask.empty;
}

/** The names of an order's own questions among the fields of the action line. */
const ORDER: Record<string, string> = { at: 'occurred_at', person: 'person', text: 'text' };
const LABELS: Record<string, string> = { at: '什么时候', person: '谁', text: '说明' };

/** The fields of the action line that a step asks for, worded for the dialog. */
export function actionFields(offer: StepOffer, lines: RegisterView): FieldView[] {
    return offer.asks.flatMap((ask) => {
        if (ask.on === 'record') return [];
        const id = ask.on === 'order' ? (ORDER[ask.field] ?? ask.field) : ask.field;
        const field = lines.fields.find((one) => one.id === id);
        if (!field) return [];
        const label = ask.on === 'order' ? (LABELS[ask.field] ?? ask.label) : ask.label;
        return [{ ...field, label, required: ask.required }];
    });
}

/** What is typed now, for the draft. */
export function bodyOf(
    seen: number,
    base: TypedValues,
    fields: readonly FieldView[],
    record: Entry,
    action: Entry,
    waived: Record<string, string>,
): StepBody {
    const values: TypedValues = {};
    const before: TypedValues = {};
    for (const { id } of fields) {
        if (sent(record.values[id]) === sent(base[id])) continue;
        values[id] = record.values[id] ?? null;
        before[id] = base[id] ?? null;
    }
    return { seen, base: before, values, action: { ...action.values }, waived: { ...waived } };
}

/** Begins an entry anew from `base` with `typed` on top of it. */
export function restore(entry: Entry, base: TypedValues, typed: TypedValues): void {
    entry.begin(base);
    Object.assign(entry.values, typed);
}

/** Who is named for a step, else who stands in the record for it. */
export function named(typed: unknown, actor: unknown): string {
    if (typeof typed === 'string' && typed.trim() !== '') return typed;
    return typeof actor === 'string' ? actor : '';
}
