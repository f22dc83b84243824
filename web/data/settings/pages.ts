import type { Page, Paged } from '../../settings-models/running.ts';
import type { Answer } from '../api.ts';
import { loading } from './loading.ts';

/** An answer that is a page. */
export interface AnsweredPage<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

/**
 * As many pages as are wanted, each after the one before. An empty page that is not the last shows nothing, so one more is
 * asked for.
 */
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
export function paged<T>(ask: (cursor: string | undefined) => Promise<Answer<AnsweredPage<T>>>): Paged<T> {
  let wanted = 1;
  const list = loading(() => pagesOf(ask, wanted));
  return {
    get state() {
      return list.state;
    },
    reload: list.reload,
    async more() {
      wanted += 1;
      await list.reload();
    },
  };
}

const MOST_EMPTY = 5;
