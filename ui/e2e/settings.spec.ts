// The settings: every part by keyboard, office and departments, rules, the calendar and how days are
// counted, type size, backups, the check and going back, all against the real office.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';

const PARTS = [
    '单位',
    '部门',
    '规则',
    '工作日历',
    '表式',
    '显示',
    '备份与检查',
    '导入记录',
    '回收站',
    '草稿',
    '关于',
];

async function open(page: Page, part: string): Promise<void> {
    await page.evaluate((hash) => (location.hash = hash), `#/settings/${part}`);
    await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
}

test('arrows walk through all parts; each is accessible and fits the window', async ({ desk }) => {
    test.setTimeout(180_000);
    await open(desk, 'office');
    await desk.getByRole('link', { name: '单位', exact: true }).focus();
    for (const [at, part] of PARTS.entries()) {
        if (at > 0) await desk.keyboard.press('ArrowDown');
        await expect(desk.locator('.part > .page-head h2')).toHaveText(part);
        await expect(desk.getByRole('link', { name: part, exact: true })).toBeFocused();
        await expect(desk.locator('.part > :nth-child(2)')).toBeVisible();
        await expectAccessible(desk);
        await expectNoSidewaysScroll(desk);
    }
});

test('the office is changed and a pattern of numbers is tried while it is typed', async ({
    desk,
    bridge,
}) => {
    await open(desk, 'office');
    const pattern = desk.getByLabel('编号格式');
    await expect(desk.getByLabel('单位全称')).not.toHaveValue('');
    await pattern.fill('{prefix}{year}');
    await expect(desk.getByText(/两段之间要有|还缺/).first()).toBeVisible();
    await pattern.fill('{prefix}-{year}-{project}-{seq:3}');
    await expect(desk.getByText('例：TS-2026-XM01-007')).toBeVisible();
    await desk.getByLabel('单位简称').fill('三工程部䶮');
    await desk.keyboard.press('Control+s');
    await expect(desk.getByText('单位信息已存好。').first()).toBeVisible();
    const page = await bridge.call<{ rows: { values: Record<string, unknown> }[] }>(
        'list_records',
        { register: 'office', limit: 1 },
    );
    expect(page.rows[0]!.values['short_name']).toBe('三工程部䶮');
    expect(page.rows[0]!.values['number_pattern']).toBe('{prefix}-{year}-{project}-{seq:3}');
});

test('a pattern by which no number could be written is refused', async ({ desk, bridge }) => {
    await open(desk, 'office');
    await expect(desk.getByLabel('单位全称')).not.toHaveValue('');
    await desk.getByLabel('编号格式').fill('{prefix}-{year}');
    await desk.keyboard.press('Control+s');
    await expect(desk.getByText(/还缺“seq”/).first()).toBeVisible();
    const page = await bridge.call<{ rows: { values: Record<string, unknown> }[] }>(
        'list_records',
        { register: 'office', limit: 1 },
    );
    expect(page.rows[0]!.values['number_pattern']).not.toBe('{prefix}-{year}');
});

test('a department is added and changed by keyboard', async ({ desk }) => {
    await open(desk, 'departments');
    await expect(desk.getByRole('table')).toBeVisible();
    await desk.keyboard.press('Control+n');
    await expect(desk.getByLabel('部门名称')).toBeFocused();
    await desk.keyboard.type('客户服务部');
    await desk.keyboard.press('Control+s');
    const row = desk.getByRole('row').filter({ hasText: '客户服务部' });
    await expect(row).toBeVisible();
    await row.getByRole('button', { name: '修改客户服务部' }).press('Enter');
    await desk.getByLabel('负责人').fill('欧阳㛃');
    await desk.keyboard.press('Control+s');
    await expect(row).toContainText('欧阳㛃');
});

test('a rule is found, read with its source and changed with a reason', async ({ desk }) => {
    await open(desk, 'rules');
    await desk.getByLabel('查规则').fill('回访 目标');
    const list = desk.getByRole('listbox', { name: '规则' });
    await expect(list.getByRole('option')).toHaveCount(1);
    const detail = desk.getByRole('region', { name: /回访（目标）/ });
    await expect(detail).toContainText('依据');
    await detail.getByRole('button', { name: '改这条规则' }).press('Enter');
    await detail.getByLabel('改成').fill('1');
    await detail.getByRole('button', { name: '改 R-10' }).press('Enter');
    await expect(detail.getByRole('alert')).toHaveText('请写明为什么改。');
    await detail.getByLabel('为什么改').fill('公司要求更快');
    await detail.getByRole('button', { name: '改 R-10' }).press('Enter');
    await expect(list.getByText('单位改过')).toBeVisible();
    await expect(list.getByRole('option')).toContainText('1 工作日');
});

