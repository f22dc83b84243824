import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Received } from '#channels/inbound';
import { createTelegram } from '#channels/telegram/index';
import { MESSAGES, UPDATES } from '#channels/telegram/kinds';
import { damaged } from '#test/channels/contract';
import { parserOf, readerOf } from '#test/channels/messages';
import { readsOrRefuses } from '#test/channels/spoilt';
import { said, update, updateWith } from './updates.ts';

const telegram = createTelegram();
const parse = parserOf(telegram);

const chat = { ids: [{ chatType: 'telegram', chatId: '51000444' }] };
const profile = { name: 'Timur Petrov', username: 'timur_x' };
const author = { id: '51000444', ...profile };
const bot = { id: 7000000001, is_bot: true, first_name: 'Konvert', username: 'konvert_bot' };
const owner = { id: '62000111', name: 'Shop' };

/** Matches a `raw` that holds this as JSON. */
function raw(kept: unknown): unknown {
  return expect.toSatisfy((text: string) => JSON.stringify(JSON.parse(text)) === JSON.stringify(kept), 'the raw JSON');
}

describe('U6 what each kind of message says, and whether it opens the chat', () => {
  const file = { file_id: 'F1', file_unique_id: 'u1', file_size: 9100 };

  test.each<{ name: string; update: Record<string, unknown>; content: Record<string, unknown>; opens?: boolean }>([
    { name: 'a text', update: said({ text: 'hello' }), content: { type: 'text', text: 'hello' } },
    {
      name: 'a deep-link start',
      update: update('text'),
      content: { type: 'text', text: '/start promo7', referral: 'promo7' },
    },
    { name: 'a start without a link', update: said({ text: '/start' }), content: { type: 'text', text: '/start' } },
    {
      name: 'a start with words that no link can carry',
      update: said({ text: '/start two words' }),
      content: { type: 'text', text: '/start two words' },
    },
    {
      name: 'a rich message: its text, one line for each block',
      update: said({
        rich_message: {
          blocks: [
            { type: 'heading', size: 1, text: 'Order' },
            { type: 'paragraph', text: ['number ', { type: 'bold', text: ['7', 2] }] },
            { type: 'list', items: [{ label: '•', blocks: [{ type: 'paragraph', text: 'two chairs' }] }] },
            { type: 'table', cells: [[{ text: 'price' }, { text: { type: 'italic', text: '100' } }]] },
            { type: 'divider' },
          ],
        },
      }),
      content: { type: 'text', text: 'Order\nnumber 7\n• two chairs\nprice | 100', raw: expect.any(String) },
    },
    {
      name: 'a photo with a caption in an album: the largest size',
      update: update('photo'),
      content: { type: 'image', text: 'receipt', albumId: '1391001', media: { fileId: 'Agl', size: 9100 } },
    },
    {
      name: 'a live photo',
      update: said({ live_photo: { ...file, file_id: 'L1' }, photo: [file] }),
      content: {
        type: 'image',
        kind: 'live_photo',
        media: { fileId: 'F1', size: 9100 },
        furtherMedia: [{ fileId: 'L1', size: 9100 }],
        raw: raw({ live_photo: { ...file, file_id: 'L1' } }),
      },
    },
    {
      name: 'a live photo of which the still is only within it',
      update: said({ live_photo: { file_id: 'L1', photo: [file] } }),
      content: {
        type: 'image',
        kind: 'live_photo',
        media: { fileId: 'F1', size: 9100 },
        furtherMedia: [{ fileId: 'L1' }],
        raw: raw({ live_photo: { file_id: 'L1', photo: [file] } }),
      },
    },
    {
      name: 'a sticker',
      update: update('sticker'),
      content: { type: 'image', kind: 'sticker', media: { fileId: 'Agst', size: 9100, emoji: '👍' } },
    },
    {
      name: 'an audio file',
      update: said({ audio: { ...file, duration: 180, mime_type: 'audio/mpeg', title: 'Song', performer: 'Band' } }),
      content: {
        type: 'audio',
        media: { fileId: 'F1', name: 'Band – Song', mimeType: 'audio/mpeg', size: 9100, durationSeconds: 180 },
      },
    },
    {
      name: 'an audio file with a file name: a player shows the song, not the file',
      update: said({
        audio: { ...file, file_name: 'track01.mp3', title: 'Song', performer: 'Band' },
        caption: 'listen',
      }),
      content: { type: 'audio', media: { fileId: 'F1', name: 'track01.mp3', size: 9100 }, text: 'listen\nBand – Song' },
    },
    {
      name: 'a voice message',
      update: update('voice'),
      content: {
        type: 'audio',
        kind: 'voice',
        media: { fileId: 'Agvo', mimeType: 'audio/ogg', size: 9100, durationSeconds: 4 },
      },
    },
    {
      name: 'a video with a caption',
      update: update('video'),
      content: {
        type: 'video',
        text: 'see here',
        media: { fileId: 'Agvi', mimeType: 'video/mp4', size: 9100, durationSeconds: 9 },
      },
    },
    {
      name: 'a round video',
      update: update('video-note'),
      content: { type: 'video', kind: 'video_note', media: { fileId: 'Agvn', size: 9100, durationSeconds: 5 } },
    },
    {
      name: 'an animation, not the document that comes with it',
      update: update('animation'),
      content: {
        type: 'video',
        kind: 'animation',
        media: { fileId: 'Agan', name: 'cat.mp4', mimeType: 'video/mp4', size: 9100, durationSeconds: 2 },
      },
    },
    {
      name: 'a document with a caption',
      update: update('document'),
      content: {
        type: 'document',
        text: 'signed',
        media: { fileId: 'Agdo', name: 'contract.pdf', mimeType: 'application/pdf', size: 9100 },
      },
    },
    {
      name: 'the sender’s own card',
      update: update('contact'),
      content: {
        type: 'vcard',
        text: 'Timur Petrov, 12025550142',
        vcards: [{ name: 'Timur Petrov', phone: '12025550142', isSender: true }],
      },
    },
    {
      name: 'somebody else’s card',
      update: said({ contact: { phone_number: '12025550199', first_name: 'Olga', user_id: 5, vcard: 'BEGIN:VCARD' } }),
      content: {
        type: 'vcard',
        text: 'Olga, 12025550199',
        vcards: [{ name: 'Olga', phone: '12025550199', text: 'BEGIN:VCARD' }],
      },
    },
    {
      name: 'a location',
      update: update('location'),
      content: { type: 'geo', text: '59.93, 30.33', location: { latitude: 59.93, longitude: 30.33 } },
    },
    {
      name: 'a live location',
      update: said({ location: { latitude: 1e-300, longitude: 30.123456789, live_period: 900, heading: 7 } }),
      content: {
        type: 'geo',
        kind: 'live_location',
        text: '0, 30.1234568',
        location: { latitude: 0, longitude: 30.1234568 },
      },
    },
    {
      name: 'a venue, not the location that comes with it',
      update: update('venue'),
      content: {
        type: 'geo',
        kind: 'venue',
        text: 'Office, Nevsky 1',
        location: { latitude: 59.93, longitude: 30.33, title: 'Office', address: 'Nevsky 1' },
      },
    },
    {
      name: 'a poll',
      update: said({ poll: { id: '5', question: 'When?', options: [{ text: 'Today' }, { text: 'Later' }] } }),
      content: {
        type: 'text',
        kind: 'poll',
        text: 'When?\n• Today\n• Later',
        poll: { question: 'When?', options: ['Today', 'Later'] },
      },
    },
    {
      name: 'a checklist',
      update: said({ checklist: { title: 'Order', tasks: [{ id: 1, text: 'chairs' }] } }),
      content: {
        type: 'text',
        kind: 'checklist',
        text: 'Order\n☐ chairs',
        raw: raw({ checklist: { title: 'Order', tasks: [{ id: 1, text: 'chairs' }] } }),
      },
    },
    { name: 'dice', update: update('dice'), content: { type: 'unsupported', kind: 'dice', text: '🎲 4' } },
    {
      name: 'a game',
      update: said({ game: { title: 'Chess', description: 'a game', photo: [] } }),
      content: {
        type: 'unsupported',
        kind: 'game',
        text: 'Chess\na game',
        raw: raw({ game: { title: 'Chess', description: 'a game', photo: [] } }),
      },
    },
    {
      name: 'a story',
      update: said({ story: { id: 3 } }),
      content: { type: 'unsupported', kind: 'story', raw: raw({ story: { id: 3 } }) },
    },
    {
      name: 'paid media with a caption',
      update: said({ paid_media: { star_count: 5, paid_media: [] }, caption: 'look' }),
      content: {
        type: 'unsupported',
        kind: 'paid_media',
        text: 'look\nPaid media: 5 ⭐',
        raw: raw({ paid_media: { star_count: 5, paid_media: [] } }),
      },
    },
    {
      name: 'an invoice',
      update: said({ invoice: { title: 'Chair', total_amount: 100 } }),
      content: {
        type: 'unsupported',
        kind: 'invoice',
        text: 'Chair',
        raw: raw({ invoice: { title: 'Chair', total_amount: 100 } }),
      },
    },
    ...['giveaway', 'giveaway_winners'].map((field) => ({
      name: field,
      update: said({ [field]: { has_public_winners: true } }),
      content: { type: 'unsupported', kind: 'giveaway', raw: raw({ [field]: { has_public_winners: true } }) },
    })),
    {
      name: 'data of a web app, below the label of its button',
      update: update('web-app-data'),
      content: {
        type: 'text',
        kind: 'web_app',
        text: 'Choose a size\n{"size":42}',
        raw: expect.stringContaining('42'),
      },
    },
    {
      name: 'documents of Telegram Passport',
      update: said({ passport_data: { data: [] } }),
      content: { type: 'unsupported', kind: 'passport', raw: raw({ passport_data: { data: [] } }) },
    },
    {
      name: 'a gift with a text',
      update: said({ gift: { gift: { id: 'g' }, text: 'for you' } }),
      content: {
        type: 'unsupported',
        kind: 'gift',
        text: 'for you',
        raw: raw({ gift: { gift: { id: 'g' }, text: 'for you' } }),
      },
    },
    ...['users_shared', 'chat_shared'].map((field) => ({
      name: field,
      update: said({ [field]: { request_id: 1 } }),
      content: { type: 'unsupported', kind: field, raw: raw({ [field]: { request_id: 1 } }) },
    })),
    {
      name: 'a unique gift',
      update: said({ unique_gift: { origin: 'transfer' } }),
      content: { type: 'unsupported', kind: 'gift', raw: raw({ unique_gift: { origin: 'transfer' } }) },
    },
    {
      name: 'a kind of a later Bot API',
      update: said({ hologram: { file_id: 'h' } }),
      content: { type: 'unknown', raw: raw({ hologram: { file_id: 'h' } }) },
    },
    { name: 'a message without any content', update: said({}), content: { type: 'unknown' } },
    ...MESSAGES.filter(({ type }) => type === 'system').map(({ field }) => ({
      name: `the notice ${field}`,
      update: said({ [field]: { of: 'notice' } }),
      content: { type: 'system', kind: field, raw: raw({ [field]: { of: 'notice' } }) },
      opens: false,
    })),
  ])('$name', ({ update, content, opens = true }) => {
    expect(parse(update)).toEqual([
      {
        kind: 'client',
        ...chat,
        providerId: expect.stringMatching(/^7\d\d$/),
        time: expect.any(Number),
        opens,
        author,
        content,
      },
    ]);
  });
});

