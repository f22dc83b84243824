import { timeOfKey } from '#domain/fact';
import { byUrgency, type Counter, type ListCursor, wasAmongUnanswered } from '#domain/list';
import { type AccountOptions, type ChannelSettings, NO_SETTINGS } from '#domain/settings';
import { type Actor, isToAnswer, receivesNewClients, roleOf, sightOf } from '#domain/sight';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Candidate } from '#store/chats/candidates';
import { type ChatRow, createChats } from '#store/chats/chats';
import { poolScope, type Scope, viewerId } from '#store/chats/scopes';
import type { StoreDeps } from '#store/dynamo/client';

/** One page of a list. `next` is where the next page begins; without it the list ends. */
export interface ListPage {
  readonly rows: ChatRow[];
  /** The settings of the account's channels, by which the rows were seen. */
  readonly settings: ReadonlyMap<string, ChannelSettings>;
  readonly next?: ListCursor;
}

export type Lists = ReturnType<typeof createLists>;

type Block = ListCursor['block'];

/** So many candidates are looked at in one go behind a page of which the actor sees nothing. */
const PASSED_AT_ONCE = 100;
type View = 'all' | 'unanswered';

/** The lists of chats, in the order of U7, and their counters. */
export function createLists(deps: StoreDeps) {
  const chats = createChats(deps);
  const channels = createChannels(deps);
  const settings = createSettings(deps);

  /**
   * One page of the chats that the actor sees. All candidates are read at once from the indexes, which are only an
   * order, then their rows as they are now. A page may be shorter than asked. A chat that is not seen leaves no trace:
   * if such chats fill a page, it reads on in larger steps, because a cursor behind them would tell of them.
   */
  async function read(actor: Actor, view: View, limit: number, at: ListCursor): Promise<ListPage> {
    const { byId, placing } = await readSettings(actor.account);
    const scopes = scopesOf(actor, byId);
    const waiting = [...scopes, ...scopesWhilePlacing(actor, byId, placing)];
    for (let from = at, most = limit; ; ) {
      const { page, reached, sees } = await readPage(actor, byId, { waiting, rest: scopes }, view, most, from);
      if (!sees && reached) {
        from = reached;
        most = Math.max(limit, PASSED_AT_ONCE);
      } else if (sees && most > limit) {
        most = limit;
      } else {
        return page;
      }
    }
  }

  /** The settings of all channels of the account, and the channels of which the chats still follow them. */
  async function readSettings(account: string): Promise<{ byId: SettingsById; placing: readonly string[] }> {
    const stored = await settings.versioned(await channels.idsOf(account));
    return {
      byId: new Map([...stored].map(([channelId, one]) => [channelId, one.settings])),
      placing: [...stored].flatMap(([channelId, { isPlacing }]) => (isPlacing ? [channelId] : [])),
    };
  }

  async function readPage(
    actor: Actor,
    byId: SettingsById,
    scopes: { readonly waiting: Scope[]; readonly rest: Scope[] },
    view: View,
    limit: number,
    at: ListCursor,
  ) {
    const [unanswered, rest] = await Promise.all([
      at.block === 'unanswered' ? nextOf(scopes.waiting, 'unanswered', limit, at.after) : NOTHING,
      view === 'all' ? nextOf(scopes.rest, 'rest', limit, at.block === 'rest' ? at.after : undefined) : NOTHING,
    ]);
    const fromRest = unanswered.more ? [] : rest.found.slice(0, limit - unanswered.found.length);
    const seen = await rowsOf(actor, byId, [...unanswered.found, ...fromRest]);
    const urgent = new Set(unanswered.found.map(({ key }) => key));
    const rows = [...seen.values()]
      .filter(({ places }) => view === 'all' || places.unanswered !== undefined)
      .filter(({ key, places }) => urgent.has(key) || !wasAmongUnanswered(places, at.begunAt))
      .sort((one, other) => byUrgency(one.chat, other.chat));
    const cursorBehind = (isCounted: (candidate: Candidate) => boolean) =>
      nextCursor(at, unanswered, fromRest, rest, isCounted);
    const next = cursorBehind(({ key }) => seen.has(key));
    return {
      page: { rows, settings: byId, ...(next && { next }) },
      reached: cursorBehind(() => true),
      sees: seen.size > 0,
    };
  }

  /** The next candidates of all scopes, merged; the first `limit` of each hold the first `limit` of all. */
  async function nextOf(scopes: Scope[], block: Block, limit: number, after: string | undefined): Promise<Found> {
    const pages = await Promise.all(scopes.map((scope) => chats.candidates(scope, block, limit, after)));
    const ascending = pages.flatMap(({ found }) => found).sort((one, other) => (one.place < other.place ? -1 : 1));
    const merged = block === 'unanswered' ? ascending : ascending.reverse();
    return { found: merged.slice(0, limit), more: merged.length > limit || pages.some(({ more }) => more) };
  }

  /** The rows of those candidates that the actor sees, by their keys. */
  async function rowsOf(actor: Actor, byId: SettingsById, candidates: Candidate[]): Promise<Map<string, ChatRow>> {
    const rows = await chats.getAll([...new Set(candidates.map(({ key }) => key))]);
    const seen = rows.filter((row) => sightOf(actor, row, byId.get(row.channelId) ?? NO_SETTINGS) !== 'nothing');
    return new Map(seen.map((row) => [row.key, row]));
  }

  /**
   * The counter of a user (U8): the unanswered messages in the chats that they see. For a head, an option leaves out
   * the chats that are not their own to answer.
   */
  async function count(
    account: string,
    userId: string,
    { notifyHeadsAboutAllMessages }: AccountOptions,
  ): Promise<Counter> {
    const actor = { account, userId };
    const { byId, placing } = await readSettings(account);
    const ownOnly = (of: ChannelSettings) => !notifyHeadsAboutAllMessages && roleOf(userId, of) === 'manager';
    const all = await waitingIn(scopesOf(actor, byId, ownOnly));
    // Most of these are not theirs, so none is counted without a look at its row.
    const others = await waitingIn(scopesWhilePlacing(actor, byId, placing, ownOnly));
    const read = new Set([...all.slice(0, COUNTED_CHATS), ...others.slice(0, COUNTED_CHATS)]);
    const rows = (await chats.getAll([...read])).flatMap((row) => {
      const ofChannel = byId.get(row.channelId) ?? NO_SETTINGS;
      const isOwn = isToAnswer(userId, row.viewers, ofChannel);
      const counts = (isOwn || !ownOnly(ofChannel)) && sightOf(actor, row, ofChannel) !== 'nothing';
      return counts && row.chat.unansweredCount > 0 ? [{ ...row.chat, isOwn }] : [];
    });
    const messages = rows.reduce((sum, { unansweredCount }) => sum + unansweredCount, 0);
    const times = rows.map(({ client, lastMessageAt }) => Math.min(timeOfKey(client?.key ?? '0'), lastMessageAt));
    return {
      count: messages + all.filter((key) => !read.has(key)).length,
      isOwn: rows.some(({ isOwn }) => isOwn),
      ...(times.length > 0 && { lastMessageAt: Math.max(...times) }),
    };
  }

  /** The keys of the chats that wait in those partitions, each once, the longest waiting first. */
  async function waitingIn(scopes: Scope[]): Promise<string[]> {
    const found = await Promise.all(scopes.map(allWaiting));
    const ascending = found.flat().sort((one, other) => (one.place < other.place ? -1 : 1));
    return [...new Set(ascending.map(({ key }) => key))];
  }

  async function allWaiting(scope: Scope): Promise<Candidate[]> {
    return (await Array.fromAsync(chats.candidatePages(scope, 'unanswered', WAITING_PAGE))).flat();
  }

  return { read, count };
}

