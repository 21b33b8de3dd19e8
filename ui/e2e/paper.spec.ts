// The paper dialog: what is seen is what is printed, what is not printed does not count, kept papers
// and the signed sheets that come back; by keyboard, with the real PDFs of the real program.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { Bridge, expect, expectAccessible, expectNoSidewaysScroll, test } from './desk';

interface Row {
    uuid: string;
    number: string | null;
    values: Record<string, unknown>;
}

async function complaints(bridge: Bridge, limit: number): Promise<Row[]> {
    const asked = { register: 'complaint', filters: [], sort: ['received_at'], limit };
    return (await bridge.call<{ rows: Row[] }>('list_records', asked)).rows;
}

/** A complaint about which nothing was printed on F-28 yet. */
async function withoutOpinion(bridge: Bridge): Promise<Row> {
    for (const row of (await complaints(bridge, 120)).reverse())
        if ((await papersOf(bridge, row.uuid)).every((p) => p.values['form'] !== 'F-28'))
            return row;
    throw new Error('every complaint has one');
}

function papersOf(bridge: Bridge, record: string): Promise<Row[]> {
    return bridge.call<Row[]>('papers', { record });
}

async function statuses(bridge: Bridge, record: string): Promise<unknown[]> {
    return (await papersOf(bridge, record)).map((paper) => paper.values['status']);
}

function printed(log: unknown): string[] {
    return (log as Record<string, string>[]).flatMap((line) => line['print_file'] ?? []);
}

/** The dialog on a record's page, opened by its key; the given form is chosen in it. */
async function openDialog(page: Page, row: Row, form?: string): Promise<Locator> {
    await page.evaluate((hash) => (location.hash = hash), `#/record/complaint/${row.uuid}`);
    await expect(page.locator('#papers')).toBeVisible();
    const dialog = page.locator('dialog.paper-dialog');
    // A key that comes before the page has read what can be printed is pressed again, as a clerk would.
    await expect(async () => {
        if (!(await dialog.isVisible())) await page.keyboard.press('Control+p');
        await expect(dialog).toBeVisible({ timeout: 3_000 });
    }).toPass();
    if (form !== undefined) await dialog.getByLabel('表式').selectOption({ label: form });
    await expect(dialog.locator('[data-page="1"][data-drawn=true]')).toBeVisible();
    await expect(dialog.getByRole('button', { name: /^打印( \d+ 份)? Enter/ })).toHaveAttribute(
        'aria-disabled',
        'false',
    );
    return dialog;
}

interface Sheet {
    width: number;
    height: number;
    dark: number;
    /** Where the picture is dark: one figure a pixel. */
    ink: number[];
}

/** The drawn picture of a page, without the code at the upper right and the strip at the foot. */
function sheetOf(page: Locator): Promise<Sheet> {
    return page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const data = canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
        const ink: number[] = [];
        let dark = 0;
        for (let y = 0; y < height; y += 1)
            for (let x = 0; x < width; x += 1) {
                const at = (y * width + x) * 4;
                const strip = y > height * 0.945 || (y < height * 0.08 && x > width * 0.7);
                const value = strip ? 255 : (data[at] ?? 255);
                if (value < 128) dark += 1;
                ink.push(value);
            }
        return { width, height, dark, ink };
    });
}

/** Words of a page as they are read out, without blanks. */
async function wordsOf(page: Locator): Promise<string> {
    const words = page.locator('p.unseen');
    await expect(words).not.toBeEmpty();
    return ((await words.textContent()) ?? '').replace(/\s/g, '');
}

test('what the preview shows is what is printed, apart from number and code', async ({
    desk,
    bridge,
}) => {
    const row = await withoutOpinion(bridge);
    const dialog = await openDialog(desk, row, '投诉处理意见');
    const first = dialog.locator('[data-page="1"]');
    const seen = await sheetOf(first);
    const seenWords = await wordsOf(first);
    expect(seen.dark).toBeGreaterThan(1000);
    expect(seenWords).toMatch(/投诉处理意见/);
    await desk.keyboard.press('Enter');
    await expect(dialog).toBeHidden();

    const files = printed(await bridge.log());
    expect(files).toHaveLength(1);
    expect(readFileSync(files[0]!).subarray(0, 5).toString()).toBe('%PDF-');
    const kept = (await papersOf(bridge, row.uuid)).find((p) => p.values['form'] === 'F-28')!;
    const number = String(kept.values['paper_number']);
    await desk.getByRole('button', { name: '投诉处理意见', exact: true }).first().click();
    const again = dialog.locator('[data-page="1"]');
    await expect(again).toHaveAttribute('data-drawn', 'true');
    await expect(dialog.getByText(number).first()).toBeVisible();
    const keptWords = (await wordsOf(again)).replaceAll(number, '');
    expect(keptWords).toBe(seenWords.replaceAll(number, ''));
    const drawn = await sheetOf(again);
    expect([drawn.width, drawn.height]).toEqual([seen.width, seen.height]);
    const other = drawn.ink.filter((value, at) => Math.abs(value - (seen.ink[at] ?? 0)) > 8);
    expect(other).toHaveLength(0);
});

