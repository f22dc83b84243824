import { describe, expect, test } from 'vitest';
import { awayUntil, typedUntil, untilField } from '../../web/core/away-until.ts';
import { changesReturnable, hasLeft, isCall, returnsOf } from '../../web/core/calls.ts';
import { notAtOnce } from '../../web/core/not-at-once.ts';
import type { Assignment, Chat } from '../../web/models.ts';

const LEAVES = '2026-12-04T12:31:00.000Z';
const MINE = { unanswered: true, responsibleUserId: 'ivan' } as Chat;
const LEAVING = { ...MINE, leavesAt: LEAVES } as Chat;
const THEIRS = { ...MINE, responsibleUserId: 'maria' } as Chat;

test.each([
  ['a client has come', MINE, THEIRS, true],
  ['a client is known now', MINE, undefined, true],
  ['a client is answered', { ...MINE, unanswered: false } as Chat, MINE, true],
  ['a client is about to leave', LEAVING, MINE, true],
  ['a client has gone out of sight', undefined, MINE, true],
  ['a client writes once more', MINE, MINE, false],
  ['a client of somebody else is answered', { ...THEIRS, unanswered: false } as Chat, THEIRS, false],
])('how many could be given back is asked again when %s (T10)', (_, row, before, isAsked) => {
  expect(changesReturnable('ivan', row, before)).toBe(isAsked);
});

describe('a user is called', () => {
  test.each([
    ['when a client is about to leave', LEAVING, MINE, true],
    ['not again while the same minute runs', LEAVING, LEAVING, false],
    ['when another minute begins', { ...LEAVING, leavesAt: '2026-12-04T12:40:00.000Z' } as Chat, LEAVING, true],
    ['not when a client of somebody else leaves', { ...LEAVING, responsibleUserId: 'maria' } as Chat, THEIRS, false],
    ['when a client has come to them', MINE, THEIRS, true],
    ['not when one who is answered has', { ...MINE, unanswered: false } as Chat, THEIRS, false],
    ['not when nothing of it has changed', MINE, MINE, false],
    ['when a client comes whom they did not see before', MINE, undefined, true],
  ])('%s', (_, row, before, isCalled) => {
    expect(isCall('ivan', row, before, { isNews: false, isAllKnown: true })).toBe(isCalled);
  });

  test('by no row that may only not have been loaded', () => {
    expect(isCall('ivan', MINE, undefined, { isNews: false, isAllKnown: false })).toBe(false);
  });

  test('once for a minute, though an answer from behind has taken it away meanwhile', () => {
    const around = { isNews: false, isAllKnown: true, calledFor: LEAVES };
    const again = { ...LEAVING, leavesAt: '2026-12-04T12:40:00.000Z' } as Chat;

    expect([isCall('ivan', LEAVING, MINE, around), isCall('ivan', LEAVING, undefined, around)]).toEqual([false, false]);
    expect(isCall('ivan', LEAVING, again, { ...around, calledFor: again.leavesAt })).toBe(false);
    expect(isCall('ivan', again, MINE, around)).toBe(true);
  });

  test('not a second time by what the client writes, but by the minute all the same', () => {
    const around = { isNews: true, isAllKnown: true };
    expect([isCall('ivan', MINE, undefined, around), isCall('ivan', MINE, THEIRS, around)]).toEqual([false, false]);
    expect(isCall('ivan', LEAVING, MINE, around)).toBe(true);
  });
});

test('what calls in one moment is heard once', () => {
  let now = 1_000;
  let heard = 0;
  const ring = notAtOnce(
    () => {
      heard += 1;
    },
    700,
    () => now,
  );

  for (now of [1_000, 1_000, 1_699, 1_700, 2_399, 2_400]) ring();

  expect(heard).toBe(3);
});

describe('a client has left the user', () => {
  const AT = Date.parse(LEAVES);

  test.each([
    ['as the minute was over', THEIRS, LEAVING, AT, true],
    ['out of sight', undefined, LEAVING, AT + 5000, true],
    ['a second early by this clock', THEIRS, LEAVING, AT - 1000, true],
    ['not by what a person did before', THEIRS, LEAVING, AT - 30_000, false],
    ['not when a reply lifted the mark', MINE, LEAVING, AT + 5000, false],
    ['not without a mark', THEIRS, MINE, AT, false],
    [
      'not when it was the client of somebody else',
      MINE,
      { ...LEAVING, responsibleUserId: 'maria' } as Chat,
      AT,
      false,
    ],
  ])('%s', (_, row, before, now, left) => {
    expect(hasLeft('ivan', row, before, now)).toBe(left);
  });
});

test('the returns of a chat stand in order of time, and nothing else does', () => {
  const record = (at: string, rule: string, more: object) => ({ assignmentId: at, at, rule, ...more }) as Assignment;

  expect(
    returnsOf([
      record('12:46', 'returned', { from: 'maria', userId: null, waitedMinutes: 30 }),
      record('12:31', 'returned', { from: 'ivan', userId: 'maria', waitedMinutes: 15 }),
      record('12:16', 'round-robin', { userId: 'ivan' }),
    ]),
  ).toEqual([
    { key: 'return 12:31', at: '12:31', from: 'ivan', to: 'maria', minutes: 15 },
    { key: 'return 12:46', at: '12:46', from: 'maria', to: null, minutes: 30 },
  ]);
});

test('for how long somebody is away', () => {
  const now = new Date(2026, 11, 31, 17, 5).getTime();

  expect([awayUntil('quarter', now) - now, awayUntil('hour', now) - now]).toEqual([900_000, 3_600_000]);
  expect(awayUntil('tomorrow', now)).toBe(new Date(2027, 0, 1, 8).getTime());
  expect(untilField(awayUntil('tomorrow', now))).toBe('2027-01-01T08:00');
  expect(typedUntil('2027-01-01T08:00', now)).toBe(awayUntil('tomorrow', now));
  expect([typedUntil('2026-12-31T17:05', now), typedUntil('', now)]).toEqual([undefined, undefined]);
});
