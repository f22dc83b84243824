import type { Delivery, DeliveryRow, DeliveryRows, Page } from '../../settings-models/running.ts';

/** How long the list of what failed may still show what is being sent again: it lags by a moment. */
const LAG_MS = 3_000;

/** The two lists, as the server has just told them. */
export interface Told {
  readonly failed: Page<Delivery>;
  readonly waiting: Page<Delivery>;
}

/**
 * The rows after the server was asked again. What failed keeps its place while it waits again and after it has left; what
 * waited and has left stays only if it was sent again here.
 */
export function nextRows(before: readonly DeliveryRow[], told: Told, now: number): DeliveryRows {
  const inFailed = new Set(told.failed.items.map(idOf));
  const inWaiting = new Map(told.waiting.items.map((delivery) => [idOf(delivery), delivery]));
  const known = new Map(before.map((row) => [idOf(row.delivery), row]));

  const gone = (row: DeliveryRow): DeliveryRow => {
    const waiting = inWaiting.get(idOf(row.delivery));
    if (waiting) return { ...row, delivery: waiting, is: 'waiting' };
    // Beyond the pages that are shown it may still wait.
    return { ...row, is: told.waiting.hasMore ? 'waiting' : 'left' };
  };
  const failed = told.failed.items.map((delivery) => failedRow(delivery, known.get(idOf(delivery)), now));
  const above = withGone(failed, before, (row) =>
    row.list === 'failed' && !inFailed.has(idOf(row.delivery)) ? gone(row) : undefined,
  );

  const isAbove = new Set(above.map((row) => idOf(row.delivery)));
  const waiting = told.waiting.items
    .filter((delivery) => !isAbove.has(idOf(delivery)))
    .map((delivery): DeliveryRow => ({ ...known.get(idOf(delivery)), delivery, list: 'waiting', is: 'waiting' }));
  const below = withGone(waiting, before, (row) => {
    const isTold = isAbove.has(idOf(row.delivery)) || inWaiting.has(idOf(row.delivery));
    return row.list === 'waiting' && row.pressedAt !== undefined && !isTold ? gone(row) : undefined;
  });
  return { rows: [...above, ...below], hasMoreFailed: told.failed.hasMore, hasMoreWaiting: told.waiting.hasMore };
}

function failedRow(delivery: Delivery, before: DeliveryRow | undefined, now: number): DeliveryRow {
  if (before?.pressedAt === undefined) return { delivery, list: 'failed', is: 'failed' };
  const { pressedAt } = before;
  const isLate =
    before.list === 'failed' &&
    before.is === 'waiting' &&
    now - pressedAt < LAG_MS &&
    delivery.attempts === before.delivery.attempts;
  return { delivery, list: 'failed', is: isLate ? 'waiting' : 'failed-again', pressedAt };
}

/** Puts the rows that the server does not tell of any more behind those that they stood behind. */
function withGone(
  rows: readonly DeliveryRow[],
  before: readonly DeliveryRow[],
  goneOf: (row: DeliveryRow) => DeliveryRow | undefined,
): DeliveryRow[] {
  const all = [...rows];
  let previous: string | undefined;
  for (const row of before) {
    const gone = goneOf(row);
    if (gone) all.splice(all.findIndex(({ delivery }) => idOf(delivery) === previous) + 1, 0, gone);
    previous = idOf(row.delivery);
  }
  return all;
}

function idOf({ deliveryId }: Delivery): string {
  return deliveryId;
}
