import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { DeliveriesModel, Delivery, DeliveryRow, DeliveryRows, NotDone } from '../../settings-models/running.ts';
import { type Answer, answerOf, type Lost, mapped, type Refusal, wordsOf } from '../api.ts';
import { loading } from './loading.ts';
import { type AnsweredPage, pagesOf } from './pages.ts';
import { nextRows } from './running-rows.ts';

/** What leaves and what could not. */
export function createDeliveries(api: KonvertClient, now: () => number): DeliveriesModel {
  const wanted = { failed: 1, pending: 1 };
  let rows: readonly DeliveryRow[] = [];
  const list = loading(look);
  return {
    get state() {
      return list.state;
    },
    reload: list.reload,
    async moreFailed() {
      wanted.failed += 1;
      await list.reload();
    },
    async moreWaiting() {
      wanted.pending += 1;
      await list.reload();
    },
    async retry({ deliveryId }) {
      const path = { deliveryId };
      const answer = await answerOf(api.POST('/v1/deliveries/{deliveryId}/retry', { params: { path } }));
      if (answer.kind === 'ok') pressed((delivery) => delivery.deliveryId === deliveryId);
      await list.reload();
      return answer.kind === 'ok' ? undefined : notDone(answer);
    },
    async retryAll(target) {
      const answer = await answerOf(api.POST('/v1/deliveries/retry', { body: { target } }));
      if (answer.kind === 'ok') pressed((delivery) => delivery.target === target);
      await list.reload();
      return answer.kind === 'ok' ? answer.body : notDone(answer);
    },
    async replay(from) {
      const body = { target: 'webhook', from: new Date(from).toISOString() } as const;
      const answer = await answerOf(api.POST('/v1/deliveries/replay', { body }));
      await list.reload();
      return answer.kind === 'ok' ? answer.body : notDone(answer);
    },
  };

  function pressed(isMeant: (delivery: Delivery) => boolean): void {
    rows = rows.map((row) => (isMeant(row.delivery) ? { ...row, is: 'waiting', pressedAt: now() } : row));
  }

  async function look(): Promise<Answer<DeliveryRows>> {
    // What waits is asked for first: what fails in between is then in both lists, and not in none.
    const waiting = await pagesOf(pageOf('pending'), wanted.pending);
    if (waiting.kind !== 'ok') return waiting;
    const failed = await pagesOf(pageOf('failed'), wanted.failed);
    if (failed.kind !== 'ok') return failed;
    const next = nextRows(rows, { failed: failed.body, waiting: waiting.body }, now());
    rows = next.rows;
    return { kind: 'ok', body: next };
  }

  function pageOf(state: 'failed' | 'pending') {
    return async (cursor: string | undefined): Promise<Answer<AnsweredPage<Delivery>>> => {
      const query = { state, ...(cursor !== undefined && { cursor }) };
      const answer = await answerOf(api.GET('/v1/deliveries', { params: { query } }));
      return mapped(answer, ({ deliveries, nextCursor }) => ({ items: deliveries, next: nextCursor }));
    };
  }
}

function notDone(answer: Refusal | Lost): NotDone {
  return { words: wordsOf(answer), ...(answer.kind === 'refused' && { code: answer.code }) };
}
