import type { Erased } from '#domain/erasure';
import { idOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import type { BlobStore } from '#media/blob-store';
import { type ChatItem, createEraseItems } from '#store/chats/erase-items';
import type { StoreDeps } from '#store/dynamo/client';
import { waitPlace } from '#store/waits/wait-item';
import { createWaits } from '#store/waits/waits';
import { createEraseFiles, type MayCome } from './erase-files.ts';

/** What became of messages may be told before them. So long it stays without its message. */
export const STRAY_MS = 60_000;

/** What has to go of a chat. */
export interface ToErase {
  readonly chat: string;
  /** Whether the fact of that key has to go. */
  readonly isErased: (key: string) => boolean;
  /** What became of messages that are not there goes if it was last changed before that (epoch ms). */
  readonly strayBefore: number;
}

/** What was erased of a chat. `left`: something has to go that did not before the time was up. */
export interface ErasedChat {
  readonly erased: Partial<Erased>;
  readonly mayCome: readonly MayCome[];
  /** How many facts stay. */
  readonly kept: number;
  readonly left: boolean;
}

/** Erases facts of a chat with their files, and what became of facts that are gone. It begins nothing after `until`. */
export type EraseChat = (chat: ToErase, until: number) => Promise<ErasedChat>;

/**
 * Makes `eraseChat`. Files and waits go before the facts that lead to them, so a run that was cut short is repeated: what is there is
 * what has to be done.
 */
export function createEraseChat(deps: StoreDeps & { readonly blobs: Pick<BlobStore, 'remove'> }): EraseChat {
  const { clock } = deps;
  const items = createEraseItems(deps);
  const eraseFiles = createEraseFiles(deps);
  const waits = createWaits(deps);

  return async function eraseChat({ chat, isErased, strayBefore }, until) {
    const kept = new Set<string>();
    const mayCome: MayCome[] = [];
    let [messages, files] = [0, 0];
    let left = false;

    async function erase(all: readonly ChatItem[]): Promise<void> {
      const found = await eraseFiles(all.flatMap((item) => item.files.map((file) => ({ file }))));
      files += found.erased;
      mayCome.push(...found.mayCome);
      const places = all.flatMap(({ key, waitsFrom }) =>
        waitsFrom === undefined ? [] : [waitPlace(chat, key, waitsFrom)],
      );
      await waits.erase(chatOfKey(chat).channelId, places);
      await items.remove(
        chat,
        all.map(({ key }) => key),
      );
    }

    for await (const page of items.factsOf(chat)) {
      for (const { key } of page) if (!isErased(key)) kept.add(key);
      const gone = page.filter(({ key }) => isErased(key));
      await erase(gone);
      messages += gone.length;
      left = clock.now() >= until;
      if (left) return { erased: { messages, files }, mayCome, kept: kept.size, left };
    }
    const ids = new Set([...kept].map(idOfKey));
    const isOfKept = ({ key, facts }: ChatItem) => ids.has(idBeside(key)) || facts.some((fact) => kept.has(fact));
    for await (const page of items.besideFacts(chat)) {
      await erase(page.filter((item) => !isOfKept(item) && item.changedAt < strayBefore));
      left = clock.now() >= until;
      if (left) break;
    }
    return { erased: { messages, files }, mayCome, kept: kept.size, left };
  };
}

/** The id of the message beside which the item of that key stands. */
function idBeside(key: string): string {
  return key.slice(key.indexOf('#') + 1);
}
