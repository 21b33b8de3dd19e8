// Two versions of one record.
import { describe, expect, it } from 'vitest';
import type { FieldView } from '@/host';
import { differing, settled } from './conflict';

const field = (id: string): FieldView => ({ id, label: id, kind: 'text', list: null }) as FieldView;
const fields = ['name', 'unit', 'address'].map(field);
const seen = { name: '王', unit: '甲', address: '一' };

describe('a conflict', () => {
    it('is only what both sides changed, differently', () => {
        const typed = { name: '李', unit: '乙', address: '一' };
        const now = { name: '赵', unit: '乙', address: '二' };
        expect(
            differing(fields, typed, seen, now).map((d) => [d.field.id, d.mine, d.theirs]),
        ).toEqual([['name', '李', '赵']]);
    });

    it('settled keeps mine where chosen, and never loses what one side alone changed', () => {
        const typed = { name: '李', unit: '乙', address: '一' };
        const now = { name: '赵', unit: '甲', address: '二' };
        const keepMine = settled(fields, typed, seen, now, new Set(['name']));
        expect(keepMine).toEqual({ name: '李', unit: '乙', address: '二' });
        const keepTheirs = settled(fields, typed, seen, now, new Set());
        expect(keepTheirs).toEqual({ name: '赵', unit: '乙', address: '二' });
    });

    it('tells emptied fields', () => {
        const out = differing(fields, { ...seen, name: '' }, seen, { ...seen, name: '赵' });
        expect(out[0]?.mine).toBe('（空）');
    });
});
