import { GetCommand, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ASSIGNMENT_RULES } from '#domain/assignment';
import { beginOfTime, timeKey } from '#domain/time-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError, unlessRefused } from '#store/dynamo/errors';
import { queryPages } from '#store/dynamo/pages';
import { transact, type Write } from '#store/dynamo/transaction';

const assignmentSchema = z.object({
  assignmentId: z.string(),
  at: z.number(),
  channelId: z.string(),
  chatType: z.string(),
  chatId: z.string(),
  contactId: z.nullable(z.string()),
  /** Null: the client fell into the pool. */
  userId: z.nullable(z.string()),
  rule: z.enum(ASSIGNMENT_RULES),
  place: z.nullable(z.number()),
  passedOver: z.array(z.object({ userId: z.string(), reason: z.string() })),
  /** Of a return: the user who did not answer, and for how many minutes. */
  from: z.exactOptional(z.string()),
  waitedMinutes: z.exactOptional(z.number()),
  /** Of a reply that took a client out of the pool (D8). Somebody had the client before, so they are no new client. */
  known: z.exactOptional(z.literal(true)),
});

/** Why a user became responsible (D9). It is written once and never changed. `at` is in epoch milliseconds. */
export type Assignment = z.infer<typeof assignmentSchema>;

/** Which records are wanted: those for which all of this holds. */
export type WantedAssignments = { readonly [F in 'channelId' | 'userId' | 'rule']?: Assignment[F] | undefined };

/** As many as one transaction takes. */
const REMOVED_AT_ONCE = 100;

export type Assignments = ReturnType<typeof createAssignments>;

/** The records of assignments. */
export function createAssignments(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'assignments');

  /** The write that adds the record. It is refused if the record is there. */
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

  /**
   * The writes that add a record which no address tells of, also to the records of its person. What Konvert decided
   * stands in the address itself.
   */
  function writesFor(account: string, addressKey: string, assignment: Assignment): Write[] {
    const Item = { a: personPartition(addressKey), s: placeOf(assignment), ...assignment };
    return [write(account, assignment), { Put: { TableName: table, Item } }];
  }

  /** The account's record of that time and id, as it is now. */
  async function get(account: string, place: Pick<Assignment, 'at' | 'assignmentId'>): Promise<Assignment | undefined> {
    const Key = { a: account, s: placeOf(place) };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && readAssignment(Item);
  }

  /** The newest records of the person, the newest first. */
  async function ofPerson(addressKey: string, limit: number): Promise<Assignment[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'a = :person',
        ExpressionAttributeValues: { ':person': personPartition(addressKey) },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    return Items.map(readAssignment);
  }

  /** Adds the record if it is not there yet. */
  async function add(account: string, assignment: Assignment): Promise<void> {
    await unlessRefused(client.send(new PutCommand(putOf(account, assignment))));
  }

  /**
   * At most `limit` of the account's records that are wanted, the newest first, behind the place `after`, and the place to
   * go on behind. It reads `looks` records, so there may be none and more behind. Without `next` there are no more.
   */
  async function page(
    account: string,
    limit: number,
    { channelId, userId, rule }: WantedAssignments = {},
    { after, looks = limit }: { readonly after?: string | undefined; readonly looks?: number } = {},
  ): Promise<{ assignments: Assignment[]; next?: string }> {
    const wanted = Object.entries({ channelId, userId, rule }).filter(([, value]) => value !== undefined);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `a = :account${after === undefined ? '' : ' AND s < :after'}`,
        ...(wanted.length > 0 && {
          FilterExpression: wanted.map(([name]) => `#${name} = :${name}`).join(' AND '),
          ExpressionAttributeNames: Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
        }),
        ExpressionAttributeValues: {
          ':account': account,
          ...(after !== undefined && { ':after': after }),
          ...Object.fromEntries(wanted.map(([name, value]) => [`:${name}`, value])),
        },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: looks,
      }),
    );
    const assignments = Items.slice(0, limit).map(readAssignment);
    const last = Items.length > limit ? Items[limit - 1] : LastEvaluatedKey;
    return { assignments, ...(last && { next: String(last.s) }) };
  }

  /** The account's records from one time to before another (epoch ms), page by page, the oldest first. One of the last second may be missing. */
  async function* between(account: string, from: number, to: number): AsyncGenerator<Assignment[]> {
    const pages = queryPages(client, {
      TableName: table,
      KeyConditionExpression: 'a = :account AND s BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':account': account,
        ':from': beginOfTime(Math.max(0, from)),
        ':to': beginOfTime(Math.max(0, to)),
      },
    });
    for await (const items of pages) yield items.map(readAssignment);
  }

  /** Removes the records of the person. Those of the account stay until they are old. */
  async function removePerson(addressKey: string): Promise<void> {
    await removeAll({
      KeyConditionExpression: 'a = :partition',
      ExpressionAttributeValues: { ':partition': personPartition(addressKey) },
    });
  }

  /** Removes the account's records from before that time (epoch ms), until `until`. Answers whether all are gone. */
  async function removeBefore(account: string, before: number, until: number): Promise<boolean> {
    const old = {
      KeyConditionExpression: 'a = :partition AND s < :before',
      ExpressionAttributeValues: { ':partition': account, ':before': timeKey(Math.max(0, before), '') },
    };
    return removeAll(old, until);
  }

  async function removeAll(query: Omit<QueryCommandInput, 'TableName'>, until = Infinity): Promise<boolean> {
    const keys = { TableName: table, ProjectionExpression: 'a, s', ConsistentRead: true, Limit: REMOVED_AT_ONCE };
    for await (const items of queryPages(client, { ...keys, ...query })) {
      if (clock.now() >= until) return false;
      await transact(
        client,
        items.map(({ a, s }) => ({ Delete: { TableName: table, Key: { a, s } } })),
      );
    }
    return true;
  }

  return { write, writesFor, get, ofPerson, add, page, between, removePerson, removeBefore };
}

/** No id of an account is `person`. */
function personPartition(addressKey: string): string {
  return `person#${addressKey}`;
}

/** The place of a record among those of its account: by its time. */
function placeOf({ at, assignmentId }: Pick<Assignment, 'at' | 'assignmentId'>): string {
  return timeKey(at, assignmentId);
}

function readAssignment(item: Record<string, unknown>): Assignment {
  const parsed = assignmentSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('assignments', { cause: parsed.error });
  return parsed.data;
}
