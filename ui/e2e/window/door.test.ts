// What the page of the real window may and may not do, and that there is one window a home.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Home, Program, Screen } from './program';
import { until } from './driver';

let screen: Screen;
let home: Home;
let program: Program;

beforeAll(async () => {
    screen = await Screen.open();
    home = new Home();
    program = await Program.start(screen, home);
    await until('the page', async () =>
        (await program.session.run(() => document.readyState)) === 'complete' ? true : undefined,
    );
});

afterAll(async () => {
    await program.end();
    screen.close();
    home.remove();
});

interface Internals {
    invoke(name: string, args?: unknown): Promise<unknown>;
}

/** Asks as the page could, and gives the refusal; null when it was answered. */
function refusal(name: string, args: unknown = {}): Promise<string | null> {
    return program.session.run(
        async (asked: string, given: unknown) => {
            const internals = Reflect.get(window, '__TAURI_INTERNALS__') as Internals;
            try {
                await internals.invoke(asked, given);
                return null;
            } catch (fault) {
                return typeof fault === 'string' ? fault : JSON.stringify(fault);
            }
        },
        name,
        args,
    );
}

test('the page comes from the program itself', async () => {
    expect(await program.session.address()).toMatch(/^tauri:\/\/localhost($|[/#])/);
});

test('a command of the table is answered', async () => {
    expect(await refusal('status', { ask: {} })).toBeNull();
});

test.each([
    'no_such_command',
    'plugin:window|set_title',
    'plugin:window|close',
    'plugin:webview|create_webview_window',
    'plugin:event|emit',
    'plugin:path|resolve_directory',
    'plugin:app|version',
    'plugin:shell|open',
    'plugin:fs|read_file',
])('%s is refused', async (name) => {
    expect(await refusal(name, { path: '/etc/passwd', label: 'x' })).toMatch(/not allowed/);
});

test('a request that does not fit is refused with words, and the next one is answered', async () => {
    const said = await refusal('list_records', { ask: { register: 7 } });
    expect(said).toMatch(/"code":"/);
    expect(await refusal('status', { ask: {} })).toBeNull();
});

test('no text becomes code', async () => {
    const ran = program.session.run(() => {
        const out: string[] = [];
        for (const way of [() => eval('1'), () => new Function('return 1')()]) {
            try {
                way();
                out.push('ran');
            } catch (fault) {
                out.push((fault as Error).name);
            }
        }
        const script = document.createElement('script');
        script.textContent = 'document.title = "ran"';
        document.head.append(script);
        script.remove();
        const holder = document.createElement('div');
        holder.innerHTML = '<img src="x" onerror="document.title = \'ran\'">';
        document.body.append(holder);
        return new Promise<string[]>((done) =>
            setTimeout(() => {
                holder.remove();
                done([...out, document.title]);
            }, 300),
        );
    });
    const [byEval, byFunction, title] = await ran;
    expect([byEval, byFunction]).toEqual(['EvalError', 'EvalError']);
    expect(title).not.toBe('ran');
});

test('nothing is fetched from outside', async () => {
    const reached = await program.session.run(async () => {
        const out: string[] = [];
        for (const address of ['https://example.com/', 'http://127.0.0.1:9/']) {
            const seen = new Promise<string>((done) =>
                addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective), {
                    once: true,
                }),
            );
            await fetch(address).catch(() => undefined);
            out.push(await seen);
        }
        return out;
    });
    expect(reached).toEqual(['connect-src', 'connect-src']);
});

test('the page goes nowhere else and opens no second window', async () => {
    const before = await program.session.address();
    await program.session.run(() => {
        window.open('https://example.com/');
        const link = document.createElement('a');
        link.href = 'file:///etc/passwd';
        document.body.append(link);
        link.click();
        link.remove();
        return new Promise((next) => setTimeout(next, 500));
    });
    expect(await program.session.address()).toBe(before);
});

test('a second start brings the first forward and says so', async () => {
    const second = await program.again();
    expect(second).toEqual({ code: 0, said: '程序已经打开，那个窗口已移到最前面。\n' });
    expect(program.pids()).toHaveLength(1);
});

test('a webview that dies comes back', async () => {
    const first = program.webPids();
    expect(first).toHaveLength(1);
    for (const pid of first) process.kill(pid, 'SIGKILL');
    await until('another process of the page', async () => {
        const [now] = program.webPids();
        return now !== undefined && !first.includes(now) ? true : undefined;
    });
    const lives = (): number => home.log().split('page lives').length - 1;
    await until('its first question', async () => (lives() === 2 ? true : undefined));
    expect(home.log()).toContain('webview ended');
    expect(program.pids()).toHaveLength(1);
    expect(home.asked().filter((line) => line.startsWith('told'))).toEqual([]);
});
