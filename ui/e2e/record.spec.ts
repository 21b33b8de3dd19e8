// The page of a record: every step of a complaint by keyboard, refusals, waivers, conflicts, undo,
// attachments, history, personal data, hostile texts.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { Bridge, expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';

interface Row {
    uuid: string;
    number: string | null;
    state: string | null;
    row_version: number;
    values: Record<string, unknown>;
    shown: Record<string, string>;
}

/** A complaint in a state. */
async function inState(bridge: Bridge, state: string): Promise<Row> {
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
        register: 'complaint',
        filters: [{ field: 'state', op: '=', value: state }],
        limit: 1,
    });
    const row = rows[0];
    if (row === undefined) throw new Error(`no complaint in ${state}`);
    return row;
}

function recordOf(bridge: Bridge, uuid: string): Promise<Row> {
    return bridge.call<Row>('get_record', { register: 'complaint', record: uuid });
}

/** Opens the page of a record. */
async function open(page: Page, register: string, uuid: string): Promise<void> {
    await page.evaluate((hash) => (location.hash = hash), `#/record/${register}/${uuid}`);
    await expect(page.locator('.record .panel').first()).toBeVisible();
}

/** Fills the open dialog by keyboard alone: types where the cursor stands, Enter goes on. */
async function fill(page: Page, answers: Record<string, string>): Promise<void> {
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    // Back to the first field, wherever the dialog began.
    let before = '';
    for (;;) {
        const at = await focused(page);
        if (at === before) break;
        before = at;
        await page.keyboard.press('Shift+Enter');
    }
    before = '';
    for (;;) {
        const at = await focused(page);
        if (at === before) break;
        before = at;
        const answer = answers[at];
        if (answer !== undefined) await type(page, answer);
        await page.keyboard.press('Enter');
    }
}

function focused(page: Page): Promise<string> {
    return page.evaluate(
        () => document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? '',
    );
}

/** Types into the field that has the cursor: a row of choices takes the digit of the choice. */
async function type(page: Page, answer: string): Promise<void> {
    const row = await page.evaluate(() => {
        const group = document.activeElement?.closest('[role=radiogroup]');
        return group ? [...group.children].map((one) => one.textContent?.trim() ?? '') : null;
    });
    if (row === null) {
        await page.keyboard.press('Control+A');
        await page.keyboard.insertText(answer);
        return;
    }
    const place = row.indexOf(answer);
    expect(place, `${answer} in ${row.join()}`).toBeGreaterThanOrEqual(0);
    await page.keyboard.press(String(place + 1));
}

/** Takes the next step by keyboard. */
async function takeNext(page: Page, act: string, answers: Record<string, string>): Promise<void> {
    await expect(page.locator('.way .primary')).toContainText(act);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toContainText(act);
    await fill(page, answers);
    await page.keyboard.press('Control+S');
    await expect(page.getByRole('dialog')).toBeHidden();
}

function stateMark(page: Page): Locator {
    return page.locator('.page-head .state');
}

