import type { Credentials } from '#channels/channel';
import type { Acknowledged, Changed, Outbound, Outgoing, Sent } from '#channels/outbound';
import { BAD_TOKEN, type BotAnswer, type CallBotApi } from './client.ts';
import { isDoneAlready, isKindRefused, isLinkRefused, refusalOf } from './errors.ts';
import { type FileWay, waysOf } from './files-out.ts';
import { format } from './format.ts';
import { toMessageId, toProviderId, toQueryId } from './ids.ts';
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

  async function sendFile(
    credentials: Credentials,
    message: Outgoing,
    [way, ...others]: readonly FileWay[],
    signal: AbortSignal,
  ): Promise<BotAnswer> {
    if (!way) return { kind: 'unreachable', reason: 'No way to send the file' };
    const { method, field, file } = way;
    const where = toWhere(message);
    const answer =
      typeof file === 'string'
        ? await call(credentials, method, { ...where, [field]: file }, signal)
        : await call(credentials, method, where, signal, file);
    if (answer.kind !== 'refused') return answer;
    const next =
      typeof file === 'string' && isLinkRefused(answer) ? others : isKindRefused(answer) ? others.slice(-1) : [];
    return next.length > 0 ? sendFile(credentials, message, next, signal) : answer;
  }

  return {
    refuses,
    pace: PACE,
    removeHours: 48,

    async send(credentials, message, signal) {
      const answer = await send(credentials, message, signal);
      const { topic, ...outside } = message;
      const isOutside = topic !== undefined && isTopicGone(answer);
      return toSent(isOutside ? await send(credentials, outside, signal) : answer, message.via);
    },

    async edit(credentials, { to, content, via }, providerId, signal) {
      const message_id = toMessageId(providerId, via);
      if (message_id === undefined) return toChanged(NO_MESSAGE);
      const said = content.type === 'text' ? toText(content.text) : {};
      const where = { ...toWhere({ to, via }), message_id };
      return toChanged(await call(credentials, 'editMessageText', { ...where, ...said }, signal));
    },

    async remove(credentials, { to, via }, providerId, signal) {
      const message_id = toMessageId(providerId, via);
      if (message_id === undefined) return toChanged(NO_MESSAGE);
      if (via === undefined)
        return toChanged(await call(credentials, 'deleteMessage', { ...toWhere({ to }), message_id }, signal));
      const ofBusiness = { business_connection_id: via, message_ids: [message_id] };
      return toChanged(await call(credentials, 'deleteBusinessMessages', ofBusiness, signal));
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

/** A message of another connection, which the present one cannot reach. */
const NO_MESSAGE: BotAnswer = { kind: 'refused', code: '400', description: 'Bad Request: message to edit not found' };

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
