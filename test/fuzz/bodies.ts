import { createHmac } from 'node:crypto';
import * as avito from '#test/channels/avito/webhooks';
import * as evolution from '#test/channels/evolution/webhooks';
import * as max from '#test/channels/maxbot/updates';
import { bodies as metaBodies } from '#test/channels/meta/pages';
import * as telegram from '#test/channels/telegram/updates';
import * as viber from '#test/channels/viber/callbacks';
import * as vk from '#test/channels/vk/events';
import * as wapi from '#test/channels/wapi/webhooks';
import { tokenOf } from '#test/doubles/evolution/world';

/** How a request says who made it. */
export interface Signed {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** The bytes that tell the secret, if the body does. Undefined if these bytes cannot. */
  readonly body?: Buffer | undefined;
}

/** A messenger's channel, the real bodies that it posts, and how it proves that it did. */
export interface Fuzzed {
  readonly transport: string;
  readonly identity: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly bodies: readonly unknown[];
  sign(body: Buffer, secret: string): Signed;
  /** The secret of the channel by which it knows a request. */
  readonly secret: string;
}

export const WEBHOOK_SECRET = '5e'.repeat(32);
const APP_SECRET = '0123456789abcdef0123456789abcdef';
const hmac = (body: Buffer, secret: string) => createHmac('sha256', secret).update(body).digest('hex');
const hub = (body: Buffer, secret: string) => ({ headers: { 'x-hub-signature-256': `sha256=${hmac(body, secret)}` } });

const instagram = metaBodies('instagram', '17841400008460056');
const facebook = metaBodies('page', '660011223300');

function pages({ said, echoed, told }: ReturnType<typeof metaBodies>): unknown[] {
  const file = { type: 'image', payload: { url: 'https://lookaside.fbsbx.com/ig/1' } };
  return [
    said({ text: 'Café open today?' }),
    said({ attachments: [file] }),
    said({ text: 'Yes', reply_to: { mid: 'mid0' } }),
    echoed({ text: 'Until 9 pm' }),
    told({ hologram: { id: 'h1' } }),
    told({ read: { mid: 'mid2', watermark: 1791806400987 } }),
    told({ reaction: { mid: 'mid2', action: 'react', emoji: '❤' } }),
    told({ postback: { mid: 'mid5', title: 'Yes', payload: 'yes' } }),
  ];
}

