// What an eye and a keyboard find on a page: text that is cut off or stands outside, words that are not
// Chinese, controls that Tab does not reach or that do not show the cursor.
import type { Page } from '@playwright/test';

/** Words that stand on pages as they are: keys, formats, units, names of programs. */
const KNOWN = new Set(
    [
        'Ctrl Alt Shift Esc Enter Tab Delete PageUp PageDown Home End F',
        'Excel WPS PDF xlsx xls et csv kB MB GB U SQLite WebView',
    ]
        .join(' ')
        .split(' '),
);

/** What the page itself says is a name in any language: names and licences of programs. */
const ELSEWHERE = '[translate=no]';

/** Words of English in what is shown or read out, with what stands around them. */
export async function foreign(page: Page): Promise<string[]> {
    const texts = await page.evaluate((elsewhere) => {
        const seen: string[] = [];
        const shown = (element: Element): boolean =>
            element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (parent === null || parent.closest(`script, style, ${elsewhere}`) !== null) continue;
            if (node.textContent?.trim() && shown(parent)) seen.push(node.textContent.trim());
        }
        for (const element of document.body.querySelectorAll('*')) {
            if (element.closest(elsewhere) !== null || !shown(element)) continue;
            for (const name of ['title', 'placeholder', 'aria-label', 'alt'])
                if (element.getAttribute(name)) seen.push(element.getAttribute(name)!);
        }
        return [...new Set(seen)];
    }, ELSEWHERE);
    return texts.flatMap((text) => words(text).map((word) => `${word} in “${text}”`));
}

function words(text: string): string[] {
    return (
        text
            .split(/[^\w./\\:-]+/u)
            // Numbers of records, paths, endings of files.
            .filter((token) => !/[\d/\\]|^\./.test(token))
            .flatMap((token) => token.split(/[^A-Za-z]+/))
            .filter((word) => word !== '' && !KNOWN.has(word))
            .filter((word) => !/^[A-Z]{1,3}$/.test(word))
    );
}

/** Text that does not fit its place, and what scrolls sideways though it should not. */
export function misfits(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        const found: string[] = [];
        const name = (element: Element): string => {
            const text = element.textContent?.trim().replace(/\s+/g, ' ').slice(0, 24) ?? '';
            const kind = element.className.toString().split(' ').slice(0, 2).join('.');
            return `${element.tagName.toLowerCase()}.${kind} “${text}”`;
        };
        const shown = (element: Element): boolean =>
            element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
        const root = document.documentElement;
        if (document.scrollingElement!.scrollWidth > root.clientWidth) found.push('the window');
        const fitting =
            'button, h1, h2, h3, label, legend, th, dt, kbd, summary, [role=tab], [role=radio], .word, .button, .state, nav a';
        for (const element of document.body.querySelectorAll<HTMLElement>(fitting)) {
            if (!shown(element) || element.closest('.unseen, .ag-root') !== null) continue;
            // A name that may be of any length says itself in full under the pointer.
            if (element.closest('[title]') !== null) continue;
            if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
                found.push(`cut off: ${name(element)}`);
            const box = element.getBoundingClientRect();
            if (box.right > root.clientWidth + 1 || box.left < -1) {
                if (element.closest('.skip') === null) found.push(`outside: ${name(element)}`);
            }
        }
        for (const element of document.body.querySelectorAll<HTMLElement>(
            'main *, [role=dialog] *',
        )) {
            if (element.closest('.ag-root-wrapper, .views, .tall') !== null || !shown(element))
                continue;
            const { overflowX } = getComputedStyle(element);
            if (overflowX !== 'auto' && overflowX !== 'scroll') continue;
            if (element.scrollWidth > element.clientWidth + 1)
                found.push(`sideways: ${name(element)}`);
        }
        return [...new Set(found)];
    });
}

/**
 * Goes through the page by Tab: controls that it does not reach, and those that look the same with
 * the cursor as without. `page` leaves out what stands around every page.
 */
export async function unreached(page: Page, within: 'window' | 'page'): Promise<string[]> {
    const count = await page.evaluate((part) => {
        const kept = window as unknown as { stops: Map<HTMLElement, string>; met: Set<Element> };
        const over = [...document.querySelectorAll('[aria-modal=true], dialog[open]')].at(-1);
        const inside = part === 'page' ? document.querySelector<HTMLElement>('main') : null;
        const area = over ?? inside ?? document.body;
        const all = area.querySelectorAll<HTMLElement>(
            'a[href], button, input, select, textarea, summary, [tabindex]',
        );
        (document.activeElement as HTMLElement | null)?.blur();
        const seen = new Set<string>();
        kept.met = new Set();
        kept.stops = new Map();
        for (const one of all) {
            const still = one.matches(':disabled') || one.closest('[inert], .ag-root-wrapper');
            if (one.tabIndex < 0 || still || !one.checkVisibility({ checkVisibilityCSS: true }))
                continue;
            // Radios of one name are one stop.
            if (one instanceof HTMLInputElement && one.type === 'radio') {
                if (seen.has(one.name)) continue;
                seen.add(one.name);
                const chosen = area.querySelector<HTMLInputElement>(
                    `input[name="${CSS.escape(one.name)}"]:checked`,
                );
                kept.stops.set(chosen ?? one, '');
            } else kept.stops.set(one, '');
        }
        const look = (element: Element | null): string => {
            if (element === null) return '';
            const style = getComputedStyle(element);
            return [
                style.outlineStyle === 'none' ? '' : `${style.outlineWidth}${style.outlineColor}`,
                style.boxShadow,
                style.borderColor,
                style.backgroundColor,
            ].join();
        };
        const looks = (one: Element): string =>
            [one, one.parentElement, one.parentElement?.parentElement ?? null].map(look).join('|');
        Reflect.set(window, 'looks', looks);
        for (const one of kept.stops.keys()) kept.stops.set(one, looks(one));
        if (area instanceof HTMLElement) area.focus();
        return kept.stops.size;
    }, within);
    const found: string[] = [];
    // Once round, and a little more: pages may send the cursor to a row or a dialog first.
    for (let press = 0; press < count + 25; press += 1) {
        await page.keyboard.press('Tab');
        const said = await page.evaluate(() => {
            const kept = window as unknown as {
                stops: Map<HTMLElement, string>;
                met: Set<Element>;
                looks: (one: Element) => string;
            };
            const at = document.activeElement;
            if (!(at instanceof HTMLElement) || at === document.body) return { done: false };
            const again = kept.met.has(at);
            kept.met.add(at);
            const done = [...kept.stops.keys()].every((one) => kept.met.has(one));
            const rest = kept.stops.get(at);
            const same = !again && rest !== undefined && rest === kept.looks(at);
            return { done, same: same ? at.outerHTML.slice(0, 120) : null };
        });
        if (said.same) found.push(`no sign of the cursor: ${said.same}`);
        if (said.done) break;
    }
    const missed = await page.evaluate(() => {
        const kept = window as unknown as { stops: Map<HTMLElement, string>; met: Set<Element> };
        const left = [...kept.stops.keys()].filter((one) => !kept.met.has(one) && one.isConnected);
        return left.map((one) => one.outerHTML.slice(0, 160));
    });
    return [...found, ...missed.map((what) => `not reached: ${what}`)];
}
