// Texts that want to be programs, in every field of every register that takes text: they are seen as
// texts on every page, nothing of them runs, and nothing of them reaches outside.
import type { Page } from '@playwright/test';
import { Bridge, Faults, NOW, expect, shiftClock, test as base } from './desk';
import { closeOver, follow, go, offerLedger, STOPS, whole } from './pages';

const HOSTILE = [
    '<img src=x onerror=window.__hit=1>',
    '"><script>window.__hit=1</script>',
    'javascript:window.__hit=1',
    `{{constructor.constructor('window.__hit=1')()}}`,
    '=HYPERLINK("http://x/","点")',
    `'-(window.__hit=1)-'\${window.__hit=1}`,
    '\u202E反写\u2066\u200B零宽\u200D',
    '䶮㛃𬭎𠅤',
];
/** All of them in one line: what a field of one line takes. */
const LINE = HOSTILE.join(' ').slice(0, 200);
/** What is looked for on each page: short, so that a cell of a list shows all of it. */
const MARK = '<img src=x';
const LONG = `${HOSTILE.join('\n')}\n`.padEnd(20_000, '长');

interface FieldView {
    id: string;
    kind: string;
    read_only: boolean;
    list: string | null;
    max_chars: number | null;
    lines: string | null;
    column: { width: number; hidden: boolean } | null;
}
interface RegisterView {
    id: string;
    parent: string | null;
    internal: boolean;
    fields: FieldView[];
}
interface Row {
    uuid: string;
    state: string | null;
    lines?: Record<string, { uuid: string }[]>;
}

const TEXTS = new Set(['text', 'person', 'long_text']);
/** Their form is checked by the program, so that nothing hostile fits. */
const CHECKED = new Set(['number_pattern']);

function textsOf(register: RegisterView): Record<string, string> {
    const takes = register.fields.filter(
        (field) => TEXTS.has(field.kind) && !field.read_only && !CHECKED.has(field.id),
    );
    return Object.fromEntries(
        takes.map((field) => [
            field.id,
            field.kind === 'long_text' ? LONG : LINE.slice(0, field.max_chars ?? 200),
        ]),
    );
}

/** Writes hostile texts into every field of every record that pages show. */
async function spoil(bridge: Bridge): Promise<Record<string, number>> {
    const { registers } = await bridge.call<{ registers: RegisterView[] }>('catalog');
    const spoilt: Record<string, number> = {};
    for (const register of registers.filter((r) => r.parent === null && !r.internal)) {
        const texts = textsOf(register);
        const values: Record<string, unknown> = { ...texts };
        for (const table of register.fields.filter((field) => field.lines !== null)) {
            const lines = registers.find((one) => one.id === table.lines);
            // What happened to a case is written by its steps alone.
            if (lines !== undefined && lines.id !== 'complaint_action')
                values[table.id] = [textsOf(lines)];
        }
        const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
            register: register.id,
            limit: 200,
        });
        for (const row of onePerState(rows))
            await bridge
                .call('edit_record', {
                    register: register.id,
                    record: row.uuid,
                    // Codes and names that must differ keep a sign of their own.
                    values: unlike(values, spoilt[register.id] ?? 0),
                    reason: LINE,
                })
                .then(() => (spoilt[register.id] = (spoilt[register.id] ?? 0) + 1));
        const columns = register.fields.filter((field) => field.column !== null);
        await bridge.call('save_preference', {
            key: `list.${register.id}.columns`,
            value: columns.map((field) => ({ id: field.id, width: 120 })),
        });
    }
    return spoilt;
}

/** Of a case the first in each state, which is the one that pages open; of other registers all. */
function onePerState(rows: readonly Row[]): Row[] {
    const states = new Set<string>();
    return rows.filter(({ state }) => {
        if (state === null) return true;
        const fresh = !states.has(state);
        states.add(state);
        return fresh;
    });
}

function unlike(values: Record<string, unknown>, sign: number): Record<string, unknown> {
    const own = { ...values };
    for (const id of ['name', 'code'])
        if (typeof own[id] === 'string') own[id] = `${own[id].slice(0, 180)} ${sign}`;
    return own;
}

/** Texts beside the fields: steps, reasons, attachments, drafts, phrases, views, rules. */
async function spoilTheRest(bridge: Bridge): Promise<void> {
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
        register: 'complaint',
        limit: 200,
    });
    for (const row of onePerState(rows).filter(({ state }) => state !== 'draft'))
        await bridge
            .call('take_step', {
                register: 'complaint',
                record: row.uuid,
                step: 'note',
                text: LONG,
                person: LINE,
            })
            // A closed case takes no note.
            .catch(() => undefined);
    const first = rows[0]?.uuid ?? '';
    await bridge.call('add_phrase', { register: 'complaint', field: 'content', text: LINE });
    await bridge.call('save_draft', {
        key: 'new:customer',
        register: 'customer',
        record: null,
        body: { values: { name: LINE, remark: LONG } },
        saved_at: '',
    });
    await bridge.call('save_preference', {
        key: 'list.complaint.views',
        value: [{ id: 'own-1', label: LINE.slice(0, 40), filters: [], sort: [], columns: null }],
    });
    await bridge.call('delete_record', {
        register: 'customer',
        record: await lastOf(bridge, 'customer'),
        reason: LINE,
    });
    await bridge.call('print_and_keep', {
        form: 'F-01',
        records: [first],
        filters: [],
        blank: false,
        values: {},
        filler: LINE,
        merge: true,
        trial: false,
    });
}

