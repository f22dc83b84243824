import type { CrmGuide } from './guide.ts';

/** Where what is found is in `docs/crms/hubspot.md`. HubSpot does not speak Russian, so its menus are English. */
export const hubspot: CrmGuide = {
  crm: 'hubspot',
  name: 'HubSpot',
  needs: 'hubspot.needs',
  steps: [
    {
      name: 'key',
      title: 'hubspot.key',
      how: ['hubspot.key-open', 'hubspot.key-make', 'hubspot.key-scopes', 'hubspot.key-copy'],
      note: 'hubspot.key-note',
      link: { href: 'https://app.hubspot.com/', words: 'hubspot.key-link' },
    },
    {
      name: 'token',
      title: 'hubspot.token',
      how: ['hubspot.token-paste'],
      fields: [
        {
          name: 'accessToken',
          label: 'hubspot.access-token',
          unless: 'clientId',
          looks: /^[\w.-]{16,2000}$/,
          malformed: 'crm.token-malformed',
          refused: 'crm.token-refused',
          isSecret: true,
        },
        {
          name: 'clientSecret',
          label: 'hubspot.client-secret',
          hint: 'hubspot.client-secret-hint',
          looks: /^[\w-]{16,200}$/,
          malformed: 'crm.secret-malformed',
          refused: 'crm.secret-refused',
          isSecret: true,
          isOptional: true,
        },
        {
          name: 'clientId',
          label: 'hubspot.client-id',
          hint: 'hubspot.client-id-hint',
          looks: /^[\w-]{8,200}$/,
          malformed: 'crm.client-id-malformed',
          refused: 'crm.client-id-refused',
          isOptional: true,
        },
      ],
    },
  ],
  todos: {
    HUBSPOT_APP: {
      how: ['hubspot.app-addresses', 'hubspot.app-upload', 'hubspot.app-credentials'],
      values: { targetUrl: 'crm.hooks-url', frameUrl: 'crm.frame-url' },
    },
  },
};
