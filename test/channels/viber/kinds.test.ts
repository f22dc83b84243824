import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Receipt, ReceivedMessage } from '#channels/inbound';
import { createViber } from '#channels/viber/index';
import { EVENTS, MESSAGES } from '#channels/viber/kinds';
import { numberIn } from '#channels/viber/token';
import { trackingOf } from '#channels/viber/tracking';
import { parserOf } from '#test/channels/messages';
import { callback, OLENA, said, TIME, TOKEN, textWith } from './callbacks.ts';

const viber = createViber();
const parse = parserOf(viber);
const MEDIA = 'https://dl-media.viber.com/1/share/2/long/p.jpg';

interface Row {
  readonly name: string;
  readonly message: Record<string, unknown>;
  readonly content: Record<string, unknown>;
}

const ROWS: readonly Row[] = [
  { name: 'a text', message: { type: 'text', text: 'Доброго дня!' }, content: { type: 'text', text: 'Доброго дня!' } },
  {
    name: 'a text without words: kept whole',
    message: { type: 'text', tracking_data: 'k' },
    content: { type: 'unknown', kind: 'text', raw: '{"type":"text"}' },
  },
  {
    name: 'a picture with a caption',
    message: { type: 'picture', text: 'look', media: MEDIA, thumbnail: MEDIA, file_name: 'p.jpg', size: 900 },
    content: { type: 'image', text: 'look', media: { fileId: MEDIA, name: 'p.jpg', size: 900 } },
  },
  {
    name: 'a picture without an address',
    message: { type: 'picture', text: 'look', media: 'p.jpg' },
    content: { type: 'unknown', kind: 'picture', raw: expect.any(String) },
  },
  {
    name: 'a video',
    message: { type: 'video', media: MEDIA, size: 12_000, duration: 7 },
    content: { type: 'video', media: { fileId: MEDIA, size: 12_000, durationSeconds: 7 } },
  },
  {
    name: 'a file',
    message: { type: 'file', media: MEDIA, file_name: 'act.pdf', file_size: 500, size: 1 },
    content: { type: 'document', media: { fileId: MEDIA, name: 'act.pdf', size: 500 } },
  },
  {
    name: 'a sticker with its picture',
    message: { type: 'sticker', sticker_id: 46_105, media: MEDIA },
    content: { type: 'image', kind: 'sticker', text: 'Sticker: 46105', media: { fileId: MEDIA } },
  },
  {
    name: 'a sticker of which only the number is told',
    message: { type: 'sticker', sticker_id: 46_105 },
    content: { type: 'image', kind: 'sticker', text: 'Sticker: 46105' },
  },
  {
    name: 'the card of a person',
    message: { type: 'contact', contact: { name: 'Ihor', phone_number: '+380441112233', avatar: MEDIA } },
    content: { type: 'vcard', text: 'Ihor\n+380441112233', vcards: [{ name: 'Ihor', phone: '+380441112233' }] },
  },
  {
    name: 'a card with nothing on it',
    message: { type: 'contact', contact: {} },
    content: { type: 'unknown', kind: 'contact', raw: expect.any(String) },
  },
  {
    name: 'a link',
    message: { type: 'url', media: 'https://shop.example/1' },
    content: { type: 'text', kind: 'link', text: 'https://shop.example/1' },
  },
  {
    name: 'a place',
    message: { type: 'location', location: { lat: 50.4501, lon: '30.5234', address: 'Kyiv' } },
    content: { type: 'geo', text: 'Kyiv', location: { latitude: 50.4501, longitude: 30.5234, address: 'Kyiv' } },
  },
  {
    name: 'a place that is none',
    message: { type: 'location', location: { lat: 91, lon: 30 } },
    content: { type: 'unknown', kind: 'location', raw: expect.any(String) },
  },
  {
    name: 'a carousel',
    message: { type: 'rich_media', rich_media: { Type: 'rich_media', Buttons: [] } },
    content: { type: 'unsupported', kind: 'rich_media', raw: '{"Type":"rich_media","Buttons":[]}' },
  },
  {
    name: 'a kind that nobody knows',
    message: { type: 'hologram', hologram: { id: 'h1' } },
    content: { type: 'unknown', kind: 'hologram', raw: '{"type":"hologram","hologram":{"id":"h1"}}' },
  },
];

