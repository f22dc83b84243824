import type * as z from 'zod/mini';
import { noReplyNeeded } from '#api/chat-routes';
import { readSeen, type SeenTokenDeps } from '#api/seen-token';
import { factKey } from '#domain/fact';
import { timeAfter } from '#domain/seen';
import { type Actor, authorOf } from '#domain/sight';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { ChatRow } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import { type TakeBackDeps, takeBack } from './take-back.ts';

export interface NoReplyNeededDeps extends SeenTokenDeps, TakeBackDeps {
  readonly facts: SeenTokenDeps['facts'] & TakeBackDeps['facts'] & Pick<Facts, 'put'>;
  readonly newId: () => string;
}

/** Says that no reply is needed, or takes it back (U5). Answers with the key that is news, if there is any. */
export async function setNoReplyNeeded(
  deps: NoReplyNeededDeps,
  actor: Actor,
  row: ChatRow,
  body: Uint8Array,
): Promise<string | undefined> {
  const wanted = readBody(noReplyNeeded, body, invalidRequest);
  return wanted.noReplyNeeded ? say(deps, actor, row, wanted) : takeBack(deps, row.key, 'no-reply-needed');
}

async function say(
  deps: NoReplyNeededDeps,
  actor: Actor,
  row: ChatRow,
  { seenUpTo, reason }: z.infer<typeof noReplyNeeded>,
): Promise<string> {
  const { facts, clock, newId } = deps;
  const { key } = row;
  const covers = seenUpTo === undefined ? undefined : await readSeen(deps, key, row, seenUpTo);
  if (!covers) {
    throw new RequestError(
      400,
      'INVALID_SEEN_UP_TO',
      'Send the seenUpTo that came with what was on the screen of this chat',
      { fields: ['seenUpTo'] },
    );
  }
  const fact = {
    kind: 'no-reply-needed' as const,
    key: factKey(timeAfter(covers, clock.now()), newId()),
    author: authorOf(actor),
    covers,
    ...(reason !== undefined && { reason }),
  };
  await facts.put(key, fact);
  return fact.key;
}
