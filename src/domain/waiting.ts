import { type Had, type NextReturn, type NextUser, nextUser } from './returns.ts';

/** What becomes of a client whom nobody is left to get (T6): they go into the pool, or stay where they are. */
export const THEN = ['pool', 'keep'] as const;

/** What happens to new clients while the channel is closed (T9): they are given out, or held until it opens. */
export const OUTSIDE_HOURS = ['give', 'hold'] as const;

/**
 * What a channel does about clients who wait. Minutes are working minutes of the channel's schedule; null: never. Without
 * such a setting no timer runs.
 */
export interface Waiting {
  /** After so many minutes a client who may be returned leaves their responsible user (T3). */
  readonly returnAfterMinutes: number | null;
  /** So often at most in one wait (T6). */
  readonly returnsAtMost: number;
  readonly then: (typeof THEN)[number];
  /** After so many minutes of a wait the heads are told (T7). */
  readonly tellHeadsAfterMinutes: number | null;
  /** After so many returns in a row without a sign of life the user is set away (T11); 0: never. */
  readonly awayAfterReturns: number;
  readonly outsideHours: (typeof OUTSIDE_HOURS)[number];
}

/** What holds where nothing else was chosen. */
export const DEFAULT_WAITING = {
  returnsAtMost: 3,
  then: 'pool',
  awayAfterReturns: 2,
  outsideHours: 'give',
} as const satisfies Partial<Waiting>;

/** The bounds of the minutes. */
export const LEAST_MINUTES = 2;
export const MOST_MINUTES = 1_440;
/** A client is in so many hands at most, and an address remembers all of them. */
export const MOST_RETURNS = 20;
export const MOST_LAPSES = 100;

/** The setting as it is in force. */
export interface WaitingInForce extends Waiting {
  /** Since when clients are returned after that time (epoch ms). A wait that is older is told, never returned (T13). */
  readonly from: number;
}

/** What was done about one wait of a client. Times are epoch ms. */
export interface Timer {
  /** The wait, by the time at which Konvert had it (`waitOf`). The rest counts for no other wait. */
  readonly of: number;
  /** The mark: when the client leaves their responsible user, if nobody replies before (T8). */
  readonly leavesAt?: number;
  /** When a reply lifted the last mark. */
  readonly liftedAt?: number;
  /** When the heads were told (T7). */
  readonly told?: number;
  /** When a client in the pool was called out once more (T7). */
  readonly reminded?: number;
  /** Nothing more will be done about this wait. */
  readonly done?: true;
}

/** A chat as far as its wait is concerned. */
export interface WaitingChat {
  /** Absent while the chat is answered. */
  readonly openKey?: string | undefined;
  readonly unansweredSince?: number | undefined;
  /** When Konvert had the wait. Absent in what an older version stored: then it is `unansweredSince`. */
  readonly enteredAt?: number | undefined;
}

/** The hours of a channel. Times are epoch ms. */
export interface WorkingHours {
  /** The least time by which so many working milliseconds have passed; undefined if that is too far away. */
  readonly add: (from: number, ms: number) => number | undefined;
  readonly isOpen: (at: number) => boolean;
}

/**
 * Whose the contact of a client is: Konvert keeps it; a CRM has it, and hears of assignments or does not (T4); or it is
 * being made.
 */
export type ContactOf = 'konvert' | 'crm-that-hears' | 'crm' | 'nobody-yet';

/** All that a timer depends on. */
export interface Wait {
  readonly chat: WaitingChat & { readonly timer?: Timer | undefined };
  /** The responsible user of the chat; undefined while it is in the pool. */
  readonly responsible?: string | undefined;
  readonly client: {
    /** When the responsible user got the client. Absent in what an older version stored; then nobody is moved. */
    readonly since?: number | undefined;
    /** Whether Konvert gave the client to that user by turn (`isByTurn`). */
    readonly isByTurn: boolean;
    /** Whether somebody has answered the client before, in any of their chats. */
    readonly isSpoken: boolean;
    readonly contact: ContactOf;
    /** Those from whom the client was returned in this wait. */
    readonly had: readonly Had[];
  };
  readonly channel: {
    readonly waiting?: WaitingInForce | undefined;
    /** Whether it can send now: neither disabled nor unauthorized. */
    readonly isUp: boolean;
    /** Who could receive clients of the channel, and who of them is on. */
    readonly users: Omit<Parameters<typeof nextUser>[0], 'not'>;
  };
  readonly hours: WorkingHours;
}

