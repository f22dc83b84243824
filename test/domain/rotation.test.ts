import { describe, expect, test } from 'vitest';
import { changedRoster, inUse, isRoster, type Roster, turnOf } from '#domain/rotation';

const roster = (at: number, ...order: string[]): Roster => ({ at, order, passedOver: [] });
const away = (userId: string, reason = 'switched-off') => ({ userId, reason });

describe('changedRoster', () => {
  const abc = roster(1, 'a', 'b', 'c');
  const rows: [string, Roster | undefined, number, string[], string[]][] = [
    ['the first one is as it was chosen', undefined, 1, ['b', 'a'], ['b', 'a']],
    ['the next is first', abc, 2, ['a', 'b', 'c'], ['b', 'c', 'a']],
    ['the next is first, rounds later', abc, 6, ['a', 'b', 'c'], ['c', 'a', 'b']],
    ['the order is the rotation’s, not that of the settings', abc, 1, ['c', 'b', 'a'], ['a', 'b', 'c']],
    ['a newcomer comes last', abc, 2, ['z', 'a', 'b', 'c'], ['b', 'c', 'a', 'z']],
    ['several newcomers come last, as they were chosen', abc, 1, ['z', 'y', 'a', 'b', 'c'], ['a', 'b', 'c', 'z', 'y']],
    ['who was just served leaves', abc, 2, ['b', 'c'], ['b', 'c']],
    ['the next leaves, and the one behind is next', abc, 2, ['a', 'c'], ['c', 'a']],
    ['the last leaves', abc, 2, ['a', 'b'], ['b', 'a']],
    ['one leaves and one comes', abc, 3, ['d', 'a', 'b'], ['a', 'b', 'd']],
    ['everybody leaves', abc, 2, [], []],
    ['somebody comes after everybody has left', roster(5), 9, ['b', 'a'], ['b', 'a']],
  ];

  test.each(rows)('%s', (_, before, next, eligible, order) => {
    expect(changedRoster(before, next, eligible, [])).toEqual(roster(next, ...order));
  });

  test('says who is passed over', () => {
    expect(changedRoster(abc, 2, ['a', 'b'], [away('c')]).passedOver).toEqual([away('c')]);
  });
});

describe('isRoster', () => {
  const now: Roster = { at: 3, order: ['a', 'b'], passedOver: [away('c'), away('d', 'gone')] };
  const rows: [string, string[], ReturnType<typeof away>[], boolean][] = [
    ['the same', ['a', 'b'], [away('c'), away('d', 'gone')], true],
    ['the same in another order', ['b', 'a'], [away('d', 'gone'), away('c')], true],
    ['one more', ['a', 'b', 'c'], [away('d', 'gone')], false],
    ['one less', ['a'], [away('c'), away('d', 'gone')], false],
    ['another', ['a', 'e'], [away('c'), away('d', 'gone')], false],
    ['another reason', ['a', 'b'], [away('c'), away('d')], false],
    ['fewer are passed over', ['a', 'b'], [away('c')], false],
    ['others are passed over', ['a', 'b'], [away('c'), away('e', 'gone')], false],
  ];

  test.each(rows)('%s', (_, eligible, passedOver, expected) => {
    expect(isRoster(now, eligible, passedOver)).toBe(expected);
  });
});

describe('turnOf', () => {
  const rosters = [{ ...roster(8, 'b', 'd'), passedOver: [away('a')] }, roster(5), roster(1, 'a', 'b', 'c')];
  const rows: [number, string | undefined, number | undefined][] = [
    [1, 'a', 1],
    [2, 'b', 2],
    [3, 'c', 3],
    [4, 'a', 1],
    [8, 'b', 1],
    [9, 'd', 2],
    [10, 'b', 1],
  ];

  test.each(rows)('turn %i is that of %s, at place %i', (turn, userId, place) => {
    expect(turnOf(rosters, turn)).toEqual({ turn, userId, place, passedOver: turn < 8 ? [] : [away('a')] });
  });

  test('nobody’s where nobody received clients, or nothing is known', () => {
    expect(turnOf(rosters, 6)).toBeUndefined();
    expect(turnOf([], 1)).toBeUndefined();
  });
});

describe('inUse', () => {
  const rosters = [roster(9, 'a'), roster(6, 'b'), roster(3, 'c'), roster(1, 'd')];
  const rows: [string, number[], number[]][] = [
    ['the one in force stays', [], [9]],
    ['and those that turns were drawn by', [4, 5, 2], [9, 3, 1]],
    ['at the first turn', [6], [9, 6]],
    ['turns of the one in force', [9, 12], [9]],
  ];

  test.each(rows)('%s', (_, turns, kept) => {
    expect(inUse(rosters, turns).map(({ at }) => at)).toEqual(kept);
  });
});
