import { describe, expect, test } from 'vitest';
import type { Role, UserRole } from '#domain/settings';
import { isInPool, receivesNewClients, responsibleOf, roleOf, type Sight, sightOf } from '#domain/sight';

const user = (userId: string, role: Role, allowGetNewClients = false): UserRole => ({
  userId,
  role,
  allowGetNewClients,
});

/** Anna receives new clients, Boris does not. */
const SWITCHED = [
  user('anna', 'seller', true),
  user('boris', 'seller'),
  user('head', 'manager'),
  user('control', 'auditor'),
];
const NOBODY_SWITCHED = SWITCHED.map((one) => ({ ...one, allowGetNewClients: false }));
const HEAD_SWITCHED = NOBODY_SWITCHED.map((one) => ({ ...one, allowGetNewClients: one.userId === 'head' }));
const ONLY_CONTROL = [user('control', 'auditor')];

describe('sightOf', () => {
  const rows: [string, UserRole[], string[], Record<string, Sight>][] = [
    [
      'R1 a chat with a responsible user is seen by that user, heads and quality control',
      SWITCHED,
      ['boris'],
      { anna: 'nothing', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R1 the responsible users of the contact and of an open deal both see the chat',
      SWITCHED,
      ['boris', 'anna'],
      { anna: 'writes', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 an unowned chat is seen by sellers with the switch',
      SWITCHED,
      [],
      { anna: 'writes', boris: 'nothing', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 if nobody has the switch, every seller sees an unowned chat',
      NOBODY_SWITCHED,
      [],
      { anna: 'writes', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 if only a head has the switch, every seller sees an unowned chat',
      HEAD_SWITCHED,
      [],
      { anna: 'writes', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 the chat of a user without a role is in the pool, and that user sees nothing',
      SWITCHED,
      ['stranger'],
      { anna: 'writes', boris: 'nothing', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 the chat of quality control is in the pool, because they may not answer',
      SWITCHED,
      ['control'],
      { anna: 'writes', boris: 'nothing', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 the chat of a head is not in the pool',
      SWITCHED,
      ['head'],
      { anna: 'nothing', boris: 'nothing', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 the chat of a user without a role is not in the pool if the user of a deal has one',
      SWITCHED,
      ['stranger', 'boris'],
      { anna: 'nothing', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 if nobody may write in the channel, its chats wait for the CRM',
      ONLY_CONTROL,
      [],
      { control: 'sees', anna: 'nothing' },
    ],
    ['R4 if nobody has a role, only the CRM sees the chat', [], ['anna'], { anna: 'nothing', stranger: 'nothing' }],
  ];

  test.each(rows)('%s', (_, userRoles, viewers, expected) => {
    const chat = { account: 'shop', viewers };

    for (const [userId, sight] of Object.entries(expected)) {
      expect([userId, sightOf({ account: 'shop', userId }, chat, { userRoles })]).toEqual([userId, sight]);
      expect(sightOf({ account: 'other', userId }, chat, { userRoles })).toBe('nothing');
    }
    expect(sightOf({ account: 'shop' }, chat, { userRoles })).toBe('writes');
    expect(sightOf({ account: 'other' }, chat, { userRoles })).toBe('nothing');
  });
});

describe('isInPool', () => {
  test.each<[string, string[], UserRole[], boolean]>([
    ['an unowned chat is', [], SWITCHED, true],
    ['a seller’s chat is not', ['boris'], SWITCHED, false],
    ['a head’s chat is not', ['head'], SWITCHED, false],
    ['a chat of quality control is', ['control'], SWITCHED, true],
    ['a chat of a user without a role is', ['stranger'], SWITCHED, true],
    ['a chat of a user without a role and of a seller is not', ['stranger', 'boris'], SWITCHED, false],
    ['a chat of quality control and of a user without a role is', ['control', 'stranger'], SWITCHED, true],
    ['a chat in a channel without roles is, whoever is responsible', ['boris'], [], true],
  ])('%s', (_, viewers, userRoles, expected) => {
    expect(isInPool(viewers, { userRoles })).toBe(expected);
  });
});

describe('receivesNewClients', () => {
  const writers = { anna: true, boris: false, head: false, control: false, stranger: false };

  test.each<[string, UserRole[], Record<string, boolean>]>([
    ['those with the switch receive them', SWITCHED, writers],
    ['every seller receives them if no seller has the switch', NOBODY_SWITCHED, { ...writers, boris: true }],
    [
      'a head with the switch and every seller receive them if no seller has it',
      HEAD_SWITCHED,
      { ...writers, boris: true, head: true },
    ],
    [
      'the switch of quality control does not count',
      NOBODY_SWITCHED.map((one) => ({ ...one, allowGetNewClients: one.role === 'auditor' })),
      { ...writers, boris: true },
    ],
    ['nobody receives them in a channel without sellers and heads', ONLY_CONTROL, { control: false, anna: false }],
    ['nobody receives them in a channel without roles', [], { anna: false }],
  ])('%s', (_, userRoles, expected) => {
    const receive = Object.keys(expected).map((userId) => [userId, receivesNewClients(userId, { userRoles })]);

    expect(Object.fromEntries(receive)).toEqual(expected);
  });
});

describe('responsibleOf', () => {
  test.each<[string, string[], UserRole[], boolean, string | undefined]>([
    ['nobody for an unowned chat', [], SWITCHED, true, undefined],
    ['the user of the contact before that of a deal', ['boris', 'anna'], SWITCHED, true, 'boris'],
    ['a head', ['head'], SWITCHED, true, 'head'],
    ['the user of the deal, if that of the contact has no role here', ['stranger', 'anna'], SWITCHED, true, 'anna'],
    ['the user of the deal, if that of the contact may not answer', ['control', 'anna'], SWITCHED, true, 'anna'],
    ['nobody, if the user of the contact may not answer', ['control'], SWITCHED, true, undefined],
    ['nobody, if the user of the contact has no role here', ['stranger'], SWITCHED, true, undefined],
    ['the user that the CRM named, if roles were never given', ['stranger', 'anna'], [], false, 'stranger'],
    ['nobody, if roles were given and all were taken away', ['boris'], [], true, undefined],
  ])('%s', (_, viewers, userRoles, rolesSaved, expected) => {
    expect(responsibleOf(viewers, { userRoles, rolesSaved })).toBe(expected);
  });
});

test('roleOf names the role that a user has in this channel', () => {
  const roles = ['anna', 'head', 'control', 'stranger'].map((userId) => roleOf(userId, { userRoles: SWITCHED }));

  expect(roles).toEqual(['seller', 'manager', 'auditor', undefined]);
});