describe('a forwarded or quoted message keeps what it repeats of another', () => {
  const sender = { id: 51000444, is_bot: false, first_name: 'Timur' };
  const from = { id: 5, is_bot: false, first_name: 'Olga', last_name: 'Orlova' };
  const forwarded = { at: 1791800000000 };
  const date = 1791800000;

  test.each<{ name: string; fields: Record<string, unknown>; content: Record<string, unknown> }>([
    {
      name: 'forwarded from a user',
      fields: { forward_origin: { type: 'user', date, sender_user: from } },
      content: { forwarded: { ...forwarded, from: 'Olga Orlova' } },
    },
    {
      name: 'forwarded from a user who hides their account',
      fields: { forward_origin: { type: 'hidden_user', date, sender_user_name: 'Olga' } },
      content: { forwarded: { ...forwarded, from: 'Olga' } },
    },
    {
      name: 'forwarded from a group',
      fields: { forward_origin: { type: 'chat', date, sender_chat: { id: -5, type: 'group', title: 'Buyers' } } },
      content: { forwarded: { ...forwarded, from: 'Buyers' } },
    },
    {
      name: 'forwarded from a channel',
      fields: { forward_origin: { type: 'channel', date, chat: { id: -5, type: 'channel', title: 'News' } } },
      content: { forwarded: { ...forwarded, from: 'News' } },
    },
    {
      name: 'forwarded from an origin of an unknown type',
      fields: { forward_origin: { type: 'later', date } },
      content: { forwarded },
    },
    {
      name: 'an answer to a message of ours: its id, without a time',
      fields: { reply_to_message: { message_id: 730, date, from: bot, chat: {}, text: 'Which one?' } },
      content: { quoted: { providerId: '730', type: 'text', text: 'Which one?', authorName: 'Konvert' } },
    },
    {
      name: 'an answer to a part of a message of ours',
      fields: {
        reply_to_message: { message_id: 730, date, from: bot, chat: {}, text: 'Which one?' },
        quote: { text: 'one', position: 6 },
      },
      content: { quoted: { providerId: '730', type: 'text', text: 'one', authorName: 'Konvert' } },
    },
    {
      name: 'an answer to the client’s own photo: its id and time, which lead to a fact',
      fields: {
        reply_to_message: { message_id: 700, date, from: sender, chat: {}, photo: [{}], caption: 'receipt' },
      },
      content: {
        quoted: { providerId: '700', time: date * 1000, type: 'image', text: 'receipt', authorName: 'Timur' },
      },
    },
    {
      name: 'an answer to a message that is out of reach',
      fields: { reply_to_message: { message_id: 700, date: 0, chat: {} } },
      content: { quoted: { providerId: '700' } },
    },
    {
      name: 'an answer to a message of another chat',
      fields: {
        external_reply: { origin: { type: 'user', date, sender_user: from }, voice: {} },
        quote: { text: 'hm', position: 0 },
      },
      content: { quoted: { type: 'audio', kind: 'voice', text: 'hm', authorName: 'Olga Orlova' } },
    },
    {
      name: 'an answer to a link in another chat, by somebody of whom nothing can be seen',
      fields: {
        external_reply: {
          origin: { type: 'hidden_user', date, sender_user_name: '\u2800' },
          link_preview_options: { url: 'https://shop.example/7' },
        },
      },
      content: { quoted: { text: 'https://shop.example/7' } },
    },
    {
      name: 'an answer to somebody who has only a username',
      fields: {
        reply_to_message: { message_id: 730, date, from: { ...bot, first_name: '\u2800' }, chat: {}, text: 'a' },
      },
      content: { quoted: { providerId: '730', type: 'text', text: 'a', authorName: '@konvert_bot' } },
    },
    {
      name: 'an answer to a story',
      fields: { reply_to_story: { id: 3, chat: {} } },
      content: { quoted: { type: 'unsupported', kind: 'story' } },
    },
    { name: 'a quote of an unreadable message', fields: { quote: { text: 'x' }, reply_to_message: 5 }, content: {} },
  ])('$name', ({ fields, content }) => {
    const received = parse(said({ text: 'this', ...fields }));

    expect(received).toMatchObject([{ kind: 'client', opens: true }]);
    expect(contentOf(received[0])).toEqual({ type: 'text', text: 'this', ...content });
  });

  test.each<{ name: string; fields: Record<string, unknown>; from?: string }>([
    {
      name: 'a channel',
      fields: {
        forward_from_chat: { id: -5, type: 'channel', title: 'News', username: 'news' },
        forward_from_message_id: 7,
        forward_signature: 'Ann',
      },
      from: 'News (@news, https://t.me/news/7), Ann',
    },
    { name: 'a user', fields: { forward_from: from }, from: 'Olga Orlova' },
    { name: 'a user who hides their account', fields: { forward_sender_name: 'Olga' }, from: 'Olga' },
    { name: 'somebody unknown', fields: {} },
  ])('a message that an old server of the Bot API says is forwarded from $name', ({ fields, from }) => {
    const content = contentOf(parse(said({ text: 'this', forward_date: date, ...fields }))[0]);

    expect(content?.forwarded).toEqual({ ...forwarded, ...(from && { from }) });
  });

  test.each([
    {
      name: 'what the owner typed leads to a fact',
      from: { id: 62000111, is_bot: false, first_name: 'Shop' },
      isFact: true,
    },
    { name: 'what the client wrote leads to a fact', from: sender, isFact: true },
    {
      name: 'what a bot sent for the owner is quoted by its id alone',
      from: { id: 62000111, is_bot: false, first_name: 'Shop' },
      sender_business_bot: bot,
      isFact: false,
    },
  ])('in a business chat, a quote of $name', ({ isFact, name: _, ...replied }) => {
    const reply_to_message = { message_id: 9, date, chat: {}, text: 'yes', ...replied };

    const [received] = parse(updateWith('business-text', { reply_to_message }));

    const { providerId, time } = contentOf(received)?.quoted ?? {};
    expect({ providerId, time }).toEqual({ providerId: 'bcX1.9', time: isFact ? date * 1000 : undefined });
  });
});

