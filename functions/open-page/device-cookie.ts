import { DEVICE_MS } from '#domain/device';
import type { HttpRequest } from '#http/route';
import type { ShownDevice } from '#store/pages/devices';

/** The prefix makes browsers keep it to this host, to https and to all paths. http on this machine counts as safe. */
const NAME = '__Host-konvert-device';
const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';

/** The account, the device and the value, none of which holds a point or a semicolon. */
const VALUE = /^([\w-]{1,64})\.([\w-]{1,64})\.([\w-]{43})$/;

/** What the cookie of the request says, if it is one of a device. */
export function shownDevice({ headers }: HttpRequest): ShownDevice | undefined {
  const given = (headers.cookie ?? '').split(/; */).find((cookie) => cookie.startsWith(`${NAME}=`));
  const [, account, deviceId, value] = VALUE.exec(given?.slice(NAME.length + 1) ?? '') ?? [];
  if (account === undefined || deviceId === undefined || value === undefined) return undefined;
  return { account, deviceId, value };
}

/** The header that makes the browser show this from now on, for 90 days. */
export function keepDevice({ account, deviceId, value }: ShownDevice): Record<string, string> {
  return { 'set-cookie': `${NAME}=${account}.${deviceId}.${value}; Max-Age=${DEVICE_MS / 1000}; ${ATTRIBUTES}` };
}

/** The header that makes the browser forget its device. */
export function forgetDevice(): Record<string, string> {
  return { 'set-cookie': `${NAME}=; Max-Age=0; ${ATTRIBUTES}` };
}

/**
 * Whether a page of our own asks: another page of the same site could make it renew, or sign a browser in as somebody
 * else. Browsers send `Origin` with every POST.
 */
export function isOwnPage({ headers, origin }: HttpRequest, publicUrl: string | undefined): boolean {
  const sent = hostOf(headers.origin);
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  return site === 'same-origin' && sent !== undefined && [origin, publicUrl].map(hostOf).includes(sent);
}

/** The host of an address with its port. Anything may stand in a header. */
function hostOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).host || undefined : undefined;
}
