import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Hearer } from '#domain/doorbell';
import { schemaOf } from '#schema-of';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryAll } from '#store/dynamo/pages';
import { type OpenPage, pageFields, TICKET_MS } from './tickets.ts';

/** An open socket of a page. Times are in epoch milliseconds. */
export interface Socket extends OpenPage {
  readonly id: string;
  readonly openedAt: number;
}

export type Sockets = ReturnType<typeof createSockets>;

/** API Gateway ends a socket after two hours. */
const SOCKET_MS = 130 * 60_000;
/** How long a process may use the sockets of an account that it has read. */
const CACHED_MS = 2_000;
/** Until the handshake is done, a gateway answers that a socket is gone. */
const SETTLED_MS = 10_000;
const CACHE = 'sockets';

const socketSchema = schemaOf<Socket>()(z.object({ ...pageFields, id: z.string(), openedAt: z.number() }));

/**
 * Open sockets. Each has two items: one by which the gateway's events find it, and one under its account, by which it is
 * rung.
 */
export function createSockets(deps: StoreDeps) {
  const { client, clock, cache } = deps;
  const table = tableName(deps, 'pages');
  const ownKey = (id: string) => ({ p: `socket#${id}`, s: '-' });
  const endKey = (bearer: string) => ({ p: `bye#${bearer}`, s: '-' });
  const keyOf = ({ account, id }: Pick<Socket, 'account' | 'id'>) => ({ p: `account#${account}`, s: `socket#${id}` });

  /** The sockets of the account, at most two seconds old. */
  const cached = cache.loader(CACHE, (account) => read(account), CACHED_MS);

  async function read(account: string): Promise<Socket[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :account AND begins_with(s, :socket)',
      ExpressionAttributeValues: { ':account': `account#${account}`, ':socket': 'socket#' },
      ConsistentRead: true,
    });
    return items.map((item) => socketSchema.parse(item)).filter(isAlive);
  }

  function isAlive({ openedAt }: Socket): boolean {
    return openedAt + SOCKET_MS > clock.now();
  }

  /** Stores a socket before its handshake ends. Processes that have just read its account ring it two seconds later. */
  async function add(id: string, page: OpenPage): Promise<Socket> {
    const socket = { ...page, id, openedAt: clock.now() };
    const ttl = Math.ceil((socket.openedAt + SOCKET_MS) / 1_000);
    for (const key of [ownKey(id), keyOf(socket)]) {
      await client.send(new PutCommand({ TableName: table, Item: { ...key, ...socket, ttl } }));
    }
    cache.forget(CACHE, socket.account);
    return socket;
  }

  /** The socket as it is now. */
  async function get(id: string): Promise<Socket | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: ownKey(id), ConsistentRead: true }));
    const socket = Item && socketSchema.parse(Item);
    return socket && isAlive(socket) ? socket : undefined;
  }

  /** Forgets a socket. */
  async function remove(socket: Pick<Socket, 'account' | 'id'>): Promise<void> {
    for (const Key of [keyOf(socket), ownKey(socket.id)]) {
      await client.send(new DeleteCommand({ TableName: table, Key }));
    }
    cache.forget(CACHE, socket.account);
  }

  /** Forgets a socket that the gateway does not know, unless its handshake may still be under way. */
  async function removeGone(socket: Socket): Promise<void> {
    if (socket.openedAt + SETTLED_MS < clock.now()) await remove(socket);
  }

  /** The sockets of the account that may be rung. What was read less than two seconds ago counts. */
  async function ofAccount(account: string): Promise<readonly Socket[]> {
    return (await cached(account)) ?? [];
  }

  /** How many sockets the user has; those of the CRM itself count together. */
  async function countOf({ account, userId }: Hearer): Promise<number> {
    return (await read(account)).filter((socket) => socket.userId === userId).length;
  }

  /**
   * Ends a key or token: a ticket of it that is not spent yet opens nothing any more. Answers with the sockets that it
   * has opened.
   */
  async function endBearer(account: string, bearer: string): Promise<readonly Socket[]> {
    const ttl = Math.ceil((clock.now() + 2 * TICKET_MS) / 1_000);
    await client.send(new PutCommand({ TableName: table, Item: { ...endKey(bearer), ttl } }));
    // After that: a socket that is not among these is stored later, and looks then.
    return (await read(account)).filter((socket) => socket.bearer === bearer);
  }

  /** Whether the key or token was ended while a ticket of it was good. */
  async function isEnded(bearer: string): Promise<boolean> {
    const get = new GetCommand({ TableName: table, Key: endKey(bearer), ConsistentRead: true });
    return (await client.send(get)).Item !== undefined;
  }

  return { add, get, remove, removeGone, ofAccount, countOf, endBearer, isEnded };
}
