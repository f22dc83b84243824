import type { AdapterOptions, Messenger } from '#channels/channel';
import { createGraph } from '#channels/meta/client';
import { greet } from '#channels/meta/envelope';
import { isSigned } from '#channels/meta/signature';
import { CHAT_TYPE } from './ids.ts';
import { mapWebhook } from './map.ts';
import { createOpenFile, MAX_FILE_BYTES } from './open-file.ts';
import { createWapiOutbound } from './send.ts';
import { createWapiSetup } from './setup.ts';

/**
 * Business numbers of the WhatsApp Cloud API, also those that are in use on a phone too (coexistence).
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/overview
 */
export function createWapi({
  fetch = globalThis.fetch,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
}: AdapterOptions = {}): Messenger {
  const call = createGraph(fetch, apiUrl);

  return {
    transport: 'wapi',
    chatTypes: [CHAT_TYPE],
    setup: createWapiSetup({ call, httpsOnly, timeoutMs: setupTimeoutMs }),

    inbound: {
      // https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
      maxBodyBytes: 3 * 1024 * 1024,
      // Meta repeats a webhook for up to 7 days.
      latestDeliveryMs: 7 * 24 * 3_600_000,
      sharesAddress: true,
      furtherAccounts: ({ wabaId }) => (wabaId === undefined ? [] : [wabaId]),
      greet,
      verify: (request, { credentials }) => isSigned(request, credentials.appSecret ?? ''),
      parse: (body, { text }) => mapWebhook(body, text),
      maxFileBytes: MAX_FILE_BYTES,
      openFile: createOpenFile(fetch, call, apiUrl),
    },

    outbound: createWapiOutbound(call),
  };
}
