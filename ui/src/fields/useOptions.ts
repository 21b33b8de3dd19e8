// Options under a field: asked for while typing, moved through with the arrows, picked with Enter.
// The cursor never leaves the input.
import { computed, ref, shallowRef } from 'vue';
import { composing } from '@/keys';

/** One thing that can be picked. */
export interface Option {
    /** What is picked: a code, an identifier, a text. */
    key: string;
    text: string;
    /** A quiet word behind it. */
    hint?: string;
    /** Never ready for Enter by itself: it does more than fill the field. */
    asks?: boolean;
}

/** How options behave. */
export interface OptionsAsk {
    /** The options for what is typed; a newer question makes an older answer void. */
    find(text: string): Promise<readonly Option[]> | readonly Option[];
    pick(option: Option): void;
    /** The first option stands ready for Enter; for fields that only hold what is offered. */
    ready: boolean;
}

/** The options of one field. */
export function useOptions(ask: OptionsAsk) {
    const options = shallowRef<readonly Option[]>([]);
    const at = ref(-1);
    const open = ref(false);
    let question = 0;

    async function show(text: string): Promise<void> {
        const mine = ++question;
        const found = await ask.find(text);
        if (mine !== question) return;
        options.value = found;
        at.value = ask.ready && text !== '' && found.length > 0 && !found[0]?.asks ? 0 : -1;
        open.value = found.length > 0;
    }

    function close(): void {
        question += 1;
        open.value = false;
        at.value = -1;
    }

    function pick(option: Option): void {
        close();
        ask.pick(option);
    }

    function move(by: number): void {
        const count = options.value.length;
        if (count > 0)
            at.value = (at.value + by + count + (at.value < 0 && by < 0 ? 1 : 0)) % count;
    }

    /** Takes the keys that belong to the options; Enter goes on to the next field by itself. */
    function onKeydown(event: KeyboardEvent, text: string): void {
        if (composing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            if (open.value) move(event.key === 'ArrowDown' ? 1 : -1);
            else void show(text);
        } else if (event.key === 'Enter' && open.value && !event.shiftKey) {
            const option = options.value[at.value];
            if (option) pick(option);
            else close();
        } else if (event.key === 'Tab') {
            close();
        }
    }

    const chosen = computed(() => options.value[at.value]);
    return { options, at, open, chosen, show, close, pick, onKeydown };
}
