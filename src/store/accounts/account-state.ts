import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { accountKey } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';

const stateSchema = z.object({ disabledAt: z.optional(z.number()), enabledAt: z.optional(z.number()) });

/** Whether an account is there and may do anything, and since when again (epoch ms; 0 if it was never disabled). */
export interface AccountState {
  readonly isThere: boolean;
  readonly isDisabled: boolean;
  readonly enabledAt: number;
}

/** Which accounts the operator has disabled. */
export function createAccountStates(deps: StoreDeps) {
  const { client, cache } = deps;
  const table = tableName(deps, 'accounts');

  const known = cache.loader('account', async (account): Promise<AccountState> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: accountKey(account), ConsistentRead: true }),
    );
    const { disabledAt, enabledAt = 0 } = stateSchema.parse(Item ?? {});
    return { isThere: Item !== undefined, isDisabled: disabledAt !== undefined, enabledAt };
  });

  /** The state of the account. Cached for 10 s. */
  async function stateOf(account: string): Promise<AccountState> {
    return (await known(account)) ?? { isThere: false, isDisabled: false, enabledAt: 0 };
  }

  /** Makes the next `stateOf` read anew. */
  function forget(account: string): void {
    cache.forget('account', account);
  }

  return { stateOf, forget };
}