test('every step of a complaint is taken by keyboard, from registered to archived', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await inState(bridge, 'registered');
    await open(desk, 'complaint', uuid);

    await takeNext(desk, '受理投诉', {
        class: '工程质量',
        grade: '一般性投诉',
        department: '工程部',
        acceptor: '王海燕',
    });
    await expect(stateMark(desk)).toHaveText('已受理');
    await takeNext(desk, '开始调查', { handler: '赵永福' });
    await expect(stateMark(desk)).toHaveText('调查中');
    await takeNext(desk, '登记处理意见', {
        facts: '现场查看属实',
        liability: '施工',
        opinion: '重做防水层，费用由我方承担',
        due_on: '2026.11.25',
    });
    await expect(stateMark(desk)).toHaveText('处理方案');
    await takeNext(desk, '征求投诉人意见', {});
    await expect(stateMark(desk)).toHaveText('待客户确认');
    await takeNext(desk, '登记投诉人同意', { customer_opinion: '同意' });
    await expect(stateMark(desk)).toHaveText('处理中');
    await takeNext(desk, '登记处理完毕', { result: '防水已重做', department_head: '陈立群' });
    // Arranging the visit follows by itself.
    await expect(stateMark(desk)).toHaveText('待回访');
    await takeNext(desk, '登记回访', {
        visitor: '王海燕',
        visit_mode: '电话回访',
        satisfaction: '满意',
        occurred_at: '今天',
    });
    await expect(stateMark(desk)).toHaveText('已回访');
    await takeNext(desk, '归档', {
        'waive-archive_list': '纸质材料已齐，负责人同意',
        'waive-scans_back': '原件在档案盒内，负责人同意',
    });
    await expect(stateMark(desk)).toHaveText('已归档');
    expect((await recordOf(bridge, uuid)).state).toBe('archived');
    await expect(desk.locator('.way')).toContainText('没有下一步要办');
});

test('a refusal stands beside its field and what was typed stays', async ({ desk, bridge }) => {
    const { uuid } = await inState(bridge, 'registered');
    await open(desk, 'complaint', uuid);
    await desk.keyboard.press('Control+Enter');
    await fill(desk, { acceptor: '王海燕', occurred_at: '2027-01-05' });
    await desk.keyboard.press('Control+S');
    const dialog = desk.getByRole('dialog');
    await expect(dialog.getByRole('alert')).toContainText('还没有办');
    const grade = dialog.locator('[data-field=grade]');
    await expect(grade.locator('.field-fault')).toContainText('必填');
    await expect(dialog.locator('[data-field=occurred_at] .field-fault')).toContainText(
        '2027-01-05',
    );
    await expect(dialog.locator('[data-field=acceptor] input')).toHaveValue('王海燕');
    // The cursor is in the first field that is wrong.
    expect(await focused(desk)).toBe('grade');

    await fill(desk, { grade: '一般性投诉', department: '工程部', occurred_at: '2026-1-5' });
    await desk.keyboard.press('Control+S');
    // Before the complaint itself: refused by the program, nothing is lost.
    await expect(dialog.getByRole('alert')).toContainText('请核对日期先后');
    await expect(dialog.locator('[data-field=acceptor] input')).toHaveValue('王海燕');
    await expect(dialog.locator('[data-field=occurred_at] input')).toHaveValue('2026-01-05');
    expect((await recordOf(bridge, uuid)).state).toBe('registered');
});

test('what is missing is a way into its field, and the button goes to the first', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await inState(bridge, 'visit_due');
    await open(desk, 'complaint', uuid);
    const bar = desk.locator('.way');
    await expect(bar).toContainText('还缺');
    await bar.getByRole('button', { name: '回访方式' }).click();
    await expect.poll(() => focused(desk)).toBe('visit_mode');
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('dialog')).toBeHidden();
    await bar.locator('.primary').click();
    await expect.poll(() => focused(desk)).toBe('visitor');
    await desk.keyboard.press('Escape');
    await desk.getByRole('button', { name: '待填：满意度' }).click();
    await expect.poll(() => focused(desk)).toBe('satisfaction');
});

test('a condition is waived with a reason only, and the reason stands in the course', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await inState(bridge, 'visited');
    await open(desk, 'complaint', uuid);
    await desk.keyboard.press('Control+Enter');
    const dialog = desk.getByRole('dialog');
    await expect(dialog).toContainText('还有签字表没有收回');
    await desk.keyboard.press('Control+S');
    await expect(dialog.getByRole('alert')).toContainText('还不能办理');
    await expect.poll(() => focused(desk)).toMatch(/^waive-/);
    await fill(desk, {
        'waive-archive_list': '材料另册保存',
        'waive-scans_back': '签字表遗失，负责人陈立群同意',
    });
    await desk.keyboard.press('Control+S');
    await expect(stateMark(desk)).toHaveText('已归档');
    await expect(desk.locator('#course')).toContainText('签字表遗失，负责人陈立群同意');
});

