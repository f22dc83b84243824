import { type components, dataOf } from '../../clients/typescript/index.ts';
import { fieldsOf, onOneLine } from '../terminal/table.ts';
import { agoOf, timeOf } from '../terminal/times.ts';
import type { Noun } from '../terminal/verb.ts';
import { channelsOf, namesOf } from './find.ts';

type Lane = components['schemas']['WaitingLane'];

/** Adds the command that tells what waits. */
export function addHealth({ verb }: Pick<Noun, 'verb'>): void {
  verb('health', 'What waits: clients, and what has to leave', 'health', async ({ api }) => {
    const konvert = await api();
    const health = await dataOf(konvert.GET('/v1/health'));
    const { oldestUnanswered: oldest, waitingWithoutAnybody: pool, lanes, moreLanes } = health;
    const names = namesOf([], await channelsOf(konvert));
    const ago = (since: string | null) => agoOf(since, Date.now());
    const longest = oldest
      ? `${oldest.name} in ${names.channel(oldest.channelId)}, for ${ago(oldest.since)}`
      : 'nobody';
    const count = `${pool.count}${pool.atLeast ? ' or more' : ''}`;
    const clients = fieldsOf([
      ['waits longest', longest],
      ['without anybody', pool.count === 0 ? 'nobody' : `${count}, the first for ${ago(pool.since)}`],
    ]);
    const left = lanes.length === 0 ? ['Everything leaves as it should.'] : lanes.map(sentenceOf);
    const more = moreLanes ? ['More may wait: deliveries --state pending'] : [];
    return { json: health, text: [clients, '', ...left].join('\n'), notes: more };
  });
}

function sentenceOf({ target, kind, waiting, atLeast, since, setAside, nextAttemptAt, lastError }: Lane): string {
  const way = kind === 'news' ? 'to read from' : 'for';
  const count = `${waiting}${atLeast ? ' or more' : ''} ${way} ${target}${setAside ? ' (set aside)' : ''}`;
  const error = lastError ? `, because of ${lastError.code}: ${lastError.description}` : '';
  const next = nextAttemptAt === undefined ? 'tried now' : `tried again at ${timeOf(nextAttemptAt)}`;
  return onOneLine(`${count} since ${timeOf(since)}${error}; ${next}`);
}
