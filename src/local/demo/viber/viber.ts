import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS, type DemoClient } from '../kit/clients.ts';
import type { DemoKind, Desk, KindCall, Own, Posted } from '../kit/demo-kind.ts';
import type { DemoMessage } from '../kit/kind-state.ts';

/** Viber's tokens have 64 bits, so they are written by hand: a number of JavaScript would lose the last digits. */
const FIRST_TOKEN = 5_277_626_602_752_337_000n;

const sendSchema = z.object({
  receiver: z.string(),
  text: z._default(z.string(), ''),
  media: z.optional(z.string()),
  keyboard: z.optional(z.object({ Buttons: z.array(z.object({ Text: z._default(z.string(), '') })) })),
});
const webhookSchema = z.object({ url: z.string() });

/** A stand-in for the API of Viber, for one bot: https://developers.viber.com/docs/api/rest-bot-api/ */
export const viber: DemoKind = {
  name: 'viber',
  transport: 'viber',
  chatType: 'viber',
  channelName: 'Demo Viber bot',
  credentials: ({ secret }) => ({ authToken: secret, senderName: 'Demo' }),
  chatOf,
  said: (message, desk) => {
    const { first_name, last_name } = DEMO_CLIENTS[message.client];
    const sender = { id: chatOf(message.client), name: `${first_name} ${last_name}`, language: 'en', api_version: 10 };
    return callback('message', message, desk, { sender, message: contentOf(message, desk), silent: false });
  },
  told: (message, own) =>
    ['delivered', 'seen'].map((event) => callback(event, message, own, { user_id: chatOf(message.client) })),
  isKnown: ({ headers }, { secret }) => headers['x-viber-auth-token'] === secret,
  stranger: no(2, 'invalidAuthToken'),
  answer,
};

function chatOf(client: DemoClient): string {
  return Buffer.from(`viber-${DEMO_CLIENTS[client].id}`).toString('base64');
}

async function answer({ path, sent }: KindCall, desk: Desk): Promise<PlainAnswer> {
  switch (path) {
    case '/pa/get_account_info':
      return yes({ id: 'pa:700000000001', name: 'Demo bot', uri: 'demobot', webhook: desk.webhook()?.url ?? '' });
    case '/pa/set_webhook':
      return setWebhook(desk, sent);
    case '/pa/send_message':
      return send(desk, sent);
    default:
      return answerJson(404, {});
  }
}

/** Viber looks whether the address is there, without a signature. */
async function setWebhook(desk: Desk, sent: unknown): Promise<PlainAnswer> {
  const { url = '' } = webhookSchema.safeParse(sent).data ?? {};
  if (url === '') {
    await desk.setWebhook(undefined);
    return yes({});
  }
  const asked = JSON.stringify({ event: 'webhook', timestamp: Date.now(), message_token: 1 });
  if ((await desk.post(url, { body: asked })).status !== 200) return no(1, 'invalidUrl');
  await desk.setWebhook({ url, secret: '' });
  return yes({});
}

async function send(desk: Desk, sent: unknown): Promise<PlainAnswer> {
  const read = sendSchema.safeParse(sent);
  if (!read.success) return no(3, 'badData');
  const { receiver: chatId, text, media: url, keyboard } = read.data;
  const buttons = keyboard?.Buttons.map(({ Text }) => Text);
  const delivered = await desk.deliver({ chatId, text, ...(url !== undefined && { file: { url } }), buttons });
  // The client has left the bot, or was never there.
  if (delivered === 'refused' || delivered === 'nobody') return no(6, 'notSubscribed');
  const { headers } = yes({});
  return { status: 200, headers, body: `{"status":0,"status_message":"ok","message_token":${tokenOf(delivered)}}` };
}

function contentOf({ text, file }: DemoMessage, { fileUrl }: Pick<Desk, 'fileUrl'>): object {
  if (!file) return { type: 'text', text };
  const about = { media: fileUrl(file), file_name: file.name, size: file.size, text };
  if (/^image\/(jpeg|png)$/.test(file.type)) return { type: 'picture', ...about };
  return { type: file.type.startsWith('video/') ? 'video' : 'file', ...about };
}

/** Signed with the token of the bot. */
function callback(event: string, message: DemoMessage, { secret }: Own, more: object): Posted {
  const fields = JSON.stringify({ event, timestamp: message.at, chat_hostname: 'SN-DEMO', ...more });
  const body = `${fields.slice(0, -1)},"message_token":${tokenOf(message)}}`;
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { headers: { 'x-viber-content-signature': signature }, body };
}

function tokenOf({ id }: DemoMessage): string {
  return String(FIRST_TOKEN + BigInt(id));
}

function yes(result: object): PlainAnswer {
  return answerJson(200, { status: 0, status_message: 'ok', ...result });
}

/** Viber refuses with HTTP's 200 and a status of its own. */
function no(status: number, status_message: string): PlainAnswer {
  return answerJson(200, { status, status_message });
}
