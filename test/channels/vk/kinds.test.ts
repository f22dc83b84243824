import { describe, expect, test } from 'vitest';
import type { Received, ReceivedMessage } from '#channels/inbound';
import { createVk } from '#channels/vk/index';
import { ATTACHMENTS, EVENTS } from '#channels/vk/kinds';
import type { Content } from '#domain/message';
import { parserOf } from '#test/channels/messages';
import { CLIENT, event, GROUP, message, replied, said } from './events.ts';

const parse = parserOf(createVk());
const one = (body: unknown): Received => {
  const received = parse(body, String(GROUP));
  expect(received).toHaveLength(1);
  return received[0]!;
};
const readFrom = (fields: Record<string, unknown>) => one(said(fields)) as ReceivedMessage;
const attached = (type: string, value: unknown, more = {}) =>
  readFrom({ text: '', attachments: [{ type, [type]: value }], ...more });

const CDN = 'https://sun9-1.userapi.com';
const at = { id: 7, owner_id: -55 };

describe('what clients send', () => {
  const cases: readonly (readonly [name: string, fields: Record<string, unknown>, expected: Partial<Content>])[] = [
    ['a text', { text: 'Hello' }, { type: 'text', text: 'Hello' }],
    ['signs of HTML', { text: '1 &lt; 2 &amp;amp; &quot;x&quot;' }, { type: 'text', text: '1 < 2 &amp; "x"' }],
    ['people who are named', { text: '[id1|Anna] and [club5|@shop]' }, { text: 'Anna and @shop' }],
    ['a pressed button of ours', { text: 'Yes', payload: '{"t":"Yes","p":"y"}' }, { kind: 'button', pressed: 'y' }],
    ['one that gives back its label', { text: 'Yes', payload: '{"t":"Yes"}' }, { kind: 'button', pressed: 'Yes' }],
    [
      'the start button',
      { text: 'Начать', payload: '{"command":"start"}' },
      { kind: 'button', text: 'Начать', pressed: '{"command":"start"}' },
    ],
    ['a link by which the person came', { text: 'Hi', ref: 'promo7', ref_source: 'ads' }, { referral: 'promo7' }],
    [
      'an answer to a message',
      { text: 'Yes', reply_message: { conversation_message_id: 43, from_id: -GROUP, text: 'Today &amp; now?' } },
      { type: 'text', quoted: { providerId: '43', type: 'text', text: 'Today & now?' } },
    ],
    [
      'an answer to a photo',
      { text: 'Nice', reply_message: { conversation_message_id: 43, text: '', attachments: [{ type: 'photo' }] } },
      { quoted: { providerId: '43', type: 'image' } },
    ],
    [
      'one message that is passed on',
      { text: '', fwd_messages: [{ from_id: 5, date: 1791800000, text: 'Look' }] },
      { type: 'text', text: 'vk.com/id5: Look', forwarded: { from: 'vk.com/id5', at: 1791800000000 } },
    ],
    [
      'several, with a photo, and others in them',
      {
        text: 'See',
        fwd_messages: [
          { from_id: 5, text: 'A', attachments: [{ type: 'photo', photo: { sizes: [{ url: `${CDN}/a.jpg` }] } }] },
          { from_id: -9, text: 'B', fwd_messages: [{ from_id: 6, text: 'C' }] },
        ],
      },
      {
        type: 'text',
        text: 'See\nvk.com/id5: A\nvk.com/club9:\nB\nvk.com/id6: C',
        media: { fileId: `${CDN}/a.jpg`, mimeType: 'image/jpeg' },
      },
    ],
    [
      'a place',
      {
        text: '',
        geo: {
          type: 'point',
          coordinates: { latitude: 55.7, longitude: 37.6 },
          place: { title: 'Office', city: 'Moscow' },
        },
      },
      { type: 'geo', location: { latitude: 55.7, longitude: 37.6, title: 'Office', address: 'Moscow' } },
    ],
    [
      'a place so near to the equator that DynamoDB would refuse the number',
      { text: '', geo: { coordinates: { latitude: 1e-200, longitude: 37.6 } } },
      { type: 'geo', location: { latitude: 0, longitude: 37.6 } },
    ],
    ['a message with nothing in it', { text: '' }, { type: 'unknown' }],
    [
      'one that VK shows no longer',
      { text: '', is_unavailable: true },
      { type: 'unknown', raw: '{"is_unavailable":true}' },
    ],
  ];

  test.each(cases)('%s', (_, fields, expected) => {
    expect(readFrom(fields)).toMatchObject({ kind: 'client', opens: true, content: expected });
  });

  test('a preview that VK makes of a link in the text adds nothing', () => {
    const link = { url: 'https://shop.example/a', title: 'Shop' };
    const { content } = readFrom({ text: 'See shop.example/a', attachments: [{ type: 'link', link }] });

    expect(content).toEqual({ type: 'text', text: 'See shop.example/a' });
  });

  test('the kind is that of the first attachment, and all files come along', () => {
    const photo = (name: string) => ({ type: 'photo', photo: { sizes: [{ url: `${CDN}/${name}` }] } });
    const doc = { type: 'doc', doc: { title: 'act', ext: 'pdf', size: 5, url: 'https://vk.com/doc5_6?hash=x' } };
    const { content } = readFrom({ text: 'Two', attachments: [photo('a.jpg'), photo('b.jpg'), doc] });

    expect(content).toEqual({
      type: 'image',
      text: 'Two',
      media: { fileId: `${CDN}/a.jpg`, mimeType: 'image/jpeg' },
      furtherMedia: [
        { fileId: `${CDN}/b.jpg`, mimeType: 'image/jpeg' },
        { fileId: 'https://vk.com/doc5_6?hash=x', name: 'act.pdf', size: 5 },
      ],
    });
  });

  test('no more files come along than fit beside each other', () => {
    const photo = { type: 'photo', photo: { sizes: [{ url: `${CDN}/a.jpg` }] } };
    const fwd_messages = Array.from({ length: 20 }, () => ({
      from_id: 5,
      text: '',
      attachments: [photo, photo, photo],
    }));

    expect(readFrom({ text: 'All', fwd_messages }).content.furtherMedia).toHaveLength(29);
  });

  test('what is nested without end is read up to a depth', () => {
    const nested = Array.from({ length: 300 }).reduce<object>(
      (inner, _, depth) => ({ from_id: 5, text: `t${depth}`, fwd_messages: [inner] }),
      { from_id: 5, text: 'deepest' },
    );
    const { content } = readFrom({ text: '', fwd_messages: [nested] });

    expect(content.text).toContain('t295');
    expect(content.text).not.toContain('t294');
  });
});

