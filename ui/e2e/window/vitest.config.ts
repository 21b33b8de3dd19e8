// Journeys of the real window: one program at a time, in Node, with the patience a busy machine needs.
import { defineConfig } from 'vitest/config';

export default defineConfig({
    test: {
        dir: import.meta.dirname,
        include: ['**/*.test.ts'],
        environment: 'node',
        fileParallelism: false,
        testTimeout: 120_000,
        hookTimeout: 120_000,
    },
});
