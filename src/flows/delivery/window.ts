import type { Outbound } from '#channels/outbound';
import { ANSWERED_CALL, type Fact, factKey, type Reply, timeOfKey } from '#domain/fact';
import { createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';

/** Whether a messenger would surely refuse the reply, because the client has been silent for too long. */
export type IsTooLate = (outbound: Outbound, chat: string, reply: Reply) => Promise<boolean>;

const HOUR_MS = 3_600_000;
/** The clocks of the messenger and of this machine differ. At the edge the messenger itself decides. */
const EDGE_MS = 60_000;

/**
 * Makes `isTooLate(outbound, chat, reply)`. The window of a messenger begins with each message and call of the client,
 * at the time that the messenger gave it. What the team writes on a phone tells nothing of it. If nothing is known of
 * the client, the messenger decides.
 */
export function createIsTooLate(deps: StoreDeps): IsTooLate {
  const { clock } = deps;
  const chats = createChats(deps);
  const facts = createFacts(deps);

  return async function isTooLate({ window }, chat, { sends }) {
    if (!window || (sends?.template && window.then === 'template')) return false;
    const beginsAt = clock.now() - window.hours * HOUR_MS - EDGE_MS;
    const known = (await chats.get(chat))?.chat.client;
    if (!known || timeOfKey(known.key) >= beginsAt) return false;
    // The chat may not know of the newest messages yet.
    const newer = await facts.readFrom(chat, factKey(beginsAt, ''));
    return !newer.some(opensWindow);
  };
}

/**
 * Notices of the messenger, such as a changed number, are nothing that the client said. What was said to a program that
 * held the conversation is.
 */
function opensWindow(fact: Fact): boolean {
  if (fact.kind !== 'client') return false;
  const isSaidToProgram = fact.standby === true && fact.content.type !== 'system';
  return fact.opens || isSaidToProgram || fact.content.kind === ANSWERED_CALL;
}
