import type { Polling, Setup } from '#channels/channel';
import { ConnectedElsewhereError } from '#channels/errors';
import type { Credentials } from '#channels/terms';

/**
 * Removes the messenger's webhook and returns whether there was one. A webhook that leads to the path of `url`, at any
 * host, is the channel's own: an earlier run with a public address has set it. Any other webhook is removed only with
 * `takeOver`; without it this throws `ConnectedElsewhereError`. Otherwise throws as `register` does.
 */
export async function clearWebhook(
  setup: Pick<Setup, 'unregister'>,
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
  await setup.unregister(credentials, set);
  return true;
}

/** The part of a webhook's address that follows its base; the whole address if it is not one of ours. */
function webhookPath(url: string): string {
  return url.slice(Math.max(0, url.lastIndexOf('/webhooks/')));
}
