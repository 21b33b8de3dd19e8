// The PDF reader: read once, with one worker, and with its character tables, fonts and decoders from
// the program's own folder, so that a paper is never blank for want of them.
import {
    getDocument,
    GlobalWorkerOptions,
    PDFWorker,
    type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;

let worker: PDFWorker | null = null;

function beside(folder: string): string {
    return new URL(`${import.meta.env.BASE_URL}pdf/${folder}/`, document.baseURI).href;
}

/** Opens a PDF. The bytes are copied: the worker takes what it is given away from the page. */
export function openPdf(file: Uint8Array): Promise<PDFDocumentProxy> {
    worker ??= new PDFWorker();
    return getDocument({
        data: file.slice(),
        worker,
        cMapUrl: beside('cmaps'),
        cMapPacked: true,
        standardFontDataUrl: beside('standard_fonts'),
        wasmUrl: beside('wasm'),
        iccUrl: beside('iccs'),
        isEvalSupported: false,
        enableXfa: false,
        stopAtErrors: false,
        verbosity: 0,
    }).promise;
}

export type { PDFDocumentProxy };

/** CSS pixels of one PDF point: a paper shown at 100 % has its true size. */
export const POINT = 96 / 72;
/** Pictures larger than this many pixels are drawn coarser: a canvas has a limit. */
const MOST_PIXELS = 24_000_000;

/** A page being drawn. */
export interface Drawing {
    done: Promise<HTMLCanvasElement>;
    cancel(): void;
}

/** Draws a page as sharp as the screen. */
export function drawPage(doc: PDFDocumentProxy, number: number, zoom: number): Drawing {
    let cancelled = false;
    let cancel = () => {
        cancelled = true;
    };
    const draw = async (): Promise<HTMLCanvasElement> => {
        const page = await doc.getPage(number);
        const size = page.getViewport({ scale: zoom * POINT });
        const fitting = Math.sqrt(MOST_PIXELS / (size.width * size.height));
        const sharp = Math.min(window.devicePixelRatio || 1, fitting);
        const viewport = page.getViewport({ scale: zoom * POINT * sharp });
        const canvas = document.createElement('canvas');
        canvas.width = Math.floor(viewport.width);
        canvas.height = Math.floor(viewport.height);
        if (cancelled) throw new Error('cancelled');
        const task = page.render({ canvas, viewport });
        cancel = () => task.cancel();
        await task.promise;
        return canvas;
    };
    return { done: draw(), cancel: () => cancel() };
}

/** The words of a page, for those who hear instead of see. */
export async function wordsOf(doc: PDFDocumentProxy, number: number): Promise<string> {
    const page = await doc.getPage(number);
    const content = await page.getTextContent();
    return content.items
        .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
        .join('');
}
