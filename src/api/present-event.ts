import type * as z from 'zod/mini';
import {
  type createContactBody,
  type createDealBody,
  type eventBody,
  type eventMessage,
  type eventStatus,
  MESSAGE_ERRORS,
} from '#api/event-bodies';
import { presentMessage } from '#api/present-message';
import { presentTime } from '#api/present-time';
import type { ContactToCreate, DealToCreate } from '#domain/creation';
import type { ChannelEvent, ChatEvent, TemplateEvent, WaitingChatEvent } from '#domain/event';
import { type Fact, idOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import { type KnownPerson, phoneBeside } from '#domain/person-ids';
import type { NoFields } from '#no-fields';
import type { FailureReason, Outcome } from '#store/chats/outcome-item';
import type { ToldFact } from '#store/chats/told';
import type { Assignment } from '#store/clients/assignments';

/** What a receiver gets in one call, except creations. */
export type EventBody = z.infer<typeof eventBody>;

type EventMessage = z.infer<typeof eventMessage>;
type EventStatus = z.infer<typeof eventStatus>;
type MessageError = NonNullable<EventStatus['error']>;

/** What an event of a message is made from. `person` is what the chat knows of its client. */
export type EventSubject = ToldFact & { readonly person?: KnownPerson | undefined };

/** The author of a message that no user is known for, in the words of the compatible API. */
const NO_USER = 'Admin';

/** Our codes and those of HTTP, in the words of the compatible API. A messenger's refusal has a word of its own. */
const ERRORS = new Map<string | undefined, MessageError['error']>([
  ['ACCOUNT_BLOCKED', 'CHANNEL_REJECTED'],
  ['CHANNEL_BLOCKED', 'CHANNEL_REJECTED'],
  ['CHANNEL_UNAUTHORIZED', 'CHANNEL_REJECTED'],
  ['CONNECTION_REVOKED', 'CHANNEL_REJECTED'],
  ['CONNECTION_READ_ONLY', 'CHANNEL_REJECTED'],
  ['GIVEN_UP', 'GENERAL_ERROR'],
  ['UNREACHABLE', 'GENERAL_ERROR'],
  ['401', 'CHANNEL_REJECTED'],
  ['403', 'BAD_CONTACT'],
  ['413', 'TOO_BIG_CONTENT'],
  ['429', 'TOO_MANY_EXT_REQS'],
  ...MESSAGE_ERRORS.map((code) => [code, code] as const),
]);

/** Meta's words for tiers of which the compatible API has others: the level after the lowest has 1000 or 2000 people. */
const TIERS: ReadonlyMap<string, string> = new Map([
  ['TIER_50', 'TIER_0'],
  ['TIER_250', 'TIER_0'],
  ['TIER_2K', 'TIER_1K'],
]);

/**
 * The entry of an event of a message. `filesAt` is the base of the addresses of files. Throws a `TypeError` for a fact
 * that no event tells.
 */
export function presentChatEvent(event: ChatEvent, subject: EventSubject, filesAt: string | undefined): EventBody {
  switch (event.what) {
    case 'message':
      return { messages: [presentTold(event.chat, subject, filesAt)] };
    case 'deletion':
      return { messages: [presentDeleted(event.chat, subject, filesAt)] };
    case 'status':
      return { statuses: [presentStatus(event, subject)] };
    case 'edit':
      return { statuses: [presentEdit(event, subject)] };
    default:
      return event satisfies never;
  }
}

/**
 * The entry of a channel's state. The webhook spells one state in another way than the list of channels, and has names of
 * its own for the lower tiers.
 */
export function presentChannelEvent({ channelId, state, tier, at }: ChannelEvent): EventBody {
  const spelled = state === 'openelsewhere' ? 'openElsewhere' : state;
  const named = tier !== undefined && { tier: TIERS.get(tier) ?? tier };
  return { channelsUpdates: [{ channelId, state: spelled, ...named, timestamp: at }] };
}

/** The entry of a template. The status is in lower case, as in the list of templates. */
export function presentTemplateEvent({ templateGuid, name, status }: TemplateEvent): EventBody {
  return { templateStatus: { templateGuid, name, status: status.toLowerCase() } };
}

/** The entry of a record of an assignment. */
export function presentAssignmentEvent({ at, contactId, userId, place, ...record }: Assignment): EventBody {
  const {
    assignmentId,
    channelId,
    chatType,
    chatId,
    rule,
    passedOver,
    from,
    waitedMinutes,
    known: _known,
    ...rest
  } = record;
  rest satisfies NoFields;
  return {
    assignments: [
      {
        assignmentId,
        at: presentTime(at),
        channelId,
        chatType,
        chatId,
        ...(contactId !== null && { contactId }),
        ...(userId !== null && { userId }),
        rule,
        ...(place !== null && { place }),
        passedOver,
        ...(from !== undefined && { from }),
        ...(waitedMinutes !== undefined && { waitedMinutes }),
      },
    ],
  };
}

/** The entry of a client who waits too long. */
export function presentWaitingEvent({ chat, waitsSince, responsibleUserId }: WaitingChatEvent): EventBody {
  const since = presentTime(waitsSince);
  return { waiting: [{ ...chatOfKey(chat), since, ...(responsibleUserId !== undefined && { responsibleUserId }) }] };
}

/** One body of several, in their order. What is told beside messages leaves alone. */
export function joinEventBodies(bodies: readonly EventBody[]): EventBody {
  const messages = bodies.flatMap((body) => body.messages ?? []);
  const statuses = bodies.flatMap((body) => body.statuses ?? []);
  const channelsUpdates = bodies.flatMap((body) => body.channelsUpdates ?? []);
  const assignments = bodies.flatMap((body) => body.assignments ?? []);
  const waiting = bodies.flatMap((body) => body.waiting ?? []);
  const templateStatus = bodies.at(-1)?.templateStatus;
  return {
    ...(messages.length > 0 && { messages }),
    ...(statuses.length > 0 && { statuses }),
    ...(channelsUpdates.length > 0 && { channelsUpdates }),
    ...(assignments.length > 0 && { assignments }),
    ...(waiting.length > 0 && { waiting }),
    ...(templateStatus && { templateStatus }),
  };
}

/** The body that asks for a contact. */
export function presentCreateContact(contact: ContactToCreate): z.infer<typeof createContactBody> {
  const { responsibleUserId, name, contactData, source } = contact;
  const addresses = contactData.map(({ chatType, chatId, username, phone }) => ({
    chatType,
    ...(chatId !== undefined && { chatId }),
    ...(username !== undefined && { username }),
    ...(phone !== undefined && { phone }),
  }));
  return { createContact: { responsibleUserId, name, contactData: addresses, source } };
}

/** The body that asks for a deal. */
export function presentCreateDeal(deal: DealToCreate): z.infer<typeof createDealBody> {
  const { responsibleUserId, contacts, pipelineId, stageId, source } = deal;
  return {
    createDeal: {
      responsibleUserId,
      contacts: [...contacts],
      ...(pipelineId !== undefined && { pipelineId }),
      ...(stageId !== undefined && { stageId }),
      source,
    },
  };
}

/** What a timeline shows of a message: its text as it was said, and the addresses of its files. */
export function presentMessageNote(chat: string, subject: EventSubject, filesAt: string | undefined) {
  const { text = '', contentUri, authorId } = presentTold(chat, subject, filesAt);
  return {
    text,
    links: contentUri === undefined ? [] : [{ url: contentUri, name: contentUri.split('/').at(-1) ?? contentUri }],
    ...(authorId !== undefined && { userId: authorId }),
  };
}

/** The message as it was said. What became of it is told by events of its own, so only a reply's status is shown. */
function presentTold(
  chat: string,
  { fact, outcomes, person }: EventSubject,
  filesAt: string | undefined,
): EventMessage {
  const id = idOfKey(fact.key);
  const {
    edit: _edit,
    reaction: _reaction,
    deletedAt: _deletedAt,
    deliveredAt: _deliveredAt,
    readAt: _readAt,
    ...sent
  } = outcomes.get(id) ?? {};
  return presentLine(chat, fact, new Map([...outcomes, [id, sent]]), person, filesAt);
}

/** The message without its words, which are old now. */
function presentDeleted(
  chat: string,
  { fact, outcomes, person }: EventSubject,
  filesAt: string | undefined,
): EventMessage {
  const { text, isEdited: _isEdited, oldInfo: _oldInfo, ...line } = presentLine(chat, fact, outcomes, person, filesAt);
  return { ...line, isDeleted: true, ...(text !== undefined && { oldInfo: { oldText: text } }) };
}

function presentLine(
  chat: string,
  fact: Fact,
  outcomes: ReadonlyMap<string, Outcome>,
  person: KnownPerson = {},
  filesAt: string | undefined,
): EventMessage {
  const {
    noReplyNeeded,
    stillOwed,
    reactions: _reactions,
    authorId: _id,
    authorName: _name,
    crmMessageId: _crmMessageId,
    deliveryId: _deliveryId,
    quotedMessage = {},
    error,
    ...line
  } = presentMessage(chat, fact, outcomes, filesAt);
  if (noReplyNeeded || stillOwed) throw new TypeError('No event tells what the team decided');
  return {
    ...line,
    // Programs of the compatible API compare the text with the payload that they have sent.
    ...(line.pressed && { text: line.pressed.payload }),
    // Strict receivers want to read something in it.
    ...(Object.values(quotedMessage).some((value) => value !== undefined) && { quotedMessage }),
    contact: presentPerson(chat, fact, person),
    ...presentAuthor(fact),
    ...(error && { error: presentError(outcomes.get(idOfKey(fact.key))?.error) }),
  };
}

/** What the message itself tells of its writer comes first. The messenger may vouch for a card with their number. */
function presentPerson(chat: string, fact: Fact, person: KnownPerson): EventMessage['contact'] {
  const own = fact.kind === 'client' ? fact : undefined;
  const name = own?.author.name ?? person.name;
  const username = own?.author.username ?? person.username;
  const told = ('ids' in fact && fact.ids) || [];
  const beside = phoneBeside(chatOfKey(chat), told, person.ids ?? []);
  const phone = own?.content.vcards?.find(({ isSender }) => isSender)?.phone ?? beside;
  return {
    ...(name !== undefined && { name }),
    ...(username !== undefined && { username }),
    ...(phone !== undefined && { phone }),
  };
}

/** Who wrote a message of the team. The id of an echo's author is one of the messenger, so it is left out. */
function presentAuthor({ kind, author }: Fact): Pick<EventMessage, 'authorId' | 'authorName'> {
  if (kind === 'client') return {};
  const authorId = kind === 'reply' ? author.id : undefined;
  const authorName = author.name ?? (authorId === undefined ? NO_USER : undefined);
  return { ...(authorId !== undefined && { authorId }), ...(authorName !== undefined && { authorName }) };
}

function presentStatus(
  { chat, fact: key, status, attempt, at }: Extract<ChatEvent, { what: 'status' }>,
  { outcomes }: EventSubject,
): EventStatus {
  const base = { messageId: messageIdOf(chat, key), timestamp: presentTime(at), status };
  if (status !== 'error') return base;
  const outcome = outcomes.get(idOfKey(key));
  // A later attempt has taken the place of the reason.
  const why = outcome?.attempt === attempt ? outcome.error : undefined;
  return { ...base, error: presentError(why) };
}

/** The words are the newest ones: a later edit may have taken the place of this one. */
function presentEdit(
  { chat, fact: key, at }: Extract<ChatEvent, { what: 'edit' | 'deletion' }>,
  { outcomes }: EventSubject,
): EventStatus {
  const text = outcomes.get(idOfKey(key))?.edit?.content.text;
  return {
    messageId: messageIdOf(chat, key),
    timestamp: presentTime(at),
    status: 'edited',
    ...(text !== undefined && { text }),
  };
}

function presentError({ code, reason, description = 'It was not sent' }: Partial<FailureReason> = {}): MessageError {
  return { error: ERRORS.get(reason) ?? ERRORS.get(code) ?? 'UNKNOWN_ERROR', description };
}
