import { accountOfKey } from '#domain/address';
import { uuidOf } from '#domain/hash';
import { chatOfKey } from '#domain/message';
import type { Address } from '#store/clients/addresses';
import { type Assignment, createAssignments } from '#store/clients/assignments';
import type { StoreDeps } from '#store/dynamo/client';

/**
 * Adds the record of what Konvert decided about the address, if there is such a decision and no record yet (D9). It runs
 * before an address gets its contact, so that every decision has its record before it can be forgotten.
 */
export type Explain = (address: Address, contactId: string) => Promise<void>;

/** Makes `explain`. Id and time of a record follow from the decision, so repeating it writes the same record. */
export function createExplain(deps: StoreDeps): Explain {
  const assignments = createAssignments(deps);
  return async function explain(address, contactId) {
    const record = recordOf(address, contactId);
    if (record) await assignments.add(accountOfKey(address.key), record);
  };
}

/** The record of what Konvert decided about the address; undefined if nothing is in force that it decided. */
export function recordOf(
  { key, generation, decidedAt, why }: Address,
  contactId: string | null,
): Assignment | undefined {
  if (!why || decidedAt === undefined) return undefined;
  const { chatKey, userId, rule, place, passedOver } = why;
  return {
    assignmentId: uuidOf(`assignment#${key}#${generation}#${decidedAt}`),
    at: decidedAt,
    ...chatOfKey(chatKey),
    contactId,
    userId,
    rule,
    place,
    passedOver,
  };
}
