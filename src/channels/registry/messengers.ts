import type { Messenger } from '#channels/channel';
import { createTelegram } from '#channels/telegram/index';

/** Every messenger that Konvert speaks. */
export interface Messengers {
  /** The messenger of a transport, or undefined if there is none of that name. */
  messengerFor(transport: string): Messenger | undefined;
}

/** What messengers are built on. The real implementation stands in for what is left out. */
export interface MessengersOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** The address of Telegram itself. */
  readonly telegramApi?: string | undefined;
}

/** Builds all messengers on one `fetch`. A new messenger is one more line here. */
export function createMessengers({ fetch = globalThis.fetch, telegramApi }: MessengersOptions = {}): Messengers {
  const messengers = [createTelegram({ fetch, apiUrl: telegramApi })];
  const byTransport = new Map(messengers.map((messenger) => [messenger.transport, messenger]));
  return { messengerFor: (transport) => byTransport.get(transport) };
}
