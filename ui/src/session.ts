// The open office and what the program knows of itself; asked once at the start and after a change.
import { shallowReadonly, shallowRef } from 'vue';
import { call, touched, type Status } from './host';

const kept = shallowRef<Status | null>(null);
/** What is open; `null` until the program has answered. */
export const session = shallowReadonly(kept);

/** Asks again. */
export async function readStatus(): Promise<void> {
    kept.value = await call('status', {});
}

/** Takes a status that a command answered; every page is read anew. */
export function takeStatus(status: Status): void {
    kept.value = status;
    touched();
}
