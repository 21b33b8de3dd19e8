// The manual's sheet of keys says what the keymap says. `TAIZHANG_GOLDENS=update` writes it anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { KEYMAP, PLACES, spelled, type KeyAct, type Place } from './keymap';

const SHEET = resolve(import.meta.dirname, '../../../docs/manual/08-keys.md');

function sheet(acts: readonly KeyAct[]): string {
    const parts = (Object.entries(PLACES) as [Place, string][]).map(([place, title]) => {
        const rows = acts
            .filter((act) => act.place === place)
            .map((act) => {
                const keys = act.keys.map((key) => `\`${spelled(key)}\``).join(' 或 ');
                return `| ${keys} | ${act.words} |`;
            });
        return `## ${title}\n\n| 按键 | 做什么 |\n|---|---|\n${rows.join('\n')}\n`;
    });
    const head =
        '# 快捷键\n\n任何页面按 `F1` 都能看到这张表。输入法正在拼字的时候，快捷键不起作用。\n';
    return [head, ...parts].join('\n');
}

test('the manual lists every key as the keymap has it', () => {
    const made = sheet(Object.values(KEYMAP));
    if (process.env['TAIZHANG_GOLDENS'] === 'update') writeFileSync(SHEET, made);
    expect(readFileSync(SHEET, 'utf8')).toBe(made);
});

test('a key that is not on the sheet would be noticed', () => {
    const more: KeyAct = { keys: ['Ctrl+Q'], place: 'list', words: '多出来的' };
    expect(readFileSync(SHEET, 'utf8')).not.toBe(sheet([...Object.values(KEYMAP), more]));
});
