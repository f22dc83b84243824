import { hooks as amocrm } from '#crms/amocrm/hooks';
import { createHooks as createBitrix24Hooks } from '#crms/bitrix24/hooks';
import type { Crm } from '#crms/crm';
import { hooks as hubspot } from '#crms/hubspot/hooks';
import type { CrmName } from '#domain/crm';

/** The part of each connector that reads hooks. */
export interface CrmHooks {
  /** Undefined if there is no connector of that name. */
  crmFor(name: string): Pick<Crm, 'hooks'> | undefined;
}

/** The hooks of all connectors, for a function that calls no CRM: its bundle is without all that does. */
export function createCrmHooks(clock: () => number = Date.now): CrmHooks {
  const crms: Readonly<Record<CrmName, Pick<Crm, 'hooks'>>> = {
    hubspot: { hooks: hubspot },
    amocrm: { hooks: amocrm },
    bitrix24: { hooks: createBitrix24Hooks(clock) },
  };
  const byName = new Map<string, Pick<Crm, 'hooks'>>(Object.entries(crms));
  return { crmFor: (name) => byName.get(name) };
}
