// Measures the list in Chromium: from a key or click to painted rows, beside the bare command in the
// same page. Prints lines for docs/EVIDENCE.md; asserts nothing and is no part of the gate.
//
//   node e2e/bench/list.mjs FOLDER [ROUNDS]
//
// FOLDER holds `office` as `cargo run --release -p tests --example measure_registers -- COUNT FOLDER none`
// leaves it. TAIZHANG_BRIDGE names the bridge (build it with --release), TAIZHANG_DIST the built page.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';

const root = resolve(import.meta.dirname, '../../..');
const bridge = process.env['TAIZHANG_BRIDGE'] ?? `${root}/target/release/desk_bridge`;
const dist = process.env['TAIZHANG_DIST'] ?? `${root}/ui/dist`;
const [folder, rounds = '15'] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder of an office');

const words = ['--folder', folder, '--dist', dist, '--now', '2026-11-20T09:12'];
const child = spawn(bridge, words, { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: child.stdout });
const { url } = JSON.parse(await new Promise((done) => lines.once('line', done)));
const browser = await chromium.launch({
    executablePath: process.env['TAIZHANG_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1366, height: 690 }, locale: 'zh-CN' });
/** In the page: does something, waits until the rows are others and painted. */
await page.addInitScript({
    content: `
    window.bench = {
        rows: () => [...document.querySelectorAll('.list-grid .ag-row')].map((r) => r.textContent).join('|'),
        filled: () => [...document.querySelectorAll('.list-grid .ag-row .number')].some((n) => n.textContent),
        async painted(act) {
            const before = bench.rows();
            const begin = performance.now();
            act();
            for (;;) {
                await new Promise((next) => requestAnimationFrame(next));
                if (bench.rows() !== before && bench.filled()) break;
                if (performance.now() - begin > 20000) throw new Error('nothing changed');
            }
            // After the frame in which the rows stand.
            await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
            return performance.now() - begin;
        },
        async bare(ask) {
            const begin = performance.now();
            await window.__TAURI_INTERNALS__.invoke('list_records', { ask });
            return performance.now() - begin;
        },
        settled: () => new Promise((next) => setTimeout(next, 1500)),
    };`,
});

await page.goto(`${url}#/list/complaint`);
await page.locator('.totals .part').first().waitFor({ timeout: 120_000 });

function middle(times) {
    const sorted = [...times].sort((a, b) => a - b);
    return { half: sorted[Math.floor(sorted.length / 2)], worst: sorted.at(-1) };
}

async function measure(name, act, ask) {
    const shown = [];
    const bare = [];
    // Each begins with the whole list in its usual order.
    await page.locator('.views .view').first().click();
    await page.evaluate(() => window.bench.settled());
    for (let round = 0; round < Number(rounds); round += 1) {
        const one = typeof ask === 'function' ? ask(round) : ask;
        bare.push(await page.evaluate((it) => window.bench.bare(it), one));
        shown.push(await page.evaluate(`(${act})(${round})`));
        await page.evaluate(() => window.bench.settled());
    }
    const [page_, command] = [middle(shown), middle(bare)];
    const figure = (ms) => ms.toFixed(0).padStart(5);
    console.log(
        `${name}: rows painted after ${figure(page_.half)} ms (worst ${figure(page_.worst)}), ` +
            `command alone ${figure(command.half)} ms (worst ${figure(command.worst)}), ` +
            `ratio ${(page_.half / command.half).toFixed(2)}`,
    );
}

const usual = {
    register: 'complaint',
    text: null,
    offset: 0,
    limit: 200,
    count: false,
    unmask: false,
};
const head = (column) =>
    `document.querySelector('.list-grid .ag-header-cell[col-id="${column}"] .column-head').click()`;

await measure('sort by number', `() => window.bench.painted(() => ${head('number')})`, (round) => ({
    ...usual,
    filters: [],
    sort: [[], ['number'], ['-number']][(round + 1) % 3],
}));
await measure('sort by state', `() => window.bench.painted(() => ${head('state')})`, (round) => ({
    ...usual,
    filters: [],
    sort: [[], ['state'], ['-state']][(round + 1) % 3],
}));
await measure(
    'view of open cases, and back',
    `(round) => window.bench.painted(() => document.querySelectorAll('.views .view')[round % 2 === 0 ? 2 : 0].click())`,
    (round) => ({
        ...usual,
        filters: round % 2 === 0 ? [{ field: '@closed', op: '=', value: 'no' }] : [],
        sort: ['-received_at'],
    }),
);
await measure(
    'scroll to another block',
    `(round) => window.bench.painted(() => {
        document.querySelector('.list-grid .ag-grid-viewport').scrollTop = ((round % 10) * 400 + 300) * 32;
    })`,
    (round) => ({
        ...usual,
        filters: [],
        sort: ['-received_at'],
        offset: Math.floor(((round % 10) * 400 + 300) / 200) * 200,
    }),
);

await browser.close();
child.stdin.end();
