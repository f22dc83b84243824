import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrozenList } from '../../web/core/frozen-list.ts';
import { compareRanks, type Rank, rankOf } from '../../web/core/order.ts';
import { Lines } from '../../web/core/threads.ts';
import { type Chat, keyOf, type Line } from '../../web/models.ts';
import { chatOf } from './chats.ts';

const BOTTOM: Rank = { isWaiting: false, at: '', key: '' };

describe('the order of the list (U7)', () => {
  const inOrder = [
    chatOf('waits longest', 1, { unanswered: true }),
    chatOf('waits', 5, { unanswered: true }),
    chatOf('newest', 9),
    chatOf('older', 2),
  ];

  test('is the unanswered first, the longest waiting on top, then the rest, newest message first', () => {
    const shown = [...inOrder].reverse().sort((one, other) => compareRanks(rankOf(one), rankOf(other)));

    expect(shown.map(({ chatId }) => chatId)).toEqual(inOrder.map(({ chatId }) => chatId));
  });

  test('shows no place below that to which the list is loaded', () => {
    const lines = linesOf(inOrder);

    expect(keysOf(lines.listed('all', rankOf(inOrder[2]!)))).toEqual(['waits longest', 'waits', 'newest']);
    expect(keysOf(lines.listed('unanswered', BOTTOM))).toEqual(['waits longest', 'waits']);
  });

  test('keeps the open line where it was, until another is opened', () => {
    const lines = linesOf(inOrder);

    lines.pin('waits');
    lines.put(chatOf('waits', 20));

    expect(keysOf(lines.listed('all', BOTTOM))).toEqual(['waits longest', 'waits', 'newest', 'older']);
    expect(keysOf(lines.listed('unanswered', BOTTOM))).toEqual(['waits longest', 'waits']);
    lines.pin('older');
    expect(keysOf(lines.listed('all', BOTTOM))).toEqual(['waits longest', 'waits', 'newest', 'older']);
    lines.pin(undefined);
    expect(keysOf(lines.listed('unanswered', BOTTOM))).toEqual(['waits longest']);
  });

  test('has the chats of one person in one line, at the place of the most urgent', () => {
    const lines = linesOf([
      chatOf('a1', 9, { thread: 'a' }),
      chatOf('b', 5, { unanswered: true }),
      chatOf('a2', 1, { thread: 'a', unanswered: true }),
    ]);

    expect(lines.listed('all', BOTTOM).map(({ chats }) => chats.map(({ chatId }) => chatId))).toEqual([
      ['a2', 'a1'],
      ['b'],
    ]);
  });

  test('an open line of the rest that is written in comes up in the tab of the unanswered', () => {
    const lines = linesOf(inOrder);

    lines.pin('older');
    lines.put(chatOf('older', 30, { unanswered: true }));

    expect(keysOf(lines.listed('unanswered', BOTTOM))).toEqual(['waits longest', 'waits', 'older']);
    expect(keysOf(lines.listed('all', BOTTOM))).toEqual(['waits longest', 'waits', 'newest', 'older']);
  });
});

const someChat = fc
  .record({
    id: fc.integer({ min: 0, max: 12 }),
    minute: fc.integer({ min: 0, max: 30 }),
    unanswered: fc.boolean(),
    thread: fc.integer({ min: 0, max: 8 }),
  })
  .map(({ id, minute, unanswered, thread }) => chatOf(`${id}`, minute, { unanswered, thread: `t${thread}` }));

describe('lines', () => {
  test('are all chats in the true order, each once, after any changes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(someChat, fc.boolean())), (changes) => {
        const lines = new Lines();
        const there = new Map<string, Chat>();
        for (const [chat, isRemoved] of changes) {
          if (isRemoved) {
            lines.remove(keyOf(chat));
            there.delete(keyOf(chat));
          } else {
            lines.put(chat);
            there.set(keyOf(chat), chat);
          }
        }

        const threads = Map.groupBy(
          [...there.values()].sort((one, other) => compareRanks(rankOf(one), rankOf(other))),
          ({ thread }) => thread,
        );
        expect(lines.all().map(({ key, chats }) => [key, chats])).toEqual([...threads]);
      }),
    );
  });
});

