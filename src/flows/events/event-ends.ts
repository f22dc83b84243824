import { eachAtOnce } from '#at-once';
import type { Holding } from '#flows/delivery/holding';
import { createNameInLog } from '#flows/name-in-log';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { callsOf } from '#store/outbox/lane-item';
import type { DeliveryError } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import type { WaitingRow } from './event-row.ts';

const AT_ONCE = 8;

/** Ends the rows of event lanes. */
export function createEventEnds(deps: StoreDeps & { readonly cipher: Cipher; readonly log: Log }) {
  const { log } = deps;
  const rows = createRows(deps);
  const nameInLog = createNameInLog(deps);

  /** The receiver has them, or they do not have to leave any more. */
  async function markDone(ended: readonly WaitingRow[]): Promise<void> {
    await eachAtOnce(ended, AT_ONCE, ({ row }) => rows.markDone(row));
  }

  /** No retry helps. They stay visible, with how often their lane called. */
  async function markFailed<R extends WaitingRow>(
    { state, tried: { calls } }: Pick<Holding, 'state' | 'tried'>,
    failed: readonly R[],
    errorOf: (one: R) => DeliveryError,
  ): Promise<void> {
    await eachAtOnce(failed, AT_ONCE, (one) =>
      rows.markFailed(one.row, errorOf(one), callsOf({ ...state, calls }, one.row)),
    );
    const codes = [...new Set(failed.map((one) => errorOf(one).code))];
    for (const { row } of failed.slice(0, 1)) {
      log({ deliverEvents: await nameInLog(row.lane), count: failed.length, outcome: 'failed', codes });
    }
  }

  return { markDone, markFailed };
}
