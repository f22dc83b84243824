import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { schemaOf } from '#schema-of';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';

/** What a user has written in a chat and not sent. */
export interface Draft {
  readonly text: string;
  readonly quotedMessageId?: string;
  /** When it was stored (epoch ms). */
  readonly savedAt: number;
}

/** The user of an account who writes a draft. */
export interface Drafter {
  readonly account: string;
  readonly userId: string;
}

export type Drafts = ReturnType<typeof createDrafts>;

const KEPT_SECONDS = 90 * 24 * 3600;

const draftSchema = schemaOf<Draft>()(
  z.object({ text: z.string(), quotedMessageId: z.exactOptional(z.string()), savedAt: z.number() }),
);

/** Drafts: one for each user and chat, kept for 90 days. The last one that is stored stays. */
export function createDrafts(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'pages');

  /** The user's draft in the chat as it is now. */
  async function get(drafter: Drafter, chatKey: string): Promise<Draft | undefined> {
    const Key = keyOf(drafter, chatKey);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && readDraft(Item);
  }

  /** Stores the draft in the place of the one before, and answers with it. */
  async function put(drafter: Drafter, chatKey: string, said: Omit<Draft, 'savedAt'>): Promise<Draft> {
    const draft = { ...said, savedAt: clock.now() };
    const ttl = Math.ceil(draft.savedAt / 1000) + KEPT_SECONDS;
    await client.send(new PutCommand({ TableName: table, Item: { ...keyOf(drafter, chatKey), ...draft, ttl } }));
    return draft;
  }

  /** Drops the draft, if there is one. */
  async function remove(drafter: Drafter, chatKey: string): Promise<void> {
    await client.send(new DeleteCommand({ TableName: table, Key: keyOf(drafter, chatKey) }));
  }

  return { get, put, remove };
}

function keyOf({ account, userId }: Drafter, chatKey: string) {
  return { p: `draft#${account}#${userId}`, s: chatKey };
}

function readDraft(item: Record<string, unknown>): Draft {
  const parsed = draftSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('pages', { cause: parsed.error });
  return parsed.data;
}
