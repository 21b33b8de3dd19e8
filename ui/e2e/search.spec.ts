// The search over everything: what it finds, how it is driven, what it never does.
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';

interface Row {
    uuid: string;
    number: string | null;
    title: string;
}

async function numbered(bridge: { call<T>(name: string, ask: unknown): Promise<T> }): Promise<Row> {
    const page = await bridge.call<{ rows: Row[] }>('list_records', {
        register: 'complaint',
        sort: ['-number'],
        limit: 50,
    });
    const row = page.rows.find((r) => r.number !== null && r.number !== '');
    if (row === undefined) throw new Error('no numbered complaint');
    return row;
}

test('a part of a number finds the record, marks the part, and Enter opens it', async ({
    desk,
    bridge,
}) => {
    const row = await numbered(bridge);
    await desk.keyboard.press('Control+k');
    const field = desk.getByRole('combobox');
    await expect(field).toBeFocused();
    const tail = row.number!.slice(-9);
    await desk.keyboard.insertText(tail);
    const hit = desk.getByRole('option').first();
    await expect(hit).toContainText(row.number!);
    await expect(hit.locator('mark')).toHaveText(tail);
    await expect(hit).toHaveAttribute('aria-selected', 'true');
    await expect(field).toHaveAttribute('aria-activedescendant', (await hit.getAttribute('id'))!);
    await expectAccessible(desk);
    await expectNoSidewaysScroll(desk);
    await desk.keyboard.press('Enter');
    await expect(desk).toHaveURL(new RegExp(`#/record/complaint/${row.uuid}`));
});

test('Enter that is quicker than the answer opens what fits the typed text', async ({
    desk,
    bridge,
}) => {
    const row = await numbered(bridge);
    await desk.keyboard.press('Control+k');
    await desk.keyboard.insertText(row.number!);
    await desk.keyboard.press('Enter');
    await expect(desk).toHaveURL(new RegExp(`#/record/complaint/${row.uuid}`));
});

test('a name is found by its pinyin and marked as a whole', async ({ desk, bridge }) => {
    await bridge.call('add_record', { register: 'customer', values: { name: '临溪村委会' } });
    await desk.keyboard.press('Control+k');
    await desk.keyboard.type('lxcwh');
    const hit = desk.getByRole('option').filter({ hasText: '临溪村委会' });
    await expect(hit.locator('mark').first()).toHaveText('临溪村委会');
    await expect(desk.getByRole('group', { name: /顾客 1 条/ })).toBeVisible();
});

test('a rare character of the third plane is found as it is typed', async ({ desk, bridge }) => {
    await bridge.call('add_record', { register: 'customer', values: { name: '䶮㛃𬭎𠅤苑' } });
    await desk.keyboard.press('Control+k');
    await desk.keyboard.insertText('𬭎𠅤');
    await expect(desk.getByRole('option').locator('mark').first()).toHaveText('𬭎𠅤');
});

test('Ctrl+Enter opens the list of the register with the text as its filter', async ({
    desk,
    bridge,
}) => {
    await desk.keyboard.press('Control+k');
    await desk.keyboard.insertText('渗水');
    await expect(desk.getByRole('option').first()).toContainText('渗水');
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Control+Enter');
    await expect(desk).toHaveURL(/#\/list\/complaint\?text=/);
    const found = await bridge.call<{ total: number }>('list_records', {
        register: 'complaint',
        text: '渗水',
    });
    await expect(desk.locator('main')).toContainText(`合计 ${found.total} 条`);
});

test('an empty field shows what was opened last, the newest first', async ({ desk, bridge }) => {
    const row = await numbered(bridge);
    await desk.keyboard.press('Control+k');
    await expect(desk.locator('.search-panel')).toContainText('还没有打开过记录');
    await desk.keyboard.insertText(row.number!);
    await desk.keyboard.press('Enter');
    await expect(desk).toHaveURL(/#\/record/);
    await desk.keyboard.press('Alt+1');
    await desk.keyboard.press('Control+k');
    await desk.keyboard.press('Delete');
    await expect(desk.getByRole('group', { name: /刚才打开过的/ })).toContainText(row.number!);
});

test('nothing is asked while an input method composes; its end asks once', async ({ desk }) => {
    const asked: string[] = [];
    desk.on('request', (request) => {
        if (request.url().endsWith('/ipc/search')) asked.push(request.postData() ?? '');
    });
    await desk.keyboard.press('Control+k');
    const ime = await desk.context().newCDPSession(desk);
    for (const text of ['s', 'sh', 'shen', 'shens', 'shenshui'])
        await ime.send('Input.imeSetComposition', {
            text,
            selectionStart: text.length,
            selectionEnd: text.length,
        });
    // Longer than the field waits after the last letter.
    await desk.waitForTimeout(400);
    expect(asked).toEqual([]);
    await ime.send('Input.insertText', { text: '渗水' });
    await expect(desk.getByRole('option').first()).toContainText('渗水');
    expect(asked).toHaveLength(1);
});

test('a late answer does not replace a newer one', async ({ desk }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    await desk.route('**/ipc/search', async (route) => {
        if (route.request().postData()?.includes('渗水')) await held;
        await route.continue();
    });
    await desk.keyboard.press('Control+k');
    const late = desk.waitForRequest('**/ipc/search');
    await desk.keyboard.insertText('渗水');
    await late;
    await desk.keyboard.press('Control+a');
    await desk.keyboard.insertText('围挡');
    await expect(desk.getByRole('option').first()).toContainText('围挡');
    const answered = desk.waitForResponse(
        (answer) => answer.request().postData()?.includes('渗水') === true,
    );
    release();
    await answered;
    await expect(desk.getByRole('option').first()).toContainText('围挡');
    await expect(desk.getByRole('listbox')).not.toContainText('渗水');
});

test('a text that looks like markup is shown as text', async ({ desk, bridge }) => {
    const text = '<img src=x onerror=alert(1)>';
    await bridge.call('add_record', { register: 'customer', values: { name: `${text}公司` } });
    await desk.keyboard.press('Control+k');
    await desk.keyboard.insertText(text);
    await expect(desk.getByRole('option').locator('mark').first()).toContainText('<img');
    await expect(desk.locator('.search-panel img')).toHaveCount(0);
});

test('what is not found is said with what to try', async ({ desk }) => {
    await desk.keyboard.press('Control+k');
    await desk.keyboard.insertText('没有这样的一句话');
    await expect(desk.locator('.search-panel')).toContainText('没有查到“没有这样的一句话”');
    await expectAccessible(desk);
});

test('Esc closes the panel, a second Esc gives the cursor back', async ({ desk }) => {
    const line = desk.locator('.due .line').first();
    await expect(line).toBeFocused();
    await desk.keyboard.press('Control+k');
    await desk.keyboard.insertText('渗水');
    await expect(desk.getByRole('option').first()).toBeVisible();
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('listbox')).toBeHidden();
    await expect(desk.getByRole('combobox')).toBeFocused();
    await desk.keyboard.press('Escape');
    await expect(line).toBeFocused();
});
