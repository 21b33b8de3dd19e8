// Typing on the entry page: a complaint by keyboard alone, dates, telephones and amounts, input methods,
// hostile texts, what is missing, findings of axe.
import type { CDPSession } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';
import {
    count,
    fault,
    fillComplaint,
    focused,
    input,
    newest,
    openEdit,
    openNew,
    typeIn,
} from './entry';

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
