import { DECISION_RULES } from './assignment.ts';
import { type DayCell, TIMES, type TimeName } from './day-cells.ts';
import { createSpread, type Spread } from './spread.ts';
import type { CountedWait, WaitAuthor } from './waits.ts';
import { QUARTER_MS, type ZoneClock } from './zone-clock.ts';

/** What the rows of statistics may be grouped by. */
export const GROUPS = ['day', 'hour', 'weekday', 'weekday-hour', 'user', 'channel'] as const;

/** What the rows of statistics are grouped by. */
export type Group = (typeof GROUPS)[number];

/**
 * What the key of a row is. `all` if nothing was asked for; of users also what no user did: what the CRM answered without
 * one, what came from a phone, and what nobody has answered yet.
 */
export const KINDS_OF_KEYS = [
  'all',
  'day',
  'hour',
  'weekday',
  'weekday-hour',
  'channel',
  'user',
  'crm',
  'phone',
  'nobody',
] as const;

/** What the key of a row is. */
export type KindOfKey = (typeof KINDS_OF_KEYS)[number];

/** The most days that one question may be about. */
export const MOST_DAYS = 400;

/** What somebody may be told of a channel: all of it, or only what that user did themselves. */
export interface StatisticsScope {
  readonly channelId: string;
  readonly onlyUser?: string;
}

/** A record of an assignment, as it is counted (D9, T14). */
export interface CountedAssignment {
  readonly channelId: string;
  readonly at: number;
  readonly rule: string;
  readonly userId: string | null;
  readonly from?: string | undefined;
  /** Somebody had the client before. */
  readonly known?: true;
}

/** What is counted under one key. Times are in seconds. */
export interface Tally {
  answered: number;
  noReplyNeeded: number;
  auto: number;
  open: number;
  letGo: number;
  received: number;
  newClients: number;
  readonly replyTime: Spread;
  readonly inHours: Spread;
  readonly firstReply: Spread;
  readonly ownTime: Spread;
}

/** A row: its key, what that is, and what was counted. */
export interface StatisticsRow {
  readonly key: string;
  readonly kind: KindOfKey;
  readonly tally: Tally;
}

/** What was counted. `now` is absent if nothing but what users did themselves was asked for. */
export interface Statistics {
  readonly exact: boolean;
  readonly rows: readonly StatisticsRow[];
  readonly now?: { readonly waiting: number; readonly since?: number };
}

/** The rules by which a user gets a client whom nobody had before. */
const NEW_CLIENTS: readonly string[] = DECISION_RULES;

/** Tells the working seconds of a channel between two times (epoch ms). */
export type WorkingSeconds = (channelId: string, from: number, to: number) => number;

/** The times of an answered wait in seconds. */
export function timesOf(wait: CountedWait, workingSeconds: WorkingSeconds): Partial<Record<TimeName, number>> {
  const { channelId, startedAt, endedAt, author, responsible, isFirst } = wait;
  const replyTime = secondsBetween(startedAt, endedAt);
  const isOwn = responsible !== undefined && author.userId === responsible.userId;
  return {
    replyTime,
    inHours: workingSeconds(channelId, startedAt, endedAt),
    ...(isFirst && { firstReply: replyTime }),
    ...(isOwn && { ownTime: secondsBetween(Math.max(startedAt, responsible.since), endedAt) }),
  };
}

