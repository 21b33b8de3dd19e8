// The names of linked records that are shown on the page, by their identifiers.
import { reactive } from 'vue';
import { call, type RegisterView } from '@/host';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const known = reactive(new Map<string, string>());

/** Whether a typed link is an identifier; else it is a name as typed. */
export function isUuid(text: unknown): text is string {
    return typeof text === 'string' && UUID.test(text);
}

/** Remembers a name. */
export function nameLink(uuid: string, name: string): void {
    known.set(uuid, name);
}

/** The name of a link; empty until it is known. */
export function linkName(uuid: string): string {
    return known.get(uuid) ?? '';
}

/** Learns the names of a record's links from how it is shown. */
export function learnNames(
    register: RegisterView,
    values: Readonly<Record<string, unknown>>,
    shown: Readonly<Record<string, string | undefined>>,
): void {
    for (const field of register.fields) {
        const uuid = values[field.id];
        const name = shown[field.id];
        if (field.kind === 'link' && isUuid(uuid) && name) nameLink(uuid, name);
    }
}

/** Asks for a name that is not known: a draft holds identifiers only. */
export async function askName(register: string, uuid: string): Promise<void> {
    if (known.has(uuid)) return;
    try {
        const record = await call('get_record', { register, record: uuid, unmask: false });
        nameLink(uuid, record.number && record.state ? record.number : record.title);
    } catch {
        // The link leads nowhere: the identifier stays, and saving says so.
        nameLink(uuid, uuid);
    }
}
