// What is typed is never lost: drafts that survive a killed program, Esc, a full disk, a newer version
// of the record, a closed case.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bridge, expect, expectAccessible, test } from './desk';
import {
    count,
    fillComplaint,
    focused,
    input,
    newest,
    openEdit,
    openNew,
    typeIn,
    type Row,
} from './entry';

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
