import type { CrmName } from './crm.ts';

/** The CRMs that have an inbox of enquiries (D5), as their connectors say it, for functions that call no CRM. */
export const WITH_UNSORTED: readonly CrmName[] = ['amocrm'];
