import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factKey } from '#domain/fact';
import { chatHashOf, messageIdOf, readMessageId } from '#domain/message-id';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const CHAT = 'channel-1#telegram#5';
const KEY = '1791190800000#731';
const ID = messageIdOf(CHAT, KEY);

test('a message id is a UUID v4 from which time and chat can be read', () => {
  const time = fc.integer({ min: 0, max: 9_999_999_999_999 });
  fc.assert(
    fc.property(time, fc.string(), fc.string(), (at, id, chat) => {
      const messageId = messageIdOf(chat, factKey(at, id));

      expect(messageId).toMatch(UUID_V4);
      expect(readMessageId(messageId)).toEqual({ time: at, chatHash: chatHashOf(chat) });
      expect(readMessageId(messageId.toUpperCase())).toEqual({ time: at, chatHash: chatHashOf(chat) });
    }),
  );
});

test('the id of a message never changes', () => {
  expect(ID).toBe('01a10b4a-9680-456f-a309-8d4033b7555a');
});

test.each([
  { name: 'another id', other: messageIdOf(CHAT, '1791190800000#732') },
  { name: 'another time', other: messageIdOf(CHAT, '1791190800001#731') },
  { name: 'another chat', other: messageIdOf('channel-1#telegram#6', KEY) },
])('$name gives another message id', ({ other }) => {
  expect(other).not.toBe(ID);
});

test.each([
  { name: 'an empty text', text: '' },
  { name: 'a number', text: '731' },
  { name: 'an id without dashes', text: ID.replaceAll('-', '') },
  { name: 'a UUID of another version', text: `${ID.slice(0, 14)}1${ID.slice(15)}` },
  { name: 'a UUID of another variant', text: `${ID.slice(0, 19)}c${ID.slice(20)}` },
  { name: 'an id with something behind it', text: `${ID}0` },
])('$name is no message id', ({ text }) => {
  expect(readMessageId(text)).toBeUndefined();
});

test('any text is read or refused, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uuid()), (text) => {
      const read = readMessageId(text);

      expect(read === undefined || Number.isSafeInteger(read.time)).toBe(true);
    }),
  );
});
