import type { Messenger } from '#channels/channel';
import { describeError } from '#log';
import type { OpenChannel } from '#store/accounts/channels';
import { type PollDeps, type Polled, poll } from './fetch-updates.ts';

export interface PollerDeps extends PollDeps {
  readonly messengerFor: (transport: string) => Messenger | undefined;
  /** The channel as it is now. */
  readonly load: (channelId: string) => Promise<OpenChannel | undefined>;
}

/** Fetches for every channel that no messenger can reach. */
export interface Poller {
  /** The channel may have been made, changed or deleted: it is fetched from now on, or no longer. */
  look(channelId: string): void;
  /** Whether a channel other than that of the webhook address is fetched from the account at the messenger. */
  isTaken(transport: string, account: string, url: string): boolean;
  /** Fetches nothing any more; resolves when what is being handed over is. */
  stop(): Promise<void>;
}

interface Poll extends Polled {
  readonly end: AbortController;
  readonly ended: Promise<void>;
}

export function createPoller(deps: PollerDeps): Poller {
  const { messengerFor, load, log } = deps;
  const polls = new Map<string, Poll>();
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  async function lookNow(channelId: string): Promise<void> {
    if (stopped) return;
    const channel = await load(channelId);
    const wanted = channel && toPolled(channel);
    const running = polls.get(channelId);
    if (wanted && running?.channel.credentialsVersion === wanted.channel.credentialsVersion) return;
    if (running) {
      polls.delete(channelId);
      await endOf(running);
    }
    if (!wanted || stopped) return;
    const end = new AbortController();
    polls.set(channelId, { ...wanted, end, ended: poll(deps, wanted, end.signal) });
  }

  function toPolled(channel: OpenChannel): Polled | undefined {
    const messenger = messengerFor(channel.transport);
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
      return [...polls.values()].some(({ channel, polling }) => {
        const same = channel.transport === transport && polling.accountOf(channel.credentials) === account;
        return same && !url.endsWith(`/${channel.channelId}`);
      });
    },

    async stop() {
      stopped = true;
      await Promise.all([...polls.values()].map(endOf));
      await looking;
    },
  };
}

async function endOf({ end, ended }: Poll): Promise<void> {
  end.abort();
  await ended;
}
