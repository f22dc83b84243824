import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, Message, Sending } from '../../web/models.ts';
import { stillStands } from '../../web/parts/chat/decisions.ts';
import { oldestOpen, rowsOf } from '../../web/parts/chat/rows.ts';
import { progressOf, progressOfSending } from '../../web/parts/chat/ticks.ts';
import { countSince, endAround, MOST_SHOWN, newerEnd, olderEnd, shown } from '../../web/parts/chat/window.ts';

const chat = { channelId: 'c', chatType: 'telegram', chatId: '1' } as const;
const NOON = Date.UTC(2026, 10, 29, 12);

function said(key: string, seconds: number, rest: Partial<Message> = {}): Extract<Entry, { kind: 'message' }> {
  const dateTime = new Date(NOON + seconds * 1000).toISOString();
  return {
    kind: 'message',
    key,
    chat,
    message: { messageId: key, ...chat, dateTime, type: 'text', isEcho: false, ...rest },
  };
}

const anna = { isEcho: true, authorId: 'anna' } as const;
const ivan = { isEcho: true, authorId: 'ivan' } as const;
const utcDay = (at: number) => new Date(at).toISOString().slice(0, 10);

describe('rows', () => {
  const keys = (entries: readonly Entry[], open?: string) =>
    rowsOf(entries, open, utcDay).map((row) => {
      if (row.kind !== 'entry') return row.kind;
      return `${row.key}${row.isFirst ? '<' : ''}${row.isLast ? '>' : ''}${row.album.length > 0 ? `+${row.album.length}` : ''}`;
    });

  test.each<[string, readonly Entry[], readonly string[]]>([
    ['of nothing', [], []],
    ['one author', [said('a', 0), said('b', 60), said('c', 120)], ['day', 'a<', 'b', 'c>']],
    ['one author after three minutes', [said('a', 0), said('b', 180)], ['day', 'a<>', 'b<>']],
    ['client and team', [said('a', 0), said('b', 1, anna)], ['day', 'a<>', 'b<>']],
    ['two of the team', [said('a', 0, anna), said('b', 1, ivan)], ['day', 'a<>', 'b<>']],
    [
      'a machine in the name of one',
      [said('a', 0, anna), said('b', 1, { ...anna, by: 'automatic' })],
      ['day', 'a<>', 'b<>'],
    ],
    [
      'a line between two',
      [said('a', 0), said('s', 1, { type: 'system', isEcho: true }), said('b', 2)],
      ['day', 'a<>', 's<>', 'b<>'],
    ],
    ['midnight', [said('a', 43_190), said('b', 43_210)], ['day', 'a<>', 'day', 'b<>']],
    [
      'an album',
      ['a', 'b', 'c'].map((key, index) => said(key, index, { type: 'image', albumId: 'x' })),
      ['day', 'a<>+2'],
    ],
    [
      'an album with a deleted part',
      [said('a', 0, { type: 'image', albumId: 'x' }), said('b', 1, { type: 'image', albumId: 'x', isDeleted: true })],
      ['day', 'a<', 'b>'],
    ],
    [
      'an album of files, which are shown one by one',
      [said('a', 0, { type: 'document', albumId: 'x' }), said('b', 1, { type: 'document', albumId: 'x' })],
      ['day', 'a<', 'b>'],
    ],
  ])('%s', (_name, entries, expected) => {
    expect(keys(entries)).toEqual(expected);
  });

  test('the line above the oldest open message begins a group', () => {
    expect(keys([said('a', 0), said('b', 1), said('c', 2)], 'b')).toEqual(['day', 'a<>', 'open', 'b<', 'c>']);
  });

  test('the oldest open message is the first of the client at or after the time', () => {
    const entries = [said('a', 0), said('b', 5, anna), said('c', 9), said('d', 12)];

    expect(oldestOpen(entries, new Date(NOON + 4_000).toISOString())).toBe('c');
    expect(oldestOpen(entries, null)).toBeUndefined();
    expect(oldestOpen(entries, new Date(NOON + 60_000).toISOString())).toBeUndefined();
  });

  test('the oldest open message is not known while all that is loaded may come after it', () => {
    const entries = [said('a', 4), said('b', 5, anna), said('c', 9)];

    for (const [since, isLoaded] of [
      [3, false],
      [4, false],
      [5, true],
    ] as const) {
      const at = new Date(NOON + since * 1_000).toISOString();
      expect([since, oldestOpen(entries, at, true) !== undefined]).toEqual([since, isLoaded]);
      expect(oldestOpen(entries, at, false)).toBeDefined();
    }
  });
});

