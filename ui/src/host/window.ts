// What the window tells the page: that it is to close, and that the program was started once more.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

/**
 * Keeps what is not saved before the window closes. Without an answer it closes after a second;
 * when `keep` says that something could not be kept, it stays open once.
 */
export function onClosing(keep: () => Promise<boolean>): Promise<() => void> {
    return listen('closing', async () => {
        const kept = await keep().catch(() => false);
        await invoke('leave', { kept });
    });
}

/** Hears that the program was started a second time; this window came forward instead. */
export function onKnocked(hear: () => void): Promise<() => void> {
    return listen('knocked', hear);
}
