// Drafts: what was typed and is not saved yet, kept by the program every two seconds and at once when
// the page goes away, so that a crash costs two seconds of typing.
import { onBeforeUnmount, readonly, ref, shallowRef, watch, type Ref } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { catalog } from './catalog';
import { call, commandError, type DraftView } from './host';
import { sayProblem } from './say';
import { session } from './session';

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
    document.addEventListener('visibilitychange', hide);
    alive.add(keep);
    onBeforeUnmount(() => {
        removeEventListener('beforeunload', leave);
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

/** `09:12`, or `11月19日 09:12` of another day than `today`. */
export function timeOf(
    draft: Pick<DraftView, 'saved_at'>,
    today = session.value?.now ?? '',
): string {
    const [day = '', time = ''] = draft.saved_at.split('T');
    const clock = time.slice(0, 5);
    if (day === today.slice(0, 10)) return clock;
    const [, month, date] = day.split('-').map(Number);
    return `${month}月${date}日 ${clock}`;
}

/** The first words of a draft: what names the record, then other texts; no personal data. */
export function beginningOf(draft: DraftView): string {
    const values = valuesOf(draft.body);
    const of = catalog().registers.find((r) => r.id === draft.register);
    const texts = (of?.fields ?? []).filter((f) => TEXTS.has(f.kind) && f.personal === null);
    const told = [of?.title ?? '', ...texts.map((f) => f.id)]
        .map((id) => values[id])
        .filter((v): v is string => typeof v === 'string' && v.trim() !== '');
    return [...new Set(told)].slice(0, 2).join('，').replace(/\s+/g, ' ').slice(0, WORDS);
}

/** Which screen a draft belongs to: 登记投诉, 修改投诉, a step of a case. */
export function screenOf(draft: DraftView): string {
    const of = catalog().registers.find((r) => r.id === draft.register);
    const label = of?.label ?? '';
    const [kind, , step] = draft.key.split('#')[0]?.split(':') ?? [];
    if (kind === 'edit') return `修改${label}`;
    if (kind === 'step') return of?.workflow?.steps.find((s) => s.step === step)?.label ?? label;
    return `登记${label}`;
}

/** The page on which it is taken up again. */
export function wayTo(draft: DraftView): RouteLocationRaw {
    const [kind, uuid = ''] = draft.key.split('#')[0]?.split(':') ?? [];
    const params = { register: draft.register };
    if (kind === 'edit') return { name: 'edit', params: { ...params, uuid } };
    if (kind === 'step') return { name: 'record', params: { ...params, uuid } };
    return { name: 'entry', params };
}

const TEXTS = new Set(['text', 'long_text']);
const WORDS = 60;

/** The typed values in a draft's body, whatever wrote it. */
export function valuesOf(body: unknown): Record<string, unknown> {
    const values = typeof body === 'object' && body !== null ? Reflect.get(body, 'values') : null;
    return typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {};
}
