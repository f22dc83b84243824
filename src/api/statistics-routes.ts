import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { count, text, time } from '#api/fields';
import { GROUPS, KINDS_OF_KEYS } from '#domain/statistics';
import { TRIED_WARNINGS } from '#domain/tried-returns';
import { LEAST_MINUTES, MOST_MINUTES, MOST_RETURNS } from '#domain/waiting-setting';

const named = z.optional(z.string().check(z.minLength(1), z.maxLength(256)));
const day = z.optional(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)));

/** The days of the zone from the first to the last, and what is counted by what. */
export const statisticsQuery = z.object({
  from: day,
  to: day,
  groupBy: z.optional(z.enum(GROUPS)),
  channelId: named,
  userId: named,
  zone: named,
  format: z.optional(z.enum(['json', 'csv'])),
});

/** The seconds within which half of the answers came, and within which nine of ten did. */
export const percentiles = z.object({ p50: z.nullable(count), p90: z.nullable(count) });

/** What was counted for one day, hour, weekday, user or channel, or for all of it. Times are in seconds. */
export const statisticsRow = z.object({
  key: text,
  kind: z.enum(KINDS_OF_KEYS),
  waits: count,
  answered: count,
  noReplyNeeded: count,
  auto: count,
  open: count,
  replyTime: percentiles,
  inHours: percentiles,
  firstReply: percentiles,
  ownTime: percentiles,
  letGo: count,
  received: count,
  newClients: count,
});

/** What waits now. */
export const waitingNow = z.object({ waiting: count, since: z.nullable(time) });

/** What was counted, by the days of the zone. */
export const statistics = z.object({
  zone: text,
  from: text,
  to: text,
  exact: z.boolean(),
  rows: z.array(statisticsRow),
  now: z.optional(waitingNow),
});

/** A whole number as a query has it. */
function numberIn(least: number, most: number) {
  return z.optional(
    z.pipe(
      z.string().check(z.regex(/^\d{1,4}$/)),
      z.pipe(
        z.transform((value: string) => Number(value)),
        z.int().check(z.minimum(least), z.maximum(most)),
      ),
    ),
  );
}

const MOST_TRIED_DAYS = 90;

/** A setting of the timer that is not saved, and over how many days it is tried. */
export const wouldReturnQuery = z.object({
  returnAfterMinutes: numberIn(LEAST_MINUTES, MOST_MINUTES),
  tellHeadsAfterMinutes: numberIn(LEAST_MINUTES, MOST_MINUTES),
  returnsAtMost: numberIn(1, MOST_RETURNS),
  days: numberIn(1, MOST_TRIED_DAYS),
});

/**
 * How many of the waits of those days the setting would have moved. `ANSWERED_BY_PHONE`: nobody is set away, because
 * more than a third of the latest answers came from phones.
 */
export const wouldReturn = z.object({
  days: count,
  waits: count,
  wouldWarn: count,
  wouldReturn: count,
  wouldPool: count,
  wouldTell: count,
  answered: count,
  byPhone: count,
  warnings: z.exactOptional(z.array(z.enum(TRIED_WARNINGS))),
});

/** The routes of statistics. */
export const describedStatisticsRoutes = {
  'GET /v1/statistics': {
    operationId: 'getStatistics',
    tag: 'Statistics',
    summary: 'How long clients waited for answers, and who answered them',
    description:
      'A wait begins with a client message while nothing older is open, and ends with the first answer that covers it. It belongs to the day, hour and channel in which it began. The days are those of the `zone`, the last week unless `from` and `to` say otherwise, at most 400. Only `answered` waits have times; what was closed by `noReplyNeeded` or by an automatic text (`auto`) is counted beside them. A head gets the channels that they see, a seller what they did themselves, an API key and the settings all.',
    query: statisticsQuery,
    answer: statistics,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'CHANNEL_NOT_FOUND'],
  },
  'GET /v1/settings/channels/{channelId}/would-return': {
    operationId: 'tryReturns',
    tag: 'Statistics',
    summary: 'What a setting of the timer would have done in the last days; nothing is stored',
    description:
      'It plays the setting over the waits that ended in the channel. `wouldReturn` are waits whose client would have gone to another user, `wouldPool` those that would have fallen into the pool, `wouldTell` those of which heads would have been told. The warning `ANSWERED_BY_PHONE` says that `awayAfterReturns` is off here: of the latest 200 waits of the last seven days more than a third of the answers came from phones, and a user who answers only there gives no sign of life.',
    query: wouldReturnQuery,
    answer: wouldReturn,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'CHANNEL_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
