// The program's clock on the page: the moment that the program said, moved on by the time since then.
// The computer's own time zone does not matter; the trade's day is China's.
import { onBeforeUnmount, readonly, ref, watch, type Ref } from 'vue';
import { touched } from '@/host';
import { session } from '@/session';

const MINUTE_MS = 60_000;
const CHINA_MS = 8 * 60 * MINUTE_MS;

let shift = 0;
watch(
    session,
    (status) => {
        if (status !== null) shift = Date.parse(status.now) - Date.now();
    },
    { immediate: true },
);

/** The present moment: a date whose UTC parts are those of China. */
export function chinaNow(): Date {
    return new Date(Date.now() + shift + CHINA_MS);
}

/** A moment or a day as the program writes them, read the same way. */
export function chinaDate(text: string): Date {
    const [day = '', time = '00:00'] = text.split(/[T ]/);
    return new Date(`${day}T${time.slice(0, 5)}:00Z`);
}

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** `11月20日` */
export const dayWords = (date: Date): string => `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;

/** `09:12` */
export const timeWords = (date: Date): string => date.toISOString().slice(11, 16);

/** `11月20日 星期五 09:12` */
export function momentWords(date: Date): string {
    return `${dayWords(date)} 星期${WEEKDAYS[date.getUTCDay()] ?? ''} ${timeWords(date)}`;
}

/** Whole days between two dates, by the calendar. */
export function daysBetween(from: Date, to: Date): number {
    const day = (date: Date): number => Math.floor(date.getTime() / (24 * 60 * MINUTE_MS));
    return day(to) - day(from);
}

/** The present moment, told anew with every minute. With a new day all pages are read anew. */
export function useNow(): Readonly<Ref<Date>> {
    const now = ref(chinaNow());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = (): void => {
        const next = chinaNow();
        if (daysBetween(now.value, next) !== 0) touched();
        now.value = next;
        timer = setTimeout(tick, MINUTE_MS - (next.getTime() % MINUTE_MS) + 20);
    };
    tick();
    const stop = watch(session, () => (now.value = chinaNow()));
    onBeforeUnmount(() => {
        clearTimeout(timer);
        stop();
    });
    return readonly(now) as Readonly<Ref<Date>>;
}
