import type { ServerMessage, ServerReactionMessage, ServerSystemMessage } from 'whatsapp-api-js/types';
import { type Claimed, defined, fieldsOf, isObject, listOf, stringOf } from '#channels/fields';
import type { Received, ReceivedMessage } from '#channels/inbound';
import type { PersonIds } from '#channels/terms';
import { cut } from '#domain/cut';
import type { PersonId, Profile } from '#domain/message';
import { readContent, type WapiMessage } from './content.ts';
import { idsOf, messageIdOf } from './ids.ts';
import type { FindPerson, Person } from './people.ts';
import { timeOf } from './times.ts';

const MAX_EMOJI_LENGTH = 32;

/** Where items were found. */
export interface Source {
  /** The business number that they came for. */
  readonly account?: string | undefined;
  readonly find: FindPerson;
  readonly history?: true | undefined;
  readonly standby?: true | undefined;
}

/** A message of the team, with the ids of the person that it went to. */
interface Addressed {
  readonly to: unknown;
  readonly to_user_id: unknown;
  readonly to_parent_user_id: unknown;
}

type ServerSystem = Extract<ServerMessage, { type: 'system' }>;

interface Edit {
  readonly original_message_id: unknown;
  readonly message: unknown;
}

/** What is the same in all that is received of one message. */
interface Place {
  readonly message: WapiMessage;
  readonly providerId: string;
  readonly time: number | undefined;
  readonly ids: PersonIds;
  readonly profile: Profile;
  readonly source: Source;
}

/** What a message of a client reports. */
export function receiveMessage(value: unknown, source: Source): Received[] {
  const { type, from, from_user_id, from_parent_user_id } = fieldsOf<ServerMessage>(value);
  const found = source.find({ phone: from, userId: from_user_id, parentUserId: from_parent_user_id });
  const person = type === 'system' ? { ...found, ids: idsBefore(fieldsOf<ServerMessage>(value)) } : found;
  const place = placeOf(value, source, person);
  if ('kind' in place) return [place];
  switch (type) {
    case 'edit':
      return [receiveEdit(place)];
    case 'revoke':
      return [receiveRevoke(place)];
    case 'reaction':
      return [receiveReaction(place)];
    case 'system':
      return [receiveSystem(place)];
    case 'contacts':
      return [receiveClient(place), ...receiveOwnCard(place)];
    default:
      return [receiveClient(place)];
  }
}

/** What a message of the team reports: written on the phone, or by a program that holds the conversation. */
export function receiveEcho(value: unknown, source: Source): Received[] {
  const { to, to_user_id, to_parent_user_id } = fieldsOf<Addressed>(value);
  const place = placeOf(value, source, source.find({ phone: to, userId: to_user_id, parentUserId: to_parent_user_id }));
  if ('kind' in place) return [place];
  switch (place.message.type) {
    case 'edit':
      return [receiveEdit(place)];
    case 'revoke':
      return [receiveRevoke(place)];
    case 'reaction':
      return [ignored('own-reaction')];
    default:
      return [receiveTeam(place)];
  }
}

/** An item that is left out on purpose. `reason` names its kind, never what it says. */
export function ignored(reason: string): Extract<Received, { kind: 'ignored' }> {
  return { kind: 'ignored', reason };
}

/** The ids with a first one, if there is any. */
export function someOf(ids: readonly PersonId[]): PersonIds | undefined {
  const [first, ...others] = ids;
  return first && [first, ...others];
}

function placeOf(value: unknown, source: Source, { ids: all, profile }: Person): Place | Received {
  if (!isObject(value)) return ignored('unreadable-message');
  // A group has many people, and a reply would go to all of them (U6).
  if (stringOf(value.group_id) !== '') return ignored('group');
  const ids = someOf(all);
  const providerId = messageIdOf(value.id);
  if (providerId === undefined) return ignored('no-message-id');
  return ids
    ? { message: value, providerId, time: timeOf(value.timestamp), ids, profile, source }
    : ignored('no-sender');
}

function receiveClient({ message, providerId, time, ids, profile, source }: Place): ReceivedMessage {
  const { content, opens } = readContent(message, { authorIds: ids.map(({ chatId }) => chatId) });
  const { account, history, standby } = source;
  return {
    kind: 'client',
    ...defined({ account, time, history, standby }),
    ids,
    providerId,
    // What a program answers waits for no person, until it hands the conversation over.
    opens: opens && !history && !standby,
    author: { id: ids[0].chatId, ...profile },
    content,
  };
}