/** Adds up waits and assignments by a group. `workingSeconds` tells the working time of a channel between two times. */
export function createCount(group: Group | undefined, clock: ZoneClock, workingSeconds: WorkingSeconds) {
  const rows = new Map<string, StatisticsRow>();

  function tallyOf(channelId: string, at: number, doer: Doer): Tally {
    const { key, kind } = keyOf(group, clock, channelId, at, doer);
    const name = `${kind} ${key}`;
    const known = rows.get(name);
    if (known) return known.tally;
    const made = { key, kind, tally: emptyTally() };
    rows.set(name, made);
    return made.tally;
  }

  function addWait(wait: CountedWait): void {
    const { channelId, startedAt, outcome, author } = wait;
    const tally = tallyOf(channelId, startedAt, doerOf(author));
    if (outcome === 'no-reply-needed') tally.noReplyNeeded += 1;
    if (outcome === 'auto') tally.auto += 1;
    if (outcome !== 'answered') return;
    tally.answered += 1;
    for (const [time, seconds] of Object.entries(timesOf(wait, workingSeconds))) tally[time as TimeName].add(seconds);
  }

  /** Adds what was counted of a quarter of an hour of the day in UTC that began then. */
  function addCell(channelId: string, day: number, cell: DayCell): void {
    const tally = tallyOf(channelId, day + cell.quarter * QUARTER_MS, doerOf(cell.author));
    tally.answered += cell.answered;
    tally.noReplyNeeded += cell.noReplyNeeded;
    tally.auto += cell.auto;
    for (const time of TIMES) for (const [bucket, count] of cell.times[time]) tally[time].addBucket(bucket, count);
  }

  function addOpen(channelId: string, since: number): void {
    tallyOf(channelId, since, { kind: 'nobody' }).open += 1;
  }

  function addAssignment(
    { channelId, at, rule, userId, from, known }: CountedAssignment,
    isWanted: (user: string) => boolean,
  ) {
    if (rule === 'returned' && from !== undefined && isWanted(from)) tallyOf(channelId, at, userOf(from)).letGo += 1;
    if (userId === null || !isWanted(userId)) return;
    if (rule === 'returned') tallyOf(channelId, at, userOf(userId)).received += 1;
    if (NEW_CLIENTS.includes(rule) && !known) tallyOf(channelId, at, userOf(userId)).newClients += 1;
  }

  /** The rows in the order of their keys. Without a group there is one row, also of nothing. */
  function result(): StatisticsRow[] {
    if (group === undefined && rows.size === 0) tallyOf('', 0, { kind: 'nobody' });
    return [...rows.values()].toSorted((one, other) => order(one) - order(other) || (one.key < other.key ? -1 : 1));
  }

  return { addWait, addCell, addOpen, addAssignment, result };
}

/** Adds up what is asked for. */
export type Count = ReturnType<typeof createCount>;

/** Whether the wait is one of what may be told: in a scope of one user only their own. */
export function isOfUser({ author }: { readonly author: WaitAuthor }, userId: string | undefined): boolean {
  return userId === undefined || (author.by === 'user' && author.userId === userId);
}

type Doer = { readonly kind: 'user'; readonly userId: string } | { readonly kind: 'crm' | 'phone' | 'nobody' };

function doerOf(author: WaitAuthor): Doer {
  return author.by === 'user' ? userOf(author.userId) : { kind: author.by };
}

function userOf(userId: string): Doer {
  return { kind: 'user', userId };
}

function keyOf(group: Group | undefined, clock: ZoneClock, channelId: string, at: number, doer: Doer) {
  if (group === undefined) return { key: 'all', kind: 'all' } as const;
  if (group === 'channel') return { key: channelId, kind: group } as const;
  if (group === 'user') return { key: doer.kind === 'user' ? doer.userId : doer.kind, kind: doer.kind } as const;
  const { day, hour, weekday } = clock(at);
  const keys = { day, hour, weekday: String(weekday), 'weekday-hour': `${weekday}-${hour}` };
  return { key: keys[group], kind: group } as const;
}

/** What no user did stands behind what users did. */
function order({ kind }: StatisticsRow): number {
  return KINDS_OF_KEYS.indexOf(kind);
}

function emptyTally(): Tally {
  return {
    answered: 0,
    noReplyNeeded: 0,
    auto: 0,
    open: 0,
    letGo: 0,
    received: 0,
    newClients: 0,
    replyTime: createSpread(),
    inHours: createSpread(),
    firstReply: createSpread(),
    ownTime: createSpread(),
  };
}

/** Clocks differ, so an answer may seem to come before its message. */
function secondsBetween(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 1000));
}
