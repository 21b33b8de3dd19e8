// Reads the lines of a table as the program reads them: each cell shown back, the first fault told with
// its line.
import { register as registerOf } from '@/catalog';
import { call, type FieldView } from '@/host';
import { missingOf } from './conditions';
import { columnsOf, isEmptyLine } from './lines';
import { asked, inField, readBack } from './typing';
import type { LineTyped, Typed } from './types';

/** Reads the lines of `field` in place; answers the first fault as a sentence. */
export async function readLines(
    field: FieldView,
    typed: Typed | undefined,
): Promise<string | null> {
    if (!Array.isArray(typed)) return null;
    let fault: string | null = null;
    for (const [at, line] of typed.entries()) {
        if (line.removed || isEmptyLine(line)) continue;
        const found = await readLine(field, line);
        if (found !== null) fault ??= `第 ${at + 1} 行，${found}`;
    }
    return fault;
}

async function readLine(field: FieldView, line: LineTyped): Promise<string | null> {
    const of = registerOf(field.lines ?? '');
    const columns = columnsOf(of);
    const values: Record<string, unknown> = {};
    for (const c of columns)
        if (line.values[c.id] !== undefined) values[c.id] = asked(c, line.values[c.id] ?? null);
    const answer = await call('check_values', {
        register: of.id,
        record: null,
        step: null,
        values,
    });
    let fault: string | null = null;
    for (const c of columns) {
        const told = answer.faults.find((g) => g.field === c.id);
        if (told) fault ??= `${c.label}：${inField(c, told, line.values[c.id])}`;
        const back = readBack(c, answer.shown[c.id], answer.values[c.id]);
        if (back !== null && typeof line.values[c.id] === 'string') line.values[c.id] = back;
    }
    const [missing] = missingOf(columns, line.values, null);
    return fault ?? (missing ? `${missing.label}：必填，请填写。` : null);
}
