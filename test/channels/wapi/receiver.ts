import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Messenger } from '#channels/channel';
import type { KnownBy } from '#channels/inbound';

/** A server on 127.0.0.1 that answers what Meta asks a new address, as `receive-message` does. */
export async function startReceiver({ inbound }: Messenger, channel: KnownBy) {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://receiver');
    const query = Object.fromEntries(url.searchParams);
    const answer = inbound.greet?.(
      { method: request.method ?? '', query, headers: {}, body: new Uint8Array() },
      channel,
    );
    response.writeHead(answer?.status ?? 404).end(answer?.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/wapi/c1`,
    stop() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
