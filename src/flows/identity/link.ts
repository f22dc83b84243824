import { accountOfKey, addressKey, addressKeys, addressOfChat, personOfKey } from '#domain/address';
import type { ContactData } from '#domain/directory';
import { channelOf, HOME_WRITE_MS, movedHomes } from '#domain/homes';
import { type Linkable, planLink } from '#domain/link-plan';
import { chatKey, chatOfKey, type PersonId } from '#domain/message';
import { isPhone, type LinkedId } from '#domain/person-ids';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createLinks } from '#store/clients/links';
import { createContacts, stateOf } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { transact, type Write } from '#store/dynamo/transaction';
import { createMerge } from './merge.ts';
import { createMoveChats } from './move-chats.ts';
import { createSplit } from './split.ts';

/** The chat that told an id of its person. */
export interface TellingChat {
  readonly account: string;
  readonly key: string;
}

/**
 * Links an id to the person of a chat. `waits`: a contact is being made for one of the two, so it has to be tried again.
 * `apart`: they stay two. `twins`: they stay two, because a CRM has a contact for each.
 */
export type LinkId = (chat: TellingChat, id: LinkedId) => Promise<'linked' | 'apart' | 'waits' | 'twins'>;

/**
 * Parts an id from the person of a chat, and from the ids that are `present` in it: by now they are two people. The chats
 * of the one who is gone are those of `number` from now on.
 */
export type ReleaseId = (
  chat: TellingChat,
  gone: PersonId,
  present: readonly PersonId[],
  number: PersonId,
) => Promise<void>;

const TRIES = 50;

