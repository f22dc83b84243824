import { addressKey } from '#domain/address';
import { homeFor, KNOWN_AFTER_MS, type KnownId } from '#domain/homes';
import { type ChatId, chatOfKey, type PersonId } from '#domain/message';
import { hasOneChat, isPhone, isSame } from '#domain/person-ids';
import { createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';

/** A person by the ids that came with a message. `at`: when it was said (epoch ms), by the messenger's clock. */
export interface Told {
  readonly ids: readonly [PersonId, ...PersonId[]];
  readonly at: number;
}

/** Finds the chats of people who may have several ids. For all other messengers nothing is read. */
export interface Roots {
  /**
   * The ids of the chats that the messages of a webhook belong to, in their order, with one request for each hundred
   * ids. The same in every redelivery, whatever has been linked meanwhile.
   */
  rootsOf(account: string, channelId: string, told: readonly Told[]): Promise<PersonId[]>;
  /** The chat that stands for the chat id in a request: that of its person, if the person has one on the channel. */
  resolveChat<C extends ChatId>(account: string, chat: C): Promise<C>;
}

/** How many phone numbers a process remembers. */
const MOST_REMEMBERED = 20_000;

/** Makes the finder. The home of a phone number never changes, so a process remembers it for good. */
export function createRoots(deps: StoreDeps): Roots {
  const { clock } = deps;
  const addresses = createAddresses(deps);
  const remembered = new Map<string, KnownId>();

  async function rootsOf(account: string, channelId: string, told: readonly Told[]): Promise<PersonId[]> {
    const keys = new Map(told.flatMap(({ ids }) => ids.filter(isHomed)).map((id) => [keyOf(account, id), id]));
    const settled = new Set(
      told.flatMap(({ ids, at }) => ids.map((id) => keyOf(account, id)).filter((key) => isSettled(key, channelId, at))),
    );
    // The home of a phone on this channel decides, whatever other ids came with it.
    const asked = told.filter(({ ids }) => !ids.some((id) => settled.has(keyOf(account, id))));
    const unknown = [...new Set(asked.flatMap(({ ids }) => ids.filter(isHomed)).map((id) => keyOf(account, id)))];
    const known = await load(unknown, keys, channelId);
    return told.map(({ ids, at }) => {
      const [first] = ids;
      if (!ids.some(isHomed)) return first;
      const found = ids.map((id): KnownId => {
        const key = keyOf(account, id);
        return { id, homes: (known.get(key) ?? remembered.get(nameOf(key, channelId)))?.homes ?? {} };
      });
      return homeFor(found, channelId, at);
    });
  }

  async function load(
    keys: readonly string[],
    ids: ReadonlyMap<string, PersonId>,
    channelId: string,
  ): Promise<Map<string, KnownId>> {
    const items = keys.length === 0 ? [] : await addresses.loadAll(keys);
    const known = new Map<string, KnownId>();
    for (const { key, homes } of items) {
      const id = ids.get(key);
      if (!id) continue;
      known.set(key, { id, homes });
      const here = homes[channelId] ?? [];
      // Any other chat is not the number's any more, once somebody else has the number.
      const isOwn = here.length > 0 && here.every(({ chat }) => isSame(chatOfKey(chat), id));
      if (isPhone(id) && isOwn) remember(nameOf(key, channelId), { id, homes });
    }
    return known;
  }

  /** Whether the home of that phone on the channel is remembered, and counts for a message of that time. */
  function isSettled(key: string, channelId: string, at: number): boolean {
    const [home] = remembered.get(nameOf(key, channelId))?.homes[channelId] ?? [];
    return home !== undefined && home.at + KNOWN_AFTER_MS <= at;
  }

  function remember(name: string, known: KnownId): void {
    const [oldest] = remembered.keys();
    if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(name, known);
  }

  async function resolveChat<C extends ChatId>(account: string, chat: C): Promise<C> {
    const { channelId, chatType, chatId } = chat;
    if (!hasOneChat(chatType)) return chat;
    // A request means the chat as it is now.
    const asked: Told = { ids: [{ chatType, chatId }], at: clock.now() + KNOWN_AFTER_MS };
    const [root] = await rootsOf(account, channelId, [asked]);
    return { ...chat, ...root };
  }

  return { rootsOf, resolveChat };
}

function isHomed({ chatType }: PersonId): boolean {
  return hasOneChat(chatType);
}

function keyOf(account: string, { chatType, chatId }: PersonId): string {
  return addressKey(account, chatType, chatId);
}

function nameOf(key: string, channelId: string): string {
  return `${channelId}\n${key}`;
}
