// Where the cursor goes on Enter and Shift+Enter: the order of the page, hidden fields skipped.

/** What can be typed in, among all that could take the focus inside a field. */
const STOPS =
    'input:not([type=hidden]):not(:disabled), textarea:not(:disabled), [data-stop]:not([tabindex="-1"])';

/** The neighbour of `at` in `order`; the ends stay where they are (`null`). */
export function neighbour(order: readonly string[], at: string, back: boolean): string | null {
    const place = order.indexOf(at);
    if (place < 0) return null;
    return order[place + (back ? -1 : 1)] ?? null;
}

/** The fields under `root` in the order of the page. */
export function fieldOrder(root: ParentNode): string[] {
    return [...root.querySelectorAll<HTMLElement>('[data-field]')]
        .filter((field) => field.querySelector(STOPS) !== null)
        .map((field) => field.dataset['field'] ?? '');
}

/** Puts the cursor into a field; answers whether there was one. */
export function focusField(root: ParentNode, id: string): boolean {
    const box = root.querySelector<HTMLElement>(`[data-field="${CSS.escape(id)}"]`);
    const stop = box?.querySelector<HTMLElement>(STOPS);
    if (!stop) return false;
    stop.focus();
    stop.scrollIntoView({ block: 'nearest' });
    if (stop instanceof HTMLInputElement && stop.type === 'text') stop.select();
    return true;
}

/** Moves from the field that has the cursor; answers whether it moved. */
export function moveFrom(root: ParentNode, target: Element, back: boolean): boolean {
    const id = target.closest<HTMLElement>('[data-field]')?.dataset['field'];
    if (id === undefined) return false;
    const to = neighbour(fieldOrder(root), id, back);
    return to !== null && focusField(root, to);
}