async function lastOf(bridge: Bridge, register: string): Promise<string> {
    const made = await bridge.call<Row>('add_record', {
        register,
        values: { name: `${LINE.slice(0, 150)} 弃` },
    });
    return made.uuid;
}

/** One office full of such texts for all of a worker. */
const test = base.extend<object, { spoilt: Bridge }>({
    spoilt: [
        async ({}, use) => {
            const bridge = await Bridge.start({ demo: 60 });
            const counts = await spoil(bridge);
            for (const register of [
                'office',
                'project',
                'complaint',
                'customer',
                'person',
                'department',
            ])
                expect(counts[register], register).toBeGreaterThan(0);
            await spoilTheRest(bridge);
            await use(bridge);
            await bridge.stop();
        },
        { scope: 'worker', timeout: 300_000 },
    ],
});

/** Notes dialogs of the browser, other pages that open, and questions to elsewhere. */
function watchOutside(page: Page, bridge: Bridge): string[] {
    const found: string[] = [];
    page.on('dialog', (dialog) => {
        found.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
    });
    page.context().on('page', (other) => found.push(`page: ${other.url()}`));
    const own = new URL(bridge.url).origin;
    page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(own) && !url.startsWith('blob:') && !url.startsWith('data:'))
            found.push(`request: ${url}`);
    });
    return found;
}

const hit = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(window, '__hit'));

/** Pages on which a text of a record has no place. */
const WITHOUT = new Set([
    'settings-rules',
    'settings-calendar',
    'settings-forms',
    'settings-look',
    'settings-backup',
    'settings-imports',
    'keys',
    'list-empty-by-filters',
    'list-paper',
    'record-paper',
    'import',
    'new-project',
    'new-person',
    'new-department',
]);

test('on every page hostile texts are seen as texts and nothing runs', async ({ page, spoilt }) => {
    test.setTimeout(180_000);
    const faults = await Faults.watch(page);
    const outside = watchOutside(page, spoilt);
    follow(page);
    await page.addInitScript(shiftClock, Date.parse(`${NOW}:00+08:00`));
    await page.goto(spoilt.url);
    await page.locator('main').waitFor();
    await whole(page);
    const unseen: string[] = [];
    for (const stop of STOPS) {
        if (stop.name.startsWith('import-')) continue;
        await stop.open(page, spoilt);
        const text = await page.evaluate(() => {
            const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')];
            return document.body.innerText + fields.map((field) => field.value).join('\n');
        });
        if (!text.includes(MARK) && !WITHOUT.has(stop.name)) unseen.push(stop.name);
        expect(await hit(page), stop.name).toBeUndefined();
        expect(faults.found, stop.name).toEqual([]);
        expect(await page.locator('main img[src="x"], main script').count(), stop.name).toBe(0);
        await closeOver(page);
    }
    expect(unseen).toEqual([]);
    expect(outside).toEqual([]);
});

test('the whole history, a search and a hostile ledger run nothing', async ({ page, spoilt }) => {
    const faults = await Faults.watch(page);
    const outside = watchOutside(page, spoilt);
    await page.goto(spoilt.url);
    await page.locator('main').waitFor();
    const { rows } = await spoilt.call<{ rows: Row[] }>('list_records', {
        register: 'complaint',
        filters: [{ field: 'state', op: '=', value: 'visit_due' }],
        limit: 1,
    });
    await go(page, `#/record/complaint/${rows[0]?.uuid ?? ''}`);
    const course = page.locator('#course');
    await expect(course).toContainText(MARK);
    await course.getByRole('button', { name: /修改记录/ }).click();
    await expect(course.locator('ins').first()).toBeVisible();
    await page.getByRole('button', { name: '显示', exact: true }).click();
    await whole(page);

    await page.keyboard.press('Control+K');
    await page.keyboard.insertText('<img src=x onerror');
    await expect(page.locator('[role=option] mark').first()).toHaveText('<img');
    await page.keyboard.press('Escape');

    const cells = (at: number): string => HOSTILE[at % HOSTILE.length]!;
    await offerLedger(
        spoilt,
        Array.from({ length: 16 }, (_, at) => [
            String(at),
            at % 2 === 0 ? '2026-03-05' : cells(at),
            cells(at + 1),
            cells(at + 2),
            cells(at + 3),
            cells(at + 4),
            cells(at + 5),
        ]),
    );
    await go(page, '#/import/complaint');
    await page.getByRole('button', { name: '选台账文件' }).click();
    for (const label of ['要看一眼的', '各列对应', '会写进的']) {
        await page.getByRole('tab', { name: label }).click();
        await whole(page);
        expect(await hit(page), label).toBeUndefined();
    }
    expect(faults.found).toEqual([]);
    expect(outside).toEqual([]);
});

test('a page that takes such a text for a program would be noticed', async ({ page }) => {
    const found: string[] = [];
    page.on('dialog', (dialog) => {
        found.push(dialog.message());
        void dialog.dismiss();
    });
    await page.setContent('<main></main>');
    await page.evaluate(
        (texts) => (document.querySelector('main')!.innerHTML = texts.join('')),
        HOSTILE,
    );
    await expect.poll(() => hit(page)).toBe(1);
});

test('the content policy stops such a text even where a page would take it for a program', async ({
    page,
    bridge,
}) => {
    const faults = await Faults.watch(page);
    await page.goto(bridge.url);
    await page.locator('main').waitFor();
    await page.evaluate(
        (texts) => document.querySelector('main')!.insertAdjacentHTML('beforeend', texts.join('')),
        HOSTILE,
    );
    await expect.poll(() => faults.found.join()).toContain('policy: script-src');
    expect(await hit(page)).toBeUndefined();
});
