import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { PATIENCE_MS, TEST_MS } from './test/patience.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: TEST_MS,
    hookTimeout: TEST_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    // On a machine of two cores it would be one at a time, and many tests wait for another process most of theirs.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
