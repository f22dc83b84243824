import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS, type DemoClient, namesOf } from '../kit/clients.ts';
import type { DemoKind, Desk, KindCall, Own, Posted, Reply } from '../kit/demo-kind.ts';
import type { DemoMessage } from '../kit/kind-state.ts';
import { aboutFile } from '../kit/media-files.ts';

const USER_ID = 70000001;
const ITEM_ID = 4_100_200_300;

const textSchema = z.object({ message: z.object({ text: z.string() }) });
const imageSchema = z.object({ image_id: z.string() });
const uploadSchema = z.object({ 'uploadfile[]': z.instanceof(File) });
const webhookSchema = z.object({ url: z.string() });

/** A stand-in for the messenger of Avito, for one account and one listing: https://developers.avito.ru/api-catalog/messenger */
export const avito: DemoKind = {
  name: 'avito',
  transport: 'avito',
  chatType: 'avito',
  channelName: 'Demo Avito account',
  credentials: (own) => ({ clientId: 'demo-client', clientSecret: own.secret, userId: String(USER_ID) }),
  chatOf,
  said: (message, desk) => webhook(message, DEMO_CLIENTS[message.client].id, desk),
  // What the account sends comes back as well.
  told: (message, desk) => [webhook(message, USER_ID, desk)],
  isKnown: ({ path, headers, sent }, own) =>
    path === '/token'
      ? (sent as { client_secret?: unknown } | undefined)?.client_secret === own.secret
      : headers.authorization === `Bearer ${tokenOf(own)}`,
  stranger: no(401, 'Unauthorized'),
  answer,
};

/** A person has a chat for each listing. */
function chatOf(client: DemoClient): string {
  return `u2i-demo~${DEMO_CLIENTS[client].id}`;
}

async function answer({ path, sent }: KindCall, desk: Desk): Promise<PlainAnswer> {
  switch (path) {
    case '/token':
      return answerJson(200, { access_token: tokenOf(desk), expires_in: 86_400, token_type: 'Bearer' });
    case '/core/v1/accounts/self':
      return answerJson(200, { id: USER_ID, name: 'Demo account' });
    case '/messenger/v1/subscriptions': {
      const { url } = desk.webhook() ?? {};
      return answerJson(200, { subscriptions: url === undefined ? [] : [{ url, version: '3' }] });
    }
    case '/messenger/v3/webhook':
      return subscribe(desk, sent);
    case '/messenger/v1/webhook/unsubscribe': {
      const { url } = webhookSchema.safeParse(sent).data ?? {};
      if (url === desk.webhook()?.url) await desk.setWebhook(undefined);
      return answerJson(200, { ok: true });
    }
    case `/messenger/v1/accounts/${USER_ID}/uploadImages`:
      return upload(desk, sent);
    default: {
      const asked = CHAT.exec(path)?.[1];
      if (asked !== undefined) return chatAnswer(asked);
      const [, chatId, image] = SEND.exec(path) ?? [];
      return chatId === undefined ? no(404, 'Not found') : send(desk, chatId, image !== undefined, sent);
    }
  }
}

const SEND = new RegExp(`^/messenger/v1/accounts/${USER_ID}/chats/([^/]+)/messages(/image)?$`);

const CHAT = new RegExp(`^/messenger/v2/accounts/${USER_ID}/chats/([^/]+)$`);

function chatAnswer(chatId: string): PlainAnswer {
  const names = namesOf(chatId, chatOf);
  if (!names) return no(404, 'Not found');
  return answerJson(200, {
    id: chatId,
    users: [
      { id: USER_ID, name: 'Demo company' },
      { id: 1, name: names.name },
    ],
  });
}

/** Avito looks whether the address is there. */
async function subscribe(desk: Desk, sent: unknown): Promise<PlainAnswer> {
  const { url = '' } = webhookSchema.safeParse(sent).data ?? {};
  if ((await desk.post(url, { body: '{}' })).status !== 200) return no(400, 'The address does not answer');
  await desk.setWebhook({ url, secret: '' });
  return answerJson(200, { ok: true });
}

async function upload({ files, fileUrl }: Desk, sent: unknown): Promise<PlainAnswer> {
  const file = uploadSchema.safeParse(sent).data?.['uploadfile[]'];
  if (!file) return no(400, 'Field uploadfile[] is missing');
  const kept = await files.add({ name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) });
  return answerJson(200, { [kept.id]: { '1280x960': fileUrl(aboutFile(kept)) } });
}

async function send(desk: Desk, chatId: string, isImage: boolean, sent: unknown): Promise<PlainAnswer> {
  const reply = isImage ? imageIn(sent) : textIn(sent);
  if (!reply) return no(400, 'Validation error');
  const delivered = await desk.deliver({ chatId, ...reply });
  if (delivered === 'refused' || delivered === 'nobody') return no(403, 'Forbidden');
  const created = Math.floor(delivered.at / 1000);
  return answerJson(200, { id: idOf(delivered), created, direction: 'out', type: isImage ? 'image' : 'text' });
}

function textIn(sent: unknown): Pick<Reply, 'text'> | undefined {
  return textSchema.safeParse(sent).data?.message;
}

function imageIn(sent: unknown): Pick<Reply, 'text' | 'file'> | undefined {
  const id = imageSchema.safeParse(sent).data?.image_id;
  return id === undefined ? undefined : { text: '', file: { id } };
}

function webhook(message: DemoMessage, author_id: number, desk: Pick<Desk, 'fileUrl'>): Posted {
  const created = Math.floor(message.at / 1000);
  const about = { id: idOf(message), chat_id: chatOf(message.client), user_id: USER_ID, author_id, created };
  const value = { ...about, chat_type: 'u2i', item_id: ITEM_ID, read: null, ...contentOf(message, desk) };
  const id = `00000000-0000-4000-8000-${String(message.id).padStart(12, '0')}`;
  const body = { id, version: 'v3.0.0', timestamp: created, payload: { type: 'message', value } };
  return { body: JSON.stringify(body) };
}

/** Of files Avito tells pictures only. A picture has no words below it. */
function contentOf({ text, file }: DemoMessage, { fileUrl }: Pick<Desk, 'fileUrl'>): object {
  if (!file) return { type: 'text', content: { text } };
  if (!/^image\/(jpeg|png)$/.test(file.type)) return { type: 'file', content: {} };
  return { type: 'image', content: { image: { sizes: { '1280x960': fileUrl(file) } } } };
}

function idOf({ id }: DemoMessage): string {
  return `f00d${String(id).padStart(28, '0')}`;
}

function tokenOf({ secret }: Own): string {
  return `demo.${secret.slice(0, 32)}`;
}

function no(code: number, message: string): PlainAnswer {
  return answerJson(code, { error: { code, message } });
}
