import type { Clock } from '#clock';
import { shortHash } from '#domain/hash';
import { chatOfKey } from '#domain/message';
import { drawsTurns } from '#domain/new-clients';
import { NO_SETTINGS } from '#domain/settings';
import type { GiveOut } from '#flows/fold';
import type { SightChanges } from '#flows/sight-changes';
import { describeError, type Log } from '#log';
import type { Rules } from '#store/accounts/settings';
import type { Chats } from '#store/chats/chats';
import { type Address, type Addresses, isNobodys } from '#store/clients/addresses';
import type { Claim, Dispensers } from '#store/clients/dispensers';
import { ContentionError } from '#store/dynamo/errors';

export interface AssignDeps {
  readonly addresses: Pick<Addresses, 'get' | 'getAll' | 'decide' | 'dispenseBy'>;
  readonly chats: Pick<Chats, 'getAll'>;
  readonly settings: Pick<Rules, 'settingsOf'>;
  readonly dispensers: Pick<Dispensers, 'claim' | 'forget' | 'hasTurns'>;
  readonly sightChanges: Pick<SightChanges, 'keepContact'>;
  readonly clock: Clock;
}

export interface GiveOutDeps extends DecideDeps {
  readonly clock: Clock;
  readonly log: Log;
}

interface DecideDeps {
  readonly addresses: Pick<Addresses, 'get' | 'getAll' | 'decide'>;
  readonly dispensers: Pick<Dispensers, 'claim' | 'forget'>;
}

type Rule = 'round-robin' | 'waiting';

/** Gives a new client out, and brings what was decided about an address to its end. Repeating it does no harm. */
export type Assign = (addressKey: string, rule?: Rule) => Promise<void>;

const TRIES = 20;
/** Longer than from the read of an address to the claim that follows from it: see `forget` of the dispensers. */
const CLAIM_MS = 3_000;

/**
 * Makes `assign`: one function for the stream, for the task of an address that failed and for the clients who waited in
 * a pool. Throws where it has to be tried again.
 */
export function createAssign(deps: AssignDeps): Assign {
  return async function assign(addressKey, rule = 'round-robin') {
    const { address, forget } = await decideOf(deps, addressKey, rule);
    if (!address.contact && address.owner !== undefined) await deps.sightChanges.keepContact(addressKey);
    await forget?.();
  };
}

/**
 * Makes `giveOut`: a turn and the decision, once. With nobody eligible, or where it fails, the chat is made in the pool,
 * and `assign` follows from the stream.
 */
export function createGiveOut(deps: GiveOutDeps): GiveOut {
  const { dispensers, clock, log } = deps;
  return async function giveOut(chatKey, addChat) {
    const { channelId } = chatOfKey(chatKey);
    const deadline = clock.deadline(CLAIM_MS);
    const address = await addChat();
    if (!isNewClient(address) || address.dispenser !== channelId) return address;
    try {
      const claim = await dispensers.claim(channelId, address.key, deadline);
      if (claim.outcome === 'nobody') return address;
      const decided = await decideBy(deps, address, chatKey, 'round-robin', claim);
      await decided.forget?.();
      return decided.address;
    } catch (error) {
      log({ assign: shortHash(address.key), outcome: 'failed', ...describeError(error) });
      return address;
    }
  };
}

type Drawn = Extract<Claim, { readonly outcome: 'drawn' }>;

interface Decided {
  readonly address: Address;
  readonly forget?: () => Promise<void>;
}

/** The address as it is once somebody is responsible, or nobody can be. */
async function decideOf(deps: AssignDeps, addressKey: string, rule: Rule): Promise<Decided> {
  const without = new Set<string>();
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const deadline = deps.clock.deadline(CLAIM_MS);
    const address = await deps.addresses.get(addressKey);
    if (!isNewClient(address)) return { address };
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
  const rotating = channelIds.filter((id) => drawsTurns(rules.get(id) ?? NO_SETTINGS));
  if (dispenser !== undefined && rotating.includes(dispenser)) return dispenser;
  for (const channelId of rotating) if (await dispensers.hasTurns(channelId)) return channelId;
  return without.size === 0 ? rotating[0] : undefined;
}

/** Draws a turn, and decides by it; 'nobody' where nobody is eligible, undefined where the address has to be read again. */
async function draw(
  deps: AssignDeps,
  address: Address,
  channelId: string,
  rule: Rule,
  deadline: AbortSignal,
): Promise<Decided | 'nobody' | undefined> {
  const { chats, dispensers } = deps;
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
  const { decided, ...outcome } = await decideBy(deps, address, chatKey, rule, claim);
  // Somebody else was faster, or the contact was deleted and the client is new again.
  return decided ? outcome : undefined;
}

/** Makes whoever drew the turn responsible; the address is as it then is, also where somebody else was faster. */
async function decideBy(
  { addresses, dispensers }: DecideDeps,
  address: Address,
  chatKey: string,
  rule: Rule,
  { userId, place, passedOver, forget }: Drawn,
): Promise<Decided & { readonly decided: boolean }> {
  const why = { userId, rule, chatKey, place, passedOver: [...passedOver] };
  return {
    ...(await addresses.decide(address, why)),
    ...(forget && { forget: () => dispensers.forget(forget, addresses) }),
  };
}

function isNewClient(address: Address): boolean {
  return isNobodys(address) && address.wrote.length > 0;
}
