import type * as z from 'zod/mini';
import type { chat } from '#api/chat-routes';
import { presentTime } from '#api/present-time';
import { addressOfChat } from '#domain/address';
import { type InstallationSecret, shortHash } from '#domain/hash';
import { nameOf, visibleName } from '#domain/profile';
import { writeSeenUpTo } from '#domain/seen';
import type { ChannelSettings } from '#domain/settings';
import { type Actor, isToAnswer, responsibleOf, sightOf } from '#domain/sight';
import type { ChatRow } from '#store/chats/chats';

/** What the client of a chat is called: the contact's name, else the profile's, else the id. */
export function shownName({ contact, chat: { profile }, chatId }: ChatRow): string {
  return visibleName(contact?.name) ?? nameOf(profile ?? {}) ?? chatId;
}

/** A chat as the API shows it to the actor, by the settings of its channel. The secret signs its `seenUpTo`. */
export function presentChat(
  row: ChatRow,
  actor: Actor,
  settings: ChannelSettings,
  secret: InstallationSecret,
): z.infer<typeof chat> {
  const { channelId, chatType, chatId, contact, key } = row;
  const { unansweredSince, unansweredCount, noReplyNeeded, stillOwed, seen } = row.chat;
  const { lastMessageAt, preview, lastBy } = row.chat;
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
    noReplyNeeded: noReplyNeeded
      ? {
          userId: noReplyNeeded.userId ?? null,
          at: presentTime(noReplyNeeded.at),
          ...(noReplyNeeded.reason !== undefined && { reason: noReplyNeeded.reason }),
        }
      : null,
    ...(stillOwed && { stillOwed: { userId: stillOwed.userId ?? null, at: presentTime(stillOwed.at) } }),
    lastMessageAt: presentTime(lastMessageAt),
    preview,
    ...(lastBy && { lastBy }),
    seenUpTo: writeSeenUpTo(secret, key, seen),
    version: row.version,
    mayWrite: sightOf(actor, row, settings) === 'writes',
    isOwn: actor.userId !== undefined && isToAnswer(actor.userId, row.viewers, settings),
    thread: shortHash(addressOfChat(row.account, key)),
  };
}
