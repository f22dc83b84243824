import type { Chat } from './chat.ts';
import type { AccountOptions, ChannelSettings } from './settings.ts';
import { isToAnswer, responsibleOf } from './sight.ts';
import type { Absence } from './team.ts';

type Open = Pick<Chat, 'unansweredCount' | 'openKey' | 'client'>;

/** What a channel's timer has done about the wait that a chat is in (epoch ms): T7, T8. */
export interface Marks {
  readonly leavesAt?: number | undefined;
  readonly told?: number | undefined;
  readonly reminded?: number | undefined;
}

const MARKS = ['leavesAt', 'told', 'reminded'] as const satisfies readonly (keyof Marks)[];

/** A chat as one moment left it, as far as it may call somebody. */
export interface CallingChat {
  readonly chat: Open;
  readonly viewers: readonly string[];
  readonly marks: Marks;
}

/**
 * Why a user is called: a client leaves them in a minute (T8), a client was given to them, heads are told (T7), or somebody
 * waits for an answer. The first is the most urgent.
 */
export const CALL_KINDS = ['leaves', 'given', 'told', 'waiting'] as const;

/** Why a user is called. */
export type CallKind = (typeof CALL_KINDS)[number];

/** A user who is called because of a chat. */
export interface Call {
  readonly userId: string;
  readonly kind: CallKind;
  /** Whether the chat is theirs to answer, or they are called as a head (N1). */
  readonly isOwn: boolean;
}

/** Whether a change of a chat calls somebody: it became unanswered, or the client wrote once more (N1). */
export function isCall(before: Open | undefined, after: Open): boolean {
  if (after.openKey === undefined) return false;
  const isMore = after.unansweredCount > (before?.unansweredCount ?? 0);
  // From 200 on the number stays.
  return isMore || (after.client?.key ?? '') > (before?.client?.key ?? '');
}

/** Whether a change of a chat may call anybody: without it nothing has to be read. */
export function mayCall(before: CallingChat | undefined, after: CallingChat): boolean {
  if (after.chat.openKey === undefined) return false;
  const isGiven = after.viewers.some((viewer) => !before?.viewers.includes(viewer));
  const isMarked = MARKS.some((mark) => isLater(after.marks[mark], before?.marks[mark]));
  return isGiven || isMarked || isCall(before?.chat, after.chat);
}

/**
 * The users whom a change of a chat calls, each once, by the most urgent reason (N1, T7, T8). They all see the chat, and
 * quality control is never among them (I14). An answered chat calls nobody.
 */
export function callsOf(
  before: CallingChat | undefined,
  after: CallingChat,
  settings: Pick<ChannelSettings, 'userRoles'>,
  { notifyHeadsAboutAllMessages }: Pick<AccountOptions, 'notifyHeadsAboutAllMessages'>,
): Call[] {
  const { chat, viewers } = after;
  if (chat.openKey === undefined) return [];
  const isMessage = isCall(before?.chat, chat);
  const isNew = (mark: keyof Marks) => isLater(after.marks[mark], before?.marks[mark]);
  const responsible = responsibleOf(viewers, { ...settings, rolesSaved: true });
  return settings.userRoles.flatMap(({ userId, role }): Call[] => {
    const isHead = role === 'manager';
    const isOwn = isToAnswer(userId, viewers, settings);
    if (!isOwn && !isHead) return [];
    const called: Readonly<Record<CallKind, boolean>> = {
      leaves: isNew('leavesAt') && userId === responsible,
      given: isOwn && viewers.includes(userId) && !before?.viewers.includes(userId),
      told: isHead && isNew('told'),
      waiting: (isMessage && (isOwn || notifyHeadsAboutAllMessages)) || (isOwn && isNew('reminded')),
    };
    const kind = CALL_KINDS.find((one) => called[one]);
    return kind ? [{ userId, kind, isOwn }] : [];
  });
}

function isLater(now: number | undefined, before: number | undefined): boolean {
  return now !== undefined && now !== before;
}

/**
 * Whether a call to the new responsible user may be one that they have caused: they took the client by a reply, which is
 * stored in the next moment. Then it is looked at once more before they are woken.
 */
export function mayBeTheirOwn(before: CallingChat | undefined, after: CallingChat): boolean {
  if (before === undefined || isCall(before.chat, after.chat)) return false;
  // With a mark the client was returned: no reply took them.
  return before.marks.leavesAt === undefined;
}

/** What a device wants to hear of: all that its user is called for, only what is theirs to answer or meant for heads, or nothing. */
export const NOTICES = ['all', 'mine', 'none'] as const;

/** What a device wants to hear of. */
export type Notices = (typeof NOTICES)[number];

/** What the user has chosen for one of their devices. */
export interface DeviceChoice {
  readonly notices: Notices;
  /** Whether it is woken outside the user's hours, too. */
  readonly outsideHours: boolean;
}

/** A device of which nobody has chosen anything. */
export const DEFAULT_CHOICE: DeviceChoice = { notices: 'all', outsideHours: false };

/** Why a device is woken: a call; the shift of its user begins; or Konvert has set them away (T11). */
export type WakeKind = CallKind | 'shift' | 'away';

/** A device is not woken so long after its page said that somebody looks at it. */
export const LOOKED_AT_MS = 60_000;

/**
 * Whether the device is woken. Who is away is left alone, and who is outside their hours, unless the device wants it. What
 * heads are told goes by the hours of the channel, in which nobody is told outside them (T9).
 */
export function mayWake(
  { notices, outsideHours, visibleAt }: DeviceChoice & { readonly visibleAt?: number | undefined },
  kind: WakeKind,
  absence: Absence | undefined,
  now: number,
): boolean {
  if (notices === 'none' || (visibleAt !== undefined && visibleAt + LOOKED_AT_MS > now)) return false;
  if (kind === 'away' || absence === undefined) return true;
  return absence === 'OUT_OF_HOURS' && (outsideHours || kind === 'told');
}

/** A user is woken at most once in this time, while their counter grows. */
export const WAKE_EVERY_MS = 60_000;
/** What is not to wait for a minute wakes them at most once in this time: a hundred clients may come at once. */
export const URGENT_EVERY_MS = 10_000;

/** What wakes a user together with other calls. Each client who is about to leave is a call of their own. */
export type PlannedKind = Exclude<WakeKind, 'leaves' | 'away'>;

/** How often calls of that kind wake a user. */
export function everyMs(kind: PlannedKind): number {
  return kind === 'waiting' ? WAKE_EVERY_MS : URGENT_EVERY_MS;
}

/**
 * When the user is woken for a call, if they were woken (or are to be) at `last`, and calls of its kind wake them once in
 * `every` milliseconds. Undefined if they are to be woken within that time already, which tells of this call too.
 */
export function nextWake(last: number | undefined, now: number, every: number): number | undefined {
  if (last === undefined || last + every <= now) return now;
  if (last > now) return last - now <= every ? undefined : now;
  return last + every;
}
