// Where the record stands in the list that was left, and the way to the ones before and after it.
import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { call } from '@/host';
import { sayDone, sayProblem } from '@/say';
import { currentList } from '../list/current';

/** The neighbours of a record in the list from which it was opened. */
export function useNeighbours(register: string, uuid: string) {
    const router = useRouter();
    const place = computed(() => {
        const list = currentList.value;
        if (list === null || list.register !== register) return null;
        return list.index < list.total ? { index: list.index, total: list.total } : null;
    });

    async function go(by: 1 | -1): Promise<void> {
        const list = currentList.value;
        if (list === null || place.value === null) return;
        const from = by === 1 ? list.index : list.index - 1;
        if (from < 0) return sayDone('这是第一条。');
        try {
            const page = await call('list_records', {
                register,
                filters: list.filters,
                text: list.text,
                sort: list.sort,
                offset: from,
                limit: 2,
                count: false,
                unmask: false,
            });
            // A step may have taken this record out of the list; then the next one has its place.
            const stays = by === 1 && page.rows[0]?.uuid === uuid;
            const row = page.rows[stays ? 1 : 0];
            if (row === undefined) return sayDone('这是最后一条。');
            currentList.value = { ...list, index: from + (stays ? 1 : 0) };
            await router.push({ name: 'record', params: { register, uuid: row.uuid } });
        } catch (fault) {
            sayProblem(fault);
        }
    }

    return { place, go };
}
