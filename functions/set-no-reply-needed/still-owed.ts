import { stillOwed } from '#api/desk-routes';
import type { Clock } from '#clock';
import { FIRST_KEY, factKey } from '#domain/fact';
import { isOpening, standingOwed } from '#domain/open-messages';
import { timeAfter } from '#domain/seen';
import { type Actor, authorOf } from '#domain/sight';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { ChatRow } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import { type TakeBackDeps, takeBack } from './take-back.ts';

export interface StillOwedDeps extends TakeBackDeps {
  readonly facts: TakeBackDeps['facts'] & Pick<Facts, 'put' | 'readFrom'>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Says that an answer is still owed, or takes it back (U9). Answers with the key that is news, if there is any. */
export async function setStillOwed(
  deps: StillOwedDeps,
  actor: Actor,
  row: ChatRow,
  body: Uint8Array,
): Promise<string | undefined> {
  const wanted = readBody(stillOwed, body, invalidRequest);
  return wanted.stillOwed ? say(deps, actor, row) : takeBack(deps, row.key, 'still-owed');
}

/** It is about what the client wrote last, which the chat may not hold yet. Saying it twice changes nothing. */
async function say({ facts, clock, newId }: StillOwedDeps, actor: Actor, { key, chat }: ChatRow): Promise<string> {
  const since = await facts.readFrom(key, chat.client?.key ?? FIRST_KEY);
  const message = since.findLast(isOpening);
  if (!message) {
    throw new RequestError(400, 'NOTHING_TO_ANSWER', 'The client has written nothing that an answer could be owed to');
  }
  const known = standingOwed(since).find(({ of }) => of === message.key);
  if (known) return known.key;
  const newest = since.at(-1) ?? message;
  const fact = {
    kind: 'still-owed' as const,
    key: factKey(timeAfter({ upTo: newest.key }, clock.now()), newId()),
    author: authorOf(actor),
    of: message.key,
  };
  await facts.put(key, fact);
  return fact.key;
}
