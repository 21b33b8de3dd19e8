// Signed sheets of a record that come back: by a dialog, by a file that was dropped, or not at all.
import { computed } from 'vue';
import { call, type RecordView } from '@/host';
import { sayDone, sayProblem } from '@/say';
import { paperState } from './sheets';
import type { Whole } from './useRecord';

/** What can be done about the sheets of a record. */
export function usePapers(whole: Whole) {
    const out = computed(() =>
        (whole.papers ?? []).filter((paper) => paperState(paper, whole.forms, new Date()).out),
    );
    const number = (paper: RecordView): string => paper.shown['paper_number'] ?? '';

    /** Takes the scan from a dropped file, or asks for one. */
    async function scan(paper: RecordView, token: string | null): Promise<void> {
        try {
            const got = await call('return_scan', { paper: number(paper), token });
            if (got !== null) sayDone(`已收回《${paper.title}》的扫描件。`);
        } catch (fault) {
            sayProblem(fault);
        }
    }

    async function unneeded(paper: RecordView): Promise<void> {
        try {
            await call('paper_returned', { paper: number(paper), scan: null, not_needed: true });
            sayDone(`《${paper.title}》记为不用收回，可以撤销。`);
        } catch (fault) {
            sayProblem(fault);
        }
    }

    return { out, scan, unneeded };
}
