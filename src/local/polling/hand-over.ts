import type { Fetched, Polling } from '#channels/channel';
import type { Gateway } from '#local/server/gateway';
import type { Log } from '#log';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { Offsets } from './offsets.ts';

/** What `createHandOver` is built from. */
export interface HandOverDeps {
  /** Serves the webhooks, so that a fetched update takes the same way as one that a messenger posts. */
  readonly gateway: Gateway;
  readonly offsets: Offsets;
  readonly log: Log;
}

type Updates = Extract<Fetched, { readonly kind: 'updates' }>['updates'];

/**
 * The statuses of an update that the webhook can never read. After any other failure it may take the update next time.
 */
const UNREADABLE = [400, 413];

/** The path of the channel's webhook. */
export function webhookTarget({ transport, channelId }: OpenChannel): string {
  return `/webhooks/${transport}/${channelId}`;
}

/**
 * Makes a function that hands updates to the channel's webhook, one after the other, until `signal` aborts. It returns
 * `kept` if the webhook did not acknowledge an update. That update and all behind it stay unconfirmed.
 */
export function createHandOver(
  { gateway, offsets, log }: HandOverDeps,
  channel: OpenChannel,
  polling: Polling,
  signal: AbortSignal,
) {
  const { channelId, credentials, webhookSecret } = channel;
  const target = webhookTarget(channel);
  const headers = polling.headersOf(webhookSecret);

  async function isDone(update: number, body: unknown): Promise<boolean> {
    const signed = polling.bodyOf?.(body, webhookSecret) ?? body;
    const { status } = await gateway({ method: 'POST', target, headers, body: Buffer.from(JSON.stringify(signed)) });
    if (status >= 200 && status < 300) return true;
    const isSkipped = UNREADABLE.includes(status);
    log({ channelId, update, polling: isSkipped ? 'skipped' : 'kept', status });
    return isSkipped;
  }

  return async (updates: Updates): Promise<'done' | 'kept'> => {
    let done: number | undefined;
    let isKept = false;
    for (const { id, body } of updates) {
      if (signal.aborted) break;
      isKept = !(await isDone(id, body));
      if (isKept) break;
      done = id;
    }
    // Stored once for all of them. After a crash they are fetched again and recognised (U1).
    if (done !== undefined) await offsets.set(polling.accountOf(credentials), done + 1, polling.countsOn);
    return isKept ? 'kept' : 'done';
  };
}
