import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { PATIENCE_MS, TEST_MS } from './test/patience.ts';

/** Tests that start what a user starts: servers, engines, browsers. */
const WHOLE = 'test/**/*.int.test.ts';
/** Those of the page. */
const PAGE = 'test/page/**/*.int.test.ts';
/** Rooms of tests that leave their process as they found it. */
const ROOMS = ['api', 'aws', 'calls', 'channels', 'crms', 'docs', 'domain', 'flows', 'functions', 'hostile', 'http'];
const TIDY = [...ROOMS, 'logs', 'media', 'store', 'structure', 'web'].map((room) => `test/${room}/**/!(*.int).test.ts`);

export default defineConfig({
  test: {
    testTimeout: TEST_MS,
    hookTimeout: TEST_MS,
    setupFiles: ['test/seeded.ts'],
    expect: { poll: { timeout: PATIENCE_MS } },
    // On a machine of two cores it would be one at a time, and many tests wait for another process most of theirs.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      // They share processes, so that a module is loaded once in each and not once for each file: half of their time.
      { extends: true, test: { name: 'shared', include: TIDY, isolate: false } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: [...TIDY, WHOLE] } },
      { extends: true, test: { name: 'whole', include: [WHOLE], exclude: [PAGE] } },
      // They share browsers.
      { extends: true, test: { name: 'page', include: [PAGE], isolate: false } },
    ],
  },
});
