// What stands in an entry while it is typed. Nothing here is read or checked: that is the program's.

/** What a field holds while it is typed: text, a tick, lines, or nothing. */
export type Typed = string | boolean | null | LineTyped[];

/** One line of a table inside a record. */
export interface LineTyped {
    /** Tells lines apart on the page; never sent. */
    key: string;
    /** The line that is changed; `null` adds one. */
    uuid: string | null;
    /** Taken out when the record is saved; until then it can be put back. */
    removed: boolean;
    values: Record<string, Typed>;
}

/** Everything typed, by field. */
export type TypedValues = Record<string, Typed>;

/** When a field is shown or required; exactly one of the tests is given. */
export interface FieldCondition {
    field: string;
    ticked?: boolean | null;
    one_of?: string[] | null;
    filled?: boolean | null;
}

/** A field as the moving and the conditions see it. */
export interface FieldLike {
    id: string;
    label: string;
    kind: string;
    required: boolean;
    required_for: string[];
    shown_if: FieldCondition | null;
    required_if: FieldCondition | null;
    /** The line register of a table. */
    lines?: string | null;
}
