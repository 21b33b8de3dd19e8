// Journeys in Debian's Chromium over the loopback bridge to the real dispatcher.
import { defineConfig } from '@playwright/test';

export default defineConfig({
    testDir: 'e2e',
    globalSetup: './e2e/fill.ts',
    testIgnore: 'window/**',
    // Two cores: more workers only wait for each other.
    workers: 2,
    fullyParallel: true,
    // On a busy machine a key can come before its page has read its record; told as flaky.
    retries: 1,
    timeout: 60_000,
    expect: { timeout: 10_000 },
    reporter: [['list']],
    outputDir: 'test-results',
    use: {
        viewport: { width: 1366, height: 690 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        launchOptions: {
            executablePath: process.env['TAIZHANG_CHROMIUM'] ?? '/usr/bin/chromium',
            args: [
                '--no-sandbox',
                '--disable-gpu',
                '--disable-quic',
                '--no-first-run',
                '--disable-background-networking',
                '--disable-component-update',
                '--disable-sync',
            ],
        },
    },
});
