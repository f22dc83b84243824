import { addressKeys } from '#domain/address';
import { addressesNamed, handlesNamed, isClientMeant, isContactMeant } from '#domain/find';
import { byUrgency } from '#domain/list';
import { type ChannelSettings, NO_SETTINGS } from '#domain/settings';
import { type Actor, receivesNewClients, roleOf, sightOf } from '#domain/sight';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { type ChatRow, createChats } from '#store/chats/chats';
import { poolScope } from '#store/chats/scopes';
import { createAddresses } from '#store/clients/addresses';
import { type Card, createContacts } from '#store/directory/contacts';
import { createHandles } from '#store/directory/handles';
import type { StoreDeps } from '#store/dynamo/client';

/** How far a search has come: behind a contact, or behind a chat without one in the pool of a channel. */
export type FindPlace =
  | { readonly part: 'contacts'; readonly after?: string }
  | { readonly part: 'pools'; readonly channelId: string; readonly after?: string };

/** A page of what was found, in the order of U7. `next` is where the search goes on; without it, it has ended. */
export interface FoundPage {
  readonly rows: ChatRow[];
  readonly settings: ReadonlyMap<string, ChannelSettings>;
  readonly next?: FindPlace;
}

/**
 * Finds chats that the actor sees: those of the person that the text names exactly (phone, id, username), else those of
 * contacts with such a name, then those without a contact.
 */
export type FindChats = (actor: Actor, find: string, limit: number, at?: FindPlace) => Promise<FoundPage>;

/** What a request looks through at most. Ten thousand contacts are about 250 read units. */
const MOST_CONTACTS = 10_000;
const MOST_CLIENTS = 300;
/** How many contacts that match are followed to their chats at once. */
const FOLLOWED_AT_ONCE = 20;
const CLIENTS_AT_ONCE = 100;

type SettingsById = ReadonlyMap<string, ChannelSettings>;

/** The rows that were found so far, and what the request may still look through. */
interface Search {
  readonly actor: Actor;
  readonly find: string;
  readonly limit: number;
  readonly byId: SettingsById;
  readonly rows: ChatRow[];
  contactsLeft: number;
  clientsLeft: number;
}

