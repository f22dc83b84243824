import { addressKey, addressOfChat } from '#domain/address';
import { type Fact, factKey } from '#domain/fact';
import { shortHash } from '#domain/hash';
import { channelOf } from '#domain/homes';
import { chatKey, chatOfKey, type PersonId } from '#domain/message';
import { hasAliases, isPhone, type LinkedId, type OtherId, toldIds, withTold } from '#domain/person-ids';
import { type ChatRow, createChats } from '#store/chats/chats';
import { createFacts, type NewFact } from '#store/chats/facts';
import { createForgetIds } from '#store/chats/forget-ids';
import { createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks, type Task, taskName } from '#store/outbox/tasks';
import { createLinkId, type TellingChat } from './link.ts';

/** Rings `do-tasks` for a task that was put. */
export type RingTask = (taskName: string) => Promise<void>;

/**
 * Links the ids that facts of a chat tell, as far as the chat has not linked them yet (`known`). It runs before the chat
 * is added to its address, so that of the first messages of one person, by whatever ids, only one is given out. Answers
 * with all that the chat has linked then. Undefined if there was nothing new, which costs nothing.
 */
export type LinkIds = (
  chat: TellingChat,
  known: readonly LinkedId[],
  facts: readonly Fact[],
) => Promise<readonly LinkedId[] | undefined>;

/** Makes `linkIds`. Repeating it does no harm. */
export function createLinkIds(deps: StoreDeps, ringTask: RingTask): LinkIds {
  const { linkId, releaseId } = createLinkId(deps);
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const forgetIds = createForgetIds(deps);
  const facts = createFacts(deps);
  const tasks = createTasks(deps);

  async function linkOne(chat: TellingChat, id: LinkedId): Promise<void> {
    const outcome = await linkId(chat, id);
    if (outcome === 'twins') await say(chat, id, 'same_person');
    if (outcome !== 'waits') return;
    const task: Task = { kind: 'link', account: chat.account, chat: chat.key, id, tries: 0 };
    await tasks.put(task);
    await ringTask(taskName(task));
  }

  /**
   * Parts ids from the person, with the numbers that they have written by since. None of the ids that are `present` in the
   * chat stays with them: linking it would undo the parting, in each try of a fold. Their other chats forget these, because
   * an answer to them would go to somebody else.
   */
  async function part(chat: TellingChat, gone: readonly LinkedId[], present: readonly LinkedId[]): Promise<void> {
    const { account, key } = chat;
    const [user] = gone;
    if (!user) return;
    const keyOf = ({ chatType, chatId }: PersonId) => addressKey(account, chatType, chatId);
    const own = addressOfChat(account, key);
    const staying = [own, ...present.map(keyOf)];
    const all = await addresses.getAll([own, ...gone.map(keyOf)]);
    // After a crash some have left already. Their newest homes tell with which number.
    const apart = all.filter((one) => one.key !== all[0]?.key);
    const homes = apart.flatMap((one) => Object.values(one.homes).flatMap((ofChannel) => ofChannel.at(-1) ?? []));
    const left = homes.map(({ chat: home }) => chatOfKey(home));
    const rows = await chats.getAll([...new Set(all.flatMap((one) => one.chats))].filter((one) => one !== key));
    const goneKeys = gone.map(keyOf);
    const theirs = rows.filter(
      (row) => keyOf(row) !== own && presentIds(row).some((id) => goneKeys.includes(keyOf(id))),
    );
    const ids: PersonId[] = [...gone, ...theirs.flatMap(presentIds), ...left].filter(isPhone);
    const numbers = [...new Map(ids.map((id) => [keyOf(id), id])).values()];
    const along = numbers.filter((id) => !staying.includes(keyOf(id)));
    const [number = user] = along;
    for (const id of [...gone.filter((one) => !isPhone(one)), ...along]) await releaseId(chat, id, present, number);
    const { channelId } = chatOfKey(key);
    for (const { chatType, chatId } of along) {
      for (const id of gone) await linkId({ account, key: chatKey({ channelId, chatType, chatId }) }, id);
    }
    for (const row of theirs) await forgetIds(row.key, staying);
  }

  /** The ids by which the person is known in other chats of the channel. */
  async function othersOf({ account, key }: TellingChat): Promise<OtherId[]> {
    const { channelId } = chatOfKey(key);
    const address = await addresses.get(addressOfChat(account, key));
    const there = address.chats.filter((one) => one !== key && channelOf(one) === channelId);
    if (there.length === 0) return [];
    const rows = await chats.getAll(there);
    return rows.flatMap(presentIds);
  }

  /** Adds a line to the history, right behind the message that told the id. */
  async function say({ key }: TellingChat, id: LinkedId, kind: string): Promise<void> {
    const line: NewFact = {
      kind: 'client',
      key: factKey(id.at, `${kind}#${shortHash(id.chatId)}`),
      opens: false,
      author: {},
      content: { type: 'system', kind },
    };
    await facts.put(key, line);
  }

  return async function linkIds(chat, known, read) {
    if (!hasAliases(chatOfKey(chat.key).chatType)) return undefined;
    const own = chatOfKey(chat.key);
    if (toldIds(own, known, read).length === 0) return undefined;
    const told = toldIds(own, known, read, await othersOf(chat));
    const ids = withTold(known, told);
    const present = ids.filter(({ gone }) => !gone);
    const news = told.filter(({ isOld }) => !isOld);
    for (const { instead } of told) await part(chat, instead, present);
    // What was parted from somebody else is linked again, also if the chat had linked it before.
    const hasParted = told.some(({ instead }) => instead.length > 0);
    for (const id of hasParted ? present : news.map((one) => one.id)) await linkOne(chat, id);
    for (const { id, instead } of news) if (instead.length > 0) await say(chat, id, 'identity_changed');
    return ids;
  };
}

/** The ids of the person of a chat, its own first, without those that left. */
function presentIds({ chatType, chatId, ids = [] }: ChatRow): [PersonId, ...OtherId[]] {
  return [{ chatType, chatId }, ...ids.filter(({ gone }) => !gone)];
}
