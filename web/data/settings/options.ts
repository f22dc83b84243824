import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { Options, OptionsModel } from '../../settings-models/options.ts';
import { type Answer, answerOf, bodyOf } from '../api.ts';
import { loading } from './loading.ts';
import { bodyOr } from './refusal.ts';

/** How often a change is made anew while others change the same. */
const MOST_TRIES = 5;

/** The options for all channels. */
export function createOptions(api: KonvertClient): OptionsModel {
  const options = loading(() => answerOf(api.GET('/v1/settings')));
  const put = async (answer: Answer<Partial<Options>>) => {
    const stored = bodyOr(answer, { INVALID_SETTINGS: 'options.refused' });
    const before = options.state.peek();
    if (before.kind === 'ready') options.put({ ...before.value, ...stored });
    else await options.reload();
  };
  return {
    options,
    change: async (body) => put(await answerOf(api.PATCH('/v1/settings', { body }))),
    async changeHosts(of) {
      for (let tries = 1; ; tries += 1) {
        const { frameAncestors: now, version } = bodyOf(await answerOf(api.GET('/v1/settings')));
        const body = { frameAncestors: [...of(now)], version };
        const answer = await answerOf(api.PATCH('/v1/settings', { body }));
        const isOvertaken = answer.kind === 'refused' && answer.code === 'SETTINGS_CHANGED';
        if (!isOvertaken || tries === MOST_TRIES) return put(answer);
      }
    },
  };
}
