import type { Messenger } from './channel.ts';
import type { Credentials } from './terms.ts';

/**
 * The accounts of the messenger under which items for the channel may come to the address of another. None if each
 * channel has its own address.
 */
export function routedAccounts(
  { inbound }: Messenger,
  { identity, credentials }: { readonly identity?: string | undefined; readonly credentials: Credentials },
): string[] {
  if (!inbound.sharesAddress || identity === undefined) return [];
  return [...new Set([identity, ...(inbound.furtherAccounts?.(credentials) ?? [])])];
}
