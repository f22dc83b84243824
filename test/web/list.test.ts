import { describe, expect, test } from 'vitest';
import { initialsOf } from '../../web/kit/initials.ts';
import type { Chat, Line } from '../../web/models.ts';
import { urgencyOf } from '../../web/parts/list/wait.ts';
import { chatOf } from '../../web/parts/shell/chat-address.ts';
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
  ['Anna Petrova', 'AP'],
  ['Анна Сергеевна Петрова', 'АП'],
  ['anna', 'A'],
  ['+7 912 345-67-89', '89'],
  ['@user_17', 'U'],
  ['🙂', '#'],
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
    expect(chatOf(hash)).toEqual(chat);
  });

  test.each(['', '#/', '#/chat/c1/telegram', '#/chat/c1/telegram/', '#/chat/c1/telegram/%D0', '#k=abc'])(
    '“%s” names none',
    (hash) => {
      expect(chatOf(hash)).toBeUndefined();
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
