// How the form of a record is laid out: which cells stand on the sheet, in the order of the paper,
// which are folded away, which wait to be filled. Pure; the sheet itself is FormView.
import { holds } from '@/fields/conditions';
import { groupedPhones, typedOf } from '@/fields/typing';
import type { FieldView, RecordView, RegisterView } from '@/host';

/** One cell of the sheet. */
export interface Cell {
    field: FieldView;
    /** As text for people; empty when there is nothing. */
    text: string;
    /** Takes the whole line. */
    across: boolean;
    /** The next step asks for it and it is empty. */
    missing: boolean;
    /** The uuid that a link leads to. */
    leads: string | null;
    /** Personal data that stands masked. */
    masked: boolean;
}

/** One block of the sheet: a section with its cells. */
export interface Block {
    id: string;
    label: string;
    cells: Cell[];
}

/** The sheet. */
export interface Sheet {
    blocks: Block[];
    /** Fields that could be filled and are not; folded away. */
    empty: FieldView[];
}

const LONG = new Set(['long_text', 'links']);
/** Longer than this does not fit beside another cell. */
const HALF_CHARS = 17;

function wide(text: string): number {
    let width = 0;
    for (const sign of text) width += sign.charCodeAt(0) < 0x2e80 ? 0.5 : 1;
    return width;
}

function cellOf(field: FieldView, record: RecordView, missing: ReadonlySet<string>): Cell {
    const value = record.values[field.id];
    const ticked = field.kind === 'flag';
    // A tick that is not set says nothing: it is no entry of the sheet.
    const said = ticked && value !== true ? '' : (record.shown[field.id] ?? '');
    const text = field.kind === 'phone' ? groupedPhones(said) : said;
    const linked = field.kind === 'link' && typeof value === 'string' && field.target !== null;
    return {
        field,
        text,
        across: LONG.has(field.kind) || wide(text) > HALF_CHARS || text.includes('\n'),
        missing: text === '' && missing.has(field.id),
        leads: linked ? value : null,
        masked: field.personal !== null && text.includes('*'),
    };
}

/** Cells fill lines of two: one that stays alone on its line takes all of it. */
function paired(cells: Cell[]): Cell[] {
    let open: Cell | null = null;
    for (const cell of cells) {
        if (cell.across) {
            if (open !== null) open.across = true;
            open = null;
        } else open = open === null ? cell : null;
    }
    if (open !== null) open.across = true;
    return cells;
}

/** Lays a record out; `unfolded` shows the empty cells too. */
export function sheetOf(
    register: RegisterView,
    record: RecordView,
    missing: ReadonlySet<string>,
    unfolded: boolean,
): Sheet {
    const empty: FieldView[] = [];
    const typed = typedOf(register.fields, record.values, record.shown);
    const sections = register.sections.length > 0 ? register.sections : [{ id: '', label: '内容' }];
    const known = new Set(sections.map((section) => section.id));
    const blocks = sections.map((section, place) => {
        const cells: Cell[] = [];
        for (const field of register.fields) {
            const home = known.has(field.section) ? field.section : '';
            if (home !== section.id && !(place === 0 && home === '')) continue;
            if (field.kind === 'lines' || field.kind === 'file') continue;
            // What the program keeps for itself has columns only where people read it.
            if (register.internal && field.column === null && field.kind !== 'link') continue;
            const cell = cellOf(field, record, missing);
            if (cell.text !== '' || cell.missing) {
                cells.push(cell);
                continue;
            }
            if (field.read_only || field.kind === 'computed') continue;
            if (!holds(field.shown_if, typed)) continue;
            empty.push(field);
            if (unfolded) cells.push(cell);
        }
        return { ...section, cells: paired(cells) };
    });
    return { blocks: blocks.filter((block) => block.cells.length > 0), empty };
}
