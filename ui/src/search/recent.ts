// The records that were opened last, by their identifiers only: what they say is asked for when it is
// shown, so that nothing about a person is kept a second time.
import { call, type RecordView } from '@/host';
import { preferences, savePreference } from '@/preferences';

/** Names a record. */
export interface Opened {
    register: string;
    uuid: string;
}

const KEY = 'opened';
const KEPT = 10;

function isOpened(value: unknown): value is Opened {
    return (
        typeof value === 'object' &&
        value !== null &&
        typeof (value as Opened).register === 'string' &&
        typeof (value as Opened).uuid === 'string'
    );
}

function kept(): Opened[] {
    const value = preferences[KEY];
    return Array.isArray(value) ? value.filter(isOpened) : [];
}

/** Notes that a record was opened. */
export function noteRecord(opened: Opened): void {
    const others = kept().filter((o) => o.uuid !== opened.uuid);
    if (kept()[0]?.uuid === opened.uuid) return;
    // A ledger that cannot be written to forgets; nothing depends on it.
    savePreference(KEY, [opened, ...others].slice(0, KEPT)).catch(() => undefined);
}

/** The records as they are now, masked; those that are gone are left out. */
export async function openedRecords(): Promise<RecordView[]> {
    const asked = kept().map(({ register, uuid }) =>
        call('get_record', { register, record: uuid }).catch(() => null),
    );
    const views = await Promise.all(asked);
    return views.filter((v): v is RecordView => v !== null && v.deleted_at === null);
}
