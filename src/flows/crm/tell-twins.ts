import type { Carrier } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { Ref } from '#domain/crm';
import { createCrmConnections } from '#store/accounts/crms';
import type { StoreDeps } from '#store/dynamo/client';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { type Did, NEXT } from './connector-calls.ts';

/** Makes `tellTwins`: the row fails as `TWIN`, with links to each of what is there twice, so that a person decides. */
export function createTellTwins(deps: StoreDeps & Pick<Crms, 'crmFor'>) {
  const rows = createRows(deps);
  const connections = createCrmConnections(deps);

  return async function tellTwins(
    row: RowOf<'creation'>,
    ours: { readonly contact?: string | undefined; readonly deal?: string | undefined },
    younger: readonly Carrier[],
  ): Promise<Did> {
    const links = await linksOf(row.account);
    const both = younger.flatMap(({ type, id }) => {
      const other = ours[type];
      return other === undefined ? [] : [[links(type, other), links(type, id)]];
    });
    const description = `The CRM has two of them: ${both.map((pair) => pair.join(' ')).join(', ')}`;
    await rows.markFailed(row, { code: 'TWIN', description, links: [...new Set(both.flat())] });
    return NEXT;
  };

  async function linksOf(account: string) {
    const connection = await connections.of(account);
    const crm = connection && deps.crmFor(connection.crm);
    const portal = connection?.portal;
    return (type: Ref['type'], id: string) => (crm && portal ? crm.links[type](portal, id) : `${type} ${id}`);
  }
}
