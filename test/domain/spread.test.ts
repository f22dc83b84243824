import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf, createSpread, secondsOf } from '#domain/spread';

function spreadOf(all: readonly number[], as: 'seconds' | 'buckets') {
  const spread = createSpread();
  for (const seconds of all) {
    if (as === 'seconds') spread.add(seconds);
    else spread.addBucket(bucketOf(seconds), 1);
  }
  return spread;
}

test.each([
  [[], 0.5, undefined],
  [[7], 0.5, 7],
  [[1, 2, 3, 4], 0.5, 2],
  [[4, 1, 3, 2], 0.9, 4],
  [Array.from({ length: 10 }, (_, index) => index + 1), 0.9, 9],
])('S3 of %j the part %d took at most %j seconds', (all, part, seconds) => {
  expect(spreadOf(all, 'seconds').percentile(part)).toBe(seconds);
});

test('S3 percentiles of buckets are within 2.5 percent, also if some times are exact', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 35_000_000 }), { minLength: 1, maxLength: 60 }),
      fc.constantFrom(0.5, 0.9),
      fc.nat(),
      (all, part, cut) => {
        const exact = spreadOf(all, 'seconds').percentile(part)!;
        const mixed = spreadOf(all.slice(cut % all.length), 'buckets');
        for (const seconds of all.slice(0, cut % all.length)) mixed.add(seconds);
        mixed.addBucket(0, 0);

        const near = mixed.percentile(part)!;

        expect(Math.abs(near - exact)).toBeLessThanOrEqual(exact * 0.025);
      },
    ),
    { numRuns: 300, seed: 21 },
  );
});

test('S3 the time of a bucket lies in the bucket', () => {
  for (let bucket = -1; bucket < 360; bucket += 1) expect(bucketOf(secondsOf(bucket))).toBe(bucket);
});
