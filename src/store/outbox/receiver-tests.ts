import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type AnsweredCall, MOST_ANSWERS } from '#domain/last-answers';
import { timeKey } from '#domain/time-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';

/** How long a test call is remembered. */
const KEPT_MS = 7 * 86_400_000;

const end = z.union([z.object({ status: z.number() }), z.object({ reason: z.string() })]);
const schema = z.object({ at: z.number(), tookMs: z.number(), end });

export type ReceiverTests = ReturnType<typeof createReceiverTests>;

/** The test calls of receivers. They are rows of the outbox by name, and wait for nothing. */
export function createReceiverTests(deps: StoreDeps) {
  const { client, newId } = deps;
  const table = tableName(deps, 'outbox');

  /** Remembers what a receiver did with a test. */
  async function add(account: string, { at, tookMs, end }: Omit<AnsweredCall, 'events'>): Promise<void> {
    const ttl = Math.ceil((at + KEPT_MS) / 1000);
    const Item = { l: partitionOf(account), e: timeKey(at, newId()), at, tookMs, end, ttl };
    await client.send(new PutCommand({ TableName: table, Item }));
  }

  /** The last test calls of the account's receiver, the newest first. */
  async function last(account: string): Promise<AnsweredCall[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'l = :tests',
        ExpressionAttributeValues: { ':tests': partitionOf(account) },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: MOST_ANSWERS,
      }),
    );
    return Items.map(readTest);
  }

  return { add, last };
}

function partitionOf(account: string): string {
  return `tests#${account}`;
}

function readTest(item: Record<string, unknown>): AnsweredCall {
  const parsed = schema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('outbox', { cause: parsed.error });
  return { ...parsed.data, events: 0 };
}
