import type { Bells, Doorbells } from '#bells';
import type { Messengers } from '#channels/registry/messengers';
import type { Crms } from '#crms/registry/crms';
import { createDeps as answerDoorbellDeps } from '#functions/answer-doorbell/deps';
import { createHandler as answerDoorbell } from '#functions/answer-doorbell/handler';
import { createDeps as askDealDeps } from '#functions/ask-deal/deps';
import { createHandler as askDeal } from '#functions/ask-deal/handler';
import { createDeps as assignContactDeps } from '#functions/assign-contact/deps';
import { createHandler as assignContact } from '#functions/assign-contact/handler';
import { createDeps as callCrmDeps } from '#functions/call-crm/deps';
import { createHandler as callCrm } from '#functions/call-crm/handler';
import { createDeps as changeMessageDeps } from '#functions/change-message/deps';
import { createHandler as changeMessage } from '#functions/change-message/handler';
import { createDeps as deliverEventDeps } from '#functions/deliver-event/deps';
import { createHandler as deliverEvent } from '#functions/deliver-event/handler';
import { createDeps as deliverMessageDeps } from '#functions/deliver-message/deps';
import { createHandler as deliverMessage } from '#functions/deliver-message/handler';
import { createDeps as doTasksDeps } from '#functions/do-tasks/deps';
import { createHandler as doTasks } from '#functions/do-tasks/handler';
import { createDeps as eraseDataDeps } from '#functions/erase-data/deps';
import { createHandler as eraseData } from '#functions/erase-data/handler';
import { createDeps as foldChatDeps } from '#functions/fold-chat/deps';
import { createHandler as foldChat } from '#functions/fold-chat/handler';
import { createDeps as handOverDeps } from '#functions/hand-over/deps';
import { createHandler as handOver } from '#functions/hand-over/handler';
import { createDeps as keepDraftsDeps } from '#functions/keep-drafts/deps';
import { createHandler as keepDrafts } from '#functions/keep-drafts/handler';
import { createDeps as manageAccountsDeps } from '#functions/manage-accounts/deps';
import { createHandler as manageAccounts } from '#functions/manage-accounts/handler';
import { createDeps as manageChannelsDeps } from '#functions/manage-channels/deps';
import { createHandler as manageChannels } from '#functions/manage-channels/handler';
import { createDeps as manageCrmDeps } from '#functions/manage-crm/deps';
import { createHandler as manageCrm } from '#functions/manage-crm/handler';
import { createDeps as manageDeliveriesDeps } from '#functions/manage-deliveries/deps';
import { createHandler as manageDeliveries } from '#functions/manage-deliveries/handler';
import { createDeps as managePeopleDeps } from '#functions/manage-people/deps';
import { createHandler as managePeople } from '#functions/manage-people/handler';
import { createDeps as managePushDeps } from '#functions/manage-push/deps';
import { createHandler as managePush } from '#functions/manage-push/handler';
import { createDeps as manageQuickRepliesDeps } from '#functions/manage-quick-replies/deps';
import { createHandler as manageQuickReplies } from '#functions/manage-quick-replies/handler';
import { createDeps as manageSettingsDeps } from '#functions/manage-settings/deps';
import { createHandler as manageSettings } from '#functions/manage-settings/handler';
import { createDeps as manageTeamDeps } from '#functions/manage-team/deps';
import { createHandler as manageTeam } from '#functions/manage-team/handler';
import { createDeps as manageTemplatesDeps } from '#functions/manage-templates/deps';
import { createHandler as manageTemplates } from '#functions/manage-templates/handler';
import { createDeps as manageWebhooksDeps } from '#functions/manage-webhooks/deps';
import { createHandler as manageWebhooks } from '#functions/manage-webhooks/handler';
import { createDeps as mindWaitsDeps } from '#functions/mind-waits/deps';
import { createHandler as mindWaits } from '#functions/mind-waits/handler';
import { createDeps as notifyUsersDeps } from '#functions/notify-users/deps';
import { createHandler as notifyUsers } from '#functions/notify-users/handler';
import { createDeps as openFrameDeps } from '#functions/open-frame/deps';
import { createHandler as openFrame } from '#functions/open-frame/handler';
import { createDeps as openPageDeps } from '#functions/open-page/deps';
import { createHandler as openPage } from '#functions/open-page/handler';
import { createDeps as publishEventsDeps } from '#functions/publish-events/deps';
import { createHandler as publishEvents } from '#functions/publish-events/handler';
import { createDeps as readAssignmentsDeps } from '#functions/read-assignments/deps';
import { createHandler as readAssignments } from '#functions/read-assignments/handler';
import { createDeps as readChatsDeps } from '#functions/read-chats/deps';
import { createHandler as readChats } from '#functions/read-chats/handler';
import { createDeps as readCrmNewsDeps } from '#functions/read-crm-news/deps';
import { createHandler as readCrmNews } from '#functions/read-crm-news/handler';
import { createDeps as readDealsDeps } from '#functions/read-deals/deps';
import { createHandler as readDeals } from '#functions/read-deals/handler';
import { createDeps as readHealthDeps } from '#functions/read-health/deps';
import { createHandler as readHealth } from '#functions/read-health/handler';
import { createDeps as readStatisticsDeps } from '#functions/read-statistics/deps';
import { createHandler as readStatistics } from '#functions/read-statistics/handler';
import { createDeps as receiveCrmEventDeps } from '#functions/receive-crm-event/deps';
import { createHandler as receiveCrmEvent } from '#functions/receive-crm-event/handler';
import { createDeps as receiveMessageDeps } from '#functions/receive-message/deps';
import { createHandler as receiveMessage } from '#functions/receive-message/handler';
import { createDeps as recordReplyDeps } from '#functions/record-reply/deps';
import { createHandler as recordReply } from '#functions/record-reply/handler';
import { createDeps as refreshCrmDeps } from '#functions/refresh-crm/deps';
import { createHandler as refreshCrm } from '#functions/refresh-crm/handler';
import { createDeps as retryFoldDeps } from '#functions/retry-fold/deps';
import { createHandler as retryFold } from '#functions/retry-fold/handler';
import { createDeps as ringDoorbellDeps } from '#functions/ring-doorbell/deps';
import { createHandler as ringDoorbell } from '#functions/ring-doorbell/handler';
import { createDeps as serveDocsDeps } from '#functions/serve-docs/deps';
import { createHandler as serveDocs } from '#functions/serve-docs/handler';
import { createDeps as serveFileDeps } from '#functions/serve-file/deps';
import { createHandler as serveFile } from '#functions/serve-file/handler';
import { createDeps as servePageDeps } from '#functions/serve-page/deps';
import { createHandler as servePage } from '#functions/serve-page/handler';
import type { PageFiles } from '#functions/serve-page/page-files';
import type { PagePlaces } from '#functions/serve-page/policy';
import { createDeps as setNoReplyNeededDeps } from '#functions/set-no-reply-needed/deps';
import { createHandler as setNoReplyNeeded } from '#functions/set-no-reply-needed/handler';
import { createDeps as storeFileDeps } from '#functions/store-file/deps';
import { createHandler as storeFile } from '#functions/store-file/handler';
import { createDeps as sweepLanesDeps } from '#functions/sweep-lanes/deps';
import { createHandler as sweepLanes } from '#functions/sweep-lanes/handler';
import { createDeps as syncDirectoryDeps } from '#functions/sync-directory/deps';
import { createHandler as syncDirectory } from '#functions/sync-directory/handler';
import { createDeps as takeUploadDeps } from '#functions/take-upload/deps';
import { createHandler as takeUpload } from '#functions/take-upload/handler';
import { createDeps as tendChannelsDeps } from '#functions/tend-channels/deps';
import { createHandler as tendChannels } from '#functions/tend-channels/handler';
import { createDeps as wakeBrowsersDeps } from '#functions/wake-browsers/deps';
import { createHandler as wakeBrowsers } from '#functions/wake-browsers/handler';
import { createDeps as watchChatsDeps } from '#functions/watch-chats/deps';
import { createHandler as watchChats } from '#functions/watch-chats/handler';
import type { HttpHandler } from '#http/route';
import type { SocketHandler } from '#http/socket';
import type { FunctionName } from '#lib/functions';
import type { ListenerName } from '#lib/listeners';
import type { RoutedName } from '#lib/routes';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';

