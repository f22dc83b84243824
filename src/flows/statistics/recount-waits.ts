import { FIRST_KEY } from '#domain/fact';
import { isCountedSame, type Recounted, recountedWaits } from '#domain/recounted-waits';
import { DAY_MS } from '#domain/schedule';
import { beginOfTime } from '#domain/time-key';
import { createOptions } from '#store/accounts/account-options';
import { type ChatRow, createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';
import { KEPT_MS, waitPlace } from '#store/waits/wait-item';
import { createWaits, type WaitRow } from '#store/waits/waits';
import { rowOf } from './note-waits.ts';

/** How many rows of waits were wrong, and are right now. */
export interface RecountedRows {
  readonly put: number;
  readonly removed: number;
}

/** Counts the waits of a chat from all its facts, and mends their rows: from the first that the fact of that key may change. */
export type RecountWaits = (chatKey: string, from: string) => Promise<RecountedRows>;

const NONE: RecountedRows = { put: 0, removed: 0 };

/**
 * Makes `recountWaits`. It looks only for rows of messages that are there. So a wait that was counted stays when the
 * account forgets what was said (U10).
 */
export function createRecountWaits(deps: StoreDeps): RecountWaits {
  const { clock } = deps;
  const chats = createChats(deps);
  const facts = createFacts(deps);
  const options = createOptions(deps);
  const waits = createWaits(deps);

  return async function recountWaits(chatKey, from) {
    // The chat is read first, as in a fold: a later version of it knows better.
    const row = await chats.get(chatKey);
    if (!row) return NONE;
    const { retentionDays } = await options.optionsOf(row.account);
    const read = await facts.readFrom(chatKey, row.begin === undefined ? FIRST_KEY : beginOfTime(row.begin));
    const keptMs = Math.min(KEPT_MS, (retentionDays ?? Number.POSITIVE_INFINITY) * DAY_MS);
    const found = recountedWaits(read, from).filter(({ startedAt }) => startedAt > clock.now() - keptMs);
    if (found.length === 0) return NONE;
    const stored = await waits.at(row.channelId, found.map(placeIn(chatKey)));
    const right = found.flatMap((one) => rightRow(row, one, stored.get(placeIn(chatKey)(one)), retentionDays !== null));
    const places = new Set(right.map(({ place }) => place));
    const wrong = right.filter((one) => !isStored(one, stored.get(one.place)));
    const gone = [...stored.values()].filter(({ place }) => !places.has(place));
    await waits.put(wrong);
    await waits.remove(gone, row.version);
    return { put: wrong.length, removed: gone.length };
  };
}

function placeIn(chatKey: string): (one: Recounted) => string {
  return ({ key, startedAt }) => waitPlace(chatKey, key, startedAt);
}

/** The row of the wait, if one begins with the message. Who was responsible stands in no fact, and so does what was forgotten. */
function rightRow(chat: ChatRow, { wait }: Recounted, stored: WaitRow | undefined, isForgetful: boolean): WaitRow[] {
  if (!wait) return [];
  const row = rowOf(chat, wait);
  const isFirst = isForgetful && stored ? stored.isFirst : row.isFirst;
  return [{ ...row, isFirst, ...(stored?.responsible && { responsible: stored.responsible }) }];
}

function isStored(row: WaitRow, stored: WaitRow | undefined): boolean {
  return stored !== undefined && isCountedSame(row, stored);
}
