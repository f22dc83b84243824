import type { Fetched, Polling } from '#channels/channel';
import { MessengerUnreachableError } from '#channels/errors';
import type { Credentials } from '#channels/terms';
import { BAD_TOKEN, type BotAnswer, type CallBotApi } from './client.ts';
import { UPDATES } from './kinds.ts';
import { updatesSchema, webhookInfoSchema } from './schema.ts';

export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

// Listed one by one, because without a list Telegram keeps the previous one, and its default lacks some of these.
// https://core.telegram.org/bots/api#setwebhook
export const ALLOWED_UPDATES = Object.keys(UPDATES).filter((name) => UPDATES[name] !== 'ignored');

const WAIT_SECONDS = 30;
/** Longer than Telegram takes to answer. An answer that has not come by then will not come. */
const GIVE_UP_MS = (WAIT_SECONDS + 15) * 1000;

/** Fetches updates with `getUpdates` instead of a webhook: https://core.telegram.org/bots/api#getupdates */
export function createPolling(
  call: CallBotApi,
  setUp: (credentials: Credentials, method: string) => Promise<unknown>,
): Polling {
  return {
    serves: ({ apiBaseUrl }) => apiBaseUrl === undefined,

    accountOf: ({ botToken = '' }) => botToken.split(':')[0] ?? '',

    async webhookOf(credentials) {
      const read = webhookInfoSchema.safeParse(await setUp(credentials, 'getWebhookInfo'));
      if (!read.success) throw new MessengerUnreachableError('an unreadable answer to getWebhookInfo');
      return read.data.url || undefined;
    },

    async fetch(credentials, from, signal) {
      const wanted = {
        timeout: WAIT_SECONDS,
        allowed_updates: ALLOWED_UPDATES,
        ...(from !== undefined && { offset: from }),
      };
      const givenUp = AbortSignal.any([signal, AbortSignal.timeout(GIVE_UP_MS)]);
      return toFetched(await call(credentials, 'getUpdates', wanted, givenUp));
    },

    headersOf: (secret) => ({ 'content-type': 'application/json', [SECRET_HEADER]: secret }),
  };
}

function toFetched(answer: BotAnswer): Fetched {
  switch (answer.kind) {
    case 'ok': {
      const read = updatesSchema.safeParse(answer.result);
      if (!read.success) return { kind: 'unreachable', reason: 'an unreadable answer to getUpdates' };
      return { kind: 'updates', updates: read.data.map((body) => ({ id: body.update_id, body })) };
    }
    case 'refused':
      if (answer.code === '409') return { kind: 'elsewhere' };
      if (BAD_TOKEN.includes(answer.code)) return { kind: 'unauthorized' };
      return { kind: 'unreachable', reason: `refused with ${answer.code}` };
    case 'throttled':
    case 'unreachable':
      return answer;
    default:
      return answer satisfies never;
  }
}
