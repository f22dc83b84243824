import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersOfOthers, entriesOf, History } from '../../web/core/history.ts';
import { Rows } from '../../web/core/rows.ts';
import { mergeHistories } from '../../web/core/threads.ts';
import { type Entry, keyOf, type Message, type Sending } from '../../web/models.ts';
import { chatOf, messageOf } from './chats.ts';

const CHAT = { channelId: 'channel', chatType: 'telegram', chatId: '1' };

describe('what is known of a chat', () => {
  const key = keyOf(chatOf('1', 0));
  const row = (version: number, name = `${version}`) => chatOf('1', 0, { version, name });

  test.each<[string, (rows: Rows) => void, string | undefined]>([
    ['the newer version, in whatever order it comes', (rows) => [rows.put(row(2), 1), rows.put(row(1), 2)], '2'],
    [
      'of the same version, what was asked for later',
      (rows) => [rows.put(row(1, 'b'), 2), rows.put(row(1, 'a'), 1)],
      'b',
    ],
    ['out of sight, if that was asked for later', (rows) => [rows.lose(key, 2), rows.put(row(1), 1)], undefined],
    ['in sight again, if that was asked for later', (rows) => [rows.lose(key, 1), rows.put(row(1), 2)], '1'],
    [
      'of a chat that was erased and begun anew, the new one',
      (rows) => [rows.put(row(7), 1), rows.put({ ...row(1, 'new'), lastMessageAt: '2026-12-01T00:00:00Z' }, 2)],
      'new',
    ],
    ['not out of sight by an earlier request', (rows) => [rows.put(row(1), 2), rows.lose(key, 1)], '1'],
  ])('is %s', (_, happen, name) => {
    const rows = new Rows();

    happen(rows);

    expect(rows.get(key)?.name).toBe(name);
  });
});

/** Pages of a history that grows while it is read, as the server gives them. */
function pageOf(all: readonly Message[], end: number, size: number) {
  const start = Math.max(0, end - size);
  return {
    messages: all.slice(start, end),
    seenUpTo: `${end}`,
    ...(start > 0 && { before: `${start}` }),
  };
}

test('a history is a piece without gaps up to its newest page, whatever grows and arrives in whatever order', () => {
  const step = fc.oneof(
    fc.record({ act: fc.constant('grow' as const), count: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ act: fc.constant('newest' as const) }),
    fc.record({ act: fc.constant('older' as const) }),
    { weight: 2, arbitrary: fc.record({ act: fc.constant('answer' as const), which: fc.nat({ max: 1 }) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 15, maxLength: 50 }), (steps) => {
      const all = [messageOf('0', 0)];
      const history = new History();
      const answers: (() => void)[] = [];
      let asked = 0;
      let newest = 0;
      let shown = 0;
      for (const taken of steps) {
        if (taken.act === 'grow') {
          for (let i = 0; i < taken.count; i++) all.push(messageOf(`${all.length}`, all.length));
        } else if (taken.act === 'newest') {
          const number = asked++;
          const page = pageOf(all, all.length, 4);
          answers.push(() => {
            if (history.putNewest(page, number)) newest = page.messages.length === 0 ? 0 : Number(page.seenUpTo);
          });
        } else if (taken.act === 'older') {
          const cursor = history.before;
          if (cursor === undefined) continue;
          const page = pageOf(all, Number(cursor), 4);
          answers.push(() => void history.putOlder(page, cursor));
        } else {
          answers.splice(taken.which, 1)[0]?.();
        }
        const ids = history.messages.map(({ messageId }) => Number(messageId));
        // What is shown never goes back.
        expect(newest).toBeGreaterThanOrEqual(shown);
        shown = newest;
        const oldest = Number(history.before ?? 0);
        expect(ids).toEqual(newest === 0 ? [] : Array.from({ length: newest - oldest }, (_, i) => oldest + i));
      }
    }),
    { numRuns: 500 },
  );
});

test('the newest page changes what it shows again: edits, deletions, ticks', () => {
  const history = new History();
  history.putNewest({ messages: [messageOf('1', 1), messageOf('2', 2)], seenUpTo: '' }, 1);

  history.putNewest({ messages: [messageOf('1', 1, { isDeleted: true }), messageOf('2', 2)], seenUpTo: '' }, 2);

  expect(history.messages[0]?.isDeleted).toBe(true);
});

describe('the lines of a history', () => {
  const sending = (id: string): Sending => ({ id, chat: CHAT, text: '', at: 0, state: 'sending' });

  test.each<[string, Message[], { sending: Sending; messageId?: string }[], string[]]>([
    ['a bubble stands at the end', [messageOf('m', 0)], [{ sending: sending('s') }], ['message m', 'sending s']],
    [
      'its message takes its place and its key',
      [messageOf('m', 0, { crmMessageId: 's' })],
      [{ sending: sending('s') }],
      ['message s'],
    ],
    [
      'also where the history does not tell the id',
      [messageOf('m', 0)],
      [{ sending: sending('s'), messageId: 'm' }],
      ['message s'],
    ],
    ['it stays until the message is there', [], [{ sending: sending('s'), messageId: 'm' }], ['sending s']],
  ])('%s', (_, messages, bubbles, lines) => {
    expect(entriesOf(CHAT, messages, bubbles).map(({ kind, key }) => `${kind} ${key}`)).toEqual(lines);
  });

  test('of several chats are one history in order of time, with all lines of each in their order', () => {
    const history = fc
      .array(fc.integer({ min: 0, max: 50 }))
      .map((minutes) => minutes.sort((one, other) => one - other));
    fc.assert(
      fc.property(fc.array(history, { maxLength: 4 }), (all) => {
        const histories = all.map((minutes, of) =>
          minutes.map((minute, i): Entry => {
            const message = messageOf(`${of}-${i}`, minute);
            return { kind: 'message', key: message.messageId, chat: { ...CHAT, chatId: `${of}` }, message };
          }),
        );

        const merged = mergeHistories(histories);

        const times = merged.map((entry) => (entry.kind === 'message' ? entry.message.dateTime : ''));
        expect(times).toEqual([...times].sort());
        for (const [of, lines] of histories.entries()) {
          expect(merged.filter(({ chat }) => chat.chatId === `${of}`)).toEqual(lines);
        }
      }),
    );
  });
});

test.each<[string, Partial<Message>, number]>([
  ['of a colleague', { isEcho: true, authorId: 'ivan' }, 1],
  ['from a phone', { isEcho: true }, 1],
  ['of oneself', { isEcho: true, authorId: 'olga' }, 0],
  ['of a machine', { isEcho: true, by: 'automatic' }, 0],
  ['of the client', {}, 0],
  ['that no reply is needed', { isEcho: true, noReplyNeeded: { userId: 'ivan', withdrawnAt: null } }, 0],
])('a line %s is an answer that the writer should know of: %j %i', (_, given, count) => {
  const message = messageOf('m', 0, given);

  expect(answersOfOthers([message], new Set(), 'olga').length).toBe(count);
  expect(answersOfOthers([message], new Set(['m']), 'olga')).toEqual([]);
});
