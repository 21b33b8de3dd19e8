// What holds on every page, at both sizes of window and both ends of the type: no finding of axe,
// nothing outside the window, nothing cut off, every control reached by Tab and seen to have the
// cursor, no English. With TAIZHANG_SHOTS the pages are drawn into that folder, to be looked at.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Bridge, Faults, NOW, expect, shiftClock, test as base } from './desk';
import { closeOver, follow, go, LISTED, STOPS, whole, type Stop } from './pages';
import { foreign, misfits, unreached } from './sights';

const SHOTS = process.env['TAIZHANG_SHOTS'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Rules whose verdict depends on sizes; the others say the same at every size. */
const BY_SIZE = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

const SIZES = [
    { width: 1366, height: 690 },
    { width: 1920, height: 900 },
];
const TYPES = [
    { id: 'standard', kept: null },
    { id: 'largest', kept: 'largest' },
];

/** One office with records and one without for all of a worker: these claims only look. */
const test = base.extend<object, { full: Bridge; empty: Bridge }>({
    full: [
        async ({}, use) => {
            const bridge = await Bridge.start({ demo: 60 });
            await bridge.call('backup');
            await bridge.call('save_draft', {
                key: 'new:person',
                register: 'person',
                record: null,
                body: { values: { name: '何玉珍' } },
                saved_at: '',
            });
            await use(bridge);
            await bridge.stop();
        },
        { scope: 'worker', timeout: 300_000 },
    ],
    empty: [
        async ({}, use) => {
            const bridge = await Bridge.start();
            await use(bridge);
            await bridge.stop();
        },
        { scope: 'worker' },
    ],
});

/** The pages of an office in which nothing is entered yet. */
const EMPTY: Stop[] = [
    { name: 'empty-today', open: (page) => go(page, '#/') },
    ...LISTED.map((register) => ({
        name: `empty-list-${register}`,
        open: (page: Page) => go(page, `#/list/${register}`),
    })),
    ...['departments', 'imports', 'drafts', 'backup'].map((part) => ({
        name: `empty-settings-${part}`,
        open: (page: Page) => go(page, `#/settings/${part}`),
    })),
    { name: 'empty-new', open: (page) => go(page, '#/list/complaint/new') },
];

async function axe(page: Page, rules: readonly string[] | null): Promise<string[]> {
    return page.evaluate(
        async ([tags, some]) => {
            const { axe } = window as unknown as {
                axe: {
                    run: (options: unknown) => Promise<{
                        violations: { id: string; nodes: { target: string[] }[] }[];
                    }>;
                };
            };
            const only = some ? { type: 'rule', values: some } : { type: 'tag', values: tags };
            const { violations } = await axe.run({ runOnly: only, resultTypes: ['violations'] });
            return violations.map(
                (v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`,
            );
        },
        [TAGS, rules] as const,
    );
}

/** Walks through pages and looks at each; every finding is told before the claim fails. */
async function sweep(page: Page, bridge: Bridge, stops: readonly Stop[], how: How): Promise<void> {
    for (const stop of stops) {
        await stop.open(page, bridge);
        const at = (what: string): string => `${stop.name}: ${what}`;
        if (SHOTS !== undefined)
            await page.screenshot({ path: join(SHOTS, `${stop.name}-${how.label}.png`) });
        expect.soft(await axe(page, how.first ? null : BY_SIZE), at('axe')).toEqual([]);
        expect.soft(await misfits(page), at('cut off or outside')).toEqual([]);
        if (how.first) {
            expect.soft(await foreign(page), at('English')).toEqual([]);
            const within = stop === stops[0] ? 'window' : 'page';
            expect.soft(await unreached(page, within), at('keyboard')).toEqual([]);
        }
        const next = stops[stops.indexOf(stop) + 1];
        if (next?.name.startsWith('import-') !== true) await closeOver(page);
    }
}

interface How {
    label: string;
    /** The size at which everything is looked at. */
    first: boolean;
}

/** A page on an office, watched for faults. */
async function begin(page: Page, bridge: Bridge): Promise<Faults> {
    const faults = await Faults.watch(page);
    await page.addInitScript(shiftClock, Date.parse(`${NOW}:00+08:00`));
    follow(page);
    await page.addInitScript(AXE);
    await page.goto(bridge.url);
    await page.locator('main, .first').first().waitFor();
    await whole(page);
    return faults;
}

for (const size of SIZES)
    for (const type of TYPES) {
        const how = {
            label: `${size.width}-${type.id}`,
            first: size.width === 1366 && type.kept === null,
        };
        test.describe(how.label, () => {
            test.use({ viewport: size });

            test('every page with records is whole, readable and reached by keyboard', async ({
                page,
                full,
            }) => {
                test.setTimeout(300_000);
                await full.call('save_preference', { key: 'type', value: type.kept });
                const faults = await begin(page, full);
                await sweep(page, full, STOPS, how);
                expect(faults.found).toEqual([]);
            });

            test('every page of an empty office teaches and is whole', async ({ page, empty }) => {
                test.setTimeout(120_000);
                const status = await empty.call<{ office: unknown }>('status');
                if (status.office === null) {
                    const faults = await begin(page, empty);
                    await sweep(page, empty, [{ name: 'first-run', open: whole }], how);
                    expect(faults.found).toEqual([]);
                    await empty.call('found_office', {
                        name: '某工程项目部',
                        code: 'XX',
                        operator: '张三',
                        project: null,
                    });
                    await page.reload();
                    await whole(page);
                } else await begin(page, empty);
                await empty.call('save_preference', { key: 'type', value: type.kept });
                await page.reload();
                await whole(page);
                await sweep(page, empty, EMPTY, how);
            });
        });
    }

test('what these claims look for is found where it is', async ({ page }) => {
    await page.setContent(`
        <style>
            .tight { width: 2rem; overflow: hidden; white-space: nowrap }
            .wide { width: 200vw }
            .blind:focus { outline: none }
        </style>
        <button class="tight">登记一件新的投诉</button>
        <button class="blind">存</button>
        <button title="Save">另存</button>
        <button onkeydown="event.key === 'Tab' && event.preventDefault()">拦住</button>
        <button>够不着</button>
        <p class="wide">TS-2026-XM01-0007 的 failed 记录</p>`);
    expect(await foreign(page)).toEqual([
        'failed in “TS-2026-XM01-0007 的 failed 记录”',
        'Save in “Save”',
    ]);
    expect((await misfits(page)).map((one) => one.split(':')[0])).toEqual([
        'the window',
        'cut off',
    ]);
    const keys = await unreached(page, 'window');
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^no sign of the cursor: .*blind/);
    expect(keys[1]).toMatch(/^not reached: .*够不着/);
});
