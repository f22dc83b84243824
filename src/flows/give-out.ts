import { accountOfKey } from '#domain/address';
import { chatOfKey } from '#domain/message';
import { describeError, type Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createCrmConnections } from '#store/accounts/crms';
import type { Address } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';
import { CLAIM_MS, createDecideBy, isNewClient } from './decide.ts';
import { createNameInLog } from './name-in-log.ts';

/**
 * Adds a chat to its address, and gives a new client out before their chat is made. The chat is then made in its final
 * place: moving it in the lists would cost more than all the rest. Answers with the address as it then is; still
 * unowned if the attempt failed.
 */
export type GiveOut = (chatKey: string, addChat: () => Promise<Address>) => Promise<Address>;

/**
 * Makes `giveOut`, which tries once to draw a turn and decide by it. If it fails, or no user is eligible, the chat is
 * made in the pool, and the stream leads to `assign`.
 */
export function createGiveOut(deps: StoreDeps & { readonly cipher: Cipher; readonly log: Log }): GiveOut {
  const { clock, log } = deps;
  const connections = createCrmConnections(deps);
  const dispensers = createDispensers(deps);
  const decideBy = createDecideBy(deps);
  const nameInLog = createNameInLog(deps);
  return async function giveOut(chatKey, addChat) {
    const { channelId } = chatOfKey(chatKey);
    const deadline = clock.deadline(CLAIM_MS);
    const address = await addChat();
    if (!isNewClient(address) || address.dispenser !== channelId) return address;
    // A connected CRM is asked first whether it knows the client (D1), which takes longer than a fold may.
    if (await connections.of(accountOfKey(address.key))) return address;
    try {
      const claim = await dispensers.claim(channelId, address.key, deadline);
      if (claim.outcome === 'nobody') return address;
      const decided = await decideBy(address, chatKey, 'round-robin', claim);
      await decided.forget?.();
      return decided.address;
    } catch (error) {
      log({ assign: await nameInLog(address.key), outcome: 'failed', ...describeError(error) });
      return address;
    }
  };
}

/** The `giveOut` that leaves new clients in the pool until `assign-contact` gives them out. */
export const leaveInPool: GiveOut = (_chatKey, addChat) => addChat();
