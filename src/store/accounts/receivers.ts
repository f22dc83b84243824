import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { listensTo, type Receiver, type Subscriptions } from '#domain/receiver';
import { receiverKey } from '#store/accounts/keys';
import { readStored, type StoredReceiver, withoutSecrets } from '#store/accounts/receiver-item';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { updateIf } from '#store/dynamo/update-if';

export type Receivers = ReturnType<typeof createReceivers>;

/** Where the events of accounts go, with the secrets sealed: a function that needs none needs no key to open them. */
export function createReceivers(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'accounts');

  const known = cache.loader('receiver', async (account) => {
    const stored = await load(account);
    return stored && withoutSecrets(stored);
  });

  /** The receiver as it is stored now. */
  async function load(account: string): Promise<StoredReceiver | undefined> {
    const get = new GetCommand({ TableName: table, Key: receiverKey(account), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item && readStored(Item);
  }

  /**
   * Where the events of the account go. Undefined before the first registration. A receiver is cached for 10 s, so the
   * first registration holds at once.
   */
  async function of(account: string): Promise<Receiver | undefined> {
    return known(account);
  }

  /**
   * The receiver, if it listens to events of that kind. One that did not is read anew, so that it misses nothing from the
   * moment at which it is registered.
   */
  async function listening(account: string, kind: keyof Subscriptions): Promise<Receiver | undefined> {
    const receiver = await of(account);
    if (!receiver || listensTo(receiver, kind)) return receiver;
    forget(account);
    const fresh = await of(account);
    return listensTo(fresh, kind) ? fresh : undefined;
  }

  /** Makes the next `of` and `open` read anew. */
  function forget(account: string): void {
    for (const name of ['receiver', 'open receiver']) cache.forget(name, account);
  }

  /**
   * Records that the receiver wants nothing any more. False if another registration is in force by now, or if that was
   * recorded before.
   */
  async function end(account: string, version: number): Promise<boolean> {
    try {
      return await updateIf(client, {
        TableName: table,
        Key: receiverKey(account),
        UpdateExpression: 'SET endedAt = :now',
        ConditionExpression: 'ver = :version AND attribute_not_exists(endedAt)',
        ExpressionAttributeValues: { ':now': clock.now(), ':version': version },
      });
    } finally {
      forget(account);
    }
  }

  return { of, listening, load, forget, end };
}
