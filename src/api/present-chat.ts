import type * as z from 'zod/mini';
import type { chat, noReplyMark, owedMark } from '#api/chat-routes';
import { presentTime } from '#api/present-time';
import { addressOfChat } from '#domain/address';
import type { Chat } from '#domain/chat';
import { type InstallationSecret, shortHash } from '#domain/hash';
import { profileBeside } from '#domain/person-ids';
import { nameOf, visibleName } from '#domain/profile';
import { writeSeenUpTo } from '#domain/seen';
import type { ChannelSettings } from '#domain/settings';
import { type Actor, isToAnswer, responsibleOf, sightOf } from '#domain/sight';
import { timerOf } from '#domain/timer';
import type { Channels } from '#store/accounts/channels';
import { type ChatRow, waitIn } from '#store/chats/chats';

/** What the client of a chat is called: the contact's name, else the profile's, else the number of the profile, else the id. */
export function shownName({ contact, chat: { profile }, chatType, chatId, ids = [] }: ChatRow): string {
  const profileId = profileBeside({ chatType, chatId }, [], ids);
  return visibleName(contact?.name) ?? nameOf(profile ?? {}) ?? profileId ?? chatId;
}

/** Who said that no reply is needed, when and why. */
export function presentNoReply({
  userId,
  at,
  reason,
}: NonNullable<Chat['noReplyNeeded']>): z.infer<typeof noReplyMark> {
  return { userId: userId ?? null, at: presentTime(at), ...(reason !== undefined && { reason }) };
}

/** Who owes an answer still, and since when. */
export function presentOwed({ userId, at }: NonNullable<Chat['stillOwed']>): z.infer<typeof owedMark> {
  return { userId: userId ?? null, at: presentTime(at) };
}

/** The channels that are deleted, of those of the rows. */
export async function deletedOf(
  channels: Pick<Channels, 'get'>,
  rows: readonly Pick<ChatRow, 'channelId'>[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(rows.map(({ channelId }) => channelId))];
  const found = await Promise.all(ids.map((channelId) => channels.get(channelId)));
  return new Set(ids.filter((_, index) => found[index]?.deletedAt !== undefined));
}

/**
 * A chat as the API shows it to the actor, by the settings of its channel. The secret signs its `seenUpTo`. In a channel
 * that is among the deleted ones nobody may write any more.
 */
export function presentChat(
  row: ChatRow,
  actor: Actor,
  settings: ChannelSettings,
  secret: InstallationSecret,
  deleted: ReadonlySet<string>,
): z.infer<typeof chat> {
  const { channelId, chatType, chatId, contact, key } = row;
  const { unansweredSince, unansweredCount, noReplyNeeded, stillOwed, seen } = row.chat;
  const { lastMessageAt, preview, lastBy } = row.chat;
  const writes = sightOf(actor, row, settings) === 'writes';
  return {
    channelId,
    chatType,
    chatId,
    name: shownName(row),
    contactId: contact?.id ?? null,
    responsibleUserId: responsibleOf(row.viewers, settings) ?? null,
    unanswered: unansweredSince !== undefined,
    unansweredSince: unansweredSince === undefined ? null : presentTime(unansweredSince),
    unansweredCount,
    noReplyNeeded: noReplyNeeded ? presentNoReply(noReplyNeeded) : null,
    ...(stillOwed && { stillOwed: presentOwed(stillOwed) }),
    lastMessageAt: presentTime(lastMessageAt),
    preview,
    ...(lastBy && { lastBy }),
    seenUpTo: writeSeenUpTo(secret, key, seen),
    version: row.version,
    mayWrite: writes && !deleted.has(channelId),
    ...(writes && deleted.has(channelId) && { channelDeleted: true }),
    isOwn: actor.userId !== undefined && isToAnswer(actor.userId, row.viewers, settings),
    thread: shortHash(addressOfChat(row.account, key)),
    ...presentTimer(row),
  };
}

/** What the timer of the channel does about a client who waits. Nothing while they wait for a short time only. */
function presentTimer(row: ChatRow): Pick<z.infer<typeof chat>, 'late' | 'leavesAt' | 'told'> {
  const timer = timerOf(waitIn(row));
  if (!timer) return {};
  const { leavesAt, told } = timer;
  return {
    late: true,
    ...(leavesAt !== undefined && { leavesAt: presentTime(leavesAt) }),
    ...(told !== undefined && { told: presentTime(told) }),
  };
}
