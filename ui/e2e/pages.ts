// Every page of the window and how it is opened in an office with records: for the claims that hold on
// all of them. A page without records is among them where it looks different.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from '@playwright/test';
import { PARTS } from '../src/pages/settings/parts';
import type { Bridge } from './desk';

/** A page and how it is opened. */
export interface Stop {
    name: string;
    open: (page: Page, bridge: Bridge) => Promise<void>;
}

interface Row {
    uuid: string;
    shown: Record<string, string>;
}

/** Registers that have a list. */
export const LISTED = ['project', 'complaint', 'customer', 'person', 'department', 'paper'];

const open = new WeakMap<Page, Set<Request>>();

/** Follows what a page asks for, files and commands, so that {@link whole} knows when it has all. */
export function follow(page: Page): Set<Request> {
    const asked = new Set<Request>();
    open.set(page, asked);
    page.on('request', (request) => {
        // Events are waited for as long as the page stands.
        if (!request.url().includes('/host/events')) asked.add(request);
    });
    page.on('requestfinished', (request) => asked.delete(request));
    page.on('requestfailed', (request) => asked.delete(request));
    return asked;
}

/** Waits until the page has asked everything and has drawn the answers. */
export async function whole(page: Page): Promise<void> {
    const asked = open.get(page) ?? follow(page);
    for (let still = 0; still < 3; still += 1) {
        await page.evaluate(async () => {
            const frame = (): Promise<number> => new Promise((next) => requestAnimationFrame(next));
            await frame();
            await frame();
        });
        const waits = await page.locator('.ag-row-loading, .wait progress').count();
        if (asked.size > 0 || waits > 0) still = -1;
    }
}

/** Goes to an address within the window; what stood over the page before is gone. */
export async function go(page: Page, hash: string): Promise<void> {
    await page.evaluate(
        ([to, away]) => {
            // The same address anew is another page only by way of one between.
            if (location.hash === to) location.hash = away!;
            location.hash = to!;
        },
        [hash, '#/settings/look'],
    );
    await whole(page);
}

/** The first record of a register that fits. */
export async function firstOf(
    bridge: Bridge,
    register: string,
    filters: { field: string; op: string; value?: string }[] = [],
): Promise<Row> {
    const ask = { register, filters, limit: 1 };
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', ask);
    if (rows[0] === undefined) throw new Error(`no ${register} fits ${JSON.stringify(filters)}`);
    return rows[0];
}

function complaintIn(bridge: Bridge, state: string): Promise<Row> {
    return firstOf(bridge, 'complaint', [{ field: 'state', op: '=', value: state }]);
}

async function toRecord(page: Page, bridge: Bridge, state: string): Promise<void> {
    await go(page, `#/record/complaint/${(await complaintIn(bridge, state)).uuid}`);
    await page.locator('#course').waitFor();
}

const ledger = (bridge: Bridge): string => join(bridge.folder, '旧台账.csv');

/** An old ledger with a good row and a bad one, ready for the next file dialog. */
export async function offerLedger(bridge: Bridge, rows: readonly string[][]): Promise<void> {
    const head = ['序号', '投诉时间', '投诉人', '联系电话', '工程名称', '投诉内容', '处理结果'];
    const quoted = [head, ...rows].map((row) =>
        row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
    );
    writeFileSync(ledger(bridge), `\uFEFF${quoted.join('\r\n')}\r\n`);
    await bridge.post('/host/answers', { pick_files: [ledger(bridge)] });
}

const STATES = ['draft', 'registered', 'visit_due', 'archived'];

function lists(): Stop[] {
    return LISTED.map((register) => ({
        name: `list-${register}`,
        open: async (page) => {
            await go(page, `#/list/${register}`);
            await page.locator('.ag-row').first().waitFor();
        },
    }));
}

function records(): Stop[] {
    const cases = STATES.map((state) => ({
        name: `record-${state}`,
        open: (page: Page, bridge: Bridge) => toRecord(page, bridge, state),
    }));
    const others = LISTED.filter((register) => register !== 'complaint').map((register) => ({
        name: `record-${register}`,
        open: async (page: Page, bridge: Bridge) => {
            await go(page, `#/record/${register}/${(await firstOf(bridge, register)).uuid}`);
            await page.locator('.record h1').waitFor();
        },
    }));
    return [...cases, ...others];
}