describe('attachments', () => {
  const ATTACHED: Readonly<Record<string, readonly [value: unknown, expected: Partial<Content>]>> = {
    photo: [
      {
        sizes: [
          { type: 's', url: `${CDN}/s.jpg`, width: 75, height: 50 },
          { type: 'w', url: `${CDN}/w.jpg`, width: 2560, height: 1706 },
          { type: 'x', url: `${CDN}/x.jpg`, width: 604, height: 403 },
        ],
      },
      { type: 'image', media: { fileId: `${CDN}/w.jpg`, mimeType: 'image/jpeg' } },
    ],
    audio_message: [
      { duration: 3, link_ogg: `${CDN}/v.ogg`, link_mp3: `${CDN}/v.mp3`, waveform: [0, 4] },
      { type: 'audio', kind: 'voice', media: { fileId: `${CDN}/v.mp3`, mimeType: 'audio/mpeg', durationSeconds: 3 } },
    ],
    audio: [
      { artist: 'Band', title: 'Song', url: '' },
      { type: 'text', kind: 'audio', text: 'Band – Song' },
    ],
    doc: [
      { title: 'act.pdf', ext: 'pdf', size: 12, url: 'https://vk.com/doc5_6?hash=x' },
      { type: 'document', media: { fileId: 'https://vk.com/doc5_6?hash=x', name: 'act.pdf', size: 12 } },
    ],
    sticker: [
      {
        sticker_id: 5,
        images: [
          { url: `${CDN}/64.png`, width: 64, height: 64 },
          { url: `${CDN}/512.png`, width: 512, height: 512 },
        ],
      },
      { type: 'image', kind: 'sticker', media: { fileId: `${CDN}/512.png`, mimeType: 'image/png' } },
    ],
    ugc_sticker: [{ images: [{ url: `${CDN}/u.png` }] }, { type: 'image', kind: 'sticker' }],
    graffiti: [
      { ...at, url: `${CDN}/g.png` },
      { type: 'image', kind: 'graffiti' },
    ],
    gift: [
      { id: 5, thumb_256: `${CDN}/256.jpg` },
      { type: 'image', kind: 'gift', media: { fileId: `${CDN}/256.jpg` } },
    ],
    video: [
      { ...at, title: 'Our shop', access_key: 'k1' },
      { type: 'text', kind: 'video', text: 'Our shop\nhttps://vk.com/video-55_7_k1' },
    ],
    link: [
      { url: 'https://shop.example/a', title: 'Shop' },
      { type: 'text', kind: 'link', text: 'Shop\nhttps://shop.example/a' },
    ],
    wall: [
      { id: 7, to_id: -55, text: 'News' },
      { type: 'text', kind: 'wall', text: 'News\nhttps://vk.com/wall-55_7' },
    ],
    wall_reply: [
      { id: 9, owner_id: -55, post_id: 7, text: 'Yes' },
      { type: 'text', kind: 'wall_reply', text: 'Yes\nhttps://vk.com/wall-55_7?reply=9' },
    ],
    market: [
      { ...at, title: 'Lamp', price: { text: '990 ₽' } },
      { type: 'text', kind: 'market', text: 'Lamp\n990 ₽\nhttps://vk.com/product-55_7' },
    ],
    market_album: [
      { ...at, title: 'Lamps' },
      { type: 'text', kind: 'market_album', text: 'Lamps\nhttps://vk.com/market-55?section=album_7' },
    ],
    poll: [
      { question: 'When?', answers: [{ text: 'Now' }, { text: 'Later' }] },
      { type: 'text', kind: 'poll', poll: { question: 'When?', options: ['Now', 'Later'] } },
    ],
    story: [at, { type: 'text', kind: 'story', text: 'https://vk.com/story-55_7' }],
    article: [
      { title: 'How to', url: 'https://vk.com/@shop-how' },
      { type: 'text', kind: 'article', text: 'How to\nhttps://vk.com/@shop-how' },
    ],
    call: [{ initiator_id: CLIENT, state: 'canceled_by_initiator', video: true }, { type: 'missing_call' }],
  };

  test.each(Object.keys(ATTACHMENTS))('%s opens the chat, and is shown as what it is', (name) => {
    const { type, kind } = ATTACHMENTS[name]!;
    const [value, expected] = ATTACHED[name] ?? [
      { id: 1 },
      { type, kind, raw: `{"attachments":[{"${name}":{"id":1}}]}` },
    ];

    const received = attached(name, value);

    expect(received).toMatchObject({ kind: 'client', opens: true, content: expected });
    // What is stored in fields of its own is not stored twice.
    if (ATTACHED[name]) expect(received.content.raw).toBeUndefined();
  });

  test('a call that was answered is a line of the history', () => {
    expect(attached('call', { state: 'reached', duration: 63 })).toMatchObject({
      opens: false,
      content: { type: 'system', kind: 'call', text: 'Seconds: 63' },
    });
  });

  test.each(['hologram', 'photo', 'doc', 'video', 'constructor', '__proto__'])(
    'U6 a %s that cannot be read opens the chat, and is kept',
    (name) => {
      expect(attached(name, { odd: 1 })).toMatchObject({
        opens: true,
        content: { type: 'unknown', kind: name, raw: expect.stringContaining('odd') },
      });
    },
  );

  test('a track whose file VK hands out is a file', () => {
    expect(attached('audio', { artist: 'Band', title: 'Song', url: `${CDN}/a.mp3`, duration: 200 }).content).toEqual({
      type: 'audio',
      text: 'Band – Song',
      media: { fileId: `${CDN}/a.mp3`, mimeType: 'audio/mpeg', durationSeconds: 200 },
    });
  });

  test('an address that is longer than any of VK’s, or no address, is none', () => {
    for (const url of [`${CDN}/${'x'.repeat(2048)}`, 'javascript:alert(1)', 'file:///etc/passwd', 5]) {
      expect(attached('graffiti', { url }).content).not.toHaveProperty('media');
    }
  });
});

