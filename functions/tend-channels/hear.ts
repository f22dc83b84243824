import type { Messenger } from '#channels/channel';
import { UnreadableWebhookError } from '#channels/errors';
import type { Inbound, Received } from '#channels/inbound';
import type { Clock } from '#clock';
import { type StoreItemsDeps, storeItems } from '#flows/receiving/store-items';
import { RequestError } from '#http/errors';
import { readJson } from '#http/json';
import { describeError, type Log } from '#log';
import type { OpenChannel } from '#store/accounts/channel-item';

/** What is needed to store what was lost on the way. */
export interface HearDeps extends StoreItemsDeps {
  readonly clock: Clock;
  readonly log: Log;
}

const HEAR_MS = 30_000;
/** What was said an hour before the last time may have come in late. */
const OVERLAP_MS = 3_600_000;
/** A channel that was never asked, or for a long time not. */
const FIRST_MS = 2 * 3_600_000;
const LONGEST_MS = 24 * 3_600_000;

/**
 * Stores what the messenger would have posted since the last time, as a webhook does: what is known already stays as it
 * is. False if the messenger could not be asked.
 */
export async function hear(
  deps: HearDeps,
  { inbound }: Messenger,
  channel: OpenChannel,
  lastAt: number,
): Promise<boolean> {
  if (!inbound.recent) return true;
  const { clock, log } = deps;
  const { channelId } = channel;
  try {
    const from = lastAt === 0 ? clock.now() - FIRST_MS : Math.max(lastAt - OVERLAP_MS, clock.now() - LONGEST_MS);
    const bodies = await inbound.recent(channel, from, clock.deadline(HEAR_MS));
    const items = bodies.flatMap((body) => itemsOf(deps, inbound, channel, body));
    await storeItems(
      deps,
      items.map((item) => ({ channel, item })),
    );
    log({ channelId, heard: items.length });
    return true;
  } catch (error) {
    log({ channelId, heard: 'failed', ...describeError(error) });
    return false;
  }
}

/**
 * What one body reports of the channel. It is read as that of a webhook is: nothing deep, and no half characters. One that
 * cannot be read holds up no other.
 */
function itemsOf({ log }: HearDeps, inbound: Inbound, { channelId, identity }: OpenChannel, body: unknown): Received[] {
  try {
    const text = JSON.stringify(body);
    const items = inbound.parse(readJson(Buffer.from(text)), { text, identity });
    return items.filter(({ account }) => account === undefined || account === identity);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    log({ channelId, heard: 'unreadable' });
    return [];
  }
}

/** Too deep even to be written down again is a `RangeError`. */
function isUnreadable(error: unknown): boolean {
  return error instanceof UnreadableWebhookError || error instanceof RequestError || error instanceof RangeError;
}
