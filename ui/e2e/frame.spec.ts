// The frame of the window: what stands at its edges, its keys, what it says.
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';
import { KEYMAP, PLACES } from '../src/keys/keymap';
import type { Page } from '@playwright/test';

/** Which area the cursor is in. */
const area = (page: Page): Promise<string> =>
    page.evaluate(() => {
        const at = document.activeElement?.closest('[data-area], main aside');
        return at?.getAttribute('data-area') ?? (at === null ? '' : 'side');
    });

test('the top says whose office it is, that there is no backup yet, and the moment', async ({
    desk,
}) => {
    const top = desk.locator('[data-area=top]');
    await expect(top.locator('.name')).toHaveText('第三工程管理部');
    await expect(top).toContainText('尚未备份');
    await expect(top.locator('time')).toHaveText('11月20日 星期五 09:12');
    await expectAccessible(desk);
    await expectNoSidewaysScroll(desk);
});

test('the navigation names only what is built, with the counts of the program', async ({
    desk,
    bridge,
}) => {
    const nav = desk.getByRole('navigation', { name: '台账' });
    const words = await nav.getByRole('link').allInnerTexts();
    const names = words.map((text) => text.split(/\s+/)[0]);
    expect(names).toEqual(['今日', '工程', '投诉', '顾客信息', '人员', '文书', '设置']);
    const counts = await bridge.call<{ id: string; count: number | null }[]>('nav');
    const open = counts.find((entry) => entry.id === 'complaint')?.count;
    await expect(nav.getByRole('link', { name: '投诉' })).toHaveText(`投诉 ${open}`);
});

test('a complaint that is entered elsewhere is counted after the next write of the page', async ({
    desk,
    bridge,
}) => {
    const counts = await bridge.call<{ id: string; count: number }[]>('nav');
    const before = counts.find((entry) => entry.id === 'complaint')?.count ?? 0;
    await bridge.call('add_record', {
        register: 'complaint',
        values: { content: '楼道灯不亮', received_at: '2026-11-20 09:00' },
    });
    await desk.getByRole('button', { name: '快捷键' }).focus();
    await desk.keyboard.press('Control+z');
    await expect(desk.locator('[data-area=top]')).toContainText('已撤销');
    await desk.keyboard.press('Control+y');
    await expect(desk.getByRole('link', { name: '投诉', exact: false }).first()).toContainText(
        String(before + 1),
    );
});

test('Alt and a digit goes to every page, and the navigation shows where one is', async ({
    desk,
}) => {
    const here = desk.locator('.side-nav [aria-current=page]');
    await expect(here).toContainText('今日');
    for (const [keys, name] of [
        ['Alt+2', '投诉'],
        ['Alt+3', '工程'],
        ['Alt+4', '顾客信息'],
        ['Alt+5', '文书'],
        ['Alt+0', '设置'],
        ['Alt+1', '今日'],
    ] as const) {
        await desk.keyboard.press(keys);
        await expect(here).toContainText(name);
    }
});

test('F6 goes through top, navigation, page and side, and each remembers its place', async ({
    desk,
}) => {
    await expect(desk.locator('.due .line').first()).toBeFocused();
    await desk.keyboard.press('ArrowDown');
    const line = desk.locator('.due .line').nth(1);
    await expect(line).toBeFocused();
    for (const name of ['side', 'top', 'nav', 'page']) {
        await desk.keyboard.press('F6');
        expect(await area(desk)).toBe(name);
    }
    await expect(line).toBeFocused();
    await desk.keyboard.press('Shift+F6');
    expect(await area(desk)).toBe('nav');
    await desk.keyboard.press('Escape');
    await expect(line).toBeFocused();
});

test('arrows go through the navigation and Enter opens', async ({ desk }) => {
    await desk.locator('.side-nav a').first().focus();
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Enter');
    await expect(desk.locator('.side-nav [aria-current=page]')).toContainText('投诉');
    await expect.poll(() => area(desk)).not.toBe('nav');
});

