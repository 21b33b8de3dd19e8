// From a holiday notice as it is typed to the text of a table file. Dates may be written in any of
// the usual ways; what cannot be read is named.

/** One holiday as typed. */
export interface HolidayTyped {
    name: string;
    /** `10-1 至 10-8`, several parted by 、 */
    off: string;
    /** `9-27、10-10` */
    work: string;
}

const TO = /\s*(?:至|到|—+|–|~|～|\.\.)\s*/;
const PART = /[、，,；;\s]+(?!(?:至|到|—|–|~|～))/;

function day(typed: string, year: number): string | null {
    const clean = typed
        .normalize('NFKC')
        .replace(/[号日]$/, '')
        .trim();
    const found = /^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})$/.exec(clean);
    if (found === null) return null;
    const [, y, m, d] = found;
    const [full, month, date] = [Number(y ?? year), Number(m), Number(d)];
    const at = new Date(Date.UTC(full, month - 1, date));
    if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return null;
    return at.toISOString().slice(0, 10);
}

/** `10月1日至8日` means the same month. */
function span(typed: string, year: number): string | null {
    const [from = '', to, more] = typed.split(TO);
    const begin = day(from, year);
    if (begin === null || more !== undefined) return null;
    if (to === undefined) return begin;
    const short = /^\d{1,2}[号日]?$/.test(to.trim());
    const end = day(short ? `${begin.slice(5, 7)}-${to.trim()}` : to, year);
    return end === null || end < begin ? null : `${begin}..${end}`;
}

function spans(typed: string, year: number): string[] | { bad: string } {
    const out: string[] = [];
    const joined = typed.replace(/\s*(至|到|—+|–|~|～)\s*/g, '$1');
    for (const part of joined.split(PART).filter((p) => p !== '')) {
        const read = span(part, year);
        if (read === null) return { bad: part };
        out.push(read);
    }
    return out;
}

const quoted = (text: string): string => JSON.stringify(text);

/** The table file, or what is missing or cannot be read, in words. */
export function tableText(
    year: number,
    source: string,
    rows: readonly HolidayTyped[],
): { text: string } | { missing: string } {
    const title = source.trim() || `国务院办公厅关于${year}年部分节假日安排的通知`;
    const lines = [`year = ${year}`, 'version = 1', `title = ${quoted(title)}`];
    let any = false;
    for (const row of rows) {
        const read: Record<'off' | 'work', string[]> = { off: [], work: [] };
        for (const key of ['off', 'work'] as const) {
            const found = spans(row[key], year);
            if (!Array.isArray(found))
                return {
                    missing: `${row.name}的“${found.bad}”读不出日期，写成 10-1 或 10月1日 即可。`,
                };
            read[key] = found;
        }
        if (read.off.length === 0 && read.work.length === 0) continue;
        if (row.name.trim() === '') return { missing: '有一行没有写节日名称。' };
        any ||= read.off.length > 0;
        lines.push('', '[[holiday]]', `name = ${quoted(row.name.trim())}`);
        for (const key of ['off', 'work'] as const)
            if (read[key].length > 0) lines.push(`${key} = [${read[key].map(quoted).join(', ')}]`);
    }
    if (!any) return { missing: '一天放假也没有填，请照通知填好再导入。' };
    return { text: lines.join('\n') + '\n' };
}
