import { addressOfChat } from '#domain/address';
import { FIRST_KEY } from '#domain/fact';
import { learnWaits, type WaitsFold } from '#domain/fold-waits';
import type { EndedWait } from '#domain/waits';
import type { ChatRow } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import { waitPlace } from '#store/waits/wait-item';
import { createWaits, type WaitRow } from '#store/waits/waits';

/** Notes the waits that a fold has seen end, after it has saved the chat. */
export type NoteWaits = (saved: ChatRow, fold: WaitsFold) => Promise<void>;

/** Has the waits of a chat counted anew later, from those that the fact of that key may change. */
export type RecountLater = (chatKey: string, from: string) => Promise<void>;

/**
 * Makes `noteWaits`. A fold in which no wait has ended reads and writes nothing here. One that ends between the save and
 * this note leaves it to the night.
 */
export function createNoteWaits(deps: StoreDeps, recountLater: RecountLater): NoteWaits {
  const addresses = createAddresses(deps);
  const waits = createWaits(deps);

  /** The responsible user, and since when: an answer of theirs has a time of its own. */
  async function responsibleFor({ account, key, viewers }: ChatRow): Promise<WaitRow['responsible']> {
    const [userId] = viewers;
    if (userId === undefined) return undefined;
    const [address] = await addresses.getAll([addressOfChat(account, key)]);
    const since = address?.since ?? address?.decidedAt;
    return since === undefined ? undefined : { userId, since };
  }

  return async function noteWaits(saved, fold) {
    const { ended, isStale } = learnWaits(fold);
    if (isStale) return recountLater(saved.key, fold.newsFrom ?? FIRST_KEY);
    if (ended.length === 0) return;
    const responsible = await responsibleFor(saved);
    await waits.put(ended.map((wait) => ({ ...rowOf(saved, wait), ...ownOf(wait, responsible) })));
  };
}

/** Who takes a client by the answer itself has not let them wait. */
const TAKEN_MS = 1_000;

function ownOf({ end }: EndedWait, responsible: WaitRow['responsible']): Pick<WaitRow, 'responsible'> {
  return responsible && responsible.since + TAKEN_MS < end.at ? { responsible } : {};
}

/** The row of a wait, without what no fact tells. */
export function rowOf({ channelId, key, version }: ChatRow, wait: EndedWait): WaitRow {
  const { startedAt, end, isFirst } = wait;
  const place = waitPlace(key, wait.key, startedAt);
  return { channelId, place, startedAt, endedAt: end.at, outcome: end.outcome, author: end.author, isFirst, version };
}
