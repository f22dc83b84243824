import type { Clock } from '#clock';
import { addressKey } from '#domain/address';
import { FIRST_KEY } from '#domain/fact';
import { shortHash } from '#domain/hash';
import type { FoldChat } from '#flows/fold';
import type { Publish } from '#flows/publish';
import { describeError, type Log } from '#log';
import type { ChatRow } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import type { Watch } from '#store/chats/watch';
import { leastNews } from '#store/dynamo/stream';
import type { Tasks } from '#store/outbox/tasks';

/** A run on demand: the chats to count from their beginning, or the time (ISO 8601) from which on to look. */
export interface WatchEvent {
  readonly since?: string;
  readonly recount?: readonly string[];
}

export interface WatchChatsDeps {
  readonly facts: Pick<Facts, 'changedSince'>;
  readonly publish: Publish;
  readonly watch: Watch;
  readonly foldChat: FoldChat;
  readonly tasks: Pick<Tasks, 'put'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Longer than the time between a write and its bell can be. */
const OVERLAP_MS = 3_600_000;

/**
 * Runs once a day and on demand, as the proof that no bell was lost. Folds every chat in which something was written
 * since the last good run, and publishes what was written. A run is good when nothing failed.
 */
export function createHandler(deps: WatchChatsDeps) {
  const { facts, publish, watch, foldChat, tasks, clock, log } = deps;

  /** Runs `work` for each and returns the number of failures. A chat that fails holds up no other. */
  async function countFailed<T>(all: Iterable<T>, chatOf: (one: T) => string, work: (one: T) => Promise<unknown>) {
    let failed = 0;
    for (const one of all) {
      try {
        await work(one);
      } catch (error) {
        failed += 1;
        log({ watch: shortHash(chatOf(one)), outcome: 'failed', ...describeError(error) });
      }
    }
    return failed;
  }

  function foldAll(chats: Iterable<[string, string]>): Promise<number> {
    return countFailed(
      chats,
      ([chatKey]) => chatKey,
      async ([chatKey, newsFrom]) => {
        const row = await foldChat(chatKey, newsFrom);
        // The client may be new, or decided and not followed up. Folding a chat that is up to date rings no address, so
        // it takes a task.
        if (row && !row.contact) await tasks.put({ kind: 'assign', address: addressOf(row) });
      },
    );
  }

  return async (event: WatchEvent = {}): Promise<void> => {
    if (event.recount) {
      const failed = await foldAll(event.recount.map((chatKey) => [chatKey, FIRST_KEY]));
      log({ watch: 'recount', chats: event.recount.length, failed });
      return;
    }
    const startedAt = clock.now();
    const since = event.since === undefined ? await watch.lastGoodRun() : Date.parse(event.since);
    let failed = 0;
    let chats = 0;
    for await (const news of facts.changedSince(since - OVERLAP_MS)) {
      const least = leastNews(news);
      chats += least.size;
      failed += await foldAll(least);
      failed += await countFailed(
        news,
        ({ chatKey }) => chatKey,
        (one) => publish([one]),
      );
    }
    log({ watch: 'changed', chats, failed });
    if (failed === 0) await watch.recordGoodRun(startedAt);
  };
}

function addressOf({ account, chatType, chatId }: ChatRow): string {
  return addressKey(account, chatType, chatId);
}
