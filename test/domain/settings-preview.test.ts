import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comingTurns } from '#domain/rotation';
import { ROLES, type Role, type UserRole } from '#domain/settings';
import { lossesOf, lossPlacesOf, type PreviewedChat } from '#domain/settings-preview';
import { isInPool, sightOf } from '#domain/sight';

const user = (userId: string, role: Role, allowGetNewClients = false): UserRole => ({
  userId,
  role,
  allowGetNewClients,
});
const roles = (...userRoles: UserRole[]) => ({ userRoles });
const chats = (...viewers: string[][]): PreviewedChat[] => viewers.map((of) => ({ viewers: of }));

describe('whoever would see fewer chats is told, with how many', () => {
  const anna = user('anna', 'seller', true);
  const boris = user('boris', 'seller', true);
  const head = user('head', 'manager');
  const control = user('control', 'auditor');

  test.each<{ name: string; before: UserRole[]; after: UserRole[]; of: PreviewedChat[]; lost: object }>([
    { name: 'nothing changes', before: [anna, head], after: [anna, head], of: chats([], ['anna']), lost: {} },
    {
      name: 'a seller without a role loses their own and those of the pool (R1, R3)',
      before: [anna, boris],
      after: [boris],
      of: chats([], ['anna'], ['boris'], ['boris', 'anna']),
      lost: { anna: 3 },
    },
    {
      name: 'a head without a role loses all (R1)',
      before: [head, anna],
      after: [anna],
      of: chats([], ['anna'], ['stranger']),
      lost: { head: 3 },
    },
    {
      name: 'a head who becomes a seller keeps their own, and the pool if they receive new clients',
      before: [head, control],
      after: [user('head', 'seller'), user('control', 'seller', true)],
      of: chats(['head'], ['control'], ['stranger'], []),
      lost: { head: 3, control: 1 },
    },
    {
      name: 'a head who becomes quality control, and the reverse, lose nothing',
      before: [head, control],
      after: [user('head', 'auditor'), user('control', 'manager')],
      of: chats(['head'], [], ['stranger']),
      lost: {},
    },
    {
      name: 'who receives no new clients any more loses the pool (R3)',
      before: [anna, boris],
      after: [user('anna', 'seller'), boris],
      of: chats([], ['stranger'], ['anna']),
      lost: { anna: 2 },
    },
    {
      name: 'the first switch takes the pool from all other sellers (R3)',
      before: [user('anna', 'seller'), user('boris', 'seller'), user('clara', 'seller')],
      after: [anna, user('boris', 'seller'), user('clara', 'seller')],
      of: chats([], []),
      lost: { boris: 2, clara: 2 },
    },
    {
      name: 'a responsible user who may write from now on takes their chat out of the pool (R3)',
      before: [anna],
      after: [anna, user('clara', 'seller')],
      of: chats([], ['clara'], ['stranger', 'clara']),
      lost: { anna: 2 },
    },
    {
      name: 'a client who is given out leaves all but the one who gets them (D6)',
      before: [anna, boris, head],
      after: [anna, boris, head],
      of: [
        { viewers: [], givenTo: 'anna' },
        { viewers: [], givenTo: 'boris' },
        { viewers: [], givenTo: 'anna' },
      ],
      lost: { boris: 2, anna: 1 },
    },
    {
      name: 'who loses most comes first',
      before: [anna, boris],
      after: [],
      of: chats(['anna'], ['boris'], ['boris']),
      lost: { boris: 2, anna: 1 },
    },
  ])('$name', ({ before, after, of, lost }) => {
    const losses = lossesOf(roles(...before), roles(...after), of);

    expect(losses.map(({ userId, chats: count }) => [userId, count])).toEqual(Object.entries(lost));
  });
});

const USERS = ['a', 'b', 'c', 'd', 'e'];
const someRoles = fc
  .uniqueArray(fc.record({ userId: fc.constantFrom(...USERS), role: fc.constantFrom(...ROLES), on: fc.boolean() }), {
    selector: ({ userId }) => userId,
  })
  .map((all) => roles(...all.map(({ userId, role, on }) => user(userId, role, on && role !== 'auditor'))));
const someChats = fc.array(
  fc.record(
    {
      viewers: fc.uniqueArray(fc.constantFrom(...USERS, 'stranger'), { maxLength: 3 }),
      givenTo: fc.constantFrom(...USERS),
    },
    { requiredKeys: ['viewers'] },
  ),
  { maxLength: 12 },
);

test('R1 R3 the losses are what the rule of sight says of each user and chat by itself', () => {
  fc.assert(
    fc.property(someRoles, someRoles, someChats, (before, after, of) => {
      const sees = (userId: string, viewers: readonly string[], by: typeof before) =>
        sightOf({ account: 'a1', userId }, { account: 'a1', viewers }, by) !== 'nothing';
      const expected = USERS.map((userId) => ({
        userId,
        chats: of.filter(
          ({ viewers, givenTo }) =>
            sees(userId, viewers, before) && !sees(userId, givenTo === undefined ? viewers : [givenTo], after),
        ).length,
      })).filter(({ chats: count }) => count > 0);

      const found = lossesOf(before, after, of);
      expect(found).toEqual(found.toSorted((one, other) => other.chats - one.chats));
      expect(found.toSorted((one, other) => (one.userId < other.userId ? -1 : 1))).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

test('nobody loses a chat outside the places that are looked at', () => {
  fc.assert(
    fc.property(someRoles, someRoles, someChats, (before, after, of) => {
      const plain = of.map(({ viewers }) => ({ viewers }));
      const places = lossPlacesOf(before, after);
      const looked = plain.filter(
        ({ viewers }) =>
          places === 'channel' ||
          viewers.some((viewer) => places.ownOf.includes(viewer)) ||
          (places.pool && isInPool(viewers, before)),
      );

      expect(lossesOf(before, after, looked)).toEqual(lossesOf(before, after, plain));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  { name: 'a switch that goes on', before: [user('anna', 'seller')], after: [user('anna', 'seller', true)] },
  { name: 'a new head', before: [user('anna', 'seller', true)], after: [user('anna', 'manager')] },
  { name: 'a channel without roles', before: [], after: [user('anna', 'seller', true)] },
])('$name makes nobody read a chat', ({ before, after }) => {
  expect(lossPlacesOf(roles(...before), roles(...after))).toEqual({ ownOf: [], pool: false });
});

test('a thousand users and ten thousand chats are no work', () => {
  const all = Array.from({ length: 1_000 }, (_, index) => user(`u${index}`, index % 2 ? 'seller' : 'manager'));
  const of = Array.from({ length: 10_000 }, (_, index) => ({ viewers: index % 3 ? [`u${index % 1_000}`] : [] }));

  const losses = lossesOf(roles(...all), roles(), of);

  expect(losses).toHaveLength(1_000);
  expect(losses[0]).toEqual({ userId: 'u0', chats: 10_000 });
});

test.each([
  { name: 'nobody', before: undefined, next: 1, eligible: [], gets: [undefined, undefined] },
  { name: 'the first', before: undefined, next: 1, eligible: ['a', 'b'], gets: ['a', 'b', 'a'] },
  {
    name: 'whose turn it is, and who joins last',
    before: { at: 1, order: ['a', 'b'], passedOver: [] },
    next: 2,
    eligible: ['a', 'b', 'c'],
    gets: ['b', 'a', 'c', 'b'],
  },
])('D3 the next clients go to $name', ({ before, next, eligible, gets }) => {
  const turns = comingTurns(before, next, eligible);

  expect(gets.map((_, index) => turns(index))).toEqual(gets);
});
