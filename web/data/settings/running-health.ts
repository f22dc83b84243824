import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { Health } from '../../settings-models/running.ts';
import { type Answer, answerOf } from '../api.ts';

/** Asks how the account is. If replies wait for a client, the name of that client is asked for once. */
export function createAskHealth(api: KonvertClient): () => Promise<Answer<Health>> {
  const names = new Map<string, string | undefined>();

  async function learnName(target: string): Promise<void> {
    const query = { state: 'pending', target } as const;
    const answer = await answerOf(api.GET('/v1/deliveries', { params: { query } }));
    if (answer.kind === 'ok') names.set(target, answer.body.deliveries[0]?.name);
  }

  return async () => {
    const answer = await answerOf(api.GET('/v1/health'));
    if (answer.kind !== 'ok') return answer;
    const { lanes } = answer.body;
    const unknown = lanes.filter(({ kind, target }) => kind === 'reply' && !names.has(target));
    await Promise.all(unknown.map(({ target }) => learnName(target)));
    const named = lanes.map((lane) => {
      const name = names.get(lane.target);
      return name === undefined ? lane : { ...lane, name };
    });
    return { kind: 'ok', body: { ...answer.body, lanes: named } };
  };
}
