// Drafts: what was typed and is not saved yet, kept by the program every two seconds and at once when
// the page goes away, so that a crash costs two seconds of typing.
import { onBeforeUnmount, readonly, ref, shallowRef, watch, type Ref } from 'vue';
import { call, commandError, type DraftView } from './host';
import { sayProblem } from './say';

const EVERY_MS = 2000;

/** The draft of one entry screen. */
export interface Draft {
    /** When it was kept last, as the program says it; empty while nothing is kept. */
    savedAt: Readonly<Ref<string>>;
    /** Drafts of this screen that were there when it opened, newest first. */
    found: Readonly<Ref<readonly DraftView[]>>;
    /** Goes on with a found draft; give its body to the entry yourself. */
    take(draft: DraftView): void;
    /** Throws a found draft away. */
    refuse(draft: DraftView): Promise<void>;
    /** Keeps what is typed now. Answers whether it is kept (or there is nothing to keep). */
    keep(): Promise<boolean>;
    /** Drops it: it was saved as a record, or is not wanted. */
    dropDraft(): Promise<void>;
}

const alive = new Set<() => Promise<boolean>>();

/** Keeps every draft of the page; before the window closes. Answers whether all are kept. */
export async function keepAllDrafts(): Promise<boolean> {
    const kept = await Promise.all([...alive].map((keep) => keep()));
    return kept.every(Boolean);
}

/**
 * The draft of a screen. Its key says which: `new:complaint`, `edit:<uuid>`, `step:<uuid>:<step>`.
 * `body` answers what is typed, or `null` while there is nothing worth keeping.
 */
export function useDraft(
    key: string,
    register: string,
    record: string | null,
    body: () => unknown,
): Draft {
    const savedAt = ref('');
    const found = shallowRef<readonly DraftView[]>([]);
    /** Where this typing is kept. A draft that nobody decided on yet is never written over. */
    let place = key;
    let kept = 'null';
    let told = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let writing: Promise<boolean> = Promise.resolve(true);

    const ready = call('drafts', {})
        .then((all) => {
            found.value = all.filter((d) => d.key === key || d.key.startsWith(`${key}#`));
            place = freePlace(key, found.value);
        })
        .catch(() => undefined);

    async function write(): Promise<boolean> {
        await ready;
        const now = JSON.stringify(body() ?? null);
        if (now === kept) return true;
        try {
            if (now === 'null') {
                await call('drop_draft', { key: place });
                savedAt.value = '';
            } else {
                const ask = {
                    key: place,
                    register,
                    record,
                    body: JSON.parse(now) as unknown,
                    saved_at: '',
                };
                await call('save_draft', ask);
                const all = await call('drafts', {});
                savedAt.value = all.find((d) => d.key === place)?.saved_at ?? '';
            }
            kept = now;
            told = false;
            return true;
        } catch (fault) {
            if (!told) {
                told = true;
                const why = commandError(fault);
                sayProblem({
                    ...why,
                    message: `草稿没有存上：${why.message}已填的内容还在这一页上。`,
                });
            }
            return false;
        }
    }

    function keep(): Promise<boolean> {
        clearTimeout(timer);
        timer = undefined;
        writing = writing.then(write);
        return writing;
    }

    watch(
        () => JSON.stringify(body() ?? null),
        (now) => {
            if (now !== kept && timer === undefined)
                timer = setTimeout(() => void keep(), EVERY_MS);
        },
    );

    const leave = (): void => void keep();
    const hide = (): void => {
        if (document.visibilityState === 'hidden') void keep();
    };
    addEventListener('beforeunload', leave);
    addEventListener('closing', leave);
    document.addEventListener('visibilitychange', hide);
    alive.add(keep);
    onBeforeUnmount(() => {
        removeEventListener('beforeunload', leave);
        removeEventListener('closing', leave);
        document.removeEventListener('visibilitychange', hide);
        alive.delete(keep);
        leave();
    });

    return {
        savedAt: readonly(savedAt),
        found,
        take(draft) {
            found.value = found.value.filter((d) => d.key !== draft.key);
            place = draft.key;
            savedAt.value = draft.saved_at;
        },
        async refuse(draft) {
            found.value = found.value.filter((d) => d.key !== draft.key);
            await call('drop_draft', { key: draft.key });
        },
        keep,
        async dropDraft() {
            clearTimeout(timer);
            timer = undefined;
            await writing;
            kept = JSON.stringify(body() ?? null);
            savedAt.value = '';
            await call('drop_draft', { key: place });
        },
    };
}

/** The first place beside the drafts that wait for a decision. */
function freePlace(key: string, found: readonly DraftView[]): string {
    const taken = new Set(found.map((d) => d.key));
    if (!taken.has(key)) return key;
    for (let at = 2; ; at += 1) if (!taken.has(`${key}#${at}`)) return `${key}#${at}`;
}
