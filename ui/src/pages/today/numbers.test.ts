// Claims of short names of records.
import { describe, expect, it } from 'vitest';
import { manyProjects, shortName } from './numbers';

describe('the short name of a record', () => {
    it('is its register and running figure while all stand in one project', () => {
        const numbers = ['TS-2026-XM01-0031', 'TS-2025-XM01-0002', null];
        expect(manyProjects(numbers)).toBe(false);
        expect(shortName('投诉', 'TS-2026-XM01-0031', false)).toBe('投诉 0031');
    });

    it('names the project where there are several', () => {
        expect(manyProjects(['TS-2026-XM01-0031', 'TS-2026-XM03-0031'])).toBe(true);
        expect(shortName('投诉', 'TS-2026-XM03-0031', true)).toBe('XM03-0031');
    });

    it('says that there is no number yet', () => {
        expect(shortName('投诉', null, true)).toBe('投诉 未编号');
    });
});
