// What pages and dialogs use of the fields.
export { default as FieldEditor } from './FieldEditor.vue';
export { default as FieldRow } from './FieldRow.vue';
export type { LineTyped, Typed, TypedValues } from './types';
export { typedOf } from './typing';
export { useEntry, type Entry, type EntryOptions, type ToldFault } from './useEntry';
