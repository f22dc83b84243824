import { describe, expect, test } from 'vitest';
import { createFacebook } from '#channels/facebook/index';
import type { Received } from '#channels/inbound';
import { createInstagram } from '#channels/instagram/index';
import { ATTACHMENTS, EVENTS } from '#channels/meta/kinds';
import { parserOf } from '#test/channels/messages';
import { bodies, CLIENT, TIME } from '#test/channels/meta/pages';

const IG = '17840000000000777';
const PAGE = '660011223300';
const instagram = bodies('instagram', IG);
const page = bodies('page', PAGE);
const parseInstagram = parserOf(createInstagram());
const parsePage = parserOf(createFacebook());
const URL = 'https://lookaside.example/ig?asset=1';

type Fields = Readonly<Record<string, unknown>>;

const attachment = (type: string, payload?: unknown, more: Fields = {}) => ({
  attachments: [{ type, ...(payload !== undefined && { payload }), ...more }],
});

/** Messages of the client, with what is read of them, and whether they make the chat unanswered (U6). */
const MESSAGES: readonly [name: string, message: Fields, content: Fields, opens: boolean][] = [
  ['a text', { text: 'Hi' }, { type: 'text', text: 'Hi' }, true],
  ['a picture', attachment('image', { url: URL }), { type: 'image', media: { fileId: URL } }, true],
  ['a video', attachment('video', { url: URL }), { type: 'video', media: { fileId: URL } }, true],
  ['a voice message', attachment('audio', { url: URL }), { type: 'audio', media: { fileId: URL } }, true],
  [
    'a document',
    attachment('file', { url: 'https://cdn.example/v/offer%20two.pdf?oh=1' }),
    {
      type: 'document',
      media: { fileId: 'https://cdn.example/v/offer%20two.pdf?oh=1', name: 'offer two.pdf' },
    },
    true,
  ],
  [
    'several pictures with words',
    { text: 'All of them', attachments: [1, 2, 3].map((n) => ({ type: 'image', payload: { url: `${URL}${n}` } })) },
    {
      type: 'image',
      text: 'All of them',
      media: { fileId: `${URL}1` },
      furtherMedia: [{ fileId: `${URL}2` }, { fileId: `${URL}3` }],
    },
    true,
  ],
  [
    'a sticker, also twice in one message',
    {
      attachments: [
        { type: 'image', payload: { url: URL, sticker_id: 369 } },
        { type: 'sticker', payload: { url: URL, sticker_id: 369 } },
      ],
    },
    {
      type: 'image',
      kind: 'sticker',
      media: { fileId: URL },
      raw: '{"attachments":[{"type":"sticker","sticker_id":369}]}',
    },
    true,
  ],
  ['a heart', attachment('like_heart'), { type: 'text', kind: 'sticker', text: '❤️' }, true],
  [
    'a thumb without a file',
    attachment('image', { sticker_id: 369239263222822 }),
    { type: 'text', text: '👍', raw: '{"attachments":[{"type":"image","sticker_id":369239263222822}]}' },
    true,
  ],
  ['what can be seen once', attachment('ephemeral'), { type: 'unsupported', kind: 'ephemeral' }, true],
  ['what is not handed over', { is_unsupported: true }, { type: 'unsupported' }, true],
  ['nothing at all', {}, { type: 'unknown' }, true],
  [
    'an answer to a message',
    { text: 'Yes', reply_to: { mid: 'mid0', is_self_reply: false } },
    { type: 'text', text: 'Yes', quoted: { providerId: 'mid0' }, raw: '{"reply_to":{"is_self_reply":false}}' },
    true,
  ],
  [
    'an answer to a story, with the file of the story',
    { text: 'Love this!', reply_to: { story: { id: '179', url: URL } } },
    {
      type: 'text',
      text: 'Love this!',
      quoted: { kind: 'story' },
      media: { fileId: URL },
      raw: '{"reply_to":{"story":{"id":"179"}}}',
    },
    true,
  ],
  [
    'an answer to a story that is over',
    { text: 'Love this!', reply_to: { story: { id: '179' } } },
    { type: 'text', text: 'Love this!', quoted: { kind: 'story' }, raw: '{"reply_to":{"story":{"id":"179"}}}' },
    true,
  ],
  [
    'a mention in a story, with the file of the story',
    attachment('story_mention', { url: URL }),
    { type: 'image', kind: 'story_mention', media: { fileId: URL } },
    true,
  ],
  [
    'a story that is passed on',
    attachment('ig_story', { url: URL }),
    { type: 'image', kind: 'story', media: { fileId: URL } },
    true,
  ],
  [
    'a reel',
    attachment('ig_reel', { url: URL, title: 'A day', reel_video_id: '9' }),
    {
      type: 'video',
      kind: 'reel',
      text: 'A day',
      media: { fileId: URL },
      raw: '{"attachments":[{"type":"ig_reel","reel_video_id":"9"}]}',
    },
    true,
  ],
  [
    'a post',
    attachment('ig_post', { url: URL, title: 'New here' }),
    { type: 'image', kind: 'post', text: 'New here', media: { fileId: URL } },
    true,
  ],
  [
    'a post that is a page of Meta’s',
    attachment('post', { url: 'https://www.facebook.com/posts/1', title: 'New here' }),
    { type: 'text', kind: 'post', text: 'New here https://www.facebook.com/posts/1' },
    true,
  ],
  [
    'a link whose address is in the text already',
    { text: 'see https://ex.example', ...attachment('fallback', { url: 'https://ex.example', title: 'Ex' }) },
    { type: 'text', kind: 'link', text: 'see https://ex.example\nEx' },
    true,
  ],
  [
    'a link without a payload',
    attachment('fallback', null, { title: 'Ex', url: 'https://ex.example' }),
    {
      type: 'text',
      kind: 'link',
      text: 'Ex https://ex.example',
      raw: '{"attachments":[{"type":"fallback","title":"Ex"}]}',
    },
    true,
  ],
  [
    'a place',
    attachment('location', { coordinates: { lat: 42.87, long: 74.59 } }, { title: 'Here' }),
    { type: 'geo', text: 'Here', location: { latitude: 42.87, longitude: 74.59, title: 'Here' } },
    true,
  ],
  [
    'a product',
    attachment('template', { product: { elements: [{ id: '1', title: 'Red shoes', subtitle: '$ 20' }] } }),
    {
      type: 'text',
      kind: 'template',
      text: 'Red shoes\n$ 20',
      raw: '{"attachments":[{"type":"template","product":{"elements":[{"id":"1","title":"Red shoes","subtitle":"$ 20"}]}}]}',
    },
    true,
  ],
  [
    'a visit',
    attachment('appointment_booking', { title: 'Haircut', start_time: 1791806400 }),
    {
      type: 'text',
      kind: 'appointment',
      text: 'Haircut\nAt: 1791806400',
      raw: '{"attachments":[{"type":"appointment_booking","title":"Haircut","start_time":1791806400}]}',
    },
    true,
  ],
  [
    'an attachment that nothing is known of, with its file',
    attachment('hologram', { url: URL, depth: 3 }),
    {
      type: 'unknown',
      kind: 'hologram',
      media: { fileId: URL },
      raw: `{"attachments":[{"type":"hologram","payload":{"url":"${URL}","depth":3}}]}`,
    },
    true,
  ],
  [
    'a quick reply that was pressed',
    { text: 'Red', quick_reply: { payload: 'COLOR_RED' } },
    { type: 'text', kind: 'button', text: 'Red', pressed: 'COLOR_RED' },
    true,
  ],
  [
    'a message by an advertisement',
    {
      text: 'How much?',
      referral: { ref: 'autumn', ad_id: '612', source: 'ADS', ads_context_data: { ad_title: 'Shoes' } },
    },
    {
      type: 'text',
      text: 'How much?\nAd: Shoes',
      referral: 'autumn',
      raw: '{"referral":{"ref":"autumn","ad_id":"612","source":"ADS","ads_context_data":{"ad_title":"Shoes"}}}',
    },
    true,
  ],
  [
    'a message about a product of the shop',
    { text: 'Is it there?', referral: { product: { id: '77' } } },
    { type: 'text', text: 'Is it there?\nProduct: 77', raw: '{"referral":{"product":{"id":"77"}}}' },
    true,
  ],
];