/** Makes `findChats`. Whatever is found, sight decides about each chat by itself (R1). */
export function createFindChats(deps: StoreDeps): FindChats {
  const addresses = createAddresses(deps);
  const channels = createChannels(deps);
  const chats = createChats(deps);
  const contacts = createContacts(deps);
  const handles = createHandles(deps);
  const settings = createSettings(deps);

  return async function findChats(actor, find, limit, at) {
    const byId = await settings.settingsOf(await channels.idsOf(actor.account));
    const exact = at ? [] : await named(actor, find, byId);
    if (exact.length > 0) return { rows: exact.sort(inOrder).slice(0, limit), settings: byId };
    const left = { contactsLeft: MOST_CONTACTS, clientsLeft: MOST_CLIENTS };
    const search: Search = { actor, find, limit, byId, rows: [], ...left };
    const next = await goOn(search, at ?? { part: 'contacts' });
    return { rows: search.rows.sort(inOrder), settings: byId, ...(next && { next }) };
  };

  /** The chats in sight of the people with that text as an address or a username. */
  async function named(actor: Actor, find: string, byId: SettingsById): Promise<ChatRow[]> {
    const known = await handles.load(handlesNamed(actor.account, find));
    const people = known.flatMap(({ person, used }) => person ?? used ?? []);
    const found = await addresses.getAll([...new Set([...addressesNamed(actor.account, find), ...people])]);
    return seen(actor, [...new Set(found.flatMap((address) => address.chats))], byId);
  }

  /** Those of the chats that the actor sees, in the order of the keys. */
  async function seen(actor: Actor, keys: readonly string[], byId: SettingsById): Promise<ChatRow[]> {
    const rows = new Map((await chats.getAll(keys)).map((row) => [row.key, row]));
    const sees = (row: ChatRow) => sightOf(actor, row, byId.get(row.channelId) ?? NO_SETTINGS) !== 'nothing';
    return keys.flatMap((key) => rows.get(key) ?? []).filter(sees);
  }

  /** Searches on from that place until the page is full or enough was looked through. The place where it ended. */
  async function goOn(search: Search, at: FindPlace): Promise<FindPlace | undefined> {
    if (at.part === 'contacts') {
      const next = await amongContacts(search, at.after);
      if (next) return next;
    }
    const pools = poolsOf(search.actor, search.byId);
    const from = at.part === 'contacts' ? 0 : pools.indexOf(at.channelId);
    for (const channelId of from < 0 ? [] : pools.slice(from)) {
      const after = at.part === 'pools' && at.channelId === channelId ? at.after : undefined;
      const next = await inPool(search, channelId, after);
      if (next) return next;
    }
    return undefined;
  }

  async function amongContacts(search: Search, from: string | undefined): Promise<FindPlace | undefined> {
    for await (const page of contacts.cardPages(search.actor.account, from)) {
      const meant = page.filter((card) => isContactMeant(card, search.find));
      for (let index = 0; index < meant.length; index += FOLLOWED_AT_ONCE) {
        const full = await follow(search, meant.slice(index, index + FOLLOWED_AT_ONCE));
        if (full) return full;
      }
      search.contactsLeft -= page.length;
      const last = page.at(-1);
      if (last && search.contactsLeft <= 0) return { part: 'contacts', after: last.id };
    }
    return undefined;
  }

  /** Adds the chats of the contacts. The chats of one stay together, so a page may be a little longer than asked. */
  async function follow({ actor, byId, rows, limit }: Search, cards: readonly Card[]): Promise<FindPlace | undefined> {
    const keysOf = cards.map(({ contactData }) => addressKeys(actor.account, contactData));
    const all = [...new Set(keysOf.flat())];
    const found = await addresses.getAll(all);
    const chatsOf = new Map(all.map((key, index) => [key, found[index]?.chats ?? []]));
    const keys = [...new Set(found.flatMap((address) => address.chats))];
    const visible = new Map((await seen(actor, keys, byId)).map((row) => [row.key, row]));
    for (const [index, { id }] of cards.entries()) {
      const own = new Set((keysOf[index] ?? []).flatMap((key) => chatsOf.get(key) ?? []));
      rows.push(...[...own].flatMap((key) => visible.get(key) ?? []).filter(({ contact }) => contact?.id === id));
      if (rows.length >= limit) return { part: 'contacts', after: id };
    }
    return undefined;
  }

  async function inPool(search: Search, channelId: string, from: string | undefined): Promise<FindPlace | undefined> {
    const { actor, byId, rows, find, limit } = search;
    const scope = poolScope(actor.account, channelId);
    for await (const candidates of chats.candidatePages(scope, 'rest', CLIENTS_AT_ONCE, from)) {
      const placeOf = new Map(candidates.map(({ key, place }) => [key, place]));
      for (const row of await seen(actor, [...placeOf.keys()], byId)) {
        if (row.contact || !isClientMeant(row.chat.profile, row.chatId, find)) continue;
        rows.push(row);
        if (rows.length >= limit) return { part: 'pools', channelId, after: placeOf.get(row.key) ?? '' };
      }
      search.clientsLeft -= candidates.length;
      const last = candidates.at(-1);
      if (last && search.clientsLeft <= 0) return { part: 'pools', channelId, after: last.place };
    }
    return undefined;
  }
}

/** The channels of which the actor may see the pool. */
function poolsOf({ userId }: Actor, byId: SettingsById): string[] {
  const isOpen = (settings: ChannelSettings) => {
    const role = userId === undefined ? 'manager' : roleOf(userId, settings);
    return role === 'manager' || role === 'auditor' || receivesNewClients(userId ?? '', settings);
  };
  return [...byId].flatMap(([channelId, settings]) => (isOpen(settings) ? [channelId] : [])).sort();
}

function inOrder(one: ChatRow, other: ChatRow): number {
  return byUrgency(one.chat, other.chat);
}
