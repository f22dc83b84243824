import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { FrozenList } from '../core/frozen-list.ts';
import { compareRanks, type Rank, rankOf } from '../core/order.ts';
import type { Lines } from '../core/threads.ts';
import { type Chat, keyOf, type Line, type ListModel, type Tab } from '../models.ts';
import { answerOf, wordsOf } from './api.ts';
import type { Context } from './context.ts';

const PAGE = 50;
/** Places in the rest are exact to ten minutes only, so a chat that near to the end of a page may be in the next one. */
const PLACE_MS = 600_000;

/** The places above and below every chat. */
const TOP: Rank = { isWaiting: true, at: '', key: '' };
const BOTTOM: Rank = { isWaiting: false, at: '', key: '' };

/** How far the list of a tab is loaded. */
interface Reach {
  readonly cursor: string | undefined;
  /** The place of the last chat that is loaded, below all others if all are. */
  readonly last: Rank;
}

/** The list, and what only the models may do with it. */
export interface OwnList extends ListModel {
  /** Reads the newest `limit` chats. `missed`: they should be among these and are not. False: it could not be asked. */
  fetchHead(limit: number, missed: (key: string) => void): Promise<boolean>;
  /** The lines may be different now. */
  changed(): void;
}

/** Makes the list over the rows. `lines` holds them in their true order. */
export function createList(
  { api, rows, drafts, now }: Context,
  lines: Lines,
  told: { readonly answered: (chat: Chat) => void; readonly refused: (description: string) => void },
): OwnList {
  const tab = signal<Tab>('all');
  const state = signal<'loading' | 'ready' | 'failed'>('loading');
  const shown = signal<readonly Line[]>([]);
  const hidden = signal(0);
  const hasMore = signal(false);
  const reaches = new Map<Tab, Reach>();
  const frozen = new FrozenList();
  let isLoading = false;
  let releasing: ReturnType<typeof setTimeout> | undefined;

  const show = () =>
    batch(() => {
      shown.value = frozen.shown;
      hidden.value = frozen.hidden;
      hasMore.value = reaches.get(tab.value)?.cursor !== undefined;
    });
  const truth = () => lines.listed(tab.value, reaches.get(tab.value)?.last ?? TOP);
  const changed = (paged?: ReadonlySet<string>) => {
    frozen.update(truth(), now(), paged);
    show();
  };
  const wait = () => {
    clearTimeout(releasing);
    if (frozen.frozenUntil <= now()) return;
    releasing = setTimeout(() => {
      frozen.tick(now());
      show();
      wait();
    }, frozen.frozenUntil - now());
  };
  const read = async (view: Tab, limit: number, cursor?: string) => {
    const asked = rows.ask();
    const query = { view, limit, ...(cursor !== undefined && { cursor }) };
    const answer = await answerOf(api.GET('/v1/chats', { params: { query } }));
    if (answer.kind !== 'ok') return undefined;
    batch(() => {
      for (const chat of answer.body.chats) rows.put(chat, asked);
    });
    return { ...answer.body, asked };
  };

  const load = async (view: Tab) => {
    state.value = 'loading';
    const page = await read(view, PAGE);
    if (view !== tab.value) return;
    state.value = page ? 'ready' : 'failed';
    if (!page) return;
    reaches.set(view, reachOf(page.chats, page.nextCursor, TOP));
    frozen.replace(truth());
    show();
  };
  tab.subscribe((view) => {
    if (reaches.has(view)) {
      state.value = 'ready';
      frozen.replace(truth());
      show();
    } else {
      void load(view);
    }
  });

  return {
    tab,
    state,
    lines: shown as ReadonlySignal<readonly Line[]>,
    hidden,
    hasMore,
    changed: () => changed(),
    draftOf: (chat) => drafts.textOf(keyOf(chat)).value,
    async noReplyNeeded(chat) {
      const { channelId, chatType, chatId, seenUpTo } = chat;
      const asked = rows.ask();
      const answer = await answerOf(
        api.PUT('/v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed', {
          params: { path: { channelId, chatType, chatId } },
          body: { noReplyNeeded: true, seenUpTo },
        }),
      );
      if (answer.kind !== 'ok') {
        told.refused(wordsOf(answer));
        return;
      }
      rows.put(answer.body, asked);
      if (!answer.body.unanswered) told.answered(answer.body);
    },
    retry: () => void load(tab.value),
    loadMore() {
      const view = tab.value;
      const reach = reaches.get(view);
      if (isLoading || reach?.cursor === undefined) return;
      isLoading = true;
      void read(view, PAGE, reach.cursor).then((page) => {
        isLoading = false;
        if (!page || reaches.get(view) !== reach) return;
        reaches.set(view, reachOf(page.chats, page.nextCursor, reach.last));
        if (view === tab.value) changed(new Set(page.chats.map(({ thread }) => thread)));
      });
    },
    pointerOver(isOver) {
      frozen.pointerOver(isOver, now());
      show();
      wait();
    },
    touched() {
      frozen.touched(now());
      wait();
    },
    release() {
      frozen.release();
      show();
    },
    async fetchHead(limit, missed) {
      const view = tab.value;
      const page = await read(view, limit);
      if (!page) return false;
      const there = new Set(page.chats.map(keyOf));
      const last = page.nextCursor === undefined ? undefined : page.chats.at(-1);
      for (const { chats } of lines.listed(view, BOTTOM)) {
        for (const chat of chats) {
          const key = keyOf(chat);
          if (!there.has(key) && rows.askedAt(key) < page.asked && isAbove(chat, last)) missed(key);
        }
      }
      if (!reaches.has(view)) {
        reaches.set(view, reachOf(page.chats, page.nextCursor, TOP));
        if (view === tab.value) state.value = 'ready';
      }
      changed();
      return true;
    },
  };
}

/** A page may be short or empty and not the last, so the end of what is loaded stays where it was then. */
function reachOf(chats: readonly Chat[], cursor: string | undefined, before: Rank): Reach {
  if (cursor === undefined) return { cursor, last: BOTTOM };
  const last = chats.map(rankOf).reduce((low, rank) => (compareRanks(low, rank) < 0 ? rank : low), before);
  return { cursor, last };
}

/** Whether the chat would surely be on a page that ends so. */
function isAbove(chat: Chat, last: Chat | undefined): boolean {
  if (!last) return true;
  const [rank, end] = [rankOf(chat), rankOf(last)];
  if (rank.isWaiting || end.isWaiting) return compareRanks(rank, end) < 0;
  return Date.parse(rank.at) - PLACE_MS > Date.parse(end.at);
}
