import { type Signal, signal } from '@preact/signals';
import type { Loaded, Loading } from '../../settings-models/loaded.ts';
import { type Answer, wordsOf } from '../api.ts';

/**
 * Asks when it is first looked at, and again whenever it is told to. Of two answers the one to the later question counts.
 * What is there stays if it cannot be had again. `put` sets what the answer to a change has told already.
 */
export function loading<T>(ask: () => Promise<Answer<T>>): Loading<T> & { put(value: T): void } {
  const state: Signal<Loaded<T>> = signal({ kind: 'loading' });
  let asked = 0;
  const reload = async () => {
    const turn = ++asked;
    const answer = await ask();
    if (turn !== asked) return;
    const before = state.peek();
    if (answer.kind === 'ok') state.value = { kind: 'ready', value: answer.body };
    else if (before.kind === 'ready') state.value = { ...before, stale: wordsOf(answer) };
    else state.value = { kind: 'failed', words: wordsOf(answer) };
  };
  return {
    get state() {
      if (asked === 0) void reload();
      return state;
    },
    reload,
    put(value) {
      asked += 1;
      state.value = { kind: 'ready', value };
    },
  };
}