describe('each kind of update is read as what it is', () => {
  const ignored = (reason: string) => [{ kind: 'ignored', reason }];
  const press = { kind: 'client', ...chat, opens: true, author };
  const button = { type: 'text', kind: 'button', pressed: 'ok:17' };
  const quoted = { providerId: '730', type: 'text', text: 'Confirm?', authorName: 'Konvert' };
  const reaction = { kind: 'reaction', ...chat, providerId: '731', time: 1791806601000, sequence: 810004452 };
  const membership = {
    kind: 'client',
    ...chat,
    providerId: 'u810004451',
    time: 1791806600000,
    opens: false,
    author,
  };

  test.each<{ name: string; update: Record<string, unknown>; received: unknown[] }>([
    {
      name: 'a pressed button is a text with its label, and opens',
      update: update('callback-query'),
      received: [{ ...press, providerId: 'cb219001', content: { ...button, text: 'Yes, confirm', quoted } }],
    },
    {
      name: 'a message in a topic of the private chat',
      update: said({ text: 'in it', message_thread_id: 1727, is_topic_message: true }),
      received: [expect.objectContaining({ topic: '1727' })],
    },
    ...[
      { name: 'a chain of replies, which is no topic', fields: { message_thread_id: 1727 } },
      { name: 'a topic without its number', fields: { is_topic_message: true } },
      { name: 'a topic with a number that is none', fields: { message_thread_id: 'x', is_topic_message: true } },
      { name: 'a topic with the number 0', fields: { message_thread_id: 0, is_topic_message: true } },
    ].map(({ name, fields }) => ({
      name,
      update: said({ text: 'outside', ...fields }),
      received: [expect.not.objectContaining({ topic: expect.anything() })],
    })),
    {
      name: 'a pressed button in a topic',
      update: updateWith('callback-query', {
        message: {
          ...(update('callback-query').callback_query as { message: object }).message,
          message_thread_id: 9,
          is_topic_message: true,
        },
      }),
      received: [expect.objectContaining({ providerId: 'cb219001', topic: '9' })],
    },
    {
      name: 'a button of a message that is out of reach is a text with its data',
      update: update('callback-query-inaccessible'),
      received: [
        { ...press, providerId: 'cb219002', content: { ...button, text: 'ok:17', quoted: { providerId: '12' } } },
      ],
    },
    {
      name: 'a button without a known message and without data',
      update: update('callback-query-without-message'),
      received: [{ ...press, providerId: 'cb219003', content: { ...button, text: '[button]', pressed: undefined } }],
    },
    { name: 'a pressed button in a group', update: update('callback-query-in-group'), received: ignored('group') },
    {
      name: 'a pressed button in a business chat, with its connection',
      update: update('callback-query-business'),
      received: [
        {
          ...press,
          providerId: 'cb219005',
          content: {
            ...button,
            text: 'Yes, confirm',
            quoted: { providerId: 'bcX1.14', type: 'text', text: 'Confirm?', authorName: 'Shop' },
          },
          via: 'bcX1',
        },
      ],
    },
    {
      name: 'a button that the owner of a business account pressed',
      update: update('callback-query-business-owner'),
      received: ignored('own-press'),
    },
    {
      name: 'a message to a business account',
      update: update('business-text'),
      received: [
        {
          kind: 'client',
          ...chat,
          providerId: 'bcX1.11',
          time: 1791806499000,
          opens: true,
          author,
          content: { type: 'text', text: 'is it in stock?' },
          via: 'bcX1',
        },
      ],
    },
    {
      name: 'what the owner typed on the phone is an echo',
      update: update('business-echo'),
      received: [
        {
          kind: 'echo',
          ...chat,
          providerId: 'bcX1.12',
          time: 1791806500000,
          opens: false,
          author: owner,
          content: { type: 'text', text: 'typed by the owner on the phone' },
          via: 'bcX1',
          client: profile,
        },
      ],
    },
    { name: 'what a bot sent for the owner', update: update('business-by-bot'), received: ignored('own-send') },
    {
      name: "U3 an owner's away message is an echo that a machine wrote",
      update: update('business-away'),
      received: [
        {
          kind: 'echo',
          ...chat,
          providerId: 'bcX1.14',
          time: 1791806502000,
          opens: false,
          author: owner,
          content: expect.objectContaining({ type: 'text', text: 'We are closed until 9:00' }),
          via: 'bcX1',
          client: profile,
          by: 'automatic',
        },
      ],
    },
    {
      name: 'a message that a client had scheduled is a message',
      update: updateWith('business-text', { is_from_offline: true }),
      received: [expect.objectContaining({ kind: 'client', opens: true })],
    },
    {
      name: 'an away message that is a notice',
      update: updateWith('business-owner-notice', { is_from_offline: true }),
      received: ignored('own-service'),
    },
    {
      name: 'a notice about something that the owner did is no answer',
      update: update('business-owner-notice'),
      received: ignored('own-service'),
    },
    {
      name: 'a notice about something that the bot did',
      update: update('pinned-by-bot'),
      received: ignored('own-service'),
    },
    {
      name: 'an edit',
      update: update('edited-text'),
      received: [
        {
          kind: 'edit',
          ...chat,
          providerId: '731',
          time: 1791806460000,
          sequence: 810004435,
          content: { type: 'text', text: 'hello' },
          message: {
            kind: 'client',
            time: 1791806401000,
            author: { id: '51000444', name: 'Timur Petrov', username: 'timur_x' },
          },
        },
      ],
    },
    {
      name: 'an edit in a business chat',
      update: update('edited-business-text'),
      received: [
        {
          kind: 'edit',
          ...chat,
          providerId: 'bcX1.11',
          time: 1791806560000,
          sequence: 810004449,
          content: { type: 'text', text: 'is it still in stock?' },
          message: {
            kind: 'client',
            time: 1791806499000,
            author: { id: '51000444', name: 'Timur Petrov', username: 'timur_x' },
            via: 'bcX1',
          },
        },
      ],
    },
    {
      name: 'deleted messages: one deletion for each',
      update: update('deleted-business-messages'),
      received: [
        { kind: 'deletion', ...chat, providerId: 'bcX1.12' },
        { kind: 'deletion', ...chat, providerId: 'bcX1.13' },
      ],
    },
    { name: 'a reaction', update: update('message-reaction'), received: [{ ...reaction, emojis: ['👍'] }] },
    {
      name: 'a reaction that was taken back',
      update: updateWith('message-reaction', { new_reaction: [] }),
      received: [{ ...reaction, emojis: [] }],
    },
    {
      name: 'reactions other than plain emoji',
      update: updateWith('message-reaction', {
        new_reaction: [{ type: 'custom_emoji', custom_emoji_id: '5' }, { type: 'paid' }, { type: 'later' }],
      }),
      received: [{ ...reaction, emojis: ['[emoji]', '⭐', '[emoji]'] }],
    },
    {
      name: 'a reaction of another person than the client',
      update: updateWith('message-reaction', { user: bot }),
      received: ignored('own-reaction'),
    },
    {
      name: 'a reaction without a person',
      update: updateWith('message-reaction', { user: undefined, actor_chat: { id: -5, type: 'channel' } }),
      received: ignored('own-reaction'),
    },
    {
      name: 'a reaction in a group',
      update: updateWith('message-reaction', { chat: { id: -5, type: 'group' } }),
      received: ignored('group'),
    },
    {
      name: 'a client who blocked the bot: a line that opens nothing',
      update: update('my-chat-member'),
      received: [{ ...membership, content: { type: 'system', kind: 'blocked' } }],
    },
    {
      name: 'a client who unblocked the bot',
      update: updateWith('my-chat-member', { new_chat_member: { user: bot, status: 'member' } }),
      received: [{ ...membership, content: { type: 'system', kind: 'unblocked' } }],
    },
    {
      name: 'another change of membership',
      update: updateWith('my-chat-member', { new_chat_member: { user: bot, status: 'constructor' } }),
      received: ignored('my_chat_member'),
    },
    {
      name: 'a bot that was thrown out of a group',
      update: updateWith('my-chat-member', { chat: { id: -5, type: 'supergroup' } }),
      received: ignored('group'),
    },
    {
      name: 'a business connection',
      update: update('business-connection'),
      received: [
        {
          kind: 'connection',
          connection: {
            connectionId: 'bcX1',
            ownerId: '62000111',
            madeAt: 1791800000000,
            sequence: 810004443,
            state: 'active',
          },
        },
      ],
    },
    { name: 'a message that is still scheduled', update: update('scheduled'), received: ignored('no-message-id') },
    { name: 'a message in a group', update: update('group-text'), received: ignored('group') },
    { name: 'an edit in a group', update: update('edited-in-group'), received: ignored('group') },
    { name: 'an update of a later Bot API', update: update('future-kind'), received: ignored('unknown-update') },
    ...Object.keys(UPDATES)
      .filter((key) => UPDATES[key] === 'ignored')
      .map((key) => ({ name: key, update: { update_id: 1, [key]: { of: 'it' } }, received: ignored(key) })),
  ])('$name', ({ update, received }) => {
    expect(parse(update)).toEqual(received);
    expect(parse(structuredClone(update))).toEqual(received);
  });
});

