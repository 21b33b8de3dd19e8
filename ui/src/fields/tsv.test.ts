// Blocks of cells from Excel and WPS.
import { describe, expect, it } from 'vitest';
import { isBlock, readTsv } from './tsv';

describe('a block of cells', () => {
    const blocks: [string, string, string[][]][] = [
        [
            'rows and columns',
            'a\tb\r\nc\td\r\n',
            [
                ['a', 'b'],
                ['c', 'd'],
            ],
        ],
        ['a line end inside quotes', '"一\n二"\t3', [['一\n二', '3']]],
        ['doubled quotes', '"他说""漏水"""\tx', [['他说"漏水"', 'x']]],
        ['a quote that begins no quoted cell', '"A"栋\t"未完', [['"A"栋', '"未完']]],
        ['empty cells at the ends', '\ta\t\n', [['', 'a', '']]],
        ['line ends of old Macs', 'a\rb', [['a'], ['b']]],
        ['a tab inside quotes', '"a\tb"', [['a\tb']]],
        ['an empty row between', 'a\n\nb', [['a'], [''], ['b']]],
        ['nothing', '', []],
    ];
    for (const [name, text, cells] of blocks)
        it(`is read with ${name}`, () => expect(readTsv(text)).toEqual(cells));

    it('is more than one cell; a single text is pasted as it is', () => {
        expect(isBlock('5-2-1102')).toBe(false);
        expect(isBlock('5-2-1102\r\n')).toBe(false);
        expect(isBlock('a\tb')).toBe(true);
        expect(isBlock('a\nb')).toBe(true);
    });
});
