import * as z from 'zod/mini';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/pages';
import { setting, type Write } from '#store/dynamo/transaction';
import { updateIf } from '#store/dynamo/update-if';

const schema = z.object({
  s: z.string(),
  /** The address that the messenger was given. */
  url: z.string(),
  /** When it was last tended without a failure (epoch ms). */
  tendedAt: z.optional(z.number()),
  /** When its messenger was last asked, whatever came of it (epoch ms). */
  askedAt: z.optional(z.number()),
  /** When the messenger was last asked for fresh credentials (epoch ms). */
  renewedAt: z.optional(z.number()),
});

/** A channel that is looked after. */
export interface TendedChannel {
  readonly channelId: string;
  readonly url: string;
  readonly tendedAt?: number | undefined;
  readonly askedAt?: number | undefined;
  readonly renewedAt?: number | undefined;
}

export type Tended = ReturnType<typeof createTended>;

/** The partition of all channels that are looked after. Their ids are the sort keys. */
const TENDED = 'tended';

/** The list of all channels whose messengers can be asked whether they still call. A channel of no such messenger is not in it. */
export function createTended(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');
  const keyOf = (channelId: string) => ({ p: TENDED, s: channelId });

  /** All of them, of all accounts. The one that was asked longest ago comes first: one that always fails holds up no other. */
  async function list(): Promise<TendedChannel[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :tended',
      ExpressionAttributeValues: { ':tended': TENDED },
    });
    return items.map(toTended).sort((one, other) => askedAtOf(one) - askedAtOf(other));
  }

  /** The write that puts a channel on the list, for the transaction that registers it. It is due at once. */
  function put(channelId: string, url: string): Write {
    return { Put: { TableName: table, Item: { ...keyOf(channelId), url } } };
  }

  /** The write that takes a channel off the list. */
  function remove(channelId: string): Write {
    return { Delete: { TableName: table, Key: keyOf(channelId) } };
  }

  /** Records that the channel was asked or tended. Does nothing if it is on the list no more. */
  async function note(
    { channelId }: TendedChannel,
    times: Pick<TendedChannel, 'tendedAt' | 'askedAt' | 'renewedAt'>,
  ): Promise<void> {
    if (Object.keys(times).length === 0) return;
    const condition = { ConditionExpression: 'attribute_exists(p)' };
    await updateIf(client, { TableName: table, Key: keyOf(channelId), ...setting(times, condition), ...condition });
  }

  return { list, put, remove, note };
}

function askedAtOf({ askedAt, tendedAt = 0 }: TendedChannel): number {
  return askedAt ?? tendedAt;
}

function toTended(item: Record<string, unknown>): TendedChannel {
  const read = schema.safeParse(item);
  if (!read.success) throw new UnreadableItemError('accounts', { cause: read.error });
  const { s: channelId, url, tendedAt, askedAt, renewedAt } = read.data;
  return { channelId, url, tendedAt, askedAt, renewedAt };
}
