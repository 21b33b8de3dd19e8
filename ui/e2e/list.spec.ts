// Claims about the list of a register: what it shows is the program's answer, everything is reached
// from the keyboard, and nothing of what a clerk chose or selected is lost on the way.
import type { Locator, Page } from '@playwright/test';
import { Bridge, expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';

interface Row {
    uuid: string;
    number: string | null;
    title: string;
}
interface Condition {
    field: string;
    op: string;
    value: string;
}

async function asked(
    bridge: Bridge,
    ask: { filters?: Condition[]; sort?: string[]; limit?: number; register?: string },
): Promise<Row[]> {
    const request = { register: 'complaint', sort: ['-received_at'], limit: 1000, ...ask };
    return (await bridge.call<{ rows: Row[] }>('list_records', request)).rows;
}

/** Opens the list by its address and waits for its rows. */
async function open(desk: Page, register = 'complaint'): Promise<void> {
    await desk.evaluate((to) => (location.hash = `/list/${to}`), register);
    await desk.locator('.list-grid .ag-header-cell').first().waitFor();
    await desk.locator('.totals strong').waitFor();
}

const cells = (desk: Page, column: string): Locator =>
    desk.locator(`.list-grid .ag-row .ag-cell[col-id="${column}"]`);

/** Texts of a column as far as rows stand on the page, from the top. */
async function texts(desk: Page, column: string): Promise<string[]> {
    return desk.evaluate((id) => {
        const all = [...document.querySelectorAll(`.list-grid .ag-cell[col-id="${id}"]`)];
        const place = (cell: Element): number =>
            Number(cell.closest('.ag-row')?.getAttribute('row-index'));
        return all.sort((a, b) => place(a) - place(b)).map((cell) => cell.textContent ?? '');
    }, column);
}

async function total(desk: Page): Promise<number> {
    const words = (await desk.locator('.totals strong').textContent()) ?? '';
    return Number(/[\d,]+/.exec(words)?.[0]?.replaceAll(',', ''));
}

/** Puts the cursor into the first row by the keyboard: to the filters, then down. */
async function toRows(desk: Page): Promise<void> {
    await desk.keyboard.press('Control+F');
    await desk.keyboard.press('Escape');
    await expect(desk.locator('.list-grid .ag-row .ag-cell:focus')).toHaveCount(1);
}

const focusedRow = (desk: Page): Promise<string | null> =>
    desk.evaluate(
        () => document.activeElement?.closest('.ag-row')?.getAttribute('row-index') ?? null,
    );

/** What Ctrl+C puts on the clipboard. */
async function copied(desk: Page): Promise<{ text: string; html: string }> {
    await desk.evaluate(() => {
        const hear = (event: ClipboardEvent): void => {
            const data = event.clipboardData;
            const kept = { text: data?.getData('text/plain'), html: data?.getData('text/html') };
            Reflect.set(window, 'taizhangCopied', kept);
        };
        document.addEventListener('copy', hear, { once: true });
    });
    await desk.keyboard.press('Control+C');
    const read = (): unknown => Reflect.get(window, 'taizhangCopied');
    await expect.poll(() => desk.evaluate(read)).not.toBeUndefined();
    return (await desk.evaluate(read)) as { text: string; html: string };
}

test('shows what the program answers, in its order, with the totals of the whole', async ({
    desk,
    bridge,
}) => {
    await open(desk);
    const rows = await asked(bridge, {});
    const shown = await texts(desk, 'number');
    expect(shown.length).toBeGreaterThan(10);
    expect(shown).toEqual(rows.slice(0, shown.length).map((row) => row.number ?? ''));
    expect(await total(desk)).toBe(rows.length);
    await expect(desk.locator('[role=grid]')).toHaveAttribute(
        'aria-rowcount',
        String(rows.length + 1),
    );
});

test('is accessible and never scrolls the page sideways, at both sizes of window', async ({
    desk,
}) => {
    await open(desk);
    await expectAccessible(desk);
    await expectNoSidewaysScroll(desk);
    await desk.setViewportSize({ width: 1920, height: 900 });
    await expectNoSidewaysScroll(desk);
    await expect(desk.getByRole('columnheader', { name: '渠道' })).toBeVisible();
});

for (const register of ['project', 'customer', 'person', 'department', 'paper'])
    test(`the list of ${register} is accessible and fits the window`, async ({ desk }) => {
        await open(desk, register);
        await expectAccessible(desk);
        await expectNoSidewaysScroll(desk);
        const grid = desk.locator('.list-grid .ag-body-horizontal-scroll-viewport');
        expect(await grid.evaluate((bar) => bar.scrollWidth - bar.clientWidth)).toBeLessThanOrEqual(
            0,
        );
    });

test('sorting by the keyboard agrees with the program, by one and by two columns', async ({
    desk,
    bridge,
}) => {
    await open(desk);
    await toRows(desk);
    const head = desk.getByRole('columnheader', { name: '状态' });
    await desk.keyboard.press('ArrowUp');
    while (!(await head.evaluate((cell) => cell.contains(document.activeElement))))
        await desk.keyboard.press('ArrowRight');
    await desk.keyboard.press('Enter');
    await expect(head).toHaveAttribute('aria-sort', 'ascending');
    await expect
        .poll(async () => (await texts(desk, 'number')).slice(0, 10))
        .toEqual(
            (await asked(bridge, { sort: ['state'] })).slice(0, 10).map((r) => r.number ?? ''),
        );
    await expect(head).toBeFocused();
    const second = desk.getByRole('columnheader', { name: '登记时间' });
    while (!(await second.evaluate((cell) => cell.contains(document.activeElement))))
        await desk.keyboard.press('ArrowLeft');
    await desk.keyboard.press('Shift+Enter');
    await expect(second).toHaveAttribute('aria-sort', 'ascending');
    await expect
        .poll(async () => (await texts(desk, 'number')).slice(0, 10))
        .toEqual(
            (await asked(bridge, { sort: ['state', 'received_at'] }))
                .slice(0, 10)
                .map((r) => r.number ?? ''),
        );
});

test('a filter that is typed with an input method searches once, when the word is whole', async ({
    desk,
    bridge,
}) => {
    await open(desk);
    const asks: string[] = [];
    desk.on('request', (request) => {
        if (request.url().includes('/ipc/list_records')) asks.push(request.postData() ?? '');
    });
    await desk.getByRole('textbox', { name: '筛选投诉内容' }).focus();
    const ime = await desk.context().newCDPSession(desk);
    for (const text of ['s', 'sh', 'shen', 'shen shui'])
        await ime.send('Input.imeSetComposition', {
            text,
            selectionStart: text.length,
            selectionEnd: text.length,
        });
    // A change from elsewhere must not disturb the composition.
    await desk.waitForTimeout(600);
    expect(asks).toEqual([]);
    await ime.send('Input.insertText', { text: '渗水' });
    const filters = [{ field: 'content', op: '~', value: '渗水' }];
    const rows = await asked(bridge, { filters });
    expect(rows.length).toBeGreaterThan(0);
    await expect.poll(() => total(desk)).toBe(rows.length);
    expect(asks).toHaveLength(1);
    expect(await texts(desk, 'content')).toEqual(
        rows.slice(0, (await texts(desk, 'content')).length).map((row) => row.title),
    );
});

test('choices, days and deadlines filter by the keyboard; what is filtered is said when nothing fits', async ({
    desk,
    bridge,
}) => {
    await open(desk);
    await desk.getByRole('button', { name: '筛选状态' }).focus();
    await desk.keyboard.press('Enter');
    await desk.getByRole('checkbox', { name: '待审批' }).focus();
    await desk.keyboard.press(' ');
    await desk.keyboard.press('ArrowUp');
    await desk.keyboard.press(' ');
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('button', { name: '筛选状态' })).toBeFocused();
    const states = [{ field: 'state', op: 'in', value: 'approval,plan' }];
    const open_ = await asked(bridge, { filters: states });
    await expect.poll(() => total(desk)).toBe(open_.length);

    await desk.getByRole('button', { name: '筛选登记时间' }).focus();
    await desk.keyboard.press('Enter');
    const sheet = desk.getByRole('dialog', { name: '筛选登记时间' });
    await sheet.getByLabel('从').fill('2026年1月5日');
    await sheet.getByLabel('到').fill('20260106');
    await desk.keyboard.press('Enter');
    await expect(sheet).toHaveCount(0);
    const words = desk.getByText('没有符合条件的投诉。');
    await expect(words).toContainText('状态＝待审批或处理方案、登记时间从 2026-01-05到 2026-01-06');
    await desk.getByRole('button', { name: '清除筛选' }).last().focus();
    await desk.keyboard.press('Enter');
    await expect.poll(() => total(desk)).toBe(120);
    // The button is gone with the filters; the cursor stands on a row.
    await expect.poll(() => focusedRow(desk)).not.toBeNull();

    await desk.getByRole('button', { name: '筛选期限' }).focus();
    await desk.keyboard.press('Enter');
    await desk.keyboard.press(' ');
    const late = await asked(bridge, {
        filters: [{ field: '@deadline', op: '=', value: 'overdue' }],
    });
    await expect.poll(() => total(desk)).toBe(late.length);
});

