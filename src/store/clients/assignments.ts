import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ASSIGNMENT_RULES } from '#domain/assignment';
import { timeKey } from '#domain/time-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError, unlessRefused } from '#store/dynamo/errors';
import type { Write } from '#store/dynamo/transaction';

const assignmentSchema = z.object({
  assignmentId: z.string(),
  at: z.number(),
  channelId: z.string(),
  chatType: z.string(),
  chatId: z.string(),
  contactId: z.nullable(z.string()),
  userId: z.string(),
  rule: z.enum(ASSIGNMENT_RULES),
  place: z.nullable(z.number()),
  passedOver: z.array(z.object({ userId: z.string(), reason: z.string() })),
});

/** Why somebody became responsible (D9): written once, never changed. `at` is in epoch milliseconds. */
export type Assignment = z.infer<typeof assignmentSchema>;

export type Assignments = ReturnType<typeof createAssignments>;

/** The records of assignments. */
export function createAssignments(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'assignments');

  /** The write that adds the record; one that is there stays as it is, and refuses the write. */
  function write(account: string, assignment: Assignment): Write {
    return { Put: putOf(account, assignment) };
  }

  function putOf(account: string, assignment: Assignment) {
    return {
      TableName: table,
      Item: { a: account, s: placeOf(assignment), ...assignment },
      ConditionExpression: 'attribute_not_exists(s)',
    };
  }

  /** Adds the record if it is not there yet. */
  async function add(account: string, assignment: Assignment): Promise<void> {
    await unlessRefused(client.send(new PutCommand(putOf(account, assignment))));
  }

  /**
   * The account's records, the newest first, behind the place `after`. Of `limit` records those of the channel, where
   * one is named: that may be none. Without `next` there are no more.
   */
  async function page(
    account: string,
    limit: number,
    { channelId, after }: { readonly channelId?: string | undefined; readonly after?: string | undefined } = {},
  ): Promise<{ assignments: Assignment[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `a = :account${after === undefined ? '' : ' AND s < :after'}`,
        ...(channelId !== undefined && { FilterExpression: 'channelId = :channel' }),
        ExpressionAttributeValues: {
          ':account': account,
          ...(after !== undefined && { ':after': after }),
          ...(channelId !== undefined && { ':channel': channelId }),
        },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    return { assignments: Items.map(readAssignment), ...(LastEvaluatedKey && { next: String(LastEvaluatedKey.s) }) };
  }

  return { write, add, page };
}

/** Where a record stands among its account's: by its time. */
function placeOf({ at, assignmentId }: Pick<Assignment, 'at' | 'assignmentId'>): string {
  return timeKey(at, assignmentId);
}

function readAssignment(item: Record<string, unknown>): Assignment {
  const parsed = assignmentSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('assignments', { cause: parsed.error });
  return parsed.data;
}
