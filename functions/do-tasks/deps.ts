import type { Bells, Doorbells } from '#bells';
import { createAskDeal } from '#flows/ask-deal';
import { createAssign } from '#flows/assign';
import { createDrainPool } from '#flows/drain-pool';
import { createFollowSettings } from '#flows/follow-settings';
import { createLinkWaiting } from '#flows/identity/link-waiting';
import { createNameInLog } from '#flows/name-in-log';
import { createPlaceChats } from '#flows/place-chats';
import { createRingPages } from '#flows/ring-pages';
import { createSendAgain } from '#flows/send-again/send-again';
import { createAdopt } from '#flows/sight/adopt';
import { createCommit } from '#flows/sight/commit';
import { createFollowProfile } from '#flows/sight/follow-profile';
import { createKeepContact } from '#flows/sight/keep-contact';
import { createKeepDeal } from '#flows/sight/keep-deal';
import { createRecountWaits } from '#flows/statistics/recount-waits';
import { createRunShift } from '#flows/team/run-shift';
import { createArm } from '#flows/timer/arm';
import type { Log } from '#log';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createTasks } from '#store/outbox/tasks';
import type { DoTasksDeps } from './handler.ts';

/** What do-tasks is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<LaneQueue | 'tasks' | 'waits' | 'pushes'>;
    readonly doorbells: Doorbells | undefined;
    readonly cipher: Cipher;
    readonly log: Log;
  },
): DoTasksDeps {
  return {
    ...given,
    nameInLog: createNameInLog(given),
    tasks: createTasks(given),
    channels: createChannels(given),
    settings: createSettings(given),
    users: createUsers(given),
    ringPages: createRingPages(given),
    settle: createCommit(given).settle,
    placeChats: createPlaceChats(given),
    drainPool: createDrainPool(given),
    armChannel: createArm(given).armChannel,
    followSettings: createFollowSettings(given),
    runShift: createRunShift(given),
    assign: createAssign(given),
    followProfile: createFollowProfile(given),
    keepContact: createKeepContact(given),
    adopt: createAdopt(given),
    askDeal: createAskDeal(given),
    keepDeal: createKeepDeal(given),
    linkId: createLinkWaiting(given),
    sendAgain: createSendAgain(given),
    recountWaits: createRecountWaits(given),
  };
}
