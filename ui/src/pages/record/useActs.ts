// What can be done with the record beside its steps: the menu 更多, and what each act of it does.
import { computed, ref, shallowRef } from 'vue';
import { call, type RecordView, type RegisterView } from '@/host';
import { shownKey } from '@/keys/keymap';
import { sayDone, sayProblem } from '@/say';
import type { MenuAct } from './ActMenu.vue';
import type { Whole } from './useRecord';

/** What the page itself does for the menu. */
interface PageDeeds {
    edit(): void;
    attach(): void;
    note(): void;
    back(): void;
    notable(): boolean;
}

/** The acts of a record. */
export function useActs(
    spec: RegisterView,
    uuid: string,
    whole: Whole & { read(): Promise<void> },
    deeds: PageDeeds,
) {
    const ref_ = { register: spec.id, record: uuid };
    const removing = ref(false);
    const kept = shallowRef<RecordView | null>(null);
    /** The record with personal data in full, as long as nothing was written to it since. */
    const shown = computed(() =>
        kept.value?.row_version === whole.record?.row_version ? kept.value : whole.record,
    );
    const name = computed(() => whole.record?.number ?? whole.record?.title ?? '');
    const inBin = computed(() => Boolean(whole.record?.deleted_at));
    const editable = computed(() => !spec.internal && !inBin.value);
    const hasPersonal = spec.fields.some((field) => field.personal !== null);
    const undoable = computed(() => whole.history?.find((op) => op.can_undo) ?? null);

    const acts = computed<MenuAct[]>(() => {
        if (inBin.value) return [{ id: 'restore', label: '从回收站恢复' }];
        const undo = undoable.value;
        const redo = whole.offer?.redo ?? null;
        const all: (MenuAct | false)[] = [
            editable.value && { id: 'edit', label: '修改', keys: shownKey('edit') },
            editable.value && { id: 'attach', label: '添加附件', keys: shownKey('attach') },
            deeds.notable() && { id: 'note', label: '记一笔', keys: shownKey('note') },
            hasPersonal && {
                id: 'show',
                label: '显示个人信息',
                hint: '会记下谁在什么时候看过',
                parted: true,
            },
            undo !== null && { id: 'undo', label: `撤销这一条的“${undo.what}”`, parted: true },
            redo !== null && {
                id: 'redo',
                label: `重做“${redo.what}”`,
                keys: shownKey('redo'),
                parted: undo === null,
            },
            editable.value && { id: 'remove', label: '放进回收站…', parted: true },
        ];
        return all.filter((act): act is MenuAct => act !== false);
    });

    /** Does something and says so; what goes wrong stays beside the page head. */
    async function doing(run: () => Promise<string>): Promise<void> {
        try {
            const words = await run();
            if (words !== '') sayDone(words);
        } catch (fault) {
            sayProblem(fault);
        }
    }

    const showPersonal = (): Promise<void> =>
        doing(async () => {
            kept.value = await call('show_personal', ref_);
            // The showing stands in the history now.
            void whole.read();
            return '';
        });
    const takeBack = (): Promise<void> =>
        doing(async () => {
            const back = await call('undo', { op: undoable.value?.op ?? null });
            return `已撤销：${back.what}。`;
        });
    const again = (): Promise<void> =>
        doing(async () => `已重做：${(await call('redo', {})).what}。`);
    const restore = (): Promise<void> =>
        doing(async () => {
            await call('restore_record', ref_);
            return `${name.value} 已从回收站恢复。`;
        });

    function removed(): void {
        sayDone(`${name.value} 已放进回收站，在那里可以恢复。`);
        deeds.back();
    }

    const all: Record<string, () => unknown> = {
        edit: deeds.edit,
        attach: deeds.attach,
        note: deeds.note,
        show: showPersonal,
        undo: takeBack,
        redo: again,
        restore,
        remove: () => (removing.value = true),
    };
    const act = (id: string): void => void all[id]?.();

    return { acts, act, name, shown, editable, inBin, removing, removed, showPersonal, restore };
}
