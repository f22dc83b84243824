import { routePartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryAll } from '#store/dynamo/pages';
import type { Write } from '#store/dynamo/transaction';

/** The accounts of a messenger that belong to one channel, before and after a change of it. */
export interface RouteChange {
  readonly transport: string;
  readonly channelId: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export type Routes = ReturnType<typeof createRoutes>;

/** No messenger has longer ids, and a key of a table has a limit. */
const LONGEST_ACCOUNT = 200;

/** The way from an account of a messenger to the channels that are connected to it, if one address serves several. */
export function createRoutes(deps: StoreDeps) {
  const { client, cache } = deps;
  const table = tableName(deps, 'accounts');

  const known = cache.loader('route', async (partition) => {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :route',
      ExpressionAttributeValues: { ':route': partition },
      ConsistentRead: true,
    });
    // An account without a channel is remembered as well: whatever an app hears of would be read again and again.
    return items.map(({ s }) => String(s));
  });

  /** The ids of the channels of that account, of all companies. Cached for 10 s. */
  async function channelsOf(transport: string, account: string): Promise<string[]> {
    if (account === '' || account.length > LONGEST_ACCOUNT) return [];
    return (await known(routePartition(transport, account))) ?? [];
  }

  /** The writes that make the rows follow the change, for the transaction that changes the channel. */
  function writesOf({ transport, channelId, before, after }: RouteChange): Write[] {
    const keyOf = (account: string) => ({ p: routePartition(transport, account), s: channelId });
    const gone = before.filter((account) => !after.includes(account));
    return [
      ...after.map((account) => ({ Put: { TableName: table, Item: keyOf(account) } })),
      ...gone.map((account) => ({ Delete: { TableName: table, Key: keyOf(account) } })),
    ];
  }

  return { channelsOf, writesOf };
}
