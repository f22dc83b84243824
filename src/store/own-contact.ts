import { personOfKey } from '#domain/address';
import { uuidOf } from '#domain/hash';
import type { Address } from '#store/addresses';

/** What the decision about an address makes the ids of its contact and deal (D7). */
export function ownIds(
  { key, generation }: Pick<Address, 'key' | 'generation'>,
  decidedAt: number,
): { contact: string; deal: string } {
  const decision = `${key}#${generation}#${decidedAt}`;
  return { contact: uuidOf(`contact#${decision}`), deal: uuidOf(`deal#${decision}`) };
}

/** What a contact that Konvert makes is called: as its client calls themself, else by their id. */
export function ownName(addressKey: string, clientName: string | undefined): string {
  return clientName ?? personOfKey(addressKey).chatId;
}

/** The contact that an address will have once `keepContact` has followed its decision; undefined where it will make none. */
export function contactToMake(address: Address, clientName: string | undefined): Address['contact'] {
  const { key, contact, owner, decidedAt } = address;
  if (contact || owner === undefined || decidedAt === undefined) return undefined;
  return { id: ownIds(address, decidedAt).contact, name: ownName(key, clientName) };
}