function receiveTeam({ message, providerId, time, ids, profile, source }: Place): ReceivedMessage {
  const { account, history, standby } = source;
  return {
    kind: 'echo',
    ...defined({ account, time, history, standby }),
    ids,
    providerId,
    opens: false,
    author: {},
    content: readContent(message, { authorIds: [] }).content,
    ...(standby && { by: 'automatic' }),
    ...(Object.keys(profile).length > 0 && { client: profile }),
  };
}

/**
 * The time of the message itself is not told, so an edit cannot stand for one that never came. Only numbers that are in
 * use on a phone too tell of edits.
 */
function receiveEdit({ message, time, ids, source }: Place): Received {
  const { original_message_id, message: inner } = fieldsOf<Edit>(message.edit);
  const providerId = messageIdOf(original_message_id);
  if (providerId === undefined || time === undefined || !isObject(inner)) return ignored('edit-of-nothing');
  const { content } = readContent(inner, { authorIds: [] });
  return { kind: 'edit', ...defined({ account: source.account }), ids, providerId, time, content };
}

function receiveRevoke({ message, ids, source }: Place): Received {
  const providerId = messageIdOf(fieldsOf<Edit>(message.revoke).original_message_id);
  if (providerId === undefined) return ignored('revoke-of-nothing');
  return { kind: 'deletion', ...defined({ account: source.account }), ids, providerId };
}

/** Without an emoji the client took the reaction back. */
function receiveReaction({ message, time, ids, source }: Place): Received {
  const { message_id, emoji } = fieldsOf<ServerReactionMessage['reaction']>(message.reaction);
  const providerId = messageIdOf(message_id);
  if (providerId === undefined || time === undefined) return ignored('reaction-to-nothing');
  const emojis = stringOf(emoji) === '' ? [] : [cut(stringOf(emoji), MAX_EMOJI_LENGTH)];
  return { kind: 'reaction', ...defined({ account: source.account }), ids, providerId, time, emojis };
}

/** A notice. It may say which ids the person has from now on. */
function receiveSystem(place: Place): Received {
  const { ids, time, providerId, message, source } = place;
  const became = idsAfter(message.system).filter((id) => !isAmong(ids, id));
  if (became.length === 0) return receiveClient(place);
  if (time === undefined) return ignored('no-time');
  const { content } = readContent(message, { authorIds: [] });
  return { kind: 'identity', ...defined({ account: source.account }), ids, became, providerId, time, content };
}

/**
 * The ids of a person before the change that a notice tells. Of the user ids beside it, nobody says whether they are the
 * old or the new ones. Before August 2026 the old one stood in the words only.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system
 */
function idsBefore({ from, from_user_id, from_parent_user_id, system }: Claimed<ServerSystem>): PersonId[] {
  const { previous_user_id, previous_parent_user_id, body } = fieldsOf<ServerSystemMessage['system']>(system);
  const written = /\bfrom ([A-Z]{2}\.[A-Za-z0-9.]+) to\b/.exec(stringOf(body))?.[1];
  const after = idsAfter(system);
  const beside = idsOf(from_user_id, from_parent_user_id).filter((id) => !isAmong(after, id));
  return idsOf(from, previous_user_id ?? written, previous_parent_user_id, ...beside.map(({ chatId }) => chatId));
}

function idsAfter(system: unknown): PersonId[] {
  const { wa_id, new_wa_id, user_id, parent_user_id } = fieldsOf<ServerSystemMessage['system']>(system);
  return idsOf(wa_id, new_wa_id, user_id, parent_user_id);
}

function isAmong(ids: readonly PersonId[], { chatId }: PersonId): boolean {
  return ids.some((one) => one.chatId === chatId);
}

/**
 * The client has given the number that WhatsApp asked for: it vouches that user id and number are one person. Of a card
 * that somebody passes on, it does not.
 */
function receiveOwnCard({ message, providerId, time, ids, source }: Place): Received[] {
  const cards = listOf(message.contacts).map((card) => fieldsOf<{ origin: string; phones: unknown }>(card));
  const phones = cards.flatMap((card) => listOf(card.phones)).map((one) => fieldsOf<{ wa_id: string }>(one).wa_id);
  const isAsked = cards.length === 1 && cards[0]?.origin === 'contact_request' && phones.length === 1;
  const [phone] = isAsked ? idsOf(phones[0]).filter((id) => !isAmong(ids, id)) : [];
  if (!phone || time === undefined || source.history) return [];
  const content = { type: 'system', kind: 'phone_shared', text: `+${phone.chatId}` } as const;
  const all: PersonIds = [...ids, phone];
  return [
    {
      kind: 'identity',
      ...defined({ account: source.account }),
      ids: all,
      providerId: `${providerId}.ids`,
      time,
      content,
    },
  ];
}
