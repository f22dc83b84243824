import { useSignal } from '@preact/signals';
import type { Outcome } from '../../../settings-models/channels.ts';
import type { Problem } from '../kit/guide-step.ts';
import { problemOf, type Spoken } from './refusal.ts';

/** One call about the connection at a time, and why the last one was refused. `run` gives what it answered. */
export function useCrmChange(of: Spoken) {
  const isBusy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const run = async <T>(change: () => Promise<Outcome<T>>): Promise<T | undefined> => {
    if (isBusy.value) return undefined;
    isBusy.value = true;
    problem.value = undefined;
    const outcome = await change();
    isBusy.value = false;
    if (outcome.kind === 'done') return outcome.value;
    problem.value = problemOf(of, outcome.refusal);
    return undefined;
  };
  return { isBusy, problem, run };
}
