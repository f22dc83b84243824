import { describe, expect, test } from 'vitest';
import { saysSomething } from '../../web/core/drafts.ts';
import type { Entry } from '../../web/models.ts';
import { clock } from '../../web/parts/chat/clock.ts';
import { vcardFile } from '../../web/parts/chat/vcard.ts';
import { isSend, type Pressed } from '../../web/parts/composer/enter.ts';
import { refusalOf, tooMany } from '../../web/parts/composer/limits.ts';
import { refusalWords } from '../../web/parts/composer/refusal-words.ts';
import { replyWindow } from '../../web/parts/composer/reply-window.ts';
import { matchingReplies, slashWords } from '../../web/parts/composer/slash.ts';
import { speak } from '../../web/words/words.ts';

describe('a key sends', () => {
  const enter: Pressed = {
    key: 'Enter',
    keyCode: 13,
    isComposing: false,
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
  };

  test.each<[string, Partial<Pressed>, 'enter' | 'ctrl-enter', boolean, boolean]>([
    ['Enter', {}, 'enter', false, true],
    ['Enter, if Ctrl+Enter is to send', {}, 'ctrl-enter', false, false],
    ['Ctrl+Enter', { ctrlKey: true }, 'ctrl-enter', false, true],
    ['⌘+Enter', { metaKey: true }, 'ctrl-enter', false, true],
    ['Ctrl+Enter as well', { ctrlKey: true }, 'enter', false, true],
    ['Shift+Enter', { shiftKey: true }, 'enter', false, false],
    ['Shift+Ctrl+Enter', { shiftKey: true, ctrlKey: true }, 'ctrl-enter', false, false],
    ['Alt+Enter', { altKey: true }, 'enter', false, false],
    ['Enter that chooses a word', { isComposing: true }, 'enter', false, false],
    ['Enter that chooses a word, as WebKit tells it', { keyCode: 229 }, 'enter', false, false],
    ['Ctrl+Enter that chooses a word', { isComposing: true, ctrlKey: true }, 'enter', false, false],
    ['Enter of a phone', {}, 'enter', true, false],
    ['Ctrl+Enter of a tablet with keys', { ctrlKey: true }, 'enter', true, true],
    ['another key', { key: 'a', keyCode: 65 }, 'enter', false, false],
  ])('%s', (_name, pressed, mode, isTouch, expected) => {
    expect(isSend({ ...enter, ...pressed }, mode, isTouch)).toBe(expected);
  });
});

describe('quick replies', () => {
  test.each<[string, string | undefined]>([
    ['/', ''],
    ['/до', 'до'],
    ['Добрый день! /до', 'до'],
    ['первая\n/до', 'до'],
    ['/адрес склада', 'адрес склада'],
    ['12/05', undefined],
    ['5 / 6', undefined],
    ['https://a', undefined],
    ['and/or', undefined],
    ['', undefined],
    ['//', undefined],
  ])('after %j', (typed, expected) => {
    expect(slashWords(typed)).toBe(expected);
  });

  test('are found by all words of name and text, those that begin so first', () => {
    const replies = [
      { id: '1', title: 'Склад', text: 'Адрес склада: Невский' },
      { id: '2', title: 'Адрес офиса', text: 'Литейный' },
      { id: '3', title: 'Цена', text: '100' },
    ];

    expect(matchingReplies(replies, 'АДРЕС').map(({ id }) => id)).toEqual(['2', '1']);
    expect(matchingReplies(replies, 'невский адрес').map(({ id }) => id)).toEqual(['1']);
    expect(matchingReplies(replies, '')).toHaveLength(3);
    expect(matchingReplies(replies, 'нет')).toEqual([]);
  });
});

describe('files that a messenger would not take', () => {
  const MB = 1024 * 1024;

  test.each<[string, { size: number; type: string }, string | undefined]>([
    ['telegram', { size: 0, type: 'image/png' }, 'empty'],
    ['telegram', { size: 50 * MB, type: 'video/mp4' }, undefined],
    ['telegram', { size: 50 * MB + 1, type: 'video/mp4' }, 'too-large'],
    ['wapi', { size: 5 * MB, type: 'image/jpeg' }, undefined],
    ['wapi', { size: 5 * MB + 1, type: 'image/jpeg' }, 'too-large'],
    ['wapi', { size: 1, type: 'image/gif' }, 'type'],
    ['wapi', { size: 16 * MB + 1, type: 'video/mp4' }, 'too-large'],
    ['wapi', { size: 1, type: 'audio/ogg; codecs=opus' }, undefined],
    ['wapi', { size: 17 * MB, type: 'application/pdf' }, undefined],
    ['wapi', { size: 17 * MB, type: '' }, undefined],
  ])('%s: %j', (transport, file, expected) => {
    expect(refusalOf(transport, file)?.why).toBe(expected);
  });
});

