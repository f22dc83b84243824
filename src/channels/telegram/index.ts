import { isSameSecret } from '#calls/secrets';
import type { AdapterOptions, Identity, Messenger } from '#channels/channel';
import { MessengerUnreachableError } from '#channels/errors';
import { readCredentials } from '#channels/read-credentials';
import { resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { createBotApi } from './client.ts';
import { credentialsSchema } from './credentials.ts';
import { ALLOWED_UPDATES, createPolling, SECRET_HEADER } from './get-updates.ts';
import { CHAT_TYPE } from './ids.ts';
import { toInspected } from './inspect.ts';
import { mapUpdate } from './map.ts';
import { createOpenFile, MAX_FILE_BYTES } from './open-file.ts';
import { botSchema } from './schema.ts';
import { createOutbound } from './send.ts';

/** Telegram bots, with the business accounts that they serve: https://core.telegram.org/bots/api */
export function createTelegram({
  fetch = globalThis.fetch,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
}: AdapterOptions = {}): Messenger {
  const call = createBotApi(fetch, apiUrl);

  async function setUp(credentials: Credentials, method: string, parameters: Record<string, unknown> = {}) {
    return resultOf(await call(credentials, method, parameters, AbortSignal.timeout(setupTimeoutMs)));
  }

  return {
    transport: 'telegram',
    chatTypes: [CHAT_TYPE],

    setup: {
      readCredentials: (input) => readCredentials(credentialsSchema, input, { all: ['botToken'], httpsOnly }),

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

      inspect: async ({ credentials }, url, signal) =>
        toInspected(await call(credentials, 'getWebhookInfo', {}, signal), url),
    },

    inbound: {
      maxBodyBytes: 1024 * 1024,
      // It repeats an update for a day: https://core.telegram.org/bots/api#getting-updates
      latestDeliveryMs: 24 * 3_600_000,

      verify: ({ headers }, { webhookSecret }) => isSameSecret(headers[SECRET_HEADER], webhookSecret),

      parse: (body, { identity }) => mapUpdate(body, identity),

      maxFileBytes: MAX_FILE_BYTES,
      openFile: createOpenFile(call, fetch, apiUrl),
    },

    outbound: createOutbound(call),

    polling: createPolling(call, setUp),
  };
}

function toIdentity(result: unknown): Identity {
  const read = botSchema.safeParse(result);
  if (!read.success) throw new MessengerUnreachableError('an unreadable answer to getMe');
  const { id, username, first_name } = read.data;
  const plainId = username || String(id);
  return { id: String(id), plainId, name: first_name || plainId };
}