test('the counts of the views are the lists they open', async ({ desk }) => {
    await open(desk);
    const views = desk.locator('.views .view');
    await expect(views.first().locator('.count')).toHaveText('120');
    const count = await views.count();
    expect(count).toBe(9);
    for (let at = 0; at < count; at += 1) {
        const view = views.nth(at);
        const said = Number(
            ((await view.locator('.count').textContent()) ?? '').replaceAll(',', ''),
        );
        await view.focus();
        await desk.keyboard.press('Enter');
        await expect(view).toHaveAttribute('aria-pressed', 'true');
        await expect.poll(() => total(desk)).toBe(said);
    }
});

test('an own view keeps filter and order, can be renamed and removed', async ({ desk }) => {
    await open(desk);
    await desk.getByRole('textbox', { name: '筛选投诉内容' }).fill('夜间');
    await desk.keyboard.press('Enter');
    await expect.poll(() => total(desk)).toBeLessThan(120);
    const said = await total(desk);
    await desk.getByRole('button', { name: '存为视图' }).focus();
    await desk.keyboard.press('Enter');
    await desk.getByLabel('名称').fill('夜间施工');
    await desk.keyboard.press('Enter');
    const view = desk.locator('.views .view', { hasText: '夜间施工' });
    await expect(view.locator('.count')).toHaveText(String(said));
    await desk.reload();
    await open(desk);
    await view.focus();
    await desk.keyboard.press('Enter');
    await expect.poll(() => total(desk)).toBe(said);
    await desk.getByRole('button', { name: '存为视图' }).click();
    await desk.getByLabel('名称').fill('夜里');
    await desk.getByRole('button', { name: '只改名称' }).click();
    await expect(desk.locator('.views .view', { hasText: '夜里' })).toBeVisible();
    await desk.getByRole('button', { name: '存为视图' }).click();
    await desk.getByRole('button', { name: '去掉“夜里”' }).click();
    await expect(desk.locator('.views .view', { hasText: '夜里' })).toHaveCount(0);
});

