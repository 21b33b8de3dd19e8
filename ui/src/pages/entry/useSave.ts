// Saving an entry: a new record and the step that gives its number, or the changes to one. Whatever
// fails, nothing typed is cleared.
import { ref, shallowRef } from 'vue';
import type { Draft } from '@/drafts';
import type { Entry, ToldFault } from '@/fields';
import { call, commandError, type CommandError, type RecordView, type RegisterView } from '@/host';
import { differing, settled, type Differing, type Version } from './conflict';
import { firstStep, typedFields } from './plan';
import { versionOf } from './record';

/** What saving came to. */
export interface Saved {
    record: RecordView;
    /** The record is there, but the step that follows was refused. */
    refused: CommandError | null;
}

/** Failures of the place, not of what was typed: the draft is where the words are kept. */
const OF_THE_PLACE = new Set(['disk_full', 'read_only', 'io', 'in_use', 'bad_file', 'internal']);

/** Saves what is typed in `entry`. */
export function useSave(register: RegisterView, entry: Entry, draft: Draft) {
    const busy = ref(false);
    /** Why it was not saved, as one sentence. */
    const problem = ref('');
    /** Faults that no field here can show. */
    const homeless = shallowRef<readonly ToldFault[]>([]);
    /** Fields that were changed here and elsewhere. */
    const conflict = shallowRef<{ now: Version; fields: Differing[] } | null>(null);

    async function guarded(save: () => Promise<Saved | null>): Promise<Saved | null> {
        if (busy.value) return null;
        busy.value = true;
        problem.value = '';
        homeless.value = [];
        try {
            return await save();
        } catch (fault) {
            await fail(commandError(fault));
            return null;
        } finally {
            busy.value = false;
        }
    }

    async function fail(why: CommandError): Promise<void> {
        homeless.value = entry.take(why.fields ?? []);
        if (!OF_THE_PLACE.has(why.code)) {
            if ((why.fields ?? []).length === 0 || homeless.value.length > 0)
                problem.value = why.message;
            return;
        }
        const kept = await draft.keep();
        problem.value = kept
            ? `没有存上：${why.message}内容留在草稿里，改好后按 Ctrl+S 再存。`
            : `没有存上：${why.message}内容还在这一页上，改好后按 Ctrl+S 再存，先不要关程序。`;
    }

    /** Makes the record and gives it its number; without `number` it stays 待登记. */
    function create(number: boolean): Promise<Saved | null> {
        return guarded(async () => {
            const step = firstStep(register);
            if (!(await entry.checkAll(number || step === null))) return null;
            const record = await call('add_record', { register: register.id, values: entry.ask() });
            const saved =
                step !== null && number ? await takeFirst(record, step) : { record, refused: null };
            await draft.dropDraft().catch(() => undefined);
            return saved;
        });
    }

    async function takeFirst(record: RecordView, step: string): Promise<Saved> {
        const receiver = entry.values['receiver'];
        try {
            const taken = await call('take_step', {
                register: register.id,
                record: record.uuid,
                step,
                values: {},
                action: {},
                at: null,
                person: typeof receiver === 'string' ? receiver : '',
                text: '',
                waive: [],
                seen: null,
                reserved: null,
            });
            return { record: taken.record, refused: null };
        } catch (fault) {
            return { record, refused: commandError(fault) };
        }
    }

    /** Changes the record; a newer version is laid beside what was typed. */
    function edit(uuid: string, seen: Version, reason: string): Promise<Saved | null> {
        return guarded(async () => {
            if (!(await entry.checkAll(false))) return null;
            const ask = {
                register: register.id,
                record: uuid,
                values: entry.ask(),
                seen: seen.version,
                reason,
            };
            try {
                const record = await call('edit_record', ask);
                await draft.dropDraft().catch(() => undefined);
                return { record, refused: null };
            } catch (fault) {
                if (commandError(fault).code !== 'conflict') throw fault;
                const record = await call('show_personal', {
                    register: register.id,
                    record: uuid,
                    unmask: true,
                });
                const now = versionOf(register, record);
                const fields = typedFields(register);
                conflict.value = {
                    now,
                    fields: differing(fields, entry.values, seen.values, now.values),
                };
                return null;
            }
        });
    }

    /** Takes what was chosen into the entry; answers the version that it now stands on. */
    function settle(seen: Version, keep: ReadonlySet<string>): Version {
        const now = conflict.value?.now ?? seen;
        const typed = settled(typedFields(register), entry.values, seen.values, now.values, keep);
        entry.begin(now.values);
        Object.assign(entry.values, typed);
        conflict.value = null;
        return now;
    }

    return { busy, problem, homeless, conflict, create, edit, settle };
}
