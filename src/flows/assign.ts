import type { Bells } from '#bells';
import { accountOfKey } from '#domain/address';
import { chatOfKey } from '#domain/message';
import { drawsTurns } from '#domain/new-clients';
import { NO_SETTINGS } from '#domain/settings';
import { createAskCrm } from '#flows/ask-crm';
import { createAskEnquiry } from '#flows/ask-enquiry';
import { recordOf } from '#flows/sight/explain';
import { createKeepContact } from '#flows/sight/keep-contact';
import { assigned, createTeamNews } from '#flows/sight/team-news';
import { createTellLane } from '#flows/tell-lane';
import { createSettings } from '#store/accounts/channel-settings';
import { createChats } from '#store/chats/chats';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { eventLane, queueOfEvents } from '#store/outbox/lane-names';
import { CLAIM_MS, createDecideBy, type Decided, isNewClient, type TurnRule } from './decide.ts';

/**
 * Gives the new client of an address out, and carries a decision about the address to its end: contact, deal, record
 * and chats. A CRM that wants to make contact and deal is asked to. A client whom nobody gets goes into the inbox of a
 * CRM that has one (D5). Repeating it does no harm.
 */
export type Assign = (addressKey: string, rule?: TurnRule) => Promise<void>;

const TRIES = 20;

/**
 * Makes `assign`: one function for the stream, for the task of an address that failed and for the clients who waited in
 * a pool. `askFirst` asks a connected CRM whether it knows a new client. Throws if it has to be tried again.
 */
export function createAssign(
  deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents' | 'crm'> },
  askFirst: (addressKey: string) => Promise<void> = async () => undefined,
): Assign {
  const askCrm = createAskCrm(deps);
  const askEnquiry = createAskEnquiry(deps);
  const keepContact = createKeepContact(deps);
  const decide = createDecide(deps);
  const tell = createTellDecision(deps);
  return async function assign(addressKey, rule = 'round-robin') {
    await askFirst(addressKey);
    const { address, forget } = await decide(addressKey, rule);
    await askEnquiry(address);
    await tell(address);
    if (!address.contact && address.owner !== undefined && !(await askCrm(address))) await keepContact(addressKey);
    await forget?.();
  };
}

/**
 * Tells a receiver of the decision that is in force, once: by its own id, it is the same event each time. One after which the
 * client went to somebody else is not told: it would come behind what told of that.
 */
function createTellDecision(deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents'> }) {
  const teamNews = createTeamNews(deps);
  const tellLane = createTellLane(deps, (_lane, slow) => queueOfEvents(slow));

  return async function tell(address: Address): Promise<void> {
    const record = recordOf(address, null);
    if (!record || record.userId !== address.viewers[0]) return;
    const account = accountOfKey(address.key);
    const added = await teamNews.add(account, assigned(record));
    if (added !== undefined) await tellLane(eventLane(account), [added]);
  };
}

function createDecide(deps: StoreDeps) {
  const { clock } = deps;
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const settings = createSettings(deps);
  const dispensers = createDispensers(deps);
  const decideBy = createDecideBy(deps);

  /** The address as it is once a user is responsible, or once no user can be. */
  async function decide(addressKey: string, rule: TurnRule): Promise<Decided> {
    const without = new Set<string>();
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const deadline = clock.deadline(CLAIM_MS);
      const address = await addresses.get(addressKey);
      if (!isNewClient(address)) return { address };
      const channelId = await dispenserOf(address, without);
      if (channelId === undefined) return { address };
      if (channelId !== address.dispenser) {
        await addresses.dispenseBy(address, channelId);
        continue;
      }
      const decided = await draw(address, channelId, rule, deadline);
      if (decided === 'nobody') without.add(channelId);
      else if (decided) return decided;
    }
    throw new ContentionError('An address');
  }

  /**
   * The channel that gives the client out. The one that was set stays while it is in round-robin, because a turn may be
   * drawn there already. Otherwise it is another one in which a turn could be drawn. In the channels of `without` no
   * user was eligible.
   */
  async function dispenserOf({ dispenser, wrote }: Address, without: ReadonlySet<string>): Promise<string | undefined> {
    const channelIds = [...new Set(wrote.map((key) => chatOfKey(key).channelId))].filter((id) => !without.has(id));
    const ofChannels = await settings.settingsOf(channelIds);
    const rotating = channelIds.filter((id) => drawsTurns(ofChannels.get(id) ?? NO_SETTINGS));
    if (dispenser !== undefined && rotating.includes(dispenser)) return dispenser;
    for (const channelId of rotating) if (await dispensers.hasTurns(channelId)) return channelId;
    return without.size === 0 ? rotating[0] : undefined;
  }

  /** Draws a turn, and decides by it. 'nobody': no user is eligible. Undefined: the address has to be read again. */
  async function draw(
    address: Address,
    channelId: string,
    rule: TurnRule,
    deadline: AbortSignal,
  ): Promise<Decided | 'nobody' | undefined> {
    const chatKey = address.wrote.find((key) => chatOfKey(key).channelId === channelId) ?? '';
    let claim = await dispensers.claim(channelId, address.key, deadline);
    if (claim.outcome === 'nobody') {
      // A user who becomes eligible from now on finds the chats in the pool. The second claim finds one who became so
      // before.
      if ((await chats.getAll(address.wrote)).length < address.wrote.length) {
        throw new Error('A new client is not in the pool yet');
      }
      claim = await dispensers.claim(channelId, address.key, deadline);
      if (claim.outcome === 'nobody') return 'nobody';
    }
    const { decided, ...outcome } = await decideBy(address, chatKey, rule, claim);
    // Another decision was faster, or the contact was deleted and the client is new again.
    return decided ? outcome : undefined;
  }

  return decide;
}
