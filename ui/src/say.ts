// What the page says: one line of success at the head of the window for a few seconds, problems that
// stay until they are closed. Both are read out by screen readers.
import { reactive, readonly } from 'vue';
import { commandError, type CommandError } from './host';

const SUCCESS_MS = 4000;
/** A line with an act in it stays until a slow hand has reached it. */
const OFFER_MS = 10_000;

/** An act that is offered with a success, such as 重做. */
export interface Offer {
    label: string;
    /** Its key as it is printed; may be empty. */
    key: string;
    run: () => unknown;
}

interface Said {
    /** A thing that went well; empty when none. */
    done: string;
    /** What can be done with it at once. */
    offer: Offer | null;
    /** A problem that stays, with what was kept and what to do. */
    problem: CommandError | null;
}

const said = reactive<Said>({ done: '', offer: null, problem: null });
/** What is being said. */
export const saying = readonly(said);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Says what went well, such as 已登记，编号 TS-2026-XM01-0051。 */
export function sayDone(words: string, offer: Offer | null = null): void {
    clearTimeout(timer);
    said.problem = null;
    said.done = words;
    said.offer = offer;
    timer = setTimeout(hushDone, offer === null ? SUCCESS_MS : OFFER_MS);
}

/** Takes the line of success away. */
export function hushDone(): void {
    said.done = '';
    said.offer = null;
}

/** Shows a problem where no field or panel is its better place. */
export function sayProblem(fault: unknown): void {
    hushDone();
    said.problem = commandError(fault);
}

/** Closes the problem. */
export function closeProblem(): void {
    said.problem = null;
}
