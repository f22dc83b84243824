import { describe, expect, test } from 'vitest';
import { type ChatImage, changedChats, isRung, RING_ALL, ringOf } from '#domain/doorbell';
import type { Role, UserRole } from '#domain/settings';

const roleOf = (userId: string, role: Role, allowGetNewClients = false): UserRole => ({
  userId,
  role,
  allowGetNewClients,
});
const userRoles = [
  roleOf('own', 'seller'),
  roleOf('other', 'seller'),
  roleOf('new', 'seller', true),
  roleOf('head', 'manager'),
  roleOf('control', 'auditor'),
];
const image = (viewers: readonly string[], more: Partial<ChatImage> = {}): ChatImage => ({
  key: 'key',
  channelId: 'channel',
  chatType: 'whatsapp',
  chatId: '79990000001',
  account: 'shop',
  version: 1,
  viewers,
  otherIds: [],
  ...more,
});
const changed = (...images: readonly ChatImage[]) => changedChats(images)[0]!;
const isToldOf = (hearer: Omit<Parameters<typeof isRung>[0], 'account'>, ...images: readonly ChatImage[]) =>
  isRung({ account: 'shop', ...hearer }, changed(...images), { userRoles });

describe('who is rung', () => {
  const given = [image(['own']), image(['other'], { version: 2 })];
  const pool = [image([])];

  test.each([
    ['the seller who has just lost the chat', 'own', given, true],
    ['the seller who has just got it', 'other', given, true],
    ['the head', 'head', given, true],
    ['quality control', 'control', given, true],
    ['a seller who never had it', 'new', given, false],
    ['a user without a role', 'nobody', given, false],
    ['a seller of the pool, of a new client', 'new', pool, true],
    ['a seller without the switch, of a new client', 'own', pool, false],
    ['a seller of the pool, of a client who was just given to another', 'new', [image([]), image(['own'])], true],
  ])('%s', (_, userId, images, expected) => {
    expect(isToldOf({ userId }, ...images)).toBe(expected);
  });

  test('the CRM itself, of every chat of its account and of no other', () => {
    expect(isToldOf({}, image([]))).toBe(true);
    expect(isRung({ account: 'other shop' }, changed(image([])), { userRoles })).toBe(false);
  });

  test.each([
    ['by its address', ['shop#whatsapp#79990000001'], [], true],
    ['by another id of its person', ['shop#whatsapp#RU.123'], ['RU.123'], true],
    ['not of another client', ['shop#whatsapp#79990000002'], [], false],
    ['not of a client of another messenger', ['shop#telegram#79990000001'], [], false],
    ['of nobody, if it names nobody', [], [], false],
  ])('the page of a card: %s', (_, card, otherIds, expected) => {
    expect(isToldOf({ userId: 'head', card }, image([], { otherIds }))).toBe(expected);
  });

  test('the page of a card by the right of its user only', () => {
    expect(isToldOf({ userId: 'own', card: ['shop#whatsapp#79990000001'] }, image(['other']))).toBe(false);
  });
});

describe('a ring', () => {
  const chats = (count: number) =>
    Array.from({ length: count }, (_, index) => image([], { key: `${index}`, chatId: `${index}`, version: 7 }));

  test('says of a chat that it was removed', () => {
    const gone = image(['own'], { version: 8, isGone: true });

    expect(ringOf([changed(image(['own'], { version: 7 }), gone).newest])).toEqual({
      t: 'ring',
      chats: [['channel', 'whatsapp', '79990000001', 8, true]],
    });
  });

  test('names chats and their versions, and nothing else', () => {
    expect(ringOf([image(['own'], { version: 7 })])).toEqual({
      t: 'ring',
      chats: [['channel', 'whatsapp', '79990000001', 7]],
    });
  });

  test('names up to twenty, of more it says that everything may have changed', () => {
    expect(ringOf(chats(20))).toMatchObject({ chats: { length: 20 } });
    expect(ringOf(chats(21))).toEqual(RING_ALL);
  });

  test('is not needed without chats', () => {
    expect(ringOf([])).toBeUndefined();
  });

  test('counts the images of a chat as one change, the newest version counts', () => {
    const [first, second, ...more] = changedChats([
      image([], { version: 3 }),
      image(['own'], { version: 5 }),
      image([], { version: 4 }),
      image([], { key: 'other' }),
    ]);

    expect(first).toMatchObject({ newest: { version: 5 }, images: { length: 3 } });
    expect(second).toMatchObject({ newest: { key: 'other' } });
    expect(more).toEqual([]);
  });
});
