import { io, type Socket } from 'socket.io-client';
import { until } from '#test/e2e/call-api';

/** What a client is told of the counter. */
export interface Update {
  readonly counter: number;
  readonly counterV2: number;
  readonly type: 'red' | 'grey' | null;
}

/** A client of the live counter, as section 10.2 of the compatible API tells it to listen. */
export interface CounterClient {
  readonly socket: Socket;
  /** The names of the events that came, in order. */
  readonly events: string[];
  readonly updates: Update[];
  /** Why the server refused it, and why it was disconnected. */
  readonly errors: { readonly error: string }[];
  readonly ends: string[];
  /** Resolves when the last update says that. */
  says(counterV2: number, type: Update['type']): Promise<unknown>;
}

/** Listens at that address until its socket is closed, and says that on each connection. */
export function openCounter(url: string, said: unknown, transports: readonly string[] = ['websocket']): CounterClient {
  const socket = io(url, {
    path: '/ws-counters/',
    transports: [...transports],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 200,
  });
  const client = { socket, events: [], updates: [], errors: [], ends: [], says } as Omit<CounterClient, 'says'> & {
    says: CounterClient['says'];
  };
  socket.on('connect', () => socket.emit('counterConnecting', said));
  socket.onAny((name: string) => client.events.push(name));
  socket.on('counterUpdate', (update: Update) => client.updates.push(update));
  socket.on('counterError', (error: { error: string }) => client.errors.push(error));
  socket.on('disconnect', (reason: string) => client.ends.push(reason));

  function says(counterV2: number, type: Update['type']) {
    return until(
      `${JSON.stringify({ counterV2, type })} after ${JSON.stringify(client.updates)} ${JSON.stringify(client.errors)}`,
      async () => {
        const last = client.updates.at(-1);
        return last?.counterV2 === counterV2 && last.type === type ? last : undefined;
      },
    );
  }
  return client;
}
