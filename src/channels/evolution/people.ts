import { MAX_NAME_LENGTH } from '#channels/bounds';
import { fieldsOf, stringOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import type { PersonIds } from '#channels/terms';
import { cut } from '#domain/cut';
import type { PersonId, Profile } from '#domain/message';
import { visibleName } from '#domain/profile';
import { crowdOf, idsOf, isLid } from './ids.ts';

/** What the bridge calls the team's own name: it knows none (in Portuguese: you). */
const NO_NAME = 'Você';
/** A name that begins with more invisible characters than this has nothing to show. */
const LONGEST_READ = 1024;

/** The key of a message. `remoteJid` is the chat, and `…Alt` the same person by another kind of address. */
export interface Key {
  readonly id: unknown;
  readonly remoteJid: unknown;
  readonly remoteJidAlt: unknown;
  readonly fromMe: unknown;
  /** Of bridges before 2.3.5. */
  readonly senderPn: unknown;
  readonly senderLid: unknown;
}

/** How messages came. */
export interface Source {
  /** The address of the channel's own phone, if the bridge tells it. */
  readonly own: string | undefined;
  readonly history?: true;
  /** A program sent it by the bridge. */
  readonly isSent?: boolean;
}

/** A message in its chat. */
export interface Place {
  readonly message: unknown;
  readonly context: unknown;
  readonly mediaUrl: string | undefined;
  readonly providerId: string;
  readonly time: number | undefined;
  readonly ids: PersonIds;
  readonly isOurs: boolean;
  /** The address that the person wrote from. */
  readonly jid: string | undefined;
  readonly profile: Profile;
  readonly source: Source;
}

/** An item that is left out on purpose. `reason` names its kind, never what it says. */
export function ignored(reason: string): Extract<Received, { kind: 'ignored' }> {
  return { kind: 'ignored', reason };
}

/** The ids with a first one, if there is any. */
export function someOf(ids: readonly PersonId[]): PersonIds | undefined {
  const [first, ...others] = ids;
  return first && [first, ...others];
}

/** The person of a chat, or why there is none: a group, a status, the phone's notes to itself. */
export function personOf(key: unknown, own: string | undefined): PersonIds | Extract<Received, { kind: 'ignored' }> {
  const { remoteJid, remoteJidAlt, fromMe, senderPn, senderLid } = fieldsOf<Key>(key);
  const crowd = crowdOf(remoteJid);
  if (crowd !== undefined) return ignored(crowd);
  // Of what we wrote, the sender is we.
  const ids = someOf(
    fromMe === true ? idsOf(remoteJid, remoteJidAlt) : idsOf(remoteJid, remoteJidAlt, senderPn, senderLid),
  );
  if (!ids) return ignored('no-person');
  const [self] = idsOf(own);
  return ids.some(({ chatId }) => chatId === self?.chatId) ? ignored('own-notes') : ids;
}

/**
 * The address that a reply goes to. The bridge puts the phone number in the place of the hidden address that somebody
 * wrote from, and a message to the number may then be lost without a word (evo#2629): so the hidden one, if there is one.
 */
export function writtenFrom(...jids: readonly unknown[]): string | undefined {
  const given = jids.filter((jid) => typeof jid === 'string' && idsOf(jid).length > 0) as string[];
  const jid = given.find(isLid) ?? given[0];
  const [id] = idsOf(jid);
  return id?.chatId;
}

/** What a person calls themselves. The bridge fills in the digits of an address if it knows no name. */
export function profileOf(pushName: unknown, ids: PersonIds): Profile {
  const name = visibleName(stringOf(pushName).slice(0, LONGEST_READ));
  const isDigits = ids.some(({ chatId }) => chatId === name || chatId === `${name}@lid`);
  return name === undefined || isDigits || name === NO_NAME ? {} : { name: cut(name, MAX_NAME_LENGTH) };
}

/** The phone number of a person in digits, if it is known. */
export function phoneOf(ids: PersonIds): string | undefined {
  return ids.map(({ chatId }) => chatId).find((chatId) => /^\d+$/.test(chatId));
}
