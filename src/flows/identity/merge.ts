import { accountOfKey } from '#domain/address';
import { HOME_WRITE_MS } from '#domain/homes';
import { createCommit } from '#flows/sight/commit';
import { createOwnContacts } from '#flows/sight/own-contacts';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createLinks } from '#store/clients/links';
import type { StoreDeps } from '#store/dynamo/client';
import { MOST_WRITES, transact, type Write } from '#store/dynamo/transaction';
import { createTasks, REQUEST_MS, type Task } from '#store/outbox/tasks';
import { createMoveChats } from './move-chats.ts';

/**
 * Makes the root `loser` an alias of the root `winner`, with everything that it has: its chats are seen by those who see
 * the winner's, and its own contact ends (D10). False if something has changed meanwhile, and nothing was done.
 */
export type Merge = (winner: Address, loser: Address, chat: string) => Promise<boolean>;

/**
 * Makes `merge`. It is one transaction, if it fits into one. Otherwise the chats follow at once, and a task finishes them
 * after a crash.
 */
export function createMerge(deps: StoreDeps): Merge {
  const { client, clock, mostWrites = MOST_WRITES } = deps;
  const addresses = createAddresses(deps);
  const links = createLinks(deps);
  const moveChats = createMoveChats(deps);
  const ownContacts = createOwnContacts(deps);
  const tasks = createTasks(deps);
  const { settleChats } = createCommit(deps);

  return async function merge(winner, loser, chat) {
    const account = accountOfKey(winner.key);
    const aliases = await addresses.loadAll([...winner.aliases, ...loser.aliases]);
    const all = [...new Set([chat, ...winner.chats, ...loser.chats])];
    const homes = (one: Address) => links.homesIn(one, all);
    const ended = await ownContacts.take(account, winner.contact?.id, [loser]);
    const dispenser = winner.dispenser ?? loser.dispenser;
    const enquiry = winner.enquiry ?? loser.enquiry;
    const head: Write[] = [
      links.root(winner, {
        aliases: [...winner.aliases, loser.key, ...loser.aliases],
        ...(winner.twins.length > 0 && { twins: winner.twins.filter((key) => key !== loser.key) }),
        ...(loser.chats.length > 0 && { chats: [...winner.chats, ...loser.chats] }),
        ...(loser.wrote.length > 0 && { wrote: [...winner.wrote, ...loser.wrote] }),
        ...(dispenser !== undefined && { dispenser }),
        ...(enquiry && { enquiry }),
        homes: homes(winner),
      }),
      links.alias(loser, winner.key, homes(loser)),
      ...aliases.map((one) => links.alias(one, winner.key, homes(one))),
      ...ended.contacts.map(({ before, after }) => ownContacts.write(before, after)),
      ...ended.more,
      // The winner's own contact is called by the best name of all its chats.
      tasks.write(profileOf(winner), 0),
    ];
    const moves = await moveChats(account, loser.chats, winner);
    const whole = [...head, ...moves.flat()];
    if (whole.length <= mostWrites) return transact(client, whole, clock.deadline(HOME_WRITE_MS));
    // A winner waits while a contact is being made for it (`planLink`), so this task makes none.
    const settles = tasks.write({ kind: 'keep', address: winner.key }, REQUEST_MS);
    if (!(await transact(client, [...head, settles], clock.deadline(HOME_WRITE_MS)))) return false;
    await settleChats(winner.key);
    return true;
  };
}

function profileOf({ key }: Address): Task {
  return { kind: 'profile', address: key };
}
