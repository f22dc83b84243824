import * as z from 'zod/mini';
import { isOut } from '#domain/new-clients';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';

/** The rosters of a rotation: the users in order, and the others with the reasons why they receive nobody. */
const schema = z.object({
  ch: z.string(),
  r: z.optional(z.array(z.object({ o: z.array(z.string()), x: z.array(z.tuple([z.string(), z.string()])) }))),
});

/** Channels in which nobody is on. */
export function createUnmanned(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'dispensers');

  /** Those of the channels whose rotation has nobody now, though somebody could be on. It may lag by a moment. */
  async function of(channelIds: readonly string[]): Promise<ReadonlySet<string>> {
    const keys = channelIds.map((ch) => ({ ch, s: '-' }));
    const items = await batchGet(client, table, keys, { ProjectionExpression: 'ch, r' });
    return new Set(items.flatMap((item) => (isUnmanned(item) ? [String(item.ch)] : [])));
  }

  return { of };
}

function isUnmanned(item: Record<string, unknown>): boolean {
  const parsed = schema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('dispensers', { cause: parsed.error });
  const [roster] = parsed.data.r ?? [];
  return roster?.o.length === 0 && roster.x.some(([, reason]) => isOut(reason));
}
