import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { OptionsModel } from '../../settings-models/options.ts';
import { answerOf } from '../api.ts';
import { loading } from './loading.ts';
import { bodyOr } from './refusal.ts';

/** The options for all channels. */
export function createOptions(api: KonvertClient): OptionsModel {
  const options = loading(() => answerOf(api.GET('/v1/settings')));
  return {
    options,
    async change(changes) {
      const stored = bodyOr(
        await answerOf(
          api.PATCH('/v1/settings', {
            body: { ...changes, ...(changes.frameAncestors && { frameAncestors: [...changes.frameAncestors] }) },
          }),
        ),
        { INVALID_SETTINGS: 'options.refused' },
      );
      const before = options.state.peek();
      if (before.kind === 'ready') options.put({ ...before.value, ...stored });
      else await options.reload();
    },
  };
}