test('columns are chosen and moved by the keyboard and remembered', async ({ desk }) => {
    await open(desk);
    await desk.getByRole('button', { name: '列设置' }).focus();
    await desk.keyboard.press('Enter');
    await desk.getByRole('checkbox', { name: '投诉渠道' }).focus();
    await desk.keyboard.press(' ');
    await expect(desk.getByRole('columnheader', { name: '渠道' })).toHaveCount(1);
    await desk.keyboard.press('Alt+ArrowUp');
    await expect(desk.getByRole('checkbox', { name: '投诉渠道' })).toBeFocused();
    await desk.getByRole('checkbox', { name: '投诉等级' }).focus();
    await desk.keyboard.press(' ');
    await desk.keyboard.press('Escape');
    const heads = async (): Promise<string[]> =>
        desk.locator('.list-grid .ag-header-cell .words').allTextContents();
    const chosen = await heads();
    expect(chosen).not.toContain('等级');
    expect(chosen.indexOf('渠道')).toBe(chosen.indexOf('处理人') - 1);
    await desk.reload();
    await open(desk);
    expect(await heads()).toEqual(chosen);
});

test('rows are selected by space and stretched by Shift; all of a filter by Ctrl+A', async ({
    desk,
}) => {
    await open(desk);
    await toRows(desk);
    const picked = desk.locator('.picked[role=status]');
    await desk.keyboard.press(' ');
    await expect(picked).toHaveText('已选 1 条');
    await desk.keyboard.press('Shift+ArrowDown');
    await desk.keyboard.press('Shift+ArrowDown');
    await expect(picked).toHaveText('已选 3 条');
    expect(await focusedRow(desk)).toBe('2');
    await expect(desk.locator('.list-grid .ticks input:checked')).toHaveCount(3);
    await expect(
        desk.locator('.list-grid .ag-row[row-index="2"][aria-selected=true]'),
    ).not.toHaveCount(0);
    await desk.keyboard.press('Control+A');
    await expect(picked).toHaveText('已选 120 条');
    expect(await focusedRow(desk)).toBe('2');
});

