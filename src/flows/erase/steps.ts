import type { Erased } from '#domain/erasure';
import { mentionsOf } from '#domain/mentions';
import { chatOfKey } from '#domain/message';
import { isOwned, type OwnedTable } from '#domain/owned';
import { waitOf } from '#domain/timer';
import { createChannels } from '#store/accounts/channels';
import { createLooks } from '#store/accounts/looks';
import { createOwned } from '#store/accounts/owned';
import { createChats, waitIn } from '#store/chats/chats';
import { createWatch } from '#store/chats/watch';
import { createEraseClients } from '#store/clients/erase-clients';
import { createEraseHandles } from '#store/directory/erase-handles';
import type { StoreDeps } from '#store/dynamo/client';
import { createEraseScan } from '#store/dynamo/erase-scan';
import { createEraseOutbox } from '#store/outbox/erase-rows';
import { createTasks, type TakenTask, type TaskOf } from '#store/outbox/tasks';
import { createChatsOf } from './chats-of.ts';
import { createEraseCards } from './erase-cards.ts';
import { createEraseDeals } from './erase-deals.ts';
import type { MayCome } from './erase-files.ts';

/** The task of erasing a person. */
export type EraseTask = TaskOf<'erase'>;

type Item = Readonly<Record<string, unknown>>;

/** What a step did. With a `place` it goes on from there. */
export interface Done {
  readonly erased?: Partial<Erased>;
  readonly mayCome?: readonly MayCome[];
  readonly place?: string | undefined;
  /** The person, if more is known of them now. */
  readonly person?: EraseTask['person'];
}

/** A part of an erasure. It finds by itself what is still there, and begins nothing after `until` (epoch ms). */
export type Step = (task: EraseTask, until: number, taken: TakenTask<EraseTask>) => Promise<Done>;

/** The steps that take away whatever names the person beside their chats, and the files that came late. */
export function createSteps(deps: StoreDeps): readonly Step[] {
  const channels = createChannels(deps);
  const outbox = createEraseOutbox(deps);
  const erasePages = createEraseScan(deps, 'pages');
  const clients = createEraseClients(deps);
  const handles = createEraseHandles(deps);
  const eraseCards = createEraseCards(deps);
  const eraseDeals = createEraseDeals(deps);
  const watch = createWatch(deps);
  const owned = createOwned(deps);
  const looks = createLooks(deps);
  const chats = createChats(deps);
  const chatsOf = createChatsOf(deps);
  const tasks = createTasks(deps);

  /** Tells whether a row of a table that accounts share names the person, as their account knows them (I6). */
  async function theirsIn(table: OwnedTable, task: EraseTask): Promise<(item: Item) => boolean> {
    const mentions = mentionsOf(namedBy(task));
    const ids = await owned.of(task.account);
    return (item) => isOwned(table, item, ids) && mentions(item);
  }

  /** In the first round only: what a CRM pushes afterwards is its own (E5). */
  const cards: Step = async (task, until) => (task.round === 0 ? eraseCards(task, until) : {});

  const deliveries: Step = async (task, until) => {
    const person = namedBy(task);
    if (task.place === undefined) await outbox.forgetSubjects(person);
    const { removed, place } = await outbox.remove(person, await theirsIn('outbox', task), task.place, until);
    if (place === undefined) await mindAgain(task);
    return { erased: { deliveries: removed }, place };
  };

  /** What the person has written since may be minded already. Its task names them, so it went with the others. */
  async function mindAgain({ account, person }: EraseTask): Promise<void> {
    for (const row of await chats.getAll(await chatsOf(account, person))) {
      if (waitOf(waitIn(row)) !== undefined) await tasks.put({ kind: 'wait', chatKey: row.key });
    }
  }

  /** Drafts, links, tokens, tickets and sockets. */
  const pages: Step = async (task, until) => {
    const { place } = await erasePages(await theirsIn('pages', task), task.place, until);
    return { place };
  };

  const contacts: Step = async ({ account, person }, until) => {
    const { deals, left } = await eraseDeals(account, person.contacts, until);
    return { erased: { deals }, ...(left && { place: '' }) };
  };

  const names: Step = async (task, until) => {
    return { place: await handles.remove(task.account, mentionsOf(namedBy(task)), task.place, until) };
  };

  const records: Step = async (task, until) => {
    const person = namedBy(task);
    return { place: await clients.removeRecords(person, mentionsOf(person), task.place, until) };
  };

  const turns: Step = async (task) => {
    const mentions = mentionsOf(namedBy(task));
    const ids = await channels.idsOf(task.account);
    for (const channelId of ids) await clients.removeClaims(channelId, mentions);
    for (const chat of task.person.chats) await looks.forgetChat(chatOfKey(chat).channelId, chat);
    await watch.forget((chatKey) => ids.includes(chatOfKey(chatKey).channelId) && mentions(chatKey));
    return {};
  };

  return [cards, deliveries, pages, contacts, names, records, turns];
}

function namedBy({ account, person }: EraseTask) {
  return { account, ...person };
}
