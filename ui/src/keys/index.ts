// Turns key presses into acts. One listener for the page; whoever registered last for an act gets
// it first, so that a dialog wins over the page under it.
import { onBeforeUnmount, onMounted } from 'vue';
import { KEYMAP, type Act, type KeyAct } from './keymap';

/** Does an act; answering `false` leaves the key to the next one and to the browser. */
export type Do = (event: KeyboardEvent) => unknown;

interface Taken {
    act: Act;
    run: Do;
}

const stack: Taken[] = [];

/** Whether an input method is composing; no key acts then. Both signs are needed in WebView2. */
export function composing(event: KeyboardEvent): boolean {
    return event.isComposing || event.keyCode === 229;
}

/** The spelling of a pressed key as the keymap has it. */
export function spellingOf(event: KeyboardEvent): string {
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    return [
        event.ctrlKey || event.metaKey ? 'Ctrl' : '',
        event.altKey ? 'Alt' : '',
        event.shiftKey && (event.key.length > 1 || event.ctrlKey || event.altKey) ? 'Shift' : '',
        key,
    ]
        .filter((part) => part !== '')
        .join('+');
}

function inField(target: EventTarget | null): boolean {
    return (
        target instanceof HTMLElement &&
        (target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select') ||
            target.isContentEditable)
    );
}

/** Keys of the browser that would leave or spoil the page. */
const BROWSER_KEYS = new Set([
    'F3',
    'F5',
    'F7',
    'F12',
    'Ctrl+F',
    'Ctrl+G',
    'Ctrl+J',
    'Ctrl+H',
    'Ctrl+L',
    'Ctrl+N',
    'Ctrl+O',
    'Ctrl+P',
    'Ctrl+R',
    'Ctrl+S',
    'Ctrl+T',
    'Ctrl+U',
    'Ctrl+W',
    'Ctrl+Shift+R',
    'Ctrl+Shift+I',
    'Ctrl+=',
    'Ctrl++',
    'Ctrl+-',
    'Ctrl+0',
    'Alt+ArrowLeft',
    'Alt+ArrowRight',
]);

function answers(act: KeyAct, spelling: string, event: KeyboardEvent): boolean {
    if (!act.keys.includes(spelling)) return false;
    const commanding = event.ctrlKey || event.altKey || event.metaKey || /^F\d+$/.test(event.key);
    return commanding || act.inField === true || !inField(event.target);
}

/** Text fields undo their own typing first. */
function fieldsOwn(spelling: string, target: EventTarget | null): boolean {
    return /^Ctrl\+(Z|Y|Shift\+Z|C|X|V|A)$/.test(spelling) && inField(target);
}

function onKey(event: KeyboardEvent): void {
    if (composing(event)) return;
    const spelling = spellingOf(event);
    if (!fieldsOwn(spelling, event.target)) {
        for (let at = stack.length - 1; at >= 0; at -= 1) {
            const taken = stack[at];
            if (taken === undefined || !answers(KEYMAP[taken.act], spelling, event)) continue;
            if (taken.run(event) === false) continue;
            event.preventDefault();
            event.stopPropagation();
            return;
        }
    }
    if (BROWSER_KEYS.has(spelling)) event.preventDefault();
    if (spelling === 'Backspace' && !inField(event.target)) event.preventDefault();
}

/** Begins to listen; once, by the frame. */
export function listenToKeys(): void {
    addEventListener('keydown', onKey, { capture: true });
}

/** What acts do, by their names. */
export type Deeds = Partial<Record<Act, Do>>;

/**
 * Gives acts their deeds from now on, over all that have them already, or under them. Answers how to
 * take them away again.
 */
export function holdKeys(deeds: Deeds, place: 'over' | 'under' = 'over'): () => void {
    const mine: Taken[] = (Object.entries(deeds) as [Act, Do][]).map(([act, run]) => ({
        act,
        run,
    }));
    if (place === 'over') stack.push(...mine);
    else stack.unshift(...mine);
    return () => {
        for (const taken of mine) {
            const at = stack.indexOf(taken);
            if (at >= 0) stack.splice(at, 1);
        }
    };
}

/** Gives acts their deeds while the component stands; the frame gives its own under its pages. */
export function useKeys(deeds: Deeds, place: 'over' | 'under' = 'over'): void {
    let release = (): void => undefined;
    onMounted(() => (release = holdKeys(deeds, place)));
    onBeforeUnmount(() => release());
}

/** Whether a dialog stands over the page: the frame's keys wait behind it. */
export function underDialog(): boolean {
    return document.querySelector('dialog[open], [aria-modal="true"]') !== null;
}