test('the table has a message of each kind of attachment', () => {
  const types = MESSAGES.flatMap(([, { attachments = [] }]) =>
    (attachments as { type: string }[]).map(({ type }) => type),
  );
  const alike = { reel: 'ig_reel', story: 'ig_story', share: 'ig_post', product: 'template', animated_image: 'image' };
  const known = Object.keys(ATTACHMENTS).filter((type) => type !== 'unsupported_type' && !(type in alike));

  expect(known.filter((type) => !types.includes(type))).toEqual([]);
  for (const [one, other] of Object.entries(alike)) expect(ATTACHMENTS[one]?.type).toBe(ATTACHMENTS[other]?.type);
});

describe.each(MESSAGES)('%s', (_, message, content, opens) => {
  test('of Instagram', () => {
    expect(parseInstagram(instagram.said(message))).toEqual([
      {
        kind: 'client',
        account: IG,
        ids: [{ chatType: 'instagram', chatId: CLIENT }],
        providerId: 'mid1',
        time: TIME,
        opens,
        author: { id: CLIENT },
        content,
      },
    ]);
  });

  test('of Messenger, held by another app: it opens nothing', () => {
    const body = page.body('standby', page.item({ message: { mid: 'mid1', ...message } }));

    expect(parsePage(body)).toMatchObject([{ kind: 'client', account: PAGE, opens: false, standby: true, content }]);
  });
});

