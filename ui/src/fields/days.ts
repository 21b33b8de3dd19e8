// Days of a month as a calendar shows them: weeks from Monday, moving by keys. Plain arithmetic on
// days; what a day means for deadlines is the program's.

/** A day as `2026-01-05`. */
export type Day = string;

/** The day `by` days away. */
export function plusDays(day: Day, by: number): Day {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + by);
    return date.toISOString().slice(0, 10);
}

/** The same day of the month `by` months away, or the last day of a shorter month. */
export function plusMonths(day: Day, by: number): Day {
    const [year, month, date] = parts(day);
    const first = new Date(Date.UTC(year, month - 1 + by, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
    first.setUTCDate(Math.min(date, last.getUTCDate()));
    return first.toISOString().slice(0, 10);
}

/** Monday is 0. */
export function weekday(day: Day): number {
    return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The weeks of the month in which `day` lies, each from Monday to Sunday. */
export function weeksOf(day: Day): Day[][] {
    const first = `${day.slice(0, 7)}-01`;
    const weeks: Day[][] = [];
    let at = plusDays(first, -weekday(first));
    do {
        const from = at;
        weeks.push([0, 1, 2, 3, 4, 5, 6].map((by) => plusDays(from, by)));
        at = plusDays(at, 7);
    } while (at.slice(0, 7) === day.slice(0, 7));
    return weeks;
}

/** Where a key leads from a day; `null` when it is no key of the calendar. */
export function dayAfterKey(day: Day, key: string): Day | null {
    switch (key) {
        case 'ArrowLeft':
            return plusDays(day, -1);
        case 'ArrowRight':
            return plusDays(day, 1);
        case 'ArrowUp':
            return plusDays(day, -7);
        case 'ArrowDown':
            return plusDays(day, 7);
        case 'Home':
            return plusDays(day, -weekday(day));
        case 'End':
            return plusDays(day, 6 - weekday(day));
        case 'PageUp':
            return plusMonths(day, -1);
        case 'PageDown':
            return plusMonths(day, 1);
        default:
            return null;
    }
}

/** `2026年1月5日 星期一`. */
export function inWords(day: Day): string {
    const [year, month, date] = parts(day);
    return `${year}年${month}月${date}日 星期${'一二三四五六日'[weekday(day)] ?? ''}`;
}

function parts(day: Day): [number, number, number] {
    const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
    return [year, month, date];
}