describe('every kind of message', () => {
  test.each(ROWS)('$name', ({ message, content }) => {
    const [received] = parse(said(message));

    expect(received).toMatchObject({ kind: 'client', opens: true, author: { id: OLENA, name: 'Олена' }, time: TIME });
    expect((received as ReceivedMessage).content).toEqual(content);
  });

  test('has a row', () => {
    expect(Object.keys(MESSAGES).filter((type) => !ROWS.some(({ message }) => message.type === type))).toEqual([]);
  });

  test('a pressed button is its label, and what it gives back', () => {
    const buttons = {
      place: 'reply' as const,
      rows: [
        [{ text: 'Yes', payload: 'y' }, { text: 'No' }],
        [
          { text: 'Maybe', payload: 'a' },
          { text: 'Maybe', payload: 'b' },
        ],
      ],
    };
    const tracking_data = trackingOf('our1.1', buttons);
    const pressed = (text: string) =>
      (parse(said({ type: 'text', text, tracking_data }))[0] as ReceivedMessage).content;

    expect(pressed('Yes')).toEqual({ type: 'text', text: 'Yes', pressed: 'y' });
    expect(pressed('No')).toEqual({ type: 'text', text: 'No' });
    expect(pressed('Yes, please')).toEqual({ type: 'text', text: 'Yes, please' });
    // Two of that label: nobody knows which.
    expect(pressed('Maybe')).toEqual({ type: 'text', text: 'Maybe' });
  });

  test.each(['', '{', '[]', '{"buttons":5}', '{"buttons":[["a"],[1,2],null]}', 'x'.repeat(5000)])(
    'what another program sent along (%j) is no button',
    (tracking_data) => {
      const [received] = parse(said({ type: 'text', text: 'a', tracking_data }));

      expect((received as ReceivedMessage).content).toEqual({ type: 'text', text: 'a' });
    },
  );
});

describe('every event', () => {
  const rows: [event: string, more: object, expected: object][] = [
    ['message', { sender: { id: OLENA }, message: { type: 'text', text: 'a' } }, { kind: 'client', opens: true }],
    [
      'conversation_started',
      { type: 'open', user: { id: OLENA, name: 'Олена' }, subscribed: false, context: 'ad-7' },
      { kind: 'client', opens: false, content: { type: 'system', kind: 'conversation_started', referral: 'ad-7' } },
    ],
    [
      'subscribed',
      { user: { id: OLENA, name: 'Олена' } },
      { kind: 'client', opens: false, author: { name: 'Олена' }, content: { type: 'system', kind: 'subscribed' } },
    ],
    [
      'unsubscribed',
      { user_id: OLENA },
      { kind: 'client', opens: false, author: { id: OLENA }, content: { type: 'system', kind: 'unsubscribed' } },
    ],
    ['delivered', { user_id: OLENA }, { kind: 'receipt', status: 'delivered', of: { providerId: String(TOKEN) } }],
    ['seen', { user_id: OLENA }, { kind: 'receipt', status: 'read' }],
    [
      'failed',
      { user_id: OLENA, desc: 'User not subscribed' },
      { status: 'failed', error: { reason: 'BAD_CONTACT', code: 'failed', description: 'User not subscribed' } },
    ],
    ['webhook', {}, { kind: 'ignored', reason: 'webhook' }],
    ['client_status', { user: { id: OLENA } }, { kind: 'ignored', reason: 'client_status' }],
    ['action', {}, { kind: 'ignored', reason: 'action' }],
    ['holiday', { user: { id: OLENA } }, { kind: 'ignored', reason: 'unknown-event' }],
  ];

  test.each(rows)('%s', (event, more, expected) => {
    expect(parse(callback(event, more))).toMatchObject([expected]);
  });

  test('has a row', () => {
    expect(Object.keys(EVENTS).filter((event) => !rows.some(([one]) => one === event))).toEqual([]);
  });

  test('a failure without words is a failure all the same', () => {
    const [received] = parse(callback('failed', { user_id: OLENA }));

    expect((received as Receipt).error).toEqual({ reason: 'GENERAL_ERROR', code: 'failed', description: '' });
  });

  test.each([
    ['nobody', said({ type: 'text', text: 'a' }, { sender: {} }), 'no-person'],
    ['somebody who would break a key', said({ type: 'text', text: 'a' }, { sender: { id: 'a#b' } }), 'no-person'],
    ['no token', said({ type: 'text', text: 'a' }, { message_token: undefined }), 'no-message-token'],
    ['a token that is none', said({ type: 'text', text: 'a' }, { message_token: 'я' }), 'no-message-token'],
    ['no message', said({}, { message: 5 }), 'no-message'],
    ['a receipt without a time', callback('seen', { user_id: OLENA, timestamp: 'now' }), 'no-time'],
  ])('%s: left alone', (_, body, reason) => {
    expect(parse(body)).toEqual([{ kind: 'ignored', reason }]);
  });

  test('a person whose id is digits is no phone, and a name without anything to see is none', () => {
    const body = said({ type: 'text', text: 'a' }, { sender: { id: '79001112233', name: '\u200b' } });

    expect(parse(body)).toMatchObject([{ ids: [{ chatType: 'viber', chatId: '79001112233' }] }]);
    expect((parse(body)[0] as ReceivedMessage).author).toEqual({ id: '79001112233' });
  });
});

