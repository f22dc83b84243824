import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod/mini';
import { type Fact, factKey, idOfKey, timeOfKey } from '#domain/fact';
import { type Content, chatOfKey, type Quoted } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import type { message } from '#http/contract';
import { presentTime } from '#http/present';
import type { Outcome } from '#store/chats/outcome-item';

type Line = z.infer<typeof message>;

/**
 * A fact as a line of the history: the fields of a `messages` webhook of the compatible API, and ours for what it has
 * none for. `outcomes` are those of the facts shown and of what they quote.
 */
export function presentMessage(chatKey: string, fact: Fact, outcomes: ReadonlyMap<string, Outcome>): Line {
  const outcome = outcomes.get(idOfKey(fact.key));
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
      return { ...base, ...said(fact.content), contact, status: 'inbound' };
    }
    case 'echo':
      return { ...base, ...said(fact.content), ...author, status: 'sent' };
    case 'reply':
      return { ...base, ...said(fact.content), ...author, ...presentStatus(outcome) };
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

  function said(content: Content) {
    return presentSaid(chatKey, content, outcome, outcomes);
  }
}

/** What it says now, and what became of it. */
function presentSaid(
  chatKey: string,
  content: Content,
  outcome: Outcome | undefined,
  outcomes: ReadonlyMap<string, Outcome>,
) {
  const first = presentContent(content);
  const now = outcome?.edit ? presentContent(outcome.edit.content) : first;
  // Messengers tell of edits that nobody can see, such as a link that got its preview.
  const isEdited = !isDeepStrictEqual(now, first);
  return {
    ...now,
    ...(content.quoted && { quotedMessage: presentQuoted(chatKey, content.quoted, outcomes) }),
    ...(isEdited && { isEdited, ...(content.text !== undefined && { oldInfo: { oldText: content.text } }) }),
    ...(outcome?.deletedAt !== undefined && { isDeleted: true }),
    ...(outcome?.reaction?.emojis.length && { reactions: [...outcome.reaction.emojis] }),
  };
}

/** Without `fileId` and `raw`, which are the messenger's. */
function presentContent({ raw: _raw, quoted: _quoted, media, forwarded, vcards, poll, ...content }: Content) {
  const { fileId: _fileId, ...file } = media ?? {};
  const { from, at } = forwarded ?? {};
  return {
    ...content,
    ...(media && { media: file }),
    ...(vcards && { vcards: [...vcards] }),
    ...(poll && { poll: { question: poll.question, options: [...poll.options] } }),
    ...(forwarded && {
      forwarded: { ...(from !== undefined && { from }), ...(at !== undefined && { dateTime: presentTime(at) }) },
    }),
  };
}

/** The id is there where what was quoted is a line of this chat's history. */
function presentQuoted(chatKey: string, quoted: Quoted, outcomes: ReadonlyMap<string, Outcome>) {
  const { providerId, time, ...shown } = quoted;
  if (providerId === undefined) return shown;
  const key = outcomes.get(providerId)?.reply ?? (time === undefined ? undefined : factKey(time, providerId));
  return { ...(key !== undefined && { messageId: messageIdOf(chatKey, key) }), ...shown };
}

function presentStatus(outcome: Outcome | undefined) {
  if (!outcome?.status) return {};
  const { status, error } = outcome;
  return { status, ...(error && { error: { error: error.code, description: error.description } }) };
}