/** What is due next about a wait, and when (epoch ms). `none` without a time: nothing more. */
export type NextAct =
  | { readonly act: 'warn'; readonly at: number; readonly leavesAt: number }
  | { readonly act: 'return'; readonly at: number; readonly to: NextReturn }
  | { readonly act: 'pool'; readonly at: number; readonly passedOver: NextReturn['passedOver'] }
  | { readonly act: 'tell' | 'remind'; readonly at: number }
  | { readonly act: 'none'; readonly at?: number };

const MINUTE_MS = 60_000;
/** The responsible user is warned so long before (T8). */
const WARNING_MS = 60_000;
/** The same where clients are returned within three minutes. A reply that was let in before the mark is stored by then. */
const SHORT_WARNING_MS = 30_000;
const SHORT_MINUTES = 3;
/** Who comes on rings what found nobody. If that bell is lost, it is looked at again after this time. */
const AGAIN_MS = 600_000;

/** What names the wait that a chat is in: when Konvert had it (epoch ms). Undefined while the chat is answered. */
export function waitOf({ openKey, unansweredSince, enteredAt }: WaitingChat): number | undefined {
  return openKey === undefined ? undefined : (enteredAt ?? unansweredSince);
}

/** What counts of the timer: it may be of an earlier wait. */
export function timerOf(chat: Wait['chat']): Timer | undefined {
  return chat.timer && chat.timer.of === waitOf(chat) ? chat.timer : undefined;
}

/**
 * When Konvert had the wait that a chat is in after a change. A wait is known by its first message: one that comes late,
 * or is opened again, begins now, because nobody could answer before (T1). What an answer leaves open begins another wait.
 */
export function enteredAt(
  chat: Omit<WaitingChat, 'enteredAt'>,
  before: WaitingChat | undefined,
  now: number,
): number | undefined {
  const { openKey, unansweredSince = now } = chat;
  if (openKey === undefined) return undefined;
  const known = before && waitOf(before);
  if (before?.openKey === undefined || known === undefined || openKey < before.openKey) return now;
  if (openKey === before.openKey) return known;
  return Math.max(Math.min(unansweredSince, now), known + 1);
}

/** The setting after `wanted` was chosen at `now`: undefined leaves it as it is, null is none. */
export function waitingAfter(
  before: WaitingInForce | undefined,
  wanted: Waiting | null | undefined,
  now: number,
): WaitingInForce | undefined {
  if (wanted === undefined) return before;
  if (wanted === null) return undefined;
  const isSame = before?.returnAfterMinutes === wanted.returnAfterMinutes;
  return { ...wanted, from: isSame ? before.from : now };
}

/** How long before a return the responsible user is warned (T8). */
export function warningMs(returnAfterMinutes: number): number {
  return returnAfterMinutes < SHORT_MINUTES ? SHORT_WARNING_MS : WARNING_MS;
}

/** The least minutes of a wait after which anything is due. Undefined if nothing ever is. */
export function dueAfterMinutes({ returnAfterMinutes, tellHeadsAfterMinutes }: Waiting): number | undefined {
  const warned = returnAfterMinutes === null ? [] : [returnAfterMinutes - warningMs(returnAfterMinutes) / MINUTE_MS];
  const told = tellHeadsAfterMinutes === null ? [] : [tellHeadsAfterMinutes];
  const all = [...warned, ...told];
  return all.length === 0 ? undefined : Math.min(...all);
}

/** Whether Konvert gave the client to their present responsible user by turn, or by a return (T3). */
export function isByTurn({
  since,
  decidedAt,
  why,
  had = [],
}: {
  readonly since?: number | undefined;
  readonly decidedAt?: number | undefined;
  readonly why?: { readonly rule: string } | undefined;
  readonly had?: readonly Had[] | undefined;
}): boolean {
  if (since === undefined) return false;
  if (had.at(-1)?.[1] === since) return true;
  return since === decidedAt && (why?.rule === 'round-robin' || why?.rule === 'waiting');
}

/** What is due next about the wait. An act whose time has come is due now, the earliest first. */
export function nextAct(wait: Wait, now: number): NextAct {
  const { chat, channel } = wait;
  const timer = timerOf(chat);
  if (!channel.waiting || waitOf(chat) === undefined || timer?.done) return { act: 'none' };
  if (!channel.isUp) return timer?.told === undefined ? { act: 'tell', at: now } : { act: 'none', at: now + AGAIN_MS };
  const acts = [moveOf(wait, channel.waiting, now), tellOf(wait, channel.waiting), remindOf(wait, channel.waiting)];
  return earliest(acts.map((act) => inHours(act, wait.hours, now)));
}

