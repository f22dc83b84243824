import type * as z from 'zod/mini';
import { statisticsQuery } from '#api/statistics-routes';
import type { Clock } from '#clock';
import { isDate } from '#domain/schedule';
import type { ChannelSettings } from '#domain/settings';
import { type Actor, roleOf } from '#domain/sight';
import { MOST_DAYS, type StatisticsScope } from '#domain/statistics';
import { scheduleOf } from '#domain/team';
import { isZone } from '#domain/zone';
import { createZoneClock, daysAfter, daysFrom } from '#domain/zone-clock';
import type { AskedStatistics } from '#flows/statistics/read-statistics';
import { createWorkingTime } from '#flows/statistics/working-time';
import { channelNotFound, invalidRequest } from '#http/errors';
import { readValues } from '#http/read-body';
import type { HttpRequest } from '#http/route';
import type { Options } from '#store/accounts/account-options';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Teams } from '#store/accounts/teams';

/** The stores by which a question is understood. */
export interface AskedDeps {
  readonly channels: Pick<Channels, 'idsOf'>;
  readonly settings: Pick<Settings, 'settingsOf'>;
  readonly options: Pick<Options, 'optionsOf'>;
  readonly teams: Pick<Teams, 'read'>;
  readonly clock: Clock;
}

type Query = z.infer<typeof statisticsQuery>;

const WEEK = 7;

/** What the request asks for, within what the actor may be told. Throws a `RequestError` 400 or 404. */
export async function askedStatistics(
  deps: AskedDeps,
  actor: Actor,
  { query: sent }: HttpRequest,
): Promise<{ asked: AskedStatistics; format: Query['format'] }> {
  const query = readValues(statisticsQuery, sent, invalidRequest);
  const { groupBy, channelId, userId, format } = query;
  const zone = query.zone ?? (await deps.options.optionsOf(actor.account)).zone;
  const days = daysOf(query, zone, deps.clock.now());
  const settings = await deps.settings.settingsOf(await deps.channels.idsOf(actor.account));
  const scopes = scopesOf(actor, settings).filter((scope) => (channelId ?? scope.channelId) === scope.channelId);
  if (channelId !== undefined && scopes.length === 0) throw channelNotFound();
  const { team } = await deps.teams.read(actor.account);
  const working = createWorkingTime(
    (id) => settings.get(id)?.schedule,
    (name) => scheduleOf(team, name),
  );
  return { asked: { account: actor.account, zone, ...days, groupBy, scopes, userId, working }, format };
}

/** The days that are asked for: without them the last week, today included. */
function daysOf({ from, to }: Query, zone: string, now: number): { from: string; to: string } {
  if (!isZone(zone)) throw invalidRequest(['zone']);
  const wrong = Object.entries({ from, to }).filter(([, day]) => day !== undefined && !isDate(day));
  if (wrong.length > 0) throw invalidRequest(wrong.map(([name]) => name));
  const last = to ?? createZoneClock(zone)(now).day;
  const first = from ?? daysAfter(last, 1 - WEEK);
  const length = daysFrom(first, last);
  if (!isDate(first) || length < 1 || length > MOST_DAYS) throw invalidRequest(['from', 'to']);
  return { from: first, to: last };
}

/** Who sees all of a channel is told all of it, a seller what they did there. The CRM is told everything (R1). */
function scopesOf({ userId }: Actor, settings: ReadonlyMap<string, ChannelSettings>): StatisticsScope[] {
  return [...settings].flatMap(([channelId, chosen]) => {
    if (userId === undefined) return [{ channelId }];
    const role = roleOf(userId, chosen);
    if (role === undefined) return [];
    return role === 'seller' ? [{ channelId, onlyUser: userId }] : [{ channelId }];
  });
}
