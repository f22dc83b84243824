import * as z from 'zod/mini';
import type { RingPages, Said } from '#flows/ring-pages';
import type { SocketAnswer, SocketEvent, SocketHandler } from '#http/socket';
import { describeError, type Log } from '#log';
import type { Sockets } from '#store/pages/sockets';
import type { Tickets } from '#store/pages/tickets';

export interface SocketDeps {
  readonly tickets: Pick<Tickets, 'spend'>;
  readonly sockets: Pick<Sockets, 'add' | 'get' | 'remove'>;
  readonly ringPages: Pick<RingPages, 'say'>;
  readonly log: Log;
}

/** A page says no more at once. */
const MOST_CHARACTERS = 1_024;
const LONGEST_TICKET = 100;

const heardSchema = z.discriminatedUnion('t', [z.object({ t: z.literal('ping') })]);

const OK: SocketAnswer = { statusCode: 200 };

/** Answers the events of sockets: a ticket opens one, a ping is answered, and an end is noted. */
export function createSocketHandler(deps: SocketDeps): SocketHandler {
  return async (event) => {
    const { routeKey, connectionId } = event.requestContext;
    try {
      if (routeKey === '$connect') return await connect(deps, connectionId, event);
      if (routeKey === '$disconnect') return await disconnect(deps, connectionId);
      return await hear(deps, connectionId, event.body ?? '');
    } catch (error) {
      deps.log({ socket: routeKey, outcome: 'failed', ...describeError(error) });
      return { statusCode: 500 };
    }
  };
}

/** The socket is stored before the handshake ends, so that a page that looks once more after it misses nothing. */
async function connect({ tickets, sockets, log }: SocketDeps, id: string, event: SocketEvent): Promise<SocketAnswer> {
  const { ticket = '' } = event.queryStringParameters ?? {};
  const page = ticket.length > 0 && ticket.length <= LONGEST_TICKET ? await tickets.spend(ticket) : undefined;
  log({ socket: '$connect', outcome: page ? 'opened' : 'refused' });
  if (!page) return { statusCode: 401 };
  await sockets.add(id, page);
  return OK;
}

async function disconnect({ sockets }: SocketDeps, id: string): Promise<SocketAnswer> {
  const socket = await sockets.get(id);
  if (socket) await sockets.remove(socket);
  return OK;
}

async function hear({ sockets }: SocketDeps, id: string, body: string): Promise<SocketAnswer> {
  const heard = readHeard(body);
  if (!heard) return OK;
  // A socket that was ended meanwhile learns it here, if it has not been told.
  if (!(await sockets.get(id))) return saying({ t: 'bye', why: 'signed-out' });
  return saying({ t: 'pong' });
}

function readHeard(body: string): z.infer<typeof heardSchema> | undefined {
  if (body.length > MOST_CHARACTERS) return undefined;
  try {
    return heardSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function saying(said: Said): SocketAnswer {
  return { statusCode: 200, body: JSON.stringify(said) };
}
