import { describe, expect, test } from 'vitest';
import { pagesOf } from '../../web/data/settings/pages.ts';
import { nextRows } from '../../web/data/settings/running-rows.ts';
import type { Delivery, DeliveryRow } from '../../web/settings-models/running.ts';

const NOW = 1_000_000;

function delivery(deliveryId: string, attempts = 1): Delivery {
  return {
    deliveryId,
    state: 'failed',
    kind: 'message',
    target: 'webhook',
    attempts,
    lastError: null,
    createdAt: '2026-11-30T09:00:00.000Z',
  };
}

function told(failed: readonly string[], waiting: readonly string[] = [], hasMore = false) {
  const page = (ids: readonly string[]) => ({ items: ids.map((id) => delivery(id)), hasMore });
  return { failed: page(failed), waiting: page(waiting) };
}

/** The rows after each answer. A letter with a sign before it is pressed before that: `!a`. */
function rowsAfter(
  answers: readonly ReturnType<typeof told>[],
  pressed: Readonly<Record<number, string>> = {},
): string[] {
  let rows: readonly DeliveryRow[] = [];
  for (const [turn, answer] of answers.entries()) {
    const now = NOW + turn * 10_000;
    rows = rows.map((row) =>
      row.delivery.deliveryId === pressed[turn] ? { ...row, is: 'waiting', pressedAt: now } : row,
    );
    ({ rows } = nextRows(rows, answer, now));
  }
  return rows.map(({ list, is, delivery: { deliveryId } }) => `${list} ${deliveryId}: ${is}`);
}

describe('the rows of deliveries', () => {
  test('stand in the order of the server, what failed first', () => {
    expect(rowsAfter([told(['b', 'a'], ['c'])])).toEqual([
      'failed b: failed',
      'failed a: failed',
      'waiting c: waiting',
    ]);
  });

  test('keep the place of what is sent again, until it is seen to have left', () => {
    const before = told(['c', 'b', 'a']);

    expect(rowsAfter([before, told(['c', 'a'], ['b'])], { 1: 'b' })[1]).toBe('failed b: waiting');
    expect(rowsAfter([before, told(['c', 'a'], ['b']), told(['d', 'c', 'a'])], { 1: 'b' })).toEqual([
      'failed d: failed',
      'failed c: failed',
      'failed b: left',
      'failed a: failed',
    ]);
  });

  test('do not say that it has left while there is more that waits than is shown', () => {
    expect(rowsAfter([told(['a']), told([], ['b'], true)], { 1: 'a' })).toEqual([
      'failed a: waiting',
      'waiting b: waiting',
    ]);
  });

  test('tell that it failed again, also if somebody else has sent it again', () => {
    expect(rowsAfter([told(['a']), told([], ['a']), told(['a'])], { 1: 'a' })).toEqual(['failed a: failed-again']);
    expect(rowsAfter([told(['a']), told([], ['a']), told(['a'])])).toEqual(['failed a: failed']);
  });

  test('do not tell so while the list of what failed only lags', () => {
    const rows: DeliveryRow[] = [{ delivery: delivery('a'), list: 'failed', is: 'waiting', pressedAt: NOW }];
    const isAt = (ms: number, attempts = 1) =>
      nextRows(rows, { ...told([]), failed: { items: [delivery('a', attempts)], hasMore: false } }, NOW + ms).rows[0]
        ?.is;

    expect([isAt(100), isAt(100, 2), isAt(5_000)]).toEqual(['waiting', 'failed-again', 'failed-again']);
  });

  test('of what waits stay once it was tried here, and else go when it has left', () => {
    expect(rowsAfter([told([], ['a', 'b', 'c']), told([], ['c'])], { 1: 'b' })).toEqual([
      'waiting b: left',
      'waiting c: waiting',
    ]);
  });

  test('move to what failed when they fail, and stand nowhere twice', () => {
    expect(rowsAfter([told([], ['a']), told(['a'], ['a'])], { 1: 'a' })).toEqual(['failed a: failed-again']);
  });
});

describe('pages', () => {
  const source = (...pages: readonly (readonly string[])[]) => {
    const asked: (string | undefined)[] = [];
    const ask = async (cursor: string | undefined) => {
      asked.push(cursor);
      const at = Number(cursor ?? 0);
      return {
        kind: 'ok',
        body: { items: pages[at]!, next: at + 1 < pages.length ? `${at + 1}` : undefined },
      } as const;
    };
    return { asked, ask };
  };

  test('are asked for one after the other, as many as are wanted', async () => {
    const { ask, asked } = source(['a'], ['b'], ['c']);

    expect(await pagesOf(ask, 2)).toEqual({ kind: 'ok', body: { items: ['a', 'b'], hasMore: true } });
    expect(asked).toEqual([undefined, '1']);
  });

  test('that are empty and not the last are no end', async () => {
    expect(await pagesOf(source([], [], ['a']).ask, 1)).toEqual({ kind: 'ok', body: { items: ['a'], hasMore: false } });
  });

  test('of which one is refused are none', async () => {
    const refused = { kind: 'lost' } as const;

    expect(await pagesOf(async (cursor) => (cursor ? refused : source(['a'], ['b']).ask(cursor)), 2)).toEqual(refused);
  });
});
