import { gunzipSync, gzipSync } from 'node:zlib';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { DayCell } from '#domain/day-cells';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError, unlessRefused } from '#store/dynamo/errors';
import { daysOf, KEPT_DAY_MS } from './day-mark.ts';

/** What was counted of a day in UTC of a channel. Without `cells` it has to be counted anew. */
export interface DayCount {
  /** Changes whenever a wait of the day changes after it. */
  readonly mark: string;
  readonly cells?: readonly DayCell[];
  /** The name of the schedule by which working time was counted; empty without one. */
  readonly schedule: string;
}

const buckets = z.array(z.tuple([z.number(), z.number()]));
const cellsSchema = z.array(
  z.object({
    quarter: z.number(),
    author: z.union([
      z.object({ by: z.literal('user'), userId: z.string() }),
      z.object({ by: z.enum(['crm', 'phone']) }),
    ]),
    answered: z.number(),
    noReplyNeeded: z.number(),
    auto: z.number(),
    times: z.object({ replyTime: buckets, inHours: buckets, firstReply: buckets, ownTime: buckets }),
  }),
);

const itemSchema = z.object({
  s: z.string(),
  mark: z.string(),
  cells: z.exactOptional(z.string()),
  schedule: z._default(z.string(), ''),
});

/** An item holds 400 KB. A day that does not fit is counted at each question. */
const LONGEST = 350_000;

export type DayCounts = ReturnType<typeof createDayCounts>;

/** What was counted of days that are over. It is a cache: what is not there is counted from the rows of waits. */
export function createDayCounts(deps: StoreDeps) {
  const { client, newId } = deps;
  const table = tableName(deps, 'waits');

  /** What was counted of the days, as it is now. */
  async function read(channelId: string, days: readonly string[]): Promise<Map<string, DayCount>> {
    const items = await batchGet(
      client,
      table,
      days.map((s) => ({ ch: daysOf(channelId), s })),
    );
    return new Map(items.map(readItem));
  }

  /** Stores what was counted of a day, unless it has changed since `known` was read: before the rows were. */
  async function put(
    channelId: string,
    day: string,
    { cells, schedule }: Required<Omit<DayCount, 'mark'>>,
    known: DayCount | undefined,
  ): Promise<void> {
    const packed = gzipSync(JSON.stringify(cells)).toString('base64');
    if (packed.length > LONGEST) return;
    const mark = known?.mark ?? newId();
    const ttl = Math.ceil((Date.parse(day) + KEPT_DAY_MS) / 1000);
    const Item = { ch: daysOf(channelId), s: day, mark, cells: packed, schedule, ttl };
    const condition = known
      ? { ConditionExpression: 'mark = :mark', ExpressionAttributeValues: { ':mark': mark } }
      : { ConditionExpression: 'attribute_not_exists(s)' };
    await unlessRefused(client.send(new PutCommand({ TableName: table, Item, ...condition })));
  }

  return { read, put };
}

function readItem(item: Record<string, unknown>): [day: string, count: DayCount] {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('waits', { cause: parsed.error });
  const { s, mark, cells, schedule } = parsed.data;
  return [s, { mark, schedule, ...(cells !== undefined && { cells: unpacked(cells) }) }];
}

function unpacked(cells: string): DayCell[] {
  return cellsSchema.parse(JSON.parse(gunzipSync(Buffer.from(cells, 'base64')).toString()));
}
