// What the program fills in for the clerk: the moment, the last record's habits, a person on file. Each
// such field says so until it is changed; nothing typed is written over.
import { computed, ref } from 'vue';
import type { Entry, Typed } from '@/fields';
import { nameLink } from '@/fields/names';
import { call, type RegisterView } from '@/host';
import { sayDone, sayProblem } from '@/say';
import { begin, fromLast } from './start';

/** Where the values of a person on file go in a complaint. */
const FROM_PERSON: Record<string, string> = {
    complainant_name: 'name',
    complainant_unit: 'unit',
    address: 'address',
};

/** Filling for an entry of `register`. */
export function useFilled(register: RegisterView, entry: Entry) {
    const filled = ref<Record<string, { words: string; value: unknown }>>({});

    /** Quiet words at the end of the fields that still hold what was filled in. */
    const hints = computed(() => {
        const out: Record<string, string> = {};
        for (const [id, { words, value }] of Object.entries(filled.value))
            if (entry.values[id] === value) out[id] = words;
        return out;
    });

    /** Fills a field that is empty; answers whether it was. */
    function fill(id: string, value: Typed, words: string): boolean {
        if ((entry.values[id] ?? '') !== '') return false;
        entry.values[id] = value;
        filled.value[id] = { words, value };
        return true;
    }

    /** Begins a new entry. */
    async function startNew(): Promise<void> {
        const values = await begin(register);
        entry.begin(values);
        const event = register.event ?? '';
        filled.value =
            event in values ? { [event]: { words: '自动填，可改', value: values[event] } } : {};
    }

    /** Takes over what is habit from the newest record. */
    async function copyLast(): Promise<void> {
        try {
            const last = await fromLast(register, entry.shown.value);
            if (last === null) return sayDone(`还没有可以照抄的${register.label}。`);
            const copied = entry.shown.value
                .filter(({ id }) => id in last && fill(id, last[id] ?? null, '照抄上一条，可改'))
                .map((f) => f.label);
            sayDone(
                copied.length > 0 ? `照抄了${copied.join('、')}。` : '能照抄的栏目都已经填了。',
            );
        } catch (fault) {
            sayProblem(fault);
        }
    }

    /** Takes over a person on file; the showing stands in that person's history. */
    async function takePerson(uuid: string): Promise<void> {
        try {
            const ask = { register: 'person', record: uuid, unmask: true };
            const person = await call('show_personal', ask);
            nameLink(uuid, person.title);
            entry.values['person'] = uuid;
            for (const [to, from] of Object.entries(FROM_PERSON)) {
                const value = person.values[from];
                if (typeof value === 'string') fill(to, value, '按电话带出，可改');
            }
            entry.focus('phone');
        } catch (fault) {
            sayProblem(fault);
        }
    }

    return { hints, startNew, copyLast, takePerson };
}
