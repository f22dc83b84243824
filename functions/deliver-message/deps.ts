import type { Bells } from '#bells';
import type { Messengers } from '#channels/registry/messengers';
import { countingFailed } from '#flows/delivery/count-failed';
import { createPressDestination } from '#flows/delivery/press-destination';
import { createReplyDestination } from '#flows/delivery/reply-destination';
import { createRunLane } from '#flows/delivery/run-lane';
import { createSingleCalls } from '#flows/delivery/single-calls';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { isPressLane, type LaneQueue } from '#store/outbox/lane-names';
import type { DeliverMessageDeps } from './handler.ts';

/** What deliver-message is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & {
      readonly bells: Bells<LaneQueue>;
      readonly cipher: Cipher;
      readonly blobs: BlobStore;
      readonly log: Log;
    },
): DeliverMessageDeps {
  const sendReplies = createRunLane(given, createSingleCalls(given, createReplyDestination(countingFailed(given))));
  const acknowledgePresses = createRunLane(given, createSingleCalls(given, createPressDestination(given)));
  return {
    runLane: (lane) => (isPressLane(lane) ? acknowledgePresses(lane) : sendReplies(lane)),
  };
}
