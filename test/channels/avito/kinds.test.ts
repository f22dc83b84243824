import { describe, expect, test } from 'vitest';
import { createAvito } from '#channels/avito/index';
import { MESSAGES } from '#channels/avito/kinds';
import type { ReceivedMessage } from '#channels/inbound';
import { parserOf } from '#test/channels/messages';
import { MESSAGE_TYPES } from '#test/doubles/avito/schema';
import { ACCOUNT, CHAT, DANA, echoed, envelope, LISTING, said, TIME } from './webhooks.ts';

const parse = parserOf(createAvito());

/** Matches a `raw` that holds this as JSON, beside the chat's type and its listing. */
function raw(kept: object = {}): unknown {
  const wanted = JSON.stringify({ chat_type: 'u2i', item_id: LISTING, ...kept });
  return expect.toSatisfy((text: string) => JSON.stringify(JSON.parse(text)) === wanted, 'the raw JSON');
}

const PICTURE = 'https://img.k.avito.ru/chat';
const sizes = {
  '140x105': `${PICTURE}/140x105/5.jpg`,
  '1280x960': `${PICTURE}/1280x960/5.jpg`,
  '32x32': `${PICTURE}/32x32/5.jpg`,
};

interface Row {
  readonly name: string;
  readonly type: string;
  readonly content: unknown;
  readonly expected: Record<string, unknown>;
  readonly opens?: false;
}

/** Each kind, with what Avito's description says it holds, and without it. */
const ROWS: readonly Row[] = [
  {
    name: 'a text',
    type: 'text',
    content: { text: 'Ещё продаёте?' },
    expected: { type: 'text', text: 'Ещё продаёте?', raw: raw() },
  },
  {
    name: 'a text without words: kept whole',
    type: 'text',
    content: { text: null },
    expected: { type: 'unknown', kind: 'text', raw: raw({ content: { text: null } }) },
  },
  {
    name: 'a picture, in the largest of its sizes',
    type: 'image',
    content: { image: { sizes } },
    expected: { type: 'image', media: { fileId: `${PICTURE}/1280x960/5.jpg` }, raw: raw() },
  },
  {
    name: 'a picture without sizes',
    type: 'image',
    content: { image: { sizes: {} } },
    expected: { type: 'unknown', kind: 'image', raw: raw({ content: { image: { sizes: {} } } }) },
  },
  {
    name: 'a picture whose address is none',
    type: 'image',
    content: { image: { sizes: { '1280x960': 'javascript:alert(1)' } } },
    expected: { type: 'unknown', kind: 'image', raw: expect.any(String) },
  },
  {
    name: 'a link with what is behind it',
    type: 'link',
    content: { link: { text: 'habr.com', url: 'https://habr.com', preview: { title: 'Лучшие публикации' } } },
    expected: {
      type: 'text',
      kind: 'link',
      text: 'habr.com\nhttps://habr.com\nЛучшие публикации',
      raw: raw({ content: { title: 'Лучшие публикации' } }),
    },
  },
  {
    name: 'a link alone',
    type: 'link',
    content: { link: { text: 'habr.com', url: 'habr.com', preview: null } },
    expected: { type: 'text', kind: 'link', text: 'habr.com', raw: raw() },
  },
  {
    name: 'a listing',
    type: 'item',
    content: {
      item: {
        title: 'Велосипед',
        price_string: '12 000 ₽',
        item_url: 'https://avito.ru/item_1',
        image_url: 'https://avito.ru/i.webp',
      },
    },
    expected: {
      type: 'text',
      kind: 'item',
      text: 'Велосипед, 12 000 ₽\nhttps://avito.ru/item_1',
      raw: raw({ content: { image_url: 'https://avito.ru/i.webp' } }),
    },
  },
  {
    name: 'a listing without a price',
    type: 'item',
    content: { item: { title: 'Велосипед', price_string: null, item_url: 'https://avito.ru/item_1', image_url: '' } },
    expected: {
      type: 'text',
      kind: 'item',
      text: 'Велосипед\nhttps://avito.ru/item_1',
      raw: raw({ content: { image_url: '' } }),
    },
  },
  {
    name: 'a place',
    type: 'location',
    content: {
      location: { lat: 55.599799, lon: 37.603954, title: 'Дом', text: 'Москва, Варшавское шоссе', kind: 'street' },
    },
    expected: {
      type: 'geo',
      text: 'Дом\nМосква, Варшавское шоссе',
      location: { latitude: 55.599799, longitude: 37.603954, title: 'Дом', address: 'Москва, Варшавское шоссе' },
      raw: raw({ content: { kind: 'street' } }),
    },
  },
  {
    name: 'a place of which only the words are known',
    type: 'location',
    content: { location: { text: 'Москва' } },
    expected: { type: 'geo', text: 'Москва', raw: raw() },
  },
  {
    name: 'a missed call',
    type: 'call',
    content: { call: { status: 'missed', target_user_id: ACCOUNT } },
    expected: { type: 'missing_call', raw: raw({ content: { status: 'missed', target_user_id: ACCOUNT } }) },
  },
  {
    name: 'a voice message, whose address is asked for later',
    type: 'voice',
    content: { voice: { voice_id: 'v-1_a.b' } },
    expected: { type: 'audio', kind: 'voice', media: { fileId: 'voice:v-1_a.b', mimeType: 'audio/mp4' }, raw: raw() },
  },
  {
    name: 'a voice message without an id',
    type: 'voice',
    content: { voice: {} },
    expected: { type: 'unknown', kind: 'voice', raw: expect.any(String) },
  },
  ...[
    ['file', 'file'],
    ['video', 'video'],
    ['appCall', 'app_call'],
  ].map(([type = '', kind]) => ({
    name: `${type}, of which Avito hands over nothing`,
    type,
    content: {},
    expected: { type: 'unsupported', kind, text: 'See Avito', raw: raw() },
  })),
  {
    name: 'what a bot of Avito’s wrote',
    type: 'system',
    content: { text: 'Покупатель принял предложение', flow_id: 'sbc_seller_notification' },
    expected: {
      type: 'system',
      kind: 'bot',
      text: 'Покупатель принял предложение',
      raw: raw({ content: 'sbc_seller_notification' }),
    },
    opens: false,
  },
  {
    name: 'a kind that nobody knows',
    type: 'hologram',
    content: { hologram: { id: 'h1' } },
    expected: { type: 'unknown', kind: 'hologram', raw: raw({ content: { hologram: { id: 'h1' } } }) },
  },
  {
    name: 'no content at all',
    type: 'text',
    content: undefined,
    expected: { type: 'unknown', kind: 'text', raw: raw() },
  },
];

