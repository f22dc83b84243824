import { CRM, WEBHOOK } from '#domain/delivery-kind';
import type { Backlog, DeafChannel, Health, LaneHealth, WithoutAnybody } from '#domain/health';
import { chatOfKey } from '#domain/message';
import { timeOf } from '#domain/time-key';
import { eventLanesOf } from '#flows/events/event-lanes';
import type { Channel } from '#store/accounts/channel-item';
import { createChannels } from '#store/accounts/channels';
import type { Candidate } from '#store/chats/candidates';
import { type ChatRow, createChats } from '#store/chats/chats';
import { poolScope } from '#store/chats/scopes';
import { createWaitingReplies } from '#store/chats/waiting-replies';
import type { StoreDeps } from '#store/dynamo/client';
import type { Lane } from '#store/outbox/lane-item';
import { chatOfReplyLane, connectorLane, newsLane, readEventLane } from '#store/outbox/lane-names';
import { createLanePages } from '#store/outbox/lane-pages';
import { createNews } from '#store/outbox/news';
import { createWaitingLanes } from '#store/outbox/waiting-lanes';

/** Reads how an account is. What it reads does not grow with the account. */
export type ReadHealth = (account: string) => Promise<Health<ChatRow>>;

/** So many chats of pools are counted. */
const MOST_WITHOUT = 1_000;
/** So many chats are looked at for the one that waits longest: an index may name some that were answered just now. */
const MOST_OLDEST = 20;
/** So many places are told, and so much of each is counted. */
export const MOST_LANES = 20;
const MOST_IN_LANE = 100;
/** About so many places are looked at. Those of replies are found among those of all accounts. */
const LOOKS = 200;
/** What waits for a shorter time, and has not failed, is on its way. */
const ON_ITS_WAY_MS = 10_000;

