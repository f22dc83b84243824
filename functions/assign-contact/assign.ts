import { accountOfKey } from '#domain/address';
import { uuidOf } from '#domain/hash';
import { chatOfKey } from '#domain/message';
import { NO_SETTINGS } from '#domain/settings';
import { type Address, type Addresses, isNobodys } from '#store/addresses';
import type { Assignments } from '#store/assignments';
import type { Chats } from '#store/chats';
import type { Clock } from '#store/client';
import type { Dispensers } from '#store/dispensers';
import { ContentionError } from '#store/errors';
import type { Rules } from '#store/settings';
import { hasOwnContact, ownIds, type SightChanges } from '#store/sight-changes';

export interface AssignDeps {
  readonly addresses: Pick<Addresses, 'get' | 'getAll' | 'decide' | 'dispenseBy'>;
  readonly chats: Pick<Chats, 'getAll'>;
  readonly settings: Pick<Rules, 'settingsOf'>;
  readonly dispensers: Pick<Dispensers, 'claim' | 'forget' | 'hasTurns'>;
  readonly assignments: Pick<Assignments, 'add'>;
  readonly sightChanges: Pick<SightChanges, 'keepContact'>;
  readonly clock: Clock;
}

/** Gives a new client out, and brings what was decided about an address to its end. Repeating it does no harm. */
export type Assign = (addressKey: string, rule?: 'round-robin' | 'waiting') => Promise<void>;

const TRIES = 20;
/** Longer than from the read of an address to the claim that follows from it: see `forget` of the dispensers. */
const CLAIM_MS = 3_000;

/**
 * Makes `assign`: one function for the stream, for the task of an address that failed and for the clients who waited in
 * a pool. Throws where it has to be tried again.
 */
export function createAssign(deps: AssignDeps): Assign {
  const { assignments, sightChanges } = deps;
  return async function assign(addressKey, rule = 'round-robin') {
    const { address, forget } = await decideOf(deps, addressKey, rule);
    // Konvert's own contact comes after the record: where it is, the record is.
    const record = hasOwnContact(address) ? undefined : recordOf(address);
    if (record) await assignments.add(accountOfKey(addressKey), record);
    if (!address.contact && address.owner !== undefined) await sightChanges.keepContact(addressKey);
    await forget?.();
  };
}

interface Decided {
  readonly address: Address;
  readonly forget?: () => Promise<void>;
}

/** The address as it is once somebody is responsible, or nobody can be. */
async function decideOf(deps: AssignDeps, addressKey: string, rule: 'round-robin' | 'waiting'): Promise<Decided> {
  const without = new Set<string>();
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const deadline = deps.clock.deadline(CLAIM_MS);
    const address = await deps.addresses.get(addressKey);
    const isNew = isNobodys(address) && address.wrote.length > 0;
    if (!isNew) return { address };
    const channelId = await dispenserOf(deps, address, without);
    if (channelId === undefined) return { address };
    if (channelId !== address.dispenser) {
      await deps.addresses.dispenseBy(address, channelId);
      continue;
    }
    const decided = await draw(deps, address, channelId, rule, deadline);
    if (decided === 'nobody') without.add(channelId);
    else if (decided) return decided;
  }
  throw new ContentionError('An address');
}

/**
 * The channel whose rotation gives the client out: the one that was set, while it is in round-robin, for a turn may be
 * drawn there already; else another in which somebody's turn could be drawn. `without` had nobody.
 */
async function dispenserOf(
  { settings, dispensers }: AssignDeps,
  { dispenser, wrote }: Address,
  without: ReadonlySet<string>,
): Promise<string | undefined> {
  const channelIds = [...new Set(wrote.map((key) => chatOfKey(key).channelId))].filter((id) => !without.has(id));
  const rules = await settings.settingsOf(channelIds);
  const rotating = channelIds.filter((id) => (rules.get(id) ?? NO_SETTINGS).newClients.mode === 'round-robin');
  if (dispenser !== undefined && rotating.includes(dispenser)) return dispenser;
  for (const channelId of rotating) if (await dispensers.hasTurns(channelId)) return channelId;
  return without.size === 0 ? rotating[0] : undefined;
}

/** Draws a turn, and decides by it; 'nobody' where nobody is eligible, undefined where the address has to be read again. */
async function draw(
  { addresses, chats, dispensers }: AssignDeps,
  address: Address,
  channelId: string,
  rule: 'round-robin' | 'waiting',
  deadline: AbortSignal,
): Promise<Decided | 'nobody' | undefined> {
  const chatKey = address.wrote.find((key) => chatOfKey(key).channelId === channelId) ?? '';
  let claim = await dispensers.claim(channelId, address.key, deadline);
  if (claim.outcome === 'nobody') {
    // Whoever becomes eligible from now on finds the chats in the pool; whoever became so before is found by the second claim.
    if ((await chats.getAll(address.wrote)).length < address.wrote.length) {
      throw new Error('A new client is not in the pool yet');
    }
    claim = await dispensers.claim(channelId, address.key, deadline);
    if (claim.outcome === 'nobody') return 'nobody';
  }
  const { userId, place, passedOver, forget } = claim;
  const decided = await addresses.decide(address, { userId, rule, chatKey, place, passedOver: [...passedOver] });
  // Somebody else was faster, or the contact was deleted and the client is new again.
  if (!decided.decided) return undefined;
  return {
    address: decided.address,
    ...(forget && { forget: () => dispensers.forget(forget, addresses) }),
  };
}

/** The record of a decision: its id and time follow from it, so repeating it writes the same one (D9). */
function recordOf(address: Address) {
  const { key, generation, decidedAt, why, contact } = address;
  if (!why || decidedAt === undefined) return undefined;
  const { chatKey, userId, rule, place, passedOver } = why;
  return {
    assignmentId: uuidOf(`assignment#${key}#${generation}#${decidedAt}`),
    at: decidedAt,
    ...chatOfKey(chatKey),
    contactId: contact?.id ?? ownIds(address, decidedAt).contact,
    userId,
    rule,
    place,
    passedOver,
  };
}
