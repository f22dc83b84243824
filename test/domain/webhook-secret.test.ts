import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  COUNTS_ON_MS,
  isRegistering,
  secretsOf,
  type WebhookSecrets,
  withOffered,
  withoutOffered,
  withRegistered,
} from '#domain/webhook-secret';

const START = 1_791_000_000_000;
const FIRST: WebhookSecrets = { webhookSecret: 'first' };

test('the one before counts for some minutes after a registration, and no longer', () => {
  const after = withRegistered(withOffered(FIRST, 'second', START), 'second', START + COUNTS_ON_MS);

  expect(secretsOf(after, START)).toEqual(['second', 'first']);
  expect(secretsOf(after, START + COUNTS_ON_MS)).toEqual(['second']);
});

test('a second registration does not lengthen the time of what ends already', () => {
  const once = withRegistered(FIRST, 'second', START + 1_000);
  const twice = withRegistered(once, 'third', START + 5_000);

  expect(secretsOf(twice, START + 1_000)).toEqual(['third', 'second']);
});

test('while a request registers one, no other may begin, for a minute', () => {
  const offered = withOffered(FIRST, 'second', START);

  expect(isRegistering(offered, START + 59_999)).toBe(true);
  expect(isRegistering(offered, START + 60_000)).toBe(false);
  expect(isRegistering(withoutOffered(offered, 'second', true), START)).toBe(false);
});

/** What becomes of a registration: `before` and `after` say where a crash is, seen from the messenger. */
const ends = ['good', 'refused', 'unanswered, taken', 'unanswered, not taken', 'crash before', 'crash after'] as const;

test('whatever becomes of registrations one after the other, what the messenger has always counts', () => {
  const step = fc.record({ end: fc.constantFrom(...ends), passed: fc.integer({ min: 60_000, max: 3 * 86_400_000 }) });
  fc.assert(
    // Each end that leaves something open may be followed by few others before a good one: the list is bounded.
    fc.property(fc.array(step, { maxLength: 5 }), (steps) => {
      let now = START;
      let secrets = FIRST;
      let messengers = 'first';
      for (const [index, { end, passed }] of steps.entries()) {
        const made = `secret ${index}`;
        secrets = withOffered(secrets, made, now);
        expect(secretsOf(secrets, now)).toEqual(expect.arrayContaining([messengers, made]));
        if (['good', 'unanswered, taken', 'crash after'].includes(end)) messengers = made;
        if (end === 'good') secrets = withRegistered(secrets, made, now + COUNTS_ON_MS);
        if (end === 'refused') secrets = withoutOffered(secrets, made, false);
        if (end.startsWith('unanswered')) secrets = withoutOffered(secrets, made, true);
        now += passed;
        expect(secretsOf(secrets, now)).toContain(messengers);
        expect(isRegistering(secrets, now)).toBe(false);
        if (end === 'good') expect(secretsOf(secrets, now + COUNTS_ON_MS)).toEqual([made]);
      }
    }),
  );
});

test('the list stays short, and keeps the newest', () => {
  let secrets = FIRST;
  for (let index = 0; index < 50; index += 1) secrets = withOffered(secrets, `secret ${index}`, START);

  expect(secretsOf(secrets, START)).toEqual(['first', ...[49, 48, 47, 46, 45].map((index) => `secret ${index}`)]);
});
