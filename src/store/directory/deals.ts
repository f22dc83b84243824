import { isDeepStrictEqual } from 'node:util';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Deal } from '#domain/directory';
import { schemaOf } from '#schema-of';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { queryPages } from '#store/dynamo/pages';
import { ifStill, type Write } from '#store/dynamo/transaction';
import { createCardPages } from './card-pages.ts';

const keySchema = z.object({ s: z.string(), ver: z.string(), listed: z.exactOptional(z.literal(true)) });

const dealSchema = schemaOf<Omit<Deal, 'id'>>()(
  z.object({
    name: z.string(),
    responsibleUserId: z.string(),
    contacts: z.array(z.string()),
    closed: z.boolean(),
    uri: z.exactOptional(z.string()),
  }),
);

/**
 * A deal as it is stored. `version` is a new id with every change, never used twice, because deals come and go. `listed`:
 * the closed deal stands among those of its contacts. One that an earlier release stored does not.
 */
export type DealRow = Deal & { readonly version: string; readonly listed?: true };

export type Deals = ReturnType<typeof createDeals>;

/** Deals as rows. What a change of one means for the chats of its contacts is in `src/flows/sight`. */
export function createDeals(deps: StoreDeps) {
  const { client, newId } = deps;
  const table = tableName(deps, 'directory');
  const pages = createCardPages(deps, { counted: false });

  /** The deal as it is now. */
  async function load(account: string, id: string): Promise<DealRow | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(account, id), ConsistentRead: true }),
    );
    return Item && readRow(Item);
  }

  /** The deal as it was pushed. */
  async function get(account: string, id: string): Promise<Deal | undefined> {
    const row = await load(account, id);
    return row && toDeal(row);
  }

  /** `limit` deals behind the first `offset`, sorted by id. `count` is that of the page, as in the Wazzup API v3. */
  async function page(account: string, offset: number, limit: number): Promise<{ count: number; data: Deal[] }> {
    const { rows } = await pages.page(partitionOf(account), offset, limit);
    return { count: rows.length, data: rows.map((item) => toDeal(readRow(item))) };
  }

  /** The deals with these ids as they are now, in that order, without those that are gone. */
  async function getAll(account: string, ids: readonly string[]): Promise<Deal[]> {
    const items = await batchGet(
      client,
      table,
      ids.map((id) => keyOf(account, id)),
    );
    const found = new Map(items.map(readRow).map((row) => [row.id, toDeal(row)]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** The ids of closed deals of the contact, at most `limit`: of that user, or of all. An open one is in its contact. */
  async function closedOf(account: string, contactId: string, userId: string | undefined, limit: number) {
    const query = {
      TableName: table,
      KeyConditionExpression: 'p = :partition',
      ExpressionAttributeValues: {
        ':partition': closedPartition(account, contactId),
        ...(userId !== undefined && { ':user': userId }),
      },
      ...(userId !== undefined && { FilterExpression: 'responsibleUserId = :user' }),
      ConsistentRead: true,
    };
    const ids: string[] = [];
    for await (const items of queryPages(client, query)) {
      ids.push(...items.map(({ s }) => String(s)));
      if (ids.length >= limit) break;
    }
    return ids.slice(0, limit);
  }

  /**
   * The writes that replace the deal `before`, or delete it if no new deal is given. They are refused if the stored deal
   * is another one.
   */
  function writes(account: string, before: DealRow | undefined, deal: Deal | undefined, id: string): Write[] {
    if (!before !== !deal) pages.changes(partitionOf(account));
    const condition = ifStill('ver', before?.version);
    const listings = listingsOf(account, before, deal, id);
    if (!deal) return [{ Delete: { TableName: table, Key: keyOf(account, id), ...condition } }, ...listings];
    const { id: _, ...row } = deal;
    const Item = { ...keyOf(account, id), ...row, ver: newId(), ...(deal.closed && { listed: true }) };
    return [{ Put: { TableName: table, Item, ...condition } }, ...listings];
  }

  /** The writes that list a closed deal under its contacts. Most deals are open, and cost nothing here. */
  function listingsOf(account: string, before: DealRow | undefined, deal: Deal | undefined, id: string): Write[] {
    const named = new Set(deal?.closed ? deal.contacts : []);
    const gone = new Set(before?.listed ? before.contacts.filter((contactId) => !named.has(contactId)) : []);
    const key = (contactId: string) => ({ p: closedPartition(account, contactId), s: id });
    return [
      ...[...named].map((contactId) => ({
        Put: { TableName: table, Item: { ...key(contactId), responsibleUserId: deal?.responsibleUserId } },
      })),
      ...[...gone].map((contactId) => ({ Delete: { TableName: table, Key: key(contactId) } })),
    ];
  }

  return { load, get, getAll, closedOf, page, writes };
}

function partitionOf(account: string): string {
  return `${account}#deals`;
}

function keyOf(account: string, id: string) {
  return { p: partitionOf(account), s: id };
}

function closedPartition(account: string, contactId: string): string {
  return `${account}#closed#${contactId}`;
}

/** The deal as it was pushed. */
export function toDeal({ version: _, listed: _listed, ...deal }: DealRow): Deal {
  return deal;
}

/** Whether nothing would change if the deal were stored. */
export function isStored(before: DealRow | undefined, deal: Deal): boolean {
  return before !== undefined && isDeepStrictEqual(toDeal(before), deal) && (!deal.closed || before.listed === true);
}

function readRow(item: Record<string, unknown>): DealRow {
  const key = keySchema.safeParse(item);
  const deal = dealSchema.safeParse(item);
  if (!key.success || !deal.success) throw new UnreadableItemError('directory', { cause: key.error ?? deal.error });
  const { s: id, ver: version, listed } = key.data;
  return { id, version, ...(listed && { listed }), ...deal.data };
}
