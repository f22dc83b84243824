import { eachAtOnce } from '#at-once';
import { FIRST_KEY, factKey } from '#domain/fact';
import type { Actor } from '#domain/sight';
import { createChangeSettings } from '#flows/change-settings';
import { createFold, type FoldChat } from '#flows/fold';
import { leaveInPool } from '#flows/give-out';
import { createLists } from '#flows/lists';
import { createContactChanges } from '#flows/sight/push-contact';
import { createDealChanges } from '#flows/sight/push-deal';
import { createSettings } from '#store/accounts/channel-settings';
import type { Cipher } from '#store/accounts/cipher';
import { createFacts, type NewFact } from '#store/chats/facts';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks, placeTask } from '#store/outbox/tasks';
import { STRANGER, type Target, WAYS, type Way } from './ways.ts';

/** A chat of the company, the way in which it is broken, and what its lists have to say in the end. */
export interface Made extends Target {
  readonly way: Way;
  readonly waitingMessages: number;
  readonly sees: readonly string[];
}

const AT_ONCE = 24;

/** A company with so many chats for each way of breaking one. In each, two messages wait behind an answer. */
export async function openChats(
  deps: StoreDeps & { readonly cipher: Cipher },
  account: string,
  channelId: string,
  each: number,
  from: number,
): Promise<Made[]> {
  const { client, tables } = deps;
  const users = ['anna', 'boris', 'carl', 'head', 'control'];
  await createUsers(deps).put(
    account,
    users.map((id) => ({ id, name: id })),
  );
  const roles = { anna: 'seller', boris: 'seller', carl: 'seller', head: 'manager', control: 'auditor' } as const;
  const userRoles = users.map((userId) => ({
    userId,
    role: roles[userId as keyof typeof roles],
    allowGetNewClients: userId === 'boris',
  }));
  const chosen = { newClients: { mode: 'first-reply' as const }, userRoles };
  await createChangeSettings(deps).put(account, channelId, chosen, 'test');
  // Nothing has to move yet, so the task that follows the settings has nothing to do.
  const tasks = createTasks(deps);
  const task = await tasks.take(placeTask(channelId));
  if (task) await tasks.finish(task, await createSettings(deps).placed(channelId));
  const contacts = createContactChanges(deps);
  const card = { name: 'Client', responsibleUserId: 'anna' };
  const stranger = [{ chatType: 'telegram', chatId: '1' }];
  await contacts.pushContact(account, { id: STRANGER, ...card, contactData: stranger });
  const foldChat = createFold(deps, leaveInPool);
  const made: Made[] = [];
  const ways = Array.from({ length: each }, () => WAYS).flat();
  await eachAtOnce([...ways.entries()], AT_ONCE, async ([index, way]) => {
    const chatId = String(1_000_000 + index);
    const chatKey = `${channelId}#telegram#${chatId}`;
    const at = from + index * 1_000;
    if (way.of !== 'nobody') {
      const contactData = [{ chatType: 'telegram', chatId }];
      await contacts.pushContact(account, { id: `c${index}`, ...card, contactData });
    }
    if (way.of === 'deal') {
      const deal = { id: `d${index}`, name: 'Deal', responsibleUserId: 'carl', contacts: [`c${index}`], closed: false };
      await createDealChanges(deps).pushDeal(account, deal);
    }
    const lastAt = await tell(deps, foldChat, chatKey, at);
    const waitingMessages = way.more === 'gone' ? 0 : 2 + (way.more ?? 0);
    const sellers = { nobody: ['boris'], contact: ['anna'], deal: ['anna', 'carl'] }[way.of];
    const address = `${account}#telegram#${chatId}`;
    const sees = way.more === 'gone' ? [] : [...sellers, 'head', 'control'];
    made.push({ chatKey, address, account, client, tables, lastAt, way, waitingMessages, sees });
  });
  return made;
}

/** A client writes, the team answers on the phone, and the client writes twice. */
async function tell(deps: StoreDeps, foldChat: FoldChat, chatKey: string, at: number): Promise<number> {
  const facts = createFacts(deps);
  const content = { type: 'text', text: 'Hello' } as const;
  const said = (kind: 'client' | 'echo', behind: number): NewFact => {
    const key = factKey(at + behind, `m${behind}`);
    const author = { name: 'Client' };
    return kind === 'client' ? { kind, key, author, content, opens: true } : { kind, key, author: {}, content };
  };
  const all = [said('client', 0), said('echo', 60_000), said('client', 120_000), said('client', 180_000)];
  for (const fact of all) await facts.put(chatKey, fact);
  await foldChat(chatKey, FIRST_KEY);
  return at + 180_000;
}

/** The chats of the unanswered list of everybody, with how many messages wait in each, as the lists tell it. */
export async function listed(deps: StoreDeps, account: string): Promise<Record<string, Record<string, number>>> {
  const lists = createLists(deps);
  const found: Record<string, Record<string, number>> = {};
  for (const userId of ['anna', 'boris', 'carl', 'head', 'control', 'gone']) {
    const actor: Actor = { account, userId };
    const rows: Record<string, number> = {};
    let next: Parameters<typeof lists.read>[3] | undefined = { begunAt: deps.clock.now(), block: 'unanswered' };
    while (next) {
      const page = await lists.read(actor, 'unanswered', 100, next);
      for (const { key, chat } of page.rows) rows[key] = chat.unansweredCount;
      next = page.next;
    }
    found[userId] = rows;
  }
  return found;
}

/** What those lists have to be. */
export function modelOf(made: readonly Made[]): Record<string, Record<string, number>> {
  const users = ['anna', 'boris', 'carl', 'head', 'control', 'gone'];
  return Object.fromEntries(
    users.map((userId) => [
      userId,
      Object.fromEntries(
        made
          .filter(({ sees }) => sees.includes(userId))
          .map(({ chatKey, waitingMessages }) => [chatKey, waitingMessages]),
      ),
    ]),
  );
}
