// Build of the desk: one page served from the program itself, for the WebView2 of 2023 and later.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import elementPlus from 'unplugin-element-plus/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
    plugins: [vue(), elementPlus({})],
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