test('a record that changed under the typing asks which value counts', async ({ desk, bridge }) => {
    const { uuid } = await inState(bridge, 'investigating');
    await open(desk, 'complaint', uuid);
    await desk.keyboard.press('Control+Enter');
    await fill(desk, { facts: '我查到的事实', opinion: '我的处理意见', liability: '施工' });
    await bridge.call('edit_record', {
        register: 'complaint',
        record: uuid,
        values: { facts: '别人写的事实', remark: '补记' },
    });
    await desk.keyboard.press('Control+S');
    const dialog = desk.getByRole('dialog');
    const clash = dialog.locator('.clash');
    await expect(clash).toContainText('这条记录刚才改过。填的内容没有丢，请对照后选用哪一份');
    await expect(clash).toContainText('我查到的事实');
    await expect(clash).toContainText('别人写的事实');
    await expect(dialog.locator('[data-field=opinion] :is(input, textarea)')).toHaveValue(
        '我的处理意见',
    );
    await clash.getByRole('radio', { name: /现在记着的/ }).check();
    await desk.keyboard.press('Control+S');
    await expect(stateMark(desk)).toHaveText('处理方案');
    const { values } = await recordOf(bridge, uuid);
    expect(values['facts']).toBe('别人写的事实');
    expect(values['opinion']).toBe('我的处理意见');
});

test('a step is undone and redone from the page, in words', async ({ desk, bridge }) => {
    const { uuid } = await inState(bridge, 'accepted');
    await open(desk, 'complaint', uuid);
    await takeNext(desk, '开始调查', { handler: '赵永福' });
    await expect(stateMark(desk)).toHaveText('调查中');
    await desk.getByRole('button', { name: '更多', exact: true }).first().click();
    await desk.getByRole('menuitem', { name: '撤销这一条的“开始调查”' }).click();
    await expect(stateMark(desk)).toHaveText('已受理');
    await desk.getByRole('button', { name: '更多', exact: true }).first().click();
    await desk.getByRole('menuitem', { name: /重做“/ }).click();
    await expect(stateMark(desk)).toHaveText('调查中');
    // From the changes: the older op is refused with its reason beside it.
    await desk
        .locator('#course')
        .getByRole('button', { name: /修改记录/ })
        .click();
    const accepted = desk.locator('#course li').filter({ hasText: '受理' }).last();
    await accepted.getByRole('button', { name: /撤销这一步/ }).click();
    await expect(accepted.getByRole('alert')).toContainText('先撤销');
});

test('what was typed for a step is kept as a draft and taken up again', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await inState(bridge, 'handling');
    await open(desk, 'complaint', uuid);
    await desk.keyboard.press('Control+Enter');
    await fill(desk, { result: '防水已重做，待验收' });
    const dialog = desk.getByRole('dialog');
    await desk.keyboard.press('Escape');
    await expect(dialog).toContainText('已填的内容还没有办');
    await desk.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await desk.reload();
    await open(desk, 'complaint', uuid);
    await desk.keyboard.press('Control+Enter');
    await dialog.getByRole('button', { name: '接着填' }).click();
    await expect(dialog.locator('[data-field=result] :is(input, textarea)')).toHaveValue(
        '防水已重做，待验收',
    );
    await fill(desk, { department_head: '陈立群' });
    await desk.keyboard.press('Control+S');
    await expect(stateMark(desk)).toHaveText('待回访');
    await expect.poll(() => bridge.call('drafts')).toEqual([]);
});

