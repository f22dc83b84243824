import { describe, expect, test } from 'vitest';
import { changedRoster, inUse, isRoster, type Roster, turnOf } from '#domain/rotation';

const roster = (at: number, ...order: string[]): Roster => ({ at, order, passedOver: [] });
const away = (userId: string, reason = 'switched-off') => ({ userId, reason });

describe('changedRoster', () => {
  const abc = roster(1, 'a', 'b', 'c');
  const rows: [string, Roster | undefined, number, string[], string[]][] = [
    ['the first roster has the order in which users were chosen', undefined, 1, ['b', 'a'], ['b', 'a']],
    ['the user of the next turn comes first', abc, 2, ['a', 'b', 'c'], ['b', 'c', 'a']],
    ['the user of the next turn comes first, also rounds later', abc, 6, ['a', 'b', 'c'], ['c', 'a', 'b']],
    ['the order stays that of the rotation, not that of the settings', abc, 1, ['c', 'b', 'a'], ['a', 'b', 'c']],
    ['a newcomer comes last', abc, 2, ['z', 'a', 'b', 'c'], ['b', 'c', 'a', 'z']],
    [
      'several newcomers come last, in the order in which they were chosen',
      abc,
      1,
      ['z', 'y', 'a', 'b', 'c'],
      ['a', 'b', 'c', 'z', 'y'],
    ],
    ['the user of the last turn leaves', abc, 2, ['b', 'c'], ['b', 'c']],
    ['the user of the next turn leaves, and the one behind comes first', abc, 2, ['a', 'c'], ['c', 'a']],
    ['the user at the end leaves', abc, 2, ['a', 'b'], ['b', 'a']],
    ['one leaves and one comes', abc, 3, ['d', 'a', 'b'], ['a', 'b', 'd']],
    ['everybody leaves', abc, 2, [], []],
    ['somebody comes after everybody has left', roster(5), 9, ['b', 'a'], ['b', 'a']],
  ];

  test.each(rows)('%s', (_, before, next, eligible, order) => {
    expect(changedRoster(before, next, eligible, [])).toEqual(roster(next, ...order));
  });

  test('after a night in which nobody received clients, the turn falls to whoever had the last one longest ago (D3, T9)', () => {
    const night = changedRoster(abc, 3, [], [away('a'), away('b'), away('c')]);
    const late = changedRoster(night, 3, [], [away('b', 'out'), away('a', 'out'), away('c', 'out')]);
    expect(changedRoster(late, 3, ['a', 'b', 'c'], []).order).toEqual(['c', 'a', 'b']);
  });

  test('who leaves one after the other and comes back together keeps the order, behind who stayed (D3)', () => {
    const one = changedRoster(abc, 2, ['a', 'b'], [away('c')]);
    const two = changedRoster(one, 2, ['a'], [away('b'), away('c')]);
    expect(changedRoster(two, 2, ['c', 'b', 'a', 'z'], []).order).toEqual(['a', 'b', 'c', 'z']);
  });

  test('the roster says who is passed over', () => {
    expect(changedRoster(abc, 2, ['a', 'b'], [away('c')]).passedOver).toEqual([away('c')]);
  });
});

describe('isRoster', () => {
  const now: Roster = { at: 3, order: ['a', 'b'], passedOver: [away('c'), away('d', 'gone')] };
  const rows: [string, string[], ReturnType<typeof away>[], boolean][] = [
    ['the same users are', ['a', 'b'], [away('c'), away('d', 'gone')], true],
    ['the same users in another order are', ['b', 'a'], [away('d', 'gone'), away('c')], true],
    ['one user more is not', ['a', 'b', 'c'], [away('d', 'gone')], false],
    ['one user less is not', ['a'], [away('c'), away('d', 'gone')], false],
    ['another user is not', ['a', 'e'], [away('c'), away('d', 'gone')], false],
    ['another reason for being passed over is not', ['a', 'b'], [away('c'), away('d')], false],
    ['fewer users passed over are not', ['a', 'b'], [away('c')], false],
    ['another user passed over is not', ['a', 'b'], [away('c'), away('e', 'gone')], false],
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

  test('a turn belongs to no user if nobody received clients then, or if no roster is known', () => {
    expect(turnOf(rosters, 6)).toBeUndefined();
    expect(turnOf([], 1)).toBeUndefined();
  });
});

describe('inUse', () => {
  const rosters = [roster(9, 'a'), roster(6, 'b'), roster(3, 'c'), roster(1, 'd')];
  const rows: [string, number[], number[]][] = [
    ['the roster in force', [], [9]],
    ['the rosters by which turns were drawn', [4, 5, 2], [9, 3, 1]],
    ['a roster of which only the first turn was drawn', [6], [9, 6]],
    ['the roster in force once, whatever turns it gave', [9, 12], [9]],
  ];

  test.each(rows)('%s', (_, turns, kept) => {
    expect(inUse(rosters, turns).map(({ at }) => at)).toEqual(kept);
  });
});
