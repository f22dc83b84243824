import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Contact } from '#domain/directory';
import type { NoFields } from '#no-fields';
import { schemaOf } from '#schema-of';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { outsideNames, storedNames } from '#store/dynamo/outside-names';
import { queryPages } from '#store/dynamo/pages';
import { ifStill, setting, type Write } from '#store/dynamo/transaction';
import { createCardPages } from './card-pages.ts';

const contactDataSchema = z.object({
  chatType: z.string(),
  chatId: z.exactOptional(z.string()),
  username: z.exactOptional(z.string()),
  phone: z.exactOptional(z.string()),
});

const cardSchema = z.object({
  name: z.string(),
  responsibleUserId: z.string(),
  contactData: z.array(contactDataSchema),
  uri: z.exactOptional(z.string()),
});

const keySchema = z.object({ p: z.string(), s: z.string(), ver: z.string() });

/** A contact as it is stored. The row may be there before the contact is pushed, for a deal that names it. */
export interface ContactRow extends ContactState {
  readonly account: string;
  readonly id: string;
  /** A new id with every change, never used twice, because rows come and go. Absent if nothing is stored. */
  readonly version?: string;
}

/** What is stored of a contact. */
export interface ContactState {
  /** The card that was pushed. Absent if only a deal named the contact, or after it was deleted. */
  readonly card?: Omit<Contact, 'id'>;
  /** The responsible users of its open deals, by the deals' ids. */
  readonly deals: Readonly<Record<string, string>>;
  /** The addresses with chats that may not have followed the last change yet. */
  readonly unsettled?: readonly string[];
  /** The id of the deal that Konvert made with it, if Konvert keeps both (D10). */
  readonly own?: string;
  /** The keys of the handles by which the CRM knows it. */
  readonly handles?: readonly string[];
}

const stateSchema = schemaOf<ContactState>()(
  z.object({
    card: z.exactOptional(cardSchema),
    deals: outsideNames(z.string()),
    unsettled: z.exactOptional(z.array(z.string())),
    own: z.exactOptional(z.string()),
    handles: z.exactOptional(z.array(z.string())),
  }),
);

/** What a search looks at of a contact. */
export type Card = Pick<Contact, 'id' | 'name' | 'contactData'>;

/** A query answers 1 MB at most, which is about so many contacts. */
const SEARCHED_AT_ONCE = 5_000;

export type Contacts = ReturnType<typeof createContacts>;

/** Contacts as rows. What a change of one means for its addresses and chats is in `src/flows/sight`. */
export function createContacts(deps: StoreDeps) {
  const { client, newId } = deps;
  const table = tableName(deps, 'directory');
  // A row without a card is no contact yet: only a deal names it.
  const pages = createCardPages(deps, { attribute: 'card', counted: true });

  /** The row as it is now. It has no version if nothing is stored. */
  async function load(account: string, id: string): Promise<ContactRow> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(account, id), ConsistentRead: true }),
    );
    return Item ? readRow(Item) : unknownContact(account, id);
  }

  /** The rows as they are now, as `load` answers them. */
  async function loadAll(account: string, ids: readonly string[]): Promise<ContactRow[]> {
    const items = await batchGet(
      client,
      table,
      ids.map((id) => keyOf(account, id)),
    );
    const found = new Map(items.map(readRow).map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? unknownContact(account, id));
  }

  /** The contact as it was pushed. */
  async function get(account: string, id: string): Promise<Contact | undefined> {
    return toContact(await load(account, id));
  }

  /** `limit` contacts behind the first `offset`, sorted by id, and the number of all. */
  async function page(account: string, offset: number, limit: number): Promise<{ count: number; data: Contact[] }> {
    const { count, rows } = await pages.page(partitionOf(account), offset, limit);
    return { count, data: rows.map((item) => toContact(readRow(item))).filter((contact) => contact !== undefined) };
  }

  /**
   * What a search looks at of all contacts, page by page, sorted by id, behind the contact `after`. A contact of a moment
   * ago may be missing: so a page costs half as much.
   */
  async function* cardPages(account: string, after: string | undefined): AsyncGenerator<Card[]> {
    const query = {
      TableName: table,
      KeyConditionExpression: 'p = :partition',
      FilterExpression: 'attribute_exists(card)',
      ExpressionAttributeValues: { ':partition': partitionOf(account) },
      Limit: SEARCHED_AT_ONCE,
    };
    const start = after === undefined ? undefined : keyOf(account, after);
    for await (const items of queryPages(client, query, start)) yield items.map(readCard);
  }

  /** The write that makes the row `after`, if it is still as it was read. A row that holds nothing is deleted. */
  function write({ account, id, version, card: before }: ContactRow, after: ContactState): Write {
    if (!before !== !after.card) pages.changes(partitionOf(account));
    const item = { TableName: table, Key: keyOf(account, id) };
    const unchanged = ifStill('ver', version);
    if (!after.card && Object.keys(after.deals).length === 0 && !after.unsettled) {
      return { Delete: { ...item, ...unchanged } };
    }
    const { card, deals, unsettled, own, handles, ...rest } = stateOf(after);
    rest satisfies NoFields;
    const stored = { card, deals: storedNames(deals), unsettled, own, handles, ver: newId() };
    return { Update: { ...item, ...setting(stored, unchanged) } };
  }

  /** The check that the row is still as it was read. */
  function unchanged({ account, id, version }: ContactRow): Write {
    return { ConditionCheck: { TableName: table, Key: keyOf(account, id), ...ifStill('ver', version) } };
  }

  return { load, loadAll, get, page, cardPages, write, unchanged };
}

/** The stored part of the row, without its key and version. */
export function stateOf(row: ContactState & Partial<Pick<ContactRow, 'account' | 'id' | 'version'>>): ContactState {
  const { account: _, id: _id, version: _version, ...state } = row;
  return state;
}

function partitionOf(account: string): string {
  return `${account}#contacts`;
}

function keyOf(account: string, id: string) {
  return { p: partitionOf(account), s: id };
}

function unknownContact(account: string, id: string): ContactRow {
  return { account, id, deals: {} };
}

function toContact({ id, card }: ContactRow): Contact | undefined {
  return card && { id, ...card };
}

function readRow(item: Record<string, unknown>): ContactRow {
  const key = keySchema.safeParse(item);
  const state = stateSchema.safeParse(item);
  if (!key.success || !state.success) {
    throw new UnreadableItemError('directory', { cause: key.error ?? state.error });
  }
  const { p, s, ver } = key.data;
  return { account: p.slice(0, -'#contacts'.length), id: s, version: ver, ...state.data };
}

/** Thousands are read in one search, and the whole of each was checked when it was stored. */
function readCard({ s, card }: Record<string, unknown>): Card {
  const { name, contactData } = card as Omit<Contact, 'id'>;
  return { id: String(s), name, contactData };
}
