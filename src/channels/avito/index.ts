import type { AdapterOptions, Messenger } from '#channels/channel';
import { greet, isAddressed } from './address.ts';
import { createAvitoApi } from './client.ts';
import { CHAT_TYPE } from './ids.ts';
import { mapWebhook } from './map.ts';
import { createOpenFile } from './open-file.ts';
import { createProfileOf } from './profile.ts';
import { createAvitoOutbound } from './send.ts';
import { createAvitoSetup } from './setup.ts';

/**
 * The messenger of accounts at Avito. A person writes about a listing, so they have as many chats as listings.
 * https://developers.avito.ru/api-catalog/messenger/documentation
 */
export function createAvito({
  fetch = globalThis.fetch,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
}: AdapterOptions = {}): Messenger {
  const call = createAvitoApi(fetch, apiUrl);

  return {
    transport: 'avito',
    chatTypes: [CHAT_TYPE],
    setup: createAvitoSetup({ call, httpsOnly, timeoutMs: setupTimeoutMs }),

    inbound: {
      maxBodyBytes: 1024 * 1024,
      // How long it repeats is not told anywhere.
      latestDeliveryMs: 24 * 3_600_000,
      // What is sent by the API comes back as what colleagues write at Avito.
      echoesOwn: true,
      greet,
      verify: isAddressed,
      parse: (body, { identity }) => mapWebhook(body, identity),
      openFile: createOpenFile(fetch, call),
      profileOf: createProfileOf(call),
    },

    outbound: createAvitoOutbound(call),
  };
}
