import type { Credentials, Messenger, Polling } from '#channels/channel';
import { ConnectedElsewhereError } from '#channels/errors';
import type { Messengers } from '#channels/registry';

/** Whether a channel other than that of the webhook address is fetched from the account at the messenger. */
export type IsTaken = (transport: string, account: string, url: string) => boolean;

/**
 * Messengers where nobody can reach this machine: channels that speak to the messenger itself are registered by leaving
 * the messenger without a webhook, so that their updates can be fetched.
 */
export function withPolling({ messengerFor }: Messengers, isTaken: IsTaken): Messengers {
  const byTransport = new Map<string, Messenger | undefined>();
  return {
    messengerFor(transport) {
      if (!byTransport.has(transport)) byTransport.set(transport, polled(messengerFor(transport), isTaken));
      return byTransport.get(transport);
    },
  };
}

function polled(messenger: Messenger | undefined, isTaken: IsTaken): Messenger | undefined {
  const { polling } = messenger ?? {};
  if (!messenger || !polling) return messenger;
  return {
    ...messenger,
    isPolled: polling.serves,

    async register(credentials, url, secret, options = {}) {
      if (!polling.serves(credentials)) return messenger.register(credentials, url, secret, options);
      if (isTaken(messenger.transport, polling.accountOf(credentials), url)) {
        throw new ConnectedElsewhereError('Another channel here fetches what this bot gets');
      }
      await clearWebhook(messenger, polling, credentials, url, options.takeOver);
    },

    async unregister(credentials) {
      // The poller looks after these; a webhook that is there by now is somebody else's.
      if (!polling.serves(credentials)) await messenger.unregister(credentials);
    },
  };
}

/**
 * Removes the messenger's webhook where it is the channel's own, which leads to `url` at any host (an earlier run with a
 * public address has set it), or where it may be taken over; answers whether there was one. Throws as `register` does.
 */
export async function clearWebhook(
  messenger: Pick<Messenger, 'unregister'>,
  polling: Polling,
  credentials: Credentials,
  url: string,
  takeOver = false,
): Promise<boolean> {
  const set = await polling.webhookOf(credentials);
  if (set === undefined) return false;
  if (!takeOver && webhookPath(set) !== webhookPath(url)) {
    const host = URL.canParse(set) ? new URL(set).host : 'an unreadable address';
    throw new ConnectedElsewhereError(`The bot's webhook leads to ${host}`, host);
  }
  await messenger.unregister(credentials);
  return true;
}

/** What is behind the base of a webhook's address; the whole of an address that is none of ours. */
function webhookPath(url: string): string {
  return url.slice(Math.max(0, url.lastIndexOf('/webhooks/')));
}
