import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { chatKey } from '#domain/message';
import { isUserOf } from '#domain/page';
import type { RingPages } from '#flows/ring-pages';
import type { SocketAnswer, SocketEvent, SocketHandler } from '#http/socket';
import { describeError, type Log } from '#log';
import { createMetrics } from '#metrics';
import { imageOf } from '#store/chats/chat-images';
import type { Chats } from '#store/chats/chats';
import type { Users } from '#store/directory/users';
import type { PushSubscriptions } from '#store/pages/push-subscriptions';
import type { Socket, Sockets } from '#store/pages/sockets';
import type { OpenPage, Tickets } from '#store/pages/tickets';
import type { Writing } from '#store/pages/writing';

export interface SocketDeps {
  readonly tickets: Pick<Tickets, 'spend'>;
  readonly sockets: Pick<Sockets, 'add' | 'get' | 'remove' | 'isEnded' | 'countOf'>;
  readonly users: Pick<Users, 'get'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly writing: Writing;
  readonly subscriptions: Pick<PushSubscriptions, 'noteVisible'>;
  readonly ringPages: Pick<RingPages, 'answer' | 'mayWrite' | 'tellWriting'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A page says no more at once. What it names then fits into a key of a table. */
const MOST_BYTES = 1_024;
const LONGEST_TICKET = 100;
/** One user needs one for each page. Each is spoken to with each change, so nobody has any number of them. */
const MOST_OF_USER = 100;

const word = z.string().check(
  z.minLength(1),
  z.maxLength(256),
  // The store takes no half of a pair.
  z.refine((value) => value.isWellFormed()),
);
const heardSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ping') }),
  z.object({ t: z.literal('writing'), chat: z.tuple([word, word, word]) }),
  /** Somebody looks at the page of that subscription now (`is`), or does not any more. */
  z.object({ t: z.literal('visible'), id: word, is: z.boolean() }),
]);

const OK: SocketAnswer = { statusCode: 200 };

/** Answers the events of sockets: a ticket opens one, a page says a few things by it, and an end is noted. */
export function createSocketHandler(deps: SocketDeps): SocketHandler {
  return async (event) => {
    const { eventType, connectionId } = event.requestContext;
    try {
      if (eventType === 'CONNECT') return await connect(deps, connectionId, event);
      if (eventType === 'DISCONNECT') return await disconnect(deps, connectionId);
      return await hear(deps, connectionId, event.body ?? '');
    } catch (error) {
      deps.log({ socket: eventType, outcome: 'failed', ...describeError(error) });
      return { statusCode: 500 };
    }
  };
}

/** The socket is stored before the handshake ends, so that a page that looks once more after it misses nothing. */
async function connect(deps: SocketDeps, id: string, event: SocketEvent): Promise<SocketAnswer> {
  const { tickets, sockets, clock, log } = deps;
  const { ticket = '' } = event.queryStringParameters ?? {};
  const page = ticket.length > 0 && ticket.length <= LONGEST_TICKET ? await tickets.spend(ticket) : undefined;
  const socket = page && (await sockets.add(id, page));
  // It is asked after the socket is stored, so that one of the two sees the other.
  const isRefusedNow = page !== undefined && (await isRefused(deps, page));
  if (socket && isRefusedNow) await sockets.remove(socket);
  const isOpen = socket !== undefined && !isRefusedNow;
  if (!isOpen) createMetrics(log, clock).count('RefusedSignIns');
  log({ socket: 'CONNECT', outcome: isOpen ? 'opened' : 'refused' });
  return isOpen ? OK : { statusCode: 401 };
}

/**
 * Whether the page was signed out, or the CRM has deleted its user, since the ticket was made; or has so many sockets that
 * this is no page. One that is refused asks every few seconds instead.
 */
async function isRefused({ sockets, users }: SocketDeps, page: OpenPage): Promise<boolean> {
  if (await sockets.isEnded(page.bearer)) return true;
  if ((await sockets.countOf(page)) > MOST_OF_USER) return true;
  return page.userId !== undefined && !isUserOf(page, await users.get(page.account, page.userId));
}

async function disconnect({ sockets }: SocketDeps, id: string): Promise<SocketAnswer> {
  const socket = await sockets.get(id);
  if (socket) await sockets.remove(socket);
  return OK;
}

async function hear(deps: SocketDeps, id: string, body: string): Promise<SocketAnswer> {
  const heard = readHeard(body);
  if (!heard) return OK;
  const socket = await deps.sockets.get(id);
  // A socket that was ended meanwhile learns it here, if it has not been told.
  if (!socket) await deps.ringPages.answer(id, { t: 'bye', why: 'signed-out' });
  else if (heard.t === 'ping') await deps.ringPages.answer(id, { t: 'pong' });
  else if (heard.t === 'writing') await tellWriting(deps, socket, heard.chat);
  else await noteVisible(deps, socket, heard);
  return OK;
}

/** What the user looks at needs no notice on that device (N2). */
async function noteVisible(
  { subscriptions }: SocketDeps,
  { account, userId }: Socket,
  { id, is }: { readonly id: string; readonly is: boolean },
): Promise<void> {
  if (userId !== undefined) await subscriptions.noteVisible({ account, userId }, id, is);
}

/** Tells colleagues that the user writes, if they may: nobody learns of a chat by it that they do not see. */
async function tellWriting(
  deps: SocketDeps,
  socket: Socket,
  [channelId, chatType, chatId]: readonly [string, string, string],
): Promise<void> {
  const { chats, writing, ringPages } = deps;
  const { account, userId, userName } = socket;
  // The CRM itself and the settings page are no colleagues.
  if (userId === undefined || userName === undefined) return;
  const row = await chats.get(chatKey({ channelId, chatType, chatId }));
  if (!row || row.account !== account) return;
  const image = imageOf(row);
  if (!(await ringPages.mayWrite(socket, image)) || !(await writing.note(account, userId, row.key))) return;
  await ringPages.tellWriting(image, { id: userId, name: userName });
}

function readHeard(body: string): z.infer<typeof heardSchema> | undefined {
  if (Buffer.byteLength(body) > MOST_BYTES) return undefined;
  try {
    return heardSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
