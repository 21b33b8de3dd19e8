// Whether a field is shown and required for what is typed: the closed set of tests of the specs.
// The program decides again when it saves; this only keeps the page in step while typing.
import type { FieldCondition, FieldLike, Typed, TypedValues } from './types';

/** Whether anything was typed. A tick that is not set counts as nothing. */
export function isFilled(typed: Typed | undefined): boolean {
    if (typed === null || typed === undefined || typed === false) return false;
    if (typeof typed === 'string') return typed.trim() !== '';
    if (Array.isArray(typed)) return typed.some((line) => !line.removed);
    return true;
}

/** Whether a condition holds. */
export function holds(condition: FieldCondition | null, values: TypedValues): boolean {
    if (condition === null) return true;
    const typed = values[condition.field];
    if (condition.ticked !== undefined && condition.ticked !== null)
        return (typed === true) === condition.ticked;
    if (condition.one_of) return typeof typed === 'string' && condition.one_of.includes(typed);
    if (condition.filled !== undefined && condition.filled !== null)
        return isFilled(typed) === condition.filled;
    return true;
}

/** Whether the field stands on the page. */
export function isShown(field: FieldLike, values: TypedValues): boolean {
    return holds(field.shown_if, values);
}

/** Whether it must be filled, always or for the step that is taken. */
export function isRequired(field: FieldLike, values: TypedValues, step: string | null): boolean {
    const wanted = field.required || (step !== null && field.required_for.includes(step));
    return wanted && isShown(field, values) && holds(field.required_if, values);
}

/** The fields that must be filled and are not, in the order of the page. */
export function missingOf<F extends FieldLike>(
    fields: readonly F[],
    values: TypedValues,
    step: string | null,
): F[] {
    return fields.filter((f) => isRequired(f, values, step) && !isFilled(values[f.id]));
}
