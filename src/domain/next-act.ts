import { type Had, type NextReturn, type NextUser, nextUser, type Receivers } from './returns.ts';
import { MINUTE_MS } from './schedule.ts';
import { type TimedChat, type Timer, timerOf, waitBeganAt, waitOf } from './timer.ts';
import { LEAST_WARNING_MS, type WaitingInForce, warningMs } from './waiting-setting.ts';

/** The hours of a channel. Times are epoch ms. */
export interface WorkingHours {
  /** The least time by which so many working milliseconds have passed; undefined if that is too far away. */
  readonly add: (from: number, ms: number) => number | undefined;
  readonly isOpen: (at: number) => boolean;
}

/**
 * Who keeps the contact of a client: Konvert; a CRM that hears of assignments, or one that does not (T4); nobody yet, while
 * the CRM is making it; or none, while the assignment is not at its end.
 */
export type ContactOf = 'konvert' | 'crm-that-hears' | 'crm' | 'nobody-yet' | 'none';

/** What an address tells of how its responsible user got the client. */
interface Got {
  /** The responsible users, the contact's first. */
  readonly viewers: readonly string[];
  /** When the first of them got the client. Absent in what an older version stored, and after a fall into the pool. */
  readonly since?: number | undefined;
  readonly decidedAt?: number | undefined;
  readonly why?: { readonly rule: string } | undefined;
  /** Those from whom the client was returned since the last decision. */
  readonly had?: readonly Had[] | undefined;
}

/** All that a timer depends on. */
export interface TimedWait {
  readonly chat: TimedChat;
  /** The responsible user that the channel shows; undefined while the chat is in the pool. */
  readonly responsible: string | undefined;
  readonly client: {
    /** When the responsible user got the client. Absent in what an older version stored; then nobody is moved. */
    readonly since?: number | undefined;
    /** Whether Konvert gave the client to the responsible user by turn (`isByTurn`). */
    readonly isByTurn: boolean;
    /** Whether somebody has answered the client before, in any of their chats. */
    readonly isSpoken: boolean;
    readonly contact: ContactOf;
    /** Those from whom the client was returned in this wait, over all their chats (`hadSince`). */
    readonly had: readonly Had[];
    /**
     * Since when a reply in any other chat in which the client waits is noticed before it is stored; 0 without such a chat,
     * undefined while one of them has no guard.
     */
    readonly guardedAt: number | undefined;
  };
  readonly channel: {
    readonly waiting: WaitingInForce | undefined;
    /** Whether it can send now: neither disabled nor unauthorized. */
    readonly isUp: boolean;
    /** Since when it can send again (epoch ms), if it ever could not: nobody could answer before. */
    readonly upSince?: number;
    /** Whether it gives new clients out in turn. */
    readonly rotates: boolean;
    readonly users: Omit<Receivers, 'not'>;
    /** Whether heads are told by this wait that nobody is on (T7). */
    readonly isUnmanned?: boolean;
  };
  readonly hours: WorkingHours;
}

/** What is due next about a wait, and when (epoch ms). `none` without a time: nothing more. */
export type NextAct =
  | { readonly act: 'warn'; readonly at: number; readonly leavesAt: number }
  | { readonly act: 'return'; readonly at: number; readonly to: NextReturn }
  | { readonly act: 'pool'; readonly at: number; readonly passedOver: NextReturn['passedOver'] }
  | { readonly act: 'guard' | 'unmark' | 'tell' | 'remind' | 'stand' | 'resume'; readonly at: number }
  | { readonly act: 'none'; readonly at?: number };

/** A reply lifts the mark, and may never arrive. The next mark comes so long after (T8). */
const LIFTED_MS = 60_000;
/** Who comes on rings what found nobody. If that bell is lost, it is looked at again after this time. */
const AGAIN_MS = 600_000;
const NOTHING: NextAct = { act: 'none' };

/** Whether Konvert gave the client to that user by turn, or by a return, and nobody has decided since (T3). */
export function isByTurn({ viewers, since, decidedAt, why, had = [] }: Got, userId: string | undefined): boolean {
  if (since === undefined || userId === undefined || viewers[0] !== userId) return false;
  if (had.at(-1)?.[1] === since) return true;
  return since === decidedAt && (why?.rule === 'round-robin' || why?.rule === 'waiting');
}

