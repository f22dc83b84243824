import type { CrmConnection, CrmName } from './crm.ts';

type Place = Pick<CrmConnection, 'baseUrl' | 'crm' | 'connectionId'>;

/** The address to which the CRM posts its hooks. It holds the secret by which they are known. */
export function crmHooksUrl({ baseUrl, crm, connectionId }: Place, hooksSecret: string): string {
  return `${baseUrl}/webhooks/crm/${crm}/${connectionId}/${hooksSecret}`;
}

/** The address that the CRM shows in a frame. */
export function crmFrameUrl({ baseUrl, crm, connectionId }: Place): string {
  return `${baseUrl}/webhooks/frame/${crm}/${connectionId}`;
}

/** The address to which the CRM sends a person back from its consent. It is the same for all connections. */
export function crmCallbackUrl({ baseUrl, crm }: { readonly baseUrl: string; readonly crm: CrmName }): string {
  return `${baseUrl}/v1/crm/callback/${crm}`;
}
