import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { EngineAddress } from './engine-process.ts';

const LOOPBACK = '127.0.0.1';

/**
 * A free port of an address that only this machine can reach. On Linux the address is a random one of 127.0.0.0/8, so
 * that a page in a browser cannot find an engine by trying ports. Other systems have only 127.0.0.1.
 */
export async function freeAddress(platform: NodeJS.Platform = process.platform): Promise<EngineAddress> {
  const host = platform === 'linux' ? randomLoopback() : LOOPBACK;
  try {
    return { host, port: await freePort(host) };
  } catch (error) {
    // Some containers have 127.0.0.1 only.
    if ((error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') throw error;
    return { host: LOOPBACK, port: await freePort(LOOPBACK) };
  }
}

function randomLoopback(): string {
  return ['127', ...Array.from({ length: 3 }, () => randomInt(1, 255))].join('.');
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
