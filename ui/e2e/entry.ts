// What the journeys of the entry page share: opening it, typing into its fields, the newest record.
import type { Locator, Page } from '@playwright/test';
import { Bridge, expect } from './desk';

/** A record as the program answers it. */
export interface Row {
    uuid: string;
    number: string | null;
    state: string | null;
    row_version: number;
    values: Record<string, unknown>;
    shown: Record<string, string>;
    lines?: Record<string, { uuid: string; values: Record<string, unknown> }[]>;
}

/** The newest record of a register, in full. */
export async function newest(bridge: Bridge, register = 'complaint'): Promise<Row> {
    const { rows } = await bridge.call<{ rows: Row[] }>('list_records', {
        register,
        sort: ['-created_at'],
        limit: 1,
        unmask: true,
    });
    const row = rows[0];
    if (row === undefined) throw new Error(`no ${register}`);
    return bridge.call<Row>('get_record', { register, record: row.uuid, unmask: true });
}

/** How many records a register has. */
export async function count(bridge: Bridge, register = 'complaint'): Promise<number> {
    const { total } = await bridge.call<{ total: number }>('list_records', { register, limit: 1 });
    return total;
}

/** Opens the entry of a new record; the cursor stands in its first empty field then. */
export async function openNew(page: Page, register = 'complaint'): Promise<void> {
    await page.evaluate((hash) => (location.hash = hash), `#/list/${register}/new`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('登记');
    await expect(page.locator('[data-field]').first()).toBeVisible();
    await expect.poll(() => focused(page)).not.toBe('');
}

/** Opens the changes to a record, with the cursor in a field. */
export async function openEdit(
    page: Page,
    register: string,
    uuid: string,
    field = '',
): Promise<void> {
    const query = field === '' ? '' : `?field=${field}`;
    await page.evaluate(
        (hash) => (location.hash = hash),
        `#/record/${register}/${uuid}/edit${query}`,
    );
    await expect(page.locator('[data-field]').first()).toBeVisible();
    await expect.poll(() => focused(page)).not.toBe('');
}

/** The field that has the cursor. */
export function focused(page: Page): Promise<string> {
    return page.evaluate(() => {
        const field = document.activeElement?.closest<HTMLElement>('[data-field]');
        return field?.dataset['field'] ?? '';
    });
}

/** What is typed in for a field. */
export function input(page: Page, field: string): Locator {
    return page.locator(`[data-field="${field}"]`).locator('input, textarea').first();
}

/** The message under a field. */
export function fault(page: Page, field: string): Locator {
    return page.locator(`[data-field="${field}"] .field-fault`);
}

/** Types where the cursor is; characters as an input method gives them. */
export async function typeIn(page: Page, field: string, text: string): Promise<void> {
    await input(page, field).focus();
    await input(page, field).selectText();
    await page.keyboard.insertText(text);
}

/** What every complaint needs. */
export async function fillComplaint(page: Page, content: string, name = '何玉珍'): Promise<void> {
    await page.locator('[data-field="channel"] button').first().click();
    await typeIn(page, 'complainant_name', name);
    await typeIn(page, 'content', content);
}
