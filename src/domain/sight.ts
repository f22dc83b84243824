import type { Author } from './message.ts';
import { type ChannelSettings, mayWrite, type Role, type UserRole } from './settings.ts';

/** Who acts in a request, always bound to one account. Without a user it is the account's CRM itself (R4). */
export interface Actor {
  readonly account: string;
  readonly userId?: string;
  /** The user's name, if it is known. It is shown beside what they write. */
  readonly userName?: string;
}

/** The actor as the author of a message. */
export function authorOf({ userId, userName }: Pick<Actor, 'userId' | 'userName'>): Author {
  return { ...(userId !== undefined && { id: userId }), ...(userName !== undefined && { name: userName }) };
}

/** The part of a chat that decides about sight. */
export interface Seeable {
  /** The account of the chat's channel. */
  readonly account: string;
  /** The responsible users of its contact and of the contact's open deals. */
  readonly viewers: readonly string[];
}

/** What an actor may do with a chat. */
export type Sight = 'writes' | 'sees' | 'nothing';

type Roles = Pick<ChannelSettings, 'userRoles'>;

/** What the actor may do with a chat (R1). Lists, counters, reads and writes all ask this one question. */
export function sightOf({ account, userId }: Actor, chat: Seeable, settings: Roles): Sight {
  if (account !== chat.account) return 'nothing';
  if (userId === undefined) return 'writes';
  const role = roleOf(userId, settings);
  switch (role) {
    case undefined:
      return 'nothing';
    case 'manager':
      return 'writes';
    case 'auditor':
      return 'sees';
    case 'seller':
      return isToAnswer(userId, chat.viewers, settings) ? 'writes' : 'nothing';
    default:
      return role satisfies never;
  }
}

/** Whether the user is to answer in a chat: it is their own, or it is in the pool and they receive new clients. */
export function isToAnswer(userId: string, viewers: readonly string[], settings: Roles): boolean {
  const role = roleOf(userId, settings);
  if (role === undefined || !mayWrite(role)) return false;
  return viewers.includes(userId) || (isInPool(viewers, settings) && receivesNewClients(userId, settings));
}

/** The user's role in a channel. */
export function roleOf(userId: string, { userRoles }: Roles): Role | undefined {
  return userRoles.find((user) => user.userId === userId)?.role;
}

/**
 * Whether a chat is in its channel's pool (R3): none of its responsible users could answer in it. Quality control
 * cannot; a chat that only they are responsible for would wait for ever (I2).
 */
export function isInPool(viewers: readonly string[], { userRoles }: Roles): boolean {
  return !userRoles.some(({ userId, role }) => mayWrite(role) && viewers.includes(userId));
}

/**
 * The responsible user that the channel shows: the first of the chat's responsible users who could answer in it, else
 * none (R3). In a channel that never had roles it is the user that the CRM named.
 */
export function responsibleOf(
  viewers: readonly string[],
  { userRoles, rolesSaved }: Pick<ChannelSettings, 'userRoles' | 'rolesSaved'>,
): string | undefined {
  if (!rolesSaved) return viewers[0];
  return viewers.find((viewer) => userRoles.some(({ userId, role }) => userId === viewer && mayWrite(role)));
}

/**
 * Whether the user sees the chats of the pool (R3): they have the switch on, or they are a seller and no seller has it
 * on.
 */
export function receivesNewClients(userId: string, { userRoles }: Roles): boolean {
  const user = userRoles.find((one) => one.userId === userId);
  if (!user || !mayWrite(user.role)) return false;
  return user.allowGetNewClients || (user.role === 'seller' && !userRoles.some(isSellerWithSwitch));
}

function isSellerWithSwitch({ role, allowGetNewClients }: UserRole): boolean {
  return role === 'seller' && allowGetNewClients;
}
