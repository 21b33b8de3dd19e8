// Drafts in words: when, and which page takes them up again.
import { describe, expect, it } from 'vitest';
import { timeOf, valuesOf, wayTo } from './drafts';
import type { DraftView } from './host';

const draft = (key: string): DraftView => ({
    key,
    register: 'complaint',
    record: null,
    body: null,
    saved_at: '2026-11-20T09:12:06+08:00',
});

describe('a draft', () => {
    it('of today is told by its time, of another day with the day', () => {
        expect(timeOf(draft('new:complaint'), '2026-11-20T10:00:00+08:00')).toBe('09:12');
        expect(timeOf(draft('new:complaint'), '2026-11-21T08:00:00+08:00')).toBe('11月20日 09:12');
    });

    it('is taken up on the page that wrote it, also when it is the second of that page', () => {
        expect(wayTo(draft('new:complaint#2'))).toMatchObject({ name: 'entry' });
        expect(wayTo(draft('edit:u1'))).toMatchObject({ name: 'edit', params: { uuid: 'u1' } });
        expect(wayTo(draft('step:u1:accept'))).toMatchObject({ name: 'record' });
    });

    it('with a body of another shape has no values', () => {
        expect(valuesOf(null)).toEqual({});
        expect(valuesOf('x')).toEqual({});
        expect(valuesOf({ values: { a: 'b' } })).toEqual({ a: 'b' });
    });
});
