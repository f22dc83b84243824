import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Messenger } from '#channels/channel';
import type { KnownBy, Received } from '#channels/inbound';

/** A server on 127.0.0.1 that takes what VK posts as `receive-message` does: greets, verifies, reads. */
export async function startReceiver({ inbound }: Messenger, channel: () => KnownBy, path = '/webhooks/vk/c1') {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const asked = { method: request.method ?? '', query: {}, headers: {}, body };
    const greeted = await inbound.greet?.(asked, channel());
    if (greeted) return response.writeHead(greeted.status).end(greeted.text);
    if (!inbound.verify(asked, channel())) return response.writeHead(401).end('no');
    const text = body.toString('utf8');
    received.push(...inbound.parse(JSON.parse(text), { text, identity: channel().credentials.groupId }));
    const { status = 500, text: taken = '' } = inbound.taken ?? {};
    return response.writeHead(status, { 'content-type': 'text/plain' }).end(taken);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    received,
    stop() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
