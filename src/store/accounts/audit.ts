import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ACTS, type AccountAct, type Act, type AuditEntry } from '#domain/audit';
import { timeKey } from '#domain/time-key';
import { schemaOf } from '#schema-of';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { type Write, writeIf } from '#store/dynamo/transaction';

const entrySchema = schemaOf<AuditEntry>()(
  z.object({ at: z.number(), actor: z.string(), act: z.enum(ACTS), subject: z.string() }),
);

export type Audit = ReturnType<typeof createAudit>;

/** The logs of administrative acts: one for each account, and one of the operator. Nothing in them is ever changed. */
export function createAudit(deps: StoreDeps) {
  const { client, clock, newId } = deps;
  const table = tableName(deps, 'accounts');

  /** The write that adds the act to that log. It goes into one transaction with the act itself. */
  function write(log: string, act: Act): Write {
    const at = clock.now();
    const Item = { p: partitionOf(log), s: timeKey(at, newId()), at, ...act };
    return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(s)' } };
  }

  /** Records an act that no write is part of: something was begun that goes on by itself. */
  async function record({ account, ...act }: AccountAct): Promise<void> {
    await writeIf(client, [write(account, act)]);
  }

  /** The writes for an act in an account, if it is one. */
  function writesOf(act: AccountAct | undefined): Write[] {
    if (!act) return [];
    const { account, ...done } = act;
    return [write(account, done)];
  }

  /** The entries of that log, the newest first, behind the place `after`. Without `next` there are no more. */
  async function page(
    log: string,
    limit: number,
    after: string | undefined,
  ): Promise<{ entries: AuditEntry[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `p = :log${after === undefined ? '' : ' AND s < :after'}`,
        ExpressionAttributeValues: { ':log': partitionOf(log), ...(after !== undefined && { ':after': after }) },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    return { entries: Items.map(readEntry), ...(LastEvaluatedKey && { next: String(LastEvaluatedKey.s) }) };
  }

  return { write, record, writesOf, page };
}

function partitionOf(log: string): string {
  return `audit#${log}`;
}

function readEntry(item: Record<string, unknown>): AuditEntry {
  const parsed = entrySchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return parsed.data;
}
