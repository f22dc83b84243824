import { describe, expect, test } from 'vitest';
import { initialsOf } from '../../web/kit/initials.ts';
import type { Chat, Line } from '../../web/models.ts';
import { rowsOf } from '../../web/parts/list/rows-in-view.ts';
import { isTooLong, urgencyOf } from '../../web/parts/list/wait.ts';
import { chatInAddress } from '../../web/parts/shell/chat-address.ts';
import { neighbour, nextUnanswered } from '../../web/parts/shell/walk.ts';

const MINUTE = 60_000;

test.each([
  [0, 'fresh'],
  [5 * MINUTE - 1, 'fresh'],
  [5 * MINUTE, 'late'],
  [15 * MINUTE - 1, 'late'],
  [15 * MINUTE, 'long'],
] as const)('a wait of %i ms is %s', (ms, urgency) => {
  expect(urgencyOf(ms)).toBe(urgency);
});

test.each([
  [true, 'whom the timer is about to return', 14, { late: true }],
  [false, 'who was given back a minute after they wrote', 1, { late: true }],
  [true, 'of whom the heads were told at once', 1, { late: true, told: '2026-12-04T12:01:00.000Z' }],
  [false, 'whom no timer minds', 60, {}],
] as const)('it is %s that a client waits too long, %s', (isSaid, _who, minutes, more) => {
  const since = Date.parse('2026-12-04T12:00:00.000Z');
  const chat = { unansweredSince: new Date(since).toISOString(), ...more };
  expect(isTooLong(chat, since + minutes * MINUTE)).toBe(isSaid);
});

test.each([
  ['at the top', 0, 10_000, 0, 0, 18],
  ['in the middle', 400, 10_000, 405, 394, 418],
  ['at the end', 9_988, 10_000, 9_999, 9_981, 9_999],
  ['of a list that became shorter', 400, 50, 3, 31, 49],
  ['of a short list', 0, 3, 0, 0, 2],
])('the rows that are drawn %s', (_, first, count, kept, from, to) => {
  const rows = rowsOf(first, 13, count, kept).filter((row) => row !== kept || (row >= from && row <= to));

  expect(rows[0]).toBe(from);
  expect(rows.at(-1)).toBe(to);
  expect(rows).toHaveLength(to - from + 1);
});

test('the row with the focus is drawn wherever it is, and once', () => {
  expect(rowsOf(400, 13, 10_000, 3)[0]).toBe(3);
  expect(rowsOf(400, 13, 10_000, 9_000).at(-1)).toBe(9_000);
  expect(rowsOf(400, 13, 10_000, 405).filter((row) => row === 405)).toHaveLength(1);
  expect(rowsOf(0, 13, 0, 0)).toEqual([]);
});

test.each([
  ['Anna Petrova', 'AP'],
  ['Анна Сергеевна Петрова', 'АП'],
  ['anna', 'A'],
  ['+7 912 345-67-89', '89'],
  ['@user_17', 'U'],
  ['🙂', '🙂'],
  ['👨‍👩‍👧‍👦 ⭐', '👨‍👩‍👧‍👦'],
  ['\u200b', '#'],
  ['', '#'],
  ['𝒜nna', '𝒜'],
])('the initials of “%s” are “%s”', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

describe('the address of a chat', () => {
  test.each([
    ['#/chat/c1/telegram/1001', { channelId: 'c1', chatType: 'telegram', chatId: '1001' }],
    ['#/chat/c1/whatsapp/a%2Fb%20%D0%B9', { channelId: 'c1', chatType: 'whatsapp', chatId: 'a/b й' }],
  ])('%s names it', (hash, chat) => {
    expect(chatInAddress(hash)).toEqual(chat);
  });

  test.each(['', '#/', '#/chat/c1/telegram', '#/chat/c1/telegram/', '#/chat/c1/telegram/%D0', '#k=abc'])(
    '“%s” names none',
    (hash) => {
      expect(chatInAddress(hash)).toBeUndefined();
    },
  );
});

describe('walking through the list', () => {
  const line = (key: string, unanswered = false, isLost?: true): Line => ({
    key,
    chats: [{ unanswered } as Chat],
    ...(isLost && { isLost }),
  });
  const lines = [line('a', true), line('b'), line('c', true, true), line('d', true), line('e')];

  test.each([
    ['b', 1, 'd'],
    ['d', -1, 'b'],
    ['e', 1, undefined],
    ['a', -1, undefined],
    [undefined, 1, 'a'],
    [undefined, -1, 'e'],
    ['gone', 1, 'a'],
  ] as const)('from %s by %i leads to %s, and never to a lost line', (open, step, to) => {
    expect(neighbour(lines, open, step)?.key).toBe(to);
  });

  test.each([
    ['a', 'd'],
    ['b', 'd'],
    ['d', 'a'],
    [undefined, 'a'],
  ])('from %s the next unanswered one is %s', (open, to) => {
    expect(nextUnanswered(lines, open)?.key).toBe(to);
  });

  test('there may be no next unanswered one', () => {
    expect(nextUnanswered([line('a', true), line('b')], 'a')).toBeUndefined();
    expect(nextUnanswered([], undefined)).toBeUndefined();
  });
});
