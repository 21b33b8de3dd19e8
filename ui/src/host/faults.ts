// Faults of the page itself: told to the program's log by place and kind, never with a value.
import type { App } from 'vue';
import { call } from '.';

function tell(where: string, fault: unknown): void {
    const what = fault instanceof Error ? fault.name : typeof fault;
    // A fault while telling a fault has nowhere to go.
    call('tell_fault', { where, what }).catch(() => undefined);
    console.error(where, fault);
}

/** Catches what no page caught. */
export function catchFaults(app: App): void {
    app.config.errorHandler = (fault, _instance, where) => tell(where, fault);
    addEventListener('unhandledrejection', (event) => tell('unhandledrejection', event.reason));
}
