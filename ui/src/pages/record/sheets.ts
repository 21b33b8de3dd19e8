// Papers of a record in words: printed and not back for so many days, returned, not needed. Pure.
import type { FormView, RecordView } from '@/host';

/** Where a paper stands. */
export interface PaperState {
    words: string;
    tone: 'out' | 'back' | 'plain';
    /** Its signed sheet has to come back and has not. */
    out: boolean;
    /** Form code. */
    form: string;
}

const DAY_MS = 86_400_000;

function daysSince(moment: string, today: Date): number {
    const [year, month, day] = moment.slice(0, 10).split('-').map(Number);
    const then = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1);
    const now = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
    return Math.max(0, Math.round((now - then) / DAY_MS));
}

/** A paper's state, worded for the panel. */
export function paperState(paper: RecordView, forms: readonly FormView[], today: Date): PaperState {
    const form = String(paper.values['form'] ?? '');
    const signed = forms.find((one) => one.code === form)?.signed ?? true;
    const prints = Number(paper.values['prints'] ?? 1);
    const times = prints > 1 ? `印过 ${prints} 次，` : '';
    switch (paper.values['status']) {
        case 'returned':
            return { words: '已收回', tone: 'back', out: false, form };
        case 'not_needed':
            return { words: '不用收回', tone: 'plain', out: false, form };
        case 'void':
            return { words: '作废', tone: 'plain', out: false, form };
        default: {
            if (!signed) return { words: `${times}已打印`, tone: 'plain', out: false, form };
            const days = daysSince(String(paper.values['printed_at'] ?? ''), today);
            const out = days > 0 ? `打印未收回 ${days} 天` : '打印未收回';
            return { words: times + out, tone: 'out', out: true, form };
        }
    }
}

/** Forms of the register that have no valid paper yet. */
export function unprinted(
    forms: readonly FormView[],
    register: string,
    papers: readonly RecordView[],
): FormView[] {
    const printed = new Set(
        papers.filter((p) => p.values['status'] !== 'void').map((p) => p.values['form']),
    );
    return forms.filter((f) => f.register === register && !f.list && !printed.has(f.code));
}
