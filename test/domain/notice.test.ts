import { describe, expect, test } from 'vitest';
import { calledUsers, isCall, nextWake, WAKE_EVERY_MS } from '#domain/notice';
import { pushKeysOf } from '#domain/push-keys';
import type { UserRole } from '#domain/settings';

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

describe('N1 a call wakes', () => {
  const userRoles: UserRole[] = [
    { userId: 'own', role: 'seller', allowGetNewClients: false },
    { userId: 'other', role: 'seller', allowGetNewClients: false },
    { userId: 'switched', role: 'seller', allowGetNewClients: true },
    { userId: 'head', role: 'manager', allowGetNewClients: false },
    { userId: 'taker', role: 'manager', allowGetNewClients: true },
    { userId: 'control', role: 'auditor', allowGetNewClients: false },
  ];
  const wakes = (viewers: string[], notifyHeadsAboutAllMessages: boolean) =>
    calledUsers({ viewers }, { userRoles }, { notifyHeadsAboutAllMessages });

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
    expect(wakes(viewers, option)).toEqual(expected);
  });
});

describe('a user is woken', () => {
  const now = 1_000_000;

  test.each([
    ['at once', undefined, now],
    ['at once, long after the last time', now - WAKE_EVERY_MS, now],
    ['once more when ten seconds are over', now - 4_000, now + 6_000],
    ['once more, if they were woken just now', now, now + WAKE_EVERY_MS],
    ['not twice for what is planned', now + 6_000, undefined],
  ])('%s', (_, last, expected) => {
    expect(nextWake(last, now)).toBe(expected);
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
