import { cutText, pressedOf } from '#channels/bounds';
import { UnreadableWebhookError } from '#channels/errors';
import { defined, fieldsOf, isObject, rowOf, wholeOf } from '#channels/fields';
import type { Received, ReceivedMessage } from '#channels/inbound';
import type { PersonIds } from '#channels/terms';
import { readContent, type VkMessage } from './content.ts';
import { CHAT_TYPE, eventIdOf, toPressId, toProviderId, userIdOf } from './ids.ts';
import { EVENTS, type EventKind } from './kinds.ts';
import { readPressed } from './pressed.ts';
import { emojiOf } from './reactions.ts';
import { timeOf } from './times.ts';

interface Event {
  readonly type: unknown;
  readonly group_id: unknown;
  readonly event_id: unknown;
  readonly object: unknown;
}

interface Press {
  readonly user_id: unknown;
  readonly peer_id: unknown;
  readonly event_id: unknown;
  readonly payload: unknown;
  readonly conversation_message_id: unknown;
}

/** Fields of the small events. */
interface Told {
  readonly from_id: unknown;
  readonly peer_id: unknown;
  readonly user_id: unknown;
  readonly reacted_id: unknown;
  readonly reaction_id: unknown;
  readonly cmid: unknown;
  readonly conversation_message_id: unknown;
}

type Receive = (object: unknown, eventId: string | undefined) => Received;

const RECEIVE: Readonly<Record<Exclude<EventKind, 'ignored'>, Receive>> = {
  message: receiveMessage,
  edit: receiveEdit,
  press: receivePress,
  read: receiveRead,
  reaction: receiveReaction,
  allowed: (object, eventId) => receiveNotice('unblocked', object, eventId),
  denied: (object, eventId) => receiveNotice('blocked', object, eventId),
};

/**
 * What an event reports, in Konvert's words. `groupId` is the channel's community. An event that cannot be read is ignored
 * and not refused: VK would repeat it for two hours, and pause the server. Throws `UnreadableWebhookError` for a body that
 * cannot be VK's.
 */
export function mapWebhook(body: unknown, groupId?: string): Received[] {
  const { type, group_id, event_id, object } = fieldsOf<Event>(body);
  const community = wholeOf(group_id) ?? 0;
  if (typeof type !== 'string') throw new UnreadableWebhookError('type');
  if (community <= 0) throw new UnreadableWebhookError('group_id');
  if (groupId !== undefined && String(community) !== groupId) return [ignored('other-community')];
  const kind = rowOf(EVENTS, type);
  if (kind === undefined) return [ignored('unknown-event')];
  if (kind === 'ignored') return [ignored(type)];
  return [RECEIVE[kind](object, eventIdOf(event_id))];
}

/** A message of the client or of the team. Since version 5.103 that of a client is wrapped, with what the client can show. */
function receiveMessage(object: unknown): Received {
  const message = messageIn(object);
  const place = message && placeOf(message);
  if (!place || 'kind' in place) return place ?? ignored('unreadable-message');
  const { content, opens } = readContent(message);
  const { ids, providerId, time, isClient, author, by } = place;
  const said = { ids, providerId, ...defined({ time }), author, content };
  return isClient ? { kind: 'client', ...said, opens } : { kind: 'echo', ...said, opens: false, ...defined({ by }) };
}

/** VK tells of changes of the team's own messages. It may tell of a client's as well. */
function receiveEdit(object: unknown): Received {
  const message = messageIn(object);
  const place = message && placeOf(message);
  if (!place || 'kind' in place) return place ?? ignored('unreadable-message');
  const { ids, providerId, time, isClient, author, by } = place;
  const changedAt = timeOf(message.update_time) ?? time;
  if (changedAt === undefined) return ignored('edit-without-time');
  return {
    kind: 'edit',
    ids,
    providerId,
    time: changedAt,
    content: readContent(message).content,
    ...(time !== undefined && { message: { kind: isClient ? 'client' : 'echo', author, time, ...defined({ by }) } }),
  };
}

