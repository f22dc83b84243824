import type { Bells } from '#bells';
import type { Messengers } from '#channels/registry/messengers';
import { createDeliver } from '#flows/deliver';
import { createPressDestination } from '#flows/press-destination';
import { createReplyDestination } from '#flows/reply-destination';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { isPressLane } from '#store/outbox/rows';
import type { DeliverMessageDeps } from './handler.ts';

/** What deliver-message is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & { readonly bells: Bells<'lanes' | 'slowLanes'>; readonly cipher: Cipher; readonly log: Log },
): DeliverMessageDeps {
  const deliverReplies = createDeliver(given, createReplyDestination(given));
  const deliverPresses = createDeliver(given, createPressDestination(given));
  return {
    deliver: (lane) => (isPressLane(lane) ? deliverPresses(lane) : deliverReplies(lane)),
  };
}
