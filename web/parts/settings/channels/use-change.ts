import { useSignal } from '@preact/signals';
import type { Outcome } from '../../../settings-models/channels.ts';
import type { Problem } from '../kit/guide-step.ts';
import { loadGuide } from './messengers/guides.ts';
import { problemOf } from './refusal.ts';

/** One change of a channel at a time, and why the last one was refused. `run` is true if it was done. */
export function useChange(transport: string) {
  const isBusy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const run = async (change: () => Promise<Outcome<unknown>>) => {
    if (isBusy.value) return false;
    isBusy.value = true;
    problem.value = undefined;
    const outcome = await change();
    if (outcome.kind === 'refused') {
      const guide = await loadGuide(transport).catch(() => undefined);
      problem.value = guide ? problemOf(guide, outcome.refusal) : { words: outcome.refusal.description };
    }
    isBusy.value = false;
    return outcome.kind === 'done';
  };
  return { isBusy, problem, run };
}
