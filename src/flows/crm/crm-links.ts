import type { Asked, Crm } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { Made } from '#domain/creation';
import type { CrmContact, CrmDeal, Portal } from '#domain/crm';
import { createCrmConnections } from '#store/accounts/crms';
import type { StoreDeps } from '#store/dynamo/client';

/** The connector, whose contacts and deals say where a person looks at them in the CRM. */
export function withLinks(crm: Crm, portal: Portal | undefined): Crm {
  if (!portal) return crm;
  const linked = <T extends CrmContact | CrmDeal>(one: T): T => ({
    ...one,
    uri: crm.links[one.type](portal, one.id),
  });
  const each = <T extends CrmContact | CrmDeal>(asked: Asked<readonly T[]>): Asked<readonly T[]> =>
    asked.kind === 'ok' ? { kind: 'ok', value: asked.value.map(linked) } : asked;
  return {
    ...crm,
    find: async (...asked) => each(await crm.find(...asked)),
    dealsOf: async (...asked) => each(await crm.dealsOf(...asked)),
    async read(...asked) {
      const read = await crm.read(...asked);
      if (read.kind !== 'ok') return read;
      const value = read.value.map((one) => (one.kind === 'ok' ? { ...one, value: linked(one.value) } : one));
      return { kind: 'ok', value };
    },
  };
}

/** Says where what was made for an account is looked at in its CRM. */
export function createLinkMade(deps: StoreDeps & Pick<Crms, 'crmFor'>) {
  const connections = createCrmConnections(deps);

  return async function linkMade(account: string, made: Made): Promise<Made> {
    const { contact, deal } = made;
    const { crm: name = '', portal } = (await connections.of(account)) ?? {};
    const links = deps.crmFor(name)?.links;
    if (!links || !portal) return made;
    return {
      ...made,
      contact: { ...contact, uri: links.contact(portal, contact.id) },
      ...(deal && { deal: { ...deal, uri: links.deal(portal, deal.id) } }),
    };
  };
}
