// What the dialog knows while papers are printed: the forms chosen, what is typed into the papers'
// own fields, the PDF as it will be, and the papers once they are kept. A paper is kept once: saving
// it after printing, or printing it after saving, uses the very same file.
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import {
    bytes,
    call,
    commandError,
    work,
    type CommandError,
    type Commands,
    type FormView,
    type Progress,
    type Saved,
    type Work,
} from '@/host';
import type { BlankAsked, PapersAsked } from '.';

type Preview = Commands['preview_papers']['answer'];
type Kept = Commands['print_and_keep']['answer'];
type Ask = Commands['print_and_keep']['ask'];

/** More papers than this are made as long work with progress. */
const AT_ONCE = 8;

/** Long work as the dialog shows it. */
interface Busy {
    words: string;
    progress: Progress;
    stop: () => void;
}

/** Everything of one printing. */
export function usePrint(asked: PapersAsked | BlankAsked) {
    const forms = shallowRef<FormView[]>([]);
    const chosen = ref<string[]>([]);
    const shown = ref('');
    const typed = reactive<Record<string, Record<string, string>>>({});
    const merge = ref(true);
    const preview = shallowRef<Preview | null>(null);
    const file = shallowRef<Uint8Array | null>(null);
    const fault = shallowRef<CommandError | null>(null);
    const busy = ref<Busy | null>(null);
    const kept = shallowRef<Kept['files'] | null>(null);
    const saved = shallowRef<Saved | null>(null);

    const records = asked.kind === 'print' ? asked.records : [];
    const blank = asked.kind === 'blank';
    const form = computed(() => forms.value.find((f) => f.code === shown.value));
    const chosenForms = computed(() => forms.value.filter((f) => chosen.value.includes(f.code)));
    /** How many papers come into being. */
    const papers = computed(() =>
        blank ? 1 : chosenForms.value.reduce((sum, f) => sum + (f.list ? 1 : records.length), 0),
    );

    function askOf(code: string, ask: Partial<Ask> = {}): Ask {
        return {
            form: code,
            records: [...records],
            filters: [],
            blank,
            values: { ...typed[code] },
            filler: null,
            merge: merge.value,
            trial: false,
            ...ask,
        };
    }

    /** Runs a command, with progress when it is about many records. */
    async function run<K extends 'preview_papers' | 'print_and_keep'>(
        name: K,
        ask: Commands[K]['ask'],
        words: string,
    ): Promise<Commands[K]['answer'] | null> {
        if (records.length <= AT_ONCE) return call(name, ask);
        const going: Work<Commands[K]['answer']> = work(name, ask, (progress) => {
            if (busy.value !== null) busy.value.progress = progress;
        });
        busy.value = {
            words,
            progress: { phase: '', done: 0, total: 0 },
            stop: () => void going.stop(),
        };
        try {
            return await going.answer;
        } finally {
            busy.value = null;
        }
    }

    let turn = 0;
    /** Makes the PDF anew as it will be printed; nothing is kept. */
    async function look(): Promise<void> {
        const mine = ++turn;
        busy.value?.stop();
        fault.value = null;
        if (shown.value === '') return;
        try {
            const made = await run(
                'preview_papers',
                askOf(shown.value, { merge: true, trial: true }),
                '正在排版',
            );
            if (mine !== turn) return;
            preview.value = made;
            const pdf =
                made === null ? null : await bytes('preview_pdf', { preview: made.preview });
            if (mine === turn) file.value = pdf;
        } catch (problem) {
            if (mine !== turn) return;
            preview.value = null;
            file.value = null;
            fault.value = commandError(problem);
        }
    }

    /** Reads the forms that suit what is to be printed. */
    async function begin(): Promise<void> {
        try {
            const all = await call('forms', {});
            forms.value =
                asked.kind === 'blank'
                    ? all.filter((f) => f.code === asked.form)
                    : all.filter(
                          (f) =>
                              (f.register ?? asked.register) === asked.register &&
                              (f.list || asked.records.length > 0),
                      );
        } catch (problem) {
            fault.value = commandError(problem);
            return;
        }
        for (const f of forms.value) typed[f.code] ??= {};
        const wanted = asked.kind === 'print' ? asked.form : asked.form;
        const first = forms.value.find((f) => f.code === wanted) ?? forms.value[0];
        if (first === undefined) return;
        chosen.value = [first.code];
        shown.value = first.code;
    }

    /** What was kept no longer fits once something else is to be printed. */
    function changed(): void {
        kept.value = null;
        saved.value = null;
    }

    watch(shown, () => void look());

    /** Chooses a form or lets it go; the last one stays. */
    function choose(code: string, on: boolean): void {
        const rest = chosen.value.filter((c) => c !== code);
        if (!on && rest.length === 0) return;
        chosen.value = on ? [...rest, code] : rest;
        shown.value = on ? code : (rest.at(-1) ?? shown.value);
        changed();
    }

    /** Takes what was typed into a field that only the paper has. */
    function type(code: string, id: string, text: string): void {
        const fields = (typed[code] ??= {});
        if (text === '') delete fields[id];
        else fields[id] = text;
        changed();
        void look();
    }

    /** Keeps the papers, once. `null` when it was stopped. */
    async function keep(): Promise<string[] | null> {
        if (kept.value === null) {
            const files: Kept['files'] = [];
            for (const each of chosenForms.value) {
                const made = await run(
                    'print_and_keep',
                    askOf(each.code),
                    `正在印《${each.title}》`,
                );
                if (made === null) return null;
                files.push(...made.files);
            }
            kept.value = files;
        }
        return kept.value.map((f) => f.printed);
    }

    /** Prints. Answers whether it went to the printer. */
    async function print(): Promise<boolean> {
        fault.value = null;
        try {
            const printed = await keep();
            if (printed === null) return false;
            await call('send_to_printer', { printed });
            return true;
        } catch (problem) {
            // What the printer refused is not kept as printed; the next try makes it anew.
            kept.value = null;
            fault.value = commandError(problem);
            return false;
        }
    }

    /** Saves the PDF where the clerk says. */
    async function save(): Promise<void> {
        fault.value = null;
        try {
            const printed = await keep();
            if (printed === null) return;
            saved.value = await call('save_printed', { printed });
        } catch (problem) {
            fault.value = commandError(problem);
        }
    }

    /** Prints the shown form empty, for the pen; leaves no trace. */
    async function printBlank(): Promise<boolean> {
        fault.value = null;
        try {
            const made = await call(
                'print_and_keep',
                askOf(shown.value, { blank: true, records: [], values: {} }),
            );
            await call('send_to_printer', { printed: made.files.map((f) => f.printed) });
            return true;
        } catch (problem) {
            fault.value = commandError(problem);
            return false;
        }
    }

    return {
        begin,
        busy,
        changed,
        choose,
        chosen,
        chosenForms,
        fault,
        file,
        form,
        forms,
        kept,
        merge,
        papers,
        preview,
        print,
        printBlank,
        save,
        saved,
        shown,
        type,
        typed,
    };
}

/** One printing. */
export type Printing = ReturnType<typeof usePrint>;
