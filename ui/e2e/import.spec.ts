// Taking over an old ledger through the page: what is said agrees with what the sample ledger holds,
// nothing is written before the one act, the batch can be taken back, strange files are refused.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { Bridge, expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';

const LEDGERS = resolve(import.meta.dirname, '../../tests/fixtures/ledgers');
const SAMPLE = join(LEDGERS, '投诉台账.xlsx');

interface Expected {
    counts: { data_rows: number; status: Record<string, number> };
    columns: { col: string; field: string | null }[];
}
const expected = JSON.parse(
    readFileSync(join(LEDGERS, '投诉台账.expected.json'), 'utf8'),
) as Expected;
const { good, partial, bad, duplicate } = expected.counts.status as Record<
    'good' | 'partial' | 'bad' | 'duplicate',
    number
>;

async function count(bridge: Bridge): Promise<number> {
    const asked = { register: 'complaint', filters: [], limit: 1, count: true };
    return (await bridge.call<{ total: number }>('list_records', asked)).total;
}

/** Opens the page and picks a file with Enter, as the cursor stands. */
async function pick(page: Page, bridge: Bridge, file: string): Promise<void> {
    await page.evaluate((hash) => (location.hash = hash), '#/import/complaint');
    await expect(page.getByRole('button', { name: '选台账文件…' })).toBeFocused();
    await bridge.post('/host/answers', { pick_files: [file] });
    await page.keyboard.press('Enter');
}

test('the sample ledger is told as it is, written by one key, and taken back as one batch', async ({
    desk,
    bridge,
}) => {
    const before = await count(bridge);
    await pick(desk, bridge, SAMPLE);
    const act = desk.getByRole('button', { name: `导入正确的 ${good + partial} 行` });
    await expect(act).toBeFocused();
    const facts = desk.getByLabel('这份台账', { exact: true });
    await expect(facts).toContainText('表头在第 3 行');
    await expect(facts).toContainText('年份 2024');
    await expect(facts).toContainText(`共 ${expected.counts.data_rows} 条`);
    await expect(facts).toContainText(`正确 ${good}`);
    await expect(facts).toContainText(`选填格有错 ${partial}`);
    await expect(facts).toContainText(`不能导入 ${bad}`);
    await expect(facts).toContainText(`重复 ${duplicate}`);
    await expectAccessible(desk);
    await expectNoSidewaysScroll(desk);
    expect(await count(bridge)).toBe(before);

    await desk.keyboard.press('Control+s');
    await expect(
        desk.getByRole('heading', {
            name: `导入了 ${good + partial} 行，有 ${bad + duplicate} 行没有导入`,
        }),
    ).toBeVisible();
    expect(await count(bridge)).toBe(before + good + partial);
    await expectAccessible(desk);

    await desk.getByRole('button', { name: '撤销这一批' }).press('Enter');
    await expect(desk.getByRole('heading', { name: /已撤销/ })).toBeVisible();
    expect(await count(bridge)).toBe(before);
});

test('what is wrong is told cell by cell and can be filtered; a word is given its meaning', async ({
    desk,
    bridge,
}) => {
    await pick(desk, bridge, SAMPLE);
    await desk.getByRole('tab', { name: /会写进的/ }).focus();
    await desk.keyboard.press('ArrowRight');
    await expect(desk.getByRole('tab', { name: /要看一眼的/ })).toBeFocused();
    const cells = desk.getByLabel('要看一眼的格子');
    await expect(cells.getByRole('row').filter({ hasText: '2024.13.5' })).toContainText('日期不对');
    await desk.getByRole('button', { name: /^不在可选项内/ }).press('Enter');
    const odd = cells.getByRole('row').filter({ hasText: '抖音' });
    await expect(odd).toContainText('96');
    await expectAccessible(desk);
    const [tell] = await Promise.all([odd.getByRole('combobox').getAttribute('aria-label')]);
    expect(tell).toContain('抖音');
    await odd.getByRole('combobox').selectOption({ label: '网站' });
    await expect(desk.getByLabel('这份台账', { exact: true })).toContainText(
        `选填格有错 ${partial - 1}`,
    );
});

