// Rows as they go to the clipboard: lines for a text, a table for a sheet. Long figures and whatever
// a sheet would count are marked as text there, so that nothing is rounded and no formula runs.

/** Figures that a sheet would round or cut: more than eleven, or with a leading zero. */
const TEXT_ONLY = 'mso-number-format:"\\@"';

function escaped(text: string): string {
    return text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;');
}

/** Whether a sheet would take a text for a formula. */
function counts(text: string): boolean {
    return /^[=+@]|^-(?!\d+(\.\d+)?$)/.test(text);
}

function line(cells: readonly string[]): string {
    return cells
        .map((cell) => {
            const safe = counts(cell) ? `'${cell}` : cell;
            return /[\t\n\r"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
        })
        .join('\t');
}

/** Rows as text: cells parted by tabs. */
export function asText(rows: readonly (readonly string[])[]): string {
    return rows.map(line).join('\r\n');
}

/** Rows as a table; every cell is text. */
export function asTable(rows: readonly (readonly string[])[]): string {
    const cell = (text: string): string =>
        `<td style='${TEXT_ONLY}'>${escaped(text).replaceAll('\n', '<br>')}</td>`;
    const body = rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>`).join('');
    return `<html><head><meta charset="utf-8"></head><body><table>${body}</table></body></html>`;
}
