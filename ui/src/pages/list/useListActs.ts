// What can be done with the rows of a list: opened, registered, printed, exported, copied, removed.
import { ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { call, work, type Progress, type RecordView, type RegisterView, type Saved } from '@/host';
import { openKept, openPapers } from '@/paper';
import { sayDone, sayProblem } from '@/say';
import { cellText } from './cells';
import { asTable, asText } from './copy';
import { currentList } from './current';
import { SELECT_MAX } from './selection';
import type { List } from './useList';

/** An export under way or just done. */
export interface Exporting {
    progress: Progress | null;
    saved: Saved | null;
    /** Personal data went out as the list shows it. */
    masked: boolean;
    stop: () => void;
}

export function useListActs(register: RegisterView, list: List) {
    const router = useRouter();
    const exporting = shallowRef<Exporting | null>(null);
    const removing = shallowRef<RecordView[] | null>(null);
    const printable = ref(false);
    const personal = register.fields.some((field) => field.personal !== null);

    async function readForms(): Promise<void> {
        const forms = await call('forms', {});
        printable.value =
            register.id === 'paper' || forms.some((form) => form.register === register.id);
    }

    /** The row with the cursor. */
    function current(): RecordView | undefined {
        const at = list.grid.focused();
        return at === null ? undefined : list.grid.rowAt(at.index);
    }

    /** The rows that an act is about: the selected ones, else the one with the cursor. */
    function meant(): RecordView[] {
        const selected = list.selection.rows();
        if (selected.length > 0) return selected;
        const row = current();
        return row === undefined ? [] : [row];
    }

    function openAt(index: number): void {
        const row = list.grid.rowAt(index);
        if (row === undefined) return;
        currentList.value = {
            register: register.id,
            filters: [...list.query.filters],
            text: list.query.text === '' ? null : list.query.text,
            sort: [...list.query.sort],
            index,
            total: list.rows.state.total ?? 0,
        };
        void router.push({ name: 'record', params: { register: register.id, uuid: row.uuid } });
    }

    function open(): void {
        const at = list.grid.focused();
        if (at !== null) return openAt(at.index);
        const [only] = list.selection.picked.value.values();
        if (only !== undefined && list.selection.count.value === 1) openAt(only.index);
    }

    function create(): void {
        void router.push({ name: 'entry', params: { register: register.id } });
    }

    function importLedger(): void {
        void router.push({ name: 'import', params: { register: register.id } });
    }

    function print(): void {
        const rows = meant();
        const [first] = rows;
        if (first === undefined) return;
        if (register.id === 'paper') openKept({ paper: first.shown['paper_number'] ?? '' });
        else openPapers({ register: register.id, records: rows.map((row) => row.uuid) });
    }

    /** Writes what is filtered into a file; personal data in full only when that is asked for. */
    async function exportList(unmask = false): Promise<void> {
        if (exporting.value !== null && exporting.value.saved === null) return;
        const { filters, text, sort } = list.query;
        const ask = { register: register.id, filters, text: text || null, sort, unmask };
        const job = work('export_list', ask, (progress) => {
            if (exporting.value !== null) exporting.value = { ...exporting.value, progress };
        });
        exporting.value = {
            progress: null,
            saved: null,
            masked: false,
            stop: () => void job.stop(),
        };
        try {
            const saved = await job.answer;
            exporting.value =
                saved === null
                    ? null
                    : { progress: null, saved, masked: personal && !unmask, stop: () => undefined };
        } catch (fault) {
            exporting.value = null;
            sayProblem(fault);
        }
    }

    async function showSaved(saved: Saved): Promise<void> {
        try {
            await call('show_saved', { token: saved.token });
        } catch (fault) {
            sayProblem(fault);
        }
    }

    /** Selects everything that is filtered, as far as it can be worked on at once. */
    async function selectAll(): Promise<void> {
        try {
            const rows = await list.rows.all(SELECT_MAX);
            list.selection.replace(rows);
            const total = list.rows.state.total ?? rows.length;
            const figure = (count: number): string => count.toLocaleString('zh-CN');
            sayDone(
                total > rows.length
                    ? `选中了前 ${figure(rows.length)} 条，一次最多选 ${figure(SELECT_MAX)} 条；符合条件的有 ${figure(total)} 条。导出 Excel 不受这个限制。`
                    : `选中了全部 ${figure(rows.length)} 条。`,
            );
        } catch (fault) {
            sayProblem(fault);
        }
    }

    /** Puts the rows on the clipboard, as text and as a table. */
    function copy(event: ClipboardEvent): void {
        const rows = meant();
        if (rows.length === 0 || event.clipboardData === null) return;
        const cells = rows.map((row) =>
            list.columns.value.map((column) => cellText(register, column, row)),
        );
        event.clipboardData.setData('text/plain', asText(cells));
        event.clipboardData.setData('text/html', asTable(cells));
        event.preventDefault();
        sayDone(`已复制 ${rows.length} 行，可以贴到 Excel。`);
    }

    function remove(): void {
        const rows = meant();
        if (rows.length > 0 && !register.internal) removing.value = rows;
    }

    function removed(count: number): void {
        const rows = removing.value ?? [];
        const [first] = rows;
        const name =
            count === 1 && first !== undefined ? `${first.number ?? first.title} ` : `${count} 条`;
        removing.value = null;
        list.selection.clear();
        const undo = count === 1 ? '按 Ctrl+Z 撤销' : '按 Ctrl+Z 一条条撤销';
        sayDone(`${name}已放进回收站。${undo}，也可以在“设置、回收站”里放回。`);
    }

    return {
        exporting,
        removing,
        printable,
        readForms,
        meant,
        open,
        openAt,
        create,
        importLedger,
        print,
        exportList,
        showSaved,
        selectAll,
        copy,
        remove,
        removed,
    };
}
