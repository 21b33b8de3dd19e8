// Blocks of cells as Excel and WPS put them on the clipboard: tabs between cells, line ends between
// rows, quotes around cells that hold either. The HTML beside it is never used: it holds rounded
// figures where a column was narrow.

/** The cells of a pasted text. */
export function readTsv(text: string): string[][] {
    const rows: string[][] = [];
    let row: string[] = [];
    let cell = '';
    let quoted = false;
    const endCell = (): void => {
        row.push(cell);
        cell = '';
    };
    const endRow = (): void => {
        endCell();
        rows.push(row);
        row = [];
    };
    for (let at = 0; at < text.length; at += 1) {
        const char = text[at] ?? '';
        if (quoted) {
            if (char !== '"') cell += char;
            else if (text[at + 1] === '"') {
                cell += '"';
                at += 1;
            } else quoted = false;
        } else if (char === '"' && cell === '' && closes(text, at)) quoted = true;
        else if (char === '\t') endCell();
        else if (char === '\n') endRow();
        else if (char === '\r') {
            if (text[at + 1] !== '\n') endRow();
        } else cell += char;
    }
    if (cell !== '' || row.length > 0) endRow();
    return rows;
}

/** A quote only begins a quoted cell when its end stands before a tab, a line end or the end. */
function closes(text: string, start: number): boolean {
    for (let at = start + 1; at < text.length; at += 1) {
        if (text[at] !== '"') continue;
        if (text[at + 1] === '"') at += 1;
        else return at + 1 === text.length || /[\t\r\n]/.test(text[at + 1] ?? '');
    }
    return false;
}

/** Whether it is a block and not a single text. */
export function isBlock(text: string): boolean {
    const rows = readTsv(text);
    return rows.length > 1 || (rows[0]?.length ?? 0) > 1;
}
