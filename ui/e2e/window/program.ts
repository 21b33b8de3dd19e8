// The real program on a screen of its own: Xvfb, WebKitWebDriver, a home folder, and a folder from
// which its dialogs answer. No setting that hides the webview's drawing: with those, pictures hang.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Session, until } from './driver';

const ROOT = resolve(import.meta.dirname, '../../..');
const TARGET = process.env['CARGO_TARGET_DIR'] ?? join(ROOT, 'target');
/** Built with the feature test-host. */
export const BINARY = process.env['TAIZHANG_WINDOW'] ?? join(TARGET, 'debug/taizhang');
/** Where pictures of the window are put. */
const PICTURES = join(ROOT, 'ui/test-results/window');

/** Starts a program beside the tests that ends with them, however they end. */
function beside(name: string, words: string[], options: SpawnOptions): ChildProcess {
    const child = spawn(name, words, options);
    const end = (): void => void child.kill();
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    return child;
}

/** A screen that nobody sees. */
export class Screen {
    private constructor(
        private readonly server: ChildProcess,
        readonly display: string,
    ) {}

    static async open(size = '1366x768'): Promise<Screen> {
        const words = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'];
        const server = beside('Xvfb', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
        const number = await new Promise<string>((done, fail) => {
            server.stdio[3]?.once('data', (said: Buffer) => done(said.toString().trim()));
            server.once('exit', (code) => fail(new Error(`Xvfb ended with ${code}`)));
        });
        return new Screen(server, `:${number}`);
    }

    close(): void {
        this.server.kill();
    }
}

/** Folders that outlive one run of the program. */
export class Home {
    readonly folder = mkdtempSync(join(tmpdir(), 'taizhang-窗口-'));
    /** The program's things: `--data`. */
    readonly data = join(this.folder, 'data');
    /** What dialogs answer. */
    readonly host = join(this.folder, 'host');

    constructor() {
        mkdirSync(this.data);
        mkdirSync(this.host);
    }

    /** The next dialog of that kind answers so. */
    answer(dialog: 'pick_files' | 'pick_folder' | 'save_place', ...paths: string[]): void {
        this.put(dialog, paths);
    }

    /** Lets files fall on the window. */
    drop(...paths: string[]): void {
        this.put('drop', paths);
    }

    /** Presses the cross of the window. */
    cross(): void {
        this.put('close', ['']);
    }

    private put(name: string, lines: string[]): void {
        // Named when it is whole, because the program looks for it all the time.
        const part = join(this.host, `${name}.part`);
        writeFileSync(part, lines.map((line) => `${line}\n`).join(''));
        renameSync(part, join(this.host, name));
    }

    /** What the program asked its host for, and what it told beside the page. */
    asked(): string[] {
        const file = join(this.host, 'asked');
        return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    }

    log(): string {
        const file = join(this.data, 'logs/desk.log');
        return existsSync(file) ? readFileSync(file, 'utf8') : '';
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** A running program with its driver. */
export class Program {
    private constructor(
        private readonly driver: ChildProcess,
        readonly session: Session,
        readonly home: Home,
        private readonly environment: NodeJS.ProcessEnv,
    ) {
        process.once('exit', this.stop);
    }

    private readonly stop = (): void => {
        for (const pid of this.pids()) process.kill(pid, 'SIGKILL');
    };

    static async start(screen: Screen, home: Home): Promise<Program> {
        const environment = {
            ...process.env,
            DISPLAY: screen.display,
            TAURI_WEBVIEW_AUTOMATION: 'true',
            TAIZHANG_TEST_HOST: home.host,
            LANG: 'C.UTF-8',
            TZ: 'Asia/Shanghai',
            GDK_BACKEND: 'x11',
            // A bus of the desktop would only be waited for.
            NO_AT_BRIDGE: '1',
        };
        const port = await freePort();
        const words = [`--port=${port}`, '--host=127.0.0.1'];
        const driver = beside('WebKitWebDriver', words, { env: environment, stdio: 'ignore' });
        const base = `http://127.0.0.1:${port}`;
        await until('WebKitWebDriver', async () => {
            const answer = await fetch(`${base}/status`).catch(() => undefined);
            return answer?.ok ? true : undefined;
        });
        const session = await Session.start(base, BINARY, ['--data', home.data]);
        return new Program(driver, session, home, environment);
    }

    /** Closes the window by its cross and waits until the program has ended. */
    async close(): Promise<void> {
        this.home.cross();
        await until('the end of the program', async () =>
            this.pids().length === 0 ? true : undefined,
        );
        await this.end();
    }

    /** Ends the program as a power cut would: nothing is closed. */
    async kill(): Promise<void> {
        this.stop();
        await this.end();
    }

    /** Ends whatever still runs. */
    async end(): Promise<void> {
        await this.session.end().catch(() => undefined);
        this.stop();
        process.off('exit', this.stop);
        this.driver.kill();
    }

    /** The program's own processes, by the home they were given. */
    pids(): number[] {
        return processes((words) => words[0] === BINARY && words.includes(this.home.data));
    }

    /** The processes in which the page lives. */
    webPids(): number[] {
        const ours = new Set(this.pids());
        const web = processes((words) => /WebKitWebProcess$/.test(words[0] ?? ''));
        return web.filter((pid) => ours.has(parent(pid)));
    }

    /** Starts the program once more on the same home; answers how it ended and what it said. */
    again(): Promise<{ code: number | null; said: string }> {
        const second = spawn(BINARY, ['--data', this.home.data], { env: this.environment });
        let said = '';
        second.stderr.on('data', (part: Buffer) => (said += part.toString()));
        return new Promise((done) => second.once('exit', (code) => done({ code, said })));
    }

    /** Saves a picture of the page under a name. */
    async picture(name: string): Promise<string> {
        mkdirSync(PICTURES, { recursive: true });
        const file = join(PICTURES, `${name}.png`);
        writeFileSync(file, await this.session.picture());
        return file;
    }
}

function processes(wanted: (words: string[]) => boolean): number[] {
    const found: number[] = [];
    for (const name of readdirSync('/proc')) {
        if (!/^\d+$/.test(name)) continue;
        const words = readQuietly(`/proc/${name}/cmdline`).split('\0');
        // One that ended and was not yet asked for has no words.
        if (wanted(words)) found.push(Number(name));
    }
    return found;
}

function readQuietly(file: string): string {
    try {
        return readFileSync(file, 'utf8');
    } catch {
        // It ended between being listed and being read.
        return '';
    }
}

function parent(pid: number): number {
    const found = /^PPid:\s+(\d+)$/m.exec(readQuietly(`/proc/${pid}/status`));
    return Number(found?.[1] ?? 0);
}

function freePort(): Promise<number> {
    return new Promise((done) => {
        const server = createServer();
        server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            const port = typeof address === 'object' && address !== null ? address.port : 0;
            server.close(() => done(port));
        });
    });
}
