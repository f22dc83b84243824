import * as z from 'zod/mini';
import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { isAskedForNames } from '#domain/chat-types';
import { END_OF_KEYS, isHistory } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { profileOf } from '#domain/profile';
import { createChannels } from '#store/accounts/channels';
import { createAskedNames } from '#store/chats/asked-names';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';
import type { News } from '#store/dynamo/stream';

/** A message of a client whose name nobody told. */
export interface Nameless {
  readonly chatKey: string;
  readonly key: string;
}

/** Lets a messenger be asked for the names of clients, where its webhooks carry none. */
export type WantNames = (news: readonly News[]) => Promise<void>;

const AT_ONCE = 16;

/**
 * Makes `wantNames(news)`. It rings at most for what was not asked for a day and is not known. Repeating it may ring again,
 * and who is rung asks once.
 */
export function createWantNames(deps: StoreDeps & { readonly bells: Bells<'files'> }): WantNames {
  const { bells } = deps;
  const channels = createChannels(deps);
  const facts = createFacts(deps);
  const askedNames = createAskedNames(deps);

  return async function wantNames(news) {
    const byChat = Map.groupBy(news.filter(mayBeNameless), ({ chatKey }) => chatKey);
    await eachAtOnce([...byChat], AT_ONCE, async ([chatKey, found]) => {
      const { transport } = await channels.getKnown(chatOfKey(chatKey).channelId);
      if (!isAskedForNames(transport) || !(await askedNames.isDue(chatKey))) return;
      const key = await newestNameless(chatKey, found);
      if (key !== undefined) await bells.ring('files', writeNameless({ chatKey, key }));
    });
  };

  async function newestNameless(chatKey: string, found: readonly News[]): Promise<string | undefined> {
    for (const key of found
      .map((one) => one.key)
      .toSorted()
      .reverse()) {
      const fact = await facts.get(chatKey, key);
      if (fact?.kind === 'client' && !isHistory(fact) && !profileOf(fact)) return key;
    }
    return undefined;
  }
}

/** What has no kind may be anything. */
function mayBeNameless({ key, kind, history }: News): boolean {
  return key < END_OF_KEYS && !history && (kind === undefined || kind === 'client');
}

const schema = z.object({ chatKey: z.string(), key: z.string() });

/** The body of its message in the queue of files. Ids of files, which are the other messages of it, begin otherwise. */
export function writeNameless({ chatKey, key }: Nameless): string {
  return JSON.stringify({ chatKey, key } satisfies z.infer<typeof schema>);
}

/** What such a body holds; undefined for another one. */
export function readNameless(body: string): Nameless | undefined {
  return body.startsWith('{') ? schema.parse(JSON.parse(body)) : undefined;
}
