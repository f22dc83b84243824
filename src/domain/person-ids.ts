import { addressKey } from './address.ts';
import { type Fact, messengerTime } from './fact.ts';
import type { PersonId, Profile } from './message.ts';

/** The chat type in which ids may be phone numbers, and in which a person has one chat on a channel by whatever id. */
const PHONES = 'whatsapp';
/** The chat type in which a person has a chat for each listing, with an id of its own, and one profile in all of them. */
const LISTINGS = 'avito';

/** Whether a person may have several ids of that chat type. For all others nothing here costs anything. */
export function hasAliases(chatType: string): boolean {
  return chatType === PHONES || chatType === LISTINGS;
}

/** Whether all ids of a person lead to one chat on a channel. Otherwise each chat has its own id, and needs no look-up. */
export function hasOneChat(chatType: string): boolean {
  return chatType === PHONES;
}

/** An id is a phone number, or a user's id that hides the number. */
export function isPhone({ chatType, chatId }: PersonId): boolean {
  return chatType === PHONES && /^\+?\d+$/.test(chatId);
}

/**
 * The profile of the person of a chat that is named by something else. `told`: the ids that came with a message, `known`:
 * those of the chat.
 */
export function profileBeside(
  { chatType, chatId }: PersonId,
  told: readonly PersonId[],
  known: readonly PersonId[],
): string | undefined {
  if (chatType !== LISTINGS) return undefined;
  return [...told, ...known].find((id) => id.chatType === LISTINGS && id.chatId !== chatId && isProfile(id))?.chatId;
}