describe('ticks', () => {
  test.each<[Partial<Message>, string | undefined]>([
    [{ status: 'inbound' }, undefined],
    [{ isEcho: true, type: 'system' }, undefined],
    [{ isEcho: true }, 'accepted'],
    [{ isEcho: true, status: 'sent' }, 'sent'],
    [{ isEcho: true, status: 'delivered' }, 'delivered'],
    [{ isEcho: true, status: 'read' }, 'read'],
    [{ isEcho: true, status: 'error', error: { error: 'X', description: 'no' } }, 'failed'],
  ])('%j', (message, expected) => {
    expect(progressOf(said('a', 0, message).message)).toBe(expected);
  });

  test.each<[Sending['state'], string]>([
    ['waits', 'waiting'],
    ['sending', 'waiting'],
    ['uploading', 'uploading'],
    ['asks', 'asks'],
  ])('on its way: %s', (state, expected) => {
    expect(progressOfSending({ id: 's', chat, text: '', at: 0, state })).toBe(expected);
  });
});

describe('a decision still stands', () => {
  const said_ = said('n', 5, { type: 'system', isEcho: true, noReplyNeeded: { userId: 'anna', withdrawnAt: null } });
  const withdrawn = said('w', 5, {
    type: 'system',
    isEcho: true,
    noReplyNeeded: { userId: 'anna', withdrawnAt: new Date(NOON).toISOString() },
  });
  const owed = said('o', 7, { type: 'system', isEcho: true, stillOwed: { userId: 'anna', withdrawnAt: null } });

  test.each<[string, readonly Entry[], Extract<Entry, { kind: 'message' }>, boolean]>([
    ['as the newest line', [said('a', 0), said_], said_, true],
    ['though the client wrote after it', [said_, said('b', 6)], said_, true],
    ['though a machine wrote after it', [said_, said('b', 6, { ...anna, by: 'automatic' })], said_, true],
    ['not after an answer', [said_, said('b', 6, anna)], said_, false],
    ['not after another decision', [said_, owed], said_, false],
    ['which is then the one that stands', [said_, owed], owed, true],
    ['not once it was taken back', [withdrawn], withdrawn, false],
    ['before one that was taken back', [said_, withdrawn], said_, true],
    [
      'whatever was answered in another channel',
      [said_, { ...said('b', 6, anna), chat: { ...chat, channelId: 'd' } }],
      said_,
      true,
    ],
  ])('%s', (_name, entries, decision, expected) => {
    expect(stillStands(entries, decision)).toBe(expected);
  });
});

describe('the part of a history that is in the document', () => {
  const list = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `${index}` }));

  test('is the newest, and at most 300', () => {
    expect(shown(list(1_000), undefined)).toMatchObject({ before: 700, after: 0 });
    expect(shown(list(10), 'gone')).toMatchObject({ before: 0, after: 0 });
  });

  test('moves over all of it in steps and back, never with a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_500 }), (count) => {
        const entries = list(count);
        let last: string | undefined;
        let part = shown(entries, last);
        let steps = 0;
        while (part.before > 0) {
          const before = part;
          last = olderEnd(part, last);
          part = shown(entries, last);
          expect(part.before).toBeLessThan(before.before);
          expect(part.entries.length).toBeLessThanOrEqual(MOST_SHOWN);
          // What the reader sees, near the upper edge, is still there.
          expect(part.entries).toContainEqual(before.entries[0]);
          expect(++steps).toBeLessThan(20);
        }
        while (part.after > 0) {
          const before = part;
          last = newerEnd(entries, last);
          part = shown(entries, last);
          expect(part.after).toBeLessThan(before.after);
          expect(part.entries).toContainEqual(before.entries.at(-1));
        }
        expect(part.after).toBe(0);
      }),
    );
  });

  test('holds a message that is gone to', () => {
    const entries = list(1_000);

    expect(shown(entries, endAround(entries, '120')).entries).toContainEqual({ key: '120' });
    expect(endAround(entries, '990')).toBeUndefined();
  });

  test('counts what came since', () => {
    expect(countSince(list(5), '2', () => true)).toBe(2);
    expect(countSince(list(5), '2', ({ key }) => key === '4')).toBe(1);
    expect(countSince(list(5), undefined, () => true)).toBe(0);
  });
});
