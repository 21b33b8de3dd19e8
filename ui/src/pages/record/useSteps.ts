// The steps of the record as the page opens them: which dialog stands open, what was taken last.
import { computed, shallowRef } from 'vue';
import type { TypedValues } from '@/fields';
import type { StepOffer, StepTaken } from '@/host';
import { sayDone } from '@/say';
import type { Whole } from './useRecord';

/** A dialog of a step. */
export interface OpenStep {
    offer: StepOffer;
    /** The field in which the cursor begins. */
    begin: string | null;
    preset: TypedValues;
}

const CLOCKS = new Set(['extend', 'pause', 'resume']);

/** The steps of the record. */
export function useSteps(whole: Whole) {
    const open = shallowRef<OpenStep | null>(null);
    const last = shallowRef<{ taken: StepTaken; offer: StepOffer } | null>(null);
    const offers = computed(() => {
        const way = whole.way;
        return way === null ? [] : [...(way.next ? [way.next] : []), ...way.others];
    });
    const clocks = computed(() =>
        offers.value.filter((offer) => CLOCKS.has(offer.step) && offer.applies),
    );
    const note = computed(() => offers.value.find((offer) => offer.step === 'note') ?? null);

    /** Whether the record still stands as the last step left it. */
    const fresh = computed(
        () => last.value?.taken.record.row_version === whole.record?.row_version,
    );

    function show(offer: StepOffer, begin: string | null, preset: TypedValues = {}): void {
        open.value = { offer, begin, preset };
    }

    function showNext(): void {
        const next = whole.way?.next;
        if (next) show(next, next.missing[0]?.field ?? null);
    }

    function showClock(offer: StepOffer, rule: string): void {
        show(offer, null, offer.step === 'extend' ? { rule } : {});
    }

    function showNote(): void {
        if (note.value) show(note.value, null);
    }

    function taken(answer: StepTaken, offer: StepOffer): void {
        open.value = null;
        last.value = { taken: answer, offer };
        sayDone(`已办：${offer.label}。`);
    }

    return { open, last, fresh, clocks, note, show, showNext, showClock, showNote, taken };
}
