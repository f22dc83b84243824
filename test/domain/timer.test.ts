import { describe, expect, test } from 'vitest';
import { type ChangedChat, enteredAt, timerOf, type WaitingChat, waitOf } from '#domain/timer';

const NOW = 1_000;

describe('when Konvert had a wait (T1)', () => {
  const before = { openKey: 'k5', unansweredSince: 500, enteredAt: 510 };
  const rows: [string, ChangedChat, WaitingChat | undefined, number | undefined][] = [
    ['a new chat', { openKey: 'k5', unansweredSince: 500 }, undefined, NOW],
    ['an answered chat, by a message that came late', { openKey: 'k1', unansweredSince: 100 }, {}, NOW],
    ['an answer', {}, before, undefined],
    ['further messages', { openKey: 'k5', unansweredSince: 500 }, before, 510],
    ['an older message while the chat waits', { openKey: 'k1', unansweredSince: 100 }, before, 510],
    [
      'an older version stored no time',
      { openKey: 'k5', unansweredSince: 400 },
      { openKey: 'k5', unansweredSince: 500 },
      500,
    ],
    [
      'an older message while the chat waits, and what was open before is open still',
      { openKey: 'k1', unansweredSince: 100, storedAt: 520, hadAt: 505 },
      before,
      510,
    ],
    [
      'an answer leaves nothing open but an older message that came late',
      { openKey: 'k1', unansweredSince: 100, storedAt: 800, hadAt: 800 },
      { openKey: 'k1', unansweredSince: 100, enteredAt: 510 },
      800,
    ],
    [
      'a message that was stored by a clock that is ahead',
      { openKey: 'k5', unansweredSince: 500, storedAt: NOW + 2, hadAt: NOW + 2 },
      undefined,
      NOW + 2,
    ],
    ['an answer leaves a message open', { openKey: 'k7', unansweredSince: 700, storedAt: 701 }, before, 701],
    ['an answer leaves a late message open', { openKey: 'k7', unansweredSince: 700, storedAt: 950 }, before, 950],
    [
      'an answer leaves one open that came before the wait',
      { openKey: 'k7', unansweredSince: 300, storedAt: 305 },
      before,
      511,
    ],
    ['an answer leaves one of the future open', { openKey: 'k7', unansweredSince: 9_000, storedAt: 990 }, before, NOW],
  ];

  test.each(rows)('%s', (_, chat, old, expected) => {
    expect(enteredAt(chat, old, NOW)).toBe(expected);
  });
});

test('a timer counts for its own wait only', () => {
  const chat = { openKey: 'k', unansweredSince: 5, enteredAt: 7 };
  expect(waitOf(chat)).toBe(7);
  expect(timerOf({ ...chat, timer: { of: 7, told: 9 } })).toEqual({ of: 7, told: 9 });
  expect(timerOf({ ...chat, timer: { of: 6, told: 9 } })).toBeUndefined();
  expect(timerOf({ timer: { of: 7, told: 9 } })).toBeUndefined();
});
