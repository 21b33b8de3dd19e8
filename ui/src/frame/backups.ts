// How old the newest backup is, in words, and making one now. The list of backups stands in the settings.
import { readonly, ref, shallowRef } from 'vue';
import { call, work, type BackupView, type Progress } from '@/host';
import { sayDone, sayProblem } from '@/say';
import { chinaDate, dayWords, daysBetween, timeWords } from './clock';

const newest = shallowRef<BackupView | null | undefined>(undefined);
/** The newest whole backup; `null` when there is none, `undefined` while that is not known. */
export const newestBackup = readonly(newest);

const progress = shallowRef<Progress | null>(null);
/** How far a backup that was begun here has come; `null` when none is being made. */
export const backing = readonly(progress);

/** Counts the reads, so that a late answer does not replace a newer one. */
const reads = ref(0);

/** Reads it anew. */
export async function readBackups(): Promise<void> {
    const mine = (reads.value += 1);
    const all = (await call('backups', {})).filter((b) => b.whole);
    all.sort((a, b) => b.sequence - a.sequence);
    if (mine === reads.value) newest.value = all[0] ?? null;
}

/** Forgets it: another office has others. */
export function forgetBackups(): void {
    reads.value += 1;
    newest.value = undefined;
}

/** Makes a backup now. */
export async function backUpNow(): Promise<void> {
    if (progress.value !== null) return;
    progress.value = { phase: '', done: 0, total: 0 };
    try {
        const made = await work('backup', {}, (p) => (progress.value = p)).answer;
        await readBackups();
        if (made !== null) sayDone('已备份，读回核对一致。');
    } catch (fault) {
        sayProblem(fault);
    } finally {
        progress.value = null;
    }
}

/** How loud the age is: after two days amber, after a week red. */
export type AgeTone = 'ok' | 'warn' | 'danger';

const WARN_DAYS = 2;
const DANGER_DAYS = 7;

/** `今天 08:31`, `昨天 17:40`, `11月12日 17:40`. */
export function whenWords(made: Date, now: Date): string {
    const days = daysBetween(made, now);
    const day = days === 0 ? '今天' : days === 1 ? '昨天' : dayWords(made);
    return `${day} ${timeWords(made)}`;
}

/** The age in words and how loud they are. */
export function ageWords(
    backup: Pick<BackupView, 'made_at'> | null,
    now: Date,
): { tone: AgeTone; words: string } {
    if (backup === null) return { tone: 'warn', words: '尚未备份' };
    const made = chinaDate(backup.made_at);
    const days = daysBetween(made, now);
    if (days < WARN_DAYS) return { tone: 'ok', words: `已备份 ${whenWords(made, now)}` };
    return { tone: days < DANGER_DAYS ? 'warn' : 'danger', words: `${days} 天没有备份` };
}
