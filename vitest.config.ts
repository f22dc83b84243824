import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Two at a time: on a machine of two cores it would be one.
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2 },
});
