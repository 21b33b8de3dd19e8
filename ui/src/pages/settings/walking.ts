// Walking through the parts remounts the page; the focus stays in the list all the same.
let walking = false;

/** The next page was chosen from the list. */
export function walk(): void {
    walking = true;
}

/** Whether the page was chosen from the list; asked once. */
export function takeWalking(): boolean {
    const was = walking;
    walking = false;
    return was;
}
