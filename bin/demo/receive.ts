import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { StepError } from '../terminal/errors.ts';
import { type Demo, show } from './demo-calls.ts';
import { createReceiver, type Receiver } from './receiver.ts';

const HOST = '127.0.0.1';
const PORT = '8788';

const SUBSCRIPTIONS = { messagesAndStatuses: true, contactsAndDealsCreation: true };

/**
 * Stands in for a CRM that gets events: registers its address, prints what comes, and makes the contacts and deals that
 * it is asked for. Goes on until it is told to end. The address stays registered, so nothing is lost meanwhile.
 */
export async function receive({ user: _, ...demo }: Demo, port: string): Promise<void> {
  const receiver = createReceiver((line) => console.log(line));
  const server = createServer((request, response) => void answer(receiver, request, response));
  try {
    // The address is asked once before it is registered, so it has to answer already.
    await listen(server, Number(port || PORT));
    const body = { webhooksUri: `http://${HOST}:${port || PORT}/`, subscriptions: SUBSCRIPTIONS };
    await show(demo, { method: 'PATCH', path: '/v3/webhooks', body });
    console.log('\nEvents come here now (Ctrl-C ends this). In another terminal: npm run konvert -- demo write\n');
    await toldToEnd();
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** It may be no number of a port, or taken. */
async function listen(server: Server, port: number): Promise<void> {
  try {
    await once(server.listen(port, HOST), 'listening');
  } catch (error) {
    const { message } = error as Error;
    throw new StepError(`Nothing can listen there: ${message}. Name another port: demo receive 9000`);
  }
}

async function answer(receiver: Receiver, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const id = String(request.headers['webhook-id'] ?? '');
    const body = Buffer.concat(await request.toArray()).toString();
    const made = receiver(id, JSON.parse(body));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(made));
  } catch (error) {
    response.writeHead(400).end(String(error));
  }
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
