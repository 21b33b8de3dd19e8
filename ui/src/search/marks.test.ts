// Claims of the marks in found texts.
import { describe, expect, it } from 'vitest';
import { around, marked } from './marks';

const shown = (text: string, sought: string): string =>
    marked(text, sought)
        .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
        .join('');

describe('marks', () => {
    it('mark the part that was typed, whatever its case and width', () => {
        expect(shown('TS-2026-XM01-0031', 'xm01')).toBe('TS-2026-[XM01]-0031');
        expect(shown('房号 5-2-1102', '１１０２')).toBe('房号 5-2-[1102]');
    });

    it('mark all of a text that was found by its reading or under a mask', () => {
        expect(shown('高**', 'gao')).toBe('[高**]');
        expect(shown('139****6215', '13900426215')).toBe('[139****6215]');
    });

    it('mark several words where they stand, and characters of every plane whole', () => {
        expect(shown('卧室吊顶渗水', '渗水 卧室')).toBe('[卧室]吊顶[渗水]');
        expect(shown('䶮㛃𬭎𠅤苑', '𬭎𠅤')).toBe('䶮㛃[𬭎𠅤]苑');
    });

    it('keep the text itself, piece for piece', () => {
        for (const sought of ['a', 'AB', 'ab b', '', '  '])
            expect(
                marked('xABAByab', sought)
                    .map((piece) => piece.text)
                    .join(''),
            ).toBe('xABAByab');
    });

    it('have the first mark in sight of a long text', () => {
        const pieces = around(marked(`${'前'.repeat(40)}渗水后`, '渗水'), 12);
        expect(pieces[0]?.text).toBe(`…${'前'.repeat(12)}`);
        expect(pieces[1]).toEqual({ text: '渗水', hit: true });
    });
});
