import { factKey, idOfKey, isOwnEcho, isSaid, type Said, timeOfKey } from '#domain/fact';
import { type Quoted, quote } from '#domain/message';
import { messageIdOf, readMessageId } from '#domain/message-id';
import { RequestError } from '#http/errors';
import type { Facts } from '#store/chats/facts';
import type { Outcomes } from '#store/chats/outcomes';
import type { NewMessage } from './read-message.ts';

/** What is needed to find a quoted message. */
export interface FindQuotedDeps {
  readonly facts: Pick<Facts, 'readFrom'>;
  readonly outcomes: Pick<Outcomes, 'outcomeOf'>;
}

/** A message that a reply quotes. */
export interface QuotedMessage {
  readonly fact: Said;
  readonly quote: Quoted;
}

/** The message that a reply quotes, if it quotes one. Throws a `RequestError` 400 if it is not in the chat. */
export async function findQuoted(
  { facts: stored, outcomes }: FindQuotedDeps,
  key: string,
  { refMessageId }: Pick<NewMessage, 'refMessageId'>,
): Promise<QuotedMessage | undefined> {
  if (refMessageId === undefined) return undefined;
  const named = readMessageId(refMessageId);
  const facts = named ? await stored.readFrom(key, factKey(named.time, ''), factKey(named.time + 1, '')) : [];
  const fact = facts.find((there) => messageIdOf(key, there.key) === refMessageId.toLowerCase());
  if (!fact || !isSaid(fact) || isOwnEcho(fact)) {
    throw new RequestError(400, 'REFERENCE_MESSAGE_NOT_FOUND', 'There is no such message in this chat', {
      fields: ['refMessageId'],
    });
  }
  // The key of a reply holds Konvert's id. The messenger's id stands in the outcome once the reply was sent.
  const { providerId, edit } = (await outcomes.outcomeOf(key, fact.key)) ?? {};
  const known =
    providerId === undefined ? { providerId: idOfKey(fact.key), time: timeOfKey(fact.key) } : { providerId };
  return { fact, quote: { ...quote(edit?.content ?? fact.content), ...known } };
}

/** The topic of a quoted message. If it has none, or came by another connection, the reply stands outside of topics. */
export function topicOf({ fact }: QuotedMessage, via: string | undefined): string | undefined {
  return fact.kind !== 'echo' && fact.via === via ? fact.topic : undefined;
}
