// The first run, by keyboard alone; the ways to a ledger that is there already; a ledger that cannot be opened.
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { Bridge, Faults, expect, expectAccessible, expectNoSidewaysScroll } from './desk';

/** A bridge without an office, and a page on it. */
const test = base.extend<{ bridge: Bridge; fresh: Page }>({
    bridge: async ({}, use) => {
        const bridge = await Bridge.start();
        await use(bridge);
        await bridge.stop();
    },
    fresh: async ({ page, bridge }, use) => {
        const faults = await Faults.watch(page);
        await page.goto(bridge.url);
        await page.locator('main').waitFor();
        await use(page);
        expect(faults.found).toEqual([]);
    },
});

async function type(page: Page, ...answers: string[]): Promise<void> {
    for (const answer of answers) {
        await page.keyboard.insertText(answer);
        await page.keyboard.press('Enter');
    }
}

test('three steps by Enter alone found an office with its project', async ({ fresh, bridge }) => {
    await expect(fresh.getByLabel('单位名称')).toBeFocused();
    await expect(fresh.getByRole('navigation')).toHaveCount(0);
    await expectAccessible(fresh);
    await expectNoSidewaysScroll(fresh);
    await type(fresh, '临江建设有限公司', 'lj01', '李敏');
    await expect(fresh.getByLabel('工程名称')).toBeFocused();
    await expectAccessible(fresh);
    await type(fresh, '云溪里䶮苑', 'xm07');
    await expect(fresh.locator('main')).toContainText('TS-2026-XM07-0001');
    await type(fresh, '安禾置业有限公司', '20260630');
    await expect(fresh.getByRole('button', { name: /建立台账，开始登记/ })).toBeFocused();
    await fresh.keyboard.press('Enter');
    await expect(fresh.locator('.due')).toContainText('还没有投诉');
    const office = await bridge.call('office');
    expect(office).toMatchObject({ name: '临江建设有限公司', code: 'LJ01', operator: '李敏' });
    const projects = await bridge.call<{ rows: { shown: Record<string, string> }[] }>(
        'list_records',
        {
            register: 'project',
        },
    );
    expect(projects.rows[0]?.shown).toMatchObject({ name: '云溪里䶮苑', code: 'XM07' });
});

test('the project may be left out', async ({ fresh, bridge }) => {
    await type(fresh, '临江建设有限公司', 'LJ01', '李敏');
    await fresh.getByRole('button', { name: '先不建工程' }).click();
    await fresh.keyboard.press('Enter');
    await expect(fresh.locator('.due')).toBeVisible();
    expect(await bridge.call('office')).toMatchObject({ projects: 0 });
});

test('what is missing is said under its field and the cursor goes there; the rest stays', async ({
    fresh,
}) => {
    await type(fresh, '临江建设有限公司', '临江', '李敏');
    const code = fresh.getByLabel('单位代码');
    await expect(code).toBeFocused();
    await expect(code).toHaveAttribute('aria-invalid', 'true');
    await expect(fresh.locator('main')).toContainText('单位代码只用字母和数字');
    await expect(fresh.getByLabel('单位名称')).toHaveValue('临江建设有限公司');
    await expectAccessible(fresh);
});

test('a date that is none is refused beside its field and nothing is founded', async ({
    fresh,
    bridge,
}) => {
    await type(fresh, '临江建设有限公司', 'LJ01', '李敏', '云溪里', 'XM07', '', '不知道哪天');
    await fresh.keyboard.press('Enter');
    await expect(fresh.getByLabel('竣工日期')).toHaveAttribute('aria-invalid', 'true');
    await expect(fresh.getByLabel('工程名称')).toHaveValue('云溪里');
    expect(await bridge.call('status')).toMatchObject({ office: null, can_found: true });
});

