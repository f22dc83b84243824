import type * as z from 'zod/mini';
import { type wouldReturn, wouldReturnQuery } from '#api/statistics-routes';
import type { Clock } from '#clock';
import { workingMs } from '#domain/calendar';
import { DAY_MS } from '#domain/schedule';
import { scheduleOf } from '#domain/team';
import { NOTHING_TRIED, withTried } from '#domain/tried-returns';
import { DEFAULT_WAITING } from '#domain/waiting-setting';
import type { AnsweredByPhone } from '#flows/statistics/answered-by-phone';
import { channelNotFound, invalidRequest } from '#http/errors';
import { readValues } from '#http/read-body';
import type { HttpRequest } from '#http/route';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Teams } from '#store/accounts/teams';
import type { Waits } from '#store/waits/waits';

/** The stores by which a setting is tried. */
export interface TryReturnsDeps {
  readonly channels: Pick<Channels, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly teams: Pick<Teams, 'read'>;
  readonly waits: Pick<Waits, 'between'>;
  readonly answeredByPhone: AnsweredByPhone;
  readonly clock: Clock;
}

const DAYS = 7;

/** What the setting in the query would have done in a channel of the account. Throws a `RequestError` 400 or 404. */
export async function tryReturns(
  { channels, settings, teams, waits, answeredByPhone, clock }: TryReturnsDeps,
  account: string,
  { params, query }: HttpRequest,
): Promise<z.infer<typeof wouldReturn>> {
  const { days = DAYS, ...asked } = readValues(wouldReturnQuery, query, invalidRequest);
  const channelId = params.channelId ?? '';
  if ((await channels.get(channelId))?.account !== account) throw channelNotFound();
  const { settings: chosen } = await settings.read(channelId);
  const schedule = scheduleOf((await teams.read(account)).team, chosen.schedule);
  const now = clock.now();
  const setting = { ...asked, returnsAtMost: asked.returnsAtMost ?? DEFAULT_WAITING.returnsAtMost };
  let tried = NOTHING_TRIED;
  for await (const page of waits.between(channelId, now - days * DAY_MS, now)) {
    for (const wait of page) tried = withTried(tried, setting, wait, workingMs(schedule, wait.startedAt, wait.endedAt));
  }
  return { days, ...tried, ...((await answeredByPhone(channelId)) && { warnings: ['ANSWERED_BY_PHONE'] }) };
}
