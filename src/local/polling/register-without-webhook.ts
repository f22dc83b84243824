import type { Messenger } from '#channels/channel';
import { ConnectedElsewhereError } from '#channels/errors';
import type { Messengers } from '#channels/registry/messengers';
import { clearWebhook } from './clear-webhook.ts';

/**
 * Whether the updates of this messenger account are fetched for another channel than the one of the webhook address
 * `url`.
 */
export type IsTaken = (transport: string, account: string, url: string) => boolean;

/**
 * The messengers for a machine that they cannot reach. Registering a channel that speaks to the messenger itself leaves
 * the messenger without a webhook, so that its updates can be fetched.
 */
export function withoutWebhooks({ messengerFor }: Messengers, isTaken: IsTaken): Messengers {
  const byTransport = new Map<string, Messenger | undefined>();
  return {
    async messengerFor(transport) {
      if (!byTransport.has(transport))
        byTransport.set(transport, withoutWebhook(await messengerFor(transport), isTaken));
      return byTransport.get(transport);
    },
    isPolled: async (transport, credentials) => (await messengerFor(transport))?.polling?.serves(credentials) ?? false,
  };
}

function withoutWebhook(messenger: Messenger | undefined, isTaken: IsTaken): Messenger | undefined {
  if (!messenger?.polling) return messenger;
  const { setup, polling, transport } = messenger;
  return {
    ...messenger,
    setup: {
      ...setup,

      async register(channel, url, options = {}) {
        const { credentials } = channel;
        if (!polling.serves(credentials)) return setup.register(channel, url, options);
        if (isTaken(transport, polling.accountOf(credentials), url)) {
          throw new ConnectedElsewhereError('Another channel here fetches what this bot gets');
        }
        await clearWebhook(setup, polling, credentials, url, options.takeOver);
      },

      async unregister(credentials, url) {
        // A fetched channel has no webhook of its own. A webhook that is set by now belongs to another program.
        if (!polling.serves(credentials)) await setup.unregister(credentials, url);
      },
    },
  };
}
