// The little of classic WebDriver that the journeys of the real window need, over fetch. BiDi stays
// off: WebKitWebDriver refuses sessions that ask for it.

/** The key under which WebDriver hides the name of an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys that are no characters. */
export const KEY = {
    backspace: '\uE003',
    tab: '\uE004',
    enter: '\uE007',
    shift: '\uE008',
    control: '\uE009',
    alt: '\uE00A',
    escape: '\uE00C',
    end: '\uE010',
    home: '\uE011',
    left: '\uE012',
    up: '\uE013',
    right: '\uE014',
    down: '\uE015',
    delete: '\uE017',
    f1: '\uE031',
    f2: '\uE032',
} as const;

/** A session: one started program. */
export class Session {
    private constructor(
        private readonly base: string,
        private readonly id: string,
    ) {}

    /** Starts the program through a WebKitWebDriver that listens at `base`. */
    static async start(base: string, binary: string, args: string[]): Promise<Session> {
        const asked = { 'webkitgtk:browserOptions': { binary, args } };
        const capabilities = { alwaysMatch: asked };
        const made = await send<{ sessionId: string }>('POST', `${base}/session`, { capabilities });
        const session = new Session(base, made.sessionId);
        await session.do('POST', 'timeouts', { script: 100_000, pageLoad: 60_000 });
        return session;
    }

    private do<T>(method: string, path: string, body?: unknown): Promise<T> {
        return send<T>(method, `${this.base}/session/${this.id}/${path}`, body);
    }

    /** Ends the session, and with it the program. */
    end(): Promise<void> {
        return send('DELETE', `${this.base}/session/${this.id}`);
    }

    /** Runs a function in the page and gives what it answers. */
    run<T>(script: (...args: never[]) => T | Promise<T>, ...args: unknown[]): Promise<T> {
        const call = `const done = arguments[arguments.length - 1];
            const given = [...arguments].slice(0, -1);
            Promise.resolve().then(() => (${script.toString()})(...given)).then(
                (value) => done({ value }), (fault) => done({ fault: String(fault?.message ?? fault) }));`;
        type Answer = { value?: T; fault?: string };
        return this.do<Answer>('POST', 'execute/async', { script: call, args }).then((answer) => {
            if (answer.fault !== undefined) throw new Error(answer.fault);
            return answer.value as T;
        });
    }

    /** The title of the page. */
    title(): Promise<string> {
        return this.do('GET', 'title');
    }

    /** Where the page is. */
    address(): Promise<string> {
        return this.do('GET', 'url');
    }

    /** The first element of a CSS selector, as soon as it is there. */
    async find(css: string): Promise<Element> {
        const using = { using: 'css selector', value: css };
        const found = await until(`an element ${css}`, async () => {
            const all = await this.do<Record<string, string>[]>('POST', 'elements', using);
            return all[0];
        });
        return new Element((method, path, body) =>
            this.do(method, `element/${found[ELEMENT]}/${path}`, body),
        );
    }

    /** Types into whatever has the focus, as a person does; characters go in one by one. */
    async keys(...words: string[]): Promise<void> {
        const held: string[] = [KEY.control, KEY.shift, KEY.alt];
        const actions: { type: string; value: string }[] = [];
        for (const word of words) {
            const down = [...word];
            const [first] = down;
            if (first !== undefined && held.includes(first)) {
                // A chord: all down in order, all up again.
                actions.push(...down.map((value) => ({ type: 'keyDown', value })));
                actions.push(...down.reverse().map((value) => ({ type: 'keyUp', value })));
            } else {
                for (const value of down)
                    actions.push({ type: 'keyDown', value }, { type: 'keyUp', value });
            }
        }
        await this.do('POST', 'actions', { actions: [{ type: 'key', id: 'keys', actions }] });
    }

    /** Puts text where the cursor is, as an input method does. */
    async type(text: string): Promise<void> {
        const at = await this.do<Record<string, string>>('GET', 'element/active');
        await this.do('POST', `element/${at[ELEMENT]}/value`, { text });
    }

    /** Goes to a page of the desk by its address. */
    async go(hash: string): Promise<void> {
        await this.run((to: string) => {
            location.hash = to;
        }, hash);
    }

    /** The field that has the cursor. */
    field(): Promise<string> {
        return this.run(
            () =>
                document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'] ??
                '',
        );
    }

    /** Asks the program as the page does. */
    ask<T>(name: string, ask: unknown = {}): Promise<T> {
        return this.run(
            async (asked: string, given: unknown) => {
                interface Internals {
                    invoke(name: string, args: unknown): Promise<unknown>;
                }
                const internals = Reflect.get(window, '__TAURI_INTERNALS__') as Internals;
                try {
                    return (await internals.invoke(asked, { ask: given })) as never;
                } catch (fault) {
                    throw new Error(typeof fault === 'string' ? fault : JSON.stringify(fault));
                }
            },
            name,
            ask,
        );
    }

    /** Waits until the page shows a text. */
    async shows(text: string): Promise<void> {
        await until(`“${text}” on the page`, async () => {
            const body = await this.run(() => document.body.innerText);
            return body.includes(text) ? true : undefined;
        });
    }

    /** A picture of the page as it stands. */
    async picture(): Promise<Uint8Array> {
        // What was changed last may not be drawn yet.
        await this.run(
            () =>
                new Promise((drawn) =>
                    requestAnimationFrame(() =>
                        requestAnimationFrame(() => setTimeout(drawn, 200)),
                    ),
                ),
        );
        return Buffer.from(await this.do<string>('GET', 'screenshot'), 'base64');
    }
}

type Do = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** An element of the page. */
export class Element {
    constructor(private readonly run: Do) {}

    click(): Promise<void> {
        return this.run('POST', 'click', {});
    }

    type(text: string): Promise<void> {
        return this.run('POST', 'value', { text });
    }

    text(): Promise<string> {
        return this.run('GET', 'text');
    }

    value(): Promise<string> {
        return this.run('GET', 'property/value');
    }
}

const PATIENCE_MS = 30_000;
const LOOK_MS = 100;

/** Asks until there is an answer; the machine may be slow, so nothing is counted on to be quick. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
        const found = await ask();
        if (found !== undefined) return found;
        if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
        await new Promise((next) => setTimeout(next, LOOK_MS));
    }
}

async function send<T>(method: string, address: string, body?: unknown): Promise<T> {
    const answer = await fetch(address, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
}
