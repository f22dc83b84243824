import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { SIGN_MS } from '#domain/lapse';
import { accountPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { setting } from '#store/dynamo/transaction';
import { updateIf } from '#store/dynamo/update-if';

/** When users last answered a client, exact to ten minutes. Each stands apart: everybody who writes notes it. */
export function createSignsOfLife(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'accounts');

  /**
   * Notes that the user answers now. A process does it once in ten minutes, and answers whether it did. It never fails: the
   * answer to the client is stored.
   */
  async function note(account: string, userId: string): Promise<boolean> {
    let isNoted = false;
    const noting = async () => {
      isNoted = await write(account, userId);
      return true;
    };
    await cache
      .loader(
        'sign of life',
        noting,
        SIGN_MS,
      )(JSON.stringify([account, userId]))
      .catch(() => undefined);
    return isNoted;
  }

  function write(account: string, userId: string): Promise<boolean> {
    const condition = 'attribute_not_exists(seenAt) OR seenAt < :seenAt';
    const change = { ...setting({ seenAt: clock.now() }), ConditionExpression: condition };
    return updateIf(client, { TableName: table, Key: keyOf(account, userId), ...change });
  }

  /** When the user last answered anybody (epoch ms), as far as it was noted. */
  async function lastOf(account: string, userId: string): Promise<number | undefined> {
    const Key = keyOf(account, userId);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && Number(Item.seenAt);
  }

  return { note, lastOf };
}

export type SignsOfLife = ReturnType<typeof createSignsOfLife>;

function keyOf(account: string, userId: string) {
  return { p: accountPartition(account), s: `seen#${userId}` };
}
