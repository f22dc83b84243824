/** Whether two addresses are of the webhook of one channel, at whatever host and with whatever query. */
export function isOfSame(one: string, other: string): boolean {
  return pathOf(one) === pathOf(other);
}

/** Whether an address is that of a channel of some Konvert. */
export function isOurs(url: string): boolean {
  return pathOf(url) !== url;
}

/** The host of an address that may have another program's secret in its path. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'another address';
}

/** The part of an address that follows its base, without the query. The whole address if it is none of ours. */
function pathOf(url: string): string {
  const [address = ''] = url.split('?', 1);
  const at = address.lastIndexOf('/webhooks/');
  return at < 0 ? url : address.slice(at);
}
