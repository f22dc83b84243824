import { type ClientMessage, timeOfKey } from '#domain/fact';
import { type ChatRow, createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import { createNewestPlaces } from '#store/chats/newest-places';
import type { StoreDeps } from '#store/dynamo/client';

/** A message of a client, and their chat. */
export interface NewestMessage {
  readonly row: ChatRow;
  readonly message: ClientMessage;
}

/** Finds the newest message that a client wrote in a channel. Undefined if no client has written there. */
export type FindNewestMessage = (channelId: string) => Promise<NewestMessage | undefined>;

/**
 * How many waiting chats are looked at, and how many by their last message. Together they are one request: no index has
 * the newest message of a chat that waits already, so the rows of those chats are read.
 */
const WAITING = 75;
const LATEST = 25;

/**
 * Makes `FindNewestMessage`. It looks at the chats that have begun to wait last, and at those that moved last in the
 * rest: a chat that was answered at once stands there. It reads two pages of keys, a unit for each of at most 100 rows,
 * and one for the message, and needs no write when a message comes. So where more than 75 chats wait, a client who has
 * waited longer than all of these is found only once somebody has answered them.
 */
export function createFindNewestMessage(deps: StoreDeps): FindNewestMessage {
  const chats = createChats(deps);
  const facts = createFacts(deps);
  const places = createNewestPlaces(deps);

  return async function findNewestMessage(channelId) {
    const found = await Promise.all([
      places.keysOf(channelId, 'unanswered', WAITING),
      places.keysOf(channelId, 'rest', LATEST),
    ]);
    const rows = await chats.getAll([...new Set(found.flat())]);
    const [newest] = rows.filter(({ chat }) => chat.client).sort((one, other) => wroteAt(other) - wroteAt(one));
    const key = newest?.chat.client?.key;
    const message = newest && key !== undefined ? await facts.get(newest.key, key) : undefined;
    return newest && message?.kind === 'client' ? { row: newest, message } : undefined;
  };
}

/** When the client wrote last (epoch ms). A time in the future counts as that of receipt. */
function wroteAt({ chat: { client, lastMessageAt } }: ChatRow): number {
  return Math.min(timeOfKey(client?.key ?? '0'), lastMessageAt);
}