test('a column can be left out and given back to its field', async ({ desk, bridge }) => {
    await pick(desk, bridge, SAMPLE);
    await desk.getByRole('tab', { name: /会写进的/ }).focus();
    await desk.keyboard.press('ArrowRight');
    await desk.keyboard.press('ArrowRight');
    const use = desk.getByLabel('H 列“投诉内容”写进');
    for (const { col, field } of expected.columns.filter((c) => c.field !== 'seq'))
        await expect(desk.getByLabel(`${col} 列`, { exact: false }).first()).toHaveValue(
            field === 'location' ? /^(location|unit|unit_work|address)$/ : (field ?? ''),
        );
    await expectAccessible(desk);
    await use.selectOption({ label: '不导入' });
    await expect(desk.getByText('必填栏没有找到列：投诉内容')).toBeVisible();
    await use.selectOption({ label: '投诉内容' });
    await expect(
        desk.getByRole('button', { name: `导入正确的 ${good + partial} 行` }),
    ).toBeVisible();
});

test('the rows with something wrong are saved as a workbook, a template too', async ({
    desk,
    bridge,
}) => {
    await pick(desk, bridge, SAMPLE);
    const report = join(bridge.folder, '核对.xlsx');
    await bridge.post('/host/answers', { save_place: report });
    await desk.getByRole('button', { name: '存下有问题的行…' }).press('Enter');
    await expect(desk.getByText('已存为 核对.xlsx')).toBeVisible();
    expect(readFileSync(report).subarray(0, 2).toString()).toBe('PK');
    await desk.keyboard.press('Escape');
    const template = join(bridge.folder, '模板.xlsx');
    await bridge.post('/host/answers', { save_place: template });
    await desk.getByRole('button', { name: '存一份导入模板…' }).press('Enter');
    await expect(desk.getByText('模板已存为 模板.xlsx')).toBeVisible();
    expect(readFileSync(template).subarray(0, 2).toString()).toBe('PK');
});

test('the same file is refused the second time, in words', async ({ desk, bridge }) => {
    await pick(desk, bridge, SAMPLE);
    await expect(desk.getByRole('button', { name: /导入正确的/ })).toBeFocused();
    await desk.keyboard.press('Control+s');
    await expect(desk.getByRole('heading', { name: /导入了/ })).toBeVisible();
    const taken = await count(bridge);
    await desk.getByRole('button', { name: '再导入一份' }).press('Enter');
    await pick(desk, bridge, SAMPLE);
    const again = desk.getByRole('button', { name: /导入正确的/ });
    await expect(again.or(desk.getByRole('alert'))).toBeVisible();
    await desk.keyboard.press('Control+s');
    await expect(
        desk
            .getByRole('alert')
            .or(desk.getByText(/没有一行能导入/))
            .first(),
    ).toBeVisible();
    expect(await count(bridge)).toBe(taken);
});

test('a file that is no ledger is refused in words; hostile cells stay words', async ({
    desk,
    bridge,
}) => {
    const junk = join(bridge.folder, '照片.xlsx');
    writeFileSync(junk, Buffer.from([0, 1, 2, 3, 255, 254]));
    await pick(desk, bridge, junk);
    await expect(desk.getByRole('alert')).toContainText(/。/);
    const hostile = join(bridge.folder, '<img src=x onerror=alert(1)>.csv');
    const cells = [
        '投诉编号,投诉时间,投诉人,联系电话,投诉内容',
        '1,2026-03-05,<script>alert(1)</script>,13800001111,"=HYPERLINK(""http://a"",""点我"")"',
        '2,2026-03-06,"{{7*7}} ${x}",13800002222,<img src=x onerror=alert(1)>',
        `3,昨天,䶮㛃𬭎𠅤,13800003333,${'很长'.repeat(400)}`,
    ];
    writeFileSync(hostile, `\ufeff${cells.join('\r\n')}\r\n`);
    await bridge.post('/host/answers', { pick_files: [hostile] });
    await desk.getByRole('button', { name: '选台账文件…' }).press('Enter');
    await expect(desk.getByRole('button', { name: /导入正确的 \d+ 行/ })).toBeVisible();
    await expect(desk.getByText('<script>alert(1)</script>')).toBeVisible();
    await expect(desk.getByText('{{7*7}} ${x}')).toBeVisible();
    expect(await desk.locator('main img').count()).toBe(0);
    await expectNoSidewaysScroll(desk);
});

test('a dropped file is looked at like a picked one', async ({ desk, bridge }) => {
    await desk.evaluate((hash) => (location.hash = hash), '#/import/complaint');
    await expect(desk.getByRole('button', { name: '选台账文件…' })).toBeFocused();
    await bridge.post('/host/drop', { paths: [SAMPLE] });
    await expect(
        desk.getByRole('button', { name: `导入正确的 ${good + partial} 行` }),
    ).toBeFocused();
});