describe('what a bot wrote in the name of the owner', () => {
  const byBot = update('business-by-bot');
  const sent = { kind: 'ignored', reason: 'own-send' };
  const automatic = { kind: 'echo', opens: false, by: 'automatic', author: owner, client: profile };
  const without = (field: string) => updateWith('business-by-bot', { [field]: undefined });

  test.each([
    ["is our own send, if the bot is the channel's", byBot, '7000000001', sent],
    ["is our own send, if the channel's bot is not known", byBot, undefined, sent],
    ['is our own send, if the bot is not told', updateWith('business-by-bot', { sender_business_bot: {} }), '7', sent],
    ['is an automatic echo, if it is another bot (U3)', byBot, '7000000002', automatic],
    ['is an automatic echo also without its author', without('from'), '7', { ...automatic, author }],
    [
      'is an echo of the owner, if no bot is told',
      without('sender_business_bot'),
      '7',
      { kind: 'echo', author: owner },
    ],
  ])('%s', (_name, body, botId, received) => {
    expect(parse(body, botId)).toEqual([expect.objectContaining(received)]);
  });
});

describe('the name of a client', () => {
  const none = { first_name: undefined, last_name: undefined, username: undefined };
  const person = { id: 51000444, is_bot: false };
  test.each([
    ['of the author', { from: { ...person, first_name: 'A', last_name: 'B' } }, { name: 'A B' }],
    ['of the chat, if there is no author', { from: undefined }, profile],
    ['without its invisible part', { from: { ...person, first_name: '\u3164', last_name: 'B' } }, { name: 'B' }],
    ['none, if nothing of it can be seen', { from: { ...person, first_name: '\u2800', last_name: '\u200d' } }, {}],
    ['only a username', { from: { ...person, first_name: '\u3164', username: 'b' } }, { username: 'b' }],
  ])('%s', (_name, fields, expected) => {
    expect(parse(updateWith('business-text', fields))[0]).toMatchObject({
      author: { id: '51000444', ...expected },
    });
  });

  test('comes with an echo by its chat', () => {
    const chat = { id: 51000444, type: 'private', ...none, first_name: '\u200bAnna\u200b' };
    expect(parse(updateWith('business-echo', { chat }))[0]).toMatchObject({ client: { name: 'Anna' } });
  });
});