/** At Avito a profile is a number, and a chat is not. */
function isProfile({ chatId }: PersonId): boolean {
  return /^\d+$/.test(chatId);
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

/** Two spellings of a number are one id. */
export function isSame(one: PersonId, other: PersonId): boolean {
  return addressKey('', one.chatType, one.chatId) === addressKey('', other.chatType, other.chatId);
}

/** The ids without repeats, except that one, in their order. Two spellings of a number are one id. */
function otherIds(own: PersonId, ids: readonly PersonId[]): PersonId[] {
  const key = (id: PersonId) => addressKey('', id.chatType, id.chatId);
  const each = new Map(ids.map((id) => [key(id), id]));
  each.delete(key(own));
  return [...each.values()];
}

/**
 * An id that a chat has linked to its person. `at`: when it was told (epoch ms). `became`: it took another's place. `gone`:
 * it is not this person's any more.
 */
export interface LinkedId extends PersonId {
  readonly at: number;
  readonly became?: true;
  readonly gone?: true;
}

/** How many ids a chat remembers. */
const MOST_IDS = 20;

/** The ids that a chat remembers after it linked some. The newest that was told stands first. */
export function withLinked(known: readonly LinkedId[], more: readonly LinkedId[]): LinkedId[] {
  const each = new Map<string, LinkedId>();
  for (const id of [...known, ...more]) {
    const before = each.get(id.chatId);
    if (!before || before.at <= id.at) each.set(id.chatId, before?.became ? { ...id, became: true } : id);
  }
  return [...each.values()].sort((one, other) => other.at - one.at).slice(0, MOST_IDS);
}

/** An id by which a person was known outside of a chat. */
export type OtherId = PersonId & Pick<LinkedId, 'became'>;

/** The ids that a chat remembers after facts have told some. */
export function withTold(known: readonly LinkedId[], told: readonly ToldId[]): LinkedId[] {
  return told.reduce<LinkedId[]>(
    (linked, { id, instead, isOld }) => {
      const next = withLinked(linked, [isOld ? { ...id, gone: true } : id]);
      return next.map((one) => (isAmong(instead, one) ? { ...one, gone: true } : one));
    },
    withLinked(known, []),
  );
}

/**
 * An id that is new to a chat. `instead`: the ids that it took the place of, as far as they are no longer this person's in
 * the end. `isOld`: nor is this one.
 */
export interface ToldId {
  readonly id: LinkedId;
  readonly instead: readonly LinkedId[];
  readonly isOld: boolean;
}

/**
 * The ids that facts of a chat tell and that it has not linked yet, in the order of the facts. A number that comes with
 * another user's id than before, and of which nothing said that the id has changed, is somebody else's by now. So are not
 * the numbers that its former holder has taken since. `others`: the ids by which the person was known on the channel
 * outside of this chat.
 */
export function toldIds(
  own: PersonId,
  known: readonly LinkedId[],
  facts: readonly Fact[],
  others: readonly OtherId[] = [],
): ToldId[] {
  const told: ToldId[] = [];
  for (const fact of facts) {
    if (fact.kind !== 'client' && fact.kind !== 'echo') continue;
    const became = fact.kind === 'client' ? (fact.became ?? []) : [];
    const at = messengerTime(fact);
    const all = [
      ...otherIds(own, fact.ids ?? []).map((id) => ({ ...id, at })),
      ...otherIds(own, became).map((id) => ({ ...id, at, became: true as const })),
    ];
    const hasPhone = [own, ...(fact.ids ?? [])].some(isPhone);
    const isByOwn = isPhone(own) && !otherIds(own, fact.ids ?? []).some(isPhone);
    const users = (fact.ids ?? []).filter((id) => kindOfId(id) === 'user');
    for (const id of all) {
      const before = withTold(known, told);
      const here = before.find((one) => one.chatId === id.chatId);
      // The messenger may say that the id became another one after that one has written: then it was one person.
      const isOne = here?.gone && before.some((one) => !one.gone && isAmong(became, one));
      // A user who wrote with the number later than the one after them has it again.
      const isUsers = hasPhone && !('became' in id) && ['user', 'parent'].includes(kindOfId(id));
      const isSince = (one: LinkedId) => isAlike(one, id) && !one.gone && one.at >= id.at;
      const isBack = isUsers && here?.gone && (isOne || !before.some(isSince));
      if (here && !isBack && (here.gone || here.became || !('became' in id))) continue;
      const there: LinkedId[] = [
        ...before,
        ...others.filter((one) => !isAmong(before, one)).map((one) => ({ ...one, at: 0 })),
      ];
      const alike = isUsers && !isOne ? there.filter((one) => isAlike(one, id)) : [];
      const isOld = alike.some((one) => one.at > id.at);
      const taken = isByOwn && alike.length > 0 ? there.filter((one) => one.became && isPhone(one)) : [];
      const gone = [...alike, ...taken].filter((one) => !one.gone && one.at <= id.at);
      const isOther = (one: LinkedId) => one.chatId !== id.chatId && one.at > id.at;
      const isOver = 'became' in id && users.some((user) => before.some((one) => isOther(one) && isAlike(user, one)));
      told.push({ id, instead: isOld ? [] : gone, isOld: isOld || isOver });
    }
  }
  const inTheEnd = withTold(known, told);
  const present = inTheEnd.filter((one) => !one.gone);
  const gone = inTheEnd.filter((one) => one.gone);
  return told.map(({ id, instead, isOld }) => ({
    id,
    instead: instead.filter((one) => !isAmong(present, one)),
    isOld: isOld || isAmong(gone, id),
  }));
}

/** Two ids of one kind. A person has one of each in one chat. */
function isAlike(one: PersonId, other: PersonId): boolean {
  return kindOfId(one) === kindOfId(other) && one.chatId !== other.chatId;
}

function isAmong(ids: readonly PersonId[], { chatId }: PersonId): boolean {
  return ids.some((one) => one.chatId === chatId);
}

/**
 * The ids to send to: the chat's own, then the person's others, the newest first. An own number that became another one
 * stands last, because it may be somebody else's by now.
 */
export function idsOf(own: PersonId, linked: readonly LinkedId[]): [PersonId, ...PersonId[]] {
  const present = linked.filter(({ gone }) => !gone);
  const others = present.map(({ chatType, chatId }) => ({ chatType, chatId }));
  const isGone = present.some((id) => id.became && kindOfId(id) === kindOfId(own));
  const [first, ...rest] = isGone ? [...others, own] : [own, ...others];
  return [first ?? own, ...rest];
}

/** What a chat knows of its client. `ids`: their other ids. */
export interface KnownPerson extends Profile {
  readonly ids?: readonly (PersonId & Pick<LinkedId, 'gone'>)[];
}

/**
 * The phone of the person of a chat that does not name it itself, if one of the ids tells it: in digits. `told`: the ids
 * that came with a message, `known`: those of the chat.
 */
export function phoneBeside(
  own: PersonId,
  told: readonly PersonId[],
  known: readonly (PersonId & Pick<LinkedId, 'gone'>)[],
): string | undefined {
  if (!hasOneChat(own.chatType) || isPhone(own)) return undefined;
  const gone = known.filter((id) => id.gone);
  return [...told, ...known].find((id) => isPhone(id) && !isAmong(gone, id))?.chatId;
}
