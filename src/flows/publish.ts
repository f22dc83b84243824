import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { END_OF_KEYS, isHistory, isPress, PRESSED } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createAddEvents } from '#flows/add-events';
import { createStillTold } from '#flows/erased/still-told';
import { createFollowReceipts } from '#flows/follow-receipts';
import { createTellLane } from '#flows/tell-lane';
import { createWantFiles } from '#flows/want-files';
import { createWantNames } from '#flows/want-names';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createFacts } from '#store/chats/facts';
import { createWaitingReplies } from '#store/chats/waiting-replies';
import type { StoreDeps } from '#store/dynamo/client';
import type { News } from '#store/dynamo/stream';
import { type LaneQueue, pressLane, queueOf, replyLane } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';

/**
 * Puts into the outbox what has to leave because of facts and of what became of them, and rings its lanes. Before that it
 * refuses the replies that were not delivered.
 */
export type Publish = (news: readonly News[]) => Promise<void>;

/** What was added to a lane: the sort key of a row or, of a reply, that of its fact. */
interface Added {
  readonly lane: string;
  readonly key: string;
}

const AT_ONCE = 16;

/**
 * Makes `publish(news)`: for the stream, and for the watchdog. A lane is announced once, when everything is in it, and
 * rung at most once. Repeating it adds nothing.
 */
export function createPublish(
  deps: StoreDeps & { readonly bells: Bells<LaneQueue | 'files' | 'erasures'>; readonly cipher: Cipher },
): Publish {
  const facts = createFacts(deps);
  const channels = createChannels(deps);
  const replies = createWaitingReplies(deps);
  const rows = createRows(deps);
  const addEvents = createAddEvents(deps);
  const followReceipts = createFollowReceipts(deps);
  const tellLane = createTellLane(deps, queueOf);
  const wantFiles = createWantFiles(deps);
  const wantNames = createWantNames(deps);
  const stillTold = createStillTold(deps);

  /** What leaves for the client. A reply has no row: the fact waits, until it is known what became of it. */
  async function add({ chatKey, key }: News): Promise<Added | undefined> {
    const fact = await facts.get(chatKey, key);
    if (fact?.kind === 'reply') {
      return (await replies.isWaiting(chatKey, fact)) ? { lane: replyLane(chatKey), key } : undefined;
    }
    if (!fact || !isPress(fact) || isHistory(fact)) return undefined;
    const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
    const lane = pressLane(chatKey);
    const { storedAt } = fact;
    const added = await rows.add({ kind: 'press', lane, event: key, account, chat: chatKey, storedAt });
    return added === 'ended' ? undefined : { lane, key };
  }

  async function addAll(news: readonly News[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const added: Added[] = [];
    await eachAtOnce(news.filter(mayLeave), AT_ONCE, async (one) => {
      const found = await add(one);
      if (found) added.push(found);
    });
    const byLane = Map.groupBy(added, ({ lane }) => lane);
    return new Map([...byLane].map(([lane, ofLane]) => [lane, ofLane.map(({ key }) => key)]));
  }

  async function tellAll(added: ReadonlyMap<string, readonly string[]>): Promise<void> {
    await eachAtOnce([...added], AT_ONCE, ([lane, keys]) => tellLane(lane, keys));
  }

  return async function publish(all) {
    const news = await stillTold(all);
    // Replies do not wait for what a receiver is told.
    await tellAll(await addAll(news));
    await followReceipts(news);
    await tellAll(await addEvents(news));
    await wantFiles(news);
    await wantNames(news);
  };
}

/** The watchdog does not know the kind of a client message, and a press that only it finds is too old anyway. */
function mayLeave({ key, kind, contentKind, history }: News): boolean {
  if (key >= END_OF_KEYS || history) return false;
  return kind === undefined || kind === 'reply' || (kind === 'client' && contentKind === PRESSED);
}
