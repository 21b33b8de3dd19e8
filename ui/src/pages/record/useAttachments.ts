// What can be done with one attachment: open, save as, rename, remove.
import { shallowRef } from 'vue';
import { call, type RecordView } from '@/host';
import { sayDone, sayProblem } from '@/say';

/** A dialog about an attachment. */
export interface AttachmentDialog {
    kind: 'rename' | 'remove';
    attachment: RecordView;
}

/** The acts of attachments and the dialog that stands open. */
export function useAttachments() {
    const open = shallowRef<AttachmentDialog | null>(null);

    async function act(id: string, attachment: RecordView): Promise<void> {
        if (id === 'rename' || id === 'remove') {
            open.value = { kind: id, attachment };
            return;
        }
        try {
            if (id === 'open') await call('open_attachment', { attachment: attachment.uuid });
            else {
                const saved = await call('save_attachment', { attachment: attachment.uuid });
                if (saved !== null) sayDone(`已另存为 ${saved.name}。`);
            }
        } catch (fault) {
            sayProblem(fault);
        }
    }

    function close(): void {
        open.value = null;
    }

    function removed(): void {
        if (open.value)
            sayDone(`附件“${open.value.attachment.title}”已放进回收站，在那里可以恢复。`);
        close();
    }

    return { open, act, close, removed };
}
