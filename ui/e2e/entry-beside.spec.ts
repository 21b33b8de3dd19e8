// What helps beside the form: phrases, the last record, the same matter, persons on file, records made
// on the way, blocks from Excel, the next entry and the printed sheet.
import type { Locator } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';
import {
    fault,
    fillComplaint,
    focused,
    input,
    newest,
    openEdit,
    openNew,
    typeIn,
    type Row,
} from './entry';

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
