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
      'R1 somebody’s: theirs, heads’ and quality control’s',
      SWITCHED,
      ['boris'],
      { anna: 'nothing', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R1 the contact’s and an open deal’s: both see it',
      SWITCHED,
      ['boris', 'anna'],
      { anna: 'writes', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 nobody’s: the switch sees it',
      SWITCHED,
      [],
      { anna: 'writes', boris: 'nothing', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 nobody’s, no seller has the switch: every seller sees it',
      NOBODY_SWITCHED,
      [],
      { anna: 'writes', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 nobody’s, only a head has the switch: every seller sees it',
      HEAD_SWITCHED,
      [],
      { anna: 'writes', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 of one who has no role here: the pool, and nothing for them',
      SWITCHED,
      ['stranger'],
      { anna: 'writes', boris: 'nothing', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 of quality control, who may not answer: the pool',
      SWITCHED,
      ['control'],
      { anna: 'writes', boris: 'nothing', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 of a head: theirs, no pool',
      SWITCHED,
      ['head'],
      { anna: 'nothing', boris: 'nothing', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 of one without a role, and a deal of one who has one: no pool',
      SWITCHED,
      ['stranger', 'boris'],
      { anna: 'nothing', boris: 'writes', head: 'writes', control: 'sees', stranger: 'nothing' },
    ],
    [
      'R3 nobody may write in the channel: it waits for the CRM',
      ONLY_CONTROL,
      [],
      { control: 'sees', anna: 'nothing' },
    ],
    ['R4 nobody has a role: it is the CRM’s alone', [], ['anna'], { anna: 'nothing', stranger: 'nothing' }],
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
    ['nobody’s', [], SWITCHED, true],
    ['a seller’s', ['boris'], SWITCHED, false],
    ['a head’s', ['head'], SWITCHED, false],
    ['quality control’s', ['control'], SWITCHED, true],
    ['of one without a role', ['stranger'], SWITCHED, true],
    ['of one without a role, and of a seller', ['stranger', 'boris'], SWITCHED, false],
    ['of quality control, and of one without a role', ['control', 'stranger'], SWITCHED, true],
    ['a seller’s, in a channel without roles', ['boris'], [], true],
  ])('%s', (_, viewers, userRoles, expected) => {
    expect(isInPool(viewers, { userRoles })).toBe(expected);
  });
});

describe('receivesNewClients', () => {
  const writers = { anna: true, boris: false, head: false, control: false, stranger: false };

  test.each<[string, UserRole[], Record<string, boolean>]>([
    ['the switch decides', SWITCHED, writers],
    ['no seller has it: every seller', NOBODY_SWITCHED, { ...writers, boris: true }],
    [
      'a head has it, and no seller: the head, and every seller',
      HEAD_SWITCHED,
      { ...writers, boris: true, head: true },
    ],
    [
      'a switch of quality control counts for nothing',
      NOBODY_SWITCHED.map((one) => ({ ...one, allowGetNewClients: one.role === 'auditor' })),
      { ...writers, boris: true },
    ],
    ['nobody sells', ONLY_CONTROL, { control: false, anna: false }],
    ['nobody has a role', [], { anna: false }],
  ])('%s', (_, userRoles, expected) => {
    const receive = Object.keys(expected).map((userId) => [userId, receivesNewClients(userId, { userRoles })]);

    expect(Object.fromEntries(receive)).toEqual(expected);
  });
});

describe('responsibleOf', () => {
  test.each<[string, string[], UserRole[], boolean, string | undefined]>([
    ['nobody', [], SWITCHED, true, undefined],
    ['the contact’s', ['boris', 'anna'], SWITCHED, true, 'boris'],
    ['a head', ['head'], SWITCHED, true, 'head'],
    ['the deal’s, where the contact’s has no role here', ['stranger', 'anna'], SWITCHED, true, 'anna'],
    ['the deal’s, where the contact’s may not answer', ['control', 'anna'], SWITCHED, true, 'anna'],
    ['nobody, where the contact’s may not answer', ['control'], SWITCHED, true, undefined],
    ['nobody, where the contact’s has no role here', ['stranger'], SWITCHED, true, undefined],
    ['whom the CRM named, where roles were never given', ['stranger', 'anna'], [], false, 'stranger'],
    ['nobody, where roles were given and nobody is left', ['boris'], [], true, undefined],
  ])('%s', (_, viewers, userRoles, rolesSaved, expected) => {
    expect(responsibleOf(viewers, { userRoles, rolesSaved })).toBe(expected);
  });
});

test('roleOf: the user’s own, in this channel', () => {
  const roles = ['anna', 'head', 'control', 'stranger'].map((userId) => roleOf(userId, { userRoles: SWITCHED }));

  expect(roles).toEqual(['seller', 'manager', 'auditor', undefined]);
});
