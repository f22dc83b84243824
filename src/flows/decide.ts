import { isUnowned } from '#domain/ownership';
import { type Address, createAddresses } from '#store/clients/addresses';
import { type Claim, createDispensers } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';

/** How long after the read of an address its claim may still be made. `forget` of the dispensers depends on it. */
export const CLAIM_MS = 3_000;

/** A rule by which a turn decides. */
export type TurnRule = 'round-robin' | 'waiting';

/** The address after a decision, and the `forget` to call once everything else is done. */
export interface Decided {
  readonly address: Address;
  readonly forget?: () => Promise<void>;
}

type Drawn = Extract<Claim, { readonly outcome: 'drawn' }>;

/**
 * Makes the user of the turn responsible. If another decision was faster, `decided` is false and the address shows it.
 */
export type DecideBy = (
  address: Address,
  chatKey: string,
  rule: TurnRule,
  turn: Drawn,
) => Promise<Decided & { readonly decided: boolean }>;

/** Makes `decideBy`. */
export function createDecideBy(deps: StoreDeps): DecideBy {
  const addresses = createAddresses(deps);
  const dispensers = createDispensers(deps);
  return async function decideBy(address, chatKey, rule, { userId, place, passedOver, forget }) {
    const why = { userId, rule, chatKey, place, passedOver: [...passedOver] };
    return {
      ...(await addresses.decide(address, why)),
      ...(forget && { forget: () => dispensers.forget(forget, addresses) }),
    };
  };
}

/** Whether the address is unowned and its client has written: then they are a new client (D1). */
export function isNewClient(address: Address): boolean {
  return isUnowned(address) && address.wrote.length > 0;
}
