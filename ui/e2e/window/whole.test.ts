// The whole way of a complaint in the real window, by keyboard alone: taken by telephone, worked to
// archived, printed, found again. Counts what is pressed beside the words, and every mouse event.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY, until, type Session } from './driver';
import { Home, Program, Screen } from './program';

let screen: Screen;
let home: Home;
let program: Program;
let presses = 0;

const page = (): Session => program.session;

beforeAll(async () => {
    screen = await Screen.open();
    home = new Home();
    program = await Program.start(screen, home);
    await page().find('h1');
    await page().ask('found_office', {
        name: '云岫建设集团有限公司第三工程管理部',
        code: 'YX03',
        operator: '王海燕',
        project: { name: '云岫花园二期', code: 'XM01' },
    });
    await page().ask('add_record', { register: 'department', values: { name: '工程部' } });
    await page().run(() => location.reload());
    await page().shows('还没有投诉');
    await page().run(() => {
        const mouse: string[] = [];
        Reflect.set(window, 'mouse', mouse);
        for (const kind of ['pointerdown', 'mousedown', 'mousemove', 'wheel'])
            addEventListener(kind, () => mouse.push(kind), { capture: true });
    });
});

afterAll(async () => {
    await program.end();
    screen.close();
    home.remove();
});

/** One key, or a chord. */
async function press(key: string): Promise<void> {
    presses += 1;
    await page().keys(key);
}

/** The words of the complaint: what no program can spare its clerk. */
function words(text: string): Promise<void> {
    return page().type(text);
}

function atField(field: string): Promise<boolean> {
    return until(`the cursor in ${field}`, async () =>
        (await page().field()) === field ? true : undefined,
    );
}

/** Answers where the cursor stands: a row of choices by its digit, everything else by words. */
async function answer(text: string): Promise<void> {
    const row = await page().run(() => {
        const group = document.activeElement?.closest('[role=radiogroup]');
        return group ? [...group.children].map((one) => one.textContent?.trim() ?? '') : null;
    });
    if (row === null) return words(text);
    expect(row).toContain(text);
    await press(String(row.indexOf(text) + 1));
}

/** Takes the next step: opens it, answers what it asks from field to field, does it. */
async function step(act: string, answers: Record<string, string>): Promise<void> {
    const shown = `“${act}” as the next step`;
    await until(shown, async () =>
        (await page().run(
            (words: string) =>
                document.querySelector('.way .primary')?.textContent?.includes(words),
            act,
        ))
            ? true
            : undefined,
    );
    const left = new Set(Object.keys(answers));
    await press(`${KEY.control}${KEY.enter}`);
    await page().find(left.size > 0 ? '[role=dialog] [data-field]' : '[role=dialog]');
    let before = '';
    while (left.size > 0) {
        const at = await page().field();
        expect(at, `${act}: ${[...left].join()}`).not.toBe(before);
        before = at;
        const text = answers[at];
        if (text !== undefined && left.delete(at)) await answer(text);
        if (left.size > 0) await press(KEY.enter);
    }
    await press(`${KEY.control}s`);
    await until(`${act} to be done`, async () =>
        (await page().run(() => document.querySelector('[role=dialog]') === null))
            ? true
            : undefined,
    );
}

/** A day from today, as people type it. */
function inDays(count: number): string {
    const day = new Date(Date.now() + count * 86_400_000);
    return `${day.getFullYear()}.${day.getMonth() + 1}.${day.getDate()}`;
}

test('a complaint is taken, worked to archived, printed and found again without a mouse', async () => {
    // From the page of the day to the entry.
    await press(`${KEY.alt}2`);
    await page().shows('投诉');
    await until('the list', async () =>
        (await page().run(() => location.hash.startsWith('#/list/complaint'))) ? true : undefined,
    );
    await press(`${KEY.control}n`);
    await atField('channel');
    await press('1');
    await press(KEY.enter);
    await words('何玉珍');
    await press(KEY.enter);
    await press(KEY.enter);
    await words('13900426217');
    await press(KEY.enter);
    await press(KEY.enter);
    await press(KEY.enter);
    await atField('project');
    await words('XM01');
    await page().find('[role=option]');
    await press(KEY.enter);
    await atField('location');
    await words('5-2-1102');
    for (const field of ['class', 'urgent', 'content']) {
        await press(KEY.enter);
        await atField(field);
    }
    await words('厨房顶板又有水迹');
    await press(`${KEY.control}s`);
    await until('the record', async () =>
        (await page().run(() => location.hash.startsWith('#/record/complaint/')))
            ? true
            : undefined,
    );
    const taken = presses;

    await step('受理投诉', {
        grade: '一般性投诉',
        department: '工程部',
        acceptor: '王海燕',
    });
    await step('开始调查', { handler: '赵永福' });
    await step('登记处理意见', {
        facts: '现场查看属实',
        liability: '施工',
        opinion: '重做防水层，费用由我方承担',
        due_on: inDays(4),
    });
    await step('征求投诉人意见', {});
    await step('登记投诉人同意', { customer_opinion: '同意' });
    await step('登记处理完毕', { result: '防水已重做', department_head: '陈立群' });
    await step('登记回访', {
        visitor: '王海燕',
        visit_mode: '电话回访',
        satisfaction: '满意',
    });
    await step('归档', {
        'waive-archive_list': '纸质材料已齐，负责人同意',
    });
    await page().shows('没有下一步要办');
    const worked = presses;

    await press(`${KEY.control}p`);
    await page().find('dialog [data-drawn=true]');
    await press(KEY.enter);
    await until('the printed file', async () =>
        home.asked().some((line) => /^print_file .*\.pdf$/.test(line)) ? true : undefined,
    );
    await press(KEY.escape);
    const printed = presses;

    await press(`${KEY.alt}1`);
    await press(`${KEY.control}k`);
    await words('6217');
    await page().find('[role=option]');
    await press(KEY.enter);
    await until('the record', async () =>
        (await page().run(() => location.hash.startsWith('#/record/complaint/')))
            ? true
            : undefined,
    );
    await page().shows('已归档');
    await program.picture('whole');

    // The figures of docs/EVIDENCE.md; fewer are welcome there.
    expect([taken, worked - taken, printed - worked, presses - printed]).toEqual([14, 32, 3, 3]);
    expect(await page().run(() => Reflect.get(window, 'mouse') as string[])).toEqual([]);
});
