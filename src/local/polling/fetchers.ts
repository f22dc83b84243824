import type { Messenger } from '#channels/channel';
import { describeError } from '#log';
import type { OpenChannel } from '#store/accounts/channel-item';
import { type FetchDeps, type FetchedChannel, fetchUpdates } from './fetch-updates.ts';

/** What `createFetchers` is built from. */
export interface FetchersDeps extends FetchDeps {
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
  /** Reads the channel as it is stored now. */
  readonly load: (channelId: string) => Promise<OpenChannel | undefined>;
}

/**
 * Fetches the updates of all channels that get them without a webhook, because messengers cannot reach this machine.
 */
export interface Fetchers {
  /** Looks at a channel that may have been made, changed or deleted, and starts or stops fetching its updates. */
  look(channelId: string): void;
  /**
   * Whether the updates of this messenger account are fetched for another channel than the one of the webhook address
   * `url`.
   */
  isTaken(transport: string, account: string, url: string): boolean;
  /** Stops fetching. Resolves when the updates under way are handed over. */
  stop(): Promise<void>;
}

interface Fetcher extends FetchedChannel {
  readonly end: AbortController;
  readonly ended: Promise<void>;
}

/** Makes the fetchers. They fetch no channel before `look` is called for it. */
export function createFetchers(deps: FetchersDeps): Fetchers {
  const { messengerFor, load, log } = deps;
  const fetchers = new Map<string, Fetcher>();
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  async function lookNow(channelId: string): Promise<void> {
    if (stopped) return;
    const channel = await load(channelId);
    const wanted = channel && (await toFetched(channel));
    const running = fetchers.get(channelId);
    if (wanted && running?.channel.credentialsVersion === wanted.channel.credentialsVersion) return;
    if (running) {
      fetchers.delete(channelId);
      await endOf(running);
    }
    if (!wanted || stopped) return;
    const end = new AbortController();
    fetchers.set(channelId, { ...wanted, end, ended: fetchUpdates(deps, wanted, end.signal) });
  }

  /**
   * Undefined if the channel is off, does not speak to the messenger itself, or has a webhook that its operator sets.
   */
  async function toFetched(channel: OpenChannel): Promise<FetchedChannel | undefined> {
    const messenger = await messengerFor(channel.transport);
    const isOn = channel.state === 'active' || channel.state === 'openelsewhere';
    if (!isOn || channel.setWebhook === false || !messenger?.polling?.serves(channel.credentials)) return undefined;
    return { channel, messenger, polling: messenger.polling };
  }

  return {
    look(channelId) {
      looking = looking
        .then(() => lookNow(channelId))
        .catch((error) => log({ channelId, polling: 'failed', ...describeError(error) }));
    },

    isTaken(transport, account, url) {
      return [...fetchers.values()].some(({ channel, polling }) => {
        const same = channel.transport === transport && polling.accountOf(channel.credentials) === account;
        return same && !url.endsWith(`/${channel.channelId}`);
      });
    },

    async stop() {
      stopped = true;
      await Promise.all([...fetchers.values()].map(endOf));
      await looking;
    },
  };
}

async function endOf({ end, ended }: Fetcher): Promise<void> {
  end.abort();
  await ended;
}
