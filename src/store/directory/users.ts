import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { schemaOf } from '#schema-of';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/pages';
import { MOST_WRITES, transact, type Write } from '#store/dynamo/transaction';

/** An employee, known by the id that the CRM gave. */
export interface User {
  readonly id: string;
  readonly name: string;
  /** In digits. No two users of an account have the same one. */
  readonly phone?: string;
  /**
   * The number of the push that made them. Somebody who was deleted and pushed again is another one, so that nothing
   * by which they were signed in comes alive. Undefined for those who were pushed before this was stored.
   */
  readonly made?: number;
}

/** Why none of the users was stored. */
export type UsersRefused =
  | { readonly refused: 'too-many'; readonly limit: number }
  | { readonly refused: 'phone-taken'; readonly phone: string };

export type Users = ReturnType<typeof createUsers>;

/** The most users of one account. */
export const MOST_USERS = 1000;
const DELETED_AT_ONCE = 25;

const keySchema = z.object({ s: z.string() });
const userSchema = schemaOf<Omit<User, 'id'>>()(
  z.object({ name: z.string(), phone: z.exactOptional(z.string()), made: z.exactOptional(z.number()) }),
);
const versionSchema = z.object({ ver: z.number() });

/** The users of accounts, as their CRMs pushed them. */
export function createUsers(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'directory');
  const keyOf = (account: string, id: string) => ({ p: `${account}#users`, s: id });

  /** The user as they are now. */
  async function get(account: string, id: string): Promise<User | undefined> {
    if (!fitsKey(id)) return undefined;
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(account, id), ConsistentRead: true }),
    );
    return Item && readUser(Item);
  }

  /** The given ids that belong to users of the account now. */
  async function existing(account: string, ids: Iterable<string>): Promise<Set<string>> {
    const keys = [...new Set(ids)].filter(fitsKey).map((id) => keyOf(account, id));
    return new Set((await batchGet(client, table, keys)).map(({ s }) => String(s)));
  }

  /** The check that the user is there, or is gone, for a transaction. */
  function checkOf(account: string, id: string, wanted: 'there' | 'gone'): Write {
    const ConditionExpression = wanted === 'there' ? 'attribute_exists(p)' : 'attribute_not_exists(p)';
    return { ConditionCheck: { TableName: table, Key: keyOf(account, id), ConditionExpression } };
  }

  /** All users of the account as they are now, sorted by name. */
  async function list(account: string): Promise<User[]> {
    return (await readAll(account)).sort(byName);
  }

  /**
   * Stores the users; each replaces the one with its id. If one may not be stored, none is. A repeat finishes what a
   * crash cut short. Pushes of one account that run at once are judged one after the other.
   */
  async function put(account: string, users: readonly User[]): Promise<'stored' | UsersRefused> {
    for (;;) {
      // Read before the users: a push that writes in between raises it, and then this one is judged anew.
      const version = await versionOf(account);
      const before = new Map((await readAll(account)).map((user) => [user.id, user]));
      const refusal = judge(before, users);
      if (refusal) return refusal;
      const changed = users.filter((user) => !isSame(user, before.get(user.id)));
      if (await write(account, version, changed, before)) return 'stored';
    }
  }

  /** Deletes the users. Answers with the ids that no user had. */
  async function remove(account: string, ids: readonly string[]): Promise<string[]> {
    const missing: string[] = [];
    for (let first = 0; first < ids.length; first += DELETED_AT_ONCE) {
      const some = ids.slice(first, first + DELETED_AT_ONCE);
      const there = await Promise.all(some.map((id) => removeOne(account, id)));
      missing.push(...some.filter((_, index) => !there[index]));
    }
    return missing;
  }

  async function removeOne(account: string, id: string): Promise<boolean> {
    if (!fitsKey(id)) return false;
    const { Attributes } = await client.send(
      new DeleteCommand({ TableName: table, Key: keyOf(account, id), ReturnValues: 'ALL_OLD' }),
    );
    return Attributes !== undefined;
  }

  async function readAll(account: string): Promise<User[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :users',
      ExpressionAttributeValues: { ':users': `${account}#users` },
      ConsistentRead: true,
    });
    return items.map(readUser);
  }

  /** Grows with every push that stores something. */
  async function versionOf(account: string): Promise<number> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: versionKey(account), ConsistentRead: true }),
    );
    return Item ? versionSchema.parse(Item).ver : 0;
  }

  async function write(
    account: string,
    version: number,
    users: readonly User[],
    before: ReadonlyMap<string, User>,
  ): Promise<boolean> {
    let ver = version;
    for (let first = 0; first < users.length; first += MOST_WRITES - 1) {
      const puts = users
        .slice(first, first + MOST_WRITES - 1)
        .map((user) => putOf(account, user, before.get(user.id), ver + 1));
      if (!(await transact(client, [raise(account, ver), ...puts]))) return false;
      ver += 1;
    }
    return true;
  }

  /** A user who is deleted meanwhile is not made again as the same one. */
  function putOf(account: string, { id, name, phone }: User, known: User | undefined, ver: number): Write {
    const made = known ? known.made : ver;
    const Item = {
      ...keyOf(account, id),
      name,
      ...(phone !== undefined && { phone }),
      ...(made !== undefined && { made }),
    };
    return { Put: { TableName: table, Item, ...(known && { ConditionExpression: 'attribute_exists(p)' }) } };
  }

  function raise(account: string, ver: number): Write {
    return {
      Update: {
        TableName: table,
        Key: versionKey(account),
        UpdateExpression: 'SET ver = :next',
        ConditionExpression: ver === 0 ? 'attribute_not_exists(ver)' : 'ver = :read',
        ExpressionAttributeValues: { ':next': ver + 1, ...(ver > 0 && { ':read': ver }) },
      },
    };
  }

  return { get, existing, checkOf, list, put, remove };
}

/** In a partition beside that of the users, because their ids may be anything. */
function versionKey(account: string) {
  return { p: `${account}#versions`, s: 'users' };
}

function judge(before: ReadonlyMap<string, User>, pushed: readonly User[]): UsersRefused | undefined {
  const after = new Map([...before, ...pushed.map((user) => [user.id, user] as const)]);
  if (after.size > MOST_USERS) return { refused: 'too-many', limit: MOST_USERS };
  const ownerOf = new Map([...after.values()].map(({ id, phone }) => [phone, id]));
  // Of two users with one phone the map holds the later one, so at least one of them is not its owner.
  const taken = [...after.values()].find(({ id, phone }) => phone !== undefined && ownerOf.get(phone) !== id);
  return taken?.phone === undefined ? undefined : { refused: 'phone-taken', phone: taken.phone };
}

/**
 * Whether a user can have the id: DynamoDB refuses others as a sort key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
function fitsKey(id: string): boolean {
  return id !== '' && Buffer.byteLength(id) <= 1024;
}

function isSame(one: User, other: User | undefined): boolean {
  return one.name === other?.name && one.phone === other.phone;
}

function byName(one: User, other: User): number {
  return one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1);
}

function readUser(item: Record<string, unknown>): User {
  const key = keySchema.safeParse(item);
  const user = userSchema.safeParse(item);
  if (!key.success || !user.success) throw new UnreadableItemError('directory', { cause: key.error ?? user.error });
  return { id: key.data.s, ...user.data };
}