test('a change stands in the history as old and new, with who and when', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await inState(bridge, 'handling');
    const before = (await recordOf(bridge, uuid)).shown['location'] ?? '';
    await bridge.call('edit_record', {
        register: 'complaint',
        record: uuid,
        values: { location: '7 号楼 1 单元 301 室' },
    });
    await open(desk, 'complaint', uuid);
    const course = desk.locator('#course');
    await course.getByRole('button', { name: /修改记录/ }).click();
    const newest = course.locator('li').first();
    await expect(newest.locator('del')).toHaveText(before);
    await expect(newest.locator('ins')).toHaveText('7 号楼 1 单元 301 室');
    await expect(newest).toContainText('录入于 11-20 09:1');
});

test('personal data stands masked; showing it is noted in the history', async ({
    desk,
    bridge,
}) => {
    const { uuid, shown } = await inState(bridge, 'visit_due');
    const whole = await bridge.call<Row>('get_record', {
        register: 'complaint',
        record: uuid,
        unmask: true,
    });
    const name = whole.shown['complainant_name'] ?? '';
    expect(shown['complainant_name']).toContain('*');
    await open(desk, 'complaint', uuid);
    await expect(desk.locator('main')).not.toContainText(name);
    await desk.getByRole('button', { name: '显示', exact: true }).click();
    await expect(desk.locator('.cells').nth(1)).toContainText(name);
    await desk
        .locator('#course')
        .getByRole('button', { name: /修改记录/ })
        .click();
    await expect(desk.locator('#course li').first()).toContainText('个人信息');
});

test('hostile texts in every field are shown as texts', async ({ desk, bridge }) => {
    const hostile =
        '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{7*7}}${7*7}';
    const { uuid } = await inState(bridge, 'investigating');
    const { registers } = await bridge.call<{
        registers: { id: string; fields: { id: string; kind: string; read_only: boolean }[] }[];
    }>('catalog');
    const fields = registers.find((one) => one.id === 'complaint')?.fields ?? [];
    const texts = fields.filter(
        (field) => ['text', 'long_text', 'person'].includes(field.kind) && !field.read_only,
    );
    await bridge.call('edit_record', {
        register: 'complaint',
        record: uuid,
        values: Object.fromEntries(texts.map((field) => [field.id, hostile])),
    });
    await bridge.call('take_step', {
        register: 'complaint',
        record: uuid,
        step: 'note',
        text: hostile,
        person: hostile,
    });
    await open(desk, 'complaint', uuid);
    await expect(desk.locator('.block').first()).toContainText('<img src=x');
    await desk
        .locator('#course')
        .getByRole('button', { name: /修改记录/ })
        .click();
    await expect(desk.locator('#course')).toContainText('<script>');
    await desk.keyboard.press('Control+Enter');
    await expect(desk.getByRole('dialog')).toBeVisible();
    await desk.waitForTimeout(200);
    expect(await desk.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
    await desk.keyboard.press('Escape');
    await expectNoSidewaysScroll(desk);
});

test('the page and its dialog have no finding of axe and fit the window', async ({
    desk,
    bridge,
}) => {
    for (const state of ['draft', 'visit_due', 'visited', 'archived']) {
        const { uuid } = await inState(bridge, state);
        await open(desk, 'complaint', uuid);
        await expect(desk.locator('#course')).toBeVisible();
        await expectAccessible(desk);
        await expectNoSidewaysScroll(desk);
        const head = await desk.locator('.way').boundingBox();
        expect(head!.y + head!.height).toBeLessThan(260);
    }
    const { uuid } = await inState(bridge, 'visited');
    await open(desk, 'complaint', uuid);
    await desk.keyboard.press('Control+Enter');
    await desk.keyboard.press('Control+S');
    await expect(desk.getByRole('dialog').getByRole('alert')).toBeVisible();
    await expectAccessible(desk);
    const box = await desk.getByRole('dialog').boundingBox();
    expect(box!.y).toBeGreaterThanOrEqual(0);
    expect(box!.y + box!.height).toBeLessThanOrEqual(690);
});

test('records of every register have their page', async ({ desk, bridge }) => {
    for (const register of ['project', 'customer', 'person', 'department', 'paper']) {
        const { rows } = await bridge.call<{ rows: Row[] }>('list_records', { register, limit: 1 });
        const row = rows[0];
        if (row === undefined) continue;
        await open(desk, register, row.uuid);
        await expect(desk.locator('.record h1')).not.toBeEmpty();
        await expect(desk.locator('.block').first()).toBeVisible();
        await expectAccessible(desk);
        await expectNoSidewaysScroll(desk);
    }
});

/** A picture of one colour, 3 × 2 points. */
const PICTURE = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR42mNYESYFQQxwFgBFCAaRaffAQwAAAABJRU5ErkJggg==',
    'base64',
);

