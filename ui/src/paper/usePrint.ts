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
    type Printed,
    type PrintPapers,
    type Progress,
    type Saved,
    type Work,
} from '@/host';
import type { BlankAsked, PapersAsked } from '.';

type Preview = Commands['preview_papers']['answer'];

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
    /** How often each paper comes out of the printer; one paper all the same. */
    const copies = ref(1);
    const preview = shallowRef<Preview | null>(null);
    const file = shallowRef<Uint8Array | null>(null);
    const fault = shallowRef<CommandError | null>(null);
    const busy = ref<Busy | null>(null);
    /** The clerk stopped the laying out. */
    const stopped = ref(false);
    const kept = shallowRef<Printed[] | null>(null);
    const saved = shallowRef<Saved | null>(null);

    const records = asked.kind === 'print' ? asked.records : [];
    const blank = asked.kind === 'blank';
    const form = computed(() => forms.value.find((f) => f.code === shown.value));
    const chosenForms = computed(() => forms.value.filter((f) => chosen.value.includes(f.code)));
    /** How many papers come into being. */
    const papers = computed(() =>
        blank ? 1 : chosenForms.value.reduce((sum, f) => sum + (f.list ? 1 : records.length), 0),
    );

    function askOf(code: string, together = merge.value): PrintPapers {
        return {
            form: code,
            records: [...records],
            filters: [],
            blank,
            values: { ...typed[code] },
            filler: null,
            merge: together,
            trial: false,
        };
    }

    /** Runs a command, with progress when it is about many records. */
    async function run<K extends 'preview_papers' | 'print_out' | 'keep_as'>(
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
        stopped.value = false;
        if (shown.value === '') return;
        try {
            const made = await run('preview_papers', askOf(shown.value, true), '正在排版');
            if (mine !== turn) return;
            stopped.value = made === null;
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

    /** Shows a form, printing it in place of the one that was shown. */
    function show(code: string): void {
        const rest = chosen.value.filter((c) => c !== code && c !== shown.value);
        chosen.value = [code, ...rest];
        shown.value = code;
        changed();
    }

    /** Chooses a form beside the shown one or lets it go; the last one stays. */
    function choose(code: string, on: boolean): void {
        const rest = chosen.value.filter((c) => c !== code);
        if (!on && rest.length === 0) return;
        chosen.value = on ? [...rest, code] : rest;
        if (!on && shown.value === code) shown.value = rest[0] ?? code;
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

    /** Prints. Answers whether it went to the printer; what did not come out is not kept. */
    async function print(): Promise<boolean> {
        fault.value = null;
        try {
            if (kept.value !== null) {
                // Saved before: the same papers go to the printer, none is made twice.
                const printed = kept.value.map((f) => f.printed);
                const sheets = Array.from({ length: copies.value }, () => printed).flat();
                await call('send_to_printer', { printed: sheets });
                return true;
            }
            const prints = chosenForms.value.map((f) => askOf(f.code, f.list));
            return (await run('print_out', { prints, copies: copies.value }, '正在印')) !== null;
        } catch (problem) {
            fault.value = commandError(problem);
            return false;
        }
    }

    /** Saves the PDF where the clerk says; a cancelled dialog keeps nothing. */
    async function save(): Promise<void> {
        fault.value = null;
        try {
            if (kept.value !== null) {
                const printed = kept.value.map((f) => f.printed);
                saved.value = (await call('save_printed', { printed })) ?? saved.value;
                return;
            }
            const prints = chosenForms.value.map((f) => askOf(f.code, f.list));
            const name = preview.value?.files[0]?.name ?? `${form.value?.title ?? ''}.pdf`;
            const made = await run('keep_as', { prints, name }, '正在存');
            if (made === null) return;
            kept.value = made.files;
            saved.value = made.saved;
        } catch (problem) {
            fault.value = commandError(problem);
        }
    }

    /** Prints the shown form empty, for the pen; leaves no trace. */
    async function printBlank(): Promise<boolean> {
        fault.value = null;
        try {
            const empty = { ...askOf(shown.value), blank: true, records: [], values: {} };
            await call('print_out', { prints: [empty], copies: copies.value });
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
        copies,
        fault,
        file,
        form,
        forms,
        kept,
        look,
        merge,
        papers,
        preview,
        print,
        printBlank,
        save,
        saved,
        show,
        shown,
        stopped,
        type,
        typed,
    };
}

/** One printing. */
export type Printing = ReturnType<typeof usePrint>;
