import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hash53, shortHash } from '#domain/hash';

// The values of bryc's own implementation. They must never change: stored keys, tokens and message ids depend on them.
test.each([
  { text: '', hash: 3338908027751811 },
  { text: 'a', hash: 7929297801672961 },
  { text: 'b', hash: 8684336938537663 },
  { text: 'revenge', hash: 4051478007546757 },
  { text: 'revenue', hash: 8309097637345594 },
])('the hash of "$text" is $hash', ({ text, hash }) => {
  expect(hash53(text)).toBe(hash);
});

test('another seed gives another hash', () => {
  expect(hash53('a', 1)).not.toBe(hash53('a'));
});

test('the hash of any text is a safe integer, and at most 11 letters and digits when short', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(Number.isSafeInteger(hash53(text))).toBe(true);
      expect(shortHash(text)).toMatch(/^[0-9a-z]{1,11}$/);
      expect(shortHash(text)).toBe(shortHash(text));
    }),
  );
});

test('a hundred thousand texts have different hashes', () => {
  const hashes = new Set(Array.from({ length: 100_000 }, (_, index) => shortHash(`channel#telegram#${index}`)));

  expect(hashes.size).toBe(100_000);
});
