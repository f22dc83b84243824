import { describe, expect, test } from 'vitest';
import { afterReturn, changedReturns, hadSince, nextUser, type Receivers } from '#domain/returns';
import { randomOf } from '#test/web/random';

describe('the order of returns (T5)', () => {
  type Row = [what: string, order: string[], before: string[], now: string[], out: string[], expected: string[]];
  test.each<Row>([
    ['stays', ['b', 'c', 'a'], ['a', 'b', 'c'], ['a', 'b', 'c'], [], ['b', 'c', 'a']],
    ['begins as the users were chosen', [], [], ['b', 'a'], [], ['b', 'a']],
    ['loses who left', ['b', 'c', 'a'], ['a', 'b', 'c'], ['a', 'c'], [], ['c', 'a']],
    ['has newcomers last', ['b', 'a'], ['a', 'b'], ['z', 'y', 'a', 'b'], [], ['b', 'a', 'z', 'y']],
    ['has who is away behind all', ['b', 'c', 'a'], ['a', 'b', 'c'], ['a', 'c'], ['b'], ['c', 'a', 'b']],
    ['has who comes back last', ['c', 'a', 'b', 'd'], ['a', 'c'], ['a', 'b', 'c'], ['d'], ['c', 'a', 'b', 'd']],
    [
      'keeps the order of those who go together',
      ['c', 'a', 'b'],
      ['a', 'b', 'c'],
      [],
      ['a', 'b', 'c'],
      ['c', 'a', 'b'],
    ],
    ['keeps the order of those who come together', ['c', 'a', 'b'], [], ['a', 'b', 'c'], [], ['c', 'a', 'b']],
  ])('%s', (_, order, before, now, out, expected) => {
    expect(changedReturns(order, { before, now, out })).toEqual(expected);
  });

  test('puts who got one last, and moves nobody else past another', () => {
    expect(afterReturn(['a', 'b', 'c', 'd'], 'b', ['a', 'b', 'c', 'd'])).toEqual(['a', 'c', 'd', 'b']);
    expect(afterReturn(['a'], 'new', ['a'])).toEqual(['a', 'new']);
  });

  test('keeps who is out behind who got one, so that the next morning does not begin with them', () => {
    const all = ['a', 'b', 'gone'];
    const atNoon = changedReturns(['gone', 'a', 'b'], { before: all, now: ['a', 'b'], out: ['gone'] });
    const later = afterReturn(afterReturn(atNoon, 'a', ['a', 'b']), 'b', ['a', 'b']);
    const atNight = changedReturns(later, { before: ['a', 'b'], now: [], out: all });

    expect(later).toEqual(['a', 'b', 'gone']);
    expect(changedReturns(atNight, { before: [], now: all, out: [] })).toEqual(['a', 'b', 'gone']);
  });
});

describe('who gets a client that is returned (T5, T6, T14, I10)', () => {
  const off = [{ userId: 'd', reason: 'SWITCHED_OFF' }];
  const had = (userId: string) => ({ userId, reason: 'HAD_THIS_CLIENT' });
  const rows: [string, Partial<Receivers>, unknown][] = [
    ['the first of the order', {}, { outcome: 'next', userId: 'b', place: 1, passedOver: off }],
    [
      'nobody who had them',
      { not: new Set(['b']) },
      { outcome: 'next', userId: 'c', place: 2, passedOver: [...off, had('b')] },
    ],
    ['nobody who is not on', { on: ['a', 'c'] }, { outcome: 'next', userId: 'c', place: 1, passedOver: off }],
    [
      'a newcomer last',
      { on: ['n', 'a'], all: ['n', 'a'] },
      { outcome: 'next', userId: 'a', place: 1, passedOver: off },
    ],
    ['nobody while nobody is on', { on: [] }, { outcome: 'nobody-on', passedOver: off }],
    [
      'nobody while all others are away',
      { on: ['a'], not: new Set(['a']) },
      { outcome: 'nobody-on', passedOver: [...off, had('a')] },
    ],
    [
      'nobody any more',
      { not: new Set(['a', 'b', 'c']) },
      { outcome: 'nobody-left', passedOver: [...off, had('b'), had('c'), had('a')] },
    ],
    ['nobody in an empty roster', { all: [], on: [] }, { outcome: 'nobody-left', passedOver: off }],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    const all = ['a', 'b', 'c'];
    expect(nextUser({ all, on: all, order: ['b', 'c', 'a'], passedOver: off, not: new Set(), ...given })).toEqual(
      expected,
    );
  });
});

test('T6 what was before the oldest wait of the client counts no more', () => {
  const had = [
    ['a', 4],
    ['b', 5],
    ['c', 9],
  ] as const;
  expect(hadSince(had, 5)).toEqual([had[1], had[2]]);
  expect(hadSince(undefined, 5)).toEqual([]);
});

describe('I9 by chance', () => {
  const USERS = ['a', 'b', 'c', 'd', 'e', 'f'];

  /** Returns of clients who have been in some hands, while users go away and come back: who could have each, and who got it. */
  function play(seed: number) {
    const random = randomOf(seed);
    const some = (share: number) => USERS.filter(() => random() < share);
    const returns: { could: string[]; got: string }[] = [];
    let order: string[] = USERS;
    for (let turn = 0; turn < 40; turn += 1) {
      const on = random() < 0.7 ? USERS : some(0.7);
      const not = new Set(some(random() < 0.5 ? 0 : 0.3));
      const could = on.filter((userId) => !not.has(userId));
      const next = nextUser({ all: USERS, on, order, passedOver: [], not });
      expect(next.outcome === 'next').toBe(could.length > 0);
      if (next.outcome !== 'next') continue;
      returns.push({ could, got: next.userId });
      // Who is passed over for one client is still in the rotation.
      order = afterReturn(order, next.userId, USERS);
    }
    return returns;
  }

  const histories = Array.from({ length: 200 }, (_, seed) => play(seed));

  test('who gets a return has waited longest for one, among those who could', () => {
    for (const returns of histories) {
      const last = new Map(USERS.map((userId, index) => [userId, index - USERS.length]));
      for (const [turn, { could, got }] of returns.entries()) {
        expect(got).toBe(could.reduce((one, other) => (last.get(other)! < last.get(one)! ? other : one)));
        last.set(got, turn);
      }
    }
  });

  test('two users who could have had every return of a stretch differ by one at most', () => {
    const differences = histories.flatMap((returns) => returns.map((_, first) => worstFrom(returns.slice(first))));
    expect(Math.max(...differences)).toBe(1);
  });

  /** The largest difference over all stretches that begin there. */
  function worstFrom(returns: readonly { could: string[]; got: string }[]): number {
    const counts = new Map(USERS.map((userId) => [userId, 0]));
    let worst = 0;
    for (const { could, got } of returns) {
      for (const userId of [...counts.keys()]) if (!could.includes(userId)) counts.delete(userId);
      if (counts.has(got)) counts.set(got, counts.get(got)! + 1);
      if (counts.size > 1) worst = Math.max(worst, Math.max(...counts.values()) - Math.min(...counts.values()));
    }
    return worst;
  }
});
