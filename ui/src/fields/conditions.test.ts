// Conditions of fields: what is shown and required for what is typed.
import { describe, expect, it } from 'vitest';
import { holds, isFilled, isRequired, isShown, missingOf } from './conditions';
import { emptyLine } from './lines';
import type { FieldLike } from './types';

function field(id: string, more: Partial<FieldLike> = {}): FieldLike {
    return {
        id,
        label: id,
        kind: 'text',
        required: false,
        required_for: [],
        shown_if: null,
        required_if: null,
        ...more,
    };
}

describe('a condition', () => {
    it('without a test always holds', () => {
        expect(holds(null, {})).toBe(true);
    });

    it('on a tick takes a tick that was never touched for not set', () => {
        const off = { field: 'anonymous', ticked: false, one_of: null, filled: null };
        expect(holds(off, {})).toBe(true);
        expect(holds(off, { anonymous: false })).toBe(true);
        expect(holds(off, { anonymous: true })).toBe(false);
    });

    it('on choices needs one of them', () => {
        const forwarded = { field: 'channel', one_of: ['hotline_12345', 'authority'] };
        expect(holds(forwarded, { channel: 'authority' })).toBe(true);
        expect(holds(forwarded, { channel: 'phone' })).toBe(false);
        expect(holds(forwarded, {})).toBe(false);
    });

    it('on filling counts blanks as nothing', () => {
        const filled = { field: 'phone', filled: true };
        expect(holds(filled, { phone: '　 ' })).toBe(false);
        expect(holds(filled, { phone: '1' })).toBe(true);
        expect(holds({ field: 'phone', filled: false }, { phone: '' })).toBe(true);
    });
});

describe('a required field', () => {
    const name = field('name', {
        required_for: ['register'],
        required_if: { field: 'anonymous', ticked: false },
    });

    it('is required for its step only, and not when its condition fails', () => {
        expect(isRequired(name, {}, 'register')).toBe(true);
        expect(isRequired(name, {}, 'accept')).toBe(false);
        expect(isRequired(name, {}, null)).toBe(false);
        expect(isRequired(name, { anonymous: true }, 'register')).toBe(false);
    });

    it('that is not shown is not missing', () => {
        const hidden = field('no', { required: true, shown_if: { field: 'a', filled: true } });
        expect(isShown(hidden, {})).toBe(false);
        expect(missingOf([hidden], {}, null)).toEqual([]);
        expect(missingOf([hidden], { a: 'x' }, null)).toEqual([hidden]);
    });

    it('of lines is filled by a line that stays', () => {
        expect(isFilled([{ ...emptyLine(), removed: true }])).toBe(false);
        expect(isFilled([emptyLine()])).toBe(true);
    });
});
