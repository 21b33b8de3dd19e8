// Claims of the age of a backup and of the moment in words.
import { describe, expect, it } from 'vitest';
import { ageWords } from './backups';
import { chinaDate, daysBetween, momentWords } from './clock';

const now = chinaDate('2026-11-20T09:12:00+08:00');
const at = (made_at: string): { tone: string; words: string } => ageWords({ made_at }, now);

describe('the age of a backup', () => {
    it('is told by the calendar day, not by hours', () => {
        expect(at('2026-11-20T08:31:00+08:00')).toEqual({
            tone: 'ok',
            words: '已备份 今天 08:31',
        });
        expect(at('2026-11-19T23:59:00+08:00')).toEqual({
            tone: 'ok',
            words: '已备份 昨天 23:59',
        });
    });

    it('turns amber after two days and red after a week', () => {
        expect(at('2026-11-18T23:59:00+08:00')).toEqual({ tone: 'warn', words: '2 天没有备份' });
        expect(at('2026-11-14T08:00:00+08:00').tone).toBe('warn');
        expect(at('2026-11-13T08:00:00+08:00')).toEqual({ tone: 'danger', words: '7 天没有备份' });
        expect(ageWords(null, now)).toEqual({ tone: 'warn', words: '尚未备份' });
    });
});

describe('the moment', () => {
    it('is written as the trade writes it, without leading zeros of the month', () => {
        expect(momentWords(now)).toBe('11月20日 星期五 09:12');
        expect(momentWords(chinaDate('2027-01-03 00:05'))).toBe('1月3日 星期日 00:05');
    });

    it('counts days over the end of a month and of a year', () => {
        expect(daysBetween(chinaDate('2026-12-31T23:59'), chinaDate('2027-01-01T00:00'))).toBe(1);
    });
});
