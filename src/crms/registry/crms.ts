import { createAmocrm } from '#crms/amocrm/index';
import { createBitrix24 } from '#crms/bitrix24/index';
import type { Crm } from '#crms/crm';
import { createHubspot } from '#crms/hubspot/index';
import type { CrmName } from '#domain/crm';
import { withinLimits } from './within-limits.ts';

/** Every CRM that Konvert has a connector for. */
export interface Crms {
  /** The connector of that name, or undefined if there is none. */
  crmFor(name: string): Crm | undefined;
}

/** What connectors are built on. The real implementation stands in for what is left out. */
export interface CrmsOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** The address that stands in for every host of that CRM, for `npm start` and tests. */
  readonly baseUrls?: Readonly<Partial<Record<CrmName, string>>> | undefined;
}

/** Builds all connectors on one `fetch`. A new CRM is one more line here. */
export function createCrms({ fetch = globalThis.fetch, baseUrls = {} }: CrmsOptions = {}): Crms {
  const crms: readonly Crm[] = [
    createHubspot({ fetch, baseUrl: baseUrls.hubspot }),
    createAmocrm({ fetch, baseUrl: baseUrls.amocrm }),
    createBitrix24({ fetch, baseUrl: baseUrls.bitrix24 }),
  ];
  const byName = new Map<string, Crm>(crms.map((crm) => [crm.name, withinLimits(crm)]));
  return { crmFor: (name) => byName.get(name) };
}