/** What all functions get from the process that they run in. */
export interface Platform extends StoreDeps, Messengers, Crms {
  readonly bells: Bells;
  /** Undefined if pages have no sockets here. */
  readonly doorbells: Doorbells | undefined;
  readonly cipher: Cipher;
  /** Calls addresses that people gave. */
  readonly fetch: typeof globalThis.fetch;
  /**
   * The base of addresses that are told to others. Undefined: a webhook's is the one that the caller used, and files have
   * none.
   */
  readonly publicUrl: string | undefined;
  readonly blobs: BlobStore;
  /** Makes the id of a file. The real implementations stand in for this and the next if they are left out. */
  readonly newFile?: (() => string) | undefined;
  /** Waits for so many milliseconds. */
  readonly pause?: ((ms: number) => Promise<void>) | undefined;
  /** The built page, and what it may reach. The other functions need neither. */
  readonly page: PageFiles;
  readonly placesAt: (host: string) => PagePlaces;
  /** What `/docs` shows. */
  readonly docs: PageFiles;
  /** Whether the account is that of the demo, in which clients can be played. Left out: there is no demo. */
  readonly isDemo?: ((account: string) => boolean) | undefined;
  readonly log: Log;
}

/** A function that a stream, a queue or a timer starts. The event is in the form in which AWS brings it. */
// biome-ignore lint/suspicious/noExplicitAny: what starts it brings its own kind of event
export type ListenerHandler = (event?: any) => Promise<void>;

/** Every function in one process, by the names of `lib/routes.ts` and `lib/listeners.ts`. */
export interface App {
  readonly routes: Readonly<Record<RoutedName, HttpHandler>>;
  readonly listeners: Readonly<Record<ListenerName, ListenerHandler>>;
  /** What answers the sockets of pages. */
  readonly socket: SocketHandler;
}

