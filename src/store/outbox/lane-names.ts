import { CRM, type DeliveryKind, kindOfEvent, WEBHOOK } from '#domain/delivery-kind';
import { idOfKey } from '#domain/fact';
import { timeKey } from '#domain/time-key';
import type { QueueName } from '#lib/listeners';

const REPLIES = 'reply#';
const PRESSES = 'press#';
const EVENTS = 'event#';
const ASIDE = 'aside#';
const CONNECTOR = 'connector#';
const NEWS = 'news#';
const FIRST = '0#';
const NOTES = '1#';

/** The queues in which lanes ring. */
export type LaneQueue = Extract<QueueName, 'lanes' | 'slowLanes' | 'events' | 'slowEvents' | 'crm' | 'news'>;

/** The lane of a chat's replies. */
export function replyLane(chatKey: string): string {
  return `${REPLIES}${chatKey}`;
}

/** The lane of a chat's pressed buttons. They neither wait for its replies nor hold them up. */
export function pressLane(chatKey: string): string {
  return `${PRESSES}${chatKey}`;
}

/** The lane of the events that an account's receiver gets. */
export function eventLane(account: string): string {
  return `${EVENTS}${account}`;
}

/** The lane of the events of one subject that was set aside. */
export function asideLane(account: string, subject: string): string {
  return `${ASIDE}${account}#${subject}`;
}

/** The lane of what an account's connected CRM has to be told: creations, changes of responsible users, notes. */
export function connectorLane(account: string): string {
  return `${CONNECTOR}${account}`;
}

/** The lane of what may have changed in an account's connected CRM. */
export function newsLane(account: string): string {
  return `${NEWS}${account}`;
}

/** The account of a lane of that connected CRM; undefined for every other lane. */
export function accountOfConnectorLane(lane: string): string | undefined {
  return lane.startsWith(CONNECTOR) ? lane.slice(CONNECTOR.length) : undefined;
}

/** The account of a lane of news; undefined for every other lane. */
export function accountOfNewsLane(lane: string): string | undefined {
  return lane.startsWith(NEWS) ? lane.slice(NEWS.length) : undefined;
}

/** The chat of a lane of replies; undefined for every other lane. */
export function chatOfReplyLane(lane: string): string | undefined {
  return lane.startsWith(REPLIES) ? lane.slice(REPLIES.length) : undefined;
}

/** Whether the lane holds pressed buttons. */
export function isPressLane(lane: string): boolean {
  return lane.startsWith(PRESSES);
}

/** Whether the lane is one of a chat: of its replies, or of its pressed buttons. */
export function isLaneOfChat(lane: string): boolean {
  return lane.startsWith(REPLIES) || lane.startsWith(PRESSES);
}

/** Whether the lane holds events, of the whole account or of a subject that was set aside. */
export function isEventLane(lane: string): boolean {
  return lane.startsWith(EVENTS) || lane.startsWith(ASIDE);
}

/** The account of an event lane, and the subject if it was set aside. */
export function readEventLane(lane: string): { readonly account: string; readonly subject?: string } {
  const [kind, account = '', ...subject] = lane.split('#');
  return `${kind}#` === ASIDE ? { account, subject: subject.join('#') } : { account };
}

/** Whether the lane is one of a connected CRM: of what it has to be told, or of what may have changed in it. */
export function isCrmLane(lane: string): boolean {
  return lane.startsWith(CONNECTOR) || lane.startsWith(NEWS);
}

/** The target of what waits in a lane, as the API names it; undefined if the API does not list it. */
export function targetOfLane(lane: string): string | undefined {
  if (isEventLane(lane)) return WEBHOOK;
  return isCrmLane(lane) ? CRM : chatOfReplyLane(lane);
}

/** The kind of the delivery of that key; undefined if the API does not list it. */
export function kindOfKey(lane: string, event: string): DeliveryKind | undefined {
  if (isEventLane(lane)) return kindOfEvent(idOfKey(event));
  if (accountOfNewsLane(lane) !== undefined) return 'news';
  if (accountOfConnectorLane(lane) === undefined) return chatOfReplyLane(lane) === undefined ? undefined : 'reply';
  return event.startsWith(NOTES) ? 'note' : kindOfEvent(idOfKey(event.slice(FIRST.length)));
}

/** What sorts before the notes of that lane, and after all that goes first in it. Undefined for a lane that has no notes. */
export function notesOf(lane: string): string | undefined {
  return accountOfConnectorLane(lane) === undefined ? undefined : NOTES;
}

/** The key of what goes first in the lane of a connected CRM: creations, and changes of responsible users. */
export function firstAtCrm(key: string): string {
  return `${FIRST}${key}`;
}

/** The key of a creation in its lane (`at` in epoch ms). In that of a connected CRM it goes before all notes. */
export function creationKey(lane: string, at: number, id: string): string {
  const key = timeKey(at, `creation#${id}`);
  return accountOfConnectorLane(lane) === undefined ? key : firstAtCrm(key);
}

/** The key of a note for the timeline, which goes behind all of those. */
export function noteAtCrm(key: string): string {
  return `${NOTES}${key}`;
}

/** The queue in which a lane rings. A slow receiver has a queue of its own, so that it holds up no other. */
export function queueOf(lane: string, slow: boolean): LaneQueue {
  if (isEventLane(lane)) return queueOfEvents(slow);
  if (accountOfConnectorLane(lane) !== undefined) return 'crm';
  if (accountOfNewsLane(lane) !== undefined) return 'news';
  return slow ? 'slowLanes' : 'lanes';
}

/** The queue in which a lane rings that tells of a client: that of an account's events, or of its connected CRM. */
export function queueOfClients(lane: string): 'events' | 'crm' {
  return accountOfConnectorLane(lane) === undefined ? 'events' : 'crm';
}

/** The queue in which a lane of events rings. */
export function queueOfEvents(slow: boolean): 'events' | 'slowEvents' {
  return slow ? 'slowEvents' : 'events';
}
