import type { CrmModel, CrmName } from '../../../settings-models/crm.ts';
import { t } from '../../../words/words.ts';

/** A CRM with a connector, as people know it. */
export interface Connector {
  readonly name: string;
  /** Whether it has an inbox of enquiries (D5). */
  readonly hasUnsorted: boolean;
}

const CONNECTORS: Readonly<Record<CrmName, Connector>> = {
  hubspot: { name: 'HubSpot', hasUnsorted: false },
  amocrm: { name: 'amoCRM', hasUnsorted: true },
  bitrix24: {
    get name() {
      return t('bitrix24.name');
    },
    hasUnsorted: false,
  },
};

/** The CRM whose connector keeps people and pipelines; null if there is none, undefined while that is asked. */
export function connectorOf({ connection }: CrmModel): Connector | null | undefined {
  const { value: state } = connection.state;
  if (state.kind === 'loading') return undefined;
  return state.kind === 'ready' && state.value ? connectorNamed(state.value.crm) : null;
}

/** The connector of that CRM. */
export function connectorNamed(crm: CrmName): Connector {
  return CONNECTORS[crm];
}
