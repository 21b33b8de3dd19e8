// What every editor is given. FieldEditor chooses the editor by the kind of the field.
import type { FieldView, RegisterView } from '@/host';
import type { Typed } from './types';

/** The props of every editor. */
export interface EditorProps {
    register: RegisterView;
    field: FieldView;
    modelValue: Typed;
    /** What is wrong, as a sentence; the border turns to danger. */
    fault?: string | undefined;
    /** Ids of the elements that describe it: its message, its hint. */
    describedBy?: string | undefined;
    /** The id that its label names. */
    inputId?: string | undefined;
    required?: boolean | undefined;
    placeholder?: string | undefined;
    /** Its name where no label stands beside it, as in a table. */
    name?: string | undefined;
}
