import { API_ADDRESS, type Guide } from './guide.ts';

/** Numbers of the WhatsApp Cloud API. Where what is found is in `docs/messengers/whatsapp.md`. */
export const guide: Guide = {
  transport: 'wapi',
  needsHttps: 'wapi.not-public',
  steps: [
    {
      name: 'app',
      title: 'wapi.app',
      how: ['wapi.app-portfolio', 'wapi.app-make', 'wapi.app-number', 'wapi.app-live'],
      note: 'wapi.app-note',
      link: { href: 'https://developers.facebook.com/apps', words: 'wapi.app-link' },
    },
    {
      name: 'number',
      title: 'wapi.number',
      how: ['wapi.number-open', 'wapi.number-copy'],
      fields: [
        {
          name: 'phoneNumberId',
          label: 'wapi.phone-number-id',
          hint: 'wapi.phone-number-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'wapi.id-malformed',
          refused: 'wapi.phone-number-id-refused',
        },
        {
          name: 'wabaId',
          label: 'wapi.waba-id',
          hint: 'wapi.waba-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'wapi.id-malformed',
          refused: 'wapi.waba-id-refused',
          isOptional: true,
        },
      ],
    },
    {
      name: 'secret',
      title: 'wapi.secret',
      how: ['wapi.secret-open', 'wapi.secret-show'],
      note: 'wapi.secret-note',
      fields: [
        {
          name: 'appSecret',
          label: 'wapi.app-secret',
          looks: /^[\w-]{16,128}$/,
          malformed: 'wapi.app-secret-malformed',
          refused: 'wapi.app-secret-refused',
          isSecret: true,
        },
      ],
    },
    {
      name: 'token',
      title: 'wapi.token',
      how: ['wapi.token-user', 'wapi.token-assets', 'wapi.token-generate'],
      note: 'wapi.token-note',
      link: { href: 'https://business.facebook.com/settings/system-users', words: 'wapi.token-link' },
      fields: [
        {
          name: 'accessToken',
          label: 'wapi.access-token',
          looks: /^[\w|.-]{10,1000}$/,
          malformed: 'wapi.access-token-malformed',
          refused: 'wapi.access-token-refused',
          isSecret: true,
        },
        API_ADDRESS,
      ],
    },
  ],
  afterwards: {
    name: 'webhook',
    title: 'wapi.webhook',
    how: ['wapi.webhook-open', 'wapi.webhook-paste', 'wapi.webhook-fields'],
    note: 'wapi.webhook-note',
    link: { href: 'https://developers.facebook.com/apps', words: 'wapi.app-link' },
  },
  secret: 'wapi.verify',
  blocked: 'wapi.blocked',
  unavailable: 'wapi.unavailable',
  // https://developers.facebook.com/docs/graph-api/webhooks/getting-started: Meta asks the address before it takes it.
  refusals: [{ said: /2200|callback|webhook/i, words: 'wapi.callback-refused' }],
  linkOf: (phone) => `https://wa.me/${phone}`,
};
