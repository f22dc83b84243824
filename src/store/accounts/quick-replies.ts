import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { QuickReply } from '#domain/quick-reply';
import { schemaOf } from '#schema-of';
import { createAudit } from '#store/accounts/audit';
import { accountPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, setting, writeIf } from '#store/dynamo/transaction';

/** The quick replies of an account, in their order. The version is 0 before the first change. */
export interface StoredQuickReplies {
  readonly quickReplies: readonly QuickReply[];
  readonly version: number;
}

const itemSchema = z.object({
  quickReplies: schemaOf<readonly QuickReply[]>()(
    z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
  ),
  ver: z.number(),
});

export type QuickReplies = ReturnType<typeof createQuickReplies>;

/** The quick replies of accounts: one item for each account. */
export function createQuickReplies(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');
  const audit = createAudit(deps);

  /** The account's quick replies as they are now. */
  async function of(account: string): Promise<StoredQuickReplies> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(account), ConsistentRead: true }));
    if (!Item) return { quickReplies: [], version: 0 };
    const parsed = itemSchema.safeParse(Item);
    if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
    return { quickReplies: parsed.data.quickReplies, version: parsed.data.ver };
  }

  /**
   * Replaces those of the version `before`, and records the act. Undefined if they are of another version by now: then
   * nothing was changed.
   */
  async function replace(
    account: string,
    before: number,
    quickReplies: readonly QuickReply[],
    actor: string,
  ): Promise<StoredQuickReplies | undefined> {
    const version = before + 1;
    const change = setting({ quickReplies, ver: version }, ifStill('ver', before));
    const act = { actor, act: 'quick-replies-changed', subject: account } as const;
    const update = { Update: { TableName: table, Key: keyOf(account), ...change } };
    return (await writeIf(client, [update, audit.write(account, act)])) ? { quickReplies, version } : undefined;
  }

  return { of, replace };
}

function keyOf(account: string) {
  return { p: accountPartition(account), s: 'quick-replies' };
}
