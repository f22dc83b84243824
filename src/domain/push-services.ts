/** The services that browsers subscribe at: Chrome and its kin, Firefox, Safari, Edge. */
const SERVICES = [
  'fcm.googleapis.com',
  'push.services.mozilla.com',
  'push.apple.com',
  'notify.windows.com',
] as const satisfies readonly string[];

/**
 * Whether the address is one of a push service that browsers subscribe at. So nobody can have us call any other server. On
 * one machine a stand-in may listen.
 */
export function isPushService(endpoint: string): boolean {
  const { protocol, hostname } = URL.parse(endpoint) ?? {};
  if (protocol === 'http:') return hostname === '127.0.0.1' || hostname === 'localhost';
  return hostname !== undefined && SERVICES.some((name) => hostname === name || hostname.endsWith(`.${name}`));
}
