// The head of a column: its words and the mark of the order. Sorting is the program's, so the grid
// only shows it; the page hears clicks and Enter.
import type { IHeaderComp, IHeaderParams } from 'ag-grid-community';
import type { RecordView } from '@/host';
import type { Column } from './columns';

/** What the head of a column needs to know. */
export interface HeadParams extends IHeaderParams<RecordView> {
    shown: Column;
    /** The present order, as in a list. */
    sort: () => readonly string[];
}

/** The place of a column in the order. */
export function orderOf(
    sort: readonly string[],
    id: string,
): { down: boolean; place: number } | null {
    const place = sort.findIndex((key) => key === id || key === `-${id}`);
    return place < 0 ? null : { down: sort[place]?.startsWith('-') === true, place: place + 1 };
}

/** The order after a head was pressed: up, down, none; `add` keeps the others. */
export function sortAfter(sort: readonly string[], id: string, add: boolean): string[] {
    const now = orderOf(sort, id);
    const next = now === null ? [id] : now.down ? [] : [`-${id}`];
    if (!add) return next;
    if (now === null) return [...sort, ...next];
    return sort.flatMap((key) => (key === id || key === `-${id}` ? next : [key]));
}

const heads = new Set<ColumnHead>();

/** Shows the present order in every head. */
export function drawHeads(): void {
    for (const head of heads) head.draw();
}

/** A head as a plain element. */
export class ColumnHead implements IHeaderComp {
    private readonly box = document.createElement('span');
    private params?: HeadParams;

    init(params: HeadParams): void {
        heads.add(this);
        this.box.className = 'column-head';
        if (params.shown.right) this.box.classList.add('right');
        this.refresh(params);
    }

    getGui(): HTMLElement {
        return this.box;
    }

    refresh(params: HeadParams): boolean {
        this.params = params;
        this.draw();
        return true;
    }

    /** Shows the present order. */
    draw(): void {
        const params = this.params;
        if (params === undefined) return;
        const { shown } = params;
        const sort = params.sort();
        const order = orderOf(sort, shown.id);
        const words = document.createElement('span');
        words.className = 'words';
        words.textContent = shown.label;
        this.box.replaceChildren(words);
        if (order !== null) {
            const mark = document.createElement('span');
            mark.className = order.down ? 'order down' : 'order';
            mark.setAttribute('aria-hidden', 'true');
            this.box.append(mark);
            if (sort.length > 1) {
                const place = document.createElement('span');
                place.className = 'place';
                place.textContent = String(order.place);
                this.box.append(place);
            }
        }
        const cell = params.eGridHeader;
        const value = order === null ? 'none' : order.down ? 'descending' : 'ascending';
        if (shown.sorts) cell.setAttribute('aria-sort', value);
        const help = shown.sorts ? '单击或按 Enter 排序，按住 Shift 再加一列' : '';
        cell.title = [shown.field?.label ?? shown.label, help].filter((part) => part).join('\n');
    }

    destroy(): void {
        heads.delete(this);
        this.box.remove();
    }
}
