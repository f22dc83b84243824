import type { Bells } from '#bells';
import { type Fact, FIRST_KEY, factKey, idOfKey, isOwnEcho, isSaid } from '#domain/fact';
import { filesOf } from '#domain/file';
import { type Forgotten, forgotten } from '#domain/retention';
import { writeFailedChat } from '#flows/failed-chat';
import type { BlobStore } from '#media/blob-store';
import { createChatRemoval } from '#store/chats/chat-removal';
import { type ChatRow, createChats } from '#store/chats/chats';
import { createOldFacts, type StoredFacts } from '#store/chats/old-facts';
import type { StoreDeps } from '#store/dynamo/client';
import { createFiles } from '#store/files/files';

/** How much of a chat was forgotten. */
export interface ForgottenCount {
  readonly messages: number;
  readonly files: number;
  readonly chats: number;
}

/** Forgets what is old of a chat and that nothing needs: what was stored before that time (epoch ms). Repeating it does no harm. */
export type ForgetChat = (chatKey: string, before: number) => Promise<ForgottenCount>;

export interface ForgetChatDeps extends StoreDeps {
  readonly blobs: Pick<BlobStore, 'remove'>;
  readonly bells: Bells<'failedChats'>;
}

const NOTHING: ForgottenCount = { messages: 0, files: 0, chats: 0 };
/** A transaction has 100 items. A fact may take four of them, and the answer that closes it one. */
const AT_ONCE = 19;
/** How often a chat is looked at anew, if something has changed in it meanwhile. Tomorrow is another day. */
const TRIES = 3;

/**
 * Makes `forgetChat`. What `src/domain/retention.ts` decides goes in transactions, each on condition that its facts, and
 * the answers by which they are closed, are as they were read. So a message that is opened again meanwhile stays.
 */
export function createForgetChat(deps: ForgetChatDeps): ForgetChat {
  const { blobs, bells } = deps;
  const stored = createOldFacts(deps);
  const chats = createChats(deps);
  const files = createFiles(deps);
  const removal = createChatRemoval(deps);

  return async function forgetChat(chatKey, before) {
    const total = { ...NOTHING };
    const oldest = await stored.oldestKey(chatKey);
    // Without any fact an earlier run was cut short.
    if (oldest !== undefined && oldest >= factKey(Math.max(0, before), '')) return total;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const row = await chats.get(chatKey);
      if (!row) return total;
      const read = await stored.read(chatKey);
      const old = forgotten(read.facts, before, heldIn(read, row));
      const isWhole = old.isWhole && read.isWhole;
      // Something may be said meanwhile, and this run may end: then the chat has to be counted anew.
      if (isWhole) await bells.ring('failedChats', writeFailedChat({ chatKey, newsFrom: FIRST_KEY }));
      const done = await removeAll(read, old, total);
      if (done && (!isWhole || (await removal.remove(row)))) return { ...total, chats: isWhole ? 1 : 0 };
    }
    return total;
  };

  /** Removes what is old, piece by piece, and counts it. False if something has changed since it was read. */
  async function removeAll(
    read: StoredFacts,
    { facts, closedBy }: Forgotten,
    total: { messages: number; files: number },
  ): Promise<boolean> {
    for (let at = 0; at < facts.length; at += AT_ONCE) {
      const piece = facts.slice(at, at + AT_ONCE);
      // Their rows go after the facts: without these nobody would find them again.
      const named = await Promise.all(piece.flatMap((fact) => fileIdsOf(read, fact)).map((file) => files.get(file)));
      const rows = named.filter((row) => row !== undefined);
      for (const { key } of rows) if (key !== undefined) await blobs.remove(key);
      const unless = piece.flatMap(({ key }) => closedBy.get(key) ?? []);
      if (!(await stored.remove(read, piece, unless))) return false;
      for (const { file } of rows) await files.remove(file);
      total.messages += piece.filter(isSaid).length;
      total.files += rows.length;
    }
    return true;
  }
}

/** The files of a message, and of what an edit made of it. */
function fileIdsOf({ outcomes }: StoredFacts, fact: Fact): string[] {
  if (!isSaid(fact) || isOwnEcho(fact)) return [];
  const edit = outcomes.get(idOfKey(fact.key))?.edit;
  const all = [fact.content, ...(edit ? [edit.content] : [])].flatMap(filesOf);
  return [...new Set(all.map(({ file }) => file))];
}

/** What has to stay: replies that have not left, and what the row shows, if not all of the chat was read. */
function heldIn({ outcomes, isWhole }: StoredFacts, { chat }: ChatRow): (fact: Fact) => boolean {
  const { lastKey, wordKey, client, profile, noReplyNeeded } = chat;
  const shown = new Set(isWhole ? [] : [lastKey, wordKey, client?.key, profile?.key, noReplyNeeded?.key]);
  return (fact) => {
    if (shown.has(fact.key)) return true;
    if (fact.kind !== 'reply') return false;
    const { status, attempt } = outcomes.get(idOfKey(fact.key)) ?? {};
    return status === undefined || attempt !== fact.attempt;
  };
}