function attachments(page: Page): Locator {
    return page.locator('#attachments');
}

test('files come by the dialog and by a drop, pictures stand small, and each can be opened, saved, renamed and removed', async ({
    desk,
    bridge,
}) => {
    const photo = join(bridge.folder, '厨房顶板㛃𬭎.png');
    const sound = join(bridge.folder, '来电录音.mp3');
    writeFileSync(photo, PICTURE);
    writeFileSync(sound, 'ID3');
    const { uuid } = await inState(bridge, 'registered');
    await open(desk, 'complaint', uuid);
    const tiles = attachments(desk).locator('.tile');
    const before = await tiles.count();

    await bridge.post('/host/answers', { pick_files: [photo] });
    await desk.keyboard.press('Control+O');
    await expect(tiles).toHaveCount(before + 1);
    const tile = tiles.filter({ hasText: '厨房顶板㛃𬭎.png' });
    await expect(tile.locator('img')).toBeVisible();
    expect(
        await tile.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth),
    ).toBeGreaterThan(0);

    await bridge.post('/host/drop', { paths: [sound] });
    // Sheets of this case may be out: then it is asked what the file is.
    const asked = desk.getByRole('button', { name: '加为附件' });
    await expect(asked.or(tiles.filter({ hasText: '来电录音.mp3' })).first()).toBeVisible();
    if (await asked.isVisible()) await asked.click();
    await expect(tiles.filter({ hasText: '来电录音.mp3' })).toContainText('录音');

    await tile.getByRole('button', { name: '打开附件' }).click();
    const copy = join(bridge.folder, '另存.png');
    await bridge.post('/host/answers', { save_place: copy });
    await tile.getByRole('button', { name: '更多' }).click();
    await desk.getByRole('menuitem', { name: '另存为…' }).click();
    await expect.poll(() => readdirSync(bridge.folder)).toContain('另存.png');
    expect(readFileSync(copy).equals(PICTURE)).toBe(true);
    expect(JSON.stringify(await bridge.log())).toContain('厨房顶板');

    await tile.getByRole('button', { name: '更多' }).click();
    await desk.getByRole('menuitem', { name: '改名称、写说明…' }).click();
    await fill(desk, { note: '顶板水迹' });
    await desk.keyboard.press('Control+S');
    const named = tiles.filter({ hasText: '顶板水迹' });
    await expect(named).toHaveCount(1);

    await named.getByRole('button', { name: '更多' }).click();
    await desk.getByRole('menuitem', { name: '放进回收站…' }).click();
    await expect(desk.getByRole('dialog')).toContainText('回收站里可以找到');
    await desk.getByRole('dialog').getByRole('button', { name: '放进回收站' }).click();
    await expect(tiles).toHaveCount(before + 1);
    await expectAccessible(desk);
});

