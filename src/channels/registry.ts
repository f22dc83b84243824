import type { Messenger } from '#channels/channel';
import { createTelegram } from './telegram/index.ts';

/** Every messenger that Konvert speaks. */
export interface Messengers {
  /** The messenger of a transport, or undefined where there is none of that name. */
  messengerFor(transport: string): Messenger | undefined;
}

/** Builds all messengers on one `fetch`. A new messenger is one more line here. */
export function createMessengers({ fetch = globalThis.fetch }: { fetch?: typeof globalThis.fetch } = {}): Messengers {
  const messengers = [createTelegram({ fetch })];
  const byTransport = new Map(messengers.map((messenger) => [messenger.transport, messenger]));
  return { messengerFor: (transport) => byTransport.get(transport) };
}
