// Everything that the page shows of one record, read side by side; the record itself first, so that
// the sheet stands before its panels. Read anew after each write without emptying what stands.
import { onBeforeUnmount, shallowReactive, watch } from 'vue';
import {
    call,
    commandError,
    revision,
    type CommandError,
    type DeadlineView,
    type FormView,
    type HistoryOp,
    type LinkedView,
    type RecordView,
    type RegisterView,
    type UndoOffer,
    type WayView,
} from '@/host';

/** What is known of the record. `null` while it has not been read. */
export interface Whole {
    record: RecordView | null;
    way: WayView | null;
    deadlines: DeadlineView[] | null;
    papers: RecordView[] | null;
    forms: FormView[];
    attachments: RecordView[] | null;
    linked: LinkedView | null;
    history: HistoryOp[] | null;
    /** What could be brought back. */
    offer: UndoOffer | null;
    /** Head and sheet can be drawn; the panels may still be on their way. */
    ready: boolean;
    /** The record cannot be shown at all. */
    problem: CommandError | null;
}

/** Reads the record and all that hangs on it. */
export function useRecord(register: RegisterView, uuid: string): Whole & { read(): Promise<void> } {
    const whole = shallowReactive<Whole>({
        record: null,
        way: null,
        deadlines: null,
        papers: null,
        forms: [],
        attachments: null,
        linked: null,
        history: null,
        offer: null,
        ready: false,
        problem: null,
    });
    const ref = { register: register.id, record: uuid };
    const works = register.workflow !== null;
    let asked = 0;
    let left = false;

    /** Takes an answer when nothing newer was asked for; a part that fails stays as it stood. */
    async function part<K extends keyof Whole>(turn: number, key: K, answer: Promise<Whole[K]>) {
        try {
            const got = await answer;
            if (turn === asked && !left) whole[key] = got;
        } catch (fault) {
            if (turn === asked && !left && key === 'record') whole.problem = commandError(fault);
        }
    }

    async function read(): Promise<void> {
        asked += 1;
        const turn = asked;
        const first = part(turn, 'record', call('get_record', ref));
        const way = works ? part(turn, 'way', call('way_of', ref)) : null;
        const rest = [
            works && part(turn, 'deadlines', call('deadlines_of', ref)),
            works && part(turn, 'papers', call('papers', { record: uuid })),
            whole.forms.length === 0 && part(turn, 'forms', call('forms', {})),
            !register.internal && part(turn, 'attachments', call('attachments_of', ref)),
            part(turn, 'linked', call('linked', ref)),
            part(turn, 'history', call('history_ops', ref)),
            part(turn, 'offer', call('undo_offer', {})),
        ];
        // Drawn at once with its way: nothing jumps down when that comes.
        await Promise.all([first, way]);
        whole.ready = true;
        await Promise.all(rest);
    }

    watch(revision, () => void read());
    onBeforeUnmount(() => (left = true));
    void read();
    return Object.assign(whole, { read });
}
