import { findNamed, writerOf } from '#api/named-user';
import type { Messenger } from '#channels/channel';
import { factKey, type Reply } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { messageIdOf, readMessageId } from '#domain/message-id';
import { type Actor, sightOf } from '#domain/sight';
import { invalidMessage, noAccess, RequestError } from '#http/errors';
import type { Channel } from '#store/accounts/channel-item';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Chats } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import type { Outcomes } from '#store/chats/outcomes';
import type { Users } from '#store/directory/users';

export interface FindSentDeps {
  readonly users: Pick<Users, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly channels: Pick<Channels, 'get'>;
  readonly chats: Pick<Chats, 'get' | 'keysByHash'>;
  readonly facts: Pick<Facts, 'readFrom'>;
  readonly outcomes: Pick<Outcomes, 'outcomeOf'>;
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
}

/** A message of the team that its messenger has taken. */
export interface SentMessage {
  /** The key of its chat. */
  readonly chat: string;
  readonly channel: Channel;
  readonly messenger: Messenger;
  readonly reply: Reply;
  readonly providerId: string;
  /** When the messenger took it, by our clock (epoch ms). */
  readonly sentAt: number;
  readonly deletedAt?: number | undefined;
  /** Whether it is a file by now. */
  readonly isFile: boolean;
}

/**
 * The message of that id, if the actor may write in its chat. Throws a `RequestError`: 400 if the account has no such
 * message, or it has not left; 403 if the actor may not write there.
 */
export async function findSent(
  deps: FindSentDeps,
  actor: Actor,
  messageId: string,
  crmUserId?: string,
): Promise<SentMessage> {
  const found = await findReply(deps, actor, messageId);
  if (!found) throw notFound('There is no such message of the team');
  const { chat, channel, messenger, reply } = found;
  const [row, { settings }, named, outcome] = await Promise.all([
    deps.chats.get(chat),
    deps.settings.read(channel.channelId),
    findNamed(deps, actor, { crmUserId }, invalidMessage),
    deps.outcomes.outcomeOf(chat, reply.key),
  ]);
  const writer = writerOf(actor, named, settings);
  if (writer && (!row || sightOf(writer, row, settings) !== 'writes')) throw noAccess();
  const { providerId, status, statusAt = reply.storedAt, deletedAt, edit } = outcome ?? {};
  if (providerId === undefined || status === 'error') {
    throw notFound('The messenger does not have the message: it waits to leave, or was refused');
  }
  return {
    chat,
    channel,
    messenger,
    reply,
    providerId,
    sentAt: statusAt,
    deletedAt,
    isFile: (edit?.content ?? reply.content).media !== undefined,
  };
}

/** The error for a message that cannot be changed because it is not there. */
export function notFound(description: string): RequestError {
  return new RequestError(400, 'MESSAGES_NOT_FOUND', description);
}

type FoundReply = Pick<SentMessage, 'chat' | 'channel' | 'messenger' | 'reply'>;

/** The reply of that id in a chat of the account. Hashes of two chats may be alike, so each is looked at. */
async function findReply(deps: FindSentDeps, actor: Actor, messageId: string): Promise<FoundReply | undefined> {
  const named = readMessageId(messageId);
  if (!named) return undefined;
  for (const chat of await deps.chats.keysByHash(named.chatHash)) {
    const channel = await deps.channels.get(chatOfKey(chat).channelId);
    const messenger = channel && (await deps.messengerFor(channel.transport));
    if (!channel || !messenger || channel.deletedAt !== undefined || channel.account !== actor.account) continue;
    const facts = await deps.facts.readFrom(chat, factKey(named.time, ''), factKey(named.time + 1, ''));
    const fact = facts.find(({ key }) => messageIdOf(chat, key) === messageId.toLowerCase());
    if (fact?.kind === 'reply') return { chat, channel, messenger, reply: fact };
  }
  return undefined;
}
