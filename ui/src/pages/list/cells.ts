// What stands in the cells of the grid, as plain elements: the marks of the look are rendered once
// and copied for every row. Text is only ever set as text, never read as markup.
import { h, render } from 'vue';
import type { ICellRendererParams } from 'ag-grid-community';
import type { DeadlineWords as Words, RecordView, RegisterView, StateMark as Mark } from '@/host';
import DeadlineWords from '@/look/DeadlineWords.vue';
import StateMark from '@/look/StateMark.vue';
import { shortChoice, type Column } from './columns';

type Cell = ICellRendererParams<RecordView>;

const marks = new Map<string, HTMLElement>();
const tones = new Map<string, HTMLElement>();

function drawn(
    kept: Map<string, HTMLElement>,
    key: string,
    draw: (box: HTMLElement) => void,
): Node {
    let first = kept.get(key);
    if (first === undefined) {
        const box = document.createElement('div');
        draw(box);
        first = box.firstElementChild as HTMLElement;
        kept.set(key, first);
    }
    return first.cloneNode(true);
}

function stateMark(mark: Mark): Node {
    const key = `${mark.shape} ${mark.tone} ${mark.label}`;
    return drawn(marks, key, (box) => render(h(StateMark, { ...mark }), box));
}

/** The words of a deadline as they stand in a list: today's say what is to be done. */
export function deadlineText(words: Words): string {
    return words.tone === 'today' ? words.text + words.act : words.text;
}

function deadline(words: Words): Node {
    const copy = drawn(tones, words.tone, (box) =>
        render(h(DeadlineWords, { words: { ...words, text: '', tail: '' }, brief: true }), box),
    ) as HTMLElement;
    const text = copy.querySelector('.text');
    if (text) text.textContent = deadlineText(words);
    return copy;
}

function boxed(text: string, kind: string): HTMLElement {
    const span = document.createElement('span');
    span.className = kind;
    span.textContent = text;
    return span;
}

/** A moment in few signs: 11-20 08:47, of other years the day. */
export function shortMoment(shown: string, year: string): string {
    if (shown.length <= 10) return shown;
    return shown.startsWith(year) ? shown.slice(5) : shown.slice(0, 10);
}

/** What a column shows of a record, as text. */
export function cellText(register: RegisterView, column: Column, row: RecordView): string {
    if (column.kind === 'number') return row.number ?? '';
    if (column.kind === 'state') return row.mark?.label ?? row.state_label ?? '';
    if (column.kind === 'deadline') return row.deadline ? deadlineText(row.deadline) : '';
    const shown = row.shown[column.id] ?? '';
    if (column.kind === 'flag') return row.values[column.id] === true ? '是' : '';
    return column.kind === 'choice' ? shortChoice(register, shown) : shown;
}

/** The whole of a cell, for the tooltip. */
export function cellTip(register: RegisterView, column: Column, row: RecordView): string {
    if (column.kind === 'deadline') {
        const words = row.deadline;
        return words === null
            ? ''
            : `${words.act ? `${words.act}：` : ''}${words.text}${words.tail}`;
    }
    return cellText(register, column, row);
}

/** The column that names a record and leads to it: its number, else its name. */
function leads(register: RegisterView, column: Column): boolean {
    if (register.numbered) return column.kind === 'number';
    return column.id === (register.id === 'paper' ? 'paper_number' : register.title);
}

/** How a column draws its cells; nothing where plain text does. */
export function rendererOf(
    register: RegisterView,
    column: Column,
): ((cell: Cell) => Node | string) | undefined {
    if (leads(register, column))
        return ({ data }) => boxed(data ? cellText(register, column, data) : '', 'number');
    switch (column.kind) {
        case 'state':
            return ({ data }) => (data?.mark ? stateMark(data.mark) : boxed('', 'none'));
        case 'deadline':
            return ({ data }) => (data?.deadline ? deadline(data.deadline) : boxed('', 'none'));
        case 'choice':
            // A grave case is a boxed word wherever its grade stands.
            return column.id === 'grade'
                ? ({ data }) =>
                      boxed(
                          data ? cellText(register, column, data) : '',
                          data?.values[column.id] === 'major' ? 'grave' : 'plain',
                      )
                : undefined;
        default:
            return undefined;
    }
}

/** What a column shows where plain text does. */
export function plainText(
    register: RegisterView,
    column: Column,
    row: RecordView,
    year: string,
): string {
    const text = cellText(register, column, row);
    if (column.kind === 'moment') return shortMoment(text, year);
    // A list has one line for a text of many.
    return text.replaceAll('\n', ' ');
}
