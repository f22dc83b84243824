import type { CrmConnection } from '#domain/crm';
import { timeOf } from '#domain/time-key';
import type { Row } from '#store/outbox/row-item';

/** The code of what a CRM was not told any more, because the account left it. */
export const CRM_DISCONNECTED = 'CRM_DISCONNECTED';

/**
 * Whether a row that failed can be sent again to the CRM that is connected now. One of a CRM that was left names contacts
 * of that one: they are nobody, or somebody else, in another.
 */
export function isOfCrm(
  connection: CrmConnection | undefined,
  { failedAt = '', lastError }: Pick<Row, 'failedAt' | 'lastError'>,
): boolean {
  return connection !== undefined && lastError?.code !== CRM_DISCONNECTED && timeOf(failedAt) >= connection.madeAt;
}
