import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { addressKey } from '#domain/address';
import { countedTogether, NOTHING_CHECKED } from '#domain/check';
import { FIRST_KEY } from '#domain/fact';
import type { BeginCheck } from '#flows/check/begin-check';
import type { ProveChat } from '#flows/check/prove-chat';
import { recountAll } from '#flows/check/recount-all';
import { proveAll, type RunCheck } from '#flows/check/run-check';
import { writeFailedChat } from '#flows/failed-chat';
import type { FoldChat } from '#flows/fold';
import type { Publish } from '#flows/publish';
import type { RecountWaits } from '#flows/statistics/recount-waits';
import type { ArmAll } from '#flows/timer/arm-all';
import { describeError, type Log, type NameInLog } from '#log';
import type { ChatRow } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import type { Watch } from '#store/chats/watch';
import { leastNews, type News } from '#store/dynamo/stream';
import type { Tasks } from '#store/outbox/tasks';

/** A bell of checks, or a run on demand: the chats to count from their beginning, or the time (ISO 8601) from which on to look. */
export interface WatchEvent {
  readonly since?: string;
  readonly recount?: readonly string[];
  /** Messages of the queue of checks, each the id of one. */
  readonly Records?: readonly { readonly body: string }[];
}

export interface WatchChatsDeps {
  readonly facts: Pick<Facts, 'changedSince'>;
  readonly publish: Publish;
  readonly watch: Watch;
  readonly foldChat: FoldChat;
  readonly tasks: Pick<Tasks, 'put'>;
  readonly beginCheck: BeginCheck;
  readonly proveChat: ProveChat;
  readonly runCheck: RunCheck;
  readonly recountWaits: RecountWaits;
  /** Finds the late clients that no look has found. */
  readonly armAll: ArmAll;
  readonly bells: Bells<'failedChats'>;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** Longer than the time between a write and its bell can be. */
const OVERLAP_MS = 3_600_000;
/** So many bad chats are remembered. If more failed, something was down, and the next run looks at all of it again. */
const MOST_LEFT = 100;
/** A check rings itself after this time, so that it is not ended in the middle of a page. */
const CHECK_MS = 120_000;

/**
 * Runs once a day and on demand, as the proof that no bell was lost. Folds every chat in which something was written
 * since the last good run, and publishes what was written. A chat that fails spoils neither this run nor the next: it
 * goes to the queue of failed chats, and the next run begins with what failed in this one. Then it proves what it has
 * folded, and has the daily check prove the rest.
 */
export function createHandler(deps: WatchChatsDeps) {
  const {
    facts,
    publish,
    watch,
    foldChat,
    tasks,
    beginCheck,
    proveChat,
    runCheck,
    recountWaits,
    armAll,
    bells,
    nameInLog,
    clock,
    log,
  } = deps;

  async function noteFailed(chatKey: string, error: unknown): Promise<void> {
    log({ watch: await nameInLog(chatKey), outcome: 'failed', ...describeError(error) });
  }

  /** Does `work` for each, and resolves to those for which it failed. One that fails holds up no other. */
  async function failedOf(all: readonly News[], work: (one: News) => Promise<unknown>): Promise<News[]> {
    const failed: News[] = [];
    for (const one of all) {
      try {
        await work(one);
      } catch (error) {
        failed.push(one);
        await noteFailed(one.chatKey, error);
      }
    }
    return failed;
  }

  async function follow({ chatKey, key }: News): Promise<void> {
    const row = await foldChat(chatKey, key);
    // The client may be new, or decided and not followed up. Folding a chat that is up to date rings no address, so it
    // takes a task.
    if (row && !row.contact) await tasks.put({ kind: 'assign', address: addressOf(row) });
  }

  async function recount(chatKeys: readonly string[]): Promise<void> {
    const failed = await failedOf(
      chatKeys.map((chatKey) => ({ chatKey, key: FIRST_KEY })),
      follow,
    );
    const all = chatKeys.map((chatKey) => ({ chatKey, key: FIRST_KEY }));
    const { found } = await recountAll(all, recountWaits, noteFailed);
    log({ watch: 'recount', chats: chatKeys.length, failed: failed.length, ...found });
  }

  return async (event: WatchEvent = {}): Promise<void> => {
    for (const { body } of event.Records ?? []) await runCheck(body, clock.now() + CHECK_MS);
    if (event.Records) return;
    if (event.recount) return recount(event.recount);
    const startedAt = clock.now();
    const { startedAt: lastAt, left: leftBefore } = await watch.lastGoodRun();
    const since = event.since === undefined ? lastAt : Date.parse(event.since);
    const left: News[] = [];
    let chats = 0;
    let proved = NOTHING_CHECKED;

    async function look(news: readonly News[]): Promise<void> {
      // The kind keeps the next run from publishing what only has to be folded.
      const least = [...leastNews(news)].map(([chatKey, key]) => ({ chatKey, key, kind: 'fold' }));
      const notFolded = await failedOf(least, follow);
      await failedOf(notFolded, ({ chatKey, key }) =>
        bells.ring('failedChats', writeFailedChat({ chatKey, newsFrom: key })),
      );
      const folded = least.filter(({ chatKey: key }) => !notFolded.some(({ chatKey }) => chatKey === key));
      const keys = folded.map(({ chatKey }) => chatKey);
      proved = countedTogether(proved, await proveAll(keys, proveChat, noteFailed));
      proved = countedTogether(proved, await recountAll(folded, recountWaits, noteFailed));
      const notPublished = await failedOf(news, (one) => publish([one]));
      chats += least.length;
      left.push(...notFolded, ...notPublished);
    }

    await look(leftBefore);
    for await (const news of facts.changedSince(since - OVERLAP_MS)) await look(news);
    log({ watch: 'changed', chats, failed: left.length });
    // A run on demand may begin later than the last good one, and then the next has to look at what lies between.
    const lookedUpTo = since <= lastAt ? startedAt : lastAt;
    if (left.length <= MOST_LEFT) await watch.recordGoodRun({ startedAt: lookedUpTo, left });
    if (event.since !== undefined) return;
    await armAll();
    await beginCheck('daily', proved);
  };
}

function addressOf({ account, chatType, chatId }: ChatRow): string {
  return addressKey(account, chatType, chatId);
}
