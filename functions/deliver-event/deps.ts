import { joinEventBodies, presentChannelEvent, presentChatEvent } from '#api/present-event';
import type { Bells } from '#bells';
import { createWebhooks } from '#calls/webhook';
import { createRunLane } from '#flows/delivery/run-lane';
import { createEventWork } from '#flows/events/event-work';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import type { DeliverEventDeps } from './handler.ts';

/** What deliver-event is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<LaneQueue>;
    readonly cipher: Cipher;
    readonly fetch: typeof globalThis.fetch;
    readonly log: Log;
  },
): DeliverEventDeps {
  const present = { ofChat: presentChatEvent, ofChannel: presentChannelEvent, join: joinEventBodies };
  const work = createEventWork({ ...given, ...createWebhooks(given.fetch), present });
  return { runLane: createRunLane(given, work) };
}
