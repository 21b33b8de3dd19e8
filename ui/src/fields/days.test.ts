// The calendar's arithmetic.
import { describe, expect, it } from 'vitest';
import { dayAfterKey, inWords, plusMonths, weeksOf } from './days';

describe('the calendar', () => {
    it('shows whole weeks from Monday that hold the month and no more', () => {
        const weeks = weeksOf('2026-11-20');
        expect(weeks[0]?.[0]).toBe('2026-10-26');
        expect(weeks.at(-1)?.[6]).toBe('2026-12-06');
        expect(weeksOf('2027-02-10')).toHaveLength(4);
    });

    it('stays inside a shorter month', () => {
        expect(plusMonths('2026-01-31', 1)).toBe('2026-02-28');
        expect(plusMonths('2028-03-31', -1)).toBe('2028-02-29');
        expect(plusMonths('2026-12-15', 1)).toBe('2027-01-15');
    });

    it('is moved through with keys', () => {
        expect(dayAfterKey('2026-11-20', 'ArrowDown')).toBe('2026-11-27');
        expect(dayAfterKey('2026-11-20', 'Home')).toBe('2026-11-16');
        expect(dayAfterKey('2026-11-20', 'PageUp')).toBe('2026-10-20');
        expect(dayAfterKey('2026-11-20', 'x')).toBeNull();
    });

    it('says a day in words', () => {
        expect(inWords('2026-01-05')).toBe('2026年1月5日 星期一');
    });
});
