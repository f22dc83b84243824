import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS } from './kit/clients.ts';
import { aboutFile, type MediaFiles } from './kit/media-files.ts';
import type { DemoMessage, MessengerState } from './messenger-state.ts';

const chat = z.union([z.number(), z.string()]);
const messageId = z.coerce.number();

const setWebhookSchema = z.object({ url: z.string(), secret_token: z._default(z.string(), '') });
const sendMessageSchema = z.object({ chat_id: chat, text: z.string(), reply_markup: z.optional(z.unknown()) });
const sendFileSchema = z.object({
  chat_id: chat,
  caption: z._default(z.string(), ''),
  reply_markup: z.optional(z.unknown()),
});
const editSchema = z.object({ message_id: messageId, text: z.string() });
const deleteSchema = z.object({ message_id: messageId });
const pressSchema = z.object({ callback_query_id: z.string().check(z.minLength(1)) });
const getFileSchema = z.object({ file_id: z.string() });

/** The methods that send a file, with the parameter in which it stands. */
const FILE_METHODS: Readonly<Record<string, string>> = {
  sendPhoto: 'photo',
  sendVideo: 'video',
  sendAudio: 'audio',
  sendVoice: 'voice',
  sendDocument: 'document',
};

/** What a demo bot keeps. */
export interface DemoBotStores {
  readonly state: MessengerState;
  readonly files: MediaFiles;
}

/**
 * Answers a call of the bot as Telegram does, for the methods that Konvert needs:
 * https://core.telegram.org/bots/api#making-requests
 */
export async function callBotMethod(
  stores: DemoBotStores,
  botToken: string,
  method: string,
  parameters: unknown,
): Promise<PlainAnswer> {
  const { state, files } = stores;
  const fileField = Object.hasOwn(FILE_METHODS, method) ? FILE_METHODS[method] : undefined;
  if (fileField !== undefined) return sendFile(stores, fileField, parameters);
  switch (method) {
    case 'getMe':
      return yes({ id: Number(botToken.split(':')[0]), is_bot: true, first_name: 'Demo bot', username: 'demo_bot' });
    case 'getWebhookInfo':
      return yes({ url: state.webhook()?.url ?? '', has_custom_certificate: false, pending_update_count: 0 });
    case 'setWebhook': {
      const read = setWebhookSchema.safeParse(parameters);
      if (!read.success) return no(400, 'Bad Request: url is missing');
      await state.setWebhook({ url: read.data.url, secret: read.data.secret_token });
      return yes(true);
    }
    case 'deleteWebhook':
      await state.setWebhook(undefined);
      return yes(true);
    case 'answerCallbackQuery':
      return pressSchema.safeParse(parameters).success ? yes(true) : no(400, 'Bad Request: QUERY_ID_INVALID');
    case 'sendMessage':
      return sendMessage(state, parameters);
    case 'editMessageText': {
      const { message_id = 0, text = '' } = editSchema.safeParse(parameters).data ?? {};
      const edited = await state.editMessage(message_id, text);
      return edited ? yes(shown(edited)) : no(400, 'Bad Request: message to edit not found');
    }
    case 'deleteMessage': {
      const { message_id = 0 } = deleteSchema.safeParse(parameters).data ?? {};
      const isThere = await state.removeMessage(message_id);
      return isThere ? yes(true) : no(400, 'Bad Request: message to delete not found');
    }
    case 'getFile': {
      const file = await files.get(getFileSchema.safeParse(parameters).data?.file_id ?? '');
      if (!file) return no(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
      const { id, bytes } = file;
      return yes({ file_id: id, file_unique_id: id, file_size: bytes.length, file_path: id });
    }
    default:
      return no(404, 'Not Found');
  }
}

/** The bytes of a file, as Telegram gives them out: https://core.telegram.org/bots/api#getfile */
export async function downloadFile(files: MediaFiles, path: string): Promise<PlainAnswer> {
  const file = await files.get(path);
  if (!file) return no(404, 'Not Found');
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: file.bytes };
}

/** The answer to a call with a token that is not the bot's. */
export function refuseToken(): PlainAnswer {
  return no(401, 'Unauthorized');
}

async function sendMessage(state: MessengerState, parameters: unknown): Promise<PlainAnswer> {
  const read = sendMessageSchema.safeParse(parameters);
  if (!read.success) return no(400, 'Bad Request: message text is empty');
  const { chat_id, text, reply_markup: buttons } = read.data;
  const client = clientOf(chat_id);
  if (!client) return no(400, 'Bad Request: chat not found');
  if (await state.takeRefusal()) return refuseReply();
  const message = { from: 'bot', chat: client.id, text, ...(buttons !== undefined && { buttons }) } as const;
  return yes(shown(await state.addMessage(message)));
}

async function sendFile({ state, files }: DemoBotStores, field: string, parameters: unknown): Promise<PlainAnswer> {
  const read = sendFileSchema.safeParse(parameters);
  const client = read.success ? clientOf(read.data.chat_id) : undefined;
  if (!read.success || !client) return no(400, 'Bad Request: chat not found');
  const given = (parameters as Readonly<Record<string, unknown>>)[field];
  // Addresses are fetched by the real Telegram, which reaches none of this machine.
  if (!(given instanceof File)) return no(400, 'Bad Request: failed to get HTTP URL content');
  if (await state.takeRefusal()) return refuseReply();
  const bytes = new Uint8Array(await given.arrayBuffer());
  const file = await files.add({ name: given.name, type: given.type || 'application/octet-stream', bytes });
  const { caption: text, reply_markup: buttons } = read.data;
  const about = aboutFile(file);
  const message = {
    from: 'bot',
    chat: client.id,
    text,
    file: about,
    ...(buttons !== undefined && { buttons }),
  } as const;
  return yes(shown(await state.addMessage(message)));
}

function refuseReply(): PlainAnswer {
  return no(403, 'Forbidden: bot was blocked by the user');
}

function clientOf(chatId: number | string) {
  return Object.values(DEMO_CLIENTS).find(({ id }) => String(id) === String(chatId));
}

/** The message as the bot gets it in an answer. */
function shown({ message_id, date, chat: id, text, file }: DemoMessage) {
  return { message_id, date, chat: { id, type: 'private' }, ...(file ? { caption: text } : { text }) };
}

function yes(result: unknown): PlainAnswer {
  return answerJson(200, { ok: true, result });
}

function no(code: number, description: string): PlainAnswer {
  return answerJson(code, { ok: false, error_code: code, description });
}
