import type * as z from 'zod/mini';
import type { pageToken } from '#api/page-routes';
import { deskOf } from '#test/functions/company';
import { type Answer, createWorld, type World } from '#test/world';

/** Calls of the page, in a world with a seller and a head. */
export interface PageWorld extends World {
  /** The secret of a new link, made by that route with the API key. */
  link(body: unknown, path?: '/v1/page-links' | '/v3/iframe'): Promise<string>;
  spend(link: string): Promise<Answer>;
  /** A new token of the user, or of the page of settings. */
  tokenOf(user: string | undefined): Promise<string>;
  as(token: string, method: string, path: string, body?: unknown): Promise<Answer>;
}

/** A world with the users `seller` and `head`, who have these roles in its channel, and `bare`, who has none. */
export async function createPageWorld(): Promise<PageWorld> {
  const world = await createWorld();
  const desk = deskOf(world);
  await desk.push('users', ...['seller', 'head', 'bare'].map((id) => ({ id, name: `Name of ${id}` })));
  await desk.give({ seller: 'seller', head: 'manager' });
  const key = world.account.apiKey;

  const link: PageWorld['link'] = async (body, path = '/v1/page-links') => {
    const answer = await world.call('POST', path, { key, body });
    const { url } = answer.body as { url?: string };
    const [, secret] = /#k=([\w-]{43})$/.exec(url ?? '') ?? [];
    if (secret === undefined) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return secret;
  };
  const spend = (secret: string) => world.call('POST', '/v1/page-tokens', { body: { link: secret } });
  return Object.assign(world, {
    link,
    spend,
    async tokenOf(user: string | undefined) {
      const { body } = await spend(await link(user === undefined ? { settings: true } : { userId: user }));
      return (body as z.infer<typeof pageToken>).token;
    },
    as: (token: string, method: string, path: string, body?: unknown) => world.call(method, path, { key: token, body }),
  });
}
