import { addressOfChat } from '#domain/address';
import { chatKey } from '#domain/message';
import { NO_SETTINGS } from '#domain/settings';
import { type Actor, sightOf } from '#domain/sight';
import { createSettings } from '#store/accounts/channel-settings';
import type { ChatRow } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import { type Assignment, createAssignments } from '#store/clients/assignments';
import type { StoreDeps } from '#store/dynamo/client';
import { recordOf } from './explain.ts';
import { namesOf } from './give.ts';

/**
 * Why a user is responsible for the client of a chat that the actor sees: the decision in force and the newest
 * hand-overs, the newest first. A record that names a chat which the actor does not see is left out (R1).
 */
export type ExplainChat = (actor: Actor, row: ChatRow) => Promise<Assignment[]>;

const MOST_RECORDS = 50;

/** Makes `explainChat`. The decision stands in the client's address, so nothing is searched for. */
export function createExplainChat(deps: StoreDeps): ExplainChat {
  const addresses = createAddresses(deps);
  const assignments = createAssignments(deps);
  const settings = createSettings(deps);

  return async function explainChat(actor, { account, key, viewers }) {
    const address = await addresses.get(addressOfChat(account, key));
    const decided = recordOf(address, address.contact?.id ?? null);
    const handedOver = await Promise.all(namesOf(address).map((name) => assignments.ofPerson(name, MOST_RECORDS)));
    const all = [...handedOver.flat(), ...(decided ? [decided] : [])].sort((one, other) => other.at - one.at);
    const ofChannels = await settings.settingsOf([...new Set(all.map(({ channelId }) => channelId))]);
    // All chats of a person have the same viewers.
    const sees = ({ channelId }: Assignment) =>
      sightOf(actor, { account, viewers }, ofChannels.get(channelId) ?? NO_SETTINGS) !== 'nothing';
    return all.filter((one) => chatKey(one) === key || sees(one)).slice(0, MOST_RECORDS);
  };
}