describe('what is stored stays small', () => {
  const sizeOf = (received: Received | undefined) => Buffer.byteLength(JSON.stringify(contentOf(received)));
  const endless = 'я'.repeat(300_000);

  test('raw keeps what has no field of its own, without the envelope', () => {
    const [received] = parse(
      updateWith('contact', { reply_to_message: { message_id: 1, chat: {}, text: 'secret' }, effect_id: 'e1' }),
    );

    expect(contentOf(received)?.raw).toBe('{"effect_id":"e1"}');
  });

  test('a raw content of more than 32 KiB is left out', () => {
    // The JSON around it is {"story":"…"}.
    const longest = 'x'.repeat(32 * 1024 - '{"story":""}'.length);

    expect(contentOf(parse(said({ story: longest }))[0])?.raw).toContain(longest);
    expect(contentOf(parse(said({ story: `${longest}x` }))[0])).toEqual({
      type: 'unsupported',
      kind: 'story',
    });
  });

  test.each([
    { name: 'exactly 100,000 characters is kept', text: 'я'.repeat(100_000), kept: 'я'.repeat(100_000) },
    { name: 'one character more is cut', text: 'я'.repeat(100_001), kept: 'я'.repeat(100_000) },
    {
      name: '100,000 characters with half of an emoji at the end is cut before it',
      text: `${'я'.repeat(99_999)}👍`,
      kept: 'я'.repeat(99_999),
    },
  ])('a text of $name', ({ text, kept }) => {
    expect(parse(said({ text }))[0]).toMatchObject({ content: { type: 'text', text: kept } });
  });

  test('a name of 300,000 characters is cut to 256', () => {
    const from = { id: 51000444, first_name: endless, username: endless };

    expect(parse(updateWith('text', { from }))[0]).toMatchObject({
      author: { id: '51000444', name: 'я'.repeat(256), username: 'я'.repeat(256) },
    });
  });

  test('a message with every part as long as can be stays below the size of an item', () => {
    const words = '€'.repeat(300_000);
    const person = { id: 5, first_name: words, last_name: words, username: words };
    const file = { file_id: words, file_name: words, mime_type: words, emoji: words };
    const update = said({
      text: words,
      voice: file,
      contact: { ...person, phone_number: words, vcard: words },
      venue: { location: { latitude: 1, longitude: 2 }, title: words, address: words },
      poll: { question: words, options: Array.from({ length: 1_000 }, () => ({ text: words.slice(0, 1_000) })) },
      forward_origin: { date: 1, sender_user: person },
      reply_to_message: { message_id: 1, date: 1, from: person, text: words },
      media_group_id: words,
      hologram: 'x'.repeat(32 * 1024 - 15),
    });

    const [received] = parse(update);

    expect(contentOf(received)).toMatchObject({ poll: {}, vcards: [{}], location: {}, media: {}, quoted: {} });
    expect(sizeOf(received)).toBeLessThan(380_000);
  });

  test.each([
    { name: 'letters of three bytes', letter: '€' },
    { name: 'emoji', letter: '👍' },
    { name: 'characters that JSON writes with six', letter: '\u0001' },
    { name: 'halves of characters', letter: '\uD83D' },
  ])('a body of 1 MB with files, links and $name stays below the size of an item', ({ letter }) => {
    const long = (length: number) => letter.repeat(length / letter.length);
    const file = { file_id: long(512), title: long(600), performer: long(600), mime_type: long(600), emoji: long(600) };
    const blocks = Array.from({ length: 60 }, () => ({
      type: 'document',
      document: file,
      caption: { text: long(400) },
    }));
    const links = Array.from({ length: 500 }, () => ({ type: 'url', text: long(32), url: `https://${long(60)}` }));
    const update = said({
      rich_message: { blocks: [...blocks, { type: 'paragraph', text: links }] },
      poll: { question: long(2_000), options: Array.from({ length: 60 }, () => ({ text: long(300) })) },
      venue: { location: { latitude: 1, longitude: 2 }, title: long(2_000), address: long(2_000) },
      contact: { first_name: long(300), phone_number: long(300), vcard: long(5_000) },
      forward_origin: { chat: { title: long(600) }, author_signature: long(600) },
      reply_to_message: { message_id: 1, date: 1, text: long(9_000) },
      hologram: 'x'.repeat(20_000),
    });

    const [received] = parse(update);

    const content = contentOf(received)!;
    expect(content).toMatchObject({ media: {}, poll: {}, vcards: [{}], location: {}, quoted: {}, forwarded: {} });
    expect(content.furtherMedia).toHaveLength(49);
    // DynamoDB counts the UTF-8 of all names and values. JSON may count more for a value, never less.
    const bytes = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).reduce((sum, [name, one]) => sum + name.length + 4 + bytes(one), 0)
        : Buffer.byteLength(String(value));
    expect(bytes(content)).toBeLessThan(390_000);
    expect(JSON.stringify(content).isWellFormed()).toBe(true);
  });

  test('of many long reactions 20 are kept, each cut to 32 characters', () => {
    const new_reaction = Array.from({ length: 1_000 }, () => ({ type: 'emoji', emoji: 'я'.repeat(300) }));

    const [received] = parse(updateWith('message-reaction', { new_reaction }));

    expect(received).toMatchObject({ emojis: Array(20).fill('я'.repeat(32)) });
  });

  test('the text of a rich message is found at the deepest level that JSON may have', () => {
    let block: unknown = { type: 'paragraph', text: 'deep' };
    for (let depth = 0; depth < 29; depth += 1) block = { type: 'blockquote', blocks: [block] };

    expect(parse(said({ rich_message: { blocks: [block] } }))[0]).toMatchObject({ content: { text: 'deep' } });
  });
});

