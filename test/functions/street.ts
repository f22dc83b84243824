import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from '#test/world';

/** An address that leads into a world over HTTP, as a messenger's double sees it. */
export interface Street {
  readonly url: string;
  stop(): Promise<void>;
}

/** Opens it on a free port. The world may be made later, but before the first request. */
export async function startStreet(worldOf: () => World): Promise<Street> {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const { status, text } = await worldOf().call(request.method ?? '', request.url ?? '/', { headers, body });
    response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
