import { fieldsOf } from '../terminal/table.ts';
import { agoOf, timeOf } from '../terminal/times.ts';
import type { Noun } from '../terminal/verb.ts';
import { channelsOf, namesOf } from './find.ts';
import { soon } from './soon.ts';

/** What waits in an account. */
interface Health {
  readonly oldestUnanswered: { readonly channelId: string; readonly name: string; readonly since: string } | null;
  readonly waitingWithoutAnybody: { readonly count: number; readonly since: string | null };
  readonly lanes: readonly Lane[];
}

/** What waits to leave for one target. */
interface Lane {
  readonly target: string;
  readonly kind: string;
  readonly waiting: number;
  readonly since: string;
  readonly nextAttemptAt?: string;
  readonly lastError?: { readonly code: string; readonly description: string };
}

/** Adds the command that tells what waits. */
export function addHealth({ verb }: Pick<Noun, 'verb'>): void {
  verb('health', 'What waits: clients, and what has to leave', 'health', async ({ api }) => {
    const konvert = await api();
    const health = await soon<Health>(konvert, 'GET', '/v1/health');
    const { oldestUnanswered: oldest, waitingWithoutAnybody: pool, lanes } = health;
    const names = namesOf([], await channelsOf(konvert));
    const now = Date.now();
    const waits = oldest
      ? `${oldest.name} in ${names.channel(oldest.channelId)}, for ${agoOf(oldest.since, now)}`
      : 'nobody';
    const without = pool.count === 0 ? 'nobody' : `${pool.count}, the first for ${agoOf(pool.since, now)}`;
    const left = lanes.map(laneWords);
    const told = [['waits longest', waits] as const, ['without anybody', without] as const];
    return {
      json: health,
      text: [fieldsOf(told), '', ...(left.length === 0 ? ['Nothing waits to leave.'] : left)].join('\n'),
    };
  });
}

function laneWords({ target, waiting, since, nextAttemptAt, lastError }: Lane): string {
  const error = lastError ? `, because of ${lastError.code}: ${lastError.description}` : '';
  const next = nextAttemptAt === undefined ? '' : `; tried again at ${timeOf(nextAttemptAt)}`;
  return fieldsOf([[target, `${waiting} wait since ${timeOf(since)}${error}${next}`]]);
}