test('a message is read although optional fields are broken or missing', () => {
  const [received] = parse(updateWith('text', { from: { id: 'x' }, text: 5 }));

  expect(received).toMatchObject({ kind: 'client', opens: true, author: { id: '51000444' } });
  expect(received).toMatchObject({ content: { type: 'unknown' } });
});

test.each<{ name: string; fields: Record<string, unknown>; content: Record<string, unknown>; opens?: boolean }>([
  {
    name: 'data of a web app',
    fields: { text: '', entities: [], web_app_data: { button_text: '', data: 'size 42' } },
    content: { type: 'text', kind: 'web_app', text: 'size 42' },
  },
  {
    name: 'a voice message',
    fields: { photo: [], new_chat_members: [], group_chat_created: false, voice: { file_id: 'F1' } },
    content: { type: 'audio', kind: 'voice', media: { fileId: 'F1' } },
  },
  {
    name: 'a kind that Telegram adds later',
    fields: { hologram: {}, delete_chat_photo: false, supergroup_chat_created: false },
    content: { type: 'unknown' },
  },
  {
    name: 'a notice',
    fields: { text: '', new_chat_photo: [], pinned_message: { text: 'rules' } },
    content: { type: 'system', kind: 'pinned_message', text: 'Pinned: rules' },
    opens: false,
  },
])(
  '$name is read as such although a library filled the fields that are not there',
  ({ fields, content, opens = true }) => {
    expect(parse(said(fields))).toMatchObject([{ kind: 'client', opens, content }]);
  },
);

