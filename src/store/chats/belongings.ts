import * as z from 'zod/mini';
import type { Belonging } from '#domain/ownership';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';

/** The responsible users of a chat, its contact, and whether its client waits. */
export interface ChatBelonging extends Belonging {
  readonly key: string;
  readonly isWaiting: boolean;
}

const itemSchema = z.object({
  c: z.string(),
  viewers: z.array(z.string()),
  contact: z.exactOptional(z.object({ id: z.string(), name: z.string() })),
  u: z.exactOptional(z.string()),
  /** Absent in a stub. */
  r: z.exactOptional(z.string()),
});

/** So many keys are asked for at once. */
const IN_A_BATCH = 100;
const BATCHES_AT_ONCE = 8;

/** Reads the belongings of many chats at half the price: a change of the last second may be missing. */
export function createBelongings(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'chats');

  /** Those of the chats that are there, in any order. */
  async function of(chatKeys: readonly string[]): Promise<ChatBelonging[]> {
    const batches: string[][] = [];
    for (let at = 0; at < chatKeys.length; at += IN_A_BATCH) batches.push(chatKeys.slice(at, at + IN_A_BATCH));
    const found: ChatBelonging[] = [];
    for (let at = 0; at < batches.length; at += BATCHES_AT_ONCE) {
      found.push(...(await Promise.all(batches.slice(at, at + BATCHES_AT_ONCE).map(batch))).flat());
    }
    return found;
  }

  async function batch(chatKeys: readonly string[]): Promise<ChatBelonging[]> {
    const keys = chatKeys.map((c) => ({ c, s: '-' }));
    const items = await batchGet(client, table, keys, { ProjectionExpression: 'c, viewers, contact, u, r' });
    return items.flatMap(readBelonging);
  }

  return { of };
}

function readBelonging(item: Record<string, unknown>): ChatBelonging[] {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('chats', { cause: parsed.error });
  const { c: key, viewers, contact, u, r } = parsed.data;
  return r === undefined ? [] : [{ key, viewers, ...(contact && { contact }), isWaiting: u !== undefined }];
}
