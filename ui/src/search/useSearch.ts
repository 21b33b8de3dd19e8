// What the search field knows: the text, the hits in groups, which line is chosen. Never asks while an
// input method composes; an answer that comes late is dropped. Drawing and keys are SearchBox's.
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { catalog } from '@/catalog';
import { call, commandError, type Found, type SearchAnswer } from '@/host';
import { openedRecords } from './recent';
import { around, marked, type Piece } from './marks';

/** One line of the panel. */
export interface Line {
    id: string;
    kind: 'record' | 'all';
    register: string;
    uuid: string;
    number: Piece[];
    title: Piece[];
    state: string;
    /** The field that matched. */
    field: string;
    /** Its text, when it is neither number nor title. */
    match: Piece[];
}

/** The lines of one register. */
export interface Group {
    register: string;
    label: string;
    /** `4 条`, `约 1200 条`; empty for the records that were opened last. */
    count: string;
    lines: Line[];
}

const DEBOUNCE_MS = 120;
const ASKED = 60;
/** Lines of a register while others were found as well. */
const FEW = 6;
const MANY = 14;
const BEFORE = 12;

const whole = (text: string): Piece[] => (text === '' ? [] : [{ text, hit: false }]);

function lineOf(found: Found, text: string): Line {
    // A paper's number is one of its fields.
    const number = found.number ?? (found.tier === 'number' ? found.excerpt : '');
    const inNumber = number !== '' && found.excerpt === number;
    const inTitle = !inNumber && found.excerpt === found.title;
    return {
        id: `hit-${found.uuid}`,
        kind: 'record',
        register: found.register,
        uuid: found.uuid,
        number: inNumber ? marked(number, text) : whole(number),
        title: inTitle ? around(marked(found.title, text), BEFORE * 2) : whole(found.title),
        state: found.state_label ?? '',
        field: found.field_label,
        match: inNumber || inTitle ? [] : around(marked(found.excerpt, text), BEFORE),
    };
}

function groupsOf(answer: SearchAnswer, text: string): Group[] {
    const registers = [...new Set(answer.hits.map((hit) => hit.register))];
    // Papers carry the number of their record; the record itself is meant first.
    registers.sort((a, b) => Number(a === 'paper') - Number(b === 'paper'));
    const shown = registers.length > 1 ? FEW : MANY;
    return registers.map((register) => {
        const hits = answer.hits.filter((hit) => hit.register === register);
        const label = hits[0]?.register_label ?? register;
        const count = answer.counts[label] ?? hits.length;
        const words = `${answer.exact ? '' : '约 '}${count.toLocaleString('zh-CN')} 条`;
        const lines = hits.slice(0, shown).map((hit) => lineOf(hit, text));
        if (count > lines.length)
            lines.push({
                id: `all-${register}`,
                kind: 'all',
                register,
                uuid: '',
                number: [],
                title: whole(`在“${label}”里看全部 ${words}`),
                state: '',
                field: '',
                match: [],
            });
        return { register, label, count: words, lines };
    });
}

async function openedLast(): Promise<Group[]> {
    const records = await openedRecords();
    if (records.length === 0) return [];
    const label = (id: string): string => catalog().registers.find((r) => r.id === id)?.label ?? '';
    const lines = records.map<Line>((record) => ({
        id: `hit-${record.uuid}`,
        kind: 'record',
        register: record.register,
        uuid: record.uuid,
        number: whole(record.number ?? ''),
        title: whole(record.title),
        state: record.mark?.label ?? record.state_label ?? '',
        field: label(record.register),
        match: [],
    }));
    return [{ register: '', label: '刚才打开过的', count: '', lines }];
}

/** The state behind a search field. */
export interface SearchState {
    text: Ref<string>;
    /** The text that the groups answer. */
    answered: Ref<string>;
    groups: Ref<Group[]>;
    lines: ComputedRef<Line[]>;
    /** The chosen line; -1 for none. */
    at: Ref<number>;
    fault: Ref<string>;
    /** Takes what is typed and asks a little later. */
    type(text: string): void;
    /** Asks at once. */
    ask(): Promise<void>;
    /** Waits for what is under way or planned. */
    settle(): Promise<void>;
    move(step: number): void;
}

/** Makes the state of a search field. */
export function useSearch(): SearchState {
    const text = ref('');
    const answered = ref('');
    const groups = shallowRef<Group[]>([]);
    const lines = computed(() => groups.value.flatMap((group) => group.lines));
    const at = ref(-1);
    const fault = ref('');
    let asked = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running: Promise<void> = Promise.resolve();

    async function read(): Promise<void> {
        const mine = (asked += 1);
        const sought = text.value.trim();
        try {
            const found =
                sought === ''
                    ? await openedLast()
                    : groupsOf(await call('search', { text: sought, limit: ASKED }), sought);
            if (mine !== asked) return;
            groups.value = found;
            answered.value = sought;
            at.value = sought !== '' && lines.value.length > 0 ? 0 : -1;
            fault.value = '';
        } catch (why) {
            if (mine === asked) fault.value = commandError(why).message;
        }
    }

    function ask(): Promise<void> {
        clearTimeout(timer);
        timer = undefined;
        running = read();
        return running;
    }

    return {
        text,
        answered,
        groups,
        lines,
        at,
        fault,
        type(typed) {
            text.value = typed;
            clearTimeout(timer);
            timer = setTimeout(() => void ask(), DEBOUNCE_MS);
        },
        ask,
        settle: () => (timer === undefined ? running : ask()),
        move(step) {
            const count = lines.value.length;
            if (count === 0) return;
            at.value = at.value < 0 && step < 0 ? count - 1 : (at.value + step + count) % count;
        },
    };
}
