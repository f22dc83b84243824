import { listeners, queues } from '#lib/listeners';
import { metricNames } from '#lib/metric-names';
import type { Idle } from './tables.ts';

const MONTH_MINUTES = 30 * 24 * 60;
/** What `lib/konvert-alarms.ts` and the alarms of streams and dead letters, and `lib/dashboard.ts`, make. */
const OBSERVED = { alarms: 14, metrics: metricNames.length, dashboards: 1 };

/** What a deployment has and does while nobody writes. */
export function idleOf(): Idle {
  const timers = listeners.flatMap((listener) => ('everyMinutes' in listener ? [listener.everyMinutes] : []));
  const runs = timers.reduce((sum, minutes) => sum + MONTH_MINUTES / minutes, 0);
  return { ...OBSERVED, queues: Object.keys(queues).length, runs };
}
