import type { Crms } from '#crms/registry/crms';
import type { Portal } from '#domain/crm';
import { CRM_HOST, CRM_PATH, CRM_TOKEN } from './places.ts';

/** A `fetch` whose calls of the stand-in CRM, and those with its tokens, go to this machine. `ownUrl` is where this process reaches itself. */
export function throughStandIn(fetch: typeof globalThis.fetch, ownUrl: string): typeof globalThis.fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
    const isOurs = url.host === CRM_HOST || headers.get('authorization')?.startsWith(`Bearer ${CRM_TOKEN}`);
    if (!isOurs) return fetch(input, init);
    const here = `${ownUrl}${CRM_PATH}${url.pathname}${url.search}`;
    return fetch(input instanceof Request ? new Request(here, input) : here, init);
  };
}

/** The same connectors, whose links to things in the stand-in CRM open its page. */
export function withStandInLinks({ crmFor }: Crms, ownUrl: string): Crms {
  const at = ({ host }: Portal, link: string) =>
    host === CRM_HOST ? link.replace(`https://${CRM_HOST}`, ownUrl + CRM_PATH) : link;
  return {
    crmFor(name) {
      const crm = crmFor(name);
      if (!crm) return undefined;
      const { contact, deal, newDeal } = crm.links;
      return {
        ...crm,
        links: {
          contact: (portal, id) => at(portal, contact(portal, id)),
          deal: (portal, id) => at(portal, deal(portal, id)),
          newDeal: (portal, contactId, pipelineId) => at(portal, newDeal(portal, contactId, pipelineId)),
        },
      };
    },
  };
}
