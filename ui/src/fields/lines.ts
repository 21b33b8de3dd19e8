// Lines of a table inside a record: adding, taking out until saved, pasting a block.
import type { RegisterView } from '@/host';
import type { LineTyped } from './types';

/** A line as it is shown by the program. */
export interface LineShown {
    uuid: string;
    values: Readonly<Record<string, unknown>>;
    shown: Readonly<Record<string, string | undefined>>;
}

let made = 0;

/** An empty line. */
export function emptyLine(): LineTyped {
    made += 1;
    return { key: `new-${made}`, uuid: null, removed: false, values: {} };
}

/** The fields of a table that can be typed. */
export function columnsOf(lines: RegisterView): RegisterView['fields'] {
    return lines.fields.filter(
        (f) => !f.read_only && f.kind !== 'computed' && f.kind !== 'lines' && f.kind !== 'file',
    );
}

/** Whether anything stands in a line. */
export function isEmptyLine(line: LineTyped): boolean {
    return (
        line.uuid === null &&
        Object.values(line.values).every((v) => v === null || v === false || v === '')
    );
}

/** Where a pasted block goes. */
export interface Pasted {
    /** Columns that it fills, by field id. */
    columns: string[];
    rows: string[][];
    /** Columns of the block for which the table has none. */
    beyond: number;
}

/** Lays a block over the table from one column on; rows without any text are left out. */
export function layBlock(block: string[][], columns: readonly string[], from: string): Pasted {
    const start = Math.max(0, columns.indexOf(from));
    const wide = block.reduce((most, row) => Math.max(most, row.length), 0);
    const filled = columns.slice(start, start + wide);
    const rows = block
        .map((row) => filled.map((_, at) => (row[at] ?? '').trim()))
        .filter((row) => row.some((cell) => cell !== ''));
    return { columns: filled, rows, beyond: Math.max(0, wide - filled.length) };
}

/** The lines after a paste: it fills from `at` downwards and adds what is too few. */
export function pasteAt(lines: readonly LineTyped[], at: number, pasted: Pasted): LineTyped[] {
    const out = lines.map((line) => ({ ...line, values: { ...line.values } }));
    let place = at;
    for (const row of pasted.rows) {
        while (out[place]?.removed) place += 1;
        const line = out[place] ?? emptyLine();
        pasted.columns.forEach((id, column) => (line.values[id] = row[column] ?? ''));
        out[place] = line;
        place += 1;
    }
    return out;
}
