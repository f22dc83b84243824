import { addressKey } from './address.ts';
import { type Fact, isHistory, isOwnEcho, isSaid } from './fact.ts';
import { shortHash } from './hash.ts';
import { chatOfKey } from './message.ts';
import { messageIdOf } from './message-id.ts';
import { timeKey } from './time-key.ts';

/** The ends of an attempt to send a reply. */
export type EndOfAttempt = 'sent' | 'error';

/** What receivers are told of an attempt, in this order. What comes later is not followed by what comes earlier. */
export type StatusOfAttempt = 'sent' | 'delivered' | 'read' | 'error';

/** Something about a message that receivers are told. It names the message by its fact, and holds no text of it. */
export type ChatEvent = {
  readonly chat: string;
  /** The key of the fact. */
  readonly fact: string;
} & (
  | { readonly what: 'message' }
  /** `at` is when it was edited by the messenger's clock, or when we heard of the deletion (epoch ms). */
  | { readonly what: 'edit' | 'deletion'; readonly at: number }
  | {
      readonly what: 'status';
      readonly status: StatusOfAttempt;
      readonly attempt: number;
      /** When we stored it (epoch ms). */
      readonly at: number;
    }
);

/** A channel has another state or another tier from then on (epoch ms). `tier`: how many people it may write to. */
export interface ChannelEvent {
  readonly what: 'channel';
  readonly channelId: string;
  readonly state: string;
  readonly tier?: string;
  readonly at: number;
}

/** The messenger has decided about a template, at that time by its clock (epoch ms). `status` is its own word. */
export interface TemplateEvent {
  readonly what: 'template';
  readonly templateGuid: string;
  readonly name: string;
  readonly status: string;
  readonly at: number;
}

/** Why somebody is responsible for the client of a chat since that time (epoch ms), or nobody is: the record of that id. */
export interface AssignmentEvent {
  readonly what: 'assignment';
  readonly chat: string;
  readonly assignmentId: string;
  readonly at: number;
}

/**
 * The client of a chat has waited so long that heads are told, at that time (T7). They wait since `waitsSince`, and for
 * that user unless the chat is in the pool. Times are in epoch ms.
 */
export interface WaitingChatEvent {
  readonly what: 'waiting';
  readonly chat: string;
  readonly waitsSince: number;
  readonly responsibleUserId?: string;
  readonly at: number;
}

/** What happens between the team and a client, which is no message. */
export type TeamEvent = AssignmentEvent | WaitingChatEvent;

/** An event with its id and its order in the lane of its account. Both stay the same for ever. */
export interface Placed<E> {
  readonly event: E;
  /** Single in the account. A receiver knows by it that an event came twice. */
  readonly id: string;
  /** The time by which events are in order (epoch ms). */
  readonly order: number;
}

/** What became of a message, as far as events follow from it. */
export interface Became {
  readonly status?: EndOfAttempt;
  readonly attempt?: number;
  /** When we stored the status. Earlier releases did not note it. */
  readonly statusAt?: number;
  /** When we stored that the attempt was sent, if a receipt refused it later. */
  readonly sentAt?: number;
  /** When we heard that what was sent was delivered, and that it was read. */
  readonly deliveredAt?: number;
  readonly readAt?: number;
  readonly edit?: { readonly at: number; readonly sequence?: number };
  readonly deletedAt?: number;
}

/**
 * The events of a fact that is new. A reply is told with its first status, and not once more when it comes back. The lines
 * of edits and imports are no messages, and what the team decides is its own affair.
 */
export function eventsOfFact(chat: string, fact: Fact): Placed<ChatEvent>[] {
  const isFromMessenger = (fact.kind === 'client' || fact.kind === 'echo') && !fact.fromEdit;
  const isTold = isFromMessenger && !fact.history && !isOwnEcho(fact);
  return isTold ? [messageEvent(chat, fact)] : [];
}

/**
 * How long after a message its edit or deletion may be news before the message is. Rows are kept for longer, so telling
 * the message with both adds nothing.
 */
const SOON_MS = 24 * 3_600_000;
/** What is older was perhaps told, and its row may be gone. A row that left stays for a day longer. */
export const TOLD_WITHIN_MS = 6 * 24 * 3_600_000;

/**
 * The events of what became of a message: its status, if it is a reply, its edit and its deletion in the messenger. The
 * message itself is among them if it may not have been told yet. The line of an edit is told with its message, if that
 * comes.
 */
