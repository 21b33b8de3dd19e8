// What is typed and what crosses the seam.
import { describe, expect, it } from 'vitest';
import type { FieldLike } from './types';
import {
    asked,
    groupedPhones,
    hundredths,
    inField,
    mobileFault,
    readBack,
    sent,
    typedOf,
} from './typing';

function field(kind: string, label = '联系电话'): FieldLike {
    return {
        id: 'f',
        label,
        kind,
        required: false,
        required_for: [],
        shown_if: null,
        required_if: null,
    };
}

describe('a typed value', () => {
    it('that is blank is sent as nothing; other text as it was typed', () => {
        expect(asked(field('text'), ' 　')).toBeNull();
        expect(asked(field('text'), ' 王 ')).toBe(' 王 ');
        expect(asked(field('flag'), null)).toBe(false);
    });

    it('never touched and emptied are the same', () => {
        expect(sent(undefined)).toBe(sent(''));
        expect(sent(false)).toBe(sent(null));
        expect(sent('x')).not.toBe(sent(''));
    });
});

describe('a value that was read', () => {
    it('stands in its field as the program shows it', () => {
        expect(readBack(field('date'), '2026-01-05', '2026-01-05')).toBe('2026-01-05');
        expect(readBack(field('phone'), '13900426217、021-68880176', '')).toBe(
            '139 0042 6217、021-68880176',
        );
        expect(readBack(field('money'), '12,000.50', 1200050)).toBe('12000.50');
        expect(readBack(field('choice'), '渗漏', 'leak')).toBe('leak');
    });

    it('leaves names and texts as they were typed', () => {
        expect(readBack(field('text'), '王', '王')).toBeNull();
        expect(readBack(field('person'), '王', '王')).toBeNull();
    });

    it('of an amount is exact', () => {
        expect(hundredths(5)).toBe('0.05');
        expect(hundredths(-1200050)).toBe('-12000.50');
        expect(hundredths(0)).toBe('0.00');
    });
});

describe('telephones', () => {
    it('are grouped only where they are mobiles', () => {
        expect(groupedPhones('13900426217')).toBe('139 0042 6217');
        expect(groupedPhones('400-820-8820')).toBe('400-820-8820');
    });

    it('that lack digits say how many, whatever way they are typed', () => {
        const said = '手机号少 1 位（应为 11 位）。已填的内容还在，补齐后按 Enter。';
        expect(mobileFault('139 0042 621')).toBe(said);
        expect(mobileFault('１３９００４２６２１')).toBe(said);
        expect(mobileFault('13900426217、139-0042-621')).toBe(said);
        expect(mobileFault('139 0042 62177')).toContain('多 1 位');
    });

    it('that are something else leave the word to the program', () => {
        expect(mobileFault('12345')).toBeNull();
        expect(mobileFault('139 0042 6217')).toBeNull();
        expect(
            inField(
                field('phone'),
                { code: 'bad_phone', message: '联系电话：“abc”不是电话号码。' },
                'abc',
            ),
        ).toBe('“abc”不是电话号码。');
    });
});

describe('a kept record', () => {
    it('stands in its fields as people type it', () => {
        const fields = [
            { ...field('money'), id: 'cost' },
            { ...field('moment'), id: 'at' },
            { ...field('flag'), id: 'urgent' },
            { ...field('choice'), id: 'class' },
        ];
        const values = { cost: 5, at: '2026-11-20T09:10:00+08:00', urgent: true, class: 'leak' };
        const shown = { cost: '0.05', at: '2026-11-20 09:10', class: '渗漏' };
        expect(typedOf(fields, values, shown)).toEqual({
            cost: '0.05',
            at: '2026-11-20 09:10',
            urgent: true,
            class: 'leak',
        });
    });
});
