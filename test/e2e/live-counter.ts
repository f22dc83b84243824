import { onTestFinished } from 'vitest';
import { type CounterClient, openCounter } from '#test/e2e/counter-client';

/** The transports that clients use. */
export const TRANSPORTS = [['websocket'], ['polling'], ['polling', 'websocket']] as const;

/** Asks for the host as a client does, and listens there to the counter of the user. */
export async function listenTo(
  url: string,
  apiKey: string,
  userId: unknown,
  transports: readonly string[] = ['websocket'],
): Promise<CounterClient> {
  const { host } = (await (await fetch(`${url}/counters/ws_host/api_v3/${apiKey}`)).json()) as { host: string };
  return listenAt(`http://${host}`, { type: 'api_v3', apiKey, userId }, transports);
}

/** Listens at that address until the running test is over, and says that on each connection. */
export function listenAt(url: string, said: unknown, transports: readonly string[] = ['websocket']): CounterClient {
  const client = openCounter(url, said, transports);
  onTestFinished(() => client.socket.close());
  return client;
}
