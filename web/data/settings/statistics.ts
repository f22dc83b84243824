import type { components, KonvertClient } from '../../../clients/typescript/index.ts';
import { periodsUpTo } from '../../core/statistics.ts';
import type { AskedPeriod, Period, Report, StatisticsModel } from '../../settings-models/statistics.ts';
import { type Answer, answerOf, bodyOf } from '../api.ts';
import { loading } from './loading.ts';

type Schemas = components['schemas'];
type Query = NonNullable<NonNullable<Parameters<KonvertClient['GET']>[1]>['params']>['query'];

/** How long clients waited, in all channels or in one. */
export function createStatistics(api: KonvertClient): StatisticsModel {
  const ask = async (query: Record<string, string>) =>
    // The description has no one type for an answer that is JSON or CSV.
    (await answerOf(api.GET('/v1/statistics', { params: { query } }))) as Answer<Schemas['Statistics']>;

  /** Today's day is the server's to say, because it is that of the account's zone. */
  async function periodsOf({ days, channelId }: AskedPeriod) {
    const today = await ask(ofChannel(channelId));
    return today.kind === 'ok' ? { kind: 'ok' as const, body: periodsUpTo(today.body.to, days) } : today;
  }

  async function report(asked: AskedPeriod): Promise<Answer<Report>> {
    const periods = await periodsOf(asked);
    if (periods.kind !== 'ok') return periods;
    const { now, before } = periods.body;
    const of = (period: Period, groupBy?: string) =>
      ask({ ...ofChannel(asked.channelId), ...period, ...(groupBy && { groupBy }) });
    const answers = await Promise.all([of(now), of(before), of(now, 'day'), of(now, 'weekday-hour'), of(now, 'user')]);
    const wrong = answers.find((answer) => answer.kind !== 'ok');
    if (wrong) return wrong;
    const [all, earlier, days, hours, users] = answers.map(bodyOf);
    const { zone, exact, now: waiting } = all!;
    const body = {
      period: now,
      zone,
      isExact: exact,
      ...(waiting && { now: waiting }),
      all: all!.rows[0]!,
      before: earlier!.rows[0]!,
      days: days!.rows,
      hours: hours!.rows,
      users: users!.rows,
    };
    return { kind: 'ok', body };
  }

  return {
    of: (asked) => loading(() => report(asked)),
    async csv(asked, by) {
      const { now } = bodyOf(await periodsOf(asked));
      const query = { ...ofChannel(asked.channelId), ...now, groupBy: by, format: 'csv' } as Query;
      return bodyOf(await answerOf(api.GET('/v1/statistics', { params: { query }, parseAs: 'text' }))) as string;
    },
  };
}

function ofChannel(channelId: string | undefined): Record<string, string> {
  return channelId === undefined ? {} : { channelId };
}
