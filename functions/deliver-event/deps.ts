import {
  joinEventBodies,
  presentAssignmentEvent,
  presentChannelEvent,
  presentChatEvent,
  presentCreateContact,
  presentCreateDeal,
  presentTemplateEvent,
  presentWaitingEvent,
} from '#api/present-event';
import { readMadeContact, readMadeDeal } from '#api/read-made';
import type { Bells } from '#bells';
import { createWebhooks } from '#calls/webhook';
import { countingFailed } from '#flows/delivery/count-failed';
import { createRunLane } from '#flows/delivery/run-lane';
import { type CreationWords, createCreations } from '#flows/events/creations';
import type { PresentEvents } from '#flows/events/event-bodies';
import { createEventWork } from '#flows/events/event-work';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import type { DeliverEventDeps } from './handler.ts';

const creationWords: CreationWords = {
  contact: presentCreateContact,
  deal: presentCreateDeal,
  readContact: readMadeContact,
  readDeal: readMadeDeal,
};

/** What deliver-event is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<LaneQueue | 'tasks'>;
    readonly cipher: Cipher;
    readonly fetch: typeof globalThis.fetch;
    /** The base of the addresses of files. */
    readonly publicUrl: string | undefined;
    readonly log: Log;
  },
): DeliverEventDeps {
  const { publicUrl } = given;
  const ofChat: PresentEvents['ofChat'] = (event, subject) => presentChatEvent(event, subject, publicUrl);
  const present = {
    ofChat,
    ofChannel: presentChannelEvent,
    ofTemplate: presentTemplateEvent,
    ofAssignment: presentAssignmentEvent,
    ofWaiting: presentWaitingEvent,
    join: joinEventBodies,
  };
  const counting = countingFailed(given);
  const creations = createCreations({ ...counting, creationWords });
  const work = createEventWork({ ...counting, ...createWebhooks(given.fetch), present, creations });
  return { runLane: createRunLane(given, work) };
}
