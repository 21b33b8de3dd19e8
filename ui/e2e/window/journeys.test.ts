// The clerk's day in the real window: an office is founded, a complaint is taken by keyboard, a file
// is attached, a form is seen and printed; the program is closed, killed and opened again.
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { KEY, until, type Session } from './driver';
import { Home, Program, Screen } from './program';

/** A picture that is in the tree already. */
const PICTURE = resolve(import.meta.dirname, '../../../docs/img/F-02.png');
const OFFICE = '云岫建设集团有限公司第三工程管理部';
// The driver types no character beyond the first plane; those are the other journeys' matter.
const CONTENT = '厨房顶板又有水迹，䶮㛃';

let screen: Screen;
let home: Home;
let program: Program;

/** The page of the running program. */
const page = (): Session => program.session;

async function start(): Promise<void> {
    program = await Program.start(screen, home);
    await page().find('h1');
    await page().run(() => {
        const found: string[] = [];
        Reflect.set(window, 'violations', found);
        addEventListener('securitypolicyviolation', (event) => {
            found.push(`${event.violatedDirective} ${event.blockedURI}`);
        });
    });
}

beforeAll(async () => {
    screen = await Screen.open();
    home = new Home();
    await start();
});

afterEach(async () => {
    const found = await page().run(() => Reflect.get(window, 'violations') as string[]);
    expect(found).toEqual([]);
});

afterAll(async () => {
    await program.end();
    screen.close();
    home.remove();
});

interface Row {
    uuid: string;
    number: string | null;
    state: string | null;
    values: Record<string, unknown>;
}

async function complaints(): Promise<Row[]> {
    const asked = { register: 'complaint', sort: ['-created_at'], limit: 10, unmask: true };
    return (await page().ask<{ rows: Row[] }>('list_records', asked)).rows;
}

/** Waits until there is something, asked of the program. */
async function some<T>(what: string, ask: () => Promise<T[]>): Promise<T[]> {
    return until(what, async () => {
        const found = await ask();
        return found.length > 0 ? found : undefined;
    });
}

test('the first start asks for the office', async () => {
    await page().shows('就可以登记');
    await program.picture('first-run');
});

test('an office founded by keyboard is there after the program was closed and opened', async () => {
    for (const answer of [OFFICE, 'yx03', '郁书初', '云岫花园二期', 'xm01', '', '']) {
        if (answer !== '') await page().type(answer);
        await page().keys(KEY.enter);
    }
    await until('the last button', async () =>
        (await page().run(() => document.activeElement?.textContent?.includes('建立台账')))
            ? true
            : undefined,
    );
    await page().keys(KEY.enter);
    await page().shows('还没有投诉');
    await program.close();
    expect(home.log().trimEnd()).toMatch(/end$/);
    await start();
    const { office } = await page().ask<{ office: { name: string } }>('status');
    expect(office.name).toBe(OFFICE);
    await page().shows('今日');
    await program.picture('today-empty');
});

test('a second start is said in the first window', async () => {
    const second = await program.again();
    expect(second.code).toBe(0);
    await page().shows('没有再开一个窗口');
});

test('a complaint is taken by keyboard alone and gets its number', async () => {
    await page().go('#/list/complaint/new');
    await until('the cursor in the first field', async () =>
        (await page().field()) === 'channel' ? true : undefined,
    );
    await page().keys('1', KEY.enter);
    await page().type('何玉珍');
    await page().keys(KEY.enter, KEY.enter);
    await page().type('13900426217');
    await page().keys(KEY.enter, KEY.enter, KEY.enter);
    expect(await page().field()).toBe('project');
    await page().type('XM01');
    await page().find('[role=option]');
    await page().keys(KEY.enter);
    await until('the next field', async () =>
        (await page().field()) === 'location' ? true : undefined,
    );
    await page().type('5-2-1102');
    await page().keys(KEY.enter, KEY.enter, KEY.enter);
    expect(await page().field()).toBe('content');
    await page().type(CONTENT);
    await page().keys(`${KEY.control}s`);
    // It is written first and gets its number by the step that follows.
    const [row] = await some('the complaint with its number', async () =>
        (await complaints()).filter((one) => one.number !== null),
    );
    expect(row?.number).toMatch(/^TS-\d{4}-XM01-0001$/);
    expect(row?.values).toMatchObject({ complainant_name: '何玉珍', content: CONTENT });
    await page().shows(row?.number ?? '');
    await program.picture('record');
});

test('a file chosen in the dialog is attached and seen small', async () => {
    const photo = join(home.folder, '现场 照片#1.png');
    copyFileSync(PICTURE, photo);
    home.answer('pick_files', photo);
    await page().find('section#attachments');
    await page().keys(`${KEY.control}o`);
    const tile = 'section#attachments img';
    await page().find(tile);
    await until('the picture', async () =>
        (await page().run(
            (css: string) => (document.querySelector<HTMLImageElement>(css)?.naturalWidth ?? 0) > 0,
            tile,
        ))
            ? true
            : undefined,
    );
    expect(home.asked().filter((line) => line.startsWith('pick_files'))).toHaveLength(1);
});

test('a file that falls on the window is attached', async () => {
    const note = join(home.folder, '录音说明.txt');
    copyFileSync(PICTURE, note);
    home.drop(note);
    await page().shows('录音说明.txt');
});

test('a form is seen before it is printed, and printed by the system’s viewer', async () => {
    await page().find('section#attachments img');
    await page().keys(`${KEY.control}p`);
    await page().find('dialog [data-drawn=true]');
    const dark = await page().run(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('dialog [data-drawn] canvas');
        const context = canvas?.getContext('2d');
        if (!canvas || !context) return 0;
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) count += 1;
        return count;
    });
    expect(dark).toBeGreaterThan(1000);
    await program.picture('paper');
    await page().keys(KEY.enter);
    await some('the printed file', async () =>
        home.asked().filter((line) => /^print_file .*\.pdf$/.test(line)),
    );
    expect((await page().ask<unknown[]>('papers', {})).length).toBe(1);
    await page().keys(KEY.escape);
});

/** Begins a second complaint. */
async function beginAnother(name: string): Promise<void> {
    await page().go('#/list/complaint/new');
    await until('the cursor in the first field', async () =>
        (await page().field()) === 'channel' ? true : undefined,
    );
    await page().keys('1', KEY.enter);
    await page().type(name);
}

interface Draft {
    key: string;
    body: unknown;
}

const drafts = (): Promise<Draft[]> => page().ask<Draft[]>('drafts');

test('a killed program loses no draft', async () => {
    await beginAnother('闻人听溪');
    await some('the draft', drafts);
    await program.kill();
    await start();
    const [kept] = await drafts();
    expect(JSON.stringify(kept?.body)).toContain('闻人听溪');
    await page().go('#/list/complaint/new');
    await page().shows('的草稿还在');
    await program.picture('draft');
    expect(await complaints()).toHaveLength(1);
    await page().ask('drop_draft', { key: kept?.key });
});

test('a window that is closed at once keeps what was just typed', async () => {
    await page().go('#/');
    await page().shows('今日要办');
    await beginAnother('桑澜');
    // Sooner than a draft is kept by itself.
    await program.close();
    await start();
    const [kept] = await drafts();
    expect(JSON.stringify(kept?.body)).toContain('桑澜');
});
