// What goes wrong behind the page: full and closed places, files and sticks that are gone, a printer that
// does not answer, records that changed meanwhile, a program that ends. Each says in Chinese what
// happened and what was kept; nothing typed is lost, and the ledger holds what it held.
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { Bridge, expect, expectAccessible, test } from './desk';
import { firstOf, go } from './pages';
import { closedFolder, filesBelow, IS_ROOT, SmallDisk } from './places';

/** So long that no room left over in the file takes it. */
const LONG = '厨房顶板又有水迹，'.repeat(2_000);

async function complaints(bridge: Bridge): Promise<number> {
    const ask = { register: 'complaint', limit: 1 };
    return (await bridge.call<{ total: number }>('list_records', ask)).total;
}

async function drafts(bridge: Bridge): Promise<string> {
    return JSON.stringify(await bridge.call('drafts'));
}

function input(page: Page, field: string): Locator {
    return page.locator(`[data-field="${field}"]`).locator('input, textarea').first();
}

async function typeIn(page: Page, field: string, text: string): Promise<void> {
    await input(page, field).focus();
    await input(page, field).selectText();
    await page.keyboard.insertText(text);
}

async function openNew(page: Page): Promise<void> {
    await go(page, '#/list/complaint/new');
    await page.locator('[data-field="channel"] button').first().click();
    await typeIn(page, 'complainant_name', '何玉珍');
}

/** A page on a bridge that the claim starts itself. */
async function on(page: Page, bridge: Bridge): Promise<void> {
    await page.goto(bridge.url);
    await page.locator('main').first().waitFor();
}

/** Leaves the page before its program ends: nobody answers it any more. */
async function leave(page: Page): Promise<void> {
    await page.goto('about:blank');
}

/** What the page says of a failure; every sentence is Chinese and ends with what to do. */
function problem(page: Page): Locator {
    return page.getByRole('alert').filter({ hasText: /。/ }).first();
}

