// Claims about the plain arithmetic of lists: conditions, orders, what goes to the clipboard.
import { describe, expect, it } from 'vitest';
import type { RegisterView } from '@/host';
import { shortMoment } from './cells';
import type { Column } from './columns';
import { shortChoice } from './columns';
import {
    figureConditions,
    figureTyped,
    sameConditions,
    spanConditions,
    spanLabel,
    typedSpan,
    withConditions,
} from './conditions';
import { asTable, asText } from './copy';
import { orderOf, sortAfter } from './head';

const moment = { id: 'received_at', kind: 'moment' } as Column;
const day = { id: 'due_on', kind: 'date' } as Column;

describe('conditions', () => {
    it('replace those of their own field and leave the others', () => {
        const major = { field: 'grade', op: '=', value: 'major' };
        const text = { field: 'content', op: '~', value: '渗' };
        expect(withConditions([major, text], 'grade', [])).toEqual([text]);
        expect(sameConditions([major, text], [text, major])).toBe(true);
        expect(sameConditions([major], [{ ...major, value: 'general' }])).toBe(false);
    });

    it('of a span of days hold its last day whole, for moments too', () => {
        expect(spanConditions(moment, '2026-02-01', '2026-02-28')).toEqual([
            { field: 'received_at', op: '>=', value: '2026-02-01' },
            { field: 'received_at', op: '<', value: '2026-03-01' },
        ]);
        for (const column of [moment, day])
            expect(typedSpan(spanConditions(column, '2026-02-01', '2026-02-28'))).toEqual({
                from: '2026-02-01',
                to: '2026-02-28',
            });
    });

    it('read figures as they are typed, full-width too, and refuse what is none', () => {
        expect(figureConditions('pages', '＞＝ 3')).toEqual([
            { field: 'pages', op: '>=', value: '3' },
        ]);
        expect(figureConditions('pages', '1,200')).toEqual([
            { field: 'pages', op: '=', value: '1200' },
        ]);
        expect(figureTyped(figureConditions('pages', '3-5') ?? [])).toBe('3-5');
        expect(figureConditions('pages', '三')).toBeNull();
        expect(figureConditions('pages', '')).toEqual([]);
    });

    it('name spans of days', () => {
        expect(spanLabel('last_31_days')).toBe('近 31 天');
        expect(spanLabel('next_7_days')).toBe('今后 7 天');
    });
});

describe('order', () => {
    it('goes up, down and away; with Shift beside the others', () => {
        expect(sortAfter([], 'state', false)).toEqual(['state']);
        expect(sortAfter(['state'], 'state', false)).toEqual(['-state']);
        expect(sortAfter(['-state'], 'state', false)).toEqual([]);
        expect(sortAfter(['-received_at'], 'state', true)).toEqual(['-received_at', 'state']);
        expect(sortAfter(['-received_at', 'state'], 'received_at', true)).toEqual(['state']);
        expect(orderOf(['state', '-number'], 'number')).toEqual({ down: true, place: 2 });
        expect(orderOf(['state'], 'number')).toBeNull();
    });
});

describe('copies', () => {
    it('keep tabs, breaks and quotes inside their cell', () => {
        expect(
            asText([
                ['甲\t乙', '"丙"\n丁'],
                ['戊', '-5'],
            ]),
        ).toBe('"甲\t乙"\t"""丙""\n丁"\r\n戊\t-5');
    });

    it('run no formula and no markup', () => {
        for (const formula of ['=1+1', '+86', '@SUM(A1)', '-2+3'])
            expect(asText([[formula]])).toBe(`'${formula}`);
        const table = asTable([['<img src=x onerror=alert(1)>', '110101199003071234']]);
        expect(table).not.toContain('<img');
        expect(table).toContain(`'mso-number-format:"\\@"'>110101199003071234</td>`);
    });
});

describe('words', () => {
    it('are short where the register goes without saying', () => {
        const complaint = { label: '投诉' } as RegisterView;
        expect(shortChoice(complaint, '重大投诉')).toBe('重大');
        expect(shortChoice(complaint, '投诉')).toBe('投诉');
    });

    it('of moments leave out the present year, of other years the hour', () => {
        expect(shortMoment('2026-11-20 08:47', '2026')).toBe('11-20 08:47');
        expect(shortMoment('2025-11-20 08:47', '2026')).toBe('2025-11-20');
        expect(shortMoment('2026-11-20', '2026')).toBe('2026-11-20');
    });
});
