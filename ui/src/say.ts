// What the page says: one line of success in the page head for a few seconds, problems that stay
// until they are closed. Both are read out by screen readers through the frame's live region.
import { reactive, readonly } from 'vue';
import { commandError, type CommandError } from './host';

const SUCCESS_MS = 4000;

interface Said {
    /** A thing that went well; empty when none. */
    done: string;
    /** A problem that stays, with what was kept and what to do. */
    problem: CommandError | null;
}

const said = reactive<Said>({ done: '', problem: null });
/** What is being said. */
export const saying = readonly(said);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Says what went well, such as 已登记，编号 TS-2026-XM01-0051。 */
export function sayDone(words: string): void {
    clearTimeout(timer);
    said.problem = null;
    said.done = words;
    timer = setTimeout(() => (said.done = ''), SUCCESS_MS);
}

/** Shows a problem where no field or panel is its better place. */
export function sayProblem(fault: unknown): void {
    said.done = '';
    said.problem = commandError(fault);
}

/** Closes the problem. */
export function closeProblem(): void {
    said.problem = null;
}