test.describe('places', () => {
    test.skip(!IS_ROOT, 'mounting a small disk needs root');

    test('on a full disk nothing is registered, the words stay, and with room again they are saved', async ({
        page,
        faults,
    }) => {
        expect(faults.found).toEqual([]);
        const disk = new SmallDisk(24);
        const bridge = await Bridge.start({ demo: 20, folder: disk.path });
        try {
            await on(page, bridge);
            const before = await complaints(bridge);
            await openNew(page);
            await typeIn(page, 'content', '厨房顶板又有水迹');
            await expect(page.getByText(/草稿已存/)).toBeVisible();
            disk.fill();
            await typeIn(page, 'detail', LONG);
            await page.keyboard.press('Control+s');
            const told = page.locator('.entry-bar [role=alert]');
            await expect(told).toContainText('没有存上：磁盘已满');
            await expect(told).toContainText('已保存的内容都在');
            await expect(told).toContainText('内容还在这一页上');
            await expect(told).toContainText('Ctrl+S');
            await expectAccessible(page);
            // Typing on is told once, and the ledger can be read.
            await typeIn(page, 'demand', '尽快修好');
            await expect(page.locator('.problem')).toContainText('草稿没有存上');
            expect(await complaints(bridge)).toBe(before);
            expect(await drafts(bridge)).toContain('厨房顶板又有水迹');
            await expect(input(page, 'detail')).toHaveValue(LONG.slice(0, 20_000));

            disk.free();
            await page.keyboard.press('Control+s');
            await expect(page).toHaveURL(/#\/record\/complaint\//);
            expect(await complaints(bridge)).toBe(before + 1);
            await expect(page.locator('.record')).toContainText('尽快修好');
        } finally {
            await leave(page);
            // The disk under its folder goes away by itself.
            await bridge.stop().catch(() => undefined);
            disk.pull();
        }
    });

    test('a place that cannot be written is said at once; the ledger can be looked at', async ({
        page,
        faults,
    }) => {
        expect(faults.found).toEqual([]);
        const disk = new SmallDisk(24);
        const first = await Bridge.start({ demo: 20, folder: disk.path });
        first.kill();
        await expect.poll(() => ended(first)).toBe(true);
        disk.readOnly(true);
        const bridge = await Bridge.start({ folder: disk.path });
        try {
            await on(page, bridge);
            await expect(page.getByText('只能看，不能登记。')).toBeVisible();
            await expect(page.locator('.bands')).toContainText('台账没有改动');
            await go(page, '#/list/complaint');
            await expect(page.locator('.ag-row').first()).toBeVisible();
            await openNew(page);
            await typeIn(page, 'content', '登记不进去的一件');
            await page.keyboard.press('Control+s');
            const told = page.locator('.entry-bar [role=alert]');
            await expect(told).toContainText('不能写入');
            await expect(told).toContainText('内容还在这一页上');
            await expect(input(page, 'content')).toHaveValue('登记不进去的一件');
        } finally {
            await leave(page);
            bridge.kill();
            disk.pull();
        }
    });

    test('a stick without room says so, keeps no half file, and the backup stays', async ({
        desk,
        bridge,
    }) => {
        const stick = new SmallDisk(1);
        try {
            const { name } = await bridge.call<{ name: string }>('backup');
            await bridge.post('/host/answers', { save_place: join(stick.path, '备份.db') });
            await go(desk, '#/settings/backup');
            await desk.getByRole('button', { name: /^另存到 U 盘/ }).click();
            await expect(problem(desk)).toContainText('磁盘已满');
            await expect(problem(desk)).toContainText('请腾出空间');
            expect(readdirSync(stick.path)).toEqual([]);
            const kept = await bridge.call<{ name: string; whole: boolean }[]>('backups');
            expect(kept).toContainEqual(expect.objectContaining({ name, whole: true }));
        } finally {
            stick.pull();
        }
    });

    test('a stick that is pulled out while a list goes onto it is told; nothing else changed', async ({
        desk,
        bridge,
    }) => {
        const stick = new SmallDisk(1);
        const before = await complaints(bridge);
        await bridge.post('/host/answers', { save_place: join(stick.path, '投诉.xlsx') });
        stick.pull();
        await go(desk, '#/list/complaint');
        await desk.keyboard.press('Control+e');
        await expect(problem(desk)).toContainText('投诉.xlsx');
        await expect(problem(desk)).toContainText('数据没有改动');
        await expectAccessible(desk);
        expect(await complaints(bridge)).toBe(before);
    });
});

/** Whether a killed bridge is gone, its files closed with it. */
async function ended(bridge: Bridge): Promise<boolean> {
    return bridge.call('status').then(
        () => false,
        () => true,
    );
}

test('a place that is closed for saving is told, and another one takes the list', async ({
    desk,
    bridge,
}) => {
    const closed = closedFolder();
    try {
        await go(desk, '#/list/complaint');
        await bridge.post('/host/answers', { save_place: join(closed.path, '投诉.xlsx') });
        await desk.keyboard.press('Control+e');
        await expect(problem(desk)).toContainText('不能写入');
        await expect(problem(desk)).toContainText('数据没有改动');
        await bridge.post('/host/answers', { save_place: join(bridge.folder, '投诉.xlsx') });
        await desk.keyboard.press('Control+e');
        await expect(desk.getByText(/已导出 120 条/)).toBeVisible();
    } finally {
        closed.end();
    }
});

test('a ledger that another program holds is left alone, and opens when that one closes', async ({
    page,
    bridge,
    faults,
}) => {
    expect(faults.found).toEqual([]);
    await bridge.call('status');
    const second = await Bridge.start({ folder: bridge.folder });
    await on(page, second);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('台账正开着');
    await expect(page.getByRole('alert')).toContainText('数据正被另一个程序使用');
    await expect(page.getByRole('alert')).toContainText('数据没有改动');
    await expectAccessible(page);
    const answered = page.waitForResponse(/open_again/);
    await page.getByRole('button', { name: '再试一次' }).click();
    await answered;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('台账正开着');
    bridge.kill();
    await expect.poll(() => ended(bridge)).toBe(true);
    await page.getByRole('button', { name: '再试一次' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('今日');
    expect(await complaints(second)).toBe(120);
    await leave(page);
    second.kill();
});

test('a record that an undo took away meanwhile: the words stay as a draft', async ({
    desk,
    bridge,
}) => {
    const made = await bridge.call<{ uuid: string }>('add_record', {
        register: 'person',
        values: { name: '沈若兰' },
    });
    await go(desk, `#/record/person/${made.uuid}/edit`);
    await typeIn(desk, 'remark', '常来反映问题的老住户');
    await bridge.call('undo');
    await desk.keyboard.press('Control+s');
    await expect(problem(desk)).toContainText('回收站');
    await expect(input(desk, 'remark')).toHaveValue('常来反映问题的老住户');
    await expect.poll(() => drafts(bridge)).toContain('常来反映问题的老住户');
    await bridge.call('restore_record', { register: 'person', record: made.uuid });
    await desk.keyboard.press('Control+s');
    await expect(desk.locator('.entry-bar, [role=dialog]').first()).toBeVisible();
});

test('a step on a case that was moved on meanwhile loses no word', async ({ desk, bridge }) => {
    const { uuid } = await firstOf(bridge, 'complaint', [
        { field: 'state', op: '=', value: 'accepted' },
    ]);
    await go(desk, `#/record/complaint/${uuid}`);
    await desk.keyboard.press('Control+Enter');
    const dialog = desk.getByRole('dialog');
    await input(desk, 'handler').fill('赵永福');
    await bridge.call('take_step', {
        register: 'complaint',
        record: uuid,
        step: 'start_investigation',
        values: { handler: '李敏' },
    });
    await desk.keyboard.press('Control+s');
    await expect(dialog.getByRole('alert').or(dialog.locator('.clash')).first()).toBeVisible();
    await expect(input(desk, 'handler')).toHaveValue('赵永福');
    await desk.keyboard.press('Control+s');
    await expect(dialog.getByRole('alert')).toContainText('当前状态是“调查中”');
    await expect(input(desk, 'handler')).toHaveValue('赵永福');
    const now = await bridge.call<{ values: { handler: string } }>('get_record', {
        register: 'complaint',
        record: uuid,
    });
    expect(now.values.handler).toBe('李敏');
});

/** A smallest picture, so that a thumbnail is asked for. */
const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
);

test('an attachment whose file is gone says so in its tile, on opening and on saving', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await firstOf(bridge, 'person');
    const photo = join(bridge.folder, '阳台渗水.png');
    writeFileSync(photo, PNG);
    await bridge.post('/host/answers', { pick_files: [photo] });
    const ask = { register: 'person', record: uuid };
    const before = filesBelow(join(bridge.folder, 'office'));
    await bridge.call('attach_files', ask);
    const kept = filesBelow(join(bridge.folder, 'office')).filter((f) => !before.includes(f));
    for (const file of kept) if (file.includes('attachments')) rmSync(file);

    await go(desk, `#/record/person/${uuid}`);
    const tile = desk.locator('.tile');
    await expect(tile).toContainText('图片不在了');
    await expect(tile).toContainText('附件文件丢失：阳台渗水.png');
    await expectAccessible(desk);
    await tile.getByRole('button', { name: '打开附件：阳台渗水.png' }).click();
    await expect(desk.locator('.problem')).toContainText('记录没有改动，请从备份找回该文件');
    await desk.keyboard.press('Escape');
    await expect(desk.locator('.problem')).toHaveCount(0);
    await tile.getByRole('button', { name: '更多' }).click();
    await desk.getByRole('menuitem', { name: '另存为…' }).click();
    await expect(desk.locator('.problem')).toContainText('附件文件丢失：阳台渗水.png');
    expect(await bridge.call<unknown[]>('attachments_of', ask)).toHaveLength(1);
});

test('a kept paper whose file is gone says so, and the record of it stays', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await firstOf(bridge, 'paper');
    type Paper = { values: { file: string; paper_number: string; title: string } };
    const { values } = await bridge.call<Paper>('get_record', { register: 'paper', record: uuid });
    for (const file of filesBelow(join(bridge.folder, 'office')))
        if (file.endsWith(values.file)) rmSync(file);
    await go(desk, `#/record/paper/${uuid}`);
    await desk.getByRole('button', { name: '打开文书' }).click();
    const dialog = desk.getByRole('dialog');
    await expect(dialog.getByRole('alert')).toContainText(
        `文件丢失：${values.paper_number}-${values.title}`,
    );
    await expect(dialog.getByRole('alert')).toContainText('请从备份找回');
    await expectAccessible(desk);
    await desk.keyboard.press('Control+s');
    await expect(dialog.getByRole('alert')).toContainText('文件丢失');
});

