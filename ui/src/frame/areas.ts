// Areas of the window: F6 goes round through them, and each remembers where the cursor stood.

const AREAS = '[data-area], main aside';
const STOPS =
    'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex="0"]';

const last = new WeakMap<Element, HTMLElement>();

function areaOf(element: Element): Element | null {
    return element.closest(AREAS);
}

function areas(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>(AREAS)].filter(
        (area) => area.getClientRects().length > 0,
    );
}

/** Notes where the cursor is; on every focus. */
export function noteFocus(event: FocusEvent): void {
    if (!(event.target instanceof HTMLElement)) return;
    const area = areaOf(event.target);
    if (area !== null && area !== event.target) last.set(area, event.target);
}

function own(area: HTMLElement, element: HTMLElement): boolean {
    return areaOf(element) === area && element.getClientRects().length > 0;
}

/** Puts the cursor into an area: where it stood last, else on the first stop. */
export function enterArea(area: HTMLElement): void {
    const before = last.get(area);
    const stops = [...area.querySelectorAll<HTMLElement>(STOPS)];
    const goal =
        before?.isConnected === true && own(area, before)
            ? before
            : stops.find((stop) => own(area, stop) && stop.tabIndex >= 0);
    if (goal === undefined) area.tabIndex = -1;
    (goal ?? area).focus();
}

/** Goes to the next area, or to the one before. */
export function nextArea(back: boolean): void {
    const all = areas();
    const here = document.activeElement && areaOf(document.activeElement);
    const at = here === null ? -1 : all.indexOf(here as HTMLElement);
    const step = back ? -1 : 1;
    const to = all[(Math.max(at, back ? 0 : -1) + step + all.length) % all.length];
    if (to !== undefined) enterArea(to);
}
