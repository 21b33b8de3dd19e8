// What the list asks of the program: the rows of one question, then how many there are, then the bar
// under it. A newer question makes every older answer void.
import { reactive, shallowRef } from 'vue';
import { call, type Condition, type RecordView, type TotalsView } from '@/host';
import { sayProblem } from '@/say';
import type { Query } from './kept';
import { BLOCK } from './useGrid';

/** Rows of one question as they came first. */
export interface FirstRows {
    rows: RecordView[];
    total: number | null;
}

/** After the next frame: rows are shown before anything is counted. */
function painted(): Promise<void> {
    return new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
}

/** The rows of a register under a question. */
export function useRows(register: string, query: Query) {
    const state = reactive({
        /** How many fit; `null` while that is being counted. */
        total: null as number | null,
        exact: true,
        /** The first answer is not there yet. */
        waiting: true,
        /** Nothing at all is in the register. */
        bare: false,
    });
    const totals = shallowRef<TotalsView | null>(null);
    let question = 0;
    let first: { offset: number; rows: RecordView[] } | null = null;

    function asked(): { register: string; filters: Condition[]; text: string | null } {
        return { register, filters: query.filters, text: query.text === '' ? null : query.text };
    }

    async function page(offset: number): Promise<RecordView[]> {
        const ask = { ...asked(), sort: query.sort, offset, limit: BLOCK, count: false };
        return (await call('list_records', { ...ask, unmask: false })).rows;
    }

    /** The end is known when a block is not full. */
    function end(offset: number, rows: number): number | null {
        return rows < BLOCK && (rows > 0 || offset === 0) ? offset + rows : null;
    }

    /** Asks anew; answers the first rows, or nothing when a newer question was asked meanwhile. */
    async function ask(from = 0): Promise<FirstRows | null> {
        const mine = ++question;
        const offset = Math.floor(from / BLOCK) * BLOCK;
        try {
            const rows = await page(offset);
            if (mine !== question) return null;
            first = { offset, rows };
            const total = end(offset, rows.length);
            state.waiting = false;
            state.total = total;
            state.bare = total === 0 && query.filters.length === 0 && query.text === '';
            return { rows, total };
        } catch (fault) {
            if (mine === question) {
                state.waiting = false;
                sayProblem(fault);
            }
            return null;
        }
    }

    /** Rows for the grid; those that came first are not asked for twice. */
    async function rows(offset: number): Promise<FirstRows> {
        const found = first?.offset === offset ? first.rows : await page(offset);
        return { rows: found, total: state.total ?? end(offset, found.length) };
    }

    /** Counts what fits; answers the count when the question is still the same. */
    async function count(): Promise<number | null> {
        const mine = question;
        await painted();
        if (mine !== question) return null;
        try {
            const { register: of, ...one } = asked();
            const { counts } = await call('count_records', { register: of, queries: [one] });
            if (mine !== question) return null;
            state.total = counts[0]?.count ?? 0;
            state.exact = counts[0]?.exact ?? true;
            const bar = await call('totals', asked());
            if (mine === question) totals.value = bar;
            return state.total;
        } catch (fault) {
            if (mine === question) sayProblem(fault);
            return null;
        }
    }

    /** The rows of the whole question, at most so many, for copying, printing and removing. */
    async function all(most: number): Promise<RecordView[]> {
        const found: RecordView[] = [];
        for (let offset = 0; offset < most; offset += 1000) {
            const limit = Math.min(1000, most - offset);
            const ask = {
                ...asked(),
                sort: query.sort,
                offset,
                limit,
                count: false,
                unmask: false,
            };
            const { rows: more } = await call('list_records', ask);
            found.push(...more);
            if (more.length < limit) break;
        }
        return found;
    }

    return { state, totals, ask, rows, count, all };
}
