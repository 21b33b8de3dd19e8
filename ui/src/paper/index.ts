// The one way to papers: any page opens the dialog by what it has in hand; PaperHost, mounted once by
// the frame, shows it. What stands in the dialog is decided there.
import { shallowReadonly, shallowRef } from 'vue';

/** Papers to be printed about records. */
export interface PapersAsked {
    kind: 'print';
    /** Register of the records. */
    register: string;
    /** The records by uuid; none for a form about a whole list or for blanks. */
    records: readonly string[];
    /** Form code to begin with; the usual one of the register when missing. */
    form?: string | undefined;
}

/** A paper that was kept. */
export interface KeptAsked {
    kind: 'kept';
    /** Paper number. */
    paper: string;
}

/** A blank form for the pen. */
export interface BlankAsked {
    kind: 'blank';
    /** Form code. */
    form: string;
}

/** What the dialog was opened with. */
export type Asked = PapersAsked | KeptAsked | BlankAsked;

const open = shallowRef<Asked | null>(null);
/** What is open; for PaperHost. */
export const asked = shallowReadonly(open);

/** Opens the dialog to print papers about records. */
export function openPapers(ask: {
    register: string;
    records: readonly string[];
    form?: string | undefined;
}): void {
    open.value = { kind: 'print', ...ask };
}

/** Opens a kept paper as it was printed. */
export function openKept(ask: { paper: string }): void {
    open.value = { kind: 'kept', ...ask };
}

/** Opens a blank form. */
export function openBlank(ask: { form: string }): void {
    open.value = { kind: 'blank', ...ask };
}

/** Closes the dialog; for PaperHost. */
export function closePapers(): void {
    open.value = null;
}
