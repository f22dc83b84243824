import { describe, expect, test } from 'vitest';
import { batchId, fitting, MOST_BYTES, nextBatch, type WaitingEvent } from '#domain/event-batch';
import { type Doubts, NO_DOUBTS } from '#domain/set-aside';
import { timeKey } from '#domain/time-key';

/** `a1` is the event of subject `a` at time 1; a big letter goes alone. */
function events(words: string): WaitingEvent[] {
  return words.split(' ').map((word) => {
    const subject = word[0]!.toLowerCase();
    return { event: keyOf(word), subject, isAlone: word[0] !== subject };
  });
}

const keyOf = (word: string) => timeKey(Number(word.slice(1)), word);
const keysOf = (words: string) => (words === '' ? [] : words.split(' ').map(keyOf));
const wordOf = (key: string) => key.slice(14);

describe('the batch that leaves next', () => {
  const cases: readonly {
    readonly says: string;
    readonly waiting: string;
    readonly underWay?: string;
    readonly doubts?: Partial<Doubts>;
    readonly leaves: string;
    readonly memo?: string;
  }[] = [
    { says: 'holds everything that waits, in order', waiting: 'a1 b2 a3', leaves: 'a1 b2 a3' },
    { says: 'ends before what goes alone', waiting: 'a1 b2 X3 a4', leaves: 'a1 b2' },
    { says: 'is what goes alone, if that is the oldest', waiting: 'X1 a2 b3', leaves: 'X1' },
    { says: 'is the one under way, without what came later', waiting: 'a1 b2 a3', underWay: 'a1 b2', leaves: 'a1 b2' },
    {
      says: 'is the one under way, also before older ones that came later',
      waiting: 'a1 b2',
      underWay: 'b2',
      leaves: 'b2',
    },
    {
      says: 'keeps the memo of the one under way when some of it has ended',
      waiting: 'b2 a3',
      underWay: 'a1 b2',
      leaves: 'b2',
      memo: 'a1 b2',
    },
    {
      says: 'is a new one when all that was under way has ended',
      waiting: 'a3 b4',
      underWay: 'a1 b2',
      leaves: 'a3 b4',
    },
    { says: 'is formed anew where a mixed one was announced', waiting: 'a1 X2', underWay: 'a1 X2', leaves: 'a1' },
    {
      says: 'is one event up to the last refused one',
      waiting: 'a1 b2 a3',
      doubts: { singlyUpTo: keyOf('b2') },
      leaves: 'a1',
    },
    { says: 'is whole again behind that', waiting: 'a3 b4', doubts: { singlyUpTo: keyOf('b2') }, leaves: 'a3 b4' },
    {
      says: 'is the oldest of another subject as a control',
      waiting: 'a1 a2 b3 c4',
      doubts: { suspects: ['a'] },
      leaves: 'b3',
    },
    { says: 'is a control of a third subject', waiting: 'a1 b2 a3 c4', doubts: { suspects: ['a', 'b'] }, leaves: 'c4' },
  ];

  test.each(cases)('$says', ({ waiting, underWay = '', doubts, leaves, memo = leaves }) => {
    const batch = nextBatch(events(waiting), keysOf(underWay), { ...NO_DOUBTS, ...doubts });

    expect(batch?.events.map(({ event }) => wordOf(event)).join(' ')).toBe(leaves);
    expect(batch?.memo.map(wordOf).join(' ')).toBe(memo);
  });

  test('is none if only suspects wait', () => {
    expect(nextBatch(events('a1 a2'), [], { ...NO_DOUBTS, suspects: ['a'] })).toBeUndefined();
  });

  test('has fifty events at most', () => {
    const many = Array.from({ length: 60 }, (_, index) => `a${index}`).join(' ');

    expect(nextBatch(events(many), [], NO_DOUBTS)?.events).toHaveLength(50);
  });
});

describe('a batch fits into the bytes of a call', () => {
  const half = MOST_BYTES / 2;
  const cases = [
    { says: 'all of it', bytes: [1, 1, 1], left: 3 },
    { says: 'exactly', bytes: [half, half, 1], left: 2 },
    { says: 'without what is too much', bytes: [half, half + 1, 1], left: 1 },
    { says: 'with one event at least', bytes: [2 * half + 1, 1, 1], left: 1 },
  ];

  test.each(cases)('$says', ({ bytes, left }) => {
    const batch = nextBatch(events('a1 b2 c3'), [], NO_DOUBTS)!;

    expect(fitting(batch, bytes)).toEqual({ events: batch.events.slice(0, left), memo: batch.memo.slice(0, left) });
  });
});

describe('the id of a batch', () => {
  test('is the same for the same events, also when they were put at another place', () => {
    expect(batchId([timeKey(1, 'message#x'), timeKey(2, 'message#y')])).toBe(
      batchId([timeKey(7, 'message#x'), timeKey(9, 'message#y')]),
    );
    expect(batchId([timeKey(1, 'message#x')])).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  test.each([{ other: ['y', 'x'] }, { other: ['x'] }, { other: ['x,y'] }, { other: ['xy'] }])(
    'is another for $other',
    ({ other }) => {
      expect(batchId(other.map((id) => timeKey(1, id)))).not.toBe(batchId(['x', 'y'].map((id) => timeKey(1, id))));
    },
  );
});
