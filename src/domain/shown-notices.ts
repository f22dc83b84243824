import { addressKey } from './address.ts';
import type { ChatId } from './message.ts';
import type { Marks } from './notice.ts';
import type { AccountOptions, ChannelSettings } from './settings.ts';
import { isToAnswer, responsibleOf, roleOf } from './sight.ts';
import { statusOf, type Team } from './team.ts';

/** A chat that waits and that the user sees. */
export interface NoticedChat extends ChatId {
  readonly account: string;
  readonly viewers: readonly string[];
  readonly settings: Pick<ChannelSettings, 'userRoles'>;
  readonly marks: Marks;
}

/** What a browser that was woken has to show. Chats are in the order of the list, the longest waiting first. */
export interface ShownNotices<C> {
  /** How many people wait for the user, as their counter counts them (U8). */
  readonly clients: number;
  readonly longest?: C;
  /** Those who are about to leave the user (T8). */
  readonly leaving: readonly C[];
  /** Chats that have waited too long; only a head is told of them (T7). */
  readonly late: readonly C[];
}

/** What of these chats has to be shown to the user. Quality control is shown nothing (I14). */
export function noticesOf<C extends NoticedChat>(
  userId: string,
  chats: readonly C[],
  { notifyHeadsAboutAllMessages }: Pick<AccountOptions, 'notifyHeadsAboutAllMessages'>,
): ShownNotices<C> {
  const isHead = ({ settings }: C) => roleOf(userId, settings) === 'manager';
  const isOwn = ({ viewers, settings }: C) => isToAnswer(userId, viewers, settings);
  const counted = chats.filter((chat) => isOwn(chat) || (notifyHeadsAboutAllMessages && isHead(chat)));
  const people = counted.map(({ account, chatType, chatId }) => addressKey(account, chatType, chatId));
  const [longest] = counted;
  return {
    clients: new Set(people).size,
    ...(longest && { longest }),
    leaving: chats.filter((chat) => chat.marks.leavesAt !== undefined && isResponsible(userId, chat)),
    late: chats.filter((chat) => chat.marks.told !== undefined && isHead(chat)),
  };
}

/** Those whom Konvert has set away, for a head of one of their channels (T11). */
export function setAwayUnder(
  userId: string,
  channels: Iterable<Pick<ChannelSettings, 'userRoles'>>,
  team: Team,
  now: number,
): string[] {
  const led = [...channels].filter((settings) => roleOf(userId, settings) === 'manager');
  const others = new Set(led.flatMap(({ userRoles }) => userRoles.map((user) => user.userId)));
  others.delete(userId);
  return [...others].filter((one) => statusOf(team, one, now).by === 'konvert');
}

function isResponsible(userId: string, { viewers, settings }: NoticedChat): boolean {
  return responsibleOf(viewers, { ...settings, rolesSaved: true }) === userId;
}
