import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A server of files, which answers each path with the bytes of a whole response, head and body. */
export interface ContentHost {
  readonly baseUrl: string;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** A response to be written. It is followed by the end of the connection, unless it is `open`. */
export interface Written {
  readonly head: readonly string[];
  readonly body?: Uint8Array | string;
  readonly open?: true;
}

/** Starts a server on a port of this machine. It speaks HTTP so that it can lie. */
export async function startContentHost(answers: Readonly<Record<string, Written>>): Promise<ContentHost> {
  const asked: string[] = [];
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (bytes) => {
      const [, path = ''] = bytes.toString('latin1').split(' ');
      asked.push(path);
      const { head, body = '', open } = answers[path] ?? { head: ['404 Not Found'] };
      const [status, ...headers] = head;
      socket.write([`HTTP/1.1 ${status}`, ...headers, ...(open ? [] : ['connection: close']), '', ''].join('\r\n'));
      socket.write(body);
      if (!open) socket.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    asked,
    async stop() {
      server.close();
    },
  };
}