test.each<[transport: string, text: string, count: number]>([
  ['instagram', 'я'.repeat(500), 0],
  ['instagram', 'я'.repeat(501), 1],
  ['instagram', `${'a'.repeat(999)}🎄`, 1],
  ['instagram', 'a'.repeat(1003), 3],
  ['telegram', '🎄'.repeat(4097), 1],
  ['vk', '🎄'.repeat(2049), 2],
])('of a text for %s so many characters are too many', (transport, text, count) => {
  expect(tooMany(transport, text)).toBe(count);
});

test.each<[transport: string, hours: number, window: string]>([
  ['instagram', 23, 'open'],
  ['instagram', 24, 'human-agent'],
  ['facebook', 167, 'human-agent'],
  ['facebook', 168, 'closed'],
  ['wapi', 168, 'template'],
  ['vk', 1000, 'open'],
  ['not-known', 1000, 'open'],
])('%s takes after %d hours of silence: %s', (transport, hours, expected) => {
  const chat = { channelId: 'c', chatType: 'vk', chatId: '1' } as const;
  const now = Date.UTC(2026, 10, 29);
  const dateTime = new Date(now - hours * 3_600_000).toISOString();
  const message = { messageId: '1', ...chat, dateTime, type: 'text', isEcho: false };
  const channel = { channelId: 'c', name: 'C', transport, chatTypes: [], state: 'active', role: null, writers: [] };

  expect(replyWindow(chat, { channels: [channel] }, [{ kind: 'message', key: '1', chat, message }], false, now)).toBe(
    expected,
  );
});

describe('WhatsApp takes templates only', () => {
  const chat = { channelId: 'w', chatType: 'whatsapp', chatId: '7' } as const;
  const me = {
    channels: [
      {
        channelId: 'w',
        name: 'W',
        transport: 'wapi',
        chatTypes: ['whatsapp'],
        state: 'active',
        role: 'seller' as const,
        writers: [],
      },
      {
        channelId: 't',
        name: 'T',
        transport: 'telegram',
        chatTypes: [],
        state: 'active',
        role: 'seller' as const,
        writers: [],
      },
    ],
  };
  const NOW = Date.UTC(2026, 10, 29);
  const hoursAgo = (hours: number, isEcho: boolean, type = 'text'): Entry => ({
    kind: 'message',
    key: `${hours}`,
    chat,
    message: {
      messageId: `${hours}`,
      ...chat,
      dateTime: new Date(NOW - hours * 3_600_000).toISOString(),
      type,
      isEcho,
    },
  });

  test.each<[string, readonly Entry[], boolean, boolean]>([
    ['23 hours after the client', [hoursAgo(23, false)], false, false],
    ['24 hours after the client', [hoursAgo(24, false)], false, true],
    ['whatever the team wrote', [hoursAgo(30, false), hoursAgo(1, true)], false, true],
    ['not within 24 hours of a call', [hoursAgo(30, false), hoursAgo(2, false, 'missing_call')], false, false],
    ['whatever the messenger noted', [hoursAgo(30, false), hoursAgo(1, false, 'system')], false, true],
    ['in a chat in which nobody wrote', [], false, true],
    ['not while older messages may be the client’s', [hoursAgo(3, true)], true, false],
    ['once all that is loaded is too old', [hoursAgo(25, true)], true, true],
  ])('%s', (_name, entries, hasOlder, expected) => {
    expect(replyWindow(chat, me, entries, hasOlder, NOW)).toBe(expected ? 'template' : 'open');
  });

  test('and Telegram everything', () => {
    expect(replyWindow({ ...chat, channelId: 't' }, me, [hoursAgo(300, false)], false, NOW)).toBe('open');
  });
});

test.each([
  [0, '0:00'],
  [7.4, '0:07'],
  [750, '12:30'],
  [3723, '1:02:03'],
])('a sound of %d s is %s long', (seconds, expected) => {
  expect(clock(seconds)).toBe(expected);
});

test('a card is saved as it was given, or made of name and phone', () => {
  expect(vcardFile({ name: 'A', text: 'BEGIN:VCARD\r\nEND:VCARD' })).toBe('BEGIN:VCARD\r\nEND:VCARD');
  expect(vcardFile({ name: 'A\rTEL:+8\r\nTEL:+9' })).toContain('FN:A\\nTEL:+8\\nTEL:+9\r\nEND:VCARD');
  expect(vcardFile({ name: 'Пётр; Ко,\nООО', phone: '+7' })).toBe(
    'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Пётр\\; Ко\\,\\nООО\r\nTEL;TYPE=cell:+7\r\nEND:VCARD\r\n',
  );
});

test.each([
  ['', false],
  [' \n\t', false],
  ['\u200b \u2060\ufeff', false],
  ['0', true],
  ['👨‍👩‍👧', true],
  ['\u200bа', true],
])('whether %j says something: %s', (text, says) => {
  expect(saysSomething(text)).toBe(says);
});

test('a refusal is told in the language of the page, one that is not to be expected in the words of the server', async () => {
  await speak('ru');

  expect(refusalWords({ code: 'CHANNEL_NOT_FOUND', description: 'There is no such channel' })).toBe(
    'этот канал больше не подключён',
  );
  expect(refusalWords({ code: 'NEW_CODE', description: 'Something new' })).toBe('Something new');
});