/** What is due next about the wait. An act whose time has come is due now, the earliest first. */
export function nextAct(wait: TimedWait, now: number): NextAct {
  const { chat, channel, hours } = wait;
  const { waiting, isUp } = channel;
  const timer = timerOf(chat);
  if (!waiting || waitOf(chat) === undefined) return NOTHING;
  if (!isUp) return inHours(standing(timer, now), hours, now);
  if (timer?.stands) return { act: 'resume', at: now };
  const move = moveOf(wait, waiting, now);
  // A mark that no move follows would say for ever when the client leaves. It goes also while the channel is closed.
  if (timer?.leavesAt !== undefined && move.act === 'none' && move.at === undefined) return { act: 'unmark', at: now };
  if (move.act === 'unmark') return move;
  const acts = [move, tellOf(wait, waiting), unmannedOf(wait), remindOf(wait, waiting)];
  return earliest(acts.map((act) => inHours(act, hours, now)));
}

/** While the channel cannot send clocks stand, and the heads are told once (T13). */
function standing(timer: Timer | undefined, now: number): NextAct {
  if (timer?.told === undefined) return { act: 'tell', at: now };
  return timer.stands ? again(now) : { act: 'stand', at: now };
}

/** What is due about the responsible user: that they are warned, and then that the client leaves them. */
function moveOf(wait: TimedWait, waiting: WaitingInForce, now: number): NextAct {
  const { returnAfterMinutes } = waiting;
  if (returnAfterMinutes === null || wait.responsible === undefined) return NOTHING;
  if (!mayLeave(wait, waiting)) return NOTHING;
  if (wait.client.contact === 'nobody-yet') return { act: 'none', at: now + MINUTE_MS };
  const times = leaving(wait, returnAfterMinutes);
  if (!times) return NOTHING;
  const to = receiverOf(wait, wait.responsible, waiting);
  if (to.outcome === 'nobody-on') return told(wait, times.leavesAt, againFrom(times.warnAt, now));
  if (to.outcome === 'nobody-left' && waiting.then === 'keep') return NOTHING;
  // No CRM takes its user from a contact because we say so. The pool was asked for, so the heads hear of it.
  const { contact } = wait.client;
  // Konvert may still make one, and then the client falls into the pool.
  if (to.outcome === 'nobody-left' && contact === 'none')
    return told(wait, times.leavesAt, { act: 'none', at: Math.max(times.leavesAt, now + MINUTE_MS) });
  if (to.outcome === 'nobody-left' && contact !== 'konvert') return told(wait, times.leavesAt, NOTHING);
  const { leavesAt, back, liftedAt = 0 } = timerOf(wait.chat) ?? {};
  if (leavesAt === undefined) {
    const at = Math.max(times.warnAt, liftedAt + LIFTED_MS);
    return { act: 'warn', at, leavesAt: Math.max(times.leavesAt, Math.max(at, now) + LEAST_WARNING_MS) };
  }
  // The hours have changed since the mark.
  if (!back && leavesAt < times.leavesAt) return { act: 'unmark', at: now };
  const { guardedAt } = wait.client;
  if (guardedAt === undefined) return { act: 'guard', at: now };
  // What was let in before the guard is stored by then.
  const at = Math.max(leavesAt, guardedAt + LEAST_WARNING_MS);
  if (to.outcome === 'nobody-left') return { act: 'pool', at, passedOver: to.passedOver };
  return { act: 'return', at, to };
}

/** Whether the client may leave their responsible user at all (T3, T4, T13). */
export function mayLeave({ chat, client, channel }: TimedWait, { from }: WaitingInForce): boolean {
  if (!channel.rotates || client.isSpoken || client.contact === 'crm') return false;
  return client.isByTurn && waitBeganAt(chat) >= from;
}

/**
 * When the user is warned, and when the client leaves. If the channel closes in between, both are put off to its next
 * opening, so that nobody loses a client whom they could not answer after the warning.
 */