test.each([
  'animation live_photo photo sticker audio voice video video_note document contact venue location poll checklist dice',
  'rich_message game story paid_media invoice giveaway web_app_data passport_data gift',
])('a message opens the chat whatever its content is, in %s', (kinds) => {
  for (const field of kinds.split(' ')) {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(value !== null);
        expect(parse(said({ [field]: value }))).toMatchObject([{ kind: 'client', opens: true }]);
      }),
      { numRuns: 50 },
    );
  }
});

test('the longest ids keep every digit', () => {
  const chat = { id: 2 ** 52 - 1, type: 'private' };

  expect(parse(updateWith('text', { chat }))[0]).toMatchObject({ ids: [{ chatId: '4503599627370495' }] });
});

test('any damaged update is read or unreadable, and nothing else is thrown', () => {
  const bodies = [
    'callback-query-business',
    'contact',
    'deleted-business-messages',
    'edited-business-text',
    'message-reaction',
    'my-chat-member',
    'photo',
    'poll',
    'reply',
    'venue',
  ];
  fc.assert(
    fc.property(damaged(bodies.map(update)), (body) => readsOrRefuses(readerOf(telegram), body)),
    { numRuns: 1_000 },
  );
});

function contentOf(received: Received | undefined) {
  return received && 'content' in received ? received.content : undefined;
}

test.each([
  { name: 'may reply', fields: { rights: { can_reply: true } }, state: 'active' },
  { name: 'may read only', fields: { rights: { can_read_messages: true } }, state: 'read-only' },
  { name: 'may not reply', fields: { rights: { can_reply: false } }, state: 'read-only' },
  { name: 'has no rights', fields: { rights: undefined }, state: 'read-only' },
  {
    name: 'may reply, as a server before Bot API 9.0 says it,',
    fields: { rights: undefined, can_reply: true },
    state: 'active',
  },
  { name: 'has ended', fields: { is_enabled: false }, state: 'revoked' },
  { name: 'has ended and has no rights', fields: { is_enabled: false, rights: undefined }, state: 'revoked' },
])('a business connection that $name is $state', ({ fields, state }) => {
  const received = parse(updateWith('business-connection', fields));

  expect(received).toMatchObject([{ kind: 'connection', connection: { connectionId: 'bcX1', state } }]);
});
