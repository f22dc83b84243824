import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import type { Credentials } from '#channels/terms';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS, type DemoClient, namesOf } from '../kit/clients.ts';
import type { DemoKind, Desk, KindCall, KindWebhook, Own, Posted, Reply } from '../kit/demo-kind.ts';
import type { DemoMessage } from '../kit/kind-state.ts';

/** What differs between the demo page and the demo account of Instagram. */
export interface MetaAccount extends Pick<DemoKind, 'name' | 'transport' | 'chatType' | 'channelName'> {
  readonly object: 'instagram' | 'page';
  readonly appId: string;
  /** The account in webhooks, and what its node says. */
  readonly id: string;
  readonly node: Readonly<Record<string, unknown>>;
  credentials(own: Own): Credentials;
  tokenOf(own: Pick<Own, 'secret'>): string;
  /** What its clients' ids begin with. */
  readonly clientPrefix: string;
  /** What is told about a reply that its client got: items of `messaging[]`, without who and when. */
  told(
    mid: string,
    message: DemoMessage,
  ): readonly { readonly isOwn?: true; readonly item: Readonly<Record<string, unknown>> }[];
}

const CHALLENGE = '1158201444';
const HANDSHAKE_MS = 15_000;

const addressSchema = z.object({ callback_url: z.url(), verify_token: z.string() });
const payloadSchema = z.object({
  url: z.optional(z.string()),
  attachment_id: z.optional(z.string()),
  text: z.optional(z.string()),
  buttons: z.optional(z.array(z.object({ title: z.string() }))),
});
const sendSchema = z.object({
  recipient: z.object({ id: z.string() }),
  message: z.object({
    text: z.optional(z.string()),
    quick_replies: z.optional(z.array(z.object({ title: z.string() }))),
    attachment: z.optional(z.object({ type: z.string(), payload: payloadSchema })),
  }),
});

/**
 * A stand-in for the Graph API of one page or account of Instagram:
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview
 */
export function metaKind(account: MetaAccount): DemoKind {
  const { name, transport, chatType, channelName, credentials, tokenOf, appId } = account;
  const chatOf = chatOfIn(account);

  function posted(items: readonly unknown[], at: number, { secret }: Own): Posted {
    const body = escaped({ object: account.object, entry: [{ id: account.id, time: at, messaging: items }] });
    return { headers: { 'x-hub-signature-256': `sha256=${hmac(secret, body)}` }, body };
  }

  function item(client: DemoClient, at: number, more: object, isOwn = false) {
    const [sender, recipient] = isOwn ? [account.id, chatOf(client)] : [chatOf(client), account.id];
    return { sender: { id: sender }, recipient: { id: recipient }, timestamp: at, ...more };
  }

  return {
    name,
    transport,
    chatType,
    channelName,
    credentials,
    chatOf,
    said(message, place) {
      const { client, at, text, file } = message;
      const attachments = file && [{ type: typeOf(file.type), payload: { url: place.fileUrl(file) } }];
      const said = { mid: midOf(account, message), ...(text !== '' && { text }), ...(attachments && { attachments }) };
      return posted([item(client, at, { message: said })], at, place);
    },
    told(message, place) {
      const mid = midOf(account, message);
      return account
        .told(mid, message)
        .map((one) => posted([item(message.client, message.at, one.item, one.isOwn)], message.at, place));
    },
    isKnown: ({ headers, query }, own) => {
      const tokens = [tokenOf(own), `${appId}|${own.secret}`];
      return tokens.some(
        (token) =>
          headers.authorization === `Bearer ${token}` && query.get('appsecret_proof') === hmac(own.secret, token),
      );
    },
    stranger: no(190, 'Invalid OAuth access token - Cannot parse access token', 401),
    answer: (call, desk) => answer(account, call, desk),
  };
}

function chatOfIn({ clientPrefix }: MetaAccount): DemoKind['chatOf'] {
  return (client) => `${clientPrefix}${DEMO_CLIENTS[client].id}`;
}

