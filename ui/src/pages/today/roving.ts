// Arrow keys through the lines or cells of a list that is one stop of Tab.
import { composing } from '@/keys';

/** Moves the cursor among the elements that `selector` finds inside the listening element. */
export function roam(event: KeyboardEvent, selector: string, back: string, on: string): void {
    if (composing(event) || !(event.currentTarget instanceof HTMLElement)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const goals: Record<string, number> = {
        [back]: at - 1,
        [on]: at + 1,
        Home: 0,
        End: all.length - 1,
    };
    const to = goals[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const goal = all[Math.min(Math.max(to, 0), all.length - 1)];
    for (const other of all) other.tabIndex = other === goal ? 0 : -1;
    goal?.focus();
}
