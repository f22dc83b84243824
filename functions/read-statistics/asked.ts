import type * as z from 'zod/mini';
import { statisticsQuery } from '#api/statistics-routes';
import type { Clock } from '#clock';
import type { Actor } from '#domain/sight';
import { roleOf } from '#domain/sight';
import { MOST_DAYS, type StatisticsScope } from '#domain/statistics';
import { createZoneClock, daysAfter, daysFrom, isDay, isZone } from '#domain/zone-clock';
import type { AskedStatistics } from '#flows/waits/read-statistics';
import { createWorkingSeconds } from '#flows/waits/working-seconds';
import { channelNotFound, invalidRequest } from '#http/errors';
import { readValues } from '#http/read-body';
import type { HttpRequest } from '#http/route';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';

/** The stores by which a question is understood. */
export interface AskedDeps {
  readonly channels: Pick<Channels, 'idsOf'>;
  readonly settings: Pick<Settings, 'settingsOf'>;
  readonly clock: Clock;
}

type Query = z.infer<typeof statisticsQuery>;

const DEFAULT_ZONE = 'UTC';
const WEEK = 7;

/** What the request asks for, within what the actor may be told. Throws a `RequestError` 400 or 404. */
export async function askedStatistics(
  deps: AskedDeps,
  actor: Actor,
  { query: sent }: HttpRequest,
): Promise<{ asked: AskedStatistics; format: Query['format'] }> {
  const query = readValues(statisticsQuery, sent, invalidRequest);
  const { groupBy, channelId, userId, zone = DEFAULT_ZONE, format } = query;
  const days = daysOf(query, zone, deps.clock.now());
  const scopes = (await scopesOf(deps, actor)).filter((scope) => (channelId ?? scope.channelId) === scope.channelId);
  if (channelId !== undefined && scopes.length === 0) throw channelNotFound();
  const workingSeconds = createWorkingSeconds(() => undefined);
  return { asked: { account: actor.account, zone, ...days, groupBy, scopes, userId, workingSeconds }, format };
}

/** The days that are asked for: without them the last week, today included. */
function daysOf({ from, to }: Query, zone: string, now: number): { from: string; to: string } {
  if (!isZone(zone)) throw invalidRequest(['zone']);
  const wrong = Object.entries({ from, to }).filter(([, day]) => day !== undefined && !isDay(day));
  if (wrong.length > 0) throw invalidRequest(wrong.map(([name]) => name));
  const last = to ?? createZoneClock(zone)(now).day;
  const first = from ?? daysAfter(last, 1 - WEEK);
  const length = daysFrom(first, last);
  if (length < 1 || length > MOST_DAYS) throw invalidRequest(['from', 'to']);
  return { from: first, to: last };
}

/** Who sees all of a channel is told all of it, a seller what they did there. The CRM is told everything (R1). */
async function scopesOf({ channels, settings }: AskedDeps, { account, userId }: Actor): Promise<StatisticsScope[]> {
  const ids = await channels.idsOf(account);
  if (userId === undefined) return ids.map((channelId) => ({ channelId }));
  const byId = await settings.settingsOf(ids);
  return [...byId].flatMap(([channelId, chosen]) => {
    const role = roleOf(userId, chosen);
    if (role === undefined) return [];
    return role === 'seller' ? [{ channelId, onlyUser: userId }] : [{ channelId }];
  });
}
