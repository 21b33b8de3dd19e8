// What of an op is worth reading: not what the program notes for itself, and first what was changed.
// Pure.
import type { HistoryChange, HistoryOp } from '@/host';

/** Notes of the action line that the op itself already says. */
const SAID = new Set(['step', 'occurred_at', 'entered_at', 'from_state', 'to_state', 'round']);
/** What the program keeps to check itself by. */
const MACHINE = /^([0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** More first entries than this are folded; changes of what stood there never are. */
const FIRST = 4;

function isWords(change: HistoryChange): boolean {
    if (change.before === null && SAID.has(change.field)) return false;
    return !MACHINE.test(change.after ?? change.before ?? '');
}

/** The changes to show, and how many are folded. */
export function foldedChanges(
    op: Pick<HistoryOp, 'changes'>,
    all: boolean,
): { shown: HistoryChange[]; more: number } {
    const words = op.changes.filter(isWords);
    const changed = words.filter((change) => change.before !== null);
    const entered = words.filter((change) => change.before === null);
    const shown = all ? entered : entered.slice(0, FIRST);
    return { shown: [...changed, ...shown], more: entered.length - shown.length };
}
