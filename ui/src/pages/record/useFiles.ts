// Files that come to a record, by dialog or by drop: which, how far, and which are new on the page.
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import { onDropped, work, type PickedFile, type Work } from '@/host';
import { sayDone, sayProblem } from '@/say';

/** Files on their way. */
export interface Coming {
    names: string;
    done: number;
    total: number;
}

/** `2.4 MB`; the kilobyte of file managers. */
export function sizeWords(bytes: number): string {
    if (bytes < 1024) return `${bytes} 字节`;
    const kilo = bytes / 1024;
    if (kilo < 1024) return `${kilo < 10 ? kilo.toFixed(1) : Math.round(kilo)} KB`;
    const mega = kilo / 1024;
    return `${mega < 10 ? mega.toFixed(1) : Math.round(mega)} MB`;
}

/** Names in one line; more than three are counted. */
export function named(files: readonly { name: string }[]): string {
    const first = files.slice(0, 3).map((file) => file.name);
    return files.length > 3 ? `${first.join('、')} 等 ${files.length} 个文件` : first.join('、');
}

/** Adds files to a record. `onFiles` may take a drop for itself by answering `true`. */
export function useFiles(
    register: string,
    record: string,
    onFiles: (files: PickedFile[]) => boolean,
) {
    const coming = shallowRef<Coming | null>(null);
    const fresh = ref<Set<string>>(new Set());
    let under: Work<unknown> | null = null;
    let unhear: Promise<() => void> | null = null;

    async function add(files: PickedFile[] | null): Promise<void> {
        if (under !== null) return;
        const names = files === null ? '' : named(files);
        const tokens = files === null ? null : files.map((file) => file.token);
        // Without files a dialog comes first; until then nothing is on its way.
        if (files !== null) coming.value = { names, done: 0, total: 0 };
        const job = work('attach_files', { register, record, tokens }, (progress) => {
            if (files !== null || progress.total > 0)
                coming.value = { names, done: progress.done, total: progress.total };
        });
        under = job;
        try {
            const added = await job.answer;
            if (added === null) sayDone('已停下，没有添加附件。');
            if (added === null || added.length === 0) return;
            fresh.value = new Set(added.map((one) => one.uuid));
            sayDone(`已添加附件：${named(added.map((one) => ({ name: one.title })))}。`);
        } catch (fault) {
            sayProblem(fault);
        } finally {
            under = null;
            coming.value = null;
        }
    }

    onMounted(() => {
        unhear = onDropped((files) => {
            if (!onFiles(files)) void add(files);
        });
    });
    onBeforeUnmount(() => void unhear?.then((stop) => stop()));
    return { coming, fresh, add, stop: () => void under?.stop() };
}
