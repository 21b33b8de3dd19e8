// One list as a whole: its question, the rows under it, its columns and views. Whatever changes the
// question comes through here, so that grid, counts and the bar never speak of different ones.
import { computed, nextTick, onBeforeUnmount, reactive, ref, shallowRef, watch } from 'vue';
import { useRoute } from 'vue-router';
import { askName, isUuid } from '@/fields/names';
import { revision, type Condition, type RegisterView, type TotalsPart } from '@/host';
import { preferences, savePreference } from '@/preferences';
import { sayProblem } from '@/say';
import { session } from '@/session';
import { allColumns, firstColumns, keptColumns, type Column, type KeptColumn } from './columns';
import { withConditions } from './conditions';
import { currentList } from './current';
import { drawHeads, sortAfter } from './head';
import { keepList, keptList, type Query } from './kept';
import { useSelection } from './selection';
import { useGrid } from './useGrid';
import { useRows } from './useRows';
import { useViews, type ShownView } from './useViews';

const WIDE = matchMedia('(min-width: 106.25em)');

/** The list of one register. */
export function useList(register: RegisterView) {
    const route = useRoute();
    const folder = session.value?.office?.folder_shown;
    const kept = keptList(register.id);
    const usual = register.event === null ? [] : [`-${register.event}`];
    const query = reactive<Query>(
        kept?.query ?? { filters: [], text: '', sort: [...usual] },
    ) as Query;
    const rows = useRows(register.id, query);
    const views = useViews(register.id, query);
    const selection = useSelection(kept?.selected);
    const all = allColumns(register);
    const chosen = shallowRef<Column[]>([]);
    const wide = ref(WIDE.matches);
    const columnsKey = `list.${register.id}.columns`;

    // Before the grid goes: it knows the place and the cursor.
    onBeforeUnmount(leave);
    const grid = useGrid({
        register,
        selection,
        sort: () => query.sort,
        year: (session.value?.now ?? '').slice(0, 4),
        rows: rows.rows,
        failed: sayProblem,
        widened: (id, width) => {
            chosen.value = chosen.value.map((one) =>
                one.id === id ? { ...one, width, grow: false } : one,
            );
            void keepColumns();
        },
    });

    let box: HTMLElement | null = null;

    function room(): number {
        const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
        return ((box?.clientWidth ?? innerWidth) * 16) / size;
    }

    function usualColumns(): Column[] {
        return (
            keptColumns(register, preferences[columnsKey]) ??
            firstColumns(register, room(), wide.value)
        );
    }

    function spelledColumns(): KeptColumn[] {
        return chosen.value.map((one) =>
            one.grow ? { id: one.id } : { id: one.id, width: one.width },
        );
    }

    async function keepColumns(): Promise<void> {
        try {
            await savePreference(columnsKey, spelledColumns());
        } catch (fault) {
            sayProblem(fault);
        }
    }

    function setColumns(columns: Column[]): void {
        chosen.value = columns;
        grid.setColumns(columns);
        void keepColumns();
    }

    async function resetColumns(): Promise<void> {
        await savePreference(columnsKey, null);
        chosen.value = usualColumns();
        grid.setColumns(chosen.value);
    }

    /** Asks the present question: rows first, then their number, the bar and the views. */
    async function ask(how: 'anew' | 'again'): Promise<void> {
        if (how === 'anew') selection.clear();
        const from = how === 'again' ? grid.top() : 0;
        const answer = await rows.ask(from);
        if (answer === null) return;
        const known = answer.total ?? rows.state.total;
        const begin = known ?? from + answer.rows.length + 1;
        if (how === 'anew') grid.replace(known, begin);
        else grid.refresh(known, Math.max(begin, grid.count()));
        drawHeads();
        await nextTick();
        // What was pressed may be gone with the old question: 清除筛选 under an empty list.
        if (document.activeElement === document.body) grid.focus(0);
        await count();
    }

    async function count(): Promise<void> {
        const total = await rows.count();
        if (total !== null) grid.setTotal(total);
    }

    async function recount(): Promise<void> {
        try {
            await views.recount();
        } catch (fault) {
            sayProblem(fault);
        }
    }

    function filter(field: string, conditions: readonly Condition[]): void {
        query.filters = withConditions(query.filters, field, conditions);
        void ask('anew');
    }

    function search(text: string): void {
        query.text = text;
        void ask('anew');
    }

    function sortBy(id: string, add: boolean): void {
        if (chosen.value.find((one) => one.id === id)?.sorts !== true) return;
        query.sort = sortAfter(query.sort, id, add);
        void ask('anew');
    }

    function clearFilters(): void {
        query.filters = [];
        query.text = '';
        void ask('anew');
    }

    function choose(view: ShownView): void {
        views.chosen.value = view.id;
        query.filters = [...view.filters];
        query.text = '';
        query.sort = [...view.sort];
        if (view.columns !== null) {
            const columns = keptColumns(register, view.columns);
            if (columns !== null) {
                chosen.value = columns;
                grid.setColumns(columns);
            }
        }
        void ask('anew');
    }

    /** A figure of the bar: its conditions join those of the list. */
    function narrow(part: TotalsPart): void {
        let filters = [...query.filters];
        for (const { field } of part.filters)
            filters = withConditions(filters, field, conditionsOf(part, field));
        query.filters = filters;
        void ask('anew');
    }

    const conditionsOf = (part: TotalsPart, field: string): Condition[] =>
        part.filters.filter((one) => one.field === field);

    /** What the address asks for: other pages open a list with conditions. */
    function fromAddress(): boolean {
        const { filters, text } = route.query;
        if (typeof filters !== 'string' && typeof text !== 'string') return false;
        query.filters = typeof filters === 'string' ? (JSON.parse(filters) as Condition[]) : [];
        query.text = typeof text === 'string' ? text : '';
        for (const one of query.filters) {
            const target = all.find((column) => column.id === one.field)?.field?.target;
            if (target && isUuid(one.value)) void askName(target, one.value);
        }
        return true;
    }

    /** Nobody has put the cursor anywhere yet: it begins on the first row. */
    function unplaced(): boolean {
        const at = document.activeElement;
        return at === null || at === document.body || at.id === 'page';
    }

    /** Puts the list on the page, as it was left if it was open before. */
    async function mount(element: HTMLElement): Promise<void> {
        box = element;
        chosen.value = usualColumns();
        grid.mount(element, chosen.value, `${register.label}列表`);
        // An address that was followed once is not followed again on the way back.
        const led = route.query['filters'] !== undefined && history.state?.followed !== true;
        const fresh = (led || route.query['text'] !== undefined) && fromAddress();
        if (led) history.replaceState({ ...history.state, followed: true }, '');
        if (fresh) selection.clear();
        const at = fresh ? undefined : kept;
        const answer = await rows.ask(at?.top ?? 0);
        if (answer !== null) {
            const known = answer.total ?? at?.total ?? null;
            rows.state.total = known;
            grid.refresh(known, known ?? answer.rows.length + 1);
            await nextTick();
            grid.showFrom(at?.top ?? 0);
            // On the record's page one may have gone on to other rows.
            const opened = currentList.value;
            const row = opened?.register === register.id ? opened.index : at?.focus?.index;
            if (at?.focus && row !== undefined) grid.focus(row, at.focus.column);
            else if (unplaced()) grid.focus(0);
            currentList.value = null;
            await count();
        }
        await views.read();
        await recount();
    }

    watch(revision, async () => {
        await ask('again');
        await recount();
    });
    watch(
        () => route.query,
        () => {
            if (route.params['register'] === register.id && fromAddress()) void ask('anew');
        },
    );

    function leave(): void {
        // Another office was opened: what was left belongs to the one before.
        if (session.value?.office?.folder_shown !== folder) return;
        keepList(register.id, {
            query: { filters: [...query.filters], text: query.text, sort: [...query.sort] },
            total: rows.state.total ?? 0,
            top: grid.top(),
            focus: grid.focused(),
            selected: selection.picked.value,
        });
    }

    /** Another window or type needs other columns, as long as the clerk chose none. */
    function fit(): void {
        wide.value = WIDE.matches;
        chosen.value = usualColumns();
        grid.setColumns(chosen.value);
    }
    const type = new MutationObserver(fit);
    type.observe(document.documentElement, { attributes: true, attributeFilter: ['data-type'] });
    WIDE.addEventListener('change', fit);
    onBeforeUnmount(() => {
        type.disconnect();
        WIDE.removeEventListener('change', fit);
    });

    const filtered = computed(() => query.filters.length > 0 || query.text !== '');

    return {
        query,
        rows,
        views,
        selection,
        grid,
        all,
        columns: chosen,
        filtered,
        mount,
        filter,
        search,
        sortBy,
        clearFilters,
        choose,
        narrow,
        setColumns,
        resetColumns,
        spelledColumns,
        recount,
    };
}

export type List = ReturnType<typeof useList>;