const about = { account: IG, ids: [{ chatType: 'instagram', chatId: CLIENT }] };
const notice = (kind: string, opens: boolean, content: Fields = {}) => ({
  kind: 'client',
  providerId: `${kind}.${TIME}`,
  opens,
  content: { type: 'system', kind, ...content },
});

/** Items that are no messages, with what they report. */
const ITEMS: readonly [name: string, item: Fields, received: Fields][] = [
  [
    'a button that was pressed',
    { postback: { mid: 'mid4', title: 'Prices', payload: 'PRICES' } },
    {
      kind: 'client',
      ...about,
      providerId: 'mid4',
      opens: true,
      content: { type: 'text', kind: 'button', text: 'Prices', pressed: 'PRICES' },
    },
  ],
  [
    'a button of an old app, by an advertisement',
    { postback: { title: 'Get started', payload: 'START', referral: { ref: 'autumn' } } },
    { kind: 'client', providerId: `postback.${TIME}`, opens: true, content: { referral: 'autumn' } },
  ],
  [
    'an edit, with its count as text',
    { message_edit: { mid: 'mid3', text: 'very nice', num_edit: '2' } },
    {
      kind: 'edit',
      ...about,
      providerId: 'mid3',
      time: TIME,
      sequence: 2,
      content: { type: 'text', text: 'very nice' },
    },
  ],
  ['a deletion', { message: { mid: 'mid1', is_deleted: true } }, { kind: 'deletion', ...about, providerId: 'mid1' }],
  [
    'a reaction',
    { reaction: { mid: 'mid9', action: 'react', reaction: 'love', emoji: '❤️' } },
    { kind: 'reaction', ...about, providerId: 'mid9', time: TIME, emojis: ['❤️'] },
  ],
  [
    'a reaction that was taken back',
    { reaction: { mid: 'mid9', action: 'unreact', emoji: '❤️' } },
    { kind: 'reaction', providerId: 'mid9', emojis: [] },
  ],
  [
    'a message that was read, of Instagram',
    { read: { mid: 'mid9' } },
    { kind: 'receipt', ...about, of: { providerId: 'mid9' }, status: 'read', time: TIME },
  ],
  [
    'all that was read, of Messenger',
    { read: { watermark: TIME - 5 } },
    { kind: 'receipt', of: { upTo: TIME - 5 }, status: 'read' },
  ],
  [
    'all that was delivered',
    { delivery: { mids: ['mid9'], watermark: TIME - 9 } },
    { kind: 'receipt', of: { upTo: TIME - 9 }, status: 'delivered' },
  ],
  [
    'what was delivered, by ids only',
    { delivery: { mids: ['mid9'] } },
    { kind: 'receipt', of: { providerId: 'mid9' }, status: 'delivered' },
  ],
  ['a link', { referral: { ref: 'summer', type: 'OPEN_THREAD' } }, notice('referral', false, { referral: 'summer' })],
  ['an opt-in', { optin: { type: 'notification_messages', title: 'News' } }, notice('optin', false, { text: 'News' })],
  ['an account that was linked', { account_linking: { status: 'linked' } }, notice('account_linking', false)],
  [
    'what a client filled in',
    { messaging_customer_information: { screens: [] } },
    notice('messaging_customer_information', true),
  ],
  ['marks for the team', { messaging_feedback: { feedback_screens: [] } }, notice('messaging_feedback', true)],
  [
    'a conversation that another app gives back',
    { pass_thread_control: { new_owner_app_id: '1', metadata: 'Wants a person' } },
    notice('pass_thread_control', true, { text: 'Wants a person' }),
  ],
  [
    'a conversation that another app takes',
    { take_thread_control: { previous_owner_app_id: '1' } },
    notice('take_thread_control', false),
  ],
  ['a wish for a conversation', { request_thread_control: {} }, notice('request_thread_control', false)],
  [
    'a page that is blocked',
    { policy_enforcement: { action: 'block', reason: 'Spam' } },
    { kind: 'channel', account: IG, isBlocked: true, time: TIME },
  ],
  [
    'a page that is let in again',
    { policy_enforcement: { action: 'unblock' } },
    { kind: 'channel', account: IG, isBlocked: false, time: TIME },
  ],
  [
    'what nothing is known of',
    { hologram: { id: 'h1' } },
    {
      kind: 'client',
      providerId: `hologram.${TIME}`,
      opens: true,
      content: { type: 'unknown', kind: 'hologram', raw: '{"hologram":{"id":"h1"}}' },
    },
  ],
  ['roles of apps', { app_roles: {} }, { kind: 'ignored', reason: 'app_roles' }],
  ['a message to oneself', { message: { mid: 'm', is_self: true } }, { kind: 'ignored', reason: 'self' }],
  ['a message without an id', { message: { text: 'a' } }, { kind: 'ignored', reason: 'no-message-id' }],
  ['an edit of nothing', { message_edit: { text: 'a' } }, { kind: 'ignored', reason: 'edit-of-nothing' }],
  [
    'an edit without words',
    { message_edit: { mid: 'm', num_edit: 0 } },
    { kind: 'ignored', reason: 'edit-without-text' },
  ],
  ['an item without anything', {}, { kind: 'ignored', reason: 'empty-item' }],
];

