import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a machine that has much else to do.
    expect: { poll: { timeout: 30_000 } },
    // Two at a time: on a machine of two cores it would be one.
    maxWorkers: 2,
  },
});
