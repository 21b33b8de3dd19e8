// A kept record as it is typed, with its lines.
import { register as registerOf } from '@/catalog';
import { typedOf } from '@/fields';
import { columnsOf } from '@/fields/lines';
import { learnNames } from '@/fields/names';
import type { RecordView, RegisterView } from '@/host';
import type { Version } from './conflict';
import { typedFields } from './plan';

/** A record in the form in which its fields hold it; the names of its links are learnt. */
export function versionOf(register: RegisterView, record: RecordView): Version {
    learnNames(register, record.values, record.shown);
    const columns = (id: string): RegisterView['fields'] => columnsOf(registerOf(id));
    return {
        version: record.row_version,
        values: typedOf(
            typedFields(register),
            record.values,
            record.shown,
            record.lines ?? {},
            columns,
        ),
    };
}
