import * as z from 'zod/mini';
import type { Role } from '#domain/settings';
import type { Gateway } from '#local/server/gateway';
import type { DemoAccount } from './account.ts';
import { ask } from './ask.ts';
import { PEOPLE } from './company.ts';

const linkSchema = z.object({ url: z.string() });
const usersSchema = z.array(z.object({ id: z.string() }));

/** A link for one of the demo company. */
export interface DemoLink {
  /** Their name and what they are: `Olga, head`. */
  readonly who: string;
  readonly url: string;
}

const ROLE_NAMES: Readonly<Record<Role, string>> = { manager: 'head', seller: 'seller', auditor: 'quality control' };

/** A new link to the page for each of the demo company who is still there. Each opens once, within ten minutes. */
export async function openDemoLinks(gateway: Gateway, { apiKey, url: ownUrl }: DemoAccount): Promise<DemoLink[]> {
  // A link begins with the address that was called.
  const { host } = new URL(ownUrl);
  const called: Gateway = (request) => gateway({ ...request, headers: { ...request.headers, host } });
  const links: DemoLink[] = [];
  const present = new Set((await ask(gateway, 'GET', '/v3/users', apiKey, usersSchema)).map(({ id }) => id));
  for (const { id: userId, name, role } of PEOPLE.filter(({ id }) => present.has(id))) {
    const { url } = await ask(called, 'POST', '/v1/page-links', apiKey, linkSchema, { userId });
    links.push({ who: `${name}, ${ROLE_NAMES[role]}`, url });
  }
  return links;
}
