import type { Bells } from '#bells';
import { listensTo } from '#domain/receiver';
import { createReceivers } from '#store/accounts/receivers';
import type { StoreDeps } from '#store/dynamo/client';
import { eventLane } from '#store/outbox/lane-names';

/**
 * Rings the lane of an account's events, after a change of a channel that may have put an event into it. Without a bell
 * the event leaves a minute later.
 */
export type RingEvents = (account: string) => Promise<void>;

/** Makes `ringEvents`. */
export function createRingEvents(deps: StoreDeps & { readonly bells: Bells<'events'> }): RingEvents {
  const receivers = createReceivers(deps);

  return async function ringEvents(account) {
    // A lane that is slow finds its own queue.
    if (listensTo(await receivers.of(account), 'channelsUpdates')) await deps.bells.ring('events', eventLane(account));
  };
}
