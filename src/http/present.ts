import type * as z from 'zod/mini';
import { type Fact, idOfKey, timeOfKey } from '#domain/fact';
import { type Content, chatOfKey } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import { writeSeenUpTo } from '#domain/seen';
import type { chat, message } from '#http/contract';
import type { ChatRow } from '#store/chats';
import type { Outcome } from '#store/messages';

/** A time of ours in the API: ISO 8601, UTC, milliseconds. */
export function presentTime(at: number): string {
  return new Date(at).toISOString();
}

/** A chat as the API shows it. */
export function presentChat(row: ChatRow): z.infer<typeof chat> {
  const { channelId, chatType, chatId, viewers, key } = row;
  const { unansweredSince, unansweredCount, noReplyNeeded, lastMessageAt, preview, client, seen } = row.chat;
  return {
    channelId,
    chatType,
    chatId,
    name: client?.name ?? chatId,
    contactId: null,
    responsibleUserId: viewers[0] ?? null,
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
    lastMessageAt: presentTime(lastMessageAt),
    preview,
    seenUpTo: writeSeenUpTo(key, seen),
  };
}

/** A fact as a line of the history: the fields of a `messages` webhook of the compatible API. */
export function presentMessage(chatKey: string, fact: Fact, outcome: Outcome | undefined): z.infer<typeof message> {
  const base = {
    messageId: messageIdOf(chatKey, fact.key),
    ...chatOfKey(chatKey),
    dateTime: presentTime(timeOfKey(fact.key)),
    isEcho: fact.kind !== 'client',
  };
  const { id, name, username } = fact.author;
  const author = { ...(id !== undefined && { authorId: id }), ...(name !== undefined && { authorName: name }) };
  switch (fact.kind) {
    case 'client': {
      const contact = { ...(name !== undefined && { name }), ...(username !== undefined && { username }) };
      return { ...base, ...presentContent(fact.content, outcome), contact, status: 'inbound' };
    }
    case 'echo':
      return { ...base, ...presentContent(fact.content, outcome), ...author, status: 'sent' };
    case 'reply':
      return { ...base, ...presentContent(fact.content, outcome), ...author, ...presentStatus(outcome) };
    case 'no-reply-needed':
      return {
        ...base,
        type: 'system',
        ...author,
        noReplyNeeded: {
          userId: id ?? null,
          ...(fact.reason !== undefined && { reason: fact.reason }),
          withdrawnAt: fact.withdrawnAt === undefined ? null : presentTime(fact.withdrawnAt),
        },
      };
    default:
      return fact satisfies never;
  }
}

/** The ids under which the outcomes of facts are kept. */
export function outcomeIds(facts: readonly Fact[]): string[] {
  return facts.filter(({ kind }) => kind !== 'no-reply-needed').map(({ key }) => idOfKey(key));
}

function presentContent(content: Content, outcome: Outcome | undefined) {
  const { type, text } = outcome?.edit?.content ?? content;
  return {
    type,
    ...(text !== undefined && { text }),
    ...(outcome?.edit && { isEdited: true }),
    ...(outcome?.deletedAt !== undefined && { isDeleted: true }),
  };
}

function presentStatus(outcome: Outcome | undefined) {
  if (!outcome?.status) return {};
  const { status, error } = outcome;
  return { status, ...(error && { error: { error: error.code, description: error.description } }) };
}