test('a picture whose file is gone says so, and the page goes on', async ({ desk, bridge }) => {
    const photo = join(bridge.folder, '水迹.png');
    writeFileSync(photo, PICTURE);
    const { uuid } = await inState(bridge, 'registered');
    await bridge.post('/host/answers', { pick_files: [photo] });
    const ask = { register: 'complaint', record: uuid };
    const [added] = await bridge.call<Row[]>('attach_files', ask);
    const file = String(added?.values['file']);
    rmSync(join(bridge.folder, 'office', 'attachments', file.slice(0, 2), file));
    await open(desk, 'complaint', uuid);
    const tile = attachments(desk).locator('.tile').filter({ hasText: '水迹.png' });
    await expect(tile).toContainText('图片不在了');
    await expect(tile).toContainText('记录没有改动，请从备份找回');
});

test('a signed sheet comes back by the dialog, by a drop, or need not', async ({
    desk,
    bridge,
}) => {
    const scan = join(bridge.folder, '扫描件.png');
    writeFileSync(scan, PICTURE);
    const { uuid } = await inState(bridge, 'visit_due');
    await open(desk, 'complaint', uuid);
    const papers = desk.locator('#papers');
    const out = papers.locator('.state.out');
    await expect(out).toHaveCount(3);
    await expect(out.first()).toHaveText(/打印未收回 \d+ 天/);
    await bridge.post('/host/answers', { pick_files: [scan] });
    await papers
        .getByRole('button', { name: /^收回扫描件/ })
        .first()
        .click();
    await expect(out).toHaveCount(2);
    await bridge.post('/host/drop', { paths: [scan] });
    await desk
        .getByRole('button', { name: /^收回《/ })
        .first()
        .click();
    await expect(out).toHaveCount(1);
    await papers.getByRole('button', { name: /^不用收回/ }).click();
    await expect(out).toHaveCount(0);
    await expect(papers).toContainText('不用收回');
});

test('a record goes to the recycle bin and comes back', async ({ desk, bridge }) => {
    const { uuid } = await inState(bridge, 'draft');
    await open(desk, 'complaint', uuid);
    await desk.getByRole('button', { name: '更多', exact: true }).first().click();
    await desk.getByRole('menuitem', { name: '放进回收站…' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '放进回收站' }).click();
    await expect(desk).toHaveURL(/list\/complaint/);
    await open(desk, 'complaint', uuid);
    await desk.getByRole('button', { name: '恢复', exact: true }).click();
    await expect(desk.locator('.way')).toBeVisible();
});

test('a deadline says how it was counted and is put off with approver and reason', async ({
    desk,
    bridge,
}) => {
    const { uuid } = await inState(bridge, 'visit_due');
    await open(desk, 'complaint', uuid);
    const panel = desk.locator('[aria-labelledby=deadline-title]');
    await expect(panel.locator('.large')).toHaveText('还剩 2 个工作日');
    await panel.getByRole('button', { name: '怎么算的' }).click();
    await expect(panel).toContainText('规则 R-10');
    await panel.getByRole('button', { name: '延期' }).click();
    await fill(desk, { until: '2026-11-30', person: '陈立群', text: '投诉人外出，约定 30 日回访' });
    await desk.keyboard.press('Control+S');
    await expect(desk.getByRole('dialog')).toBeHidden();
    await expect(desk.locator('#course')).toContainText('约定 30 日回访');
    await expect(panel.locator('.large')).not.toHaveText('还剩 2 个工作日');
});

test('the neighbours in the list are one key away', async ({ desk, bridge }) => {
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
        register: 'complaint',
        filters: [],
        limit: 1,
    });
    expect(rows).toHaveLength(1);
    await desk.evaluate(() => (location.hash = '#/list/complaint'));
    await desk.locator('[role=row][row-index="1"]').first().dblclick();
    const head = desk.locator('.page-head');
    await expect(head).toContainText('第 2 /');
    const second = await head.locator('h1').textContent();
    await desk.keyboard.press('Alt+ArrowDown');
    await expect(head).toContainText('第 3 /');
    await expect(head.locator('h1')).not.toHaveText(second ?? '');
    await desk.keyboard.press('Alt+ArrowUp');
    await expect(head.locator('h1')).toHaveText(second ?? '');
});
