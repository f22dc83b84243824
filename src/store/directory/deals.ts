import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Deal } from '#domain/directory';
import { schemaOf } from '#schema-of';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, type Write } from '#store/dynamo/transaction';
import { createCardPages } from './card-pages.ts';

const keySchema = z.object({ s: z.string(), ver: z.string() });

const dealSchema = schemaOf<Omit<Deal, 'id'>>()(
  z.object({
    name: z.string(),
    responsibleUserId: z.string(),
    contacts: z.array(z.string()),
    closed: z.boolean(),
    uri: z.exactOptional(z.string()),
  }),
);

/** A deal as it is stored. `version` is a new id with every change, never used twice, because deals come and go. */
export type DealRow = Deal & { readonly version: string };

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

  /**
   * The write that replaces the deal `before`, or deletes it if no new deal is given. It is refused if the stored deal
   * is another one.
   */
  function write(account: string, before: DealRow | undefined, deal: Deal | undefined, id: string): Write {
    if (!before !== !deal) pages.changes(partitionOf(account));
    const condition = ifStill('ver', before?.version);
    if (!deal) return { Delete: { TableName: table, Key: keyOf(account, id), ...condition } };
    const { id: _, ...row } = deal;
    const Item = { ...keyOf(account, id), ...row, ver: newId() };
    return { Put: { TableName: table, Item, ...condition } };
  }

  return { load, get, page, write };
}

function partitionOf(account: string): string {
  return `${account}#deals`;
}

function keyOf(account: string, id: string) {
  return { p: partitionOf(account), s: id };
}

/** The deal as it was pushed. */
export function toDeal({ version: _, ...deal }: DealRow): Deal {
  return deal;
}

function readRow(item: Record<string, unknown>): DealRow {
  const key = keySchema.safeParse(item);
  const deal = dealSchema.safeParse(item);
  if (!key.success || !deal.success) throw new UnreadableItemError('directory', { cause: key.error ?? deal.error });
  return { id: key.data.s, version: key.data.ver, ...deal.data };
}
