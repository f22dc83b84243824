import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnsweredCall, MOST_ANSWERS, readAnswers, withAnswer } from '#domain/last-answers';

const call = (n: number, end: AnsweredCall['end'] = { status: 200 }): AnsweredCall => ({
  at: 1_796_030_441_000 + n,
  tookMs: 80 + n,
  events: n % 51,
  end,
});

const answered: fc.Arbitrary<AnsweredCall> = fc.record({
  at: fc.integer({ min: 0, max: 9_999_999_999_999 }),
  tookMs: fc.integer({ min: 0, max: 30_000 }),
  events: fc.integer({ min: 0, max: 50 }),
  end: fc.oneof(
    fc.record({ status: fc.integer({ min: 100, max: 999 }) }),
    fc.record({ reason: fc.constantFrom('TIMEOUT', 'ECONNREFUSED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknown') }),
  ),
});

test('what was put is read, the newest first, and no more than that many', () => {
  fc.assert(
    fc.property(fc.array(answered, { maxLength: 40 }), (calls) => {
      const read = readAnswers(calls.reduce<string | undefined>(withAnswer, undefined));

      expect(read).toEqual(calls.toReversed().slice(0, read.length));
      expect(read.length).toBeLessThanOrEqual(MOST_ANSWERS);
      expect(read.length).toBeGreaterThanOrEqual(Math.min(calls.length, 7));
    }),
  );
});

test('twenty usual answers have room, and no twenty are longer than 400 characters', () => {
  const usual = Array.from({ length: 30 }, (_, n) => call(n)).reduce<string | undefined>(withAnswer, undefined);
  const long = Array.from({ length: 30 }, (_, n) => call(n, { reason: 'R'.repeat(50) })).reduce<string | undefined>(
    withAnswer,
    undefined,
  );

  expect(readAnswers(usual)).toHaveLength(MOST_ANSWERS);
  expect(long!.length).toBeLessThanOrEqual(400);
});

test('a clock that was set back during a call makes no answer unreadable', () => {
  expect(readAnswers(withAnswer(undefined, { ...call(1), tookMs: -5 }))).toEqual([{ ...call(1), tookMs: 0 }]);
});

test.each(['', 'nonsense', '1.2.3', 'a.b.c.d.e f.g.200.1'])('what cannot be read is left out: %j', (text) => {
  expect(readAnswers(text).length).toBeLessThanOrEqual(1);
});
