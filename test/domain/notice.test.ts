import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CallingChat,
  callsOf,
  everyMs,
  isCall,
  LOOKED_AT_MS,
  type Marks,
  mayBeTheirOwn,
  mayCall,
  mayWake,
  nextWake,
  WAKE_EVERY_MS,
  type WakeKind,
} from '#domain/notice';
import { pushKeysOf } from '#domain/push-keys';
import { isPushService } from '#domain/push-services';
import { mayWrite, ROLES, type UserRole } from '#domain/settings';
import { isToAnswer, sightOf } from '#domain/sight';
import type { Absence } from '#domain/team';

const open = (unansweredCount: number, key = `00${unansweredCount}`) => ({
  unansweredCount,
  openKey: '001',
  client: { key },
});
const answered = { unansweredCount: 0, client: { key: '001' } };

describe('a change calls somebody', () => {
  test.each([
    ['a first message', undefined, open(1), true],
    ['a message after an answer', answered, open(1, '002'), true],
    ['one more message', open(1), open(2), true],
    ['one more beyond what is counted', open(200, '200'), open(200, '201'), true],
    ['a reply that was refused, so that its message is open again', answered, open(1, '001'), true],
    ['an answer', open(2), answered, false],
    ['an answer to the first of two', open(2), open(1, '002'), false],
    ['an edit', open(1), open(1), false],
    ['a message of the team', answered, answered, false],
    ['a notice, or an import', undefined, { unansweredCount: 0 }, false],
  ])('%s', (_, before, after, expected) => {
    expect(isCall(before, after)).toBe(expected);
  });
});

const userRoles: UserRole[] = [
  { userId: 'own', role: 'seller', allowGetNewClients: false },
  { userId: 'other', role: 'seller', allowGetNewClients: false },
  { userId: 'switched', role: 'seller', allowGetNewClients: true },
  { userId: 'head', role: 'manager', allowGetNewClients: false },
  { userId: 'taker', role: 'manager', allowGetNewClients: true },
  { userId: 'control', role: 'auditor', allowGetNewClients: false },
];
const chatOf = (viewers: string[], marks: Marks = {}, chat: CallingChat['chat'] = open(1)) => ({
  chat,
  viewers,
  marks,
});
/** Who is called, as `user kind`. */
const called = (before: CallingChat | undefined, after: CallingChat, notifyHeadsAboutAllMessages = true) =>
  callsOf(before, after, { userRoles }, { notifyHeadsAboutAllMessages }).map(({ userId, kind }) => `${userId} ${kind}`);

describe('N1 a message calls', () => {
  const calls = (viewers: string[], option: boolean) =>
    called(chatOf(viewers, {}, answered), chatOf(viewers), option).map((one) => one.split(' ')[0]);

  test.each([
    ['of a seller, with the option', ['own'], true, ['own', 'head', 'taker']],
    ['of a seller, without', ['own'], false, ['own']],
    ['of a head, without', ['head'], false, ['head']],
    ['of a seller and another by a deal', ['own', 'other'], false, ['own', 'other']],
    ['of nobody, with the option', [], true, ['switched', 'head', 'taker']],
    ['of nobody, without', [], false, ['switched', 'taker']],
    ['of quality control, without: it is in the pool', ['control'], false, ['switched', 'taker']],
    ['of a user without a role', ['ghost'], false, ['switched', 'taker']],
  ])('for a chat %s', (_, viewers, option, expected) => {
    expect(calls(viewers, option)).toEqual(expected);
  });
});

describe('a change calls, by the most urgent reason', () => {
  const waits = chatOf(['own']);

  test.each<[string, CallingChat | undefined, CallingChat, string[]]>([
    [
      'whom a client was given to with the first message',
      undefined,
      waits,
      ['own given', 'head waiting', 'taker waiting'],
    ],
    ['whom a client was handed over to', chatOf(['other']), waits, ['own given']],
    [
      'nobody, if an answered client is handed over',
      chatOf(['other'], {}, answered),
      chatOf(['own'], {}, answered),
      [],
    ],
    ['who is about to lose a client (T8)', waits, chatOf(['own'], { leavesAt: 9 }), ['own leaves']],
    ['nobody twice for one mark', chatOf(['own'], { leavesAt: 9 }), chatOf(['own'], { leavesAt: 9 }), []],
    ['nobody, if the mark was lifted', chatOf(['own'], { leavesAt: 9 }), waits, []],
    ['heads, whatever they chose (T7)', waits, chatOf(['own'], { told: 9 }), ['head told', 'taker told']],
    [
      'who receives new clients, once more (T7)',
      chatOf([]),
      chatOf([], { reminded: 9 }),
      ['switched waiting', 'taker waiting'],
    ],
    [
      'nobody who sees the pool that a client falls into, but heads',
      waits,
      chatOf([], { told: 9 }),
      ['head told', 'taker told'],
    ],
    ['nobody for an answer', waits, chatOf(['own'], { leavesAt: 9 }, answered), []],
  ])('%s', (_, before, after, expected) => {
    expect(called(before, after, before === undefined)).toEqual(expected);
  });

  test('only the responsible user is warned, not a colleague with a deal', () => {
    expect(called(chatOf(['own', 'other']), chatOf(['own', 'other'], { leavesAt: 9 }), false)).toEqual(['own leaves']);
  });
});

