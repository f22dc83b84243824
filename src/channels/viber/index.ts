import type { AdapterOptions, Messenger } from '#channels/channel';
import { createViberApi } from './client.ts';
import { CHAT_TYPE } from './ids.ts';
import { mapWebhook } from './map.ts';
import { createOpenFile } from './open-file.ts';
import { createViberOutbound } from './send.ts';
import { createViberSetup } from './setup.ts';
import { greet, isSigned } from './signature.ts';

/** Bots of Viber: https://developers.viber.com/docs/api/rest-bot-api/ */
export function createViber({
  fetch = globalThis.fetch,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
}: AdapterOptions = {}): Messenger {
  const call = createViberApi(fetch, apiUrl);

  return {
    transport: 'viber',
    chatTypes: [CHAT_TYPE],
    setup: createViberSetup({ call, httpsOnly, timeoutMs: setupTimeoutMs }),

    inbound: {
      maxBodyBytes: 1024 * 1024,
      // It repeats within an hour. https://developers.viber.com/docs/api/rest-bot-api/#callbacks
      latestDeliveryMs: 2 * 3_600_000,
      greet,
      verify: (request, { credentials }) => isSigned(request, credentials.authToken ?? ''),
      parse: (body, { text }) => mapWebhook(body, text),
      openFile: createOpenFile(fetch),
    },

    outbound: createViberOutbound(call),
  };
}
