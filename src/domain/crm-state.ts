import type { CrmConnection, CrmProblem, CrmState } from './crm.ts';

const DAY_MS = 24 * 3_600_000;
/** How long before its end a token is said to end, and is said so once more (ms). */
const TOLD_AHEAD_MS = [30 * DAY_MS, 7 * DAY_MS] as const;

/** How a connection stands at that time. */
export function crmStateOf(connection: CrmConnection, now: number): CrmState {
  if (connection.isDisabled) return 'disabled';
  if (connection.endedAt !== undefined || hasExpired(connection, now)) return 'unauthorized';
  if (!connection.portal) return 'connecting';
  if (connection.blockedUntil !== undefined && connection.blockedUntil > now) return 'blocked';
  return crmProblemsOf(connection, now).length > 0 ? 'degraded' : 'active';
}

/**
 * What stands in the way of a connection at that time, the oldest first. It includes a token that soon ends and that
 * nothing renews: `about` is the day on which it ends (`yyyy-mm-dd`).
 */
export function crmProblemsOf(connection: CrmConnection, now: number): CrmProblem[] {
  const { problems, expiresAt } = connection;
  const told = TOLD_AHEAD_MS.findLast((ahead) => expiresAt !== undefined && now >= expiresAt - ahead);
  if (told === undefined || expiresAt === undefined) return [...problems];
  const about = new Date(expiresAt).toISOString().slice(0, 10);
  const ends: CrmProblem = { code: 'TOKEN_EXPIRES', about, since: expiresAt - told };
  return [...problems, ends].sort((one, other) => one.since - other.since);
}

function hasExpired({ expiresAt }: CrmConnection, now: number): boolean {
  return expiresAt !== undefined && now >= expiresAt;
}