/** Builds every function with its `deps.ts`, for `npm start`, the tests, the scheduler and the benches. */
export function createApp(platformOf: (name: FunctionName) => Platform): App {
  const doorbell = answerDoorbell(answerDoorbellDeps(platformOf('answer-doorbell')));
  return {
    routes: {
      'receive-crm-event': receiveCrmEvent(receiveCrmEventDeps(platformOf('receive-crm-event'))),
      'receive-message': receiveMessage(receiveMessageDeps(platformOf('receive-message'))),
      'record-reply': recordReply(recordReplyDeps(platformOf('record-reply'))),
      'change-message': changeMessage(changeMessageDeps(platformOf('change-message'))),
      'set-no-reply-needed': setNoReplyNeeded(setNoReplyNeededDeps(platformOf('set-no-reply-needed'))),
      'hand-over': handOver(handOverDeps(platformOf('hand-over'))),
      'read-chats': readChats(readChatsDeps(platformOf('read-chats'))),
      'manage-accounts': manageAccounts(manageAccountsDeps(platformOf('manage-accounts'))),
      'manage-channels': manageChannels(manageChannelsDeps(platformOf('manage-channels'))),
      'sync-directory': syncDirectory(syncDirectoryDeps(platformOf('sync-directory'))),
      'manage-settings': manageSettings(manageSettingsDeps(platformOf('manage-settings'))),
      'manage-team': manageTeam(manageTeamDeps(platformOf('manage-team'))),
      'manage-templates': manageTemplates(manageTemplatesDeps(platformOf('manage-templates'))),
      'manage-webhooks': manageWebhooks(manageWebhooksDeps(platformOf('manage-webhooks'))),
      'read-assignments': readAssignments(readAssignmentsDeps(platformOf('read-assignments'))),
      'read-statistics': readStatistics(readStatisticsDeps(platformOf('read-statistics'))),
      'manage-quick-replies': manageQuickReplies(manageQuickRepliesDeps(platformOf('manage-quick-replies'))),
      'keep-drafts': keepDrafts(keepDraftsDeps(platformOf('keep-drafts'))),
      'manage-people': managePeople(managePeopleDeps(platformOf('manage-people'))),
      'manage-push': managePush(managePushDeps(platformOf('manage-push'))),
      'ask-deal': askDeal(askDealDeps(platformOf('ask-deal'))),
      'read-deals': readDeals(readDealsDeps(platformOf('read-deals'))),
      'read-health': readHealth(readHealthDeps(platformOf('read-health'))),
      'manage-deliveries': manageDeliveries(manageDeliveriesDeps(platformOf('manage-deliveries'))),
      'manage-crm': manageCrm(manageCrmDeps(platformOf('manage-crm'))),
      'open-frame': openFrame(openFrameDeps(platformOf('open-frame'))),
      'open-page': openPage(openPageDeps(platformOf('open-page'))),
      'serve-file': serveFile(serveFileDeps(platformOf('serve-file'))),
      'take-upload': takeUpload(takeUploadDeps(platformOf('take-upload'))),
      'serve-page': servePage(servePageDeps(platformOf('serve-page'))),
      'serve-docs': serveDocs(serveDocsDeps(platformOf('serve-docs'))),
      'answer-doorbell': doorbell,
    },
    socket: doorbell,
    listeners: {
      'assign-contact': assignContact(assignContactDeps(platformOf('assign-contact'))),
      'do-tasks': doTasks(doTasksDeps(platformOf('do-tasks'))),
      'mind-waits': mindWaits(mindWaitsDeps(platformOf('mind-waits'))),
      'erase-data': eraseData(eraseDataDeps(platformOf('erase-data'))),
      'fold-chat': foldChat(foldChatDeps(platformOf('fold-chat'))),
      'store-file': storeFile(storeFileDeps(platformOf('store-file'))),
      'ring-doorbell': ringDoorbell(ringDoorbellDeps(platformOf('ring-doorbell'))),
      'retry-fold': retryFold(retryFoldDeps(platformOf('retry-fold'))),
      'publish-events': publishEvents(publishEventsDeps(platformOf('publish-events'))),
      'notify-users': notifyUsers(notifyUsersDeps(platformOf('notify-users'))),
      'wake-browsers': wakeBrowsers(wakeBrowsersDeps(platformOf('wake-browsers'))),
      'deliver-event': deliverEvent(deliverEventDeps(platformOf('deliver-event'))),
      'call-crm': callCrm(callCrmDeps(platformOf('call-crm'))),
      'read-crm-news': readCrmNews(readCrmNewsDeps(platformOf('read-crm-news'))),
      'refresh-crm': refreshCrm(refreshCrmDeps(platformOf('refresh-crm'))),
      'deliver-message': deliverMessage(deliverMessageDeps(platformOf('deliver-message'))),
      'sweep-lanes': sweepLanes(sweepLanesDeps(platformOf('sweep-lanes'))),
      'tend-channels': tendChannels(tendChannelsDeps(platformOf('tend-channels'))),
      'watch-chats': watchChats(watchChatsDeps(platformOf('watch-chats'))),
    },
  };
}