describe('I14 nobody is called about a chat that they do not see, and quality control never', () => {
  const user = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const mark = fc.constantFrom(undefined, 1, 2);
  const roles = fc.uniqueArray(
    fc.record({ userId: user, role: fc.constantFrom(...ROLES), allowGetNewClients: fc.boolean() }),
    { selector: ({ userId }) => userId },
  );
  const chat = fc.record({
    chat: fc.constantFrom(answered, open(1), open(2), open(3)),
    viewers: fc.uniqueArray(fc.oneof(user, fc.constant('ghost')), { maxLength: 3 }),
    marks: fc.record({ leavesAt: mark, told: mark, reminded: mark }),
  });

  test('in any settings, for any change', () => {
    fc.assert(
      fc.property(roles, fc.option(chat, { nil: undefined }), chat, fc.boolean(), (all, before, after, option) => {
        // A role that may not write cannot have the switch (D3).
        const settings = {
          userRoles: all.map((one) => ({ ...one, allowGetNewClients: one.allowGetNewClients && mayWrite(one.role) })),
        };
        const calls = callsOf(before, after, settings, { notifyHeadsAboutAllMessages: option });

        const account = 'account';
        for (const { userId, isOwn } of calls) {
          expect(sightOf({ account, userId }, { account, viewers: after.viewers }, settings)).toBe('writes');
          expect(isOwn).toBe(isToAnswer(userId, after.viewers, settings));
        }
        expect(new Set(calls.map(({ userId }) => userId)).size).toBe(calls.length);
        // What is asked before anything is read overlooks nobody.
        if (calls.length > 0) expect(mayCall(before, after)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a device is woken', () => {
  const now = 1_000_000;
  const all = { notices: 'all', outsideHours: false } as const;

  test.each<[string, Parameters<typeof mayWake>[0], WakeKind, Absence | undefined, boolean]>([
    ['for what waits', all, 'waiting', undefined, true],
    ['not if it wants nothing', { ...all, notices: 'none' }, 'leaves', undefined, false],
    ['not while somebody looks at its page', { ...all, visibleAt: now - LOOKED_AT_MS + 1 }, 'leaves', undefined, false],
    ['a minute after somebody looked', { ...all, visibleAt: now - LOOKED_AT_MS }, 'waiting', undefined, true],
    ['not of who is away', { ...all, outsideHours: true }, 'waiting', 'AWAY', false],
    ['not of a head who is away', all, 'told', 'AWAY', false],
    ['not outside the hours of its user', all, 'given', 'OUT_OF_HOURS', false],
    ['outside them, if it wants that', { ...all, outsideHours: true }, 'given', 'OUT_OF_HOURS', true],
    ['outside them for what heads are told, which goes by the hours of the channel', all, 'told', 'OUT_OF_HOURS', true],
    ['of a user whom Konvert has set away, once', all, 'away', 'AWAY', true],
  ])('%s', (_, device, kind, absence, expected) => {
    expect(mayWake(device, kind, absence, now)).toBe(expected);
  });
});

describe('a call may be one that its user has caused', () => {
  test.each<[string, CallingChat | undefined, CallingChat, boolean]>([
    ['if an old chat comes to them: they may have replied first', chatOf([]), chatOf(['own']), true],
    ['not with a message of the client', chatOf([]), chatOf(['own'], {}, open(2)), false],
    ['not in a new chat', undefined, chatOf(['own']), false],
    ['not if somebody loses the client for it', chatOf(['other'], { leavesAt: 9 }), chatOf(['own']), false],
  ])('%s', (_, before, after, expected) => {
    expect(mayBeTheirOwn(before, after)).toBe(expected);
  });
});

describe('a user is woken', () => {
  const now = 1_000_000;

  test.each([
    ['at once', 'waiting', undefined, now],
    ['at once, long after the last time', 'waiting', now - WAKE_EVERY_MS, now],
    ['once more when the minute is over', 'waiting', now - 4_000, now - 4_000 + WAKE_EVERY_MS],
    ['once more, if they were woken just now', 'waiting', now, now + WAKE_EVERY_MS],
    ['not twice for what is planned', 'waiting', now + 6_000, undefined],
    ['for a client who was given to them, without waiting for a minute to be over', 'given', now - 10_000, now],
    ['for one of many that come together, after ten seconds', 'given', now - 4_000, now + 6_000],
    ['for what is urgent before what was planned', 'told', now + 30_000, now],
    ['not twice for what is planned within ten seconds', 'told', now + 6_000, undefined],
  ] as const)('%s', (_, kind, last, expected) => {
    expect(nextWake(last, now, everyMs(kind))).toBe(expected);
  });
});

describe('a push service is', () => {
  test.each([
    ['https://fcm.googleapis.com/fcm/send/a', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/a', true],
    ['https://web.push.apple.com/a', true],
    ['https://wns2-par02p.notify.windows.com/w/?token=a', true],
    ['http://127.0.0.1:8080/a', true],
    ['https://fcm.googleapis.com.evil.example/a', false],
    ['https://evilfcm.googleapis.com/a', false],
    ['https://127.0.0.1/a', false],
    ['http://fcm.googleapis.com/a', false],
    ['no address', false],
  ])('%s: %s', (endpoint, expected) => {
    expect(isPushService(endpoint)).toBe(expected);
  });
});

describe('the keys of pushes', () => {
  test('follow from the secret of the installation', () => {
    const secret = Buffer.alloc(32, 7);

    const keys = pushKeysOf(secret);

    expect(pushKeysOf(secret)).toEqual(keys);
    expect(pushKeysOf(Buffer.alloc(32, 8)).publicKey).not.toBe(keys.publicKey);
    const point = Buffer.from(keys.publicKey, 'base64url');
    expect([point.length, point[0]]).toEqual([65, 4]);
  });
});
