import { batch, signal } from '@preact/signals';
import type { Loaded } from '../../settings-models/loaded.ts';
import type { Page, Paged, Watched } from '../../settings-models/running.ts';
import { type Answer, wordsOf } from '../api.ts';

/** Asks at once, and again whenever it is told to. Of two answers the one to the later question counts. */
export function watched<T>(ask: () => Promise<Answer<T>>, now: () => number): Watched<T> {
  const state = signal<Loaded<T>>({ kind: 'loading' });
  const lostAt = signal<number | undefined>(undefined);
  let asked = 0;
  let answeredAt = now();
  const reload = async () => {
    const turn = ++asked;
    const answer = await ask();
    if (turn !== asked) return;
    batch(() => {
      if (answer.kind === 'ok') {
        answeredAt = now();
        state.value = { kind: 'ready', value: answer.body };
        lostAt.value = undefined;
      } else if (answer.kind === 'lost' && state.value.kind === 'ready') lostAt.value = answeredAt;
      else state.value = { kind: 'failed', words: wordsOf(answer) };
    });
  };
  void reload();
  return { state, lostAt, reload };
}

/** An answer that is a page. */
export interface AnsweredPage<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

/** As many pages as are wanted, each after the one before. An empty page that is not the last shows nothing, so one more is asked for. */
export async function pagesOf<T>(
  ask: (cursor: string | undefined) => Promise<Answer<AnsweredPage<T>>>,
  wanted: number,
): Promise<Answer<Page<T>>> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0, shown = 0; shown < wanted && pages < wanted + MOST_EMPTY; pages += 1) {
    const answer = await ask(cursor);
    if (answer.kind !== 'ok') return answer;
    items.push(...answer.body.items);
    if (answer.body.items.length > 0) shown += 1;
    cursor = answer.body.next;
    if (cursor === undefined) break;
  }
  return { kind: 'ok', body: { items, hasMore: cursor !== undefined } };
}

/** A list that begins with one page. */
export function paged<T>(
  ask: (cursor: string | undefined) => Promise<Answer<AnsweredPage<T>>>,
  now: () => number,
): Paged<T> {
  let wanted = 1;
  const list = watched(() => pagesOf(ask, wanted), now);
  return {
    ...list,
    async more() {
      wanted += 1;
      await list.reload();
    },
  };
}

const MOST_EMPTY = 5;
