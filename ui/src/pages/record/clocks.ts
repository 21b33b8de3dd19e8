// The order in which deadlines press, and what they are called. Pure.
import type { DeadlineView } from '@/host';

const TURN: Record<string, number> = { overdue: 0, running: 0, paused: 1, met: 2, met_late: 2 };

/** Running ones by their end, then what stands still, then what was met, the latest first. */
export function byPressure<D extends Pick<DeadlineView, 'state' | 'due_at' | 'met_at' | 'round'>>(
    deadlines: readonly D[],
): D[] {
    const turn = (d: D): number => TURN[d.state] ?? 2;
    const late = (d: D): string => d.met_at ?? d.due_at ?? '';
    return [...deadlines].sort((a, b) => {
        if (turn(a) !== turn(b)) return turn(a) - turn(b);
        if (turn(a) === 2) return late(b).localeCompare(late(a));
        return (a.due_at ?? '9').localeCompare(b.due_at ?? '9');
    });
}

/** 回访期限; of one that was met, what it asked for. */
export function clockTitle(deadline: DeadlineView): string {
    const act = deadline.words?.act ?? '';
    return act === '' ? '期限' : `${act}期限`;
}

/** What stands between the brackets of a tail. */
export function inside(tail: string): string {
    return tail.replace(/^（|）$/g, '');
}