describe('events', () => {
  test('what an administrator wrote is an echo of a person, what a program wrote one of a machine', () => {
    expect(one(replied())).toMatchObject({ kind: 'echo', opens: false, providerId: '48', author: {} });
    expect(one(replied())).not.toHaveProperty('by');
    expect(one(replied({ admin_author_id: undefined, random_id: 55 }))).toMatchObject({
      kind: 'echo',
      by: 'automatic',
    });
  });

  test('an edit of the team’s, and one of a client’s, should VK ever tell it', () => {
    const team = message({ from_id: -GROUP, out: 1, admin_author_id: 777, update_time: 1791806500, text: 'Better' });
    const client = message({ update_time: 1791806500, text: 'Better' });

    expect(one(event('message_edit', team))).toMatchObject({
      kind: 'edit',
      providerId: '44',
      time: 1791806500000,
      content: { text: 'Better' },
      message: { kind: 'echo', time: 1791806401000 },
    });
    expect(one(event('message_edit', client))).toMatchObject({ message: { kind: 'client' } });
  });

  test.each([
    ['an object', { t: 'Yes', p: 'y' }, 'Yes', 'y'],
    ['a text of JSON', '{"t":"Yes","p":"y"}', 'Yes', 'y'],
    ['a button of another program', { cmd: 'ok' }, '{"cmd":"ok"}', '{"cmd":"ok"}'],
    ['no payload', undefined, '', undefined],
  ])('a pressed callback button with %s', (_, payload, text, pressed) => {
    const press = { user_id: CLIENT, peer_id: CLIENT, event_id: 'e77', payload, conversation_message_id: 48 };

    expect(one(event('message_event', press))).toEqual({
      kind: 'client',
      ids: [{ chatType: 'vk', chatId: String(CLIENT) }],
      providerId: `cb${CLIENT}.e77`,
      opens: true,
      author: { id: String(CLIENT) },
      content: { type: 'text', kind: 'button', text, ...(pressed && { pressed }), quoted: { providerId: '48' } },
    });
  });

  test('what was read is told by the number of the message', () => {
    const read = { from_id: CLIENT, peer_id: CLIENT, read_message_id: 9105, conversation_message_id: 48 };

    expect(one(event('message_read', read))).toEqual({
      kind: 'receipt',
      of: { upToNumber: 48 },
      ids: [{ chatType: 'vk', chatId: String(CLIENT) }],
      status: 'read',
    });
  });

  test.each([
    [4, ['👍']],
    [16, ['🎉']],
    [99, ['[emoji]']],
    [undefined, []],
  ])('reaction %s is %s', (reaction_id, emojis) => {
    const reaction = { reacted_id: CLIENT, peer_id: CLIENT, cmid: 48, reaction_id };

    expect(one(event('message_reaction_event', reaction))).toMatchObject({
      kind: 'reaction',
      providerId: '48',
      emojis,
    });
  });

  test.each([
    ['message_allow', { user_id: CLIENT, key: 'k' }, 'unblocked'],
    ['message_deny', { user_id: CLIENT }, 'blocked'],
  ])('%s is a line of the history, the same in every redelivery', (type, object, kind) => {
    expect(one(event(type, object))).toMatchObject({
      kind: 'client',
      providerId: 'ev5f0c77aa10',
      opens: false,
      content: { type: 'system', kind },
    });
  });

  test('a notice of VK about the chat opens nothing', () => {
    expect(readFrom({ text: '', action: { type: 'chat_screenshot', member_id: CLIENT } })).toMatchObject({
      opens: false,
      content: { type: 'system', kind: 'chat_screenshot' },
    });
  });

  test.each(Object.keys(EVENTS).filter((type) => EVENTS[type] === 'ignored'))('%s is left alone', (type) => {
    expect(one(event(type, { user_id: CLIENT }))).toEqual({ kind: 'ignored', reason: type });
  });

  test.each([
    ['an event of tomorrow', event('hologram_new', {}), 'unknown-event'],
    ['an event of Object', event('constructor', {}), 'unknown-event'],
    ['another community', { ...said(), group_id: 5 }, 'other-community'],
    ['a group chat', said({ peer_id: 2_000_000_001 }), 'group'],
    ['a community', said({ peer_id: -55, from_id: -55 }), 'community'],
    ['somebody else’s dialog', said({ from_id: 5 }), 'no-sender'],
    ['a message without a number', said({ conversation_message_id: 0 }), 'no-message-id'],
    ['no message', event('message_new', null), 'unreadable-message'],
    ['a press in a group chat', event('message_event', { user_id: 5, peer_id: 2_000_000_001, event_id: 'e' }), 'group'],
    ['a press without an id', event('message_event', { user_id: 5, peer_id: 5 }), 'unreadable-press'],
    [
      'what the team has read',
      event('message_read', { from_id: -GROUP, peer_id: 5, conversation_message_id: 1 }),
      'own-read',
    ],
    ['what was read without a number', event('message_read', { from_id: 5, peer_id: 5 }), 'read-of-nothing'],
    [
      'a reaction of the team',
      event('message_reaction_event', { reacted_id: -GROUP, peer_id: 5, cmid: 1 }),
      'own-reaction',
    ],
    ['a notice about nobody', event('message_deny', {}), 'notice-of-nobody'],
  ])('%s is ignored, and not refused: VK would repeat it and pause the server', (_, body, reason) => {
    expect(one(body)).toEqual({ kind: 'ignored', reason });
  });

  test('a person with an id of 64 bits is a person', () => {
    const id = 200_000_000_005;

    expect(readFrom({ peer_id: id, from_id: id }).ids[0].chatId).toBe(String(id));
  });

  test('a message without a time counts from its receipt', () => {
    expect(readFrom({ date: 0 })).not.toHaveProperty('time');
  });
});
