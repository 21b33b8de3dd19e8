// Which rows are selected. Kept beside the grid, because rows far away are not in it.
import { computed, shallowRef, triggerRef } from 'vue';
import type { RecordView } from '@/host';
import type { Picked } from './kept';

/** As many as can be selected, printed or removed at once. */
export const SELECT_MAX = 2000;

/** The selection of one list. */
export function useSelection(begin: Map<string, Picked> = new Map()) {
    const picked = shallowRef(begin);
    const count = computed(() => picked.value.size);
    let anchor: number | null = null;

    function changed(): void {
        triggerRef(picked);
    }

    /** Selects or leaves one row. */
    function set(row: RecordView, index: number, on: boolean): void {
        if (on && picked.value.size < SELECT_MAX) picked.value.set(row.uuid, { index, row });
        else picked.value.delete(row.uuid);
        anchor = index;
        changed();
    }

    function toggle(row: RecordView, index: number): void {
        set(row, index, !picked.value.has(row.uuid));
    }

    /** Selects a stretch of rows, from where the selecting began. */
    function stretch(to: number, rowAt: (index: number) => RecordView | undefined): void {
        const from = anchor ?? to;
        picked.value.clear();
        for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
            const row = rowAt(index);
            if (row !== undefined && picked.value.size < SELECT_MAX)
                picked.value.set(row.uuid, { index, row });
        }
        anchor = from;
        changed();
    }

    /** Where a stretch begins when none has begun yet. */
    function begins(index: number): void {
        anchor ??= index;
    }

    function replace(rows: readonly RecordView[]): void {
        picked.value.clear();
        rows.forEach((row, index) => picked.value.set(row.uuid, { index, row }));
        anchor = null;
        changed();
    }

    function clear(): void {
        anchor = null;
        if (picked.value.size === 0) return;
        picked.value.clear();
        changed();
    }

    /** The selected rows in the order of the list. */
    function rows(): RecordView[] {
        return [...picked.value.values()].sort((a, b) => a.index - b.index).map((one) => one.row);
    }

    return { picked, count, set, toggle, stretch, begins, replace, clear, rows };
}

export type Selection = ReturnType<typeof useSelection>;
