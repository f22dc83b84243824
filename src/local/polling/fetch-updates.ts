import { setTimeout as sleep } from 'node:timers/promises';
import type { Fetched, Messenger, Polling } from '#channels/channel';
import { ConnectedElsewhereError, CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Gateway } from '#local/server/gateway';
import { describeError, type Log } from '#log';
import type { OpenChannel, OpenChannels } from '#store/accounts/channels';
import type { Offsets } from './offsets.ts';
import { clearWebhook } from './register-without-webhook.ts';

export interface PollDeps {
  /** Serves the webhooks: what is fetched goes in where everything goes in. */
  readonly gateway: Gateway;
  readonly channels: Pick<OpenChannels, 'refuseCredentials' | 'setElsewhere'>;
  readonly offsets: Offsets;
  /** Says something to whoever sits at the terminal. */
  readonly tell: (line: string) => void;
  readonly log: Log;
  readonly waits?: Waits;
}

/** How long it waits before it tries again, in milliseconds. */
export interface Waits {
  /** After a failure; each further one doubles it, up to `most`. */
  readonly first: number;
  readonly most: number;
  /** Where somebody else gets the updates. */
  readonly elsewhere: number;
}

/** A channel, its messenger, and how that one is asked. */
export interface Polled {
  readonly channel: OpenChannel;
  readonly messenger: Messenger;
  readonly polling: Polling;
}

const WAITS: Waits = { first: 1_000, most: 60_000, elsewhere: 60_000 };
/** What the webhook will never take. Anything else it may take next time. */
const UNREADABLE = [400, 413];

/** What follows a step: the next one at once, after a backoff or after a given time, or none any more. */
type Next = 'now' | 'failed' | 'end' | { readonly afterMs: number };

/**
 * Fetches what the messenger has to say to a channel and hands it to the webhook, one update after the other, until
 * `signal` says so or the credentials are refused. An update that the webhook has not acknowledged is not confirmed to
 * the messenger, so that it comes again; only what no webhook can read is passed over.
 */
export async function poll(deps: PollDeps, polled: Polled, signal: AbortSignal): Promise<void> {
  const { log, waits = WAITS } = deps;
  const { channelId } = polled.channel;
  const step = createStep(deps, polled, signal);
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

function createStep(deps: PollDeps, { channel, messenger, polling }: Polled, signal: AbortSignal) {
  const { gateway, offsets, channels, tell, log, waits = WAITS } = deps;
  const { channelId, credentials } = channel;
  const account = polling.accountOf(credentials);
  const target = `/webhooks/${channel.transport}/${channelId}`;
  const headers = polling.headersOf(channel.webhookSecret);
  let isElsewhere = channel.state === 'openelsewhere';
  /** What it is by now was said in this run. */
  let isSaid = !isElsewhere;
  let isClear = false;

  /** Answers for every outcome. */
  async function step(): Promise<Next> {
    try {
      return await fetchNews();
    } catch (error) {
      const reason = error instanceof MessengerUnreachableError ? { reason: error.message } : describeError(error);
      log({ channelId, polling: 'failed', ...reason });
      return 'failed';
    }
  }

  async function fetchNews(): Promise<Next> {
    try {
      if (!isClear) await clear();
      isClear = true;
      return await take(await polling.fetch(credentials, offsets.of(account), signal));
    } catch (error) {
      if (error instanceof ConnectedElsewhereError) return elsewhere(error);
      throw error;
    }
  }

  /** Whether a webhook of our own was removed. Refused credentials are left to `fetch`, whose answer counts. */
  async function clear(): Promise<boolean> {
    try {
      return await clearWebhook(messenger, polling, credentials, target);
    } catch (error) {
      if (error instanceof CredentialsRefusedError) return false;
      throw error;
    }
  }

  async function take(fetched: Fetched): Promise<Next> {
    if (signal.aborted && fetched.kind !== 'updates') return 'end';
    switch (fetched.kind) {
      case 'updates':
        await becomeElsewhere(false, 'Its updates are fetched again');
        return handOver(fetched.updates);
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

  async function elsewhere({ message, webhookHost }: ConnectedElsewhereError): Promise<Next> {
    log({ channelId, polling: 'elsewhere', ...(webhookHost !== undefined && { webhookHost }) });
    await becomeElsewhere(true, `${message}. Nothing was changed there; Konvert looks again every minute`);
    return { afterMs: waits.elsewhere };
  }

  /** The channel's state says how it is; the terminal hears of changes only. */
  async function becomeElsewhere(is: boolean, line: string): Promise<void> {
    if (isElsewhere === is && isSaid) return;
    if (isElsewhere !== is) await channels.setElsewhere(channelId, is);
    isElsewhere = is;
    isSaid = true;
    say(line);
  }

  function say(line: string): void {
    tell(`Channel ${channelId}: ${line}`);
  }

  async function handOver(updates: readonly { readonly id: number; readonly body: unknown }[]): Promise<Next> {
    let done: number | undefined;
    let isKept = false;
    for (const { id, body } of updates) {
      if (signal.aborted) break;
      isKept = !(await isDone(id, body));
      if (isKept) break;
      done = id;
    }
    // Once for all of them: what a crash forgets comes again, and is recognised.
    if (done !== undefined) await offsets.set(account, done + 1);
    return isKept ? 'failed' : 'now';
  }

  async function isDone(update: number, body: unknown): Promise<boolean> {
    const { status } = await gateway({ method: 'POST', target, headers, body: Buffer.from(JSON.stringify(body)) });
    if (status >= 200 && status < 300) return true;
    const isSkipped = UNREADABLE.includes(status);
    log({ channelId, update, polling: isSkipped ? 'skipped' : 'kept', status });
    return isSkipped;
  }

  return step;
}
