import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { filesOf, type NamedFile, withSameFiles } from '#domain/file';
import { type Content, chatOfKey } from '#domain/message';
import { createChannels } from '#store/accounts/channels';
import { createFacts } from '#store/chats/facts';
import { createOutcomes } from '#store/chats/outcomes';
import type { StoreDeps } from '#store/dynamo/client';
import { isOfSaid, type News, OUTCOME_PREFIX } from '#store/dynamo/stream';
import { createFiles } from '#store/files/files';

/** Wants the files of what was said, and rings for those that are not there yet. */
export type WantFiles = (news: readonly News[]) => Promise<void>;

const AT_ONCE = 16;

/**
 * Makes `wantFiles(news)`. Messages and edits have files; those of replies are ours and there already. Repeating it rings
 * once more for what is still wanted.
 */
export function createWantFiles(deps: StoreDeps & { readonly bells: Bells<'files'> }): WantFiles {
  const { bells } = deps;
  const channels = createChannels(deps);
  const readFiles = createReadFiles(deps);
  const files = createFiles(deps);

  return async function wantFiles(news) {
    await eachAtOnce(news.filter(mayHaveFiles), AT_ONCE, async ({ chatKey, key }) => {
      const found = await readFiles(chatKey, key);
      if (found.length === 0) return;
      const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
      for (const { file, name, part } of found) {
        const state = await files.putWanted({ file, name, account, chat: chatKey, fact: key, part });
        if (state === 'wanted') await bells.ring('files', file);
      }
    });
  };
}

/** The files of an item of `messages`, as they are now: of a message of the client or an echo, or of an edit. */
export type ReadFiles = (chatKey: string, key: string) => Promise<NamedFile[]>;

/** Makes `readFiles(chatKey, key)`. */
export function createReadFiles(deps: StoreDeps): ReadFiles {
  const facts = createFacts(deps);
  const { outcomes } = createOutcomes(deps);

  return async function readFiles(chatKey, key) {
    if (key.startsWith(OUTCOME_PREFIX)) {
      const id = key.slice(OUTCOME_PREFIX.length);
      const { edit, fact } = (await outcomes(chatKey, [id])).get(id) ?? {};
      if (!edit) return [];
      const before = fact === undefined ? undefined : await contentOf(chatKey, fact);
      return filesOf(before ? withSameFiles(edit.content, before) : edit.content);
    }
    const content = await contentOf(chatKey, key);
    return content ? filesOf(content) : [];
  };

  async function contentOf(chatKey: string, key: string): Promise<Content | undefined> {
    const fact = await facts.get(chatKey, key);
    return fact?.kind === 'client' || fact?.kind === 'echo' ? fact.content : undefined;
  }
}

function mayHaveFiles(news: News): boolean {
  return news.hasFiles !== false && isOfSaid(news);
}
