import { useSignal } from '@preact/signals';
import type { Outcome } from '../../../settings-models/channels.ts';
import type { Guide } from './messengers/guide.ts';
import { type Problem, problemOf } from './refusal.ts';

/** One change of a channel at a time, and why the last one was refused. `run` is true if it was done. */
export function useChange(guide: Guide | undefined) {
  const isBusy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const run = async (change: () => Promise<Outcome<unknown>>) => {
    if (isBusy.value) return false;
    isBusy.value = true;
    problem.value = undefined;
    const outcome = await change();
    isBusy.value = false;
    if (outcome.kind === 'refused') {
      problem.value = guide ? problemOf(guide, outcome.refusal) : { words: outcome.refusal.description };
    }
    return outcome.kind === 'done';
  };
  return { isBusy, problem, run };
}
