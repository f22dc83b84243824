import type { Bells } from '#bells';
import { lapsed } from '#domain/lapse';
import { type NextAct, nextAct } from '#domain/next-act';
import { MINUTE_MS } from '#domain/schedule';
import { type Timer, timerOf, waitOf } from '#domain/timer';
import { createLastFold } from '#flows/fold';
import { createRingEvents } from '#flows/ring-events';
import { createTeamNews } from '#flows/sight/team-news';
import { createReturnClient } from '#flows/timer/return-client';
import { createSignsOfLife } from '#store/accounts/signs-of-life';
import { type ChatRow, createChats, isChat, waitIn } from '#store/chats/chats';
import { createTimers } from '#store/chats/timers';
import { lapseOf } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import type { Write } from '#store/dynamo/transaction';
import { queueOfClients } from '#store/outbox/lane-names';
import { createReadWait, type FoundWait } from './read-wait.ts';
import { createSetAway } from './set-away.ts';

/** When the next thing is due (epoch ms), if there is one, and the check that the chat is still as that was found. */
export interface Minded {
  readonly at?: number | undefined;
  readonly unchanged: readonly Write[];
}

/**
 * Does what is due about the wait of a chat. Each act is done once: it is one write on condition of the chat as it was read.
 * Two runs may meet, and the slower one may have read the chat before an act of the other and its client after it. So that
 * there is nothing more has to be noted together with the check.
 */
export type MindWait = (chatKey: string) => Promise<Minded>;

/** What becomes of a timer. What is undefined goes. */
type News = { readonly [Name in keyof Timer]?: Timer[Name] | undefined };

type Leaving = Extract<NextAct, { readonly act: 'return' | 'pool' }>;

const TRIES = 20;

/** Makes `mindWait`. */
export function createMindWait(
  deps: StoreDeps & { readonly bells: Bells<'tasks' | 'events' | 'crm' | 'pushes'> },
): MindWait {
  const { clock, bells } = deps;
  const chats = createChats(deps);
  const timers = createTimers(deps);
  const signsOfLife = createSignsOfLife(deps);
  const lastFold = createLastFold(deps);
  const readWait = createReadWait(deps);
  const setAway = createSetAway(deps);
  const teamNews = createTeamNews(deps);
  const ringEvents = createRingEvents(deps);
  const returnClient = createReturnClient(deps, (lane) => bells.ring(queueOfClients(lane), lane));

  /** Whether the act was done. If not, the chat has changed since it was read. */
  function mark(row: ChatRow, news: News, more: readonly Write[] = []): Promise<boolean> {
    const chat = waitIn(row);
    const of = waitOf(chat);
    return of === undefined ? Promise.resolve(false) : timers.set(row, withNews({ ...timerOf(chat), of }, news), more);
  }

  /** Takes away that the client leaves: they do not, or not then. */
  function unmark(row: ChatRow): Promise<boolean> {
    return mark(row, { leavesAt: undefined, back: undefined });
  }

  /** Marks that the heads are told (T7): their pages and browsers follow the mark. A subscribed receiver is told with it. */
  async function tell({ row, wait: { responsible } }: FoundWait, at: number): Promise<void> {
    const { account, key, chat } = row;
    const since = { waitsSince: chat.unansweredSince ?? at, at };
    const user = responsible === undefined ? {} : { responsibleUserId: responsible };
    const told = await teamNews.writesOf(account, [{ what: 'waiting', chat: key, ...since, ...user }]);
    if ((await mark(row, { told: at }, told)) && told.length > 0) await ringEvents(account, 'waiting');
  }

  /** Whether the chat is as it was read. */
  async function isStill({ key, version }: ChatRow): Promise<boolean> {
    return (await chats.get(key))?.version === version;
  }

  /** Does what is due. */
  async function act(found: FoundWait, due: NextAct): Promise<void> {
    const now = clock.now();
    switch (due.act) {
      case 'warn':
        await mark(found.row, { leavesAt: due.leavesAt });
        return;
      case 'guard':
        for (const other of found.beside) if (other.guardedAt === undefined) await timers.guard(other);
        return;
      case 'tell':
        return tell(found, now);
      case 'unmark':
        await unmark(found.row);
        return;
      case 'stand':
        await mark(found.row, { stands: true, leavesAt: undefined, back: undefined });
        return;
      case 'resume':
        await mark(found.row, { stands: undefined, resumedAt: now });
        return;
      case 'remind':
        await mark(found.row, { reminded: now });
        return;
      case 'return':
      case 'pool':
        return leave(found.row);
      case 'none':
        return;
      default:
        return due satisfies never;
    }
  }

  /**
   * Moves the client, if folds that read all of their facts find that nobody has answered: an answer may be stored, and not be
   * in its chat yet (I8).
   */
  async function leave({ key }: ChatRow): Promise<void> {
    const row = await lastFold(key);
    const before = row && (await readWait(row));
    const others = [...(before?.chats.values() ?? [])].filter((one) => isChat(one) && one.key !== key);
    for (const other of others) await lastFold(other.key);
    const found = row && others.length > 0 ? await readWait(row) : before;
    const due = found && nextAct(found.wait, found.now);
    if (found && (due?.act === 'return' || due?.act === 'pool') && due.at <= found.now) await move(found, due);
  }

  async function move(found: FoundWait, due: Leaving): Promise<void> {
    const { row, beside, chats: known, address, dispenser, wait, waitedMs } = found;
    const { responsible: from, client, channel } = wait;
    if (from === undefined || !channel.waiting) return;
    const seenAt = await signsOfLife.lastOf(row.account, from);
    const lapse = lapsed(lapseOf(dispenser, from), seenAt, clock.now());
    const done = await returnClient({
      ...{ row, beside, chats: known, address, dispenser, from, lapse, had: client.had },
      to: due.act === 'return' ? due.to : undefined,
      passedOver: due.act === 'return' ? due.to.passedOver : due.passedOver,
      waitedMinutes: Math.round(waitedMs / MINUTE_MS),
    });
    const lapsedIn = { account: row.account, channelId: row.channelId, userId: from };
    if (done === 'done') await setAway(lapsedIn, lapse, channel.waiting.awayAfterReturns);
  }

  return async function mindWait(chatKey) {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const row = await chats.get(chatKey);
      const found = row && (await readWait(row));
      const unchanged = row ? [chats.unchanged(row)] : [];
      if (row && !found && timerOf(waitIn(row))?.leavesAt !== undefined) {
        await unmark(row);
        continue;
      }
      if (!found) return { unchanged };
      const due = nextAct(found.wait, found.now);
      if (due.act !== 'none' && due.at <= found.now) await act(found, due);
      else if (due.at === undefined || (await isStill(row))) return { at: due.at, unchanged };
    }
    throw new ContentionError('A chat');
  };
}

function withNews(timer: Timer, news: News): Timer {
  const kept = Object.entries({ ...timer, ...news }).filter(([, value]) => value !== undefined);
  return { of: timer.of, ...Object.fromEntries(kept) };
}
