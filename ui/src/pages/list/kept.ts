// How each list was left, so that going back shows it again: conditions, place, selection. Kept while
// the window is open, forgotten with the office.
import type { Condition, RecordView } from '@/host';
import { session } from '@/session';

/** Which records are shown, in which order. */
export interface Query {
    filters: Condition[];
    text: string;
    sort: string[];
}

/** A list as it was left. */
export interface KeptList {
    query: Query;
    total: number;
    /** The first row that was seen. */
    top: number;
    /** The cell that had the cursor. */
    focus: { index: number; column: string } | null;
    selected: Map<string, Picked>;
}

/** A selected record with its place, so that copies keep the order of the list. */
export interface Picked {
    index: number;
    row: RecordView;
}

let office: string | undefined;
const lists = new Map<string, KeptList>();

function ofOffice(): Map<string, KeptList> {
    const folder = session.value?.office?.folder_shown;
    if (folder !== office) lists.clear();
    office = folder;
    return lists;
}

/** How the list of a register was left, if it was open before. */
export function keptList(register: string): KeptList | undefined {
    return ofOffice().get(register);
}

/** Keeps how a list is left. */
export function keepList(register: string, list: KeptList): void {
    ofOffice().set(register, list);
}
