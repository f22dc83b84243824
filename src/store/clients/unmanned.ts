import { isOut } from '#domain/new-clients';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { keyOf, readDispenser } from './dispenser-item.ts';

/** Channels in which nobody is on. */
export function createUnmanned(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'dispensers');

  /** Those of the channels whose rotation has nobody now, though somebody could be on. It may lag by a moment. */
  async function of(channelIds: readonly string[]): Promise<ReadonlySet<string>> {
    // Claims are not read.
    const items = await batchGet(client, table, channelIds.map(keyOf), { ProjectionExpression: 'ch, s, r' });
    return new Set(items.flatMap((item) => (isUnmanned(item) ? [String(item.ch)] : [])));
  }

  return { of };
}

function isUnmanned(item: Record<string, unknown>): boolean {
  const [roster] = readDispenser(String(item.ch), item).rosters;
  return roster?.order.length === 0 && roster.passedOver.some(({ reason }) => isOut(reason));
}