/** The settings of channels by their ids. */
type SettingsById = ReadonlyMap<string, ChannelSettings>;

/** How many waiting chats are counted exactly. */
const COUNTED_CHATS = 500;
const WAITING_PAGE = 1_000;

/**
 * The index partitions of the chats that the actor may see; an index that lags may hold others. In channels for which
 * `ownOnly` is true, of those chats that are theirs to answer.
 */
function scopesOf({ account, userId }: Actor, byId: SettingsById, ownOnly = (_: ChannelSettings) => false): Scope[] {
  const all = [...byId].map(([channelId, settings]) => ({ channelId, settings }));
  if (userId === undefined) return all.map(({ channelId }) => ({ kind: 'channel', id: channelId }));
  const scopes = new Map<string, Scope>();
  const add = (scope: Scope) => scopes.set(scope.id, scope);
  for (const { channelId, settings } of all) {
    const role = roleOf(userId, settings);
    if (role === undefined) continue;
    if (role !== 'seller' && !ownOnly(settings)) {
      add({ kind: 'channel', id: channelId });
      continue;
    }
    add({ kind: 'viewer', id: viewerId(account, userId) });
    if (receivesNewClients(userId, settings)) add(poolScope(account, channelId));
  }
  return [...scopes.values()];
}

/**
 * The channels of which the actor sees only a part of the chats, and in which chats do not stand where their roles put
 * them yet. A chat that waits there is found among all that wait in the channel.
 */
function scopesWhilePlacing(
  { userId }: Actor,
  byId: SettingsById,
  placing: readonly string[],
  ownOnly = (_: ChannelSettings) => false,
): Scope[] {
  if (userId === undefined) return [];
  return placing.flatMap((id): Scope[] => {
    const settings = byId.get(id) ?? NO_SETTINGS;
    const role = roleOf(userId, settings);
    return role === 'seller' || (role !== undefined && ownOnly(settings)) ? [{ kind: 'channel', id }] : [];
  });
}

interface Found {
  readonly found: Candidate[];
  readonly more: boolean;
}

const NOTHING: Found = { found: [], more: false };

/** The cursor behind the last candidate that counts. Undefined if nothing is left. */
function nextCursor(
  { begunAt, after }: ListCursor,
  unanswered: Found,
  fromRest: Candidate[],
  rest: Found,
  isCounted: (candidate: Candidate) => boolean,
): ListCursor | undefined {
  if (unanswered.more)
    return { begunAt, block: 'unanswered', after: unanswered.found.findLast(isCounted)?.place ?? after ?? '' };
  const left = rest.more || rest.found.length > fromRest.length;
  if (!left) return undefined;
  const place = fromRest.findLast(isCounted)?.place;
  return { begunAt, block: 'rest', ...(place !== undefined && { after: place }) };
}
