import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryDelayMs, SocketPace } from '../../web/core/backoff.ts';
import {
  joinTexts,
  type KeptDraft,
  mergeDraft,
  readDraft,
  type StoredDraft,
  writeDraft,
} from '../../web/core/drafts.ts';
import { firstChat } from '../../web/core/first-chat.ts';
import { nextLookAt, pollDelayMs } from '../../web/core/pace.ts';
import { randomId } from '../../web/core/random-id.ts';
import { sha256 } from '../../web/core/sha256.ts';
import { hasSlept } from '../../web/core/wake.ts';
import { type Chat, type ChatId, chatOfKey, keyOf, type Me } from '../../web/models.ts';
import { chatOf, messageOf } from './chats.ts';

test('sha256 is that of the standard', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
      expect(sha256(text)).toBe(
        Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      );
    }),
  );
});

test('a random id is a UUID of version 4', () => {
  expect(randomId()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(Array.from({ length: 1_000 }, () => randomId())).size).toBe(1_000);
});

test('a key names its chat, whatever is in the ids', () => {
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(text, text, text, (channelId, chatType, chatId) => {
      const chat = { channelId, chatType, chatId };
      expect(chatOfKey(keyOf(chat))).toEqual(chat);
    }),
  );
});

describe('a reply or a fetch that is tried again', () => {
  test.each([
    [1, 1_000],
    [2, 2_000],
    [3, 5_000],
    [4, 10_000],
    [5, 30_000],
    [6, 30_000],
    [1_000, 30_000],
  ])('waits after %i misses for %i ms', (misses, delay) => expect(retryDelayMs(misses)).toBe(delay));
});

describe('a socket', () => {
  test('is tried again with full jitter, from half a second on', () => {
    const pace = new SocketPace();

    expect(pace.failed(0, 0.5)).toBe(500);
    expect(pace.failed(1_000, 0.999)).toBeLessThan(2_000);
    expect(pace.isPolling).toBe(false);
  });

  test('gives way to polling after three failures in a minute, and is tried every five minutes then', () => {
    const pace = new SocketPace();

    const delays = [0, 20_000, 59_999].map((now) => pace.failed(now, 1));

    expect(delays.at(-1)).toBe(300_000);
    expect(pace.isPolling).toBe(true);
    expect(pace.failed(400_000, 1)).toBe(300_000);
    pace.opened(700_000);
    expect(pace.isPolling).toBe(false);
  });

  test.each([
    ['slower failures', [0, 30_000, 60_000, 90_000]],
    ['failures of sockets that lived for a minute', [0, 30_000]],
  ])('does not give way to %s', (_, times) => {
    const pace = new SocketPace();

    for (const now of times) pace.failed(now, 1);

    expect(pace.isPolling).toBe(false);
  });

  test('that opens and closes at once counts as failing', () => {
    const pace = new SocketPace();

    for (const now of [0, 1_000, 2_000]) {
      pace.opened(now);
      pace.failed(now + 500, 1);
    }

    expect(pace.isPolling).toBe(true);
  });
});

describe('without a socket, the list is looked at', () => {
  test.each([
    ['every 5 s while the user works', true, 99_000, 5_000],
    ['every 20 s while it is visible', true, 0, 20_000],
    ['every minute while it is hidden', false, 99_000, 60_000],
  ])('%s', (_, isVisible, lastInputAt, delay) => {
    expect(pollDelayMs({ isVisible, lastInputAt }, 100_000)).toBe(delay);
  });
});

test('the open chat is read every 20 s while its newest message is under 10 minutes old', () => {
  expect(nextLookAt(1_000_000, 500_000, 1_000_000)).toBe(1_020_000);
  expect(nextLookAt(1_000_000, 400_000, 1_000_000)).toBeUndefined();
  expect(nextLookAt(1_000_000, undefined, 1_000_000)).toBeUndefined();
});