test('Enter that ends a composition does not leave the field', async ({ fresh }) => {
    const ime = await fresh.context().newCDPSession(fresh);
    await ime.send('Input.imeSetComposition', {
        text: 'linjiang',
        selectionStart: 8,
        selectionEnd: 8,
    });
    await fresh.keyboard.press('Enter');
    await expect(fresh.getByLabel('单位名称')).toBeFocused();
    await ime.send('Input.insertText', { text: '临江' });
    await expect(fresh.getByLabel('单位名称')).toHaveValue('临江');
    await fresh.keyboard.press('Enter');
    await expect(fresh.getByLabel('单位代码')).toBeFocused();
});

test('an old ledger is asked for again once the office stands', async ({ fresh }) => {
    await fresh.getByRole('button', { name: '导入 Excel' }).click();
    await expect(fresh.getByLabel('单位名称')).toBeFocused();
    await type(fresh, '临江建设有限公司', 'LJ01', '李敏', '云溪里', 'XM07', '', '');
    await fresh.getByRole('button', { name: /接着导入/ }).click();
    await expect(fresh).toHaveURL(/#\/import\/complaint/);
});

test('the invented ledger says that it is one, and leads back', async ({ page }) => {
    const faults = await Faults.watch(page);
    // Made beforehand: filling one takes longer than a journey may.
    const made = await Bridge.start({ demo: 120 });
    made.kill();
    renameSync(join(made.folder, 'office'), join(made.folder, 'demo'));
    const bridge = await Bridge.start({ folder: made.folder });
    try {
        await page.goto(bridge.url);
        await page.getByRole('button', { name: '打开示例' }).click();
        await expect(page.locator('.band')).toContainText('示例台账，登记的内容不是真的');
        await expect(page.locator('.due .line').first()).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: '回到正式台账' }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('先做三件事，就可以登记');
        expect(faults.found).toEqual([]);
    } finally {
        await bridge.stop();
    }
});

test('a folder that was handed over is opened as it is', async ({ fresh, bridge }) => {
    const other = await Bridge.start();
    await other.call('found_office', { name: '移交来的项目部', code: 'YJ01', operator: '王海燕' });
    other.kill();
    await bridge.post('/host/answers', { pick_folder: join(other.folder, 'office') });
    await fresh.getByRole('button', { name: '选择文件夹' }).click();
    await expect(fresh.locator('[data-area=top] .name')).toHaveText('移交来的项目部');
});

test('a damaged ledger is left as it is, and the page says the ways on', async ({ page }) => {
    const faults = await Faults.watch(page);
    const first = await Bridge.start();
    await first.call('found_office', { name: '临江建设有限公司', code: 'LJ01', operator: '李敏' });
    await first.call('backup');
    first.kill();
    const office = join(first.folder, 'office');
    const file = readdirSync(office).find((name) => name.endsWith('.db'))!;
    writeFileSync(join(office, file), '这不是台账'.repeat(400));
    const bridge = await Bridge.start({ folder: first.folder });
    try {
        await page.goto(bridge.url);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('台账打不开');
        await expect(page.getByRole('button', { name: '再试一次' })).toBeVisible();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await page.getByRole('button', { name: '再试一次' }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('台账打不开');
        await page.getByRole('button', { name: '恢复这一份' }).click();
        await page.getByRole('button', { name: '确实恢复到这一份' }).click();
        await expect(page.locator('[data-area=top] .name')).toHaveText('临江建设有限公司');
        expect(faults.found).toEqual([]);
    } finally {
        await bridge.stop();
    }
});

test('a ledger that another program has open is opened once that one has closed it', async ({
    page,
}) => {
    const holder = await Bridge.start();
    await holder.call('found_office', { name: '临江建设有限公司', code: 'LJ01', operator: '李敏' });

    const second = await Bridge.start({ folder: holder.folder });
    try {
        await page.goto(second.url);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('台账正开着');
        holder.kill();
        await page.getByRole('button', { name: '再试一次' }).click();
        await expect(page.locator('[data-area=top] .name')).toHaveText('临江建设有限公司');
    } finally {
        await second.stop();
    }
});
