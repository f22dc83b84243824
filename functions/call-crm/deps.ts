import { presentMessageNote } from '#api/present-event';
import type { Bells } from '#bells';
import type { Crms } from '#crms/registry/crms';
import { createConnectorWork } from '#flows/crm/connector-work';
import type { PresentNote } from '#flows/crm/write-notes';
import { countingFailed } from '#flows/delivery/count-failed';
import { createRunLane } from '#flows/delivery/run-lane';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import type { CallCrmDeps } from './handler.ts';

/** What call-crm is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Crms & {
      readonly bells: Bells<LaneQueue | 'tasks'>;
      readonly cipher: Cipher;
      /** The base of the addresses of files. */
      readonly publicUrl: string | undefined;
      /** Waits for so many milliseconds. */
      readonly pause?: ((ms: number) => Promise<void>) | undefined;
      readonly log: Log;
    },
): CallCrmDeps {
  const { publicUrl } = given;
  const presentNote: PresentNote = (chat, told) => presentMessageNote(chat, told, publicUrl);
  return { runLane: createRunLane(given, createConnectorWork({ ...countingFailed(given), presentNote })) };
}
