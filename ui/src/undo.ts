// Undo and redo of what was entered in the ledger. What a field or a page undoes by itself is not here.
import { readonly, shallowRef } from 'vue';
import { call, type TakenBack } from './host';
import { shownKey } from './keys/keymap';
import { sayDone, sayProblem } from './say';

/** What undo and redo would do now, in the words of a menu; empty when there is nothing. */
export interface UndoWords {
    undo: string;
    redo: string;
}

const kept = shallowRef<UndoWords>({ undo: '', redo: '' });
/** The words as they were read last. */
export const undoWords = readonly(kept);

/** Reads the words; when a menu opens. */
export async function readUndoWords(): Promise<UndoWords> {
    const offer = await call('undo_offer', {});
    kept.value = {
        undo: offer.undo === null ? '' : `撤销：${offer.undo.what}`,
        redo: offer.redo === null ? '' : `重做：${offer.redo.what}`,
    };
    return kept.value;
}

const NAMED = 3;

function told(taken: TakenBack): string {
    const records = [...new Set(taken.records)].filter((name) => name !== '');
    const more = records.length > NAMED ? ` 等 ${records.length} 条` : '';
    return `${taken.what} ${records.slice(0, NAMED).join('、')}${more}`.trim();
}

let working = false;

async function run(act: 'undo' | 'redo'): Promise<void> {
    // A key that is held down takes back one act, not ten.
    if (working) return;
    working = true;
    try {
        const taken = act === 'undo' ? await call('undo', {}) : await call('redo', {});
        if (act === 'undo')
            sayDone(`已撤销：${told(taken)}`, {
                label: '重做',
                key: shownKey('redo'),
                run: redo,
            });
        else
            sayDone(`已重做：${told(taken)}`, {
                label: '撤销',
                key: shownKey('undo'),
                run: undo,
            });
    } catch (fault) {
        sayProblem(fault);
    } finally {
        working = false;
    }
}

/** Takes the last act back and says so. */
export const undo = (): Promise<void> => run('undo');

/** Brings the act back that was taken back last. */
export const redo = (): Promise<void> => run('redo');
