// The ground of all journeys: a bridge with an office of its own folder, a page over it, and what
// must hold on every page: no violation of the content policy, no fault, no finding of axe.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

/** The moment at which all journeys happen: Friday, 20 November 2026. */
export const NOW = '2026-11-20T09:12';

const ROOT = resolve(import.meta.dirname, '../..');
const BRIDGE =
    process.env['TAIZHANG_BRIDGE'] ??
    join(process.env['CARGO_TARGET_DIR'] ?? join(ROOT, 'target'), 'debug/desk_bridge');
const DIST = process.env['TAIZHANG_DIST'] ?? join(ROOT, 'ui/dist');

/** A running bridge: the real dispatcher over one folder. */
export class Bridge {
    private constructor(
        private readonly child: ChildProcess,
        readonly folder: string,
        readonly url: string,
        readonly token: string,
    ) {}

    /** Starts one over a new folder (or the given one); with `demo`, on a demo office of so many complaints. */
    static async start(
        options: { demo?: number; now?: string; folder?: string } = {},
    ): Promise<Bridge> {
        const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'taizhang-'));
        const words = ['--folder', folder, '--dist', DIST, '--now', options.now ?? NOW];
        if (options.demo !== undefined) words.push('--demo', String(options.demo));
        const child = spawn(BRIDGE, words, { stdio: ['pipe', 'pipe', 'inherit'] });
        const lines = createInterface({ input: child.stdout });
        const first = await new Promise<string>((done, fail) => {
            lines.once('line', done);
            child.once('exit', (code) => fail(new Error(`the bridge ended with ${code}`)));
        });
        const said = JSON.parse(first) as { url: string; token: string };
        return new Bridge(child, folder, said.url, said.token);
    }

    /** Asks the program beside the page. */
    async call<T = unknown>(name: string, ask: unknown = {}): Promise<T> {
        const answer = await this.post(`/ipc/${name}`, { ask });
        if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
        return (await answer.json()) as T;
    }

    /** Any of the bridge's own addresses: `/host/answers`, `/host/drop`, `/clock`. */
    post(path: string, body: unknown): Promise<Response> {
        return fetch(new URL(path, this.url), {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-token': this.token },
            body: JSON.stringify(body),
        });
    }

    /** What the host was asked to do: files shown, files printed. */
    async log(): Promise<unknown> {
        const answer = await fetch(new URL('/host/log', this.url), {
            headers: { 'x-token': this.token },
        });
        return answer.json();
    }

    /** Ends it as a power cut would: nothing is closed. */
    kill(): void {
        this.child.kill('SIGKILL');
    }

    /** Ends it and removes its folder. */
    async stop(): Promise<void> {
        const ended = new Promise((done) => this.child.once('exit', done));
        this.child.stdin?.end();
        if (this.child.exitCode === null && this.child.signalCode === null) await ended;
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** Faults that a page showed: violations of the policy, uncaught errors. */
export class Faults {
    readonly found: string[] = [];

    static async watch(page: Page): Promise<Faults> {
        const faults = new Faults();
        page.on('pageerror', (error) => faults.found.push(`pageerror: ${error.message}`));
        page.on('console', (said) => {
            // A refused command answers 400, which the browser notes by itself; it also asks for an
            // icon that only a browser would show.
            const own = said.text().includes('status of 400');
            const icon = said.location().url.endsWith('/favicon.ico');
            if (said.type() === 'error' && !own && !icon)
                faults.found.push(`console: ${said.text()}`);
        });
        await page.exposeFunction('taizhangViolation', (what: string) => faults.found.push(what));
        await page.addInitScript(() => {
            addEventListener('securitypolicyviolation', (event) => {
                const tell = Reflect.get(window, 'taizhangViolation') as (what: string) => void;
                tell(`policy: ${event.violatedDirective} ${event.blockedURI}`);
            });
        });
        return faults;
    }
}

/**
 * Lets the page's day begin at a moment. It goes on from there: on a clock that stands still Vue loses
 * bubbling events, because it hands them only to listeners that are older than the event.
 */
export function shiftClock(begin: number): void {
    const Own = Date;
    const shift = begin - Own.now();
    globalThis.Date = new Proxy(Own, {
        construct: (_, args: [number?]) => new Own(args[0] ?? Own.now() + shift),
        get: (_, name) => (name === 'now' ? () => Own.now() + shift : Reflect.get(Own, name)),
    });
}

interface Desk {
    /** A demo office of 120 complaints, its own for each journey. */
    bridge: Bridge;
    /** A page on it; after the journey no fault may have been found. */
    desk: Page;
    /** What the page showed of faults so far. */
    faults: Faults;
}

export const test = base.extend<Desk & { demo: number | undefined; now: string }>({
    demo: [120, { option: true }],
    now: [NOW, { option: true }],
    // The first journey after a build fills the demo office that all later ones copy.
    bridge: [
        async ({ demo, now }, use) => {
            const bridge = await Bridge.start(demo === undefined ? { now } : { demo, now });
            await use(bridge);
            await bridge.stop();
        },
        { timeout: 300_000 },
    ],
    faults: async ({ page }, use) => {
        const faults = await Faults.watch(page);
        await use(faults);
        expect(faults.found).toEqual([]);
    },
    desk: async ({ page, bridge, faults }, use) => {
        expect(faults.found).toEqual([]);
        await page.addInitScript(shiftClock, Date.parse(`${NOW}:00+08:00`));
        await page.goto(bridge.url);
        await page.locator('main').waitFor();
        await use(page);
    },
});

export { expect };

/** No finding of axe on the page as it stands: WCAG 2.2 A and AA. */
export async function expectAccessible(page: Page): Promise<void> {
    const found = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
    const said = found.violations.map(
        (v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`,
    );
    expect(said).toEqual([]);
}

/** Nothing stands outside the window sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
    const wide = await page.evaluate(
        () => document.scrollingElement!.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
}
