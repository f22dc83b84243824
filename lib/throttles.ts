import type { Route } from '#lib/routes';

/** How often each route of a group may be called: requests a second, and how many of them at once. */
export interface Throttle {
  readonly perSecond: number;
  readonly burst: number;
}

interface Group extends Throttle {
  /** What the paths of its routes begin with. One that ends with `$` is the whole path. */
  readonly paths: readonly string[];
}

/**
 * The groups of routes. A gateway counts each route by itself, over all callers, and answers what is too much with 429
 * before a function starts. An account of AWS has 10,000 requests a second in a region for all its APIs:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const throttles = {
  // A message that waits is a promise in danger, so this is what the tables take of one busy channel: 1,000 writes a
  // second to a key. Messengers repeat what was throttled.
  messengers: { perSecond: 1_000, burst: 2_000, paths: ['/webhooks/{transport}/'] },
  // A CRM tells several changes in one call, and tells them again. A frame is opened by a person.
  crms: { perSecond: 200, burst: 400, paths: ['/webhooks/frame/', '/webhooks/crm/'] },
  // Wazzup allows an account 500 requests in five seconds. Five accounts may do so at once.
  compatible: {
    perSecond: 500,
    burst: 1_000,
    paths: [
      ...['/v3/message', '/v3/channels', '/v3/templates/', '/v3/unanswered/', '/v3/users', '/v3/contacts'],
      ...['/v3/deals', '/v3/pipelines', '/v3/webhooks', '/v3/{proxy+}'],
    ],
  },
  // A page without a doorbell asks for its lists every three seconds: nine hundred open pages do not notice it.
  desk: {
    perSecond: 300,
    burst: 600,
    paths: ['/v1/chats', '/v1/drafts/', '/v1/doorbells', '/v1/quick-replies', '/v1/push-subscriptions/', '/v1/me'],
  },
  // A page is signed in once a day, so fifty a second is a shift of a thousand people who come within twenty seconds.
  signIn: { perSecond: 50, burst: 100, paths: ['/v3/iframe', '/v1/page-links', '/v1/page-tokens', '/v1/devices'] },
  // What is set up and looked after by people and a few programs.
  settings: {
    perSecond: 50,
    burst: 100,
    paths: [
      ...['/v1/channels', '/v1/settings', '/v1/webhooks/', '/v1/crm', '/v1/pipelines', '/v1/account/', '/v1/audit'],
      ...['/v1/health', '/v1/assignments', '/v1/statistics', '/v1/deliveries', '/v1/people/', '/v1/erasures'],
      '/v1/users',
    ],
  },
  // There is one operator. The limit slows down guessing at their key.
  operator: { perSecond: 5, burst: 20, paths: ['/v1/accounts', '/v1/checks'] },
  // A list of chats shows up to fifty previews at once.
  files: { perSecond: 300, burst: 600, paths: ['/files/', '/v1/files'] },
  // A first load fetches a dozen files, and browsers keep them.
  pages: { perSecond: 200, burst: 400, paths: ['/$', '/chat/', '/page/'] },
  // Read by people, and by monitors once a minute.
  docs: { perSecond: 20, burst: 50, paths: ['/healthz', '/openapi.json', '/docs'] },
} as const satisfies Record<string, Group>;

/** The name of a group of routes. */
export type ThrottleName = keyof typeof throttles;

/** The names of all groups that have the route: exactly one. */
export function groupsOf(path: string): ThrottleName[] {
  const names = Object.keys(throttles) as ThrottleName[];
  return names.filter((name) => throttles[name].paths.some((one) => begins(path, one)));
}

/** How often a route may be called. Throws if it is in no group. */
export function throttleOf({ path }: Pick<Route, 'path'>): Throttle {
  const [name] = groupsOf(path);
  if (!name) throw new Error(`${path} is in no group of lib/throttles.ts`);
  return throttles[name];
}

/** A part of a path that is named in full is not the beginning of another one. */
function begins(path: string, beginning: string): boolean {
  if (beginning.endsWith('$')) return path === beginning.slice(0, -1);
  return path === beginning || path.startsWith(beginning.endsWith('/') ? beginning : `${beginning}/`);
}
