import type { AdapterOptions, Messenger } from '#channels/channel';
import { createGraph } from '#channels/meta/client';
import type { Dialect } from '#channels/meta/dialect';
import { greet } from '#channels/meta/envelope';
import { mapMessaging } from '#channels/meta/messaging';
import { createMessagingOutbound } from '#channels/meta/messaging-send';
import { createOpenUrl, MAX_FILE_BYTES } from '#channels/meta/open-url';
import { createProfileOf } from '#channels/meta/profile';
import { isSigned } from '#channels/meta/signature';
import { type Clock, systemClock } from '#clock';
import { PACE, refuses } from './limits.ts';
import { createUploads } from './place.ts';
import { createFacebookSetup, wayOf } from './setup.ts';

/** What the adapter is built on. */
export interface FacebookOptions extends AdapterOptions {
  readonly clock?: Clock;
}

const DIALECT: Dialect = {
  object: 'page',
  chatType: 'facebook',
  // The inbox of pages, which is Meta Business Suite as well.
  inboxes: new Set(['263902037430900', '26390203743090']),
};

/**
 * Pages of Facebook. Their clients write in Messenger.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview
 */
export function createFacebook({
  fetch = globalThis.fetch,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
  clock = systemClock,
}: FacebookOptions = {}): Messenger {
  const call = createGraph(fetch, apiUrl);
  const uploads = createUploads(clock.now);

  return {
    transport: 'facebook',
    chatTypes: [DIALECT.chatType],
    setup: createFacebookSetup(call, { httpsOnly, timeoutMs: setupTimeoutMs }),

    inbound: {
      // A thousand items at most: https://developers.facebook.com/docs/graph-api/webhooks/getting-started
      maxBodyBytes: 3 * 1024 * 1024,
      // Meta says 36 hours, and 7 days of the same servers for WhatsApp.
      latestDeliveryMs: 7 * 24 * 3_600_000,
      sharesAddress: true,
      echoesOwn: true,
      receiptsUpTo: true,
      greet,
      verify: (request, { credentials }) => isSigned(request, credentials.appSecret ?? ''),
      parse: (body, context) => mapMessaging(DIALECT, body, context),
      maxFileBytes: MAX_FILE_BYTES,
      openFile: createOpenUrl(fetch),
      profileOf: createProfileOf(wayOf(call), 'first_name,last_name,name'),
    },

    outbound: createMessagingOutbound({
      chatType: DIALECT.chatType,
      wayOf: wayOf(call),
      inWindow: { messaging_type: 'RESPONSE' },
      place: uploads.place,
      forget: uploads.forget,
      refuses,
      pace: PACE,
      clock,
    }),
  };
}