test('copied rows are lines and a table; markup and formulas stay text', async ({
    desk,
    bridge,
}) => {
    const content = '<img src=x onerror=alert(1)>';
    for (const [text, location] of [
        [content, '=1+1'],
        ['"引号"	制表\n第二行', '123456789012345678'],
    ])
        await bridge.call('add_record', {
            register: 'complaint',
            values: {
                project: '云岫花园一期工程',
                received_at: '2026-11-20 09:00',
                channel: 'phone',
                receiver: '孙立新',
                content: text,
                location,
            },
        });
    await open(desk);
    expect((await texts(desk, 'content')).slice(0, 2)).toContain(content);
    await expect(desk.locator('.list-grid img')).toHaveCount(0);
    await expect(cells(desk, 'location').getByText('=1+1', { exact: true })).toBeVisible();
    await toRows(desk);
    await desk.keyboard.press(' ');
    await desk.keyboard.press('Shift+ArrowDown');
    await expect(desk.locator('.picked[role=status]')).toHaveText('已选 2 条');
    const { text, html } = await copied(desk);
    expect(text).toContain("'=1+1");
    expect(text).toContain(content);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toContain('<img');
    expect(html).toContain(`<td style='mso-number-format:"\\@"'>123456789012345678</td>`);
});

test('removing says what disappears, and Ctrl+Z brings it back', async ({ desk, bridge }) => {
    await open(desk);
    const numbers = await texts(desk, 'number');
    await toRows(desk);
    await desk.keyboard.press('ArrowDown');
    const uuid = (await asked(bridge, {}))[1]?.uuid;
    await desk.keyboard.press('Delete');
    const dialog = desk.getByRole('dialog');
    await expect(dialog).toContainText('什么也不会丢');
    await expectAccessible(desk);
    await desk.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    expect(await focusedRow(desk)).toBe('1');
    await desk.keyboard.press('Delete');
    await dialog.getByRole('button', { name: '放进回收站' }).focus();
    await desk.keyboard.press('Enter');
    await expect.poll(() => total(desk)).toBe(119);
    expect(await texts(desk, 'number')).not.toEqual(numbers);
    const bin = await bridge.call<Row[]>('recycle_bin');
    expect(bin.map((row) => row.uuid)).toEqual([uuid]);
    await desk.keyboard.press('Control+Z');
    await expect.poll(() => total(desk)).toBe(120);
    await expect.poll(() => texts(desk, 'number')).toEqual(numbers);
});

test('the bin says what, when and by whom, and puts it back by the keyboard', async ({
    desk,
    bridge,
}) => {
    const [row] = await asked(bridge, {});
    await bridge.call('delete_record', {
        register: 'complaint',
        record: row?.uuid,
        reason: '重复',
    });
    await desk.evaluate(() => (location.hash = '/settings/bin'));
    const line = desk.getByRole('row', { name: row?.number ?? '' });
    await expect(line).toContainText('投诉');
    await expect(line).toContainText('2026-11-20 09:');
    const { operator } = await bridge.call<{ operator: string }>('office');
    await expect(line).toContainText(operator);
    await expectAccessible(desk);
    await line.getByRole('button', { name: '放回' }).focus();
    await desk.keyboard.press('Enter');
    await expect(desk.getByText('回收站是空的。')).toBeFocused();
    expect(await asked(bridge, {})).toHaveLength(120);
});

