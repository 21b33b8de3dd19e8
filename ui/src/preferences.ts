// What the clerk chose and finds again: column layouts, views, type size. Kept in the office, outside
// history and undo.
import { reactive, readonly } from 'vue';
import { call } from './host';

const kept = reactive<Record<string, unknown>>({});
/** All choices by key. */
export const preferences = readonly(kept);

/** Reads them; once an office. */
export async function readPreferences(): Promise<void> {
    const answer = await call('preferences', {});
    for (const key of Object.keys(kept)) delete kept[key];
    Object.assign(kept, answer);
    showType();
}

/** Keeps a choice; `null` forgets it. */
export async function savePreference(key: string, value: unknown): Promise<void> {
    if (value === null) delete kept[key];
    else kept[key] = value;
    showType();
    await call('save_preference', { key, value });
}

/** The type size stands on the root, because all sizes are rem. */
function showType(): void {
    const size = kept['type'];
    if (size === 'large' || size === 'largest') document.documentElement.dataset['type'] = size;
    else delete document.documentElement.dataset['type'];
}
