import type { Acknowledged, Changed, Outbound, Outgoing, Sent } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { BAD_TOKEN, type BotAnswer, type CallBotApi } from './client.ts';
import { isDoneAlready, isKindRefused, isLinkRefused, refusalOf } from './errors.ts';
import { editWaysOf, type FileWay, waysOf } from './files-out.ts';
import { format } from './format.ts';
import { placeOfSent, toMessageId, toProviderId, toQueryId } from './ids.ts';
import { toMarkup } from './keyboard.ts';
import { refuses } from './refuses.ts';
import { editedMessageSchema, sentMessageSchema } from './schema.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Sends, edits and deletes what the team writes. A topic that is gone is left out. */
export function createOutbound(call: CallBotApi): Outbound {
  async function send(credentials: Credentials, message: Outgoing, signal: AbortSignal): Promise<BotAnswer> {
    const { content } = message;
    if (content.type === 'file') return sendFile(credentials, message, waysOf(content.file), signal);
    if (content.type === 'template') return { kind: 'refused', code: 'TEMPLATE', description: 'No templates here' };
    const { text, buttons } = content;
    const said = { ...toText(text), ...(buttons && { reply_markup: toMarkup(buttons) }) };
    return call(credentials, 'sendMessage', { ...toWhere(message), ...said }, signal);
  }

  function sendFile(
    credentials: Credentials,
    message: Outgoing,
    ways: readonly FileWay[],
    signal: AbortSignal,
  ): Promise<BotAnswer> {
    const where = toWhere(message);
    return tryWays(ways, ({ method, field, file }) =>
      typeof file === 'string'
        ? call(credentials, method, { ...where, [field]: file }, signal)
        : call(credentials, method, where, signal, file),
    );
  }

  /** https://core.telegram.org/bots/api#editmessagemedia */
  function replaceByFile(
    credentials: Credentials,
    where: Parameters,
    ways: readonly FileWay[],
    signal: AbortSignal,
  ): Promise<BotAnswer> {
    return tryWays(ways, ({ field: type, file }) => {
      const media = { type, media: typeof file === 'string' ? file : `attach://${file.field}` };
      const upload = typeof file === 'string' ? undefined : file;
      return call(credentials, 'editMessageMedia', { ...where, media }, signal, upload);
    });
  }

  /** Goes on to the next way if one is refused for what the next does otherwise. */
  async function tryWays(
    [way, ...others]: readonly FileWay[],
    attempt: (way: FileWay) => Promise<BotAnswer>,
  ): Promise<BotAnswer> {
    if (!way) return { kind: 'unreachable', reason: 'No way to send the file' };
    const { file } = way;
    const answer = await attempt(way);
    if (answer.kind !== 'refused') return answer;
    const next =
      typeof file === 'string' && isLinkRefused(answer) ? others : isKindRefused(answer) ? others.slice(-1) : [];
    return next.length > 0 ? tryWays(next, attempt) : answer;
  }

  return {
    refuses,
    reaches: (chatId) => /^-?\d{1,20}$/.test(chatId),
    pace: PACE,
    removeHours: 48,
    editsFiles: true,

    async send(credentials, message, signal) {
      const answer = await send(credentials, message, signal);
      const { topic, ...outside } = message;
      const isOutside = topic !== undefined && isTopicGone(answer);
      return toSent(isOutside ? await send(credentials, outside, signal) : answer, message.via);
    },

    // By the connection that it left by: the chats of each number their messages apart.
    async edit(credentials, { to, content }, providerId, signal) {
      const place = placeOfSent(providerId);
      if (!place) return toChanged(NO_MESSAGE);
      if (content.type === 'template') return toChanged(NO_TEXT);
      const where = { ...toWhere({ to, via: place.via }), message_id: place.messageId };
      if (content.type === 'file') {
        return toChanged(await replaceByFile(credentials, where, editWaysOf(content.file), signal));
      }
      return toChanged(await call(credentials, 'editMessageText', { ...where, ...toText(content.text) }, signal));
    },

    async remove(credentials, { to }, providerId, signal) {
      const place = placeOfSent(providerId);
      if (!place) return toChanged(NO_MESSAGE);
      const { messageId, via } = place;
      const [method, parameters] =
        via === undefined
          ? ['deleteMessage', { ...toWhere({ to }), message_id: messageId }]
          : ['deleteBusinessMessages', { business_connection_id: via, message_ids: [messageId] }];
      return toChanged(await call(credentials, method, parameters, signal));
    },

    // In business chats as well: the query says which.
    async acknowledge(credentials, providerId, signal) {
      const parameters = { callback_query_id: toQueryId(providerId) };
      return toAcknowledged(await call(credentials, 'answerCallbackQuery', parameters, signal));
    },
  };
}

