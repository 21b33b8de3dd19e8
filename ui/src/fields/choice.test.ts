// How choices are offered and found.
import { describe, expect, it } from 'vitest';
import type { ChoiceView } from '@/host';
import { matching, rowOf } from './choice';

const choice = (code: string, label: string, found_by = ''): ChoiceView => ({
    code,
    label,
    retired: false,
    found_by,
});
const register = { id: 'complaint' };

describe('a choice', () => {
    it('of few words is a row, of many a list', () => {
        const three = [choice('a', '满意'), choice('b', '一般'), choice('c', '不满意')];
        expect(rowOf(register, { id: 'satisfaction' }, three)).toMatchObject({
            wide: false,
            others: [],
        });
        const seven = [...three, ...three, choice('g', '其他')];
        expect(rowOf(register, { id: 'class' }, seven)).toBeNull();
        const long = three.map((c) => ({ ...c, label: '由建设单位和施工单位共同承担的责任' }));
        expect(rowOf(register, { id: 'liability' }, long)).toBeNull();
    });

    it('of the channel shows the common ones and keeps the others behind', () => {
        const codes = ['phone', 'visit', 'letter', 'fax', 'site', 'hotline_12345', 'media'];
        const row = rowOf(
            register,
            { id: 'channel' },
            codes.map((c) => choice(c, c.slice(0, 4))),
        );
        expect(row?.row.map((c) => c.code)).toEqual([
            'phone',
            'visit',
            'letter',
            'hotline_12345',
            'site',
        ]);
        expect(row?.others.map((c) => c.code)).toEqual(['fax', 'media']);
    });

    it('is found by its label, other words and initials, the label first', () => {
        const all = [
            choice('leak', '渗漏', '漏水 渗水 shenlou sl'),
            choice('crack', '裂缝', '开裂 liefeng lf'),
            choice('loud', '漏水声', ''),
        ];
        expect(matching(all, '漏水').map((c) => c.code)).toEqual(['loud', 'leak']);
        expect(matching(all, 'SL').map((c) => c.code)).toEqual(['leak']);
        expect(matching(all, '')).toHaveLength(3);
        expect(matching(all, 'zzz')).toEqual([]);
    });
});
