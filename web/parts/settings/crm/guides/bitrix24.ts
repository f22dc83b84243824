import { t } from '../../../../words/words.ts';
import type { CrmGuide } from './guide.ts';

/** Where what is found is in `docs/crms/bitrix24.md`. */
export const bitrix24: CrmGuide = {
  crm: 'bitrix24',
  get name() {
    return t('bitrix24.name');
  },
  needs: 'bitrix24.needs',
  steps: [
    {
      name: 'app',
      title: 'bitrix24.app',
      how: ['bitrix24.app-open', 'bitrix24.app-server', 'bitrix24.app-path', 'bitrix24.app-save'],
      note: 'bitrix24.app-note',
    },
    {
      name: 'keys',
      title: 'bitrix24.keys',
      how: ['bitrix24.keys-copy'],
      fields: [
        {
          name: 'host',
          label: 'bitrix24.host',
          hint: 'bitrix24.host-hint',
          looks: /[\w-]+(?:\.[\w-]+)+/,
          malformed: 'crm.host-malformed',
          refused: 'crm.host-refused',
        },
        {
          name: 'clientId',
          label: 'bitrix24.client-id',
          hint: 'bitrix24.client-id-hint',
          looks: /^[\w.]{10,200}$/,
          malformed: 'crm.client-id-malformed',
          refused: 'crm.client-id-refused',
        },
        {
          name: 'clientSecret',
          label: 'bitrix24.client-secret',
          looks: /^\w{16,200}$/,
          malformed: 'crm.secret-malformed',
          refused: 'crm.secret-refused',
          isSecret: true,
        },
      ],
    },
  ],
  install: {
    name: 'install',
    title: 'bitrix24.install',
    how: ['bitrix24.install-paste', 'bitrix24.install-press'],
    addresses: [
      { label: 'bitrix24.handler-path', of: 'frameUrl' },
      { label: 'bitrix24.install-path', of: 'hooksUrl' },
    ],
  },
  todos: { BITRIX24_LEADS: { how: ['bitrix24.leads'] } },
};
