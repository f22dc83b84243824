import type { Bells } from '#bells';
import { listensTo, type Subscriptions } from '#domain/receiver';
import { createReceivers } from '#store/accounts/receivers';
import type { StoreDeps } from '#store/dynamo/client';
import { eventLane } from '#store/outbox/lane-names';

/**
 * Rings the lane of an account's events, after a change that may have put an event of that kind into it: by default the
 * state of a channel. Without a bell the event leaves a minute later.
 */
export type RingEvents = (account: string, kind?: keyof Subscriptions) => Promise<void>;

/** Makes `ringEvents`. */
export function createRingEvents(deps: StoreDeps & { readonly bells: Bells<'events'> }): RingEvents {
  const receivers = createReceivers(deps);

  return async function ringEvents(account, kind = 'channelsUpdates') {
    // A lane that is slow finds its own queue.
    if (listensTo(await receivers.of(account), kind)) await deps.bells.ring('events', eventLane(account));
  };
}
