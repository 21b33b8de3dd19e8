// The entry page: a complaint by keyboard alone, typed dates and telephones, input methods, drafts that
// survive a killed program, hostile texts, conflicts, a full disk, tables inside records.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Locator, Page } from '@playwright/test';
import { Bridge, expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';

interface Row {
    uuid: string;
    number: string | null;
    state: string | null;
    row_version: number;
    values: Record<string, unknown>;
    shown: Record<string, string>;
    lines?: Record<string, { uuid: string; values: Record<string, unknown> }[]>;
}

/** The newest record of a register, in full. */
async function newest(bridge: Bridge, register = 'complaint'): Promise<Row> {
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
        register,
        sort: ['-created_at'],
        limit: 1,
        unmask: true,
    });
    const row = rows[0];
    if (row === undefined) throw new Error(`no ${register}`);
    return bridge.call<Row>('get_record', { register, record: row.uuid, unmask: true });
}

async function count(bridge: Bridge, register = 'complaint'): Promise<number> {
    const { total } = await bridge.call<{ total: number }>('list_records', { register, limit: 1 });
    return total;
}

/** Opens the entry of a new record; the cursor stands in its first empty field then. */
async function openNew(page: Page, register = 'complaint'): Promise<void> {
    await page.evaluate((hash) => (location.hash = hash), `#/list/${register}/new`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('登记');
    await expect(page.locator('[data-field]').first()).toBeVisible();
    await expect.poll(() => focused(page)).not.toBe('');
}

async function openEdit(page: Page, register: string, uuid: string, field = ''): Promise<void> {
    const query = field === '' ? '' : `?field=${field}`;
    await page.evaluate(
        (hash) => (location.hash = hash),
        `#/record/${register}/${uuid}/edit${query}`,
    );
    await expect(page.locator('[data-field]').first()).toBeVisible();
    await expect.poll(() => focused(page)).not.toBe('');
}

/** The field that has the cursor. */
function focused(page: Page): Promise<string> {
    return page.evaluate(() => {
        const field = document.activeElement?.closest<HTMLElement>('[data-field]');
        return field?.dataset['field'] ?? '';
    });
}

function input(page: Page, field: string): Locator {
    return page.locator(`[data-field="${field}"]`).locator('input, textarea').first();
}

function fault(page: Page, field: string): Locator {
    return page.locator(`[data-field="${field}"] .field-fault`);
}

/** Types where the cursor is; characters as an input method gives them. */
async function typeIn(page: Page, field: string, text: string): Promise<void> {
    await input(page, field).focus();
    await input(page, field).selectText();
    await page.keyboard.insertText(text);
}

/** Writes until nothing more fits, down to the last page. */
function fillDisk(file: string): void {
    for (let bytes = 1 << 20; bytes >= 512; bytes >>= 1) {
        try {
            for (;;) appendFileSync(file, Buffer.alloc(bytes));
        } catch {
            // This much fits no more; half of it may.
        }
    }
}

/** What every complaint needs. */
async function fillComplaint(page: Page, content: string, name = '何玉珍'): Promise<void> {
    await page.locator('[data-field="channel"] button').first().click();
    await typeIn(page, 'complainant_name', name);
    await typeIn(page, 'content', content);
}

test('a complaint by telephone is taken by keyboard alone, in thirteen presses beside its words', async ({
    desk,
    bridge,
}) => {
    await openNew(desk);
    let presses = 0;
    const press = async (key: string): Promise<void> => {
        presses += 1;
        await desk.keyboard.press(key);
    };
    const type = (text: string): Promise<void> => desk.keyboard.insertText(text);

    // The time and the receiver stand there already: the cursor begins at the channel.
    expect(await focused(desk)).toBe('channel');
    await press('1');
    await press('Enter');
    await type('何玉珍');
    await press('Enter');
    await type('业');
    await expect(desk.getByRole('option', { name: '业主' })).toBeVisible();
    await press('Enter');
    await type('13900426217');
    await press('Enter');
    expect(await focused(desk)).toBe('complainant_unit');
    await press('Enter');
    await type('5 号楼 2 单元 1102 室');
    await press('Enter');
    expect(await focused(desk)).toBe('project');
    await type('XM01');
    await expect(desk.getByRole('option').first()).toContainText('XM01');
    await press('Enter');
    await type('5-2-1102');
    await press('Enter');
    await type('sl');
    await expect(desk.getByRole('option').first()).toHaveText('渗漏');
    await press('Enter');
    await press('Enter');
    expect(await focused(desk)).toBe('content');
    await type('厨房顶板又有水迹');
    await press('Control+s');
    await expect(desk).toHaveURL(/#\/record\/complaint\//);

    expect(presses).toBeLessThanOrEqual(13);
    const row = await newest(bridge);
    expect(row.state).toBe('registered');
    expect(row.number).toMatch(/^TS-2026-XM01-\d{4}$/);
    expect(row.values).toMatchObject({
        channel: 'phone',
        complainant_name: '何玉珍',
        relation: 'owner',
        phone: '13900426217',
        address: '5 号楼 2 单元 1102 室',
        location: '5-2-1102',
        class: 'leak',
        content: '厨房顶板又有水迹',
        received_at: '2026-11-20T09:12:00+08:00',
    });
    // Nothing is left behind as a draft.
    expect(await bridge.call<unknown[]>('drafts')).toEqual([]);
});

test('Enter goes to the next field and Shift+Enter back, hidden ones skipped; the last keeps the cursor', async ({
    desk,
}) => {
    await openNew(desk);
    const way = ['channel'];
    for (let at = 0; at < 20; at += 1) {
        await desk.keyboard.press('Enter');
        const field = await focused(desk);
        if (field === way.at(-1)) break;
        way.push(field);
    }
    expect(way).toEqual([
        'channel',
        'complainant_name',
        'relation',
        'phone',
        'complainant_unit',
        'address',
        'project',
        'location',
        'class',
        'urgent',
        'content',
        'detail',
        'demand',
    ]);
    await desk.keyboard.press('Shift+Enter');
    expect(await focused(desk)).toBe('detail');

    // A forwarded complaint asks for its paper's number: three more fields stand after the channel.
    await desk.locator('[data-field="channel"] button').nth(3).click();
    await desk.keyboard.press('Enter');
    expect(await focused(desk)).toBe('transfer_no');
});

const DATES: [typed: string, read: string][] = [
    ['20260105', '2026-01-05'],
    ['2026.1.5', '2026-01-05'],
    ['2026-1-5', '2026-01-05'],
    ['2026/1/5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['２０２６．１．５', '2026-01-05'],
    ['1-5', '2026-01-05'],
    ['昨天', '2026-11-19'],
    ['昨天下午3点', '2026-11-19 15:00'],
    ['2026-1-5 8:30', '2026-01-05 08:30'],
];

test('dates are read as people type them and shown back when the field is left', async ({
    desk,
}) => {
    await openNew(desk);
    for (const [typed, read] of DATES) {
        await typeIn(desk, 'received_at', typed);
        await expect(input(desk, 'received_at'), typed).toHaveValue(typed);
        await desk.keyboard.press('Enter');
        await expect(input(desk, 'received_at'), typed).toHaveValue(read);
        await expect(fault(desk, 'received_at')).toHaveCount(0);
    }
    await typeIn(desk, 'received_at', '2026-2-30');
    await desk.keyboard.press('Enter');
    await expect(fault(desk, 'received_at')).toContainText('不存在');
    await expect(input(desk, 'received_at')).toHaveValue('2026-2-30');
});

test('the calendar is opened, moved through and closed by keyboard', async ({ desk }) => {
    await openNew(desk);
    await input(desk, 'received_at').focus();
    await desk.keyboard.press('F4');
    const dialog = desk.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await expectAccessible(desk);
    await desk.keyboard.press('ArrowUp');
    await desk.keyboard.press('PageUp');
    await expect(dialog.locator('[aria-selected="true"]')).toHaveAccessibleName(
        '2026年10月13日 星期二',
    );
    await desk.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    expect(await focused(desk)).toBe('received_at');
    await expect(input(desk, 'received_at')).toHaveValue('2026-10-13 09:12');
    await desk.keyboard.press('F4');
    await desk.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    expect(await focused(desk)).toBe('received_at');
});

test('telephones are read in full width and several at once, and grouped', async ({ desk }) => {
    await openNew(desk);
    for (const [typed, read] of [
        ['１３９００４２６２１７', '139 0042 6217'],
        ['139-0042-6217、０２１－６８８８０１７６', '139 0042 6217、021-68880176'],
        ['+86 139 0042 6217', '139 0042 6217'],
    ] as const) {
        await typeIn(desk, 'phone', typed);
        await desk.keyboard.press('Enter');
        await expect(input(desk, 'phone'), typed).toHaveValue(read);
    }
});

test('a telephone that lacks a digit is told under its field when it is left, and stays as typed', async ({
    desk,
}) => {
    await openNew(desk);
    await typeIn(desk, 'phone', '139 0042 621');
    await expect(fault(desk, 'phone')).toHaveCount(0);
    await desk.keyboard.press('Enter');
    await expect(fault(desk, 'phone')).toHaveText(
        '手机号少 1 位（应为 11 位）。已填的内容还在，补齐后按 Enter。',
    );
    await expect(input(desk, 'phone')).toHaveValue('139 0042 621');
    await expect(input(desk, 'phone')).toHaveCSS('border-top-width', '2px');
    await expect(input(desk, 'phone')).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(desk);
    await typeIn(desk, 'phone', '139 0042 6217');
    await desk.keyboard.press('Enter');
    await expect(fault(desk, 'phone')).toHaveCount(0);
});

/** Composes as an input method does: the words stand underlined in the field. */
async function compose(cdp: CDPSession, text: string): Promise<void> {
    await cdp.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
    });
}

test('an input method commits its words once; Enter while it composes moves nothing', async ({
    desk,
    bridge,
}) => {
    await openNew(desk);
    const cdp = await desk.context().newCDPSession(desk);
    for (const field of ['complainant_name', 'content', 'location']) {
        await input(desk, field).focus();
        for (const letters of ['h', 'he', 'he y', 'he yu']) await compose(cdp, letters);
        await cdp.send('Input.dispatchKeyEvent', {
            type: 'rawKeyDown',
            key: 'Enter',
            code: 'Enter',
            windowsVirtualKeyCode: 229,
        });
        expect(await focused(desk)).toBe(field);
        await cdp.send('Input.insertText', { text: '何玉珍' });
        await expect(input(desk, field)).toHaveValue('何玉珍');
    }
    await desk.keyboard.press('Enter');
    expect(await focused(desk)).toBe('class');
    await desk.locator('[data-field="channel"] button').first().click();
    await desk.keyboard.press('Control+s');
    await expect(desk).toHaveURL(/#\/record\/complaint\//);
    expect((await newest(bridge)).values).toMatchObject({
        complainant_name: '何玉珍',
        content: '何玉珍',
        location: '何玉珍',
    });
});

test('amounts are read with separators and units and shown in yuan and fen', async ({
    desk,
    bridge,
}) => {
    const row = await newest(bridge);
    await openEdit(desk, 'complaint', row.uuid, 'cost');
    for (const [typed, read] of [
        ['12,000.5', '12000.50'],
        ['１．２万元', '12000.00'],
        ['¥0.01', '0.01'],
    ] as const) {
        await typeIn(desk, 'cost', typed);
        await desk.keyboard.press('Enter');
        await expect(input(desk, 'cost'), typed).toHaveValue(read);
    }
    await typeIn(desk, 'cost', '约五十万');
    await desk.keyboard.press('Enter');
    await expect(fault(desk, 'cost')).toContainText('不是金额');
});

test('completions are offered and never taken unasked; the mouse reaches all that keys reach', async ({
    desk,
    bridge,
}) => {
    const last = await newest(bridge);
    const receiver = String(last.values['receiver']);
    await openNew(desk);
    await typeIn(desk, 'receiver', receiver.slice(0, 1));
    const offered = desk.getByRole('option', { name: receiver, exact: true });
    await expect(offered).toBeVisible();
    await desk.keyboard.press('Enter');
    await expect(input(desk, 'receiver')).toHaveValue(receiver.slice(0, 1));
    await typeIn(desk, 'receiver', receiver.slice(0, 1));
    await offered.click();
    await expect(input(desk, 'receiver')).toHaveValue(receiver);
    await expect(input(desk, 'receiver')).toBeFocused();

    await desk.getByRole('button', { name: '投诉时间：选日期' }).click();
    await desk.getByRole('gridcell', { name: '2026年11月3日 星期二' }).click();
    await expect(input(desk, 'received_at')).toHaveValue('2026-11-03 09:12');
    await desk.locator('[data-field="channel"]').getByRole('radio', { name: '其他' }).click();
    await desk.getByRole('option', { name: '传真' }).click();
    await expect(desk.locator('[data-field="channel"] [aria-checked="true"]')).toHaveText('传真');
    await input(desk, 'class').click();
    await desk.getByRole('option', { name: '裂缝' }).click();
    await expect(input(desk, 'class')).toHaveValue('裂缝');
});

test('what is missing is named in words that lead into the fields, and nothing is written', async ({
    desk,
    bridge,
}) => {
    const before = await count(bridge);
    await openNew(desk);
    const bar = desk.locator('.entry-bar');
    await expect(bar).toContainText('必填还缺');
    await desk.keyboard.press('Control+s');
    await expect(bar).toContainText('还不能登记，缺');
    for (const label of ['投诉渠道', '投诉人', '投诉内容'])
        await expect(bar.getByRole('button', { name: label, exact: true })).toBeVisible();
    expect(await focused(desk)).toBe('channel');
    await expect(fault(desk, 'content')).toHaveText('必填，请填写。');
    await bar.getByRole('button', { name: '投诉内容', exact: true }).click();
    expect(await focused(desk)).toBe('content');
    expect(await count(bridge)).toBe(before);
    // Whoever stays unnamed need not be named.
    await desk.locator('[data-field="complainant_name"] input[type=checkbox]').check();
    await expect(bar.getByRole('button', { name: '投诉人', exact: true })).toHaveCount(0);
    await expectAccessible(desk);
});

test('an incomplete complaint can wait without a number', async ({ desk, bridge }) => {
    await openNew(desk);
    await typeIn(desk, 'complainant_name', '何玉珍');
    await desk.keyboard.press('Control+s');
    await desk.getByRole('button', { name: '先存为待登记' }).click();
    await expect(desk).toHaveURL(/#\/record\/complaint\//);
    const row = await newest(bridge);
    expect([row.state, row.number]).toEqual(['draft', null]);
});

test('a draft survives a killed program and is offered with its time', async ({ page }) => {
    const first = await Bridge.start({ demo: 20 });
    await page.goto(first.url);
    await page.locator('main').waitFor();
    await openNew(page);
    await fillComplaint(page, '厨房顶板又有水迹');
    await expect(page.getByText('草稿已存 09:12')).toBeVisible();
    await typeIn(page, 'address', '打到一半');
    await expect.poll(async () => JSON.stringify(await first.call('drafts'))).toContain('打到一半');
    first.kill();
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('alert')).toContainText('没有存上');
    await expect(input(page, 'address')).toHaveValue('打到一半');

    const second = await Bridge.start({ folder: first.folder, now: '2026-11-20T09:20' });
    await page.goto(second.url);
    await page.locator('main').waitFor();
    await openNew(page);
    // What is typed before the decision does not overwrite the draft.
    await typeIn(page, 'location', '另一件');
    await expect(page.getByText('草稿已存 09:20')).toBeVisible();
    await page.getByRole('button', { name: '找回 09:12 的草稿' }).click();
    await expect(input(page, 'content')).toHaveValue('厨房顶板又有水迹');
    await expect(input(page, 'address')).toHaveValue('打到一半');
    await expect(page.locator('[data-field="channel"] [aria-checked="true"]')).toHaveText('电话');
    await page.keyboard.press('Control+s');
    await expect(page).toHaveURL(/#\/record\/complaint\//);
    expect((await newest(second)).values).toMatchObject({ address: '打到一半' });
    await second.stop();
});

test('Esc goes back without a question; the draft is kept and offered again', async ({
    desk,
    bridge,
}) => {
    await openNew(desk);
    await typeIn(desk, 'content', '还没写完');
    await desk.keyboard.press('Escape');
    await expect(desk).toHaveURL(/#\/list\/complaint$/);
    const [kept] = await bridge.call<{ key: string }[]>('drafts');
    expect(kept?.key).toBe('new:complaint');
    await openNew(desk);
    await desk.getByRole('button', { name: '不要了' }).click();
    await expect(desk.getByRole('button', { name: '不要了' })).toHaveCount(0);
    expect(await bridge.call<unknown[]>('drafts')).toEqual([]);
});

test('hostile texts are kept to the letter', async ({ desk, bridge }) => {
    const name = '䶮㛃𬭎𠅤·O’Neil';
    const content = [
        `<script>alert(1)</script>'; DROP TABLE complaint; --`,
        '{{constructor}} ＆ &amp; \\u0000 %s 👨‍👩‍👧',
        '反写 عربى',
        '长'.repeat(3000),
    ].join('\n');
    await openNew(desk);
    await fillComplaint(desk, content, name);
    await desk.keyboard.press('Control+s');
    await expect(desk).toHaveURL(/#\/record\/complaint\//);
    const row = await newest(bridge);
    expect(row.values['complainant_name']).toBe(name);
    expect(row.values['content']).toBe(content);
});

test('a text that is too long is counted, told, and not cut', async ({ desk, bridge }) => {
    const before = await count(bridge);
    await openNew(desk);
    const long = '字'.repeat(20_005);
    await fillComplaint(desk, long);
    await expect(desk.locator('[data-field="content"] .count')).toHaveText('20005 / 20000 字');
    await desk.keyboard.press('Control+s');
    await expect(fault(desk, 'content')).toContainText('没有被截断');
    expect(await input(desk, 'content').inputValue()).toBe(long);
    expect(await count(bridge)).toBe(before);
});

test('phrases come at the cursor by F4 and a digit; digits typed in a field stay digits', async ({
    desk,
}) => {
    await openNew(desk);
    await typeIn(desk, 'class', '渗漏');
    await typeIn(desk, 'content', '12，');
    await expect(input(desk, 'content')).toHaveValue('12，');
    await desk.keyboard.press('Home');
    await desk.keyboard.press('F4');
    const panel = desk.locator('.phrases');
    await expect(panel.getByRole('textbox')).toBeFocused();
    const first = (await panel.locator('li .word').first().textContent())?.trim() ?? '';
    await desk.keyboard.press('1');
    await expect(input(desk, 'content')).toHaveValue(`${first}12，`);
    expect(await focused(desk)).toBe('content');
    // Initials filter; Esc goes back to the same place.
    await desk.keyboard.press('F4');
    await desk.keyboard.insertText('zzzz');
    await expect(panel).toContainText('没有这样的常用语');
    await desk.keyboard.press('Escape');
    await expect(input(desk, 'content')).toBeFocused();
    // The office's own phrase stands first, and can go again.
    await desk.keyboard.press('F4');
    await desk.keyboard.insertText('阳台地漏返水');
    await panel.getByRole('button', { name: '存一句' }).click();
    await expect(panel.locator('li').first()).toContainText('阳台地漏返水');
    await panel.getByRole('button', { name: '不要这句：阳台地漏返水' }).click();
    await expect(panel).not.toContainText('阳台地漏返水');
    await expectAccessible(desk);
});

test('the last complaint is copied where it is habit, never over what is typed', async ({
    desk,
    bridge,
}) => {
    const last = await newest(bridge);
    await openNew(desk);
    await typeIn(desk, 'receiver', '李敏');
    await desk.keyboard.press('Control+d');
    await expect(desk.locator('[data-field="channel"] [aria-checked="true"]')).toBeVisible();
    await expect(input(desk, 'project')).toHaveValue(last.shown['project'] ?? '');
    await expect(input(desk, 'receiver')).toHaveValue('李敏');
    await expect(input(desk, 'complainant_name')).toHaveValue('');
    await expect(input(desk, 'content')).toHaveValue('');
});

test('what may be the same matter is shown beside the form, and can be merged into', async ({
    desk,
    bridge,
}) => {
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
        register: 'complaint',
        filters: [
            { field: 'phone', op: 'filled' },
            { field: 'received_at', op: 'within', value: 'last_31_days' },
        ],
        sort: ['-received_at'],
        limit: 1,
        unmask: true,
    });
    const same = rows[0];
    if (same === undefined) throw new Error('no complaint with a telephone');
    await openNew(desk);
    await fillComplaint(desk, '同一件事又来电话');
    await typeIn(desk, 'phone', String(same.values['phone']));
    const panel = desk.locator('.similar');
    await expect(panel).toContainText(same.number ?? '');
    await expect(panel).toContainText('电话相同');
    await expectAccessible(desk);
    await expectNoSidewaysScroll(desk);

    // Looking at it loses nothing.
    await panel.getByRole('button', { name: '打开看看' }).first().click();
    await expect(desk).toHaveURL(new RegExp(`#/record/complaint/${same.uuid}`));
    await openNew(desk);
    await desk.getByRole('button', { name: /^找回/ }).click();
    await expect(input(desk, 'content')).toHaveValue('同一件事又来电话');
    await panel
        .getByRole('button', { name: `并入 ${same.number?.split('-').at(-1)}` })
        .first()
        .click();
    await expect.poll(async () => (await newest(bridge)).state).toBe('merged');
    const merged = await newest(bridge);
    expect(merged.values['duplicate_of']).toBe(same.uuid);
    expect(merged.number).not.toBeNull();
});

test('a known telephone offers its person and fills only what is empty', async ({
    desk,
    bridge,
}) => {
    await bridge.call('add_record', {
        register: 'person',
        values: { name: '沈若兰', phone: '13911112222', address: '7-1-301', unit: '云岫物业' },
    });
    await openNew(desk);
    await typeIn(desk, 'address', '已填的地址');
    await typeIn(desk, 'phone', '139 1111 2222');
    await desk.keyboard.press('Enter');
    await desk.getByRole('button', { name: /^带出/ }).click();
    await expect(input(desk, 'complainant_name')).toHaveValue('沈若兰');
    await expect(input(desk, 'complainant_unit')).toHaveValue('云岫物业');
    await expect(input(desk, 'address')).toHaveValue('已填的地址');
    await expect(desk.getByText('按电话带出，可改').first()).toBeVisible();
});

test('a project that is not there yet is made without leaving the complaint', async ({
    desk,
    bridge,
}) => {
    await openNew(desk);
    await fillComplaint(desk, '新工程的第一件');
    await input(desk, 'project').focus();
    await desk.keyboard.insertText('望月桥加固');
    const make = desk.getByRole('option', { name: /新建工程/ });
    await expect(make).toBeVisible();
    // Enter alone makes nothing: the words stay as they were typed.
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Enter');
    const dialog = desk.getByRole('dialog', { name: '新建工程' });
    await expect(dialog).toBeVisible();
    await expectAccessible(desk);
    await expect(dialog.locator('[data-field="name"] input')).toHaveValue('望月桥加固');
    await expect(dialog.locator('[data-field="code"] input')).toBeFocused();
    await desk.keyboard.press('Control+s');
    await expect(dialog).toContainText('必填');
    await desk.keyboard.insertText('XM77');
    await desk.keyboard.press('Control+s');
    await expect(dialog).toHaveCount(0);
    await expect(input(desk, 'project')).toHaveValue('望月桥加固');
    expect(await focused(desk)).toBe('project');
    await expect(input(desk, 'content')).toHaveValue('新工程的第一件');
    await desk.keyboard.press('Control+s');
    await expect(desk).toHaveURL(/#\/record\/complaint\//);
    expect((await newest(bridge)).number).toMatch(/^TS-2026-XM77-/);
});

/** Puts a block on the clipboard of the field, as Excel does. */
async function paste(field: Locator, text: string): Promise<void> {
    await field.evaluate((element, block) => {
        const data = new DataTransfer();
        data.setData('text/plain', block);
        element.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
    }, text);
}

test('a block from Excel is shown before it goes into a table; lines keep their identity', async ({
    desk,
    bridge,
}) => {
    await openNew(desk, 'project');
    await typeIn(desk, 'name', '望月桥加固');
    await typeIn(desk, 'code', 'XM78');
    const table = desk.locator('[data-field="unit_works"]');
    await table.getByRole('button', { name: /加一行/ }).click();
    const cell = (row: number, column: number): Locator =>
        table.locator(`[data-cell="${row}.${column}"] input`);
    await expect(cell(0, 0)).toBeFocused();
    await paste(cell(0, 0), '"东侧\n引桥"\t2026.1.5\t0\r\n主桥\t2026年2月3日\t12\r\n\r\n');
    const dialog = desk.getByRole('dialog');
    await expect(dialog).toContainText('单位工程');
    await expect(dialog.locator('tbody tr')).toHaveCount(2);
    await desk.keyboard.press('Enter');
    await expect(cell(1, 0)).toHaveValue('主桥');
    await cell(1, 3).focus();
    await desk.keyboard.press('Enter');
    await expect(cell(2, 0)).toBeFocused();
    await desk.keyboard.insertText('西侧引桥');
    await cell(2, 1).focus();
    await desk.keyboard.insertText('不是日期');
    await desk.keyboard.press('Control+s');
    await expect(fault(desk, 'unit_works')).toContainText('第 3 行');
    await cell(2, 1).fill('3-4');
    await desk.keyboard.press('Control+s');
    await expect(desk).toHaveURL(/#\/record\/project\//);
    const made = await newest(bridge, 'project');
    const before = made.lines?.['unit_works'] ?? [];
    expect(before.map((l) => [l.values['name'], l.values['accepted_on']])).toEqual([
        ['东侧 引桥', '2026-01-05'],
        ['主桥', '2026-02-03'],
        ['西侧引桥', '2026-03-04'],
    ]);

    await openEdit(desk, 'project', made.uuid);
    await table.getByRole('button', { name: '移去第 1 行' }).click();
    await table.getByRole('button', { name: '移去第 2 行' }).click();
    await table.getByRole('button', { name: '放回第 1 行' }).click();
    await cell(2, 0).fill('西引桥');
    await desk.keyboard.press('Control+s');
    await expect(desk).not.toHaveURL(/\/edit/);
    const after = (await bridge.call<Row>('get_record', { register: 'project', record: made.uuid }))
        .lines?.['unit_works'];
    expect(after?.map((l) => [l.uuid, l.values['name']])).toEqual([
        [before[0]?.uuid, '东侧 引桥'],
        [before[2]?.uuid, '西引桥'],
    ]);
});

test('a full disk is told with what is kept, and saving again succeeds once there is room', async ({
    page,
}) => {
    test.skip(process.getuid?.() !== 0, 'mounting a small disk needs root');
    const folder = mkdtempSync(join(tmpdir(), 'taizhang-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', folder]);
    try {
        const bridge = await Bridge.start({ demo: 20, folder });
        await page.goto(bridge.url);
        await page.locator('main').waitFor();
        await openNew(page);
        const filler = join(folder, 'filler');
        fillDisk(filler);
        await fillComplaint(page, '磁盘满的时候打来的');
        await page.keyboard.press('Control+s');
        await expect(page.locator('.told')).toContainText('没有存上：磁盘已满');
        await expect(page.locator('.told')).toContainText('内容还在这一页上');
        await expect(input(page, 'content')).toHaveValue('磁盘满的时候打来的');
        expect(await count(bridge)).toBe(20);
        rmSync(filler);
        await page.keyboard.press('Control+s');
        await expect(page).toHaveURL(/#\/record\/complaint\//);
        expect((await newest(bridge)).values['content']).toBe('磁盘满的时候打来的');
        bridge.kill();
    } finally {
        execFileSync('umount', ['-l', folder]);
        rmSync(folder, { recursive: true, force: true });
    }
});

test('Ctrl+Shift+S registers and begins anew; Ctrl+P registers and shows the sheet to be signed', async ({
    desk,
    bridge,
}) => {
    await openNew(desk);
    await fillComplaint(desk, '第一件');
    await desk.keyboard.press('Control+Shift+s');
    await expect(input(desk, 'content')).toHaveValue('');
    await expect(desk).toHaveURL(/#\/list\/complaint\/new$/);
    expect(await focused(desk)).toBe('channel');
    expect((await newest(bridge)).state).toBe('registered');
    await fillComplaint(desk, '第二件');
    await desk.keyboard.press('Control+p');
    await expect(desk.getByRole('dialog')).toContainText('投诉记录表');
    expect((await newest(bridge)).values['content']).toBe('第二件');
});

test('an edit sends only what changed; a newer version is laid beside it and nothing is lost', async ({
    desk,
    bridge,
}) => {
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
        register: 'complaint',
        filters: [{ field: 'state', op: '=', value: 'handling' }],
        limit: 1,
    });
    const uuid = rows[0]?.uuid ?? '';
    const edit = (values: unknown): Promise<unknown> =>
        bridge.call('edit_record', { register: 'complaint', record: uuid, values });
    await openEdit(desk, 'complaint', uuid, 'demand');
    expect(await focused(desk)).toBe('demand');
    await typeIn(desk, 'demand', '我这边写的诉求');
    await typeIn(desk, 'address', '我这边写的地址');
    await edit({ demand: '那边写的诉求', complainant_unit: '那边写的单位' });
    await desk.keyboard.press('Control+s');
    const dialog = desk.getByRole('dialog', { name: '对照两份改动' });
    await expect(dialog).toContainText('你填的内容没有丢');
    await expect(dialog.locator('tbody tr')).toHaveCount(1);
    await expect(dialog).toContainText('我这边写的诉求');
    await expect(dialog).toContainText('那边写的诉求');
    await expectAccessible(desk);
    await dialog.getByRole('radio').nth(1).check();
    await desk.keyboard.press('Control+s');
    await expect(desk).not.toHaveURL(/\/edit/);
    const now = await bridge.call<Row>('get_record', {
        register: 'complaint',
        record: uuid,
        unmask: true,
    });
    expect(now.values).toMatchObject({
        demand: '那边写的诉求',
        complainant_unit: '那边写的单位',
        address: '我这边写的地址',
    });
});

test('a closed case is only changed with a reason', async ({ desk, bridge }) => {
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
        register: 'complaint',
        filters: [{ field: 'state', op: '=', value: 'archived' }],
        limit: 1,
    });
    const uuid = rows[0]?.uuid ?? '';
    await openEdit(desk, 'complaint', uuid, 'demand');
    await typeIn(desk, 'demand', '补记的诉求');
    await desk.keyboard.press('Control+s');
    await expect(desk.getByRole('alert')).toContainText('理由');
    await expect(input(desk, 'demand')).toHaveValue('补记的诉求');
    await desk.getByLabel('修改理由').fill('原件补到');
    await desk.keyboard.press('Control+s');
    await expect(desk).not.toHaveURL(/\/edit/);
    const story = JSON.stringify(
        await bridge.call('history_of', { register: 'complaint', record: uuid }),
    );
    expect(story).toContain('原件补到');
});

test('the page is free of findings and of sideways scrolling, new and changed, also in large type', async ({
    desk,
    bridge,
}) => {
    const row = await newest(bridge);
    for (const open of [
        () => openNew(desk),
        () => openNew(desk, 'project'),
        () => openNew(desk, 'customer'),
        () => openNew(desk, 'person'),
        () => openNew(desk, 'department'),
        () => openEdit(desk, 'complaint', row.uuid),
    ]) {
        await open();
        await expectAccessible(desk);
        await expectNoSidewaysScroll(desk);
    }
    await desk.evaluate(() => (document.documentElement.dataset['type'] = 'largest'));
    await openNew(desk);
    await expectNoSidewaysScroll(desk);
    await expectAccessible(desk);
});

test('at 1366 by 690 every field of the intake and the bar stand inside the window', async ({
    desk,
}) => {
    await openNew(desk);
    for (const field of ['received_at', 'demand']) {
        await expect(desk.locator(`[data-field="${field}"]`)).toBeInViewport({ ratio: 1 });
    }
    await expect(desk.getByRole('button', { name: /登记并给号/ })).toBeInViewport({ ratio: 1 });
});
