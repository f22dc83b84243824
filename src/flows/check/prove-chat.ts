import { type CheckCounts, type FaultKind, tallyOf } from '#domain/check';
import { chatOfKey } from '#domain/message';
import type { FoldChat } from '#flows/fold';
import type { Cipher } from '#store/accounts/cipher';
import { misplaced } from '#store/chats/chat-items';
import { isChat } from '#store/chats/chats';
import { createToldChats } from '#store/chats/told-chats';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks, placeTask } from '#store/outbox/tasks';
import { createLookAtChat, type Evidence, faultsOf } from './look-at-chat.ts';
import { createMendChat } from './mend-chat.ts';

/** Proves that a chat is as it has to be, and mends it if it is not. Answers with what was found. */
export type ProveChat = (chatKey: string) => Promise<CheckCounts>;

/** What is younger may be on its way: a bell rings within seconds, and a failed one comes back within this time. */
const UNDER_WAY_MS = 60_000;
/** Mending one thing may show another. */
const ROUNDS = 3;

/** Makes `proveChat`. Repeating it finds nothing more. */
export function createProveChat(deps: StoreDeps & { readonly cipher: Cipher }, foldChat: FoldChat): ProveChat {
  const { clock } = deps;
  const lookAtChat = createLookAtChat(deps);
  const mendChat = createMendChat(deps, foldChat);
  const toldChats = createToldChats(deps);
  const tasks = createTasks(deps);

  /** The faults that nobody is about to mend anyway: the fold of news, the task of changed roles, a change of a contact. */
  async function lasting(evidence: Evidence, faults: readonly FaultKind[]): Promise<FaultKind[]> {
    const { chatKey, items, address, contact, settings } = evidence;
    const since = clock.now() - UNDER_WAY_MS;
    const isOf = (...kinds: FaultKind[]) => faults.some((kind) => kinds.includes(kind));
    let left = [...faults];
    const without = (...kinds: FaultKind[]) => {
      left = left.filter((kind) => !kinds.includes(kind));
    };
    if (contact?.unsettled || (address.decidedAt ?? 0) > since) without('users', 'contact');
    if (isOf('state', 'no-row', 'unreported', 'place') && (await toldChats.lastChange(chatKey)) > since) {
      without('state', 'no-row', 'unreported', 'place');
    }
    const { row } = items;
    const isOnlyScope = row && isChat(row) && !misplaced(items, row, settings).isOwn;
    if (isOf('place') && isOnlyScope && (await tasks.isThere(placeTask(chatOfKey(chatKey).channelId))))
      without('place');
    return left;
  }

  /** What is wrong, also if one looks twice: another may have changed one thing between the reading of two. */
  async function look(chatKey: string): Promise<{ evidence: Evidence; faults: FaultKind[] } | undefined> {
    const first = await lookAtChat(chatKey);
    if (!first || faultsOf(first).length === 0) return undefined;
    const evidence = await lookAtChat(chatKey);
    if (!evidence || evidence.items.row?.version !== first.items.row?.version) return undefined;
    const twice = faultsOf(evidence).filter((kind) => faultsOf(first).includes(kind));
    return { evidence, faults: await lasting(evidence, twice) };
  }

  return async function proveChat(chatKey) {
    const found = new Set<FaultKind>();
    let left: readonly FaultKind[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const seen = await look(chatKey);
      left = seen?.faults ?? [];
      for (const kind of left) found.add(kind);
      if (!seen || left.length === 0 || round === ROUNDS) break;
      await mendChat(seen.evidence, left);
    }
    const mended = [...found].filter((kind) => !left.includes(kind));
    return { chats: 1, found: tallyOf(found), mended: tallyOf(mended) };
  };
}
