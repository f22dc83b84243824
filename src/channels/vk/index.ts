import type { AdapterOptions, Messenger } from '#channels/channel';
import { createVkApi } from './client.ts';
import { createGreet } from './greet.ts';
import { CHAT_TYPE } from './ids.ts';
import { createPolling } from './long-poll.ts';
import { mapWebhook } from './map.ts';
import { createOpenFile } from './open-file.ts';
import { createProfileOf } from './profile.ts';
import { createOutbound } from './send.ts';
import { createVkSetup } from './setup.ts';
import { isVerified, MAX_BODY_BYTES } from './webhook.ts';

/** Communities of VK, by the Callback API: https://dev.vk.com/ru/api/callback/getting-started */
export function createVk({
  fetch = globalThis.fetch,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
}: AdapterOptions = {}): Messenger {
  const call = createVkApi(fetch, apiUrl);

  return {
    transport: 'vk',
    chatTypes: [CHAT_TYPE],
    setup: createVkSetup({ call, httpsOnly, timeoutMs: setupTimeoutMs }),

    inbound: {
      maxBodyBytes: MAX_BODY_BYTES,
      // Five repetitions, the last an hour after the one before.
      latestDeliveryMs: 2 * 3_600_000,
      // Byte for byte: anything else makes VK repeat the event five times.
      taken: { status: 200, text: 'ok' },
      echoesOwn: true,
      receiptsUpTo: true,
      greet: createGreet(call),
      verify: isVerified,
      parse: (body, { identity }) => mapWebhook(body, identity),
      openFile: createOpenFile(fetch),
      profileOf: createProfileOf(call),
    },

    outbound: createOutbound(call, fetch, apiUrl),

    polling: createPolling(call, fetch, apiUrl),
  };
}
