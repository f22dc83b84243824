import type { JSX } from 'preact';
import type { CrmModel } from '../../../settings-models/crm.ts';
import type { PeopleModel } from '../../../settings-models/people.ts';
import { t } from '../../../words/words.ts';
import { Refresh } from '../crm/refresh.tsx';
import type { Connector } from '../kit/connector.ts';

/** A connected CRM keeps the list: it is read from there. */
export function FromConnector({
  people,
  crm,
  connector: { name },
}: {
  people: PeopleModel;
  crm: CrmModel;
  connector: Connector;
}): JSX.Element {
  return (
    <Refresh
      model={crm}
      of={{ name, steps: [] }}
      hint={t('crm.keeps-people', { crm: name })}
      onDone={() => void people.users.reload()}
    />
  );
}
