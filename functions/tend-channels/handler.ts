import { eachAtOnce } from '#at-once';
import type { Clock } from '#clock';
import { describeError, type Log } from '#log';
import type { Tended, TendedChannel } from '#store/accounts/tended';
import { type HearDeps, hear } from './hear.ts';
import { type InspectDeps, inspect } from './inspect.ts';
import { type RenewDeps, renew } from './renew.ts';

export interface TendChannelsDeps extends InspectDeps, RenewDeps, HearDeps {
  readonly channels: InspectDeps['channels'] & RenewDeps['channels'];
  readonly states: HearDeps['states'];
  readonly tended: Pick<Tended, 'list' | 'note'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A messenger that hangs holds up a few other channels of this run, and none for longer than its calls may take. */
const AT_ONCE = 16;
/** The rest of the function's time is for what is under way. Channels that are left come first in the next run. */
const RUN_MS = 120_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Runs come every ten minutes, and not on the second. */
const EARLY_MS = 60_000;

/**
 * Looks after channels: each hour whether their messengers still call, and what was lost on the way; each day whether
 * their credentials have to be renewed.
 */
export function createHandler(deps: TendChannelsDeps) {
  const { tended, clock, log } = deps;
  return async (): Promise<void> => {
    const startedAt = clock.now();
    const due = (await tended.list()).filter(({ tendedAt = 0 }) => startedAt - tendedAt >= HOUR_MS - EARLY_MS);
    await eachAtOnce(due, AT_ONCE, async (one) => {
      if (clock.now() - startedAt > RUN_MS) return;
      try {
        await tend(deps, one);
      } catch (error) {
        log({ channelId: one.channelId, tended: 'failed', ...describeError(error) });
      }
    });
  };
}

async function tend(deps: TendChannelsDeps, one: TendedChannel): Promise<void> {
  const { channels, messengerFor, tended, clock } = deps;
  const { channelId, url, tendedAt = 0, renewedAt = 0 } = one;
  const now = clock.now();
  const known = await channels.getNow(channelId);
  const messenger = known && (await messengerFor(known.transport));
  const isOff = !known || known.deletedAt !== undefined || known.state === 'disabled' || known.state === 'unauthorized';
  // What is off is looked at again in an hour.
  if (isOff || !messenger) return tended.note(one, { tendedAt: now, askedAt: now });
  // Before the messenger is asked: one that hangs, or ends the whole process, comes last the next time.
  await tended.note(one, { askedAt: now });
  const isRenewed = now - renewedAt < DAY_MS - EARLY_MS || (await renew(deps, messenger, known));
  // The credentials may be others by now, and so may what the account has chosen.
  const channel = (await channels.getNow(channelId)) ?? known;
  await inspect(deps, messenger, channel, url);
  const isHeard = await hear(deps, messenger, channel, tendedAt);
  await tended.note(one, {
    // What could not be heard is asked for again, from the same time on.
    ...(isHeard && { tendedAt: now }),
    ...(isRenewed && now - renewedAt >= DAY_MS - EARLY_MS && { renewedAt: now }),
  });
}
