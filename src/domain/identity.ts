import { accountOfKey, addressKey, personOfKey } from './address.ts';
import type { Contact, ContactData } from './directory.ts';
import type { Fact } from './fact.ts';
import { chatOfKey, type PersonId } from './message.ts';

/** The chat types whose messengers may have several ids for one person. For all others nothing here costs anything. */
const ALIASED: readonly string[] = ['whatsapp'];
/** The chat types in which a CRM may know a person by their @name alone. */
const NAMED: readonly string[] = ['telegram', 'instagram'];

/** Whether a person may have several ids of that chat type. */
export function hasAliases(chatType: string): boolean {
  return ALIASED.includes(chatType);
}

/** An id is a phone number, or a user's id that hides the number. */
export function isPhone({ chatId }: PersonId): boolean {
  return /^\+?\d+$/.test(chatId);
}

/**
 * The kind of an id. A business-scoped user id is the letters of a country, a dot and what WhatsApp made up; that of a
 * parent portfolio has `ENT.` in between. A person has one of each kind in one chat:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export function kindOfId(id: PersonId): 'phone' | 'parent' | 'user' | 'other' {
  if (isPhone(id)) return 'phone';
  if (/^[A-Z]{2}\.ENT\./.test(id.chatId)) return 'parent';
  return /^[A-Z]{2}\./.test(id.chatId) ? 'user' : 'other';
}

/** A chat in which a person's messages stand who writes by an id, for messages from a while after `at` on (our clock). */
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