/** Makes `linkId` and `releaseId`. Repeating them does no harm. */
export function createLinkId(deps: StoreDeps): { readonly linkId: LinkId; readonly releaseId: ReleaseId } {
  const { client, clock } = deps;
  const addresses = createAddresses(deps);
  const links = createLinks(deps);
  const contacts = createContacts(deps);
  const merge = createMerge(deps);
  const split = createSplit(deps);
  const moveChats = createMoveChats(deps);

  async function linkId({ account, key: chat }: TellingChat, id: LinkedId): ReturnType<LinkId> {
    const ownKey = addressOfChat(account, chat);
    const idKey = addressKey(account, id.chatType, id.chatId);
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const [own, other] = (await addresses.getAll([ownKey, idKey])) as [Address, Address];
      const [ofOwn, ofOther] = await linkable(account, [own, other]);
      const plan = planLink(ofOwn, ofOther, idKey, id.became === true);
      switch (plan.kind) {
        case 'same':
          return 'linked';
        case 'wait':
          return 'waits';
        case 'apart':
          return 'apart';
        case 'bear':
          if (await bear(own, other, chat)) return 'linked';
          break;
        case 'join':
          if (await bear(other, own, chat)) return 'linked';
          break;
        case 'repoint':
          if (await repoint(own, other, idKey, chat)) return 'linked';
          break;
        case 'twins':
          if (await noteTwins(own, other, chat)) return 'twins';
          break;
        case 'merge': {
          const [winner, loser] = plan.root === 'own' ? [own, other] : [other, own];
          if (await merge(winner, loser, chat)) return 'linked';
          break;
        }
        default:
          plan satisfies never;
      }
    }
    throw new ContentionError('An address');
  }

  async function releaseId(
    { account, key: chat }: TellingChat,
    gone: PersonId,
    present: readonly PersonId[],
    number: PersonId,
  ): Promise<void> {
    const { chatType, chatId } = chatOfKey(chat);
    const own = { chatType, chatId };
    const ids = [gone, own, ...present];
    const keys = ids.map((id) => addressKey(account, id.chatType, id.chatId));
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const [root, ...roots] = (await addresses.getAll(keys)) as [Address, ...Address[]];
      const stays = roots.findIndex(({ key }) => key === root.key) + 1;
      if (stays === 0) return;
      // Of the two the one leaves that is no root.
      const leaves = keys[0] === root.key ? stays : 0;
      const [alias] = await addresses.loadAll([keys[leaves] ?? '']);
      if (alias?.root !== root.key) continue;
      const [leaver, stayer] = leaves === 0 ? [number, own] : [ids[leaves] ?? own, number];
      await split(root, alias, movedHomes(alias.homes, [], leaver, clock.now()), stayer);
    }
    throw new ContentionError('An address');
  }

  /** Each with whether Konvert keeps its contact. */
  async function linkable(account: string, [own, other]: readonly [Address, Address]): Promise<[Linkable, Linkable]> {
    const ids = [...new Set([own, other].flatMap(({ contact }) => (contact ? [contact.id] : [])))];
    const rows = ids.length === 0 ? [] : await contacts.loadAll(account, ids);
    const kept = new Set(rows.filter((row) => row.own !== undefined).map((row) => row.id));
    const toLinkable = ({ contact, ...address }: Address) => ({
      ...address,
      ...(contact && { contact: { id: contact.id, own: kept.has(contact.id) } }),
    });
    return [toLinkable(own), toLinkable(other)];
  }

  /** Makes the address, which is not stored yet, an alias of the root, which may not be stored either. */
  function bear(root: Address, alias: Address, chat: string): Promise<boolean> {
    const chats = [chat, ...root.chats];
    return write([
      links.root(root, { aliases: [...root.aliases, alias.key], homes: links.homesIn(root, chats) }),
      links.alias(alias, root.key, links.homesIn(alias, chats)),
    ]);
  }

  /** Moves an alias from its root to that of the chat, where its person is now, with the chats that are named by it. */
  async function repoint(own: Address, other: Address, idKey: string, chat: string): Promise<boolean> {
    const [alias] = await addresses.loadAll([idKey]);
    if (alias?.root !== other.key) return false;
    const account = accountOfKey(own.key);
    const moved = other.chats.filter((key) => addressOfChat(account, key) === idKey);
    const chats = [...new Set([chat, ...own.chats, ...moved])];
    const moves = await moveChats(account, moved, own);
    return write([
      links.root(own, {
        aliases: [...own.aliases, idKey],
        homes: links.homesIn(own, chats),
        ...(moved.length > 0 && { chats: [...own.chats, ...moved] }),
      }),
      links.root(other, {
        aliases: other.aliases.filter((key) => key !== idKey),
        ...(moved.length > 0 && {
          chats: other.chats.filter((key) => !moved.includes(key)),
          wrote: other.wrote.filter((key) => !moved.includes(key)),
        }),
      }),
      links.alias(alias, own.key, movedHomes(alias.homes, chats, chatOfKey(chat), clock.now())),
      ...(await renamed(other, idKey)),
      ...moves.flat(),
    ]);
  }

  /** The write by which Konvert's own contact of a root is no longer named by an id that leaves. */
  async function renamed({ key, contact }: Address, idKey: string): Promise<Write[]> {
    const account = accountOfKey(key);
    const row = contact && (await contacts.load(account, contact.id));
    if (!row?.card || row.own === undefined) return [];
    const isLeaving = (data: ContactData) => addressKeys(account, [data]).includes(idKey);
    const contactData = row.card.contactData.map((data) => (isLeaving(data) ? { ...data, ...personOfKey(key) } : data));
    return [contacts.write(row, { ...stateOf(row), card: { ...row.card, contactData } })];
  }

  /** Notes that two contacts of the CRM are one person. From now on messages with the phone go to the phone's chat. */
  function noteTwins(own: Address, other: Address, chat: string): Promise<boolean> {
    const noted = (one: Address, twin: Address) =>
      links.root(one, {
        twins: [...new Set([...one.twins, twin.key])],
        ...(isPhone(personOfKey(one.key)) && {
          homes: links.homesIn(one, [chatKey({ channelId: channelOf(chat), ...personOfKey(one.key) })]),
        }),
      });
    return write([noted(own, other), noted(other, own)]);
  }

  function write(writes: readonly Write[]): Promise<boolean> {
    return transact(client, writes, clock.deadline(HOME_WRITE_MS));
  }

  return { linkId, releaseId };
}
