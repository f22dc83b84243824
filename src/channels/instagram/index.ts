import type { AdapterOptions, Messenger } from '#channels/channel';
import { createGraph, INSTAGRAM_URL } from '#channels/meta/client';
import type { Dialect } from '#channels/meta/dialect';
import { greet } from '#channels/meta/envelope';
import { mapMessaging } from '#channels/meta/messaging';
import { createMessagingOutbound, type Placed } from '#channels/meta/messaging-send';
import { createOpenUrl, MAX_FILE_BYTES } from '#channels/meta/open-url';
import { createProfileOf } from '#channels/meta/profile';
import { isSigned } from '#channels/meta/signature';
import type { OutgoingFile } from '#channels/outbound';
import { attachmentTypeOf, PACE, refuses } from './limits.ts';
import { createInstagramSetup, wayOf } from './setup.ts';

const DIALECT: Dialect = {
  object: 'instagram',
  chatType: 'instagram',
  // Meta Business Suite, and Instagram itself: in a browser, on Android and on iOS.
  inboxes: new Set([
    ...['263902037430900', '26390203743090', '1217981644879628'],
    ...['936619743392459', '567067343352427', '124024574287414'],
  ]),
};

/**
 * Professional accounts of Instagram, by Instagram Login or by the page that they are linked to.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api
 */
export function createInstagram({
  fetch = globalThis.fetch,
  apiUrl,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
}: AdapterOptions = {}): Messenger {
  const hosts = {
    callInstagram: createGraph(fetch, apiUrl ?? INSTAGRAM_URL),
    callMeta: createGraph(fetch, apiUrl),
  };

  return {
    transport: 'instagram',
    chatTypes: [DIALECT.chatType],
    setup: createInstagramSetup(hosts, { httpsOnly, timeoutMs: setupTimeoutMs }),

    inbound: {
      // A thousand items at most: https://developers.facebook.com/docs/graph-api/webhooks/getting-started
      maxBodyBytes: 3 * 1024 * 1024,
      // Meta repeats a webhook for 36 hours, or for as long as those of WhatsApp: it says both.
      latestDeliveryMs: 7 * 24 * 3_600_000,
      sharesAddress: true,
      echoesOwn: true,
      greet,
      // With Instagram Login, Meta does not say which of an app's two secrets signs.
      verify: (request, { credentials: { appSecret = '', igAppSecret = '' } }) =>
        isSigned(request, appSecret) || isSigned(request, igAppSecret),
      parse: (body, context) => mapMessaging(DIALECT, body, context),
      maxFileBytes: MAX_FILE_BYTES,
      openFile: createOpenUrl(fetch),
      profileOf: createProfileOf(wayOf(hosts), 'name,username'),
    },

    outbound: createMessagingOutbound({
      chatType: DIALECT.chatType,
      wayOf: wayOf(hosts),
      inWindow: {},
      place: async (_way, file) => placeByLink(file),
      refuses,
      pace: PACE,
    }),
  };
}

/** Instagram fetches files itself: https://developers.facebook.com/docs/instagram-platform */
function placeByLink(file: OutgoingFile): Placed {
  const type = attachmentTypeOf(file);
  const [code, subcode] = ['100', '2018047'];
  if (type === undefined) {
    return {
      kind: 'refused',
      code,
      subcode,
      description: `Instagram takes no ${file.kind} of the type ${file.mimeType}`,
    };
  }
  if (file.link === undefined) {
    return {
      kind: 'refused',
      code,
      subcode,
      description: 'Instagram takes a file by a public link only, and there is none',
    };
  }
  return { kind: 'placed', attachment: { type, payload: { url: file.link } }, isRemembered: false };
}
