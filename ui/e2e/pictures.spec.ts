// The pictures of the user's manual: made from the demo office at the journeys' moment. With
// TAIZHANG_PICTURES they are written to that folder, otherwise only drawn, so that a page that
// cannot be shown any more is known before the manual shows it.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { Bridge, expect, test } from './desk';

const FOLDER = process.env['TAIZHANG_PICTURES'];

async function picture(page: Page, name: string): Promise<void> {
    // Words of success go away by themselves and would make two runs differ.
    await page.evaluate(() => document.fonts.ready);
    const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    expect(shot.length).toBeGreaterThan(10_000);
    if (FOLDER === undefined) return;
    const folder = resolve(FOLDER);
    mkdirSync(folder, { recursive: true });
    await page.screenshot({
        path: join(folder, `${name}.png`),
        animations: 'disabled',
        caret: 'hide',
    });
}

async function at(page: Page, address: string): Promise<void> {
    await page.evaluate((to) => {
        location.hash = to;
    }, address);
}

/** The identifier of one complaint in that state. */
async function inState(bridge: { call<T>(name: string, ask: unknown): Promise<T> }, state: string) {
    const page = await bridge.call<{ rows: { uuid: string }[] }>('list_records', {
        register: 'complaint',
        filters: [{ field: 'state', op: '=', value: state }],
        limit: 1,
    });
    const row = page.rows[0];
    if (row === undefined) throw new Error(`no complaint is ${state}`);
    return row.uuid;
}

test('the page of the day can be shown', async ({ desk }) => {
    await desk.getByText('已打印未收回').first().waitFor();
    await picture(desk, 'today');
});

test('the list of complaints can be shown', async ({ desk }) => {
    await at(desk, '/list/complaint');
    await desk
        .getByText(/TS-2026-/)
        .first()
        .waitFor();
    await desk.getByText(/^合计/).first().waitFor();
    await picture(desk, 'list');
});

test('a complaint can be shown with its way', async ({ desk, bridge }) => {
    await at(desk, `/record/complaint/${await inState(bridge, 'visit_due')}`);
    await desk.getByText('下一步').first().waitFor();
    await desk.getByText('修改记录').first().waitFor();
    await picture(desk, 'record');
});

test('the entry of a complaint can be shown', async ({ desk }) => {
    await at(desk, '/list/complaint/new');
    const name = desk.getByRole('combobox', { name: '投诉人', exact: true });
    await name.fill('何玉珍');
    await desk
        .getByRole('textbox', { name: '投诉内容' })
        .fill('厨房顶板渗水，吊顶已鼓包，要求三天内修好');
    await name.focus();
    await picture(desk, 'entry');
});

test('a paper can be shown before it is printed', async ({ desk, bridge }) => {
    await at(desk, `/record/complaint/${await inState(bridge, 'archived')}`);
    await desk.getByRole('button', { name: /^打印/ }).first().click();
    await desk.locator('canvas').first().waitFor();
    await desk.getByText('内容放得下').waitFor();
    await picture(desk, 'paper');
});

for (const [part, sign, name] of [
    ['calendar', '补班', 'calendar'],
    ['rules', '规则', 'rules'],
    ['backup', '现在备份', 'backup'],
] as const) {
    test(`settings can be shown: ${name}`, async ({ desk }) => {
        await at(desk, `/settings/${part}`);
        await desk.getByText(sign).first().waitFor();
        await picture(desk, `settings-${name}`);
    });
}

test('the first run can be shown', async ({ page }) => {
    const bridge = await Bridge.start();
    await page.goto(bridge.url);
    await page.getByText('单位和项目部').first().waitFor();
    await picture(page, 'first-run');
    await bridge.stop();
});