test('a printer that does not answer leaves nothing recorded as printed', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await firstOf(bridge, 'complaint', [
        { field: 'state', op: '=', value: 'registered' },
    ]);
    const printed = async (): Promise<string[]> => {
        const papers = await bridge.call<{ values: { status: string } }[]>('papers', {
            record: uuid,
        });
        return papers.map((paper) => paper.values.status).filter((status) => status !== 'void');
    };
    const before = await printed();
    await bridge.post('/host/answers', { refuses: true });
    await go(desk, `#/record/complaint/${uuid}`);
    await desk.keyboard.press('Control+p');
    const dialog = desk.getByRole('dialog');
    await dialog.locator('canvas').first().waitFor();
    await desk.keyboard.press('Enter');
    const told = dialog.getByRole('alert');
    await expect(told).toContainText('打印机没有应答');
    await expect(told).toContainText('没有记为已打印');
    await expect(told).toContainText('存为 PDF');
    expect(await printed()).toEqual(before);
    await bridge.post('/host/answers', { refuses: false });
    await dialog.getByRole('button', { name: /^打印 / }).click();
    await expect(dialog).toHaveCount(0);
    expect(await printed()).toHaveLength(before.length + 1);
});

test('a program that ends under the typing is said, and opened again it offers the draft', async ({
    page,
    faults,
}) => {
    const first = await Bridge.start({ demo: 20 });
    await on(page, first);
    await openNew(page);
    await typeIn(page, 'content', '厨房顶板又有水迹');
    await expect.poll(() => drafts(first)).toContain('厨房顶板又有水迹');
    first.kill();
    await typeIn(page, 'demand', '尽快修好');
    await expect(page.locator('.problem')).toContainText('草稿没有存上：程序没有回应');
    await page.keyboard.press('Control+s');
    const told = page.locator('.entry-bar [role=alert]');
    await expect(told).toContainText('没有存上：程序没有回应');
    await expect(told).toContainText('先不要关程序');
    await expect(input(page, 'content')).toHaveValue('厨房顶板又有水迹');
    await expect(input(page, 'demand')).toHaveValue('尽快修好');
    // Other pages say it too, and the way back to the words is open.
    await expectAccessible(page);

    const second = await Bridge.start({ folder: first.folder });
    await on(page, second);
    await expect(page.locator('main')).toContainText('草稿');
    await go(page, '#/list/complaint/new');
    await page.getByRole('button', { name: /^找回/ }).click();
    await expect(input(page, 'content')).toHaveValue('厨房顶板又有水迹');
    await page.keyboard.press('Control+s');
    await expect(page).toHaveURL(/#\/record\/complaint\//);
    await leave(page);
    await second.stop();
    // The browser notes each question that nobody answers.
    const own = faults.found.filter((fault) => !fault.includes('net::ERR_'));
    faults.found.splice(0, faults.found.length, ...own);
});

test('files on their way are stopped: none is hung on the record, and it is said', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await firstOf(bridge, 'person');
    const [photo, slow, last] = ['一.png', '二.png', '三.png'].map((n) => join(bridge.folder, n));
    writeFileSync(photo!, PNG);
    writeFileSync(last!, PNG);
    // A file that is not there yet to the last byte: reading it waits until somebody writes.
    execFileSync('mkfifo', [slow!]);
    await bridge.post('/host/answers', { pick_files: [photo, slow, last] });
    await go(desk, `#/record/person/${uuid}`);
    await desk.keyboard.press('Control+o');
    const panel = desk.locator('#attachments');
    await panel.getByRole('button', { name: '停下' }).click();
    closeSync(openSync(slow!, 'w'));
    await expect(desk.getByText('已停下，没有添加附件。').first()).toBeVisible();
    await expect(panel.locator('.tile')).toHaveCount(0);
    const ask = { register: 'person', record: uuid };
    expect(await bridge.call<unknown[]>('attachments_of', ask)).toEqual([]);
});
