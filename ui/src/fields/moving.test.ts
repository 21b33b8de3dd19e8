// Where the cursor goes on Enter and Shift+Enter.
import { afterEach, describe, expect, it } from 'vitest';
import { fieldOrder, focusField, moveFrom, neighbour } from './moving';

afterEach(() => document.body.replaceChildren());

function page(): HTMLElement {
    const root = document.createElement('div');
    root.innerHTML = `
        <div data-field="name"><input type="text" id="name"><input type="checkbox" id="anonymous"></div>
        <div data-field="note">nothing to type in</div>
        <div data-field="channel"><button data-stop tabindex="-1">电话</button>
            <button data-stop tabindex="0" id="visit">来访</button></div>
        <div data-field="content"><textarea id="content"></textarea></div>`;
    document.body.append(root);
    return root;
}

const at = (): string => document.activeElement?.id ?? '';
const element = (id: string): Element => document.getElementById(id) as Element;

describe('moving between fields', () => {
    it('skips what cannot be typed in', () => {
        expect(fieldOrder(page())).toEqual(['name', 'channel', 'content']);
    });

    it('goes on, goes back, and stays at the ends', () => {
        const root = page();
        expect(moveFrom(root, element('name'), false)).toBe(true);
        expect(at()).toBe('visit');
        expect(moveFrom(root, element('visit'), false)).toBe(true);
        expect(at()).toBe('content');
        expect(moveFrom(root, element('content'), false)).toBe(false);
        expect(at()).toBe('content');
        expect(moveFrom(root, element('content'), true)).toBe(true);
        expect(at()).toBe('visit');
    });

    it('leaves a tick inside a field for the next field', () => {
        const root = page();
        expect(moveFrom(root, element('anonymous'), false)).toBe(true);
        expect(at()).toBe('visit');
    });

    it('finds no field that is not there', () => {
        expect(focusField(page(), 'gone')).toBe(false);
        expect(neighbour(['a'], 'b', false)).toBeNull();
    });
});
