// The place of the cursor in a text, to come back to after choosing a phrase.

/** A place in a text field. */
export interface Cursor {
    field: HTMLInputElement | HTMLTextAreaElement;
    start: number;
    end: number;
}

/** Keeps the place of the cursor. */
export function keepCursor(field: HTMLInputElement | HTMLTextAreaElement): Cursor {
    const end = field.value.length;
    return { field, start: field.selectionStart ?? end, end: field.selectionEnd ?? end };
}

/** Goes back to the place and types `text` there, so that the field's own undo knows of it. */
export function insertAt(cursor: Cursor, text: string): void {
    const { field, start, end } = cursor;
    if (!field.isConnected) return;
    field.focus();
    field.setSelectionRange(start, end);
    if (text === '') return;
    if (!document.execCommand('insertText', false, text)) {
        field.setRangeText(text, start, end, 'end');
        field.dispatchEvent(new Event('input', { bubbles: true }));
    }
}
