import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS, namesOf } from '../kit/clients.ts';
import type { DemoKind, Desk, KindCall } from '../kit/demo-kind.ts';
import type { DemoMessage } from '../kit/kind-state.ts';
import { askUpload, attachmentOf, fileIn, save, upload, uploadKey } from './files.ts';

const GROUP_ID = 700001;
const SERVER_ID = 1;
const CONFIRMATION = 'de70c0de';
const RIGHTS = ['messages', 'manage', 'photos', 'docs'];

const serverSchema = z.object({ url: z.string(), secret_key: z._default(z.string(), '') });
const sendSchema = z.object({
  peer_ids: z.string(),
  message: z._default(z.string(), ''),
  attachment: z.optional(z.string()),
  keyboard: z.optional(z.string()),
  random_id: z.string(),
});
const usersSchema = z.object({ user_ids: z._default(z.string(), '') });
const keyboardSchema = z.object({
  buttons: z.array(z.array(z.object({ action: z.object({ label: z.string() }) }))),
});

/**
 * A stand-in for the API and the Callback API of VK, for one community: https://dev.vk.com/ru/api/callback/getting-started
 */
export const vk: DemoKind = {
  name: 'vk',
  transport: 'vk',
  chatType: 'vk',
  channelName: 'Demo VK community',
  credentials: ({ secret }) => ({ groupId: String(GROUP_ID), accessToken: `vk1.a.${secret}` }),
  chatOf: (client) => String(DEMO_CLIENTS[client].id),
  said: (message, place) => {
    const object = { message: vkMessage(message, place), client_info: {} };
    return event('message_new', `${message.id}`, place.to.secret, object);
  },
  told: ({ id, client }, { to }) => {
    const from_id = DEMO_CLIENTS[client].id;
    const read = { from_id, peer_id: from_id, read_message_id: id, conversation_message_id: id };
    return [event('message_read', `r${id}`, to.secret, read)];
  },
  isKnown: ({ path, headers, sent }, { secret }) => {
    const inForm = (sent as { access_token?: unknown } | undefined)?.access_token;
    const isUpload = path.endsWith(`/${uploadKey(secret)}`);
    return isUpload || headers.authorization === `Bearer vk1.a.${secret}` || inForm === `vk1.a.${secret}`;
  },
  stranger: no(5, 'User authorization failed: invalid access_token (4).'),
  answer,
};

async function answer(call: KindCall, desk: Desk): Promise<PlainAnswer> {
  const { path, sent } = call;
  if (path.startsWith('/upload/')) return upload(call, desk);
  switch (path) {
    case '/method/groups.getById':
      return yes({ groups: [{ id: GROUP_ID, name: 'Demo community', screen_name: 'demo_community' }], profiles: [] });
    case '/method/groups.getTokenPermissions':
      return yes({ mask: 1, permissions: RIGHTS.map((name) => ({ name, setting: 1 })) });
    case '/method/groups.getCallbackConfirmationCode':
      return yes({ code: CONFIRMATION });
    case '/method/groups.getCallbackServers': {
      const { url = '' } = desk.webhook() ?? {};
      return yes(url === '' ? { count: 0, items: [] } : { count: 1, items: [{ id: SERVER_ID, url, status: 'ok' }] });
    }
    case '/method/groups.addCallbackServer':
      return addServer(desk, sent);
    case '/method/groups.deleteCallbackServer':
      await desk.setWebhook(undefined);
      return yes(1);
    case '/method/groups.setCallbackSettings':
      return yes(1);
    case '/method/groups.getCallbackSettings':
      return yes({ api_version: '5.199', events: { message_new: 1 } });
    case '/method/photos.getMessagesUploadServer':
    case '/method/docs.getMessagesUploadServer':
      return yes(askUpload(path.includes('photos') ? 'photo' : 'file', desk));
    case '/method/photos.saveMessagesPhoto':
    case '/method/docs.save':
      return yes(save(sent, GROUP_ID));
    case '/method/users.get':
      return users(sent);
    case '/method/messages.send':
      return send(desk, sent);
    case '/method/messages.sendMessageEventAnswer':
      return yes(1);
    default:
      return no(3, 'Unknown method passed.');
  }
}

/** VK asks a new address for the code of the community. */
async function addServer(desk: Desk, sent: unknown): Promise<PlainAnswer> {
  const read = serverSchema.safeParse(sent);
  if (!read.success) return no(100, 'One of the parameters specified was missing or invalid: url');
  const { url, secret_key: secret } = read.data;
  const asked = { type: 'confirmation', group_id: GROUP_ID, secret };
  const confirmed = await desk.post(url, { body: JSON.stringify(asked) });
  if (confirmed.body !== CONFIRMATION) return no(100, 'One of the parameters specified was missing or invalid: url');
  await desk.setWebhook({ url, secret });
  return yes({ server_id: SERVER_ID });
}

function users(sent: unknown): PlainAnswer {
  const { user_ids: id } = usersSchema.parse(sent);
  const names = namesOf(id, vk.chatOf);
  return yes(names ? [{ id: Number(id), ...names }] : []);
}

async function send(desk: Desk, sent: unknown): Promise<PlainAnswer> {
  const read = sendSchema.safeParse(sent);
  if (!read.success) return no(100, 'One of the parameters specified was missing or invalid: random_id');
  const { peer_ids: chatId, message: text, attachment, keyboard } = read.data;
  const delivered = await desk.deliver({ chatId, text, file: fileIn(attachment), buttons: labelsIn(keyboard) });
  if (delivered === 'refused') return refuse(chatId, 900, "Can't send messages for users from blacklist");
  if (delivered === 'nobody') return refuse(chatId, 901, "Can't send messages for users without permission");
  return yes([{ peer_id: Number(chatId), message_id: delivered.id, conversation_message_id: delivered.id }]);
}

/** What is wrong with a person is said of that person. */
function refuse(chatId: string, code: number, description: string): PlainAnswer {
  return yes([{ peer_id: Number(chatId), message_id: 0, error: { code, description } }]);
}

function labelsIn(keyboard: string | undefined): readonly string[] | undefined {
  if (keyboard === undefined) return undefined;
  const read = keyboardSchema.safeParse(JSON.parse(keyboard));
  return read.data?.buttons.flat().map(({ action }) => action.label);
}

function vkMessage({ id, client, at, text, file }: DemoMessage, desk: Pick<Desk, 'fileUrl'>) {
  const from = DEMO_CLIENTS[client].id;
  const about = { id, conversation_message_id: id, peer_id: from, from_id: from, date: Math.floor(at / 1000), out: 0 };
  const attachments = file ? [attachmentOf(file, desk.fileUrl(file))] : [];
  return { ...about, version: id, text, attachments, fwd_messages: [] };
}

function event(type: string, eventId: string, secret: string, object: unknown) {
  return { body: JSON.stringify({ type, group_id: GROUP_ID, event_id: eventId, v: '5.199', secret, object }) };
}

function yes(response: unknown): PlainAnswer {
  return answerJson(200, { response });
}

/** VK answers with 200 whatever happens. */
function no(code: number, description: string): PlainAnswer {
  return answerJson(200, { error: { error_code: code, error_msg: description } });
}