test('the table has an item of each kind', () => {
  const names = ITEMS.flatMap(([, item]) => Object.keys(item));
  const isShown = Object.entries(EVENTS).filter(([, { is }]) => is !== 'ignored');

  expect(isShown.map(([name]) => name).filter((name) => !names.includes(name))).toEqual([]);
});

test.each(ITEMS)('%s', (_, item, received) => {
  expect(parseInstagram(instagram.told(item))).toMatchObject([received]);
});

test('a token to write to somebody is not kept', () => {
  const body = page.told({ optin: { type: 'notification_messages', notification_messages_token: 'SECRET123' } });

  expect(JSON.stringify(parsePage(body))).not.toContain('SECRET123');
});

describe('who wrote an echo', () => {
  const byOf = (received: readonly Received[]) => received.map((one) => ('by' in one ? one.by : 'person'));

  test.each([
    ['in the inbox of the page', { app_id: 263902037430900 }, 'person'],
    ['in the inbox of the page, as text', { app_id: '263902037430900' }, 'person'],
    ['in another app', { app_id: 517793 }, 'automatic'],
    ['somewhere that is not told', {}, 'person'],
  ])('%s: %s', (_, fields, by) => {
    const received = parsePage(page.echoed({ text: 'Yes', ...fields }));

    expect(received).toMatchObject([
      { kind: 'echo', opens: false, author: {}, content: { type: 'text', text: 'Yes' } },
    ]);
    expect(byOf(received)).toEqual([by]);
  });

  test('in the app of Instagram', () => {
    expect(byOf(parseInstagram(instagram.echoed({ text: 'Yes', app_id: 567067343352427 })))).toEqual(['person']);
  });

  test('while another app holds the conversation: that app', () => {
    const body = page.body('standby', page.item({ message: { mid: 'mid2', is_echo: true, text: 'Hello' } }, true));

    expect(parsePage(body)).toMatchObject([{ kind: 'echo', by: 'automatic', standby: true }]);
  });
});

test('fields about posts, and the test of the dashboard, are ignored', () => {
  const body = { object: 'instagram', entry: [{ id: IG, time: TIME, changes: [{ field: 'comments', value: {} }] }] };

  expect(parseInstagram(body)).toEqual([{ kind: 'ignored', reason: 'field-comments' }]);
});

test('one app serves several products of Meta: what is another’s is ignored, and is no error', () => {
  expect(parsePage(instagram.said({ text: 'a' }))).toEqual([{ kind: 'ignored', reason: 'other-product' }]);
});
