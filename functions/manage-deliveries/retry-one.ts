import * as z from 'zod/mini';
import type { Asker } from '#api/authenticate';
import { factPlace, readCursor } from '#api/cursor';
import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { chatOfKey } from '#domain/message';
import { type Actor, sightOf } from '#domain/sight';
import type { RetryReply } from '#flows/send-again/retry-reply';
import type { SendAgain } from '#flows/send-again/send-again';
import { noAccess, RequestError } from '#http/errors';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { Settings } from '#store/accounts/channel-settings';
import type { Chats } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import type { WaitingReplies } from '#store/chats/waiting-replies';
import {
  accountOfNewsLane,
  chatOfReplyLane,
  isCrmLane,
  type LaneQueue,
  queueOf,
  replyLane,
} from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';
import type { News } from '#store/outbox/news';
import type { ReopenedRows } from '#store/outbox/reopened-rows';
import { isConnectorRow, isEventRow, type Row } from '#store/outbox/row-item';
import type { Rows } from '#store/outbox/rows';
import type { Tasks } from '#store/outbox/tasks';
import { type CrmDeps, needCrm } from './need-crm.ts';
import { needReceiver, type ReceiverDeps } from './need-receiver.ts';
import { isOwnChat, type OwnChatDeps } from './own-chat.ts';

export interface RetryOneDeps extends ReceiverDeps, CrmDeps, OwnChatDeps {
  readonly chats: Pick<Chats, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly facts: Pick<Facts, 'getReply'>;
  readonly replies: Pick<WaitingReplies, 'isWaiting'>;
  readonly rows: Pick<Rows, 'get'>;
  readonly reopenedRows: Pick<ReopenedRows, 'reopenFailed'>;
  readonly lanes: Pick<Lanes, 'lanesOf' | 'hasten'>;
  readonly news: Pick<News, 'isMarked'>;
  readonly retryReply: RetryReply;
  readonly tasks: Pick<Tasks, 'begin'>;
  readonly sendAgain: SendAgain;
  readonly bells: Bells<LaneQueue>;
  readonly clock: Clock;
}

/** A lane of replies, of events or of a connected CRM, and the place of a delivery in it. Anything else in the outbox is refused. */
const deliveryName = z.tuple([
  z.string().check(z.regex(/^(reply|event|aside|connector|news)#./), z.maxLength(1024)),
  factPlace,
]);

/**
 * Sends one delivery again that failed, or that waits: now instead of later. A user may do so with replies of the chats
 * in which they may write (R1).
 */
export async function retryOne(
  deps: RetryOneDeps,
  { params }: Pick<HttpRequest, 'params'>,
  actor: Asker,
): Promise<HttpResponse> {
  const [lane = '', event = ''] = readCursor(deliveryName, params.deliveryId ?? '') ?? [];
  const chat = chatOfReplyLane(lane);
  const isThere = chat === undefined ? retryEvent(deps, lane, event, actor) : retryReply(deps, chat, event, actor);
  if (!(await isThere)) throw new RequestError(404, 'DELIVERY_NOT_FOUND', 'Nothing of that id waits or has failed');
  return { status: 202, body: { deliveryId: params.deliveryId } };
}

async function retryReply(deps: RetryOneDeps, chat: string, event: string, actor: Actor): Promise<boolean> {
  const { facts, replies, rows } = deps;
  const lane = replyLane(chat);
  if (!(await isInSight(deps, actor, chat))) return false;
  const reply = await facts.getReply(chat, event);
  if (!reply) return false;
  const failed = await rows.get(lane, event);
  if (failed?.kind === 'reply' && failed.state === 'failed') {
    await deps.retryReply(failed);
    return true;
  }
  if (!(await replies.isWaiting(chat, reply))) return false;
  await hasten(deps, lane);
  return true;
}

/** Whether the actor sees the chat. Throws a `RequestError` 403 if they see it and may not write there. */
async function isInSight(deps: RetryOneDeps, actor: Actor, chat: string): Promise<boolean> {
  if (actor.userId === undefined) return isOwnChat(deps, actor.account, chat);
  const [row, { settings }] = await Promise.all([deps.chats.get(chat), deps.settings.read(chatOfKey(chat).channelId)]);
  const sight = row ? sightOf(actor, row, settings) : 'nothing';
  if (sight === 'sees') throw noAccess();
  return sight === 'writes';
}

async function retryEvent(deps: RetryOneDeps, lane: string, event: string, actor: Asker): Promise<boolean> {
  const { account, userId } = actor;
  if (userId !== undefined || event === '') return false;
  if (accountOfNewsLane(lane) !== undefined) return retryNews(deps, lane, event, actor);
  const row = await deps.rows.get(lane, event);
  if (!row || row.account !== account || row.state === 'done') return false;
  const isOfCrm = isCrmLane(lane);
  if (!(isOfCrm ? isConnectorRow(row) : isEventRow(row))) return false;
  if (isOfCrm) await needCrm(deps, actor, row);
  else await needReceiver(deps, account);
  if (row.state === 'failed') await reopen(deps, row);
  if (isOfCrm || row.state !== 'failed') await hasten(deps, lane);
  return true;
}

/** What has to be read from a connected CRM is read now. */
async function retryNews(deps: RetryOneDeps, lane: string, event: string, actor: Asker): Promise<boolean> {
  if (accountOfNewsLane(lane) !== actor.account || !(await deps.news.isMarked(lane, event))) return false;
  await needCrm(deps, actor);
  await hasten(deps, lane);
  return true;
}

/** The task comes first: it tells the lane of the row, whatever becomes of this request. */
async function reopen(
  { tasks, reopenedRows, sendAgain, clock }: RetryOneDeps,
  row: Pick<Row, 'account' | 'event' | 'lane'>,
): Promise<void> {
  const { account, lane, event: begun } = row;
  const ofCrm = isCrmLane(lane) && { lane };
  const taken = await tasks.begin({ kind: 'retry', account, at: clock.now(), begun, ...ofCrm });
  await reopenedRows.reopenFailed(row);
  await sendAgain(taken, clock.now());
}

async function hasten({ lanes, bells }: RetryOneDeps, lane: string): Promise<void> {
  await lanes.hasten(lane);
  const { slow = false } = (await lanes.lanesOf([lane])).get(lane) ?? {};
  await bells.ring(queueOf(lane, slow), lane);
}
