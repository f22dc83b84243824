import { chatKey, chatOfKey, type PersonId } from './message.ts';
import { isPhone, isSame, kindOfId } from './person-ids.ts';

/** The chat of what a person writes by an id, for messages from a while after `at` on (epoch ms, our clock). */
export interface Home {
  readonly chat: string;
  readonly at: number;
}

/** The homes of an id, by channel. They are added to and never changed, the latest last. */
export type Homes = Readonly<Record<string, readonly Home[]>>;

/** An id, and what is stored of it. */
export interface KnownId {
  readonly id: PersonId;
  readonly homes: Homes;
}

/**
 * A home counts for messages that are at least this much younger. It is longer than any write is under way, with any skew
 * of clocks. So a redelivery finds the homes that the first delivery found, and goes to the same chat.
 */
export const KNOWN_AFTER_MS = 10_000;

/** A write of homes is given up by then. Much later than they say, it would send a redelivery to another chat. */
export const HOME_WRITE_MS = 3_000;

/**
 * The person id of the chat that a message belongs to, by the ids that came with it. It follows from the message: `at`
 * is its time (epoch ms). A phone counts before a user's id, and a chat on this channel before one on another. An id does not
 * lead to the chat of a number or user that is not the one in the message.
 */
export function homeFor(ids: readonly KnownId[], channelId: string, at: number): PersonId {
  const inOrder = [...ids].sort((one, other) => Number(isPhone(other.id)) - Number(isPhone(one.id)));
  const [first] = inOrder;
  if (!first) throw new Error('A message has a person');
  const homes = [
    ...inOrder.map(({ id, homes: { [channelId]: here = [] } }) => ({ id, home: countedOf(here, at) })),
    ...inOrder.map(({ id, homes }) => ({ id, home: oldestOf(homes, at) })),
  ];
  for (const { id, home } of homes) {
    const found = home && personOfChat(home.chat);
    const named = found && ids.find((one) => kindOfId(one.id) === kindOfId(found));
    // What the messenger says now of the number or the user counts for more than what another id once led to.
    if (found && (!named || named.id === id || isSame(named.id, found))) return found;
  }
  return first.id;
}

function personOfChat(chat: string): PersonId {
  const { chatType, chatId } = chatOfKey(chat);
  return { chatType, chatId };
}

/** The home on a channel that counts for a message of that time. */
function countedOf(homes: readonly Home[], at: number): Home | undefined {
  return homes.findLast((home) => home.at + KNOWN_AFTER_MS <= at);
}

function oldestOf(homes: Homes, at: number): Home | undefined {
  const counted = Object.values(homes).flatMap((ofChannel) => countedOf(ofChannel, at) ?? []);
  return counted.reduce<Home | undefined>(
    (oldest, home) => (oldest && isBefore(oldest, home) ? oldest : home),
    undefined,
  );
}

function isBefore(one: Home, other: Home): boolean {
  return one.at === other.at ? one.chat < other.chat : one.at < other.at;
}

/** The channel of a chat key. */
export function channelOf(chat: string): string {
  return chatOfKey(chat).channelId;
}

/** The homes of an id that follow from its person's chats, for channels in which it has none yet. */
export function missingHomes(homes: Homes, chats: readonly string[], at: number): Homes {
  const byChannel = Map.groupBy(chats, channelOf);
  const missing = [...byChannel].filter(([channelId]) => homes[channelId] === undefined);
  return Object.fromEntries(missing.map(([channelId, [chat = '']]) => [channelId, [{ chat, at }]]));
}

/** The homes of an id that leaves its person: from `at` on its messages go to the chat of `person` on each channel. */
export function movedHomes(homes: Homes, chats: readonly string[], person: PersonId, at: number): Homes {
  const of = new Map(chats.map((chat) => [channelOf(chat), chat]));
  const channels = new Set([...Object.keys(homes), ...of.keys()]);
  const moved = [...channels].map((channelId) => {
    const before = homes[channelId] ?? [];
    const chat = of.get(channelId) ?? chatKey({ ...person, channelId });
    return [channelId, [...before, { chat, at: Math.max(at, (before.at(-1)?.at ?? 0) + 1) }]] as const;
  });
  return Object.fromEntries(moved);
}

/** The homes of an id that had its messages in a chat that leaves: from `at` on they go to the chat of `person`. */
export function homesLeft(homes: Homes, leaving: readonly string[], person: PersonId, at: number): Homes {
  const left = Object.entries(homes).filter(([, all]) => leaving.includes(all.at(-1)?.chat ?? ''));
  return movedHomes(Object.fromEntries(left), [], person, at);
}
