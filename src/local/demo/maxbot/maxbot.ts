import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS, type DemoClient } from '../kit/clients.ts';
import type { DemoKind, Desk, KindCall } from '../kit/demo-kind.ts';
import type { DemoMessage } from '../kit/kind-state.ts';

const BOT = { user_id: 600001, first_name: 'Demo bot', username: 'demo_bot', is_bot: true };

const subscriptionSchema = z.object({ url: z.string(), secret: z._default(z.string(), '') });
const button = z.object({ text: z.string() });
const attachmentSchema = z.object({
  type: z.string(),
  payload: z.object({ token: z.optional(z.string()), buttons: z.optional(z.array(z.array(button))) }),
});
const bodySchema = z.object({
  text: z._default(z.nullable(z.string()), ''),
  format: z.optional(z.literal('html')),
  attachments: z._default(z.nullable(z.array(attachmentSchema)), []),
});
const uploadSchema = z.object({ data: z.instanceof(File) });

/** A stand-in for the Bot API of MAX, for one bot: https://dev.max.ru/docs-api */
export const maxbot: DemoKind = {
  name: 'max',
  transport: 'maxbot',
  chatType: 'max',
  channelName: 'Demo MAX bot',
  credentials: ({ secret }) => ({ botToken: tokenOf(secret) }),
  chatOf: (client) => String(DEMO_CLIENTS[client].id),
  said: (message, { to, fileUrl }) => ({
    headers: { 'x-max-bot-api-secret': to.secret },
    body: JSON.stringify({
      update_type: 'message_created',
      timestamp: message.at,
      user_locale: 'ru',
      message: written(message, fileUrl),
    }),
  }),
  // The address to upload to is its own right.
  isKnown: ({ path, headers }, { secret }) => path === '/upload' || headers.authorization === tokenOf(secret),
  stranger: no(401, 'verify.token', 'Invalid access_token'),
  answer,
};

async function answer(call: KindCall, desk: Desk): Promise<PlainAnswer> {
  switch (`${call.method} ${call.path}`) {
    case 'GET /me':
      return yes(BOT);
    case 'GET /subscriptions': {
      const url = desk.webhook()?.url;
      return yes({ subscriptions: url === undefined ? [] : [{ url, time: 0, update_types: null }] });
    }
    case 'POST /subscriptions': {
      const read = subscriptionSchema.safeParse(call.sent);
      if (!read.success) return no(400, 'proto.payload', 'url');
      await desk.setWebhook(read.data);
      return yes({ success: true });
    }
    case 'DELETE /subscriptions':
      if (desk.webhook()?.url === call.query.get('url')) await desk.setWebhook(undefined);
      return yes({ success: true });
    case 'POST /messages':
      return send(call, desk);
    case 'POST /uploads':
      return yes({ url: `${desk.base}/upload` });
    case 'POST /upload':
      return keep(call.sent, desk);
    case 'POST /answers':
      return yes({ success: true });
    default:
      return no(404, 'not.found', 'Not found');
  }
}

async function send({ query, sent }: KindCall, desk: Desk): Promise<PlainAnswer> {
  const read = bodySchema.safeParse(sent);
  if (!read.success) return no(400, 'proto.payload', 'text');
  const { text, format, attachments } = read.data;
  const file = attachments?.find(({ payload }) => payload.token !== undefined)?.payload.token;
  const buttons = attachments?.flatMap(({ payload }) => (payload.buttons ?? []).flat().map((one) => one.text));
  const delivered = await desk.deliver({
    chatId: query.get('user_id') ?? '',
    text: format ? plainOf(text ?? '') : (text ?? ''),
    file: file === undefined ? undefined : { id: file },
    buttons: buttons?.length ? buttons : undefined,
  });
  if (delivered === 'refused') return no(403, 'chat.denied', 'Key: error.dialog.suspended');
  if (delivered === 'nobody') return no(404, 'dialog.not.found', 'error.dialog.notfound');
  return yes({ message: written(delivered, desk.fileUrl) });
}

/** A formatted text as a client reads it. */
function plainOf(html: string): string {
  const bare = html.replace(/<[^>]*>/g, '');
  return bare.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A file that the company sends. Its token is its id. */
async function keep(sent: unknown, desk: Desk): Promise<PlainAnswer> {
  const read = uploadSchema.safeParse(sent);
  if (!read.success) return no(400, 'bad.request', 'data');
  const { data } = read.data;
  const bytes = new Uint8Array(await data.arrayBuffer());
  const { id } = await desk.files.add({ name: data.name, type: data.type, bytes });
  return yes({ token: id });
}

/** A message of a client or of the company. */
function written({ id, from, client, at, text, file }: DemoMessage, fileUrl: Desk['fileUrl']) {
  const person = personOf(client);
  const [sender, to] = from === 'client' ? [person, BOT] : [BOT, person];
  const recipient = { chat_id: person.user_id + 1_000_000, chat_type: 'dialog', user_id: to.user_id };
  return {
    sender,
    recipient,
    timestamp: at,
    body: { mid: `mid.${id}`, seq: id, text, ...(file && { attachments: [attached(file, fileUrl)] }) },
  };
}

function attached(file: NonNullable<DemoMessage['file']>, fileUrl: Desk['fileUrl']) {
  const payload = { url: fileUrl(file), token: file.id };
  const type = /^(?:image|audio)\//.exec(file.type)?.[0].slice(0, -1);
  return type === undefined ? { type: 'file', payload, filename: file.name, size: file.size } : { type, payload };
}

function personOf(client: DemoClient) {
  const { id, first_name, last_name, username } = DEMO_CLIENTS[client];
  return { user_id: id, first_name, last_name, username, is_bot: false };
}

function tokenOf(secret: string): string {
  return `demo-max-bot.${secret}`;
}

function yes(body: object): PlainAnswer {
  return answerJson(200, body);
}

function no(status: number, code: string, message: string): PlainAnswer {
  return answerJson(status, { code, message });
}
