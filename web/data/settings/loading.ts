import { signal } from '@preact/signals';
import type { Loaded, Loading } from '../../settings-models/loaded.ts';
import { type Answer, wordsOf } from '../api.ts';

/** Asks at once, and again whenever it is told to. Of two answers the one to the later question counts. */
export function loading<T>(ask: () => Promise<Answer<T>>): Loading<T> {
  const state = signal<Loaded<T>>({ kind: 'loading' });
  let asked = 0;
  const reload = async () => {
    const turn = ++asked;
    const answer = await ask();
    if (turn !== asked) return;
    state.value =
      answer.kind === 'ok' ? { kind: 'ready', value: answer.body } : { kind: 'failed', words: wordsOf(answer) };
  };
  void reload();
  return { state, reload };
}
