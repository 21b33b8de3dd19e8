// Steps as the page offers them: which stand as buttons, which behind the menu; short times. Pure.
import type { StepOffer, WayView } from '@/host';

/** These have their own places on the page, or mean the same as the next step. */
const ELSEWHERE = new Set(['extend', 'pause', 'resume', 'note']);
/** More buttons than this crowd the bar. */
const BESIDE = 1;

/** The others in two parts: the commonest as buttons, all the rest behind the menu. */
export function othersOf(way: WayView): { beside: StepOffer[]; rest: StepOffer[] } {
    const usable = way.others.filter((offer) => offer.step !== way.next?.step);
    const common = usable.filter((offer) => offer.ready && !ELSEWHERE.has(offer.step));
    const beside = common.slice(0, BESIDE);
    const rest = usable.filter((offer) => !beside.includes(offer));
    // What moves the case stands above what is only noted.
    rest.sort((a, b) => Number(b.moves) - Number(a.moves));
    return { beside, rest };
}

/** `2026-11-16 09:35` as `11-16 09:35`; another year keeps its figures. */
export function shortMoment(at: string | null, year = new Date().getFullYear()): string {
    if (at === null) return '';
    const text = at.replace('T', ' ').slice(0, 16);
    return text.startsWith(`${year}-`) ? text.slice(5) : text;
}
