/** How many origins an account may name. */
export const MOST_ANCESTORS = 20;

/** One name, or `*.` before at least two. */
const HOST = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * An origin that may show the page in a frame, in the form in which a policy names it: `https://host`, or
 * `https://*.host.example` for all below that host. http is for this machine only. Undefined if it is none of these: a
 * path says nothing there, and a semicolon would end the directive.
 */
export function frameAncestor(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const { protocol, origin, hostname, href } = new URL(value);
  if (href !== `${origin}/` || !/^https?:\/\/[^/?#@\\\s]+\/?$/i.test(value)) return undefined;
  if (LOCAL.test(hostname)) return origin;
  if (protocol !== 'https:' || !HOST.test(hostname)) return undefined;
  // Everybody has a place below `*.com`.
  return hostname.startsWith('*.') && hostname.split('.').length < 3 ? undefined : origin;
}

/**
 * The origins of the pages of a CRM's account at that host. Kommo was amoCRM outside of Russia: its older accounts are
 * reached under both names.
 */
export function portalOrigins(host: string): string[] {
  const [, name] = /^([a-z0-9-]+)\.(?:amocrm|kommo)\.com$/.exec(host) ?? [];
  const hosts = name === undefined ? [host] : [`${name}.kommo.com`, `${name}.amocrm.com`];
  return hosts.flatMap((one) => frameAncestor(`https://${one}`) ?? []);
}