test('going back from a record finds filter, place and cursor as they were left', async ({
    desk,
}) => {
    await open(desk);
    await desk.locator('.views .view', { hasText: '全部' }).focus();
    await desk.getByRole('textbox', { name: '筛选投诉内容' }).fill('的');
    await desk.keyboard.press('Enter');
    await expect.poll(() => total(desk)).toBeLessThan(120);
    const said = await total(desk);
    for (let row = 0; row < 20; row += 1) await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('ArrowRight');
    const at = await focusedRow(desk);
    expect(at).toBe('20');
    const number = await desk.locator(`.ag-row[row-index="${at}"] .number`).textContent();
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('heading', { level: 1 })).toContainText(number ?? '');
    await desk.keyboard.press('Escape');
    await expect.poll(() => focusedRow(desk)).toBe(at);
    expect(await total(desk)).toBe(said);
    await expect(desk.getByRole('textbox', { name: '筛选投诉内容' })).toHaveValue('的');
    await expect(desk.locator(`.ag-row[row-index="${at}"] .number`)).toHaveText(number ?? '');
});

test('a figure of the bar filters the list by it', async ({ desk }) => {
    await open(desk);
    const part = desk.locator('.totals .part', { hasText: '重大' });
    const said = Number(/\d+/.exec((await part.textContent()) ?? '')?.[0]);
    await part.focus();
    await desk.keyboard.press('Enter');
    await expect.poll(() => total(desk)).toBe(said);
    await expect(desk.locator('.grave')).toHaveCount(said);
});

test('any field can be filtered, shown or not, and each condition taken away', async ({
    desk,
    bridge,
}) => {
    await open(desk);
    await desk.getByRole('button', { name: '筛选更多' }).focus();
    await desk.keyboard.press('Enter');
    await desk.getByLabel('哪一栏').selectOption({ label: '满意度' });
    await desk.getByLabel('怎样比').selectOption('filled');
    await desk.getByRole('button', { name: '加上' }).focus();
    await desk.keyboard.press('Enter');
    const rows = await asked(bridge, {
        filters: [{ field: 'satisfaction', op: 'filled', value: '' }],
    });
    expect(rows.length).toBeGreaterThan(0);
    await expect.poll(() => total(desk)).toBe(rows.length);
    await expect(desk.getByText('满意度已填')).toBeVisible();
    await expectAccessible(desk);
    await desk.getByRole('button', { name: '去掉' }).focus();
    await desk.keyboard.press('Enter');
    await expect.poll(() => total(desk)).toBe(120);
});

test('a list is exported with its filter, and its folder can be opened', async ({
    desk,
    bridge,
}) => {
    await open(desk);
    await desk.getByRole('textbox', { name: '筛选投诉内容' }).fill('夜间');
    await desk.keyboard.press('Enter');
    await expect.poll(() => total(desk)).toBeLessThan(120);
    await bridge.post('/host/answers', { save_place: `${bridge.folder}/投诉.xlsx` });
    await desk.keyboard.press('Control+E');
    await expect(desk.getByText(`已导出 ${await total(desk)} 条`)).toBeVisible();
    await desk.getByRole('button', { name: '打开文件夹' }).focus();
    await desk.keyboard.press('Enter');
    await expect.poll(async () => JSON.stringify(await bridge.log())).toContain('投诉.xlsx');
});

test('an empty register teaches how its first record comes', async ({ page }) => {
    const bridge = await Bridge.start();
    try {
        await bridge.call('found_office', {
            name: '云溪里项目部',
            code: 'YX',
            operator: '王海燕',
            project: null,
        });
        await page.goto(`${bridge.url}#/list/complaint`);
        await expect(page.getByText('还没有投诉。接到第一件时按 Ctrl+N 登记。')).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press('Control+N');
        await expect(page).toHaveURL(/complaint\/new/);
    } finally {
        await bridge.stop();
    }
});
