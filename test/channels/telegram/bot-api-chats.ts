import type { Answer } from '#test/doubles/http';
import type { BotApiOptions } from './bot-api-double.ts';
import { createPaceRule, type Given, refusesFile, refusesKeyboard, refusesText } from './bot-api-rules.ts';

/** A message that the bot sent. */
interface Sent {
  readonly message_id: number;
  readonly date: number;
  field: string;
  text?: string;
  edit_date?: number;
}

const METHODS: Readonly<Record<string, string>> = {
  sendMessage: 'text',
  sendPhoto: 'photo',
  sendVideo: 'video',
  sendAudio: 'audio',
  sendVoice: 'voice',
  sendDocument: 'document',
};

const LASTS_SECONDS = 48 * 3600;

/** The chats of a bot: what it sent, edited and deleted. It answers as Telegram does, in its words. */
export function createBotChats({ pace, onSend, nowMs }: Required<Pick<BotApiOptions, 'nowMs'>> & BotApiOptions) {
  const chats = new Map<string, Map<number, Sent>>();
  const tooFast = pace && createPaceRule(pace, nowMs);
  const nowSeconds = () => Math.floor(nowMs() / 1000);
  let lastId = 1000;

  async function send(method: string, given: Given): Promise<Answer> {
    const { parameters } = given;
    const field = METHODS[method] as string;
    const wait = tooFast?.(parameters.chat_id);
    if (wait !== undefined) {
      onSend?.(parameters.chat_id, parameters.text, false);
      return flood(wait);
    }
    const no =
      (field === 'text' ? refusesText(parameters.text) : await refusesFile(field, given)) ??
      refusesKeyboard(parameters.reply_markup);
    if (no !== undefined) return refusal(no);
    lastId += 1;
    const message: Sent = {
      message_id: lastId,
      date: nowSeconds(),
      field,
      ...(field === 'text' && { text: String(parameters.text) }),
    };
    const chat = chatOf(parameters);
    chats.set(chat, (chats.get(chat) ?? new Map()).set(lastId, message));
    onSend?.(parameters.chat_id, parameters.text, true);
    return yes(shown(message, parameters));
  }

  function edit({ parameters }: Given): Answer {
    const message = chats.get(chatOf(parameters))?.get(Number(parameters.message_id));
    if (!message) return refusal('message to edit not found');
    const no = refusesText(parameters.text);
    if (no !== undefined) return refusal(no);
    if (message.field !== 'text') return refusal('there is no text in the message to edit');
    if (message.text === parameters.text) {
      return refusal(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    }
    message.text = String(parameters.text);
    message.edit_date = nowSeconds();
    return yes(shown(message, parameters));
  }

  /** A message becomes a file: https://core.telegram.org/bots/api#editmessagemedia */
  async function editMedia(given: Given): Promise<Answer> {
    const { parameters, file } = given;
    const message = chats.get(chatOf(parameters))?.get(Number(parameters.message_id));
    if (!message) return refusal('message to edit not found');
    const { type: field, media } = parameters.media as { type: string; media: string };
    if (!['photo', 'video', 'audio', 'document'].includes(field)) return refusal(`unexpected media type ${field}`);
    if (media.startsWith('attach://') !== (media === `attach://${file?.field}`))
      return refusal('file must be non-empty');
    const no = await refusesFile(field, { parameters: { [field]: media }, ...(file && { file: { ...file, field } }) });
    if (no !== undefined) return refusal(no);
    Object.assign(message, { field, text: undefined, edit_date: nowSeconds() });
    return yes(shown(message, parameters));
  }

  function remove({ parameters }: Given): Answer {
    const chat = chats.get(chatOf(parameters));
    const message = chat?.get(Number(parameters.message_id));
    if (!message) return refusal('message to delete not found');
    if (nowSeconds() - message.date > LASTS_SECONDS) return refusal("message can't be deleted for everyone");
    chat?.delete(message.message_id);
    return yes(true);
  }

  /** In business chats no chat is named. */
  function removeOfBusiness({ parameters }: Given): Answer {
    const { business_connection_id: via, message_ids = [] } = parameters as {
      business_connection_id: string;
      message_ids?: number[];
    };
    const own = [...chats].filter(([chat]) => chat.startsWith(`${via}.`)).map(([, sent]) => sent);
    if (own.length === 0) return refusal('BUSINESS_CONNECTION_INVALID');
    for (const sent of own) for (const id of message_ids) sent.delete(id);
    return yes(true);
  }

  /** The answer to a call that is about messages. Undefined for any other. */
  return async function answer(method: string, given: Given): Promise<Answer | undefined> {
    if (METHODS[method]) return send(method, given);
    if (method === 'editMessageText') return edit(given);
    if (method === 'editMessageMedia') return editMedia(given);
    if (method === 'deleteMessage') return remove(given);
    return method === 'deleteBusinessMessages' ? removeOfBusiness(given) : undefined;
  };
}

/** The chats of a business connection number their messages apart. */
function chatOf({ chat_id, business_connection_id: via = '' }: Given['parameters']): string {
  return `${via}.${chat_id}`;
}

function shown({ field, ...message }: Sent, { chat_id, business_connection_id }: Given['parameters']) {
  return {
    ...message,
    chat: { id: chat_id, type: 'private' },
    ...(field !== 'text' && { [field]: field === 'photo' ? [{ file_id: 'F' }] : { file_id: 'F' } }),
    ...(business_connection_id !== undefined && { business_connection_id }),
  };
}

function yes(result: unknown): Answer {
  return { status: 200, body: { ok: true, result } };
}

function refusal(words: string): Answer {
  return { status: 400, body: { ok: false, error_code: 400, description: `Bad Request: ${words}` } };
}

function flood(seconds: number): Answer {
  const description = `Too Many Requests: retry after ${seconds}`;
  return { status: 429, body: { ok: false, error_code: 429, description, parameters: { retry_after: seconds } } };
}
