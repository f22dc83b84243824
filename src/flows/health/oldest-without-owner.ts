import { createAccountStates } from '#store/accounts/account-state';
import { createPools } from '#store/chats/pools';
import type { StoreDeps } from '#store/dynamo/client';

/**
 * Since when the oldest client of all accounts waits without anybody who is responsible (epoch ms). Undefined if nobody
 * waits so. In accounts that are disabled nobody can answer, so they do not count.
 */
export type OldestWithoutOwner = () => Promise<number | undefined>;

/** Makes `oldestWithoutOwner`. */
export function createOldestWithoutOwner(deps: StoreDeps): OldestWithoutOwner {
  const pools = createPools(deps);
  const accounts = createAccountStates(deps);

  return async function oldestWithoutOwner() {
    const byAge = [...(await pools.oldestByAccount())].sort(([, one], [, other]) => one - other);
    for (const [account, since] of byAge) {
      const { isThere, isDisabled } = await accounts.stateOf(account);
      if (isThere && !isDisabled) return since;
    }
    return undefined;
  };
}