/** All messengers that Konvert speaks. */
export const FUZZED: readonly Fuzzed[] = [
  {
    transport: 'telegram',
    identity: '7000000001',
    credentials: { botToken: '7000000001:made_up_token' },
    bodies: ['text', 'pinned-message', 'business-echo', 'channel-post', 'dice', 'callback-query'].map(telegram.update),
    secret: WEBHOOK_SECRET,
    sign: (_, secret) => ({ headers: { 'x-telegram-bot-api-secret-token': secret } }),
  },
  {
    transport: 'wapi',
    identity: wapi.NUMBER_ID,
    credentials: { phoneNumberId: wapi.NUMBER_ID, wabaId: wapi.WABA_ID, accessToken: 'EAAmade', appSecret: APP_SECRET },
    bodies: [
      wapi.said({ type: 'text', text: { body: 'Café open today?' } }),
      wapi.said({ type: 'hologram', hologram: { id: 'h1' } }),
      wapi.echoed({ type: 'text', text: { body: 'Yes, until 9 pm' } }),
      wapi.statuses({ status: 'delivered' }, { status: 'failed', errors: [{ code: 131047, title: 'No' }] }),
      wapi.history(wapi.message({ type: 'text', text: { body: 'Thanks!' } })),
    ],
    secret: APP_SECRET,
    sign: hub,
  },
  {
    transport: 'instagram',
    identity: '17841400008460056',
    credentials: { igId: '17841400008460056', accessToken: 'IGmade', appSecret: APP_SECRET },
    bodies: pages(instagram),
    secret: APP_SECRET,
    sign: hub,
  },
  {
    transport: 'facebook',
    identity: '660011223300',
    credentials: { pageId: '660011223300', accessToken: 'EAAmade', appSecret: APP_SECRET },
    bodies: pages(facebook),
    secret: APP_SECRET,
    sign: hub,
  },
  {
    transport: 'maxbot',
    identity: '20001',
    credentials: { botToken: 'made_up_max_token' },
    bodies: [
      max.TEXT,
      max.PRESS,
      max.REMOVAL,
      max.ECHO,
      max.withAttachment({ type: 'hologram', payload: { url: 'https://i.oneme.ru/h' } }),
      max.notice('dialog_muted', { muted_until: 1770680000000 }),
    ],
    secret: WEBHOOK_SECRET,
    sign: (_, secret) => ({ headers: { 'x-max-bot-api-secret': secret } }),
  },
  {
    transport: 'vk',
    identity: String(vk.GROUP),
    credentials: { groupId: String(vk.GROUP), accessToken: 'vk1.a.made', confirmation: '62dfc19d' },
    bodies: [
      vk.said(),
      vk.said({ text: '', attachments: [{ type: 'hologram', hologram: { id: 1 } }] }),
      vk.replied(),
      vk.event('message_deny', { user_id: vk.CLIENT }),
      vk.event('group_join', { user_id: vk.CLIENT, join_type: 'join' }),
      vk.event('message_read', { from_id: vk.CLIENT, peer_id: vk.CLIENT, read_message_id: 48 }),
    ],
    // VK takes 50 characters of the 64.
    secret: WEBHOOK_SECRET.slice(0, 50),
    sign: (body, secret) => ({ body: withSecret(body, secret) }),
  },
  {
    transport: 'whatsapp',
    identity: 'shop',
    credentials: { serverUrl: 'https://bridge.example', instance: 'shop', apiKey: 'made-up-key' },
    bodies: [
      evolution.said({ conversation: 'Café open today?' }),
      evolution.said({ hologramMessage: { id: 'h1' } }),
      evolution.echoed({ conversation: 'Yes, until 9 pm' }),
      evolution.status('READ'),
      evolution.webhook('connection.update', { instance: 'shop', state: 'close', statusReason: 401 }),
    ],
    secret: WEBHOOK_SECRET,
    sign: (_, secret) => ({ headers: { authorization: `Bearer ${tokenOf(secret, Date.now())}` } }),
  },
  {
    transport: 'avito',
    identity: String(avito.ACCOUNT),
    credentials: { clientId: 'made', clientSecret: 'made-up', userId: String(avito.ACCOUNT) },
    bodies: [
      avito.said('text', { text: 'Ещё продаёте?' }),
      avito.said('hologram', { hologram: { id: 'h1' } }),
      avito.said('system', { text: 'Покупатель принял предложение', flow_id: 'sbc' }),
      avito.echoed('text', { text: 'Да, приходите' }),
    ],
    secret: WEBHOOK_SECRET,
    sign: (_, secret) => ({ query: `token=${secret}` }),
  },
  {
    transport: 'viber',
    identity: 'pa:1',
    credentials: { authToken: '445da6az1s345z78-made-up' },
    bodies: [
      viber.said({ type: 'text', text: 'Доброго дня!' }),
      viber.said({ type: 'hologram', hologram: { id: 'h1' } }),
      viber.callback('conversation_started', { type: 'open', user: { id: viber.OLENA, name: 'О' }, subscribed: false }),
      viber.callback('delivered', { user_id: viber.OLENA }),
      viber.callback('failed', { user_id: viber.OLENA, desc: 'failure description' }),
    ],
    secret: '445da6az1s345z78-made-up',
    sign: (body, secret) => ({ headers: { 'x-viber-content-signature': hmac(body, secret) } }),
  },
];

/** The same object with that secret. What is no object can tell none. */
function withSecret(body: Buffer, secret: string): Buffer | undefined {
  try {
    const read: unknown = JSON.parse(body.toString());
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined;
    return Buffer.from(JSON.stringify({ ...read, secret }));
  } catch {
    return undefined;
  }
}