/**
 * "In a single chat, avoid sending more than one message per second. We may allow short bursts"; "not more than about 30
 * messages per second" of a bot: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 */
const PACE = { perSecond: 30, chatMs: 1_000, chatBurst: 3 };

/** What was sent is no message that could be changed. */
const NO_MESSAGE: BotAnswer = { kind: 'refused', code: '400', description: 'Bad Request: message to edit not found' };

/** What shall be said instead has no text. */
const NO_TEXT: BotAnswer = {
  kind: 'refused',
  code: '400',
  description: 'Bad Request: there is no text in the message to edit',
};

/**
 * Whether the answer says that nothing can be written in that topic any more. A deleted one is "message thread not
 * found": https://github.com/tdlib/telegram-bot-api/issues/854. Where topics were switched off it is "chat is not a
 * forum": https://github.com/tdlib/td/blob/master/td/telegram/MessageTopic.cpp. Codes of Telegram itself, such as
 * TOPIC_CLOSED, are passed on as they are: https://core.telegram.org/method/messages.sendMessage. So any refusal that
 * speaks of topics counts. Nothing was sent then.
 */
function isTopicGone(answer: BotAnswer): boolean {
  return answer.kind === 'refused' && answer.code === '400' && /topic|thread|forum/i.test(answer.description);
}

/** The chat, and the place in it. */
function toWhere({ to, quotes, via, topic }: Pick<Outgoing, 'to' | 'quotes' | 'via' | 'topic'>): Parameters {
  const [{ chatId }] = to;
  const quoted = quotes === undefined ? undefined : toMessageId(quotes, via);
  return {
    chat_id: /^-?\d+$/.test(chatId) && Number.isSafeInteger(Number(chatId)) ? Number(chatId) : chatId,
    // The quoted message may have been deleted meanwhile: https://core.telegram.org/bots/api#replyparameters
    ...(quoted !== undefined && { reply_parameters: { message_id: quoted, allow_sending_without_reply: true } }),
    ...(via !== undefined && { business_connection_id: via }),
    ...(topic !== undefined && { message_thread_id: Number(topic) }),
  };
}

function toText(marked: string): Parameters {
  const { text, entities } = format(marked);
  return { text, ...(entities.length > 0 && { entities }) };
}

function toAcknowledged(answer: BotAnswer): Acknowledged {
  if (answer.kind === 'throttled') return { ...answer, scope: 'channel' };
  return { kind: answer.kind === 'ok' ? 'done' : answer.kind };
}

function toSent(answer: BotAnswer, via: string | undefined): Sent {
  if (answer.kind !== 'ok') return toNo(answer);
  const read = sentMessageSchema.safeParse(answer.result);
  if (!read.success) return { kind: 'unreachable', reason: 'an unreadable answer to a message' };
  return { kind: 'sent', providerId: toProviderId(read.data.message_id, via) };
}

/** Of a message of a person the answer holds the message, of everything else `true`. */
function toChanged(answer: BotAnswer): Changed {
  if (answer.kind === 'ok') {
    const { edit_date } = editedMessageSchema.safeParse(answer.result).data ?? {};
    return { kind: 'done', ...(edit_date !== undefined && { at: edit_date * 1000 }) };
  }
  return answer.kind === 'refused' && isDoneAlready(answer) ? { kind: 'done' } : toNo(answer);
}

function toNo(answer: Exclude<BotAnswer, { kind: 'ok' }>): Exclude<Sent, { kind: 'sent' }> {
  // Telegram does not say whether this chat or the bot as a whole was too fast.
  if (answer.kind === 'throttled') return { ...answer, scope: 'channel' };
  if (answer.kind !== 'refused') return answer;
  const { code, description } = answer;
  return { kind: BAD_TOKEN.includes(code) ? 'unauthorized' : 'refused', refusal: refusalOf({ code, description }) };
}
