// Claims about what the page works out by itself: laying out, ordering deadlines, wording papers,
// comparing two sides, folding changes.
import { describe, expect, it } from 'vitest';
import type { FieldView, FormView, HistoryChange, RecordView, RegisterView } from '@/host';
import { foldedChanges } from './changes';
import { byPressure, inside } from './clocks';
import { sheetOf } from './layout';
import { paperState, unprinted } from './sheets';
import { compare, readable } from './standing';
import { shortMoment } from './steps';

function field(id: string, kind: string, more: Partial<FieldView> = {}): FieldView {
    return {
        id,
        label: id,
        kind,
        section: 'a',
        required: false,
        required_for: [],
        shown_if: null,
        required_if: null,
        personal: null,
        read_only: false,
        column: null,
        target: null,
        ...more,
    } as FieldView;
}

function record(values: Record<string, unknown>, shown: Record<string, string>): RecordView {
    return { register: 'complaint', uuid: 'u', title: '', values, shown } as RecordView;
}

const register = {
    id: 'complaint',
    internal: false,
    sections: [{ id: 'a', label: '来件' }],
    fields: [
        field('one', 'text'),
        field('two', 'text'),
        field('three', 'text'),
        field('long', 'long_text'),
        field('tick', 'flag'),
        field('hidden', 'text', { shown_if: { field: 'one', one_of: ['x'] } as never }),
    ],
} as unknown as RegisterView;

describe('the sheet', () => {
    const values = { one: '甲', two: '乙', three: '丙', long: '长', tick: false };
    const shown = { one: '甲', two: '乙', three: '丙', long: '长', tick: '否' };

    it('pairs cells and gives a lonely one its whole line', () => {
        const { blocks } = sheetOf(register, record(values, shown), new Set(), false);
        const across = blocks[0]?.cells.map((cell) => [cell.field.id, cell.across]);
        expect(across).toEqual([
            ['one', false],
            ['two', false],
            ['three', true],
            ['long', true],
        ]);
    });

    it('shows what the next step misses and folds what nobody asks for', () => {
        const some = record({ one: '甲' }, { one: '甲' });
        const { blocks, empty } = sheetOf(register, some, new Set(['long']), false);
        expect(blocks[0]?.cells.map((cell) => [cell.field.id, cell.missing])).toEqual([
            ['one', false],
            ['long', true],
        ]);
        expect(empty.map((one) => one.id)).toEqual(['two', 'three', 'tick']);
    });
});

describe('deadlines', () => {
    it('press by their end; what was met stands last', () => {
        const of = (state: string, due_at: string | null, met_at: string | null = null) => ({
            state,
            due_at,
            met_at,
            round: 1,
        });
        const sorted = byPressure([
            of('met', '2026-11-18', '2026-11-17'),
            of('paused', null),
            of('running', '2026-11-24'),
            of('overdue', '2026-11-17'),
        ]);
        expect(sorted.map((one) => one.state)).toEqual(['overdue', 'running', 'paused', 'met']);
    });

    it('lose the brackets of their tail', () => {
        expect(inside('（至 11月24日 18:00）')).toBe('至 11月24日 18:00');
    });
});

describe('papers', () => {
    const forms = [
        { code: 'F-01', register: 'complaint', list: false, signed: true },
        { code: 'F-40', register: 'complaint', list: false, signed: false },
    ] as FormView[];
    const paper = (values: Record<string, unknown>): RecordView => record(values, {});
    const today = new Date(2026, 10, 20, 9, 12);

    it('are told by whether the signed sheet is back and for how long it is out', () => {
        const out = { form: 'F-01', status: 'printed', printed_at: '2026-11-17T18:00:00+08:00' };
        expect(paperState(paper(out), forms, today).words).toBe('打印未收回 3 天');
        expect(paperState(paper({ ...out, prints: 2 }), forms, today).words).toBe(
            '印过 2 次，打印未收回 3 天',
        );
        expect(paperState(paper({ ...out, status: 'returned' }), forms, today).out).toBe(false);
        expect(paperState(paper({ ...out, form: 'F-40' }), forms, today).words).toBe('已打印');
    });

    it('that were voided can be printed anew', () => {
        const gone = paper({ form: 'F-01', status: 'void' });
        expect(unprinted(forms, 'complaint', [gone]).map((f) => f.code)).toEqual(['F-01', 'F-40']);
    });
});

describe('two sides', () => {
    const fields = ['a', 'b', 'c'].map((id) => ({ id, label: id.toUpperCase() }));

    it('clash only where both changed a field to different values', () => {
        const base = { a: '1', b: '1', c: '1' };
        const found = compare(fields, base, { a: '2', b: '1', c: '3' }, { a: '9', b: '9', c: '3' });
        expect(found.clashes.map((clash) => clash.field)).toEqual(['a']);
        expect(found.moved).toEqual(['B']);
    });

    it('are read by labels', () => {
        expect(readable('x', () => '施工')).toBe('施工');
        expect(readable(null, () => '')).toBe('（空）');
    });
});

describe('changes', () => {
    it('show every old value and fold first entries', () => {
        const change = (name: string, before: string | null, after: string): HistoryChange => ({
            field: name,
            label: name,
            before,
            after,
            erased: false,
        });
        const entered = ['a', 'b', 'c', 'd', 'e'].map((name) => change(name, null, name));
        const changes = [
            ...entered,
            change('step', null, '受理'),
            change('file', null, 'a'.repeat(64)),
            change('state', '已登记', '已受理'),
        ];
        const folded = foldedChanges({ changes }, false);
        expect(folded.shown.map((one) => one.field)).toEqual(['state', 'a', 'b', 'c', 'd']);
        expect(folded.more).toBe(1);
    });
});

describe('short times', () => {
    it('leave out this year and keep another', () => {
        expect(shortMoment('2026-11-16T09:35:00+08:00', 2026)).toBe('11-16 09:35');
        expect(shortMoment('2025-11-16 09:35', 2026)).toBe('2025-11-16 09:35');
    });
});