test('a year without a table says so, and one that is typed is counted by', async ({ desk }) => {
    await open(desk, 'calendar');
    await expect(desk.getByText(/放假 33 天/)).toBeVisible();
    const trial = desk.getByRole('region', { name: '试数一次' });
    await trial.getByLabel('从哪天').fill('2027-9-30');
    await trial.getByLabel('多少').fill('3');
    await trial.getByLabel('多少').press('Enter');
    await expect(trial).toContainText('2027-10-05');
    await expect(trial).toContainText('暂按周一至周五计');

    await desk.getByRole('button', { name: '下一年' }).press('Enter');
    await expect(desk.getByText('2027 年的工作日历还没有')).toBeVisible();
    await desk.getByRole('button', { name: '导入一年的日历…' }).press('Enter');
    await desk.getByLabel('国庆节放假').fill('10月1日至7日');
    await desk.getByLabel('国庆节补班').fill('9-26、10月99日');
    await desk.getByRole('button', { name: '导入 2027 年' }).press('Enter');
    await expect(desk.getByRole('alert')).toContainText('10月99日');
    await desk.getByLabel('国庆节补班').fill('9-26、10-9');
    await desk.getByRole('button', { name: '导入 2027 年' }).press('Enter');
    await expect(desk.getByText('放假 7 天，补班 2 天').first()).toBeVisible();
    await expect(desk.getByText('国庆节 1–7日休，9日补班')).toBeVisible();
    await trial.getByLabel('多少').press('Enter');
    await expect(trial).toContainText('2027-10-11');
    await expectAccessible(desk);
});

test('larger type is kept and everything still fits', async ({ desk }) => {
    await open(desk, 'look');
    await desk.getByLabel('标准').focus();
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('ArrowDown');
    await expect(desk.locator('html')).toHaveAttribute('data-type', 'largest');
    await expectNoSidewaysScroll(desk);
    await expectAccessible(desk);
    await desk.reload();
    await expect(desk.locator('html')).toHaveAttribute('data-type', 'largest');
});

test('a backup is made, copied, and gone back to; the state before is a backup too', async ({
    desk,
    bridge,
}) => {
    test.setTimeout(120_000);
    await open(desk, 'backup');
    await desk.getByRole('button', { name: '现在备份' }).press('Enter');
    const rows = desk.getByRole('row').filter({ hasText: '恢复到这一份' });
    await expect(rows).toHaveCount(1);
    const copy = join(bridge.folder, '台账.db');
    await bridge.post('/host/answers', { save_place: copy });
    await desk.getByRole('button', { name: /^另存/ }).press('Enter');
    await expect(desk.getByText('已另存为 台账.db')).toBeVisible();
    expect(existsSync(copy)).toBe(true);

    await bridge.call('add_record', { register: 'department', values: { name: '后来的部门' } });
    await desk.getByRole('button', { name: /^恢复到这一份\s*：2026/ }).press('Enter');
    await expect(desk.getByRole('button', { name: /^不恢复/ })).toBeFocused();
    await expectAccessible(desk);
    await desk.keyboard.press('Tab');
    await desk.keyboard.press('Enter');
    await expect(rows).toHaveCount(2);
    const page = await bridge.call<{ rows: { title: string }[] }>('list_records', {
        register: 'department',
        limit: 100,
    });
    expect(page.rows.map((r) => r.title)).not.toContain('后来的部门');
});

test('the check says in words that everything agrees', async ({ desk }) => {
    test.setTimeout(120_000);
    await open(desk, 'backup');
    await desk.getByRole('button', { name: '检查整份台账' }).press('Enter');
    await expect(desk.getByText('检查过了，没有问题')).toBeVisible({ timeout: 60_000 });
    await expectAccessible(desk);
});

test('a form gets the name of the office and its blank is printed from here', async ({
    desk,
    bridge,
}) => {
    await open(desk, 'forms');
    await desk.getByRole('button', { name: /^改名称和表号\s*：投诉处理意见/ }).press('Enter');
    await expect(desk.getByLabel('印出的名称')).toBeFocused();
    await desk.keyboard.press('Control+a');
    await desk.keyboard.type('投诉处理意见书');
    await desk.getByLabel('为什么改').fill('公司统一叫法');
    await desk.keyboard.press('Enter');
    await expect(desk.getByText('以后按“投诉处理意见书”印').first()).toBeVisible();
    await desk.getByRole('button', { name: /^打印空白表\s*：投诉处理意见/ }).press('Enter');
    const dialog = desk.locator('dialog.paper-dialog');
    await expect(dialog.locator('[data-page="1"] p.unseen')).toContainText('投 诉 处 理 意 见 书');
    await desk.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    expect(JSON.stringify(await bridge.log())).toContain('空白');
});
