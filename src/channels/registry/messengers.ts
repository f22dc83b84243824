import type { AdapterOptions, FetchWith, Messenger } from '#channels/channel';
import type { Credentials } from '#channels/terms';

/** Every messenger that Konvert speaks. */
export interface Messengers {
  /** The messenger of a transport, or undefined if there is none of that name. It is loaded when it is first asked for. */
  messengerFor(transport: string): Promise<Messenger | undefined>;
  /** Whether the updates for these credentials are fetched here, instead of coming to a webhook. Absent if none are. */
  readonly isPolled?: ((transport: string, credentials: Credentials) => Promise<boolean>) | undefined;
}

/** What messengers are built on. The real implementation stands in for what is left out. */
export interface MessengersOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** Makes a `fetch` that trusts further root certificates (PEM). Absent: a messenger that needs one is not reached. */
  readonly fetchWith?: FetchWith | undefined;
  /** The address of a transport's messenger, where it is not the messenger's own. */
  readonly apiUrls?: Readonly<Partial<Record<string, string>>>;
  /** Whether addresses in credentials have to be https. */
  readonly httpsOnly?: boolean;
}

type Load = (options: AdapterOptions & Pick<MessengersOptions, 'fetchWith'>) => Promise<Messenger>;

/** A new messenger is one more line here, in `credentials.ts` and in `src/domain/chat-types.ts`. */
const LOADS: Readonly<Record<string, Load>> = {
  facebook: async (options) => (await import('#channels/facebook/index')).createFacebook(options),
  instagram: async (options) => (await import('#channels/instagram/index')).createInstagram(options),
  maxbot: async (options) => (await import('#channels/maxbot/index')).createMaxbot(options),
  telegram: async (options) => (await import('#channels/telegram/index')).createTelegram(options),
  whatsapp: async (options) => (await import('#channels/evolution/index')).createEvolution(options),
  wapi: async (options) => (await import('#channels/wapi/index')).createWapi(options),
  avito: async (options) => (await import('#channels/avito/index')).createAvito(options),
  vk: async (options) => (await import('#channels/vk/index')).createVk(options),
  viber: async (options) => (await import('#channels/viber/index')).createViber(options),
};

/** Builds messengers on one `fetch`, each when it is first asked for: a function that serves one loads no other. */
export function createMessengers(options: MessengersOptions = {}): Messengers {
  const { fetch = globalThis.fetch, fetchWith, apiUrls = {}, httpsOnly } = options;
  const loaded = new Map<string, Promise<Messenger>>();

  return {
    async messengerFor(transport) {
      const load = Object.hasOwn(LOADS, transport) ? LOADS[transport] : undefined;
      if (!load) return undefined;
      const messenger = loaded.get(transport) ?? load({ fetch, fetchWith, apiUrl: apiUrls[transport], httpsOnly });
      loaded.set(transport, messenger);
      return messenger;
    },
  };
}