test('a sheet that did not come out of the printer is not printed, and the next try is', async ({
    desk,
    bridge,
}) => {
    const [row] = await complaints(bridge, 1);
    const before = await statuses(bridge, row!.uuid);
    const dialog = await openDialog(desk, row!, '投诉处理意见');
    await bridge.post('/host/answers', { refuses: true });
    await desk.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('没有印出来，没有记为已打印');
    expect(await statuses(bridge, row!.uuid)).toEqual(before.concat('void'));
    await bridge.post('/host/answers', { refuses: false });
    await desk.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    expect(await statuses(bridge, row!.uuid)).toEqual(before.concat('void', 'printed'));
});

test('a cancelled dialog keeps nothing; a saved paper is printed as the same paper', async ({
    desk,
    bridge,
}) => {
    const [row] = await complaints(bridge, 1);
    const before = await statuses(bridge, row!.uuid);
    const dialog = await openDialog(desk, row!, '投诉处理意见');
    await desk.keyboard.press('Control+s');
    await expect.poll(async () => JSON.stringify(await bridge.log())).toContain('save_place');
    expect(await statuses(bridge, row!.uuid)).toEqual(before);

    const place = join(bridge.folder, '处理意见.pdf');
    await bridge.post('/host/answers', { save_place: place });
    await desk.keyboard.press('Control+s');
    await expect(dialog.getByText('已存为 处理意见.pdf')).toBeVisible();
    expect(existsSync(place)).toBe(true);
    await dialog.getByRole('button', { name: '打开文件夹' }).press('Enter');
    await expect.poll(async () => JSON.stringify(await bridge.log())).toContain('"show_in_folder"');
    await desk.keyboard.press('Escape');
    const files = await statuses(bridge, row!.uuid);
    expect(files).toEqual(before.concat('printed'));
});

test('a blank form leaves no trace', async ({ desk, bridge }) => {
    const [row] = await complaints(bridge, 1);
    const before = await statuses(bridge, row!.uuid);
    const dialog = await openDialog(desk, row!);
    await dialog.getByRole('button', { name: '打印空白表' }).press('Enter');
    await expect.poll(async () => printed(await bridge.log())).toHaveLength(1);
    expect(printed(await bridge.log())[0]).toContain('空白');
    expect(await statuses(bridge, row!.uuid)).toEqual(before);
});

test('what is typed into the own fields of a paper stands on it', async ({ desk, bridge }) => {
    const [row] = await complaints(bridge, 1);
    const dialog = await openDialog(desk, row!, '投诉处理意见');
    await dialog.getByLabel('回复口径').fill('已向业主当面说明：䶮㛃𬭎𠅤');
    await desk.keyboard.press('Enter');
    await expect
        .poll(async () => dialog.locator('[data-page="1"] p.unseen').textContent())
        .toContain('已向业主当面说明');
});

test('two copies come out twice and are one paper', async ({ desk, bridge }) => {
    const [row] = await complaints(bridge, 1);
    const before = (await papersOf(bridge, row!.uuid)).length;
    const dialog = await openDialog(desk, row!, '投诉处理意见');
    await dialog.getByLabel('份数').fill('2');
    await desk.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: '打印 2 份' })).toBeFocused();
    await desk.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    expect(printed(await bridge.log())).toHaveLength(2);
    expect(await papersOf(bridge, row!.uuid)).toHaveLength(before + 1);
});