/** Makes `readHealth`. */
export function createReadHealth(deps: StoreDeps): ReadHealth {
  const { clock } = deps;
  const channels = createChannels(deps);
  const chats = createChats(deps);
  const replies = createWaitingReplies(deps);
  const lanes = createWaitingLanes(deps);
  const lanePages = createLanePages(deps);
  const news = createNews(deps);

  async function oldestOf(channelIds: readonly string[]): Promise<ChatRow | undefined> {
    const pages = await Promise.all(
      channelIds.map((id) => chats.candidates({ kind: 'channel', id }, 'unanswered', MOST_OLDEST, undefined)),
    );
    const first = pages
      .flatMap(({ found }) => found)
      .sort(inOrder)
      .slice(0, MOST_OLDEST);
    const rows = await chats.getAll(first.map(({ key }) => key));
    const waiting = rows.filter(({ chat }) => chat.unansweredSince !== undefined);
    return waiting.sort((one, other) => sinceOf(one) - sinceOf(other))[0];
  }

  async function withoutAnybody(account: string, channelIds: readonly string[]): Promise<WithoutAnybody> {
    const pages = await Promise.all(
      channelIds.map((id) => chats.candidates(poolScope(account, id), 'unanswered', MOST_WITHOUT, undefined)),
    );
    const found = pages.flatMap((page) => page.found).sort(inOrder);
    const [first] = found;
    return {
      count: Math.min(found.length, MOST_WITHOUT),
      ...(first && { since: timeOf(first.place) }),
      more: found.length > MOST_WITHOUT || pages.some(({ more }) => more),
    };
  }

  async function backlogOf(account: string, channelIds: readonly string[]): Promise<Backlog> {
    const [ofEvents, ofCrm, { lanes: due, next }] = await Promise.all([
      eventLanesOf(lanes, account),
      lanes.lanesOf([connectorLane(account), newsLane(account)]),
      lanes.someLanes(0, LOOKS),
    ]);
    const own = new Set(channelIds);
    const ofReplies = await lanes.lanesOf(
      due.map(({ lane }) => lane).filter((lane) => own.has(chatOfKey(chatOfReplyLane(lane) ?? '').channelId)),
    );
    const read = await Promise.all([
      ...firstOf(ofEvents).map(([lane, state]) => eventsIn(lane, state)),
      ...[...ofCrm].map(([lane, state]) => (lane === newsLane(account) ? newsIn(lane, state) : toldIn(lane, state))),
      ...firstOf(ofReplies).map(([lane, state]) => repliesIn(lane, state)),
    ]);
    const found = read.flat().sort((one, other) => one.since - other.since);
    const isCut = next !== undefined || Math.max(ofEvents.size, ofReplies.size) > MOST_LANES;
    return { lanes: found.slice(0, MOST_LANES), more: isCut || found.length > MOST_LANES };
  }

  async function eventsIn(lane: string, state: Lane): Promise<LaneHealth[]> {
    const { rows, next } = await lanePages.pageOf(lane, MOST_IN_LANE, state.from);
    const waiting = rows.filter((row) => row.state === 'pending').map(({ since }) => since);
    const isAside = readEventLane(lane).subject !== undefined;
    return behind({ target: WEBHOOK, kind: 'event', isAside }, state, waiting, next !== undefined);
  }

  /** What was put off on purpose is not behind. */
  async function toldIn(lane: string, state: Lane): Promise<LaneHealth[]> {
    const { rows, next } = await lanePages.waitingPage(lane, MOST_IN_LANE, state);
    const due = rows.filter(({ state: is, dueAt = 0 }) => is === 'pending' && dueAt <= clock.now());
    const told = { target: CRM, kind: 'crm', isAside: false } as const;
    return behind(
      told,
      state,
      due.map(({ since }) => since),
      next !== undefined,
    );
  }

  async function newsIn(lane: string, state: Lane): Promise<LaneHealth[]> {
    const { rows, next } = await news.pageOf(lane, MOST_IN_LANE);
    const due = rows.filter(({ dueAt }) => dueAt <= clock.now());
    const read = { target: CRM, kind: 'news', isAside: false } as const;
    return behind(
      read,
      state,
      due.map(({ since }) => since),
      next !== undefined,
    );
  }

  async function repliesIn(lane: string, state: Lane): Promise<LaneHealth[]> {
    const chat = chatOfReplyLane(lane) ?? '';
    const found = await replies.waitingFrom(chat, state.from, MOST_IN_LANE + 1);
    const waiting = found.slice(0, MOST_IN_LANE).map(({ storedAt }) => storedAt);
    return behind({ target: chat, kind: 'reply', isAside: false }, state, waiting, found.length > MOST_IN_LANE);
  }

  /** None if nothing waits in the lane, or if it is on its way. */
  function behind(
    named: Pick<LaneHealth, 'target' | 'kind' | 'isAside'>,
    { nextAt, wasTaken, lastError }: Lane,
    waiting: readonly number[],
    more: boolean,
  ): LaneHealth[] {
    const now = clock.now();
    const since = Math.min(...waiting);
    if (waiting.length === 0 || (lastError === undefined && since > now - ON_ITS_WAY_MS)) return [];
    const waits = !wasTaken && nextAt > now;
    const told = { ...named, waiting: waiting.length, more, since };
    return [{ ...told, ...(waits && { nextAt }), ...(lastError && { lastError }) }];
  }

  return async function readHealth(account) {
    const all = await channels.listOf(account);
    const channelIds = all.map(({ channelId }) => channelId);
    const [oldest, without, backlog] = await Promise.all([
      oldestOf(channelIds),
      withoutAnybody(account, channelIds),
      backlogOf(account, channelIds),
    ]);
    return { ...(oldest && { oldest }), withoutAnybody: without, backlog, deaf: all.flatMap(deafOf) };
  };
}

function deafOf({ channelId, deletedAt, deafWhy, deafSince = 0 }: Channel): DeafChannel[] {
  return deafWhy === undefined || deletedAt !== undefined ? [] : [{ channelId, since: deafSince, why: deafWhy }];
}

/** As many lanes as are told, those of which the oldest row or reply is the oldest. */
function firstOf(lanes: ReadonlyMap<string, Lane>): [string, Lane][] {
  return [...lanes].sort(([, one], [, other]) => (one.from < other.from ? -1 : 1)).slice(0, MOST_LANES);
}

function inOrder(one: Candidate, other: Candidate): number {
  return one.place < other.place ? -1 : 1;
}

function sinceOf({ chat }: ChatRow): number {
  return chat.unansweredSince ?? Number.POSITIVE_INFINITY;
}
