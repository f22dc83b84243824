import { hash, timingSafeEqual } from 'node:crypto';

import type { Credentials, Identity, Messenger } from '#channels/channel';
import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Acknowledged, Outgoing, OutgoingContent, Refusal, Sent } from '#channels/outbound';
import { BAD_TOKEN, type BotAnswer, createBotApi } from './client.ts';
import { format, lengthOf } from './format.ts';
import { ALLOWED_UPDATES, createPolling, SECRET_HEADER } from './get-updates.ts';
import { CHAT_TYPE, toMessageId, toProviderId, toQueryId } from './ids.ts';
import { mapUpdate } from './map.ts';
import { botSchema, credentialsSchema, sentMessageSchema } from './schema.ts';

/** What the adapter needs from outside. */
export interface TelegramOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** The address of Telegram itself. `credentials.apiBaseUrl` replaces it. */
  readonly apiUrl?: string | undefined;
  /** Whether `credentials.apiBaseUrl` has to be https, because the token is part of every address. */
  readonly httpsOnly?: boolean | undefined;
  /** How long `connect`, `register` and `unregister` wait for an answer. */
  readonly setupTimeoutMs?: number;
}

/** Telegram bots, with the business accounts that they serve: https://core.telegram.org/bots/api */
export function createTelegram({
  fetch = globalThis.fetch,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
}: TelegramOptions = {}): Messenger {
  const call = createBotApi(fetch, apiUrl);

  async function setUp(credentials: Credentials, method: string, parameters: Record<string, unknown> = {}) {
    return resultOf(await call(credentials, method, parameters, AbortSignal.timeout(setupTimeoutMs)));
  }

  return {
    transport: 'telegram',
    chatTypes: [CHAT_TYPE],

    setup: {
      readCredentials: (input) => readCredentials(input, httpsOnly),

      async connect(credentials) {
        return toIdentity(await setUp(credentials, 'getMe'));
      },

      async register({ credentials, webhookSecret }, url) {
        await setUp(credentials, 'setWebhook', { url, secret_token: webhookSecret, allowed_updates: ALLOWED_UPDATES });
      },

      async unregister(credentials) {
        await setUp(credentials, 'deleteWebhook');
      },

      typedIn: ({ webhookSecret }) => ({ secretToken: webhookSecret }),
    },

    inbound: {
      maxBodyBytes: 1024 * 1024,
      // It repeats an update for a day: https://core.telegram.org/bots/api#getting-updates
      latestDeliveryMs: 24 * 3_600_000,

      verify({ headers }, { webhookSecret }) {
        const given = headers[SECRET_HEADER];
        return webhookSecret !== '' && given !== undefined && timingSafeEqual(digest(given), digest(webhookSecret));
      },

      parse: (body, { identity }) => mapUpdate(body, identity),
    },

    outbound: {
      refuses,

      async send(credentials, message, signal) {
        const post = (to: Outgoing) => call(credentials, 'sendMessage', toParameters(to), signal);
        const answer = await post(message);
        const { topic, ...outside } = message;
        return toSent(topic !== undefined && isTopicGone(answer) ? await post(outside) : answer, message.via);
      },

      // In business chats as well: the query says which.
      async acknowledge(credentials, providerId, signal) {
        const parameters = { callback_query_id: toQueryId(providerId) };
        return toAcknowledged(await call(credentials, 'answerCallbackQuery', parameters, signal));
      },
    },

    polling: createPolling(call, setUp),
  };
}

/** A text with its marks may have so many times the UTF-16 units of the limit. A longer one is not even read. */
const MARKS_AND_TEXT = 4;
const MAX_TEXT = 4096;

function refuses(content: OutgoingContent): string | undefined {
  if (content.type !== 'text') return 'MESSAGE_WRONG_CONTENT_TYPE';
  const { text } = content;
  const isTooLong = text.length > MAX_TEXT * MARKS_AND_TEXT || lengthOf(text) > MAX_TEXT;
  return isTooLong ? 'MESSAGES_TOO_LONG_TELEGRAM' : undefined;
}

