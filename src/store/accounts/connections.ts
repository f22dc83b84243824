import * as z from 'zod/mini';
import type { Connection } from '#domain/connection';
import { CONNECTION_STATES } from '#domain/connection';
import { schemaOf } from '#schema-of';
import { channelPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/pages';
import { setting, type Write, writeIf } from '#store/dynamo/transaction';

const connectionSchema = schemaOf<Connection>()(
  z.object({
    connectionId: z.string(),
    ownerId: z.string(),
    madeAt: z.number(),
    sequence: z.number(),
    state: z.enum(CONNECTION_STATES),
  }),
);

/**
 * A messenger's numbers may start again: Telegram's go on from a random number after a week without updates. Nothing is
 * delivered later than a day after it happened. So a report that comes this long after the last one is later, whatever
 * its number. https://core.telegram.org/bots/api#update
 */
const NUMBERED_ANEW_MS = 6 * 24 * 3_600_000;

const IS_NEW = 'attribute_not_exists(s)';
const MADE_LATER = 'madeAt < :madeAt';
const SAID_LATER = '(madeAt = :madeAt AND (#sequence < :sequence OR storedAt < :longAgo))';

export type Connections = ReturnType<typeof createConnections>;

/** The connections of channels. They are stored beside the channel. */
export function createConnections(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'accounts');

  const known = cache.loader('connections', async (channelId) => {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :channel AND begins_with(s, :connection)',
      ExpressionAttributeValues: { ':channel': channelPartition(channelId), ':connection': 'connection#' },
      ConsistentRead: true,
    });
    return items.map(readConnection);
  });

  /** Stores a report of a connection. `older` if that report or a later one is stored already. */
  async function put(channelId: string, connection: Connection): Promise<'stored' | 'older'> {
    try {
      return (await writeIf(client, [updateOf(channelId, connection)])) ? 'stored' : 'older';
    } finally {
      forget(channelId);
    }
  }

  /** Makes the next `of` read anew. */
  function forget(channelId: string): void {
    cache.forget('connections', channelId);
  }

  /** The write of a report: an update, because a function that may put such an item could replace the channel. */
  function updateOf(channelId: string, connection: Connection): Write {
    const now = clock.now();
    return {
      Update: {
        TableName: table,
        Key: { p: channelPartition(channelId), s: `connection#${connection.connectionId}` },
        ...setting(
          { ...connection, storedAt: now },
          {
            ConditionExpression: [IS_NEW, MADE_LATER, SAID_LATER].join(' OR '),
            ExpressionAttributeValues: { ':longAgo': now - NUMBERED_ANEW_MS },
          },
        ),
      },
    };
  }

  /** All connections that the channel ever had, revoked ones too. Cached for 10 s. */
  async function of(channelId: string): Promise<Connection[]> {
    return (await known(channelId)) ?? [];
  }

  /** The same, as they are now. */
  async function ofNow(channelId: string): Promise<Connection[]> {
    forget(channelId);
    return of(channelId);
  }

  return { put, updateOf, of, ofNow, forget };
}

function readConnection(item: Record<string, unknown>): Connection {
  const parsed = connectionSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return parsed.data;
}
