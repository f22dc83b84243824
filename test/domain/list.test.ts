import { describe, expect, test } from 'vitest';
import type { Chat } from '#domain/chat';
import { byUrgency, type Places, placesOf, wasAmongUnanswered } from '#domain/list';
import { SEEN_NOTHING } from '#domain/seen';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

function chat(fields: Partial<Chat> = {}): Chat {
  return {
    unansweredCount: 0,
    lastMessageAt: NOW,
    lastKey: '',
    preview: '',
    wordKey: '',
    seen: SEEN_NOTHING,
    ...fields,
  };
}

function waiting(since: number): Chat {
  return chat({ unansweredSince: since, unansweredCount: 1, lastMessageAt: since });
}

function placeAt(time: number): string {
  return `${String(time).padStart(13, '0')}#h`;
}

describe('placesOf', () => {
  const rows: { name: string; chat: Chat; before?: Places; expected: Places }[] = [
    { name: 'a new answered chat stands in the rest only', chat: chat(), expected: { rest: placeAt(NOW) } },
    {
      name: 'a new unanswered chat stands in both blocks, placed now',
      chat: waiting(NOW - 5),
      expected: { unanswered: placeAt(NOW - 5), rest: placeAt(NOW - 5), placedAt: NOW },
    },
    {
      name: 'a place is 13 digits, so that it sorts by time',
      chat: waiting(7),
      expected: { unanswered: '0000000000007#h', rest: '0000000000007#h', placedAt: NOW },
    },
    {
      name: 'a chat that becomes unanswered keeps its place in the rest, however old',
      chat: waiting(NOW),
      before: { rest: placeAt(1) },
      expected: { unanswered: placeAt(NOW), rest: placeAt(1), placedAt: NOW },
    },
    {
      name: 'a further message of a waiting chat moves nothing',
      chat: { ...waiting(NOW - 60 * MINUTE), lastMessageAt: NOW },
      before: { unanswered: placeAt(NOW - 60 * MINUTE), rest: placeAt(3), placedAt: 9 },
      expected: { unanswered: placeAt(NOW - 60 * MINUTE), rest: placeAt(3), placedAt: 9 },
    },
    {
      name: 'a chat with another oldest message gets another place, placed now',
      chat: waiting(NOW - 4),
      before: { unanswered: placeAt(NOW - 5), rest: placeAt(3), placedAt: 9 },
      expected: { unanswered: placeAt(NOW - 4), rest: placeAt(3), placedAt: NOW },
    },
    {
      name: 'an answered chat leaves the block, and keeps its place in the rest if that is at most ten minutes behind',
      chat: chat(),
      before: { unanswered: placeAt(5), rest: placeAt(NOW - 10 * MINUTE), placedAt: 9 },
      expected: { rest: placeAt(NOW - 10 * MINUTE) },
    },
    {
      name: 'an answered chat gets another place in the rest if its own is more than ten minutes behind',
      chat: chat(),
      before: { unanswered: placeAt(5), rest: placeAt(NOW - 10 * MINUTE - 1), placedAt: 9 },
      expected: { rest: placeAt(NOW) },
    },
  ];

  test.each(rows)('$name', ({ chat: of, before, expected }) => {
    expect(placesOf(of, 'h', before, NOW)).toEqual(expected);
  });
});

test.each([
  { name: 'no for an answered chat', places: { rest: placeAt(1) }, was: false },
  {
    name: 'yes for a chat that had been there for ten seconds',
    places: { rest: placeAt(1), unanswered: placeAt(1), placedAt: NOW - 10_000 },
    was: true,
  },
  {
    name: 'no for a chat that came less than ten seconds before: a reader may have missed it',
    places: { rest: placeAt(1), unanswered: placeAt(1), placedAt: NOW - 9_999 },
    was: false,
  },
  {
    name: 'no for a chat that came after the list was begun',
    places: { rest: placeAt(1), unanswered: placeAt(1), placedAt: NOW + 5 },
    was: false,
  },
])('wasAmongUnanswered: $name', ({ places, was }) => {
  expect(wasAmongUnanswered(places, NOW)).toBe(was);
});

test('U7 unanswered chats come first, the longest waiting on top, then the rest, newest message first', () => {
  const [longest, shortest] = [waiting(NOW - 9), { ...waiting(NOW - 1), lastMessageAt: NOW + 9 }];
  const [newest, oldest] = [chat({ lastMessageAt: NOW + 5 }), chat({ lastMessageAt: 3 })];

  const sorted = [oldest, shortest, newest, longest].sort(byUrgency);

  expect(sorted).toEqual([longest, shortest, newest, oldest]);
  expect([newest, longest].sort(byUrgency)).toEqual([longest, newest]);
});
