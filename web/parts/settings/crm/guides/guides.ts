import { amocrm } from './amocrm.ts';
import { bitrix24 } from './bitrix24.ts';
import type { CrmGuide } from './guide.ts';
import { hubspot } from './hubspot.ts';

/** The CRMs that can be connected here. A new one is one more line. */
export const GUIDES: readonly CrmGuide[] = [hubspot, amocrm, bitrix24];

/** The guide of a CRM, if the page knows it. */
export function guideOf(crm: string): CrmGuide | undefined {
  return GUIDES.find((guide) => guide.crm === crm);
}
