import type { Outbound } from '#channels/outbound';
import { ANSWERED_CALL, type Fact, factKey, type Reply, timeOfKey } from '#domain/fact';
import { createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';

/** What the window of a messenger says of a reply. */
export interface Window {
  /** When the client last wrote or called (epoch ms), as far as that matters and is known. */
  readonly clientAt?: number | undefined;
  /** Set if the messenger would surely refuse the reply, because the client has been silent for too long. */
  readonly tooLate?: '24_HOURS_EXCEEDED' | '7_DAYS_EXCEEDED' | undefined;
}

/** Tells what the window of a messenger says of a reply. */
export type WindowOf = (outbound: Outbound, chat: string, reply: Reply) => Promise<Window>;

const HOUR_MS = 3_600_000;
/** The clocks of the messenger and of this machine differ. At the edge the messenger itself decides. */
const EDGE_MS = 60_000;
/** So long a person may answer: https://developers.facebook.com/docs/messenger-platform/policy/policy-overview#human_agent */
const HUMAN_AGENT_HOURS = 7 * 24;

/**
 * Makes `windowOf(outbound, chat, reply)`. The window of a messenger begins with each message and call of the client, at
 * the time that the messenger gave it. What the team writes on a phone tells nothing of it. If nothing is known of the
 * client, the messenger decides.
 */
export function createWindowOf(deps: StoreDeps): WindowOf {
  const { clock } = deps;
  const chats = createChats(deps);
  const facts = createFacts(deps);

  /** When the client was last heard, if that was after `beginsAt` or nothing newer is known. */
  async function heardAt(chat: string, beginsAt: number): Promise<number | undefined> {
    const known = (await chats.get(chat))?.chat.client;
    if (!known) return undefined;
    const at = timeOfKey(known.key);
    if (at >= beginsAt) return at;
    // The chat may not know of the newest messages yet.
    const newer = await facts.readFrom(chat, factKey(beginsAt, ''));
    return newer.filter(opensWindow).reduce((latest, { key }) => Math.max(latest, timeOfKey(key)), at);
  }

  return async function windowOf({ window }, chat, { sends }) {
    if (!window || (sends?.template && window.then === 'template')) return {};
    const isOver = (at: number, hours: number) => at < clock.now() - hours * HOUR_MS - EDGE_MS;
    const clientAt = await heardAt(chat, clock.now() - window.hours * HOUR_MS - EDGE_MS);
    if (clientAt === undefined) return {};
    if (window.then === 'human-agent')
      return { clientAt, tooLate: isOver(clientAt, HUMAN_AGENT_HOURS) ? '7_DAYS_EXCEEDED' : undefined };
    return { clientAt, tooLate: isOver(clientAt, window.hours) ? '24_HOURS_EXCEEDED' : undefined };
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