function leaving(wait: TimedWait, minutes: number): { readonly warnAt: number; readonly leavesAt: number } | undefined {
  const { hours } = wait;
  const warning = warningMs(minutes);
  const begin = beginOf(wait);
  const warnAt = hours.add(begin, minutes * MINUTE_MS - warning);
  const due = hours.add(begin, minutes * MINUTE_MS);
  if (warnAt === undefined || due === undefined) return undefined;
  if (due - warnAt === warning && hours.isOpen(due)) return { warnAt, leavesAt: due };
  const opened = openFrom(due, hours);
  return opened === undefined ? undefined : { warnAt: opened, leavesAt: opened + warning };
}

/** Who gets the client, if that user loses them now (T5, T6). */
export function receiverOf(
  { client, channel }: TimedWait,
  userId: string,
  { returnsAtMost }: WaitingInForce,
): NextUser {
  const { had } = client;
  const next = nextUser({ ...channel.users, not: new Set([userId, ...had.map(([one]) => one)]) });
  return had.length < returnsAtMost ? next : { outcome: 'nobody-left', passedOver: next.passedOver };
}

/** The heads are told of every wait, whoever is responsible; at once of a client who has fallen into the pool (T7). */
function tellOf(wait: TimedWait, { tellHeadsAfterMinutes: minutes }: WaitingInForce): NextAct {
  const { chat, client, responsible, hours } = wait;
  if (responsible === undefined && client.had.length > 0) return told(wait, beginOf(wait), NOTHING);
  const at = minutes === null ? undefined : hours.add(waitBeganAt(chat), minutes * MINUTE_MS);
  return at === undefined ? NOTHING : told(wait, at, NOTHING);
}

/** The heads are told that somebody waits while nobody is on, by the wait that was chosen for it (T7). */
function unmannedOf(wait: TimedWait): NextAct {
  const { isUnmanned, users } = wait.channel;
  return isUnmanned && users.on.length === 0 ? told(wait, waitBeganAt(wait.chat), NOTHING) : NOTHING;
}

/** That the heads are told then, or what else there is if they were. */
function told({ chat }: TimedWait, at: number, otherwise: NextAct): NextAct {
  return timerOf(chat)?.told === undefined ? { act: 'tell', at } : otherwise;
}

/** A client in the pool is called out once more (T7). */
function remindOf(wait: TimedWait, { returnAfterMinutes: minutes }: WaitingInForce): NextAct {
  const isReminded = timerOf(wait.chat)?.reminded !== undefined;
  if (wait.responsible !== undefined || minutes === null || isReminded) return NOTHING;
  const at = wait.hours.add(beginOf(wait), minutes * MINUTE_MS);
  return at === undefined ? NOTHING : { act: 'remind', at };
}

/**
 * When the timer began: with the wait, but not before the responsible user, or the pool, got the client (T1), nor before the
 * channel could send again (T13).
 */
export function beginOf({ chat, client, channel }: Pick<TimedWait, 'chat' | 'client' | 'channel'>): number {
  const { resumedAt = 0 } = timerOf(chat) ?? {};
  const gotAt = client.since ?? client.had.at(-1)?.[1] ?? 0;
  return Math.max(waitBeganAt(chat), gotAt, resumedAt, channel.upSince ?? 0);
}

/** Somebody may come on before it is due, so it is not looked at again before that, but then. */
function againFrom(dueAt: number, now: number): NextAct {
  return now < dueAt ? { act: 'none', at: dueAt } : again(now);
}

function again(now: number): NextAct {
  return { act: 'none', at: now + AGAIN_MS };
}

/** Nothing is done while the channel is closed (T9). What is late then waits until it opens. */
function inHours(act: NextAct, hours: WorkingHours, now: number): NextAct {
  if (act.act === 'none') return act;
  const soonest = Math.max(act.at, now);
  if (hours.isOpen(soonest)) return act;
  const at = openFrom(soonest, hours);
  return at === undefined ? NOTHING : { ...act, at };
}

/** The first time from then on at which the channel is open. */
export function openFrom(at: number, { isOpen, add }: WorkingHours): number | undefined {
  if (isOpen(at)) return at;
  const opened = add(at, 1);
  return opened === undefined ? undefined : opened - 1;
}

/** To look again comes in its turn, too: what is due later must not put it off. */
function earliest(acts: readonly NextAct[]): NextAct {
  const timed = acts.filter(({ at }) => at !== undefined);
  return [...timed].sort((one, other) => (one.at ?? 0) - (other.at ?? 0))[0] ?? NOTHING;
}
