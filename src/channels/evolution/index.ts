import { isSameSecret } from '#calls/secrets';
import type { AdapterOptions, Messenger } from '#channels/channel';
import type { KnownBy, WebhookRequest } from '#channels/inbound';
import { type Clock, systemClock } from '#clock';
import { createBridge } from './client.ts';
import { CHAT_TYPE } from './ids.ts';
import { createInspection } from './inspect.ts';
import { isTokenOf } from './jwt.ts';
import { mapWebhook } from './map.ts';
import { createOpenFile, MAX_FILE_BYTES } from './open-file.ts';
import { createRecent } from './recent.ts';
import { createEvolutionOutbound } from './send.ts';
import { createEvolutionSetup } from './setup.ts';

/** What the adapter is built on. */
export interface EvolutionOptions extends Omit<AdapterOptions, 'apiUrl'> {
  readonly clock?: Clock;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Phones with WhatsApp that are linked by a QR code, by an Evolution API bridge that the operator runs. WhatsApp does
 * not allow that, and the bridge loses messages: `docs/messengers/whatsapp-qr.md`.
 * https://doc.evolution-api.com/v2/en/get-started/introduction
 */
export function createEvolution({
  fetch = globalThis.fetch,
  httpsOnly = false,
  setupTimeoutMs = 10_000,
  clock = systemClock,
}: EvolutionOptions = {}): Messenger {
  const call = createBridge(fetch);

  return {
    transport: 'whatsapp',
    chatTypes: [CHAT_TYPE],
    setup: createEvolutionSetup({
      call,
      inspection: createInspection(call, clock),
      httpsOnly,
      timeoutMs: setupTimeoutMs,
    }),

    inbound: {
      // A body with a file in it, which some bridges send whatever they are told, has more: evo#956.
      maxBodyBytes: 5 * 1024 * 1024,
      // A phone that was off for weeks tells everything when it is back.
      latestDeliveryMs: 30 * DAY_MS,
      echoesOwn: true,
      repeatsOnlyAfter5xx: true,
      verify: (request, channel) => isFromBridge(request, channel, clock.now()),
      parse: (body) => mapWebhook(body),
      recent: createRecent(call, clock),
      maxFileBytes: MAX_FILE_BYTES,
      openFile: createOpenFile(fetch, call),
    },

    outbound: createEvolutionOutbound(call),
  };
}

/** A bridge of 2.3.6 or later signs a token with the key. An earlier one sends the key itself. */
function isFromBridge({ headers }: WebhookRequest, { webhookSecret }: KnownBy, now: number): boolean {
  const { authorization } = headers;
  if (authorization === undefined) return isSameSecret(headers.jwt_key, webhookSecret);
  const [scheme, token = ''] = authorization.split(' ');
  return scheme === 'Bearer' && isTokenOf(token, webhookSecret, now);
}
