import { useSignal } from '@preact/signals';
import { wordsOfError } from '../../../core/words-of-error.ts';

/** Something that a press does at the server. */
export interface Act {
  readonly isBusy: boolean;
  /** Why the last one did not work, or nothing. */
  readonly problem: string;
  /** Runs it, unless one is under way. True if it worked. */
  run(act: () => Promise<unknown>): Promise<boolean>;
  /** Forgets the problem, because its cause was changed. */
  forget(): void;
}

/** One act of a screen at a time, and what went wrong with it. */
export function useAct(): Act {
  const isBusy = useSignal(false);
  const problem = useSignal('');
  return {
    isBusy: isBusy.value,
    problem: problem.value,
    async run(act) {
      if (isBusy.peek()) return false;
      isBusy.value = true;
      problem.value = '';
      try {
        await act();
        return true;
      } catch (error) {
        problem.value = wordsOfError(error);
        return false;
      } finally {
        isBusy.value = false;
      }
    },
    forget() {
      problem.value = '';
    },
  };
}