describe('every kind of message', () => {
  test.each(ROWS)('$name', ({ type, content, expected, opens = true }) => {
    const [received] = parse(said(type, content), String(ACCOUNT));

    expect(received).toMatchObject({ kind: 'client', opens });
    expect((received as ReceivedMessage).content).toEqual(expected);
  });

  test('of Avito’s description has a row, but for deletions', () => {
    const known = MESSAGE_TYPES.filter((type) => type !== 'deleted');

    expect(Object.keys(MESSAGES).sort()).toEqual([...known].sort());
    expect(known.filter((type) => !ROWS.some((row) => row.type === type))).toEqual([]);
  });

  test.each(ROWS.filter(({ type }) => type !== 'system'))('written by the company, $name is an echo', (row) => {
    const [received] = parse(echoed(row.type, row.content), String(ACCOUNT));

    expect(received).toMatchObject({ kind: 'echo', opens: false, author: {} });
    expect((received as ReceivedMessage).content).toEqual(row.expected);
  });
});

describe('who a message is from', () => {
  test('the chat’s own id stands first, and the profile of its person behind', () => {
    const [received] = parse(said('text', { text: 'a' }), String(ACCOUNT));

    expect(received).toMatchObject({
      ids: [
        { chatType: 'avito', chatId: CHAT },
        { chatType: 'avito', chatId: String(DANA) },
      ],
      author: { id: String(DANA) },
      time: TIME * 1000,
    });
  });

  test('a bot of Avito’s is no person, by whichever account it writes', () => {
    for (const author_id of [DANA, ACCOUNT]) {
      const [received] = parse(said('system', { text: 'a' }, { author_id }), String(ACCOUNT));

      expect(received).toMatchObject({ kind: 'client', opens: false, ids: [{ chatId: CHAT }] });
      expect((received as ReceivedMessage).ids).toHaveLength(1);
    }
  });

  test('an echo is told by the account, also before that is known', () => {
    expect(parse(echoed('text', { text: 'a' }))).toMatchObject([{ kind: 'echo' }]);
    expect(parse(echoed('text', { text: 'a' }, { user_id: undefined }), String(ACCOUNT))).toMatchObject([
      { kind: 'echo' },
    ]);
  });

  test('a message that names nobody opens the chat', () => {
    const [received] = parse(said('text', { text: 'a' }, { author_id: undefined }), String(ACCOUNT));

    expect(received).toMatchObject({ kind: 'client', opens: true, ids: [{ chatId: CHAT }], author: {} });
  });

  test('a chat about no listing is as any other', () => {
    const [received] = parse(said('text', { text: 'a' }, { item_id: null, chat_type: 'u2u' }), String(ACCOUNT));

    expect(received).toMatchObject({ kind: 'client', content: { raw: '{"chat_type":"u2u"}' } });
  });
});

describe('what is no message', () => {
  test.each([DANA, ACCOUNT])('a deletion of what %s wrote names the message that is gone', (author_id) => {
    expect(parse(said('deleted', {}, { author_id }), String(ACCOUNT))).toEqual([
      { kind: 'deletion', ids: [{ chatType: 'avito', chatId: CHAT }], providerId: 'f00d1001' },
    ]);
  });

  test.each([
    ['another account', { user_id: 77 }, 'other-account'],
    ['no chat', { chat_id: undefined }, 'no-chat-id'],
    ['a chat that would break a key', { chat_id: 'a#b' }, 'no-chat-id'],
    ['a profile in the place of a chat', { chat_id: '99002' }, 'no-chat-id'],
    ['no id', { id: 5 }, 'no-message-id'],
    ['an id that would break a key', { id: 'я' }, 'no-message-id'],
    ['a long id', { id: 'a'.repeat(257) }, 'no-message-id'],
  ])('%s is left alone', (_, more, reason) => {
    expect(parse(said('text', { text: 'a' }, more), String(ACCOUNT))).toEqual([{ kind: 'ignored', reason }]);
  });

  test('times that are none count as the time of receipt', () => {
    for (const created of [0, -1, 1.5, '1791806400', 9e12, undefined]) {
      expect(parse(said('text', { text: 'a' }, { created }))[0]).not.toHaveProperty('time');
    }
  });

  test('another payload is left alone', () => {
    expect(parse({ ...envelope({}), payload: { type: 'chat', value: {} } })).toEqual([
      { kind: 'ignored', reason: 'unknown-payload' },
    ]);
  });
});