async function answer(account: MetaAccount, { method, path, sent }: KindCall, desk: Desk): Promise<PlainAnswer> {
  const [, , node = '', edge = ''] = path.split('/');
  switch (`${method} ${edge || 'node'}`) {
    case 'GET node': {
      const names = namesOf(node, chatOfIn(account));
      if (names) return answerJson(200, { id: node, ...names });
      return node === 'refresh_access_token'
        ? answerJson(200, { access_token: account.tokenOf(desk), token_type: 'bearer', expires_in: 5_184_000 })
        : answerJson(200, account.node);
    }
    case 'GET conversations':
      return answerJson(200, { data: [] });
    case 'GET subscriptions':
      return answerJson(200, { data: subscriptionsOf(account, desk.webhook()) });
    case 'POST subscriptions':
      return setAddress(desk, sent);
    case 'GET subscribed_apps':
      return answerJson(200, { data: [{ id: account.appId, subscribed_fields: ['messages', 'message_echoes'] }] });
    case 'POST subscribed_apps':
      return answerJson(200, { success: true });
    case 'DELETE subscribed_apps':
      await desk.setWebhook(undefined);
      return answerJson(200, { success: true });
    case 'POST message_attachments':
      return upload(desk, sent);
    case 'POST messages':
      return send(account, desk, sent);
    default:
      return no(100, 'Unsupported request');
  }
}

function subscriptionsOf({ object }: MetaAccount, webhook: KindWebhook | undefined) {
  return webhook ? [{ object, callback_url: webhook.url, active: true }] : [];
}

/** Meta asks a new address for a challenge before it takes it. */
async function setAddress(desk: Desk, sent: unknown): Promise<PlainAnswer> {
  const read = addressSchema.safeParse(sent);
  if (!read.success) return no(100, 'Invalid parameter');
  const { callback_url: url, verify_token: secret } = read.data;
  const asked = new URL(url);
  asked.searchParams.set('hub.mode', 'subscribe');
  asked.searchParams.set('hub.challenge', CHALLENGE);
  asked.searchParams.set('hub.verify_token', secret);
  const greeted = await fetch(asked, { signal: AbortSignal.timeout(HANDSHAKE_MS) }).catch(() => undefined);
  if (greeted?.status !== 200 || (await greeted.text()) !== CHALLENGE) return no(2200, 'Callback verification failed');
  await desk.setWebhook({ url, secret });
  return answerJson(200, { success: true });
}

async function upload({ files }: Desk, sent: unknown): Promise<PlainAnswer> {
  const { filedata } = (sent ?? {}) as { filedata?: unknown };
  if (!(filedata instanceof File)) return no(100, 'Upload attachment failure.');
  const { name, type } = filedata;
  const { id } = await files.add({ name, type, bytes: new Uint8Array(await filedata.arrayBuffer()) });
  return answerJson(200, { attachment_id: id });
}

async function send(account: MetaAccount, desk: Desk, sent: unknown): Promise<PlainAnswer> {
  const read = sendSchema.safeParse(sent);
  if (!read.success) return no(100, 'Invalid parameter');
  const { recipient, message } = read.data;
  const delivered = await desk.deliver({ chatId: recipient.id, ...contentOf(message) });
  if (delivered === 'refused') return no(551, "This person isn't available right now.", 400, 1545041);
  if (delivered === 'nobody') return no(100, 'No matching user found', 400, 2018001);
  return answerJson(200, { recipient_id: recipient.id, message_id: midOf(account, delivered) });
}

function contentOf({
  text = '',
  quick_replies,
  attachment,
}: z.infer<typeof sendSchema>['message']): Omit<Reply, 'chatId'> {
  const { url, attachment_id: id, text: above = '', buttons } = attachment?.payload ?? {};
  const file = id !== undefined ? { id } : url !== undefined ? { url } : undefined;
  return { text: text || above, file, buttons: (quick_replies ?? buttons)?.map(({ title }) => title) };
}

function midOf({ object }: MetaAccount, { id }: DemoMessage): string {
  const encoded = Buffer.from(`demo message ${id}`).toString('base64url');
  return object === 'page' ? `m_${encoded}` : `aWdfZAG1f${encoded}`;
}

function typeOf(mimeType: string): string {
  const kind = mimeType.split('/', 1)[0] ?? '';
  return ['image', 'video', 'audio'].includes(kind) ? kind : 'file';
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** Meta writes everything beyond ASCII as `\uXXXX`, and signs the bytes that it sends. */
function escaped(body: unknown): string {
  return JSON.stringify(body).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function no(code: number, message: string, status = 400, subcode?: number): PlainAnswer {
  const error = { message, type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }) };
  return answerJson(status, { error });
}
