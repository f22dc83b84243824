import { isSameSecret } from '#calls/secrets';
import type { AdapterOptions, FetchWith, Messenger } from '#channels/channel';
import { createBotApi, type FetchFor } from './client.ts';
import { createPolling, SECRET_HEADER } from './get-updates.ts';
import { CHAT_TYPE } from './ids.ts';
import { mapUpdate } from './map.ts';
import { createOpenFile, MAX_FILE_BYTES } from './open-file.ts';
import { RUSSIAN_TRUSTED_ROOT_CA } from './root-ca.ts';
import { createOutbound } from './send.ts';
import { createMaxSetup } from './setup.ts';
import { createUpload } from './uploads.ts';

/** What the adapter is built on. */
export interface MaxbotOptions extends AdapterOptions {
  /** Makes the `fetch` that trusts the root certificate of MAX. Without it `fetch` has to. */
  readonly fetchWith?: FetchWith | undefined;
  /** The root certificate of MAX (PEM). */
  readonly rootCa?: string;
}

/** Bots of MAX: https://dev.max.ru/docs-api */
export function createMaxbot({
  fetch = globalThis.fetch,
  fetchWith,
  rootCa = RUSSIAN_TRUSTED_ROOT_CA,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
}: MaxbotOptions = {}): Messenger {
  let trusting: typeof globalThis.fetch | undefined;
  // What an operator's own server serves, the operator's machine trusts already.
  const fetchFor: FetchFor = ({ apiBaseUrl }) => {
    if (apiBaseUrl !== undefined || !fetchWith) return fetch;
    trusting ??= fetchWith({ ca: [rootCa] });
    return trusting;
  };
  const call = createBotApi(fetchFor, apiUrl);
  const { setup, webhookOf } = createMaxSetup({ call, httpsOnly, timeoutMs: setupTimeoutMs });

  return {
    transport: 'maxbot',
    chatTypes: [CHAT_TYPE],
    setup,

    inbound: {
      maxBodyBytes: 1024 * 1024,
      // It repeats an update for 8 hours: https://dev.max.ru/docs-api/methods/POST/subscriptions
      latestDeliveryMs: 8 * 3_600_000,
      echoesOwn: true,

      verify: ({ headers }, { webhookSecret }) => isSameSecret(headers[SECRET_HEADER], webhookSecret),

      parse: (body, { identity }) => mapUpdate(body, identity),

      maxFileBytes: MAX_FILE_BYTES,
      openFile: createOpenFile(call, fetchFor),
    },

    outbound: createOutbound(call, createUpload(call, fetchFor, apiUrl)),

    polling: createPolling(call, webhookOf),
  };
}
