import type { CrmGuide } from './guide.ts';

/** Where what is found is in `docs/crms/amocrm.md`. Kommo is the same program outside Russia. */
export const amocrm: CrmGuide = {
  crm: 'amocrm',
  name: 'amoCRM',
  names: 'amoCRM / Kommo',
  needs: 'amocrm.needs',
  steps: [
    {
      name: 'integration',
      title: 'amocrm.integration',
      how: ['amocrm.integration-open', 'amocrm.integration-make', 'amocrm.integration-name'],
      note: 'amocrm.integration-note',
    },
    {
      name: 'token',
      title: 'amocrm.token',
      how: ['amocrm.token-open', 'amocrm.token-make'],
      fields: [
        {
          name: 'host',
          label: 'amocrm.host',
          hint: 'amocrm.host-hint',
          looks: /[\w.-]+\.(?:amocrm\.(?:ru|com)|kommo\.com)/,
          malformed: 'crm.host-malformed',
          refused: 'crm.host-refused',
        },
        {
          name: 'accessToken',
          label: 'amocrm.access-token',
          unless: 'clientId',
          looks: /^[\w.~+/=-]{16,8000}$/,
          malformed: 'crm.token-malformed',
          refused: 'crm.token-refused',
          isSecret: true,
        },
        {
          name: 'clientSecret',
          label: 'amocrm.client-secret',
          hint: 'amocrm.client-secret-hint',
          looks: /^[\w-]{16,200}$/,
          malformed: 'crm.secret-malformed',
          refused: 'crm.secret-refused',
          isSecret: true,
          isOptional: true,
        },
        {
          name: 'clientId',
          label: 'amocrm.client-id',
          hint: 'amocrm.client-id-hint',
          looks: /^[\w-]{8,100}$/,
          malformed: 'crm.client-id-malformed',
          refused: 'crm.client-id-refused',
          isOptional: true,
        },
      ],
    },
  ],
  todos: {},
};
