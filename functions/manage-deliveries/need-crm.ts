import type { Asker } from '#api/authenticate';
import { isOfCrm } from '#flows/send-again/of-crm';
import { crmNotConnected, RequestError } from '#http/errors';
import type { Audit } from '#store/accounts/audit';
import type { CrmConnections } from '#store/accounts/crms';
import type { Row } from '#store/outbox/row-item';

/** What tells which CRM an account is connected to, and keeps who sent something to it again. */
export interface CrmDeps {
  readonly connections: Pick<CrmConnections, 'now'>;
  readonly audit: Pick<Audit, 'record'>;
}

/**
 * Records who sends something to the CRM again. Throws a `RequestError` if no CRM is connected, or if the row failed in
 * another one: what was meant for that one can be told to nobody.
 */
export async function needCrm(
  { connections, audit }: CrmDeps,
  { account, keyId: actor }: Pick<Asker, 'account' | 'keyId'>,
  row?: Row,
): Promise<void> {
  const connection = await connections.now(account);
  if (!connection) throw crmNotConnected();
  if (row?.state === 'failed' && !isOfCrm(connection, row)) {
    throw new RequestError(404, 'DELIVERY_NOT_FOUND', 'It was meant for a CRM that was disconnected since');
  }
  await audit.record({ account, actor, act: 'crm-retried', subject: connection.connectionId });
}