describe('a machine slept', () => {
  test.each([
    ['a visible timer comes 15 s late', 15_000, true, false],
    ['a visible timer comes later than that', 15_001, true, true],
    ['a hidden timer comes a minute late, as browsers hold it back', 60_000, false, false],
    ['a hidden timer comes much later', 75_001, false, true],
  ])('%s: %i ms', (_, late, isVisible, slept) => expect(hasSlept(0, late, isVisible)).toBe(slept));
});

describe('a draft', () => {
  test.each([
    ['a text', { text: 'Good day' }],
    ['a quote', { text: '', quoted: messageOf('1', 0) }],
    ['that it was emptied, until the server knows', { text: '', isChanged: true }],
  ])('is kept: %s', (_, draft) => expect(readDraft(writeDraft(draft))).toEqual(draft));

  test('that is empty is not kept', () => expect(writeDraft({ text: '' })).toBeUndefined());

  test.each([undefined, '', '{', 'null', '5', '{}', '{"text":5}', '[]'])(
    'that another version left (%s) is none',
    (kept) => expect(readDraft(kept)).toBeUndefined(),
  );

  test.each<[string, KeptDraft, StoredDraft, string]>([
    ['stays if nobody else wrote', { text: 'here', storedAt: '1' }, { text: 'old', savedAt: '1' }, 'here'],
    ['follows another device', { text: 'old', storedAt: '1' }, { text: 'there', savedAt: '2' }, 'there'],
    ['is gone if it was sent from another device', { text: 'old', storedAt: '1' }, { text: '', savedAt: null }, ''],
    [
      'that was changed is not overwritten',
      { text: 'mine', storedAt: '1', isChanged: true },
      { text: 'there', savedAt: '2' },
      'there\nmine',
    ],
    ['that was never stored stays', { text: 'here', isChanged: true }, { text: '', savedAt: null }, 'here'],
    [
      'that goes on what is there stays',
      { text: 'here it is', isChanged: true },
      { text: 'here', savedAt: '2' },
      'here it is',
    ],
    [
      'that is less than what is there gives way',
      { text: 'here', isChanged: true },
      { text: 'here it is', savedAt: '2' },
      'here it is',
    ],
  ])('%s', (_, here, stored, text) => expect(mergeDraft(here, stored)).toBe(text));

  test.each([
    ['back', '', 'back'],
    ['back', 'new', 'back\nnew'],
    ['same', 'same', 'same'],
  ])('gets %j back before %j', (back, since, joined) => expect(joinTexts(back, since)).toBe(joined));
});

describe('the page opens by itself', () => {
  const channels = [
    { channelId: 'a', chatTypes: ['telegram'], role: 'auditor' },
    { channelId: 'b', chatTypes: ['telegram', 'whatsapp'], role: 'seller' },
  ] as Me['channels'];
  const waiting = chatOf('1', 0, { unanswered: true });
  const filter = [{ chatType: 'whatsapp', chatId: '7', name: 'Anna' }];
  test.each<[string, Me['scope'], Chat[], ChatId | undefined]>([
    ['nothing in the general chat', { kind: 'global' }, [waiting], undefined],
    ['the most urgent chat of a card', { kind: 'card', filter }, [waiting, chatOf('2', 9)], waiting],
    [
      'an address that never wrote, where the user may write',
      { kind: 'card', filter },
      [],
      { channelId: 'b', chatType: 'whatsapp', chatId: '7' },
    ],
    ['nothing of a card without addresses', { kind: 'card', filter: [] }, [], undefined],
    [
      'the chat that the link names',
      { kind: 'global', activeChat: { channelId: 'x', chatType: 'max', chatId: '3' } },
      [waiting],
      { channelId: 'x', chatType: 'max', chatId: '3' },
    ],
    [
      'the chat of the person whom the link names',
      { kind: 'global', activeChat: { chatType: 'telegram', chatId: '1' } },
      [chatOf('2', 9), waiting],
      waiting,
    ],
    [
      'an empty chat with them',
      { kind: 'global', activeChat: { chatType: 'telegram', chatId: '9' } },
      [waiting],
      { channelId: 'b', chatType: 'telegram', chatId: '9' },
    ],
  ])('%s', (_, scope, chats, opened) => expect(firstChat({ scope, channels }, chats)).toEqual(opened));
});
