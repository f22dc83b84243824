import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Messenger } from '#channels/channel';
import type { KnownBy } from '#channels/inbound';

/**
 * A server on 127.0.0.1 that answers what a messenger asks a new address, as `receive-message` does. What is no question is
 * answered with 404.
 */
export async function startReceiver({ inbound, transport }: Messenger, channel: KnownBy) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://receiver');
    const body = Buffer.concat(await request.toArray());
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const query = Object.fromEntries(url.searchParams);
    const answer = await inbound.greet?.({ method: request.method ?? '', query, headers, body }, channel);
    response.writeHead(answer?.status ?? 404).end(answer?.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/${transport}/c1`,
    stop() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
