// The only door to the program behind the page: typed commands, binary answers, long work, dropped
// files. Nothing else may import @tauri-apps/*.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { readonly, ref } from 'vue';
import { WRITES, type ByteCommands, type Commands } from './generated/commands';
import type { CommandError, JobView, PickedFile } from './generated/types';

export type * from './generated/types';
export type { ByteCommands, Commands };

const writes = ref(0);
/** Counts the writes made from this page; whoever shows records reloads when it changes. */
export const revision = readonly(writes);

/** Says that records changed by another way than a command of this page. */
export function touched(): void {
    writes.value += 1;
}

/**
 * Asks the program. Rejects with a {@link CommandError} whose message is ready for the clerk.
 */
export async function call<K extends keyof Commands>(
    name: K,
    ask: Commands[K]['ask'],
): Promise<Commands[K]['answer']> {
    try {
        const answer = await invoke<Commands[K]['answer']>(name, { ask });
        if (WRITES.has(name)) touched();
        return answer;
    } catch (fault) {
        throw commandError(fault);
    }
}

/** Asks for a binary answer: a PDF, a picture, an attachment. */
export async function bytes<K extends keyof ByteCommands>(
    name: K,
    ask: ByteCommands[K]['ask'],
): Promise<Uint8Array<ArrayBuffer>> {
    try {
        return new Uint8Array(await invoke<ArrayBuffer>(name, { ask }));
    } catch (fault) {
        throw commandError(fault);
    }
}

/** How far long work has come; `total` is 0 while it is not known. */
export type Progress = Pick<JobView, 'phase' | 'done' | 'total'>;

/** Long work under way. */
export interface Work<T> {
    /** Its answer; `null` when it was stopped. */
    answer: Promise<T | null>;
    /** Asks it to stop; what is written is written, what is not yet begun stays undone. */
    stop(): Promise<void>;
}

const POLL_MS = 200;

/** Begins long work and reports its progress until it ends. */
export function work<K extends keyof Commands>(
    name: K,
    ask: Commands[K]['ask'],
    onProgress: (progress: Progress) => void,
): Work<Commands[K]['answer']> {
    const begun = call('begin', { name, request: ask });
    const run = async (): Promise<Commands[K]['answer'] | null> => {
        const { job } = await begun;
        for (;;) {
            const view = await call('job', { job });
            onProgress(view);
            if (view.state === 'done') {
                if (WRITES.has(name)) touched();
                return view.answer as Commands[K]['answer'];
            }
            if (view.state === 'failed') throw commandError(view.error);
            if (view.state === 'stopped') return null;
            await new Promise((next) => setTimeout(next, POLL_MS));
        }
    };
    return {
        answer: run(),
        stop: async () => {
            const { job } = await begun;
            await call('stop', { job });
        },
    };
}

/** Hears of files that were dropped on the window. Answers how to stop hearing. */
export function onDropped(hear: (files: PickedFile[]) => void): Promise<() => void> {
    return listen<PickedFile[]>('dropped', (event) => hear(event.payload));
}

/** Whether a rejection is the program's own answer. */
export function isCommandError(fault: unknown): fault is CommandError {
    return (
        typeof fault === 'object' &&
        fault !== null &&
        typeof (fault as CommandError).code === 'string' &&
        typeof (fault as CommandError).message === 'string'
    );
}

/** Any rejection as the error that pages show. */
export function commandError(fault: unknown): CommandError {
    if (isCommandError(fault)) return { ...fault, fields: fault.fields ?? [] };
    return {
        code: 'internal',
        message: '程序没有回应。已填的内容还在，请稍等再试；仍不行请关闭程序再打开。',
        fields: [],
    };
}
