import { answerJson, type PlainAnswer } from '#local/server/gateway';
import type { SavedState } from './saved-state.ts';

/** What a visitor wants refused: the next reply, so that it can be seen to fail and be sent again. */
export interface Refusals {
  refuseNext(): Promise<void>;
  /** Whether this reply is to be refused. Asked once for each reply. */
  takeRefusal(): Promise<boolean>;
}

/** Keeps that in the state of a demo messenger. */
export function refusalsIn({ state, save }: SavedState<{ refusesNext?: boolean | undefined }>): Refusals {
  return {
    async refuseNext() {
      state.refusesNext = true;
      await save();
    },

    async takeRefusal() {
      const isRefused = state.refusesNext === true;
      delete state.refusesNext;
      if (isRefused) await save();
      return isRefused;
    },
  };
}

/** Answers `/refuse-next`. */
export async function refuseNext(refusals: Refusals): Promise<PlainAnswer> {
  await refusals.refuseNext();
  return answerJson(200, { refusesNext: true });
}
