// Lines of a table: pasting a block over it, and what of it is sent.
import { describe, expect, it } from 'vitest';
import { emptyLine, layBlock, pasteAt } from './lines';
import { asked } from './typing';
import type { FieldLike, LineTyped } from './types';

const columns = ['name', 'accepted_on', 'households'];
const kept = (uuid: string, name: string): LineTyped => ({
    ...emptyLine(),
    uuid,
    values: { name, remark: '原有' },
});
const lines: FieldLike = {
    id: 'unit_works',
    label: '单位工程',
    kind: 'lines',
    required: false,
    required_for: [],
    shown_if: null,
    required_if: null,
};

describe('a pasted block', () => {
    it('goes from the column of the cursor on, and says what has no column', () => {
        const laid = layBlock([['2026.1.5', '64', '多']], columns, 'accepted_on');
        expect(laid).toEqual({
            columns: ['accepted_on', 'households'],
            rows: [['2026.1.5', '64']],
            beyond: 1,
        });
    });

    it('leaves rows without any text out', () => {
        expect(layBlock([['1号楼'], ['  '], ['2号楼']], columns, 'name').rows).toHaveLength(2);
    });

    it('writes over lines from the cursor down and adds the rest; identifiers and other cells stay', () => {
        const before = [kept('u1', '1号楼'), kept('u2', '2号楼')];
        const after = pasteAt(before, 1, layBlock([['甲'], ['乙']], columns, 'name'));
        expect(after.map((l) => [l.uuid, l.values['name'], l.values['remark']])).toEqual([
            ['u1', '1号楼', '原有'],
            ['u2', '甲', '原有'],
            [null, '乙', undefined],
        ]);
        expect(before[1]?.values['name']).toBe('2号楼');
    });

    it('does not write over a line that was taken out', () => {
        const before = [{ ...kept('u1', '1号楼'), removed: true }];
        const after = pasteAt(before, 0, layBlock([['甲']], columns, 'name'));
        expect(after.map((l) => l.values['name'])).toEqual(['1号楼', '甲']);
    });
});

describe('what is sent of lines', () => {
    it('names changed and removed lines by their identifiers and drops what was never filled', () => {
        const typed = [
            kept('u1', '1号楼'),
            { ...kept('u2', '2号楼'), removed: true },
            { ...emptyLine(), values: { name: '3号楼' } },
            emptyLine(),
            { ...emptyLine(), values: { name: '4号楼' }, removed: true },
        ];
        expect(asked(lines, typed)).toEqual([
            { uuid: 'u1', name: '1号楼', remark: '原有' },
            { uuid: 'u2', remove: true },
            { name: '3号楼' },
        ]);
    });
});
