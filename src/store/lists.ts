import { byUrgency, type ListCursor, wasAmongUnanswered } from '#domain/list';
import { type Actor, sightOf } from '#domain/sight';
import type { Channels } from '#store/channels';
import type { Candidate, ChatRow, Chats, Scope } from '#store/chats';

/** One page of a list, and where the next begins; the list ends where there is none. */
export interface ListPage {
  readonly rows: ChatRow[];
  readonly next?: ListCursor;
}

export type Lists = ReturnType<typeof createLists>;

type Block = ListCursor['block'];

/** The lists of chats, in the order of U7. */
export function createLists({ chats, channels }: { chats: Chats; channels: Pick<Channels, 'idsOf'> }) {
  /**
   * One page of what the actor sees: all candidates at once from the indexes, which are only an order, then their rows
   * as they are now. A page may be shorter than asked.
   */
  async function read(actor: Actor, view: 'all' | 'unanswered', limit: number, at: ListCursor): Promise<ListPage> {
    const scopes = await scopesOf(actor);
    const [unanswered, rest] = await Promise.all([
      at.block === 'unanswered' ? nextOf(scopes, 'unanswered', limit, at.after) : NOTHING,
      view === 'all' ? nextOf(scopes, 'rest', limit, at.block === 'rest' ? at.after : undefined) : NOTHING,
    ]);
    const fromRest = unanswered.more ? [] : rest.found.slice(0, limit - unanswered.found.length);
    const found = await rowsOf(actor, unanswered.found, fromRest, at.begunAt);
    const rows = view === 'all' ? found : found.filter(({ places }) => places.unanswered !== undefined);
    const next = nextCursor(at, unanswered, fromRest, rest);
    return { rows, ...(next && { next }) };
  }

  /** The index partitions that hold what the actor may see. */
  async function scopesOf({ account }: Actor): Promise<Scope[]> {
    return (await channels.idsOf(account)).map((id) => ({ kind: 'channel', id }));
  }

  /** The next candidates of all scopes, merged; the first `limit` of each hold the first `limit` of all. */
  async function nextOf(scopes: Scope[], block: Block, limit: number, after: string | undefined): Promise<Found> {
    const pages = await Promise.all(scopes.map((scope) => chats.candidates(scope, block, limit, after)));
    const ascending = pages.flatMap(({ found }) => found).sort((one, other) => (one.place < other.place ? -1 : 1));
    const merged = block === 'unanswered' ? ascending : ascending.reverse();
    return { found: merged.slice(0, limit), more: merged.length > limit || pages.some(({ more }) => more) };
  }

  async function rowsOf(actor: Actor, unanswered: Candidate[], rest: Candidate[], begunAt: number): Promise<ChatRow[]> {
    const urgent = new Set(unanswered.map(({ key }) => key));
    const rows = await chats.getAll([...new Set([...urgent, ...rest.map(({ key }) => key)])]);
    return rows
      .filter((row) => sightOf(actor, row) !== 'nothing')
      .filter(({ key, places }) => urgent.has(key) || !wasAmongUnanswered(places, begunAt))
      .sort((one, other) => byUrgency(one.chat, other.chat));
  }

  return { read };
}

interface Found {
  readonly found: Candidate[];
  readonly more: boolean;
}

const NOTHING: Found = { found: [], more: false };

function nextCursor({ begunAt, after }: ListCursor, unanswered: Found, fromRest: Candidate[], rest: Found) {
  if (unanswered.more)
    return { begunAt, block: 'unanswered' as const, after: unanswered.found.at(-1)?.place ?? after ?? '' };
  const left = rest.more || rest.found.length > fromRest.length;
  if (!left) return undefined;
  const place = fromRest.at(-1)?.place;
  return { begunAt, block: 'rest' as const, ...(place !== undefined && { after: place }) };
}