test('a signed scan without its own Chinese fonts is seen beside the paper', async ({
    desk,
    bridge,
}) => {
    const row = await withoutOpinion(bridge);
    await bridge.call('print_and_keep', { form: 'F-28', records: [row.uuid] });
    const kept = await papersOf(bridge, row.uuid);
    const paper = kept.find((p) => p.values['form'] === 'F-28')!;
    const scan = join(bridge.folder, '扫描.pdf');
    writeFileSync(scan, foreignPdf());
    await desk.evaluate((hash) => (location.hash = hash), `#/record/complaint/${row.uuid}`);
    await desk.getByRole('button', { name: '投诉处理意见', exact: true }).first().click();
    const dialog = desk.locator('dialog.paper-dialog');
    await expect(dialog.getByRole('button', { name: '收回扫描件' })).toBeFocused();
    await expectAccessible(desk);
    await bridge.post('/host/answers', { pick_files: [scan] });
    await desk.keyboard.press('Enter');
    const back = dialog.locator('section.pdf').nth(1).locator('[data-page="1"]');
    await expect(back).toHaveAttribute('data-drawn', 'true');
    expect((await sheetOf(back)).dark).toBeGreaterThan(200);
    expect(await wordsOf(back)).toContain('签字属实');
    expect(await wordsOf(back)).toContain('同意');
    const now = await papersOf(bridge, row.uuid);
    expect(now.find((p) => p.uuid === paper.uuid)!.values['status']).toBe('returned');
    await expectNoSidewaysScroll(desk);
});

test('many records: progress, and stopping keeps nothing', async ({ desk, bridge }) => {
    const rows = await complaints(bridge, 120);
    const before = await Promise.all(rows.slice(0, 5).map((r) => papersOf(bridge, r.uuid)));
    await desk.evaluate((hash) => (location.hash = hash), '#/list/complaint');
    await desk.locator('[role=grid]').waitFor();
    await desk.locator('.all-tick').press('Space');
    await expect(desk.getByText('已选 120 条')).toBeVisible();
    await desk.keyboard.press('Control+p');
    const dialog = desk.locator('dialog.paper-dialog');
    await expect(dialog.getByText(/\d+ 条投诉/)).toBeVisible();
    await dialog.getByRole('button', { name: '停下' }).press('Enter');
    await expect(dialog.getByRole('button', { name: '停下' })).toBeHidden();
    await expect(dialog.getByRole('button', { name: '接着排' })).toBeVisible();
    const after = await Promise.all(rows.slice(0, 5).map((r) => papersOf(bridge, r.uuid)));
    expect(after.map((p) => p.length)).toEqual(before.map((p) => p.length));
});

test('keys zoom and turn, Esc closes and the cursor is back where it was', async ({
    desk,
    bridge,
}) => {
    const [row] = await complaints(bridge, 1);
    const dialog = await openDialog(desk, row!, '投诉调查报告');
    const zoom = dialog.locator('output');
    const whole = await zoom.textContent();
    await desk.keyboard.press('Control+=');
    await expect(zoom).not.toHaveText(whole!);
    await desk.keyboard.press('Control+-');
    await desk.keyboard.press('Control+-');
    const width = await dialog.locator('[data-page="1"] canvas').getAttribute('width');
    expect(Number(width)).toBeGreaterThan(0);
    await expectAccessible(desk);
    await expectNoSidewaysScroll(desk);
    await desk.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(desk.locator('main')).toBeVisible();
    expect(await desk.evaluate(() => document.activeElement?.closest('main') !== undefined)).toBe(
        true,
    );
});

/** A PDF that names Chinese fonts and does not carry them: as many scanners' programs write. */
function foreignPdf(): string {
    const font = (name: string, encoding: string) =>
        `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/${encoding}/DescendantFonts[` +
        `<</Type/Font/Subtype/CIDFontType0/BaseFont/${name}/CIDSystemInfo<</Registry(Adobe)` +
        `/Ordering(GB1)/Supplement 2>>/FontDescriptor<</Type/FontDescriptor/FontName/${name}` +
        `/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700` +
        `/StemV 80>>>>]>>`;
    const ucs2 = [...'签字属实']
        .map((c) => c.codePointAt(0)!.toString(16).padStart(4, '0'))
        .join('');
    // GBK: 同意
    const gbk = 'cdacd2e2';
    const stream =
        `BT /A 36 Tf 72 700 Td <${ucs2}> Tj ET BT /B 36 Tf 72 600 Td <${gbk}> Tj ET ` +
        'BT /C 24 Tf 72 500 Td (signed) Tj ET';
    const objects = [
        '<</Type/Catalog/Pages 2 0 R>>',
        '<</Type/Pages/Kids[3 0 R]/Count 1>>',
        '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<<' +
            `/A ${font('STSong-Light', 'UniGB-UCS2-H')}/B ${font('STSong-Light', 'GBK-EUC-H')}` +
            '/C <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>',
        `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    ];
    let text = '%PDF-1.4\n';
    const offsets = objects.map((body, at) => {
        const offset = text.length;
        text += `${at + 1} 0 obj${body}endobj\n`;
        return offset;
    });
    const table = offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('');
    return (
        `${text}xref\n0 5\n0000000000 65535 f \n${table}` +
        `trailer<</Size 5/Root 1 0 R>>startxref\n${text.length}\n%%EOF`
    );
}
