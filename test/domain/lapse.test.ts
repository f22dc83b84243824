import { expect, test } from 'vitest';
import { isAwayBy, type Lapse, lapsed } from '#domain/lapse';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 5, 12);
const before: Lapse = [1, NOW - 20 * MINUTE];

test.each([
  ['the first one', undefined, undefined, 1],
  ['one more of a user who has never answered', before, undefined, 2],
  ['one more of a user who answered long before the last one', before, NOW - 60 * MINUTE, 2],
  ['one of a user who has answered since the last one', before, NOW - 5 * MINUTE, 1],
  [
    'one of a user who may have answered since: their signs are noted once in ten minutes',
    before,
    NOW - 29 * MINUTE,
    1,
  ],
])('lapses in a row (T11): %s', (_what, last, seenAt, count) => {
  expect(lapsed(last, seenAt, NOW)).toEqual([count, NOW]);
});

test.each([
  [1, 2, false],
  [2, 2, true],
  [3, 2, true],
  [9, 0, false],
])('%i lapses with awayAfterReturns %i say that the user is away: %s (T11)', (count, after, away) => {
  expect(isAwayBy([count, NOW], after)).toBe(away);
});
