// A typed value as a condition: days and linked names are read by the program, so that 11-1 or a name
// means the same here as when a record is filled in.
import { ref } from 'vue';
import { nameLink } from '@/fields/names';
import { call, commandError, type Condition, type RegisterView } from '@/host';
import type { Column } from './columns';
import { figureConditions, spanConditions } from './conditions';

/** Reads typed values of a register's columns; `fault` says what could not be read. */
export function useTypedCondition(register: RegisterView) {
    const fault = ref('');

    async function day(column: Column, op: string, typed: string): Promise<Condition | null> {
        const values = { [column.id]: typed };
        const answer = await call('check_values', { register: register.id, values });
        const value = answer.values[column.id];
        fault.value = answer.faults[0]?.message ?? '';
        if (fault.value !== '' || typeof value !== 'string') return null;
        const read = value.slice(0, 10);
        const span =
            op === '>=' ? spanConditions(column, read, '') : spanConditions(column, '', read);
        return span[0] ?? null;
    }

    async function linked(column: Column, op: string, typed: string): Promise<Condition | null> {
        const target = column.field?.target ?? '';
        const [one] = await call('look_up', { register: target, text: typed, limit: 1 });
        if (one === undefined) {
            fault.value = `没有找到“${typed}”。可以只写名称的一部分。`;
            return null;
        }
        nameLink(one.uuid, one.title || (one.number ?? ''));
        return { field: column.id, op, value: one.uuid };
    }

    async function read(column: Column, op: string, typed: string): Promise<Condition | null> {
        fault.value = '';
        const value = typed.trim();
        if (op === 'empty' || op === 'filled') return { field: column.id, op, value: '' };
        try {
            if (column.filter === 'date' && op !== 'within') return await day(column, op, value);
            if (column.filter === 'link') return await linked(column, op, value);
        } catch (problem) {
            fault.value = commandError(problem).message;
            return null;
        }
        if (column.filter === 'figure') {
            const [figure] = figureConditions(column.id, value) ?? [];
            if (figure === undefined) fault.value = '这一栏要填数字。';
            return figure ? { ...figure, op } : null;
        }
        return { field: column.id, op, value };
    }

    return { fault, read };
}
