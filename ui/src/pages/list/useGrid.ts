// The grid of a list: AG Grid as a window over rows that the program sorts and filters. It holds no
// filter, no order and no selection of its own; ticks are painted on the rows that stand on the page.
import { onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import { AG_GRID_LOCALE_CN } from '@ag-grid-community/locale';
import {
    CellStyleModule,
    ColumnApiModule,
    InfiniteRowModelModule,
    LocaleModule,
    RenderApiModule,
    RowApiModule,
    ScrollApiModule,
    createGrid,
    type ColDef,
    type GridApi,
    type IGetRowsParams,
} from 'ag-grid-community';
import type { RecordView, RegisterView } from '@/host';
import { plainText, rendererOf } from './cells';
import { TICKS_WIDTH, type Column } from './columns';
import { ColumnHead, drawHeads } from './head';
import type { Selection } from './selection';
import { theme } from './theme';

/** Rows of one question. */
export const BLOCK = 200;
/** Blocks that are kept: enough to go back and forth, little beside a million rows. */
const BLOCKS_KEPT = 10;
export const TICKS = '@ticks';

/** What the grid is told by the page. */
export interface GridAsk {
    register: RegisterView;
    selection: Selection;
    sort: () => readonly string[];
    year: string;
    /** Rows from `offset` on, and how many there are when that is known. */
    rows: (offset: number) => Promise<{ rows: RecordView[]; total: number | null }>;
    failed: (fault: unknown) => void;
    /** A column was dragged to another width, in pixels at 16 px type. */
    widened: (id: string, width: number) => void;
}

/** A column as it stands on the page, for the filters over the head. */
export interface Place {
    id: string;
    left: number;
    width: number;
    pinned: boolean;
}

/** Pixels of one rem: widths are kept at 16 px type and grow with it. */
function scale(): number {
    return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

export function useGrid(ask: GridAsk) {
    const api = shallowRef<GridApi<RecordView> | null>(null);
    const places = shallowRef<Place[]>([]);
    const moved = ref(0);
    let shown: readonly Column[] = [];
    let box: HTMLElement | null = null;
    let left: { index: number; column: string } | null = null;

    function definition(column: Column, first: boolean): ColDef<RecordView> {
        const size = scale();
        const renderer = rendererOf(ask.register, column);
        return {
            colId: column.id,
            headerName: column.label,
            headerComponent: ColumnHead,
            headerComponentParams: { shown: column, sort: ask.sort },
            sortable: false,
            suppressMovable: true,
            resizable: true,
            minWidth: 48 * size,
            width: Math.round(column.width * size),
            ...(column.grow ? { flex: 1, minWidth: 160 * size } : {}),
            pinned: first && column.kind === 'number' ? 'left' : null,
            cellClass: `${column.right ? 'right ' : ''}kind-${column.kind}`,
            ...(renderer === undefined
                ? {
                      valueGetter: ({ data }) =>
                          data ? plainText(ask.register, column, data, ask.year) : '',
                  }
                : { cellRenderer: renderer }),
        };
    }

    function ticks(): ColDef<RecordView> {
        return {
            colId: TICKS,
            headerName: '选择',
            headerComponent: AllTick,
            headerComponentParams: {},
            sortable: false,
            suppressMovable: true,
            resizable: false,
            pinned: 'left',
            width: Math.round(TICKS_WIDTH * scale()),
            cellClass: 'ticks',
            cellRenderer: ({ data }: { data?: RecordView }) => {
                const tick = document.createElement('input');
                tick.type = 'checkbox';
                tick.tabIndex = -1;
                tick.setAttribute('aria-label', `选择 ${data?.number ?? data?.title ?? ''}`);
                tick.checked = data !== undefined && ask.selection.picked.value.has(data.uuid);
                tick.hidden = data === undefined;
                return tick;
            },
        };
    }

    function definitions(): ColDef<RecordView>[] {
        return [ticks(), ...shown.map((column, at) => definition(column, at === 0))];
    }

    function measure(): void {
        const grid = api.value;
        if (grid === null) return;
        places.value = grid.getAllDisplayedColumns().map((column) => ({
            id: column.getColId(),
            left: column.getLeft() ?? 0,
            width: column.getActualWidth(),
            pinned: column.getPinned() === 'left',
        }));
        moved.value = grid.getHorizontalPixelRange().left;
        // The grid takes away an order that is not its own.
        drawHeads();
    }

    /** Ticks and grounds of the rows that stand on the page. */
    function paint(): void {
        const grid = api.value;
        if (grid === null || box === null) return;
        const { picked } = ask.selection;
        for (const row of box.querySelectorAll<HTMLElement>('.ag-row')) {
            const index = Number(row.getAttribute('row-index'));
            const data = grid.getDisplayedRowAtIndex(index)?.data;
            const on = data !== undefined && picked.value.has(data.uuid);
            row.classList.toggle('picked', on);
            row.setAttribute('aria-selected', String(on));
            const tick = row.querySelector<HTMLInputElement>('.ticks input');
            if (tick) tick.checked = on;
        }
        const all = box.querySelector<HTMLInputElement>('.all-tick');
        const total = grid.getDisplayedRowCount();
        if (all) {
            all.checked = picked.value.size > 0 && picked.value.size >= total;
            all.indeterminate = picked.value.size > 0 && !all.checked;
        }
    }

    /** Puts the grid on the page. */
    function mount(element: HTMLElement, columns: readonly Column[], label: string): void {
        box = element;
        shown = columns;
        api.value = createGrid<RecordView>(
            element,
            {
                theme,
                styleNonce: document.querySelector<HTMLStyleElement>('style')?.nonce ?? '',
                localeText: AG_GRID_LOCALE_CN,
                rowModelType: 'infinite',
                cacheBlockSize: BLOCK,
                maxBlocksInCache: BLOCKS_KEPT,
                maxConcurrentDatasourceRequests: 2,
                rowBuffer: 4,
                columnDefs: definitions(),
                suppressNoRowsOverlay: true,
                suppressColumnMoveAnimation: true,
                suppressDragLeaveHidesColumns: true,
                suppressRowHoverHighlight: false,
                animateRows: false,
                ensureDomOrder: true,
                // Tab leaves the grid; the arrows move in it.
                tabToNextCell: () => false,
                // Whoever comes by Tab, from either side, finds the cell that was left.
                focusGridInnerElement: () => {
                    if (count() === 0) return false;
                    focus(left?.index ?? 0, left?.column);
                    return true;
                },
                onCellFocused: () => (left = focused() ?? left),
                onColumnResized: (event) => {
                    measure();
                    const column = event.column;
                    if (event.finished && event.source === 'uiColumnResized' && column)
                        ask.widened(
                            column.getColId(),
                            Math.round(column.getActualWidth() / scale()),
                        );
                },
                onDisplayedColumnsChanged: measure,
                onGridSizeChanged: measure,
                onBodyScroll: (event) => {
                    if (event.direction === 'horizontal') measure();
                    paint();
                },
                onViewportChanged: paint,
                onModelUpdated: paint,
            },
            {
                modules: [
                    InfiniteRowModelModule,
                    CellStyleModule,
                    ColumnApiModule,
                    ScrollApiModule,
                    RowApiModule,
                    RenderApiModule,
                    LocaleModule,
                ],
            },
        );
        api.value.setGridAriaProperty('label', label);
        measure();
    }

    /** Shows a new answer; the old rows stay until now, so nothing flickers. */
    function replace(total: number | null, rows: number): void {
        const grid = api.value;
        if (grid === null) return;
        if (grid.getDisplayedRowCount() > 0) grid.ensureIndexVisible(0, 'top');
        refresh(total, rows);
    }

    /** Asks for the rows on the page again, without moving. */
    function refresh(total: number | null, rows: number): void {
        const grid = api.value;
        if (grid === null) return;
        const first = grid.getGridOption('datasource') === undefined;
        if (first) grid.setGridOption('datasource', { getRows });
        grid.setRowCount(total ?? rows, total !== null);
        if (!first && (total ?? rows) > 0) grid.refreshInfiniteCache();
    }

    function getRows(params: IGetRowsParams<RecordView>): void {
        ask.rows(params.startRow).then(
            ({ rows, total }) => params.successCallback(rows, total ?? undefined),
            (fault: unknown) => {
                params.failCallback();
                ask.failed(fault);
            },
        );
    }

    function setTotal(total: number): void {
        api.value?.setRowCount(total, true);
    }

    function setColumns(columns: readonly Column[]): void {
        shown = columns;
        api.value?.setGridOption('columnDefs', definitions());
        measure();
    }

    function rowAt(index: number): RecordView | undefined {
        return api.value?.getDisplayedRowAtIndex(index)?.data;
    }

    function focused(): { index: number; column: string } | null {
        const cell = api.value?.getFocusedCell();
        return cell ? { index: cell.rowIndex, column: cell.column.getColId() } : null;
    }

    /** Puts the cursor into a cell; without a column it stays in its own. */
    function focus(index: number, column?: string): void {
        const grid = api.value;
        if (grid === null || grid.getDisplayedRowCount() === 0) return;
        const known = grid.getAllDisplayedColumns().map((one) => one.getColId());
        const wanted = column ?? focused()?.column;
        const to = wanted !== undefined && known.includes(wanted) ? wanted : known[1];
        const at = Math.min(Math.max(index, 0), grid.getDisplayedRowCount() - 1);
        grid.ensureIndexVisible(at);
        if (to !== undefined) grid.setFocusedCell(at, to);
    }

    function count(): number {
        return api.value?.getDisplayedRowCount() ?? 0;
    }

    function top(): number {
        return api.value?.getFirstDisplayedRowIndex() ?? 0;
    }

    function showFrom(index: number): void {
        const grid = api.value;
        if (grid !== null && index > 0 && index < grid.getDisplayedRowCount())
            grid.ensureIndexVisible(index, 'top');
    }

    watch(ask.selection.picked, paint);
    onBeforeUnmount(() => {
        api.value?.destroy();
        api.value = null;
    });

    return {
        api,
        places,
        moved,
        mount,
        replace,
        refresh,
        setTotal,
        setColumns,
        rowAt,
        focused,
        focus,
        count,
        top,
        showFrom,
        paint,
    };
}

/** The tick over the ticks. */
class AllTick {
    private readonly tick = document.createElement('input');

    init(): void {
        this.tick.type = 'checkbox';
        this.tick.className = 'all-tick';
        this.tick.tabIndex = -1;
        this.tick.setAttribute('aria-label', '选中筛选出来的全部');
    }

    getGui(): HTMLElement {
        return this.tick;
    }

    refresh(): boolean {
        return true;
    }
}

export type Grid = ReturnType<typeof useGrid>;