/** What may happen to a list. */
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('put' as const), chat: someChat }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('remove' as const), chat: someChat }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('page' as const), chat: someChat }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom('enter' as const, 'touch' as const, 'leave' as const, 'pill' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 6_000 }) }) },
);

describe('a frozen list', () => {
  test('never has a line twice or loses one, holds still under the hand, and is the true order when released', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const lines = new Lines();
        const frozen = new FrozenList();
        let now = 0;
        let stillUntil = 0;
        for (const happened of happenings) {
          const before = frozen.shown.map(({ key }) => key);
          let paged: Set<string> | undefined;
          let isReleased = false;
          switch (happened.act) {
            case 'put':
            case 'page':
              lines.put(happened.chat);
              paged = new Set(happened.act === 'page' ? [happened.chat.thread] : []);
              break;
            case 'remove':
              lines.remove(keyOf(happened.chat));
              break;
            case 'enter':
              frozen.pointerOver(true, now);
              stillUntil = now + 5_000;
              break;
            case 'touch':
              frozen.touched(now);
              stillUntil = now + 5_000;
              break;
            case 'leave':
              frozen.pointerOver(false, now);
              stillUntil = 0;
              break;
            case 'pill':
              frozen.release();
              isReleased = true;
              break;
            case 'wait':
              now += happened.ms;
              frozen.tick(now);
              break;
            default:
              happened satisfies never;
          }
          const truth = lines.listed('all', BOTTOM);
          frozen.update(truth, now, paged);

          const keys = frozen.shown.map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
          if (now >= stillUntil || isReleased) {
            expect(frozen.shown).toEqual(truth);
            expect(frozen.hidden).toBe(0);
          } else if (happened.act !== 'enter' && happened.act !== 'touch') {
            expect(keys.slice(0, before.length)).toEqual(before);
            const isShown = new Set(keys);
            expect(truth.filter(({ key }) => !isShown.has(key)).length).toBe(frozen.hidden);
            for (const { key, chats, isLost } of frozen.shown) {
              const present = truth.find((line) => line.key === key);
              expect(isLost ?? false).toBe(present === undefined);
              if (present) expect(chats).toEqual(present.chats);
            }
          }
        }
        frozen.pointerOver(false, now);
        expect(frozen.shown).toEqual(lines.listed('all', BOTTOM));
      }),
      { numRuns: 300 },
    );
  });

  test('shows what was loaded further down at its end, also under the hand', () => {
    const frozen = new FrozenList();
    const page = (...ids: string[]): Line[] => linesOf(ids.map((id) => chatOf(id, 30 - Number(id)))).all();
    frozen.replace(page('1', '2'));

    frozen.touched(0);
    frozen.update(page('0', '1', '2', '3'), 1, new Set(['3']));

    expect(keysOf(frozen.shown)).toEqual(['1', '2', '3']);
    expect(frozen.hidden).toBe(1);
  });

  test.each<[string, (frozen: FrozenList) => void, readonly string[]]>([
    ['the pointer left', (frozen) => frozen.pointerOver(false, 2), ['new', 'old']],
    ['the pill was pressed', (frozen) => frozen.release(), ['new', 'old']],
    ['five seconds of stillness', (frozen) => frozen.tick(5_000), ['new', 'old']],
    ['less than that', (frozen) => frozen.tick(4_999), ['old']],
    [
      'less than that since the last movement',
      (frozen) => {
        frozen.touched(1);
        frozen.tick(5_000);
      },
      ['old'],
    ],
  ])('is released: %s', (_, release, shown) => {
    const frozen = new FrozenList();
    frozen.replace(linesOf([chatOf('old', 1)]).all());
    frozen.pointerOver(true, 0);
    frozen.update(linesOf([chatOf('old', 1), chatOf('new', 2)]).all(), 1);

    release(frozen);

    expect(keysOf(frozen.shown)).toEqual(shown);
  });
});

function linesOf(chats: readonly Chat[]): Lines {
  const lines = new Lines();
  for (const chat of chats) lines.put(chat);
  return lines;
}

function keysOf(lines: readonly Line[]): string[] {
  return lines.map(({ key }) => key);
}
