import { isIPv4 } from 'node:net';

/** Whether only this machine can reach a server that listens on that host; `host` is as in an address or a URL. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || name === '[::1]' || (isIPv4(name) && name.startsWith('127.'));
}
