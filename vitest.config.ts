import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a machine that has much else to do.
    expect: { poll: { timeout: 30_000 } },
    // On a machine of two cores it would be one at a time, and many tests wait for another process most of theirs.
    maxWorkers: 3,
  },
});
