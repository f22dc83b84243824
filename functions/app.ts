import type { Messenger } from '#channels/channel';
import type { Clock } from '#clock';
import { createAssign, createGiveOut } from '#flows/assign';
import { createFold } from '#flows/fold';
import { createFollowSettings } from '#flows/follow-settings';
import { createHandler as assignContact } from '#functions/assign-contact/handler';
import { createHandler as deliverMessage } from '#functions/deliver-message/handler';
import { createHandler as doTasks } from '#functions/do-tasks/handler';
import { type FailedChat, createHandler as foldChat } from '#functions/fold-chat/handler';
import { createHandler as handOver } from '#functions/hand-over/handler';
import { createHandler as manageAccounts } from '#functions/manage-accounts/handler';
import { createHandler as manageChannels } from '#functions/manage-channels/handler';
import { createHandler as manageDeliveries } from '#functions/manage-deliveries/handler';
import { createHandler as manageSettings } from '#functions/manage-settings/handler';
import { createHandler as publishEvents } from '#functions/publish-events/handler';
import { createHandler as readAssignments } from '#functions/read-assignments/handler';
import { createHandler as readChats } from '#functions/read-chats/handler';
import { createHandler as receiveMessage } from '#functions/receive-message/handler';
import { createHandler as recordReply } from '#functions/record-reply/handler';
import { createHandler as retryFold } from '#functions/retry-fold/handler';
import { createHandler as serveDocs } from '#functions/serve-docs/handler';
import { createHandler as setNoReplyNeeded } from '#functions/set-no-reply-needed/handler';
import { createHandler as sweepLanes } from '#functions/sweep-lanes/handler';
import { createHandler as syncDirectory } from '#functions/sync-directory/handler';
import { createHandler as watchChats } from '#functions/watch-chats/handler';
import type { HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Store } from '#store/store';

/** What all functions together need beside the store. */
export interface AppDeps {
  readonly store: Store;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  readonly queueFailed: (chat: FailedChat) => Promise<void>;
  readonly ringLane: (lane: string) => Promise<void>;
  readonly ringLater: (lane: string, afterMs: number) => Promise<void>;
  readonly ringTask: (name: string) => Promise<void>;
  readonly ringTaskLater: (name: string, afterMs: number) => Promise<void>;
  readonly publicUrl?: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

/**
 * Every function, made as its `index.ts` makes it in Lambda, but in one process: for `npm start`, for the scheduler and
 * for benches. `routes` are by the function names of `lib/routes.ts`.
 */
export function createApp({ store, ...rest }: AppDeps) {
  const followSettings = createFollowSettings(store.settings, store.dispensers);
  const deps = { ...rest, ...store, followSettings, assign: createAssign({ ...store, clock: rest.clock }) };
  const routes: Record<string, HttpHandler> = {
    'receive-message': receiveMessage(deps),
    'record-reply': recordReply(deps),
    'set-no-reply-needed': setNoReplyNeeded(deps),
    'read-chats': readChats(deps),
    'hand-over': handOver(deps),
    'read-assignments': readAssignments(deps),
    'manage-accounts': manageAccounts(deps),
    'manage-channels': manageChannels(deps),
    'manage-deliveries': manageDeliveries(deps),
    'sync-directory': syncDirectory(deps),
    'manage-settings': manageSettings(deps),
    'serve-docs': serveDocs(deps),
  };
  return {
    routes,
    foldChat: foldChat({ ...deps, foldChat: createFold({ ...deps, giveOut: createGiveOut(deps) }) }),
    retryFold: retryFold(deps),
    publishEvents: publishEvents(deps),
    assignContact: assignContact(deps),
    doTasks: doTasks(deps),
    deliverMessage: deliverMessage(deps),
    sweepLanes: sweepLanes(deps),
    watchChats: watchChats(deps),
  };
}

/** Every function in one process. */
export type App = ReturnType<typeof createApp>;
