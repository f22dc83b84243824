import type { Fact } from '#domain/fact';
import { isSpokenTo } from '#domain/open-messages';
import type { ChatRow } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';

/**
 * Whether a person has answered in the chat. What was answered before its client last became nobody's does not count. `known`
 * is the chat as it was saved. `facts` are those that a fold has read of it.
 */
export type HasSpoken = (chatKey: string, facts: readonly Fact[], known: ChatRow | undefined) => Promise<boolean>;

/** So many facts before a reply are looked at. */
const LOOKED_AT = 50;

/**
 * Makes `hasSpoken`. It reads only if a reply covers none of those facts, nor the newest message that the chat knew: it may
 * answer an older one that a "no reply needed" had closed, which a fold does not read.
 */
export function createHasSpoken(deps: StoreDeps): HasSpoken {
  const stored = createFacts(deps);

  return async function hasSpoken(chatKey, facts, known) {
    const after = known?.nobodysAt ?? 0;
    const newest = known?.chat.client;
    if (known?.spoken || isSpokenTo(facts, after, newest)) return true;
    // Nobody answers a client who has not written.
    if (!newest) return false;
    for (const reply of facts) {
      if (reply.kind !== 'reply' || reply.refused !== undefined || !reply.covers || reply.storedAt <= after) continue;
      const { facts: before } = await stored.page(chatKey, LOOKED_AT, reply.key, reply.covers.low);
      if (isSpokenTo([...before, reply], after)) return true;
    }
    return false;
  };
}