/** What is due about the client of a responsible user: a warning, and then that they leave. */
function moveOf(wait: Wait, waiting: WaitingInForce, now: number): NextAct {
  const { client, channel, responsible, hours } = wait;
  const timer = timerOf(wait.chat);
  const { returnAfterMinutes: minutes, returnsAtMost } = waiting;
  if (minutes === null || responsible === undefined || !mayLeave(wait, waiting)) return { act: 'none' };
  if (client.contact === 'nobody-yet') return { act: 'none', at: now + MINUTE_MS };
  const due = hours.add(beginOf(wait), minutes * MINUTE_MS);
  const warnAt = hours.add(beginOf(wait), minutes * MINUTE_MS - warningMs(minutes));
  if (due === undefined || warnAt === undefined) return { act: 'none' };
  const not = new Set([responsible, ...client.had.map(([userId]) => userId)]);
  const to: NextUser =
    client.had.length >= returnsAtMost
      ? { outcome: 'nobody-left', passedOver: [] }
      : nextUser({ ...channel.users, not });
  const toldAt = timer?.told;
  if (to.outcome === 'nobody-left' && (waiting.then === 'keep' || client.contact !== 'konvert')) {
    return waiting.then === 'pool' && toldAt === undefined ? { act: 'tell', at: due } : { act: 'none' };
  }
  if (to.outcome === 'nobody-on') {
    return toldAt === undefined ? { act: 'tell', at: due } : { act: 'none', at: Math.max(due, now + AGAIN_MS) };
  }
  if (timer?.leavesAt === undefined) {
    const at = Math.max(warnAt, (timer?.liftedAt ?? 0) + WARNING_MS);
    return { act: 'warn', at, leavesAt: Math.max(due, now + warningMs(minutes), at + warningMs(minutes)) };
  }
  const at = timer.leavesAt;
  return to.outcome === 'next' ? { act: 'return', at, to } : { act: 'pool', at, passedOver: to.passedOver };
}

/** Whether the client may leave their responsible user at all (T3, T4, T13). */
function mayLeave({ chat, client }: Wait, { from }: WaitingInForce): boolean {
  const { isByTurn: byTurn, isSpoken, contact, since } = client;
  return byTurn && !isSpoken && contact !== 'crm' && since !== undefined && waitBeganAt(chat) >= from;
}

/** The heads are told of every wait, whoever is responsible; at once of a client who has fallen into the pool (T7). */
function tellOf(wait: Wait, { tellHeadsAfterMinutes: minutes }: WaitingInForce): NextAct {
  if (timerOf(wait.chat)?.told !== undefined) return { act: 'none' };
  if (wait.responsible === undefined && wait.client.had.length > 0) return { act: 'tell', at: beginOf(wait) };
  const at = minutes === null ? undefined : wait.hours.add(waitBeganAt(wait.chat), minutes * MINUTE_MS);
  return at === undefined ? { act: 'none' } : { act: 'tell', at };
}

/** A client in the pool is called out once more (T7). */
function remindOf(wait: Wait, { returnAfterMinutes: minutes }: WaitingInForce): NextAct {
  if (wait.responsible !== undefined || minutes === null || timerOf(wait.chat)?.reminded !== undefined) {
    return { act: 'none' };
  }
  const at = wait.hours.add(beginOf(wait), minutes * MINUTE_MS);
  return at === undefined ? { act: 'none' } : { act: 'remind', at };
}

/** When the wait began: with its first message, but not before Konvert had it (T1). */
export function waitBeganAt({ unansweredSince = 0, ...chat }: WaitingChat): number {
  return Math.max(unansweredSince, waitOf({ unansweredSince, ...chat }) ?? 0);
}

/** When the timer began: with the wait, but not before the responsible user got the client (T1). */
export function beginOf({ chat, client }: Wait): number {
  return Math.max(waitBeganAt(chat), client.since ?? 0);
}

/** Nothing is done while the channel is closed (T9). What is late then waits until it opens. */
function inHours<A extends NextAct>(act: A, hours: WorkingHours, now: number): A | { readonly act: 'none' } {
  if (act.act === 'none') return act;
  const soonest = Math.max(act.at, now);
  if (hours.isOpen(soonest)) return act;
  const opened = hours.add(soonest, 1);
  return opened === undefined ? { act: 'none' } : { ...act, at: opened };
}

function earliest(acts: readonly NextAct[]): NextAct {
  const due = acts.filter(({ act }) => act !== 'none');
  const timed = [...(due.length > 0 ? due : acts)].filter(({ at }) => at !== undefined);
  return timed.sort((one, other) => (one.at ?? 0) - (other.at ?? 0))[0] ?? { act: 'none' };
}
