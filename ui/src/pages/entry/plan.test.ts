// Where fields stand.
import { describe, expect, it } from 'vitest';
import type { FieldView } from '@/host';
import { rightOnes, type Placed } from './plan';

const at = (id: string, wide = false): Placed => ({
    field: { id } as FieldView,
    wide,
    inside: null,
    tall: false,
    placeholder: '',
});

describe('the right column', () => {
    it('holds every second narrow field; a wide one begins a new line', () => {
        const places = [at('a'), at('b'), at('c', true), at('d'), at('e', true), at('f'), at('g')];
        expect([...rightOnes(places)]).toEqual(['b', 'g']);
    });
});