describe('a token of 64 bits', () => {
  const read = (token: string) => {
    const text = textWith(token, said({ type: 'text', text: 'a' }));
    return viber.inbound.parse(JSON.parse(text), { text });
  };

  test.each(['5277626602752336999', '18446744073709551615', '9007199254740993'])('%s keeps its digits', (token) => {
    expect(String(JSON.parse(token))).not.toBe(token);
    expect(read(token)).toMatchObject([{ providerId: token }]);
  });

  test('of an answer keeps its digits too, and so does one that is written as text', () => {
    expect(numberIn('{"status":0,"message_token":5277626602752336999}', 'message_token')).toBe('5277626602752336999');
    expect(numberIn('{"message_token" : "5277626602752336999" }', 'message_token')).toBe('5277626602752336999');
  });

  test.each([
    ['in the words of the client', { a: '"message_token":1', message_token: 'HERE' }],
    ['escaped in the words of the client', { a: '\\"message_token\\":1,{', message_token: 'HERE' }],
    ['deeper', { a: { message_token: 1 }, b: [{ message_token: 2 }], message_token: 'HERE' }],
    ['behind brackets in words', { a: '}}]]', message_token: 'HERE', b: '{{[[' }],
  ])('is not taken from what stands %s', (_, body) => {
    const text = JSON.stringify(body).replace('"HERE"', '18446744073709551615');

    expect(numberIn(text, 'message_token')).toBe('18446744073709551615');
  });

  test.each([
    '',
    'null',
    '[]',
    '[{"message_token":1}]',
    '{}',
    '{"message_token":1.5}',
    '{"message_token":-1}',
    '{"message_token":1e3}',
  ])('%j has none', (text) => {
    expect(numberIn(text, 'message_token')).toBeUndefined();
  });

  test('is what JSON says, wherever it stands and however it is written', () => {
    const token = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    const others = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
    fc.assert(
      fc.property(others, token, others, fc.constantFrom(undefined, 1, '\t'), (before, digits, after, indent) => {
        const { message_token: _before, ...head } = before;
        const { message_token: _after, ...tail } = after;
        const body = { ...head, message_token: 'HERE', ...tail };
        const text = JSON.stringify(body, undefined, indent).replace(/("message_token":\s*)"HERE"/, `$1${digits}`);
        expect(numberIn(text, 'message_token')).toBe(String(digits));
      }),
    );
  });

  test('any text has one or none, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect([undefined, expect.any(String)]).toContainEqual(numberIn(text, 'message_token'));
      }),
    );
  });
});