function entries(): Stop[] {
    return LISTED.filter((register) => register !== 'paper').map((register) => ({
        name: `new-${register}`,
        open: async (page) => {
            await go(page, `#/list/${register}/new`);
            await page.locator('[data-field]').first().waitFor();
        },
    }));
}

function settings(): Stop[] {
    return PARTS.map(({ id }) => ({
        name: `settings-${id}`,
        open: (page) => go(page, `#/settings/${id}`),
    }));
}

/** What opens over a page. */
const OVER: Stop[] = [
    {
        name: 'list-more-filters',
        open: async (page) => {
            await go(page, '#/list/complaint');
            await page.getByRole('button', { name: '筛选更多' }).click();
            await whole(page);
        },
    },
    {
        name: 'list-columns',
        open: async (page) => {
            await go(page, '#/list/complaint');
            await page.getByRole('button', { name: '列设置' }).click();
            await whole(page);
        },
    },
    {
        name: 'list-empty-by-filters',
        open: (page) => go(page, `#/list/complaint?text=${encodeURIComponent('没有这样的字')}`),
    },
    {
        name: 'step',
        open: async (page, bridge) => {
            await toRecord(page, bridge, 'visit_due');
            await page.keyboard.press('Control+Enter');
            await page.getByRole('dialog').waitFor();
            await whole(page);
        },
    },
    {
        name: 'edit',
        open: async (page, bridge) => {
            const { uuid } = await complaintIn(bridge, 'handling');
            await go(page, `#/record/complaint/${uuid}/edit`);
            await page.locator('[data-field]').first().waitFor();
        },
    },
    {
        name: 'print',
        open: async (page, bridge) => {
            await toRecord(page, bridge, 'visit_due');
            await page.keyboard.press('Control+P');
            await page.getByRole('dialog').locator('canvas').first().waitFor();
            await whole(page);
        },
    },
    {
        name: 'kept-paper',
        open: async (page, bridge) => {
            await go(page, `#/record/paper/${(await firstOf(bridge, 'paper')).uuid}`);
            await page.getByRole('button', { name: '打开文书' }).click();
            await page.getByRole('dialog').locator('canvas').first().waitFor();
            await whole(page);
        },
    },
    { name: 'import', open: (page) => go(page, '#/import/complaint') },
    {
        name: 'import-seen',
        open: async (page, bridge) => {
            await offerLedger(bridge, [
                ['1', '2026-03-05', '何玉珍', '13800010002', '', '厨房顶板渗水', '已修好'],
                ['2', '三月里', '王小明', '138000', '', '', ''],
            ]);
            await go(page, '#/import/complaint');
            await page.getByRole('button', { name: '选台账文件' }).click();
            await page.getByRole('tablist').waitFor();
            await whole(page);
        },
    },
    {
        name: 'import-findings',
        open: (page) => tab(page, '要看一眼的'),
    },
    {
        name: 'import-columns',
        open: (page) => tab(page, '各列对应'),
    },
    {
        name: 'search',
        open: async (page) => {
            await go(page, '#/');
            await page.keyboard.press('Control+K');
            await page.keyboard.insertText('渗');
            await page.locator('[role=option] mark').first().waitFor();
            await whole(page);
        },
    },
    {
        name: 'keys',
        open: async (page) => {
            await go(page, '#/list/complaint');
            await page.keyboard.press('F1');
            await page.getByRole('dialog').waitFor();
        },
    },
];

/** On from the page before: another tab of what was found in a ledger. */
async function tab(page: Page, label: string): Promise<void> {
    await page.getByRole('tab', { name: label }).click();
    await whole(page);
}

/** Closes what stands over the page, as Esc does; a page of its own stays. */
export async function closeOver(page: Page): Promise<void> {
    for (let most = 0; most < 3; most += 1) {
        const over = page.locator(
            '[role=dialog], dialog[open], [role=combobox][aria-expanded=true]',
        );
        if ((await over.count()) === 0) return;
        await page.keyboard.press('Escape');
        await whole(page);
    }
}

/** All of them, in the order in which a clerk meets them. */
export const STOPS: readonly Stop[] = [
    { name: 'today', open: (page) => go(page, '#/') },
    ...lists(),
    ...records(),
    ...entries(),
    ...OVER,
    ...settings(),
];
