import { setTimeout as sleep } from 'node:timers/promises';
import type { Fetched, Messenger, Polling } from '#channels/channel';
import { ConnectedElsewhereError, CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import { describeError } from '#log';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';
import { clearWebhook } from './clear-webhook.ts';
import { createHandOver, type HandOverDeps, webhookTarget } from './hand-over.ts';

/** What `fetchUpdates` is built from. */
export interface FetchDeps extends HandOverDeps {
  readonly channels: Pick<OpenChannels, 'refuseCredentials' | 'setElsewhere'>;
  /** Prints a line on the terminal. */
  readonly tell: (line: string) => void;
  readonly waits?: Waits;
}

/** How long the loop waits before it tries again, in milliseconds. */
export interface Waits {
  /** After a failure. Each further failure doubles it, up to `most`. */
  readonly first: number;
  readonly most: number;
  /** While another program gets the updates. */
  readonly elsewhere: number;
}

/** A channel that is fetched, its messenger, and how that messenger is asked for updates. */
export interface FetchedChannel {
  readonly channel: OpenChannel;
  readonly messenger: Messenger;
  readonly polling: Polling;
}

const WAITS: Waits = { first: 1_000, most: 60_000, elsewhere: 60_000 };

/** What comes after a step: the next step at once, after a backoff or after a given time, or the end of the loop. */
type Next = 'now' | 'failed' | 'end' | { readonly afterMs: number };

/**
 * Fetches the updates of one channel and hands them to its webhook, until `signal` aborts or the messenger refuses the
 * credentials. Resolves then, and never rejects. An update that the webhook did not acknowledge is not confirmed to the
 * messenger, so it is fetched again; only an update that the webhook can never read is skipped.
 */
export async function fetchUpdates(deps: FetchDeps, fetched: FetchedChannel, signal: AbortSignal): Promise<void> {
  const { log, waits = WAITS } = deps;
  const { channelId } = fetched.channel;
  const step = createStep(deps, fetched, signal);
  log({ channelId, polling: 'begins' });
  for (let failures = 0; !signal.aborted; ) {
    const next = await step();
    if (next === 'end') break;
    failures = next === 'failed' ? failures + 1 : 0;
    const waitMs = typeof next === 'object' ? next.afterMs : backoff(waits, failures);
    if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => {});
  }
  log({ channelId, polling: 'ended' });
}

function backoff({ first, most }: Waits, failures: number): number {
  return failures === 0 ? 0 : Math.min(first * 2 ** (failures - 1), most);
}

function createStep(deps: FetchDeps, { channel, messenger, polling }: FetchedChannel, signal: AbortSignal) {
  const { channels, offsets, log, waits = WAITS } = deps;
  const { channelId, credentials } = channel;
  const say = (line: string) => deps.tell(`Channel ${channelId}: ${line}`);
  const setElsewhere = createElsewhereSetter(channel, channels, say);
  const handOver = createHandOver(deps, channel, polling, signal);
  /** Whether this run has looked at the webhook and found none of another program. */
  let isClear = false;

  /** Fetches once. Returns every outcome and never throws. */
  async function step(): Promise<Next> {
    try {
      return await fetchOnce();
    } catch (error) {
      const reason = error instanceof MessengerUnreachableError ? { reason: error.message } : describeError(error);
      log({ channelId, polling: 'failed', ...reason });
      return 'failed';
    }
  }

  async function fetchOnce(): Promise<Next> {
    try {
      if (!isClear) await clear();
      isClear = true;
      const from = offsets.of(polling.accountOf(credentials));
      return await take(await polling.fetch(credentials, from, signal));
    } catch (error) {
      if (!(error instanceof ConnectedElsewhereError)) throw error;
      const { message, webhookHost } = error;
      log({ channelId, polling: 'elsewhere', ...(webhookHost !== undefined && { webhookHost }) });
      await setElsewhere(true, `${message}. Nothing was changed there; Konvert looks again every minute`);
      return { afterMs: waits.elsewhere };
    }
  }

  /**
   * Returns whether a webhook of the channel itself was removed. Refused credentials are left for `fetch` to report.
   */
  async function clear(): Promise<boolean> {
    try {
      return await clearWebhook(messenger.setup, polling, credentials, webhookTarget(channel));
    } catch (error) {
      if (error instanceof CredentialsRefusedError) return false;
      throw error;
    }
  }

  async function take(fetched: Fetched): Promise<Next> {
    if (signal.aborted && fetched.kind !== 'updates') return 'end';
    switch (fetched.kind) {
      case 'updates':
        await setElsewhere(false, 'Its updates are fetched again');
        return (await handOver(fetched.updates)) === 'kept' ? 'failed' : 'now';
      case 'elsewhere':
        if (await clear()) return 'now';
        throw new ConnectedElsewhereError('Another program fetches what the bot gets');
      case 'unauthorized':
        await channels.refuseCredentials(channel);
        say('Its credentials are refused. Nothing is fetched until it gets new ones');
        return 'end';
      case 'throttled':
        return { afterMs: fetched.retryAfterSeconds * 1000 };
      case 'unreachable':
        throw new MessengerUnreachableError(fetched.reason);
      default:
        return fetched satisfies never;
    }
  }

  return step;
}

/**
 * Makes a function that stores whether another program gets the channel's updates. It prints the line when that
 * changes, and once if the run began while another program got them.
 */
function createElsewhereSetter(
  { channelId, state }: OpenChannel,
  channels: FetchDeps['channels'],
  say: (line: string) => void,
) {
  let isElsewhere = state === 'openelsewhere';
  /** Whether the current state was printed in this run. The usual state counts as printed. */
  let isSaid = !isElsewhere;

  return async (is: boolean, line: string): Promise<void> => {
    if (isElsewhere === is && isSaid) return;
    if (isElsewhere !== is) await channels.setElsewhere(channelId, is);
    isElsewhere = is;
    isSaid = true;
    say(line);
  };
}
