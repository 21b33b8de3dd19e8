// The views of a register: those of the program and the clerk's own, each with the count of the very
// question that it asks. Own views keep conditions, order and columns.
import { computed, ref, shallowRef } from 'vue';
import { call, type Condition, type ViewView } from '@/host';
import { preferences, savePreference } from '@/preferences';
import { sameConditions } from './conditions';
import type { KeptColumn } from './columns';
import type { Query } from './kept';

/** A view of the clerk's own. */
export interface OwnView {
    id: string;
    label: string;
    filters: Condition[];
    sort: string[];
    columns: KeptColumn[];
}

/** One view on the bar. */
export interface ShownView {
    id: string;
    label: string;
    filters: Condition[];
    sort: string[];
    columns: KeptColumn[] | null;
    own: boolean;
    count: number | null;
}

function isOwn(view: unknown): view is OwnView {
    if (typeof view !== 'object' || view === null) return false;
    const one = view as Partial<OwnView>;
    return (
        typeof one.id === 'string' && typeof one.label === 'string' && Array.isArray(one.filters)
    );
}

/** The views of a register over its present question. */
export function useViews(register: string, query: Query) {
    const key = `list.${register}.views`;
    const builtIn = shallowRef<ViewView[]>([]);
    const counts = ref<Record<string, number>>({});
    const chosen = ref('all');

    const own = computed<OwnView[]>(() => {
        const kept = preferences[key];
        return Array.isArray(kept) ? (kept as unknown[]).filter(isOwn) : [];
    });

    const views = computed<ShownView[]>(() => [
        ...builtIn.value.map((view) => ({
            ...view,
            columns: null,
            own: false,
            count: counts.value[view.id] ?? null,
        })),
        ...own.value.map((view) => ({ ...view, own: true, count: counts.value[view.id] ?? null })),
    ]);

    /** The view whose conditions are the present ones; the one that was pressed before others. */
    const active = computed(() => {
        if (query.text !== '') return null;
        const fitting = views.value.filter((view) => sameConditions(view.filters, query.filters));
        return fitting.find((view) => view.id === chosen.value) ?? fitting[0] ?? null;
    });

    async function read(): Promise<void> {
        builtIn.value = await call('views', { register });
    }

    /** Counts all views by one question. */
    async function recount(): Promise<void> {
        const of = views.value;
        if (of.length === 0) return;
        const queries = of.map((view) => ({ filters: view.filters, text: null }));
        const answer = await call('count_records', { register, queries });
        counts.value = Object.fromEntries(of.map((v, at) => [v.id, answer.counts[at]?.count ?? 0]));
    }

    async function save(views: OwnView[]): Promise<void> {
        await savePreference(key, views.length === 0 ? null : views);
    }

    /** Keeps the present question under a name; the same name replaces the view. */
    async function keep(label: string, columns: KeptColumn[]): Promise<void> {
        const before = own.value.find((view) => view.label === label);
        const id = before?.id ?? `own-${Date.now().toString(36)}`;
        const view = { id, label, filters: [...query.filters], sort: [...query.sort], columns };
        await save([...own.value.filter((one) => one.id !== id), view]);
        chosen.value = id;
        await recount();
    }

    async function rename(id: string, label: string): Promise<void> {
        await save(own.value.map((view) => (view.id === id ? { ...view, label } : view)));
    }

    async function drop(id: string): Promise<void> {
        await save(own.value.filter((view) => view.id !== id));
        if (chosen.value === id) chosen.value = 'all';
    }

    return { views, active, chosen, read, recount, keep, rename, drop };
}
