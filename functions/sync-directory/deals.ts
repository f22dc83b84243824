import type * as z from 'zod/mini';
import { MOST_ENTITIES } from '#api/crm-fields';
import type { CrmRoutes } from '#api/crm-routes';
import { deal, presentDeal } from '#api/deal-routes';
import type { Deal } from '#domain/directory';
import type { DealChanges } from '#flows/sight/push-deal';
import { RequestError } from '#http/errors';
import type { Deals } from '#store/directory/deals';
import { cardRoutes } from './cards.ts';

export interface DealsDeps {
  readonly deals: Pick<Deals, 'get' | 'page'>;
  readonly dealChanges: DealChanges;
}

/** The deals of the CRM, as in the Wazzup API v3. */
export function dealRoutes({ deals, dealChanges }: DealsDeps): CrmRoutes {
  return cardRoutes('/v3/deals', {
    kind: {
      schema: deal,
      code: 'INVALID_DEALS_DATA',
      description: 'One or more of provided deals data are not valid.',
      most: MOST_ENTITIES,
    },
    toCard: toDeal,
    touches: (_account, { contacts }) => contacts,
    push: dealChanges.pushDeal,
    remove: dealChanges.removeDeal,
    get: deals.get,
    page: deals.page,
    present: presentDeal,
    notFound: () => new RequestError(404, 'DEAL_NOT_FOUND', 'There is no such deal'),
  });
}

function toDeal({ contacts, link, uri = link, ...given }: z.infer<typeof deal>): Deal {
  return { ...given, contacts: [...new Set(contacts)], ...(uri !== undefined && { uri }) };
}