function receivePress(object: unknown): Received {
  const { user_id, peer_id, event_id, payload, conversation_message_id } = fieldsOf<Press>(object);
  const [userId, eventId] = [userIdOf(user_id), eventIdOf(event_id)];
  if (userId === undefined || eventId === undefined) return ignored('unreadable-press');
  // In a group chat a reply would go to everybody.
  if (peer_id !== userId) return ignored('group');
  const { label, gives } = readPressed(payload) ?? {};
  const quoted = toProviderId(conversation_message_id);
  return {
    kind: 'client',
    ids: chatOf(userId),
    providerId: toPressId(userId, eventId),
    opens: true,
    author: { id: String(userId) },
    content: {
      type: 'text',
      kind: 'button',
      text: cutText(label ?? gives ?? ''),
      ...pressedOf(gives),
      ...(quoted !== undefined && { quoted: { providerId: quoted } }),
    },
  };
}

/** The client has read all of our messages up to a number. */
function receiveRead(object: unknown): Received {
  const { from_id, peer_id, conversation_message_id } = fieldsOf<Told>(object);
  const [userId, upToNumber] = [userIdOf(peer_id), wholeOf(conversation_message_id) ?? 0];
  if (userId === undefined) return ignored('group');
  if (from_id !== userId) return ignored('own-read');
  if (upToNumber <= 0) return ignored('read-of-nothing');
  return { kind: 'receipt', of: { upToNumber }, ids: chatOf(userId), status: 'read' };
}

/** VK tells the reaction as it is now, and none if it was taken back. */
function receiveReaction(object: unknown): Received {
  const { peer_id, reacted_id, reaction_id, cmid } = fieldsOf<Told>(object);
  const [userId, providerId] = [userIdOf(peer_id), toProviderId(cmid)];
  if (userId === undefined) return ignored('group');
  if (reacted_id !== userId) return ignored('own-reaction');
  if (providerId === undefined) return ignored('reaction-to-nothing');
  return { kind: 'reaction', ids: chatOf(userId), providerId, emojis: emojiOf(reaction_id) };
}

/** The person let the community write, or forbade it. It becomes a line of the history. */
function receiveNotice(kind: string, object: unknown, eventId: string | undefined): Received {
  const userId = userIdOf(fieldsOf<Told>(object).user_id);
  if (userId === undefined || eventId === undefined) return ignored('notice-of-nobody');
  return {
    kind: 'client',
    ids: chatOf(userId),
    providerId: `ev${eventId}`,
    opens: false,
    author: { id: String(userId) },
    content: { type: 'system', kind },
  };
}

function messageIn(object: unknown): VkMessage | undefined {
  if (!isObject(object)) return undefined;
  return isObject(object.message) ? object.message : object;
}

interface Place {
  readonly ids: PersonIds;
  readonly providerId: string;
  readonly time: number | undefined;
  readonly isClient: boolean;
  readonly author: ReceivedMessage['author'];
  readonly by: 'automatic' | undefined;
}

function placeOf(message: VkMessage): Place | Received {
  const { peer_id, from_id, date, conversation_message_id, admin_author_id } = message;
  const userId = userIdOf(peer_id);
  if (userId === undefined) return ignored((wholeOf(peer_id) ?? 0) < 0 ? 'community' : 'group');
  const providerId = toProviderId(conversation_message_id);
  if (providerId === undefined) return ignored('no-message-id');
  const isClient = from_id === userId;
  const isTeam = (wholeOf(from_id) ?? 0) < 0;
  if (!isClient && !isTeam) return ignored('no-sender');
  const admin = userIdOf(admin_author_id);
  return {
    ids: chatOf(userId),
    providerId,
    time: timeOf(date),
    isClient,
    author: isClient ? { id: String(userId) } : {},
    // A program of the community wrote it, or VK itself. If it is our own, its number tells.
    by: isTeam && admin === undefined ? 'automatic' : undefined,
  };
}

function chatOf(userId: number): PersonIds {
  return [{ chatType: CHAT_TYPE, chatId: String(userId) }];
}

function ignored(reason: string): Extract<Received, { kind: 'ignored' }> {
  return { kind: 'ignored', reason };
}