export function eventsOfOutcome(chat: string, fact: Fact, became: Became): Placed<ChatEvent>[] {
  if (!isSaid(fact) || isHistory(fact) || isOwnEcho(fact)) return [];
  if ('fromEdit' in fact && fact.fromEdit) return [];
  const { attempt, edit, deletedAt } = became;
  const messageId = messageIdOf(chat, fact.key);
  const about = { chat, fact: fact.key };
  // Ids are in no useful order: of the same time, an edit would sort before its message.
  const behind = (at: number) => Math.max(at, fact.storedAt + 1);
  const statuses = fact.kind === 'reply' ? statusesOf(fact.storedAt, became) : [];
  const newest = Math.max(statuses.at(-1)?.at ?? 0, edit?.at ?? 0, deletedAt ?? 0);
  const isNews = (at: number) => newest - at < TOLD_WITHIN_MS;
  // A reply was told when its first attempt ended, which may be long after it was written.
  const [first] = statuses;
  const isNewReply = first !== undefined && isNews(attempt === 1 ? first.at : fact.storedAt);
  // Its own news may come later: a stream keeps the order of each item, not of all items of a chat.
  const isSoon = (at = Number.POSITIVE_INFINITY) => at - fact.storedAt < SOON_MS && isNews(at);
  const events: Placed<ChatEvent>[] = [];
  if (isNewReply || isSoon(edit?.at) || isSoon(deletedAt)) events.push(messageEvent(chat, fact));
  for (const { status, at } of statuses.filter(({ at }) => isNews(at))) {
    const id = `status#${messageId}#${status}#${attempt}`;
    events.push({ event: { ...about, what: 'status', status, attempt: attempt ?? 0, at }, id, order: at });
  }
  if (edit && isNews(edit.at)) {
    const id = `edit#${messageId}#${edit.at}.${edit.sequence ?? 0}`;
    events.push({ event: { ...about, what: 'edit', at: edit.at }, id, order: behind(edit.at) });
  }
  if (deletedAt !== undefined && isNews(deletedAt)) {
    const id = `deletion#${messageId}`;
    events.push({ event: { ...about, what: 'deletion', at: deletedAt }, id, order: behind(deletedAt) });
  }
  return events;
}

/**
 * What became of an attempt, each with the time of its event. The times follow from what is stored. With one event all
 * earlier ones are known, so they are added before it, at the same places.
 */
function statusesOf(
  storedAt: number,
  { status, attempt, statusAt = storedAt, sentAt, deliveredAt, readAt }: Became,
): { readonly status: StatusOfAttempt; readonly at: number }[] {
  if (status === undefined || attempt === undefined) return [];
  const wasSent = status === 'sent' || sentAt !== undefined;
  const heard: readonly (readonly [StatusOfAttempt, number | undefined])[] = [
    ['sent', wasSent ? (sentAt ?? statusAt) : undefined],
    ['delivered', wasSent ? deliveredAt : undefined],
    ['read', wasSent ? readAt : undefined],
    ['error', status === 'error' ? statusAt : undefined],
  ];
  const statuses: { status: StatusOfAttempt; at: number }[] = [];
  for (const [name, at] of heard) {
    // Clocks differ: what comes later is told later.
    const before = statuses.at(-1)?.at ?? storedAt - 1;
    if (at !== undefined) statuses.push({ status: name, at: Math.max(at, before + 1) });
  }
  return statuses;
}

/** The event of a channel's state. */
export function placeOfChannelEvent(event: ChannelEvent): Placed<ChannelEvent> {
  return { event, id: `channel#${event.channelId}#${event.at}`, order: event.at };
}

/** The event of a template. What comes again has the same id and the same place. */
export function placeOfTemplateEvent(event: TemplateEvent): Placed<TemplateEvent> {
  return { event, id: `template#${event.templateGuid}#${event.status}#${event.at}`, order: event.at };
}

/** The event of what the team or its clock did about a client. A record has one, a wait one for each telling. */
export function placeOfTeamEvent(event: TeamEvent): Placed<TeamEvent> {
  const { what, at } = event;
  const of = what === 'assignment' ? event.assignmentId : `${shortHash(event.chat)}#${at}`;
  return { event, id: `${what}#${of}`, order: at };
}

/** The sort key of an event's row: events with the same time are in the order of their ids. */
export function eventKey({ id, order }: Pick<Placed<unknown>, 'id' | 'order'>): string {
  return timeKey(order, id);
}

/** The subject of a chat: one person, in all of their chats. It is a hash, not the address. */
export function subjectOfChat(account: string, chat: string): string {
  const { chatType, chatId } = chatOfKey(chat);
  return shortHash(addressKey(account, chatType, chatId));
}

/** The subject of a channel's states. */
export function subjectOfChannel(channelId: string): string {
  return `channel#${channelId}`;
}

/** The subject of what is decided about a template. */
export function subjectOfTemplate(templateGuid: string): string {
  return `template#${templateGuid}`;
}

function messageEvent(chat: string, { key, storedAt }: Fact): Placed<ChatEvent> {
  return { event: { what: 'message', chat, fact: key }, id: `message#${messageIdOf(chat, key)}`, order: storedAt };
}
