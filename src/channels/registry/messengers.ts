import type { Messenger } from '#channels/channel';
import { createTelegram } from '#channels/telegram/index';
import type { Credentials } from '#channels/terms';
import { createWapi } from '#channels/wapi/index';

/** Every messenger that Konvert speaks. */
export interface Messengers {
  /** The messenger of a transport, or undefined if there is none of that name. */
  messengerFor(transport: string): Messenger | undefined;
  /** Whether the updates for these credentials are fetched here, instead of coming to a webhook. Absent if none are. */
  readonly isPolled?: ((transport: string, credentials: Credentials) => boolean) | undefined;
}

/** What messengers are built on. The real implementation stands in for what is left out. */
export interface MessengersOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** The address of Telegram itself. */
  readonly telegramApi?: string | undefined;
  /** The address of Meta's Graph API. */
  readonly graphApi?: string | undefined;
  /** Whether addresses in credentials have to be https. */
  readonly httpsOnly?: boolean;
}

/** Builds all messengers on one `fetch`. A new messenger is one more line here. */
export function createMessengers(options: MessengersOptions = {}): Messengers {
  const { fetch = globalThis.fetch, telegramApi, graphApi, httpsOnly } = options;
  const messengers = [
    createTelegram({ fetch, apiUrl: telegramApi, httpsOnly }),
    createWapi({ fetch, apiUrl: graphApi, httpsOnly }),
  ];
  const byTransport = new Map(messengers.map((messenger) => [messenger.transport, messenger]));
  return { messengerFor: (transport) => byTransport.get(transport) };
}