function readCredentials(input: unknown, httpsOnly: boolean): { credentials: Credentials } | { fields: string[] } {
  const read = credentialsSchema.safeParse(input);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path }) => `credentials.${String(path[0] ?? 'botToken')}`);
    return { fields: [...new Set(wrong)] };
  }
  const { botToken, apiBaseUrl } = read.data;
  const isOpenToRead = httpsOnly && apiBaseUrl && new URL(apiBaseUrl).protocol !== 'https:';
  if (isOpenToRead) return { fields: ['credentials.apiBaseUrl'] };
  return { credentials: { botToken, ...(apiBaseUrl && { apiBaseUrl: apiBaseUrl.replace(/\/$/, '') }) } };
}

/** Makes lengths equal, as `timingSafeEqual` needs them. */
function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

function resultOf(answer: BotAnswer): unknown {
  switch (answer.kind) {
    case 'ok':
      return answer.result;
    case 'refused':
      throw new CredentialsRefusedError(answer.description, answer.fields);
    case 'throttled':
      throw new MessengerUnreachableError(`it asks to wait ${answer.retryAfterSeconds} s`);
    case 'unreachable':
      throw new MessengerUnreachableError(answer.reason);
    default:
      return answer satisfies never;
  }
}

function toIdentity(result: unknown): Identity {
  const read = botSchema.safeParse(result);
  if (!read.success) throw new MessengerUnreachableError('an unreadable answer to getMe');
  const { id, username, first_name } = read.data;
  const plainId = username || String(id);
  return { id: String(id), plainId, name: first_name || plainId };
}

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

function toParameters({ to, content, quotes, via, topic }: Outgoing): Record<string, unknown> {
  const [{ chatId }] = to;
  const { text, entities } = format(content.type === 'text' ? content.text : '');
  const quoted = quotes === undefined ? undefined : toMessageId(quotes, via);
  return {
    chat_id: /^-?\d+$/.test(chatId) && Number.isSafeInteger(Number(chatId)) ? Number(chatId) : chatId,
    text,
    ...(entities.length > 0 && { entities }),
    // The quoted message may have been deleted meanwhile: https://core.telegram.org/bots/api#replyparameters
    ...(quoted !== undefined && { reply_parameters: { message_id: quoted, allow_sending_without_reply: true } }),
    ...(via !== undefined && { business_connection_id: via }),
    ...(topic !== undefined && { message_thread_id: Number(topic) }),
  };
}

function toAcknowledged(answer: BotAnswer): Acknowledged {
  if (answer.kind === 'throttled') return { ...answer, scope: 'channel' };
  return { kind: answer.kind === 'ok' ? 'done' : answer.kind };
}

/** Telegram's codes are those of HTTP. 403 is a client who has blocked the bot, or never started it. */
function reasonOf(code: string): [string, Refusal['scope']] {
  if (code === '403') return ['BAD_CONTACT', 'person'];
  return [code === '413' ? 'TOO_BIG_CONTENT' : 'UNKNOWN_ERROR', 'message'];
}

function toSent(answer: BotAnswer, via: string | undefined): Sent {
  // Telegram does not say whether this chat or the bot as a whole was too fast.
  if (answer.kind === 'throttled') return { ...answer, scope: 'channel' };
  if (answer.kind === 'refused') {
    const { code, description } = answer;
    const isBadToken = BAD_TOKEN.includes(code);
    const [reason, scope] = isBadToken ? (['CHANNEL_REJECTED', 'channel'] as const) : reasonOf(code);
    return { kind: isBadToken ? 'unauthorized' : 'refused', refusal: { reason, code, description, scope } };
  }
  if (answer.kind !== 'ok') return answer;
  const read = sentMessageSchema.safeParse(answer.result);
  if (!read.success) return { kind: 'unreachable', reason: 'an unreadable answer to sendMessage' };
  return { kind: 'sent', providerId: toProviderId(read.data.message_id, via) };
}