test('F1 names every key of the keymap, fits the window, closes by Esc and gives the cursor back', async ({
    desk,
}) => {
    const line = desk.locator('.due .line').first();
    await expect(line).toBeFocused();
    await desk.keyboard.press('F1');
    const sheet = desk.getByRole('dialog', { name: '快捷键' });
    await expect(sheet).toBeVisible();
    for (const act of Object.values(KEYMAP)) await expect(sheet).toContainText(act.words);
    for (const place of Object.values(PLACES)) await expect(sheet).toContainText(place);
    const box = await sheet.boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(690);
    const hidden = await sheet
        .locator('.columns')
        .evaluate((columns) => columns.scrollHeight - columns.clientHeight);
    expect(hidden).toBeLessThanOrEqual(0);
    await expectAccessible(desk);
    // The page behind is out of reach.
    await desk.keyboard.press('Alt+2');
    await expect(desk.locator('.side-nav [aria-current=page]')).toContainText('今日');
    await desk.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await expect(line).toBeFocused();
});

test('while an input method composes no key acts; once it has ended they do', async ({ desk }) => {
    await desk.keyboard.press('Control+k');
    const field = desk.getByRole('combobox');
    await expect(field).toBeFocused();
    const ime = await desk.context().newCDPSession(desk);
    for (const key of ['Enter', 'Alt+2', 'F1', 'F6', 'Control+z', 'Escape']) {
        await field.fill('');
        await ime.send('Input.imeSetComposition', {
            text: 'shui',
            selectionStart: 4,
            selectionEnd: 4,
        });
        await desk.keyboard.press(key);
        await expect(field, key).toBeFocused();
        await expect(desk.getByRole('dialog'), key).toHaveCount(0);
        await expect(desk.locator('.side-nav [aria-current=page]'), key).toContainText('今日');
    }
    await field.fill('');
    await desk.keyboard.press('Alt+2');
    await expect(desk.locator('.side-nav [aria-current=page]')).toContainText('投诉');
});

test('undo says what it took back and offers redo; redo brings it back', async ({
    desk,
    bridge,
}) => {
    const made = await bridge.call<{ uuid: string }>('add_record', {
        register: 'customer',
        values: { name: '临溪村委会' },
    });
    await desk.keyboard.press('Control+z');
    const done = desk.locator('.done-line');
    await expect(done).toContainText('已撤销：');
    await expect(desk.getByRole('status').first()).toContainText('已撤销：');
    const deleted = async (): Promise<boolean> => {
        const ask = { register: 'customer', record: made.uuid };
        const view = await bridge.call<{ deleted_at: string | null }>('get_record', ask);
        return view.deleted_at !== null;
    };
    expect(await deleted()).toBe(true);
    await done.getByRole('button', { name: '重做' }).click();
    await expect(done).toContainText('已重做：');
    expect(await deleted()).toBe(false);
});

test('a problem says its words and its code, moves the page down, and stays until it is closed', async ({
    desk,
}) => {
    const head = desk.locator('.page-head');
    const before = await head.boundingBox();
    await desk.keyboard.press('Control+y');
    const problem = desk.getByRole('alert');
    await expect(problem).toContainText('（refused）');
    await expectAccessible(desk);
    const bar = await problem.boundingBox();
    const after = await head.boundingBox();
    expect(after!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height);
    expect(after!.y).toBeGreaterThan(before!.y);
    await desk.keyboard.press('Alt+2');
    await expect(problem).toBeVisible();
    await desk.keyboard.press('Escape');
    await expect(problem).toHaveCount(0);
});

test('a success goes by itself and its words were there for a screen reader', async ({ desk }) => {
    await desk.keyboard.press('Alt+1');
    await desk.getByRole('button', { name: '现在备份' }).click();
    await expect(desk.getByRole('status').first()).toHaveText('已备份，读回核对一致。');
    await expect(desk.locator('.done-line')).toHaveCount(0, { timeout: 15_000 });
    await expect(desk.locator('[data-area=top]')).toContainText('已备份 今天 09:12');
});

for (const type of ['large', 'largest'])
    test(`with ${type} type nothing of the frame is cut off sideways`, async ({ desk, bridge }) => {
        await bridge.call('save_preference', { key: 'type', value: type });
        await desk.reload();
        await desk.locator('main').waitFor();
        await expect(desk.locator('html')).toHaveAttribute('data-type', type);
        await expectNoSidewaysScroll(desk);
        const end = await desk.locator('[data-area=top] .help').boundingBox();
        expect(end!.x + end!.width).toBeLessThanOrEqual(1366);
        await expectAccessible(desk);
    });
