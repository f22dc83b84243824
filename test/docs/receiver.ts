import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A server of a CRM that takes every event, and keeps what it was told. */
export async function startReceiver() {
  const bodies: unknown[] = [];
  const server = createServer(async (request, answer) => {
    bodies.push(await json(request));
    answer.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    bodies,
    url: `http://127.0.0.1:${port}/konvert`,
    stop: () => new Promise<void>((done) => server.close(() => done())),
  };
}
