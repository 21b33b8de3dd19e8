// Taking over an old ledger, as the page knows it: the file, what was found in it, what a person
// decided about columns and words, and what became of it. Nothing is written before `take`.
import { computed, reactive, ref, shallowRef } from 'vue';
import {
    call,
    commandError,
    work,
    type CommandError,
    type Commands,
    type ImportAnswer,
    type PickedFile,
    type Progress,
    type Saved,
    type Work,
} from '@/host';

type Ask = Commands['look_at_ledger']['ask'];
type ColumnUse = Ask['mapping']['columns'][string];

/** Columns that the program and the person agreed on, and words with their codes. */
interface Decided {
    columns: Record<string, ColumnUse>;
    words: Record<string, Record<string, string>>;
}

/** Everything of one taking over. */
export function useImport(register: string) {
    const file = shallowRef<PickedFile | null>(null);
    const seen = shallowRef<ImportAnswer | null>(null);
    const taken = shallowRef<ImportAnswer | null>(null);
    const report = shallowRef<Saved | null>(null);
    const fault = shallowRef<CommandError | null>(null);
    const busy = ref<{ words: string; writes: boolean; progress: Progress } | null>(null);
    const decided = reactive<Decided>({ columns: {}, words: {} });
    /** The project of all rows; empty means the one that the ledger names. */
    const project = ref('');
    let going: Work<ImportAnswer> | null = null;

    const good = computed(
        () => (seen.value?.status['good'] ?? 0) + (seen.value?.status['partial'] ?? 0),
    );

    function ask(): Ask {
        return {
            token: file.value?.token ?? '',
            register,
            project: project.value === '' ? null : project.value,
            mapping: {
                sheet: null,
                header_rows: [],
                columns: { ...decided.columns },
                words: JSON.parse(JSON.stringify(decided.words)) as Decided['words'],
            },
        };
    }

    async function run(
        name: 'look_at_ledger' | 'take_ledger',
        words: string,
    ): Promise<ImportAnswer | null> {
        fault.value = null;
        busy.value = {
            words,
            writes: name === 'take_ledger',
            progress: { phase: '', done: 0, total: 0 },
        };
        going = work(name, ask(), (progress) => {
            if (busy.value !== null) busy.value.progress = progress;
        });
        try {
            return await going.answer;
        } catch (problem) {
            fault.value = commandError(problem);
            return null;
        } finally {
            busy.value = null;
            going = null;
        }
    }

    async function look(): Promise<void> {
        const answer = await run('look_at_ledger', '正在读这份台账');
        if (answer !== null) seen.value = answer;
    }

    return {
        busy,
        decided,
        fault,
        file,
        good,
        project,
        report,
        seen,
        taken,
        /** Looks at a file that was dropped or picked. */
        async open(picked: PickedFile): Promise<void> {
            Object.assign(decided, { columns: {}, words: {} });
            project.value = '';
            file.value = picked;
            seen.value = null;
            taken.value = null;
            report.value = null;
            await look();
            if (seen.value === null) file.value = null;
        },
        /** Asks for a file. */
        async pick(): Promise<void> {
            fault.value = null;
            try {
                const picked = await call('pick_ledger', {});
                if (picked !== null) await this.open(picked);
            } catch (problem) {
                fault.value = commandError(problem);
            }
        },
        /** Says which field a column fills, and looks anew. */
        async use(column: string, usage: ColumnUse): Promise<void> {
            // A field has one column: the other one lets go of it.
            if (typeof usage === 'object' && 'field' in usage)
                for (const other of seen.value?.columns ?? [])
                    if (other.field === usage.field && other.column !== column)
                        decided.columns[other.column] = 'ignore';
            decided.columns[column] = usage;
            await look();
        },
        /** Says which choice a word of the ledger means, and looks anew. */
        async mean(field: string, word: string, code: string): Promise<void> {
            (decided.words[field] ??= {})[word] = code;
            await look();
        },
        /** Says which project all rows belong to, and looks anew. */
        async under(name: string): Promise<void> {
            project.value = name;
            await look();
        },
        /** Writes the good rows as one batch. */
        async take(): Promise<void> {
            const answer = await run('take_ledger', '正在登记');
            if (answer !== null) taken.value = answer;
        },
        /** Saves the rows with something wrong, with the reasons. */
        async saveReport(): Promise<void> {
            fault.value = null;
            try {
                report.value = await call('save_import_report', ask());
            } catch (problem) {
                fault.value = commandError(problem);
            }
        },
        /** Stops what is under way; nothing was written yet. */
        stop: (): void => void going?.stop(),
        /** Begins with another file. */
        leave(): void {
            file.value = null;
            seen.value = null;
            taken.value = null;
            report.value = null;
            fault.value = null;
        },
    };
}

/** One taking over. */
export type Import = ReturnType<typeof useImport>;
