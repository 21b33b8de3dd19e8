// The page of the day: what presses, by keyboard alone, and that every figure opens what it counts.
import { Bridge, Faults, expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';

interface Line {
    uuid: string;
    number: string | null;
}

interface Today {
    due_total: number;
    figures: { label: string; value: number | null; of: number | null }[];
    groups: { id: string; total: number; lines: Line[] }[];
    days: { date: string; due: number; visits: number; overdue: number }[];
    papers_out: { uuid: string }[];
    papers_out_total: number;
}

test('overdue stands first with its shape, and Enter opens the line', async ({ desk, bridge }) => {
    const today = await bridge.call<Today>('today');
    await expect(desk.getByRole('heading', { level: 1 })).toHaveText(
        `今日要办 ${today.due_total} 件`,
    );
    const lines = today.groups.flatMap((group) => group.lines);
    await expect(desk.locator('.due .line')).toHaveCount(lines.length);
    const first = desk.locator('.due .line').first();
    await expect(first).toBeFocused();
    await expect(first.locator('.deadline.overdue svg')).toBeVisible();
    await expectAccessible(desk);
    await expectNoSidewaysScroll(desk);
    await desk.keyboard.press('End');
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Enter');
    await expect(desk).toHaveURL(new RegExp(`#/record/complaint/${lines.at(-1)?.uuid}`));
});

test('every figure opens a list of as many records', async ({ desk, bridge }) => {
    const today = await bridge.call<Today>('today');
    for (const figure of today.figures) {
        await desk.keyboard.press('Alt+1');
        const shown =
            figure.value === null
                ? '—'
                : figure.of === null
                  ? `${figure.value}`
                  : `${figure.value}/${figure.of}`;
        const link = desk.locator('.figures a').filter({ hasText: figure.label });
        await expect(link.locator('strong')).toHaveText(shown);
        await link.click();
        await expect(desk).toHaveURL(/#\/list\/complaint\?filters=/);
        await expect(desk.locator('main')).toContainText(`合计 ${figure.value ?? 0} 条`);
    }
});

test('a day of the strip, chosen by keys, is what the list shows; Esc shows all again', async ({
    desk,
    bridge,
}) => {
    const today = await bridge.call<Today>('today');
    const at = today.days.findIndex((day, index) => index > 0 && day.due + day.visits > 0);
    expect(at).toBeGreaterThan(0);
    await desk.locator('.strip button').first().focus();
    for (let step = 0; step < at; step += 1) await desk.keyboard.press('ArrowRight');
    await desk.keyboard.press('Enter');
    const cell = desk.locator('.strip button').nth(at);
    await expect(cell).toBeFocused();
    await expect(cell).toHaveAttribute('aria-pressed', 'true');
    const day = today.days[at]!;
    await expect(desk.locator('.due .line')).toHaveCount(day.due + day.visits);
    await expectAccessible(desk);
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('heading', { name: '期限' })).toBeVisible();
});

test('a sheet that is still out opens its record', async ({ desk, bridge }) => {
    const today = await bridge.call<Today>('today');
    const panel = desk.locator('.panel').filter({ hasText: '已打印未收回' });
    await expect(panel.locator('header')).toContainText(`${today.papers_out_total} 张`);
    await panel.locator('li a').first().focus();
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Enter');
    await expect(desk).toHaveURL(new RegExp(`#/record/complaint/${today.papers_out[1]?.uuid}`));
});

test('Ctrl+N begins a complaint', async ({ desk }) => {
    await expect(desk.locator('.due .line').first()).toBeFocused();
    await desk.keyboard.press('Control+n');
    await expect(desk).toHaveURL(/#\/list\/complaint\/new/);
});

test('a backup is made from the page and its age shows at the top', async ({ desk, bridge }) => {
    await desk.getByRole('button', { name: '现在备份' }).focus();
    await desk.keyboard.press('Enter');
    await expect(desk.locator('[data-area=top] .done-line')).toContainText('已备份');
    const made = await bridge.call<{ whole: boolean }[]>('backups');
    expect(made.filter((backup) => backup.whole)).toHaveLength(1);
    await expect(desk.locator('.panel').filter({ hasText: '拷走' })).toContainText('正常');
});

test('a draft that was left is offered and leads back to its screen', async ({ desk, bridge }) => {
    await bridge.call('save_draft', {
        key: 'new:complaint',
        register: 'complaint',
        record: null,
        body: { values: { content: '地下车库渗水' } },
        saved_at: '',
    });
    await desk.reload();
    const panel = desk.locator('.panel').filter({ hasText: '没登记完的草稿' });
    await expect(panel).toContainText('登记投诉');
    await expect(panel).toContainText('地下车库渗水');
    await panel.locator('li a').click();
    await expect(desk).toHaveURL(/#\/list\/complaint\/new/);
});

test('a new office is taught its first step, and nothing counted is a dash', async ({ page }) => {
    const faults = await Faults.watch(page);
    const bridge = await Bridge.start();
    try {
        await bridge.call('found_office', {
            name: '临江建设有限公司',
            code: 'LJ01',
            operator: '李敏',
        });
        await page.goto(bridge.url);
        await expect(page.locator('.due')).toContainText(
            '还没有投诉。接到第一件时按 Ctrl+N 登记。',
        );
        await expect(page.locator('.figures strong').nth(2)).toHaveText('—');
        await expect(page.locator('.figures strong').nth(3)).toHaveText('—');
        await expectAccessible(page);
        await page.keyboard.press('Control+n');
        await expect(page).toHaveURL(/#\/list\/complaint\/new/);
        expect(faults.found).toEqual([]);
    } finally {
        await bridge.stop();
    }
});

test('with the largest type every day and line still stands inside the window', async ({
    desk,
    bridge,
}) => {
    await bridge.call('save_preference', { key: 'type', value: 'largest' });
    await desk.reload();
    await expect(desk.locator('.due .line').first()).toBeVisible();
    await expectNoSidewaysScroll(desk);
    for (const part of ['.strip', '.due', '.side']) {
        const box = await desk.locator(part).first().boundingBox();
        expect(box!.x + box!.width).toBeLessThanOrEqual(1366);
        expect(box!.y + box!.height).toBeLessThanOrEqual(690);
    }
    // Neither what is to be done nor the day's name is squeezed to nothing.
    const act = await desk.locator('.due .line .act').first().boundingBox();
    expect(act!.width).toBeGreaterThan(80);
});