/**
 * The person id whose chat a message belongs to, by the ids that came with it. It follows from the message: `at` is its
 * time (epoch ms). A phone counts before a user's id, and a chat on this channel before one on another. An id does not
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

/** Two spellings of a number are one id. */
function isSame(one: PersonId, other: PersonId): boolean {
  return addressKey('', one.chatType, one.chatId) === addressKey('', other.chatType, other.chatId);
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

/** The ids without repeats, except that one, in their order. Two spellings of a number are one id. */
export function otherIds(own: PersonId, ids: readonly PersonId[]): PersonId[] {
  const key = (id: PersonId) => addressKey('', id.chatType, id.chatId);
  const each = new Map(ids.map((id) => [key(id), id]));
  each.delete(key(own));
  return [...each.values()];
}

/** An id that a chat has linked to its person. `key`: the newest fact that told it. `became`: it took another's place. */
export interface LinkedId extends PersonId {
  readonly key: string;
  readonly became?: true;
}

/** How many ids a chat remembers. */
const MOST_IDS = 20;

/** The ids that a chat remembers after it linked some. The newest that was told stands first. */
export function withLinked(known: readonly LinkedId[], more: readonly LinkedId[]): LinkedId[] {
  const each = new Map<string, LinkedId>();
  for (const id of [...known, ...more]) {
    const before = each.get(id.chatId);
    if (!before || before.key <= id.key) each.set(id.chatId, before?.became ? { ...id, became: true } : id);
  }
  return [...each.values()].sort((one, other) => (one.key < other.key ? 1 : -1)).slice(0, MOST_IDS);
}

/** An id that is new to a chat. `instead`: the ids that are no longer this person's. `isOld`: a newer one is known. */
export interface ToldId {
  readonly id: LinkedId;
  readonly instead: readonly LinkedId[];
  readonly isOld: boolean;
}

/**
 * The ids that facts of a chat tell and that it has not linked yet, in the order of the facts. A number that comes with
 * another user's id than before, and of which nothing said that the id has changed, is somebody else's by now. `others`:
 * the ids by which the person was known on the channel outside of this chat.
 */
export function toldIds(
  own: PersonId,
  known: readonly LinkedId[],
  facts: readonly Fact[],
  others: readonly PersonId[] = [],
): ToldId[] {
  const told: ToldId[] = [];
  for (const fact of facts) {
    if (fact.kind !== 'client' && fact.kind !== 'echo') continue;
    const became = fact.kind === 'client' ? (fact.became ?? []) : [];
    const all = [
      ...otherIds(own, fact.ids ?? []).map((id) => ({ ...id, key: fact.key })),
      ...otherIds(own, became).map((id) => ({ ...id, key: fact.key, became: true as const })),
    ];
    const hasPhone = [own, ...(fact.ids ?? [])].some(isPhone);
    for (const id of all) {
      const before = [...known, ...told.map((one) => one.id)];
      const here = before.find((one) => one.chatId === id.chatId);
      if (here && (here.became || !('became' in id))) continue;
      const isUsers = hasPhone && !('became' in id) && ['user', 'parent'].includes(kindOfId(id));
      const there = [...before, ...others.filter((one) => !isAmong(before, one)).map((one) => ({ ...one, key: '' }))];
      const isAlike = (one: PersonId) => kindOfId(one) === kindOfId(id) && one.chatId !== id.chatId;
      const alike = isUsers ? there.filter(isAlike) : [];
      const isOld = alike.some(({ key }) => key > id.key);
      told.push({ id, instead: isOld ? [] : alike, isOld });
    }
  }
  return told;
}

function isAmong(ids: readonly PersonId[], { chatId }: PersonId): boolean {
  return ids.some((one) => one.chatId === chatId);
}

/**
 * The ids to send to: the chat's own, then the person's others, the newest first. An own number that became another one
 * stands last, because it may be somebody else's by now.
 */
export function idsOf(own: PersonId, linked: readonly LinkedId[]): [PersonId, ...PersonId[]] {
  const others = linked.map(({ chatType, chatId }) => ({ chatType, chatId }));
  const isGone = linked.some((id) => id.became && kindOfId(id) === kindOfId(own));
  const [first, ...rest] = isGone ? [...others, own] : [own, ...others];
  return [first ?? own, ...rest];
}

/** The phone of a chat's person, if it is known: in digits. */
export function phoneOf(own: PersonId, linked: readonly PersonId[]): string | undefined {
  return [...(hasAliases(own.chatType) ? [own] : []), ...linked].find(isPhone)?.chatId;
}

/** What decides whether two addresses are linked, and how. */
export interface Linkable {
  readonly key: string;
  /** 0 if the address is not stored. */
  readonly version: number;
  readonly aliases: readonly string[];
  readonly chats: readonly string[];
  readonly homes: Homes;
  readonly owner?: string | undefined;
  readonly decidedAt?: number | undefined;
  /** The contact that has it. `own`: Konvert keeps it (D10). */
  readonly contact?: { readonly id: string; readonly own: boolean } | undefined;
}

/**
 * How an id is linked to the person of a chat. `same`: it is. `bear`: it becomes an alias. `join`: the chat's own address
 * becomes an alias of the id's root. `repoint`: it leaves its root for the chat's. `merge`: one root becomes an alias of
 * the other. `wait`: a contact is being made for one of them. `twins`: two contacts of a CRM, which are never merged.
 * `apart`: they stay as they are.
 */
export type LinkPlan =
  | { readonly kind: 'same' | 'bear' | 'join' | 'repoint' | 'wait' | 'twins' | 'apart' }
  | { readonly kind: 'merge'; readonly root: 'own' | 'other' };

/**
 * How the id with the address `key` is linked to the person of a chat. `own` and `other` are the roots of both. `became`:
 * the id took the place of the chat's own.
 */
export function planLink(own: Linkable, other: Linkable, key: string, became: boolean): LinkPlan {
  if (own.key === other.key) return { kind: 'same' };
  if (other.version === 0) return { kind: 'bear' };
  if (became && other.chats.length > 0) return { kind: 'apart' };
  if (own.version === 0) return { kind: 'join' };
  if (hasPhone(own) && hasPhone(other) && !became) {
    const isUser = !isPhone(personOfKey(key));
    return { kind: isUser && other.key !== key ? 'repoint' : 'apart' };
  }
  return planMerge(own, other);
}

function planMerge(own: Linkable, other: Linkable): LinkPlan {
  const [ofOwn, ofOther] = [rankOf(own), rankOf(other)];
  // The contact that is being made would be one that nothing here knows.
  if (ofOwn > 0 && ofOther > 0 && (isBeingMade(own) || isBeingMade(other))) return { kind: 'wait' };
  if (ofOwn !== ofOther) return { kind: 'merge', root: ofOwn > ofOther ? 'own' : 'other' };
  if (ofOwn === 2 && own.contact?.id !== other.contact?.id) return { kind: 'twins' };
  const [since, sinceOther] = ofOwn === 1 ? [own.decidedAt ?? 0, other.decidedAt ?? 0] : [bornAt(own), bornAt(other)];
  const isFirst = since === sinceOther ? own.key < other.key : since < sinceOther;
  return { kind: 'merge', root: isFirst ? 'own' : 'other' };
}

/** 2: a CRM's contact has it. 1: Konvert decided about it. 0: it is nobody's. */
function rankOf({ contact, owner }: Linkable): 0 | 1 | 2 {
  if (contact) return contact.own ? 1 : 2;
  return owner === undefined ? 0 : 1;
}

function isBeingMade({ contact, owner }: Linkable): boolean {
  return !contact && owner !== undefined;
}

function bornAt({ homes }: Linkable): number {
  return Math.min(...Object.values(homes).flatMap((all) => all.map(({ at }) => at)));
}

function hasPhone({ key, aliases }: Linkable): boolean {
  return [key, ...aliases].some((one) => isPhone(personOfKey(one)));
}

/** The key of the item of a @name, or undefined if people of that chat type are not known by names. */
export function handleKey(account: string, chatType: string, username: string | undefined): string | undefined {
  const name = username?.trim().replace(/^@/, '').toLowerCase();
  return name && NAMED.includes(chatType) ? `${account}#${chatType}#@${name}` : undefined;
}

/** The handles in a contact's data: an entry with a name and without an id. */
export function handlesOf(account: string, contactData: readonly ContactData[]): string[] {
  const keys = contactData.map(({ chatType, chatId, username }) =>
    chatId ? undefined : handleKey(account, chatType, username),
  );
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** The card with the ids of the people that its handles stand for, by the keys of handles and addresses. */
export function withPeople<C extends Pick<Contact, 'contactData'>>(
  account: string,
  card: C,
  people: ReadonlyMap<string, string>,
): C {
  const contactData = card.contactData.map((data) => {
    const key = data.chatId ? undefined : handleKey(account, data.chatType, data.username);
    const person = key === undefined ? undefined : people.get(key);
    return person === undefined ? data : { ...data, chatId: personOfKey(person).chatId };
  });
  return { ...card, contactData };
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
    const chat = of.get(channelId) ?? `${channelId}#${person.chatType}#${person.chatId}`;
    return [channelId, [...before, { chat, at: Math.max(at, (before.at(-1)?.at ?? 0) + 1) }]] as const;
  });
  return Object.fromEntries(moved);
}

/** The account and channel-independent name of an address, as its person writes it. */
export function personOf(key: string): PersonId & { readonly account: string } {
  return { account: accountOfKey(key), ...personOfKey(key) };
}
