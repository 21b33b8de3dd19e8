// Build of the desk: one page served from the program itself, for the WebView2 of 2023 and later.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import elementPlus from 'unplugin-element-plus/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** What the PDF reader fetches by itself, by folder: only what papers and scans of this trade need. */
const PDF_FILES: Record<string, RegExp> = {
    // Character codes of Chinese fonts that a PDF names but does not carry.
    cmaps: /^(Adobe-GB1|GB|UniGB).*\.bcmap$|^LICENSE$/,
    standard_fonts: /./,
    // Decoders of scanned pages; the script beside them is for pages without WebAssembly.
    wasm: /\.wasm$|^LICENSE/,
    iccs: /./,
};

/** Puts these files beside the page, under /pdf/. */
function pdfFiles(): Plugin {
    const ground = fileURLToPath(new URL('./node_modules/pdfjs-dist', import.meta.url));
    return {
        name: 'pdf-files',
        apply: 'build',
        generateBundle() {
            for (const [folder, wanted] of Object.entries(PDF_FILES))
                for (const name of readdirSync(join(ground, folder)).filter((n) => wanted.test(n)))
                    this.emitFile({
                        type: 'asset',
                        fileName: `pdf/${folder}/${name}`,
                        source: readFileSync(join(ground, folder, name)),
                    });
        },
    };
}

export default defineConfig({
    plugins: [vue(), elementPlus({}), pdfFiles()],
    base: '/',
    resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
    build: {
        target: 'chrome109',
        // Inlined data URLs would need a wider content policy for scripts and styles.
        assetsInlineLimit: 0,
        reportCompressedSize: false,
        // Old WebViews lack nothing that the preload helper would add, and it injects inline code.
        modulePreload: { polyfill: false },
    },
    test: { environment: 'happy-dom' },
});
