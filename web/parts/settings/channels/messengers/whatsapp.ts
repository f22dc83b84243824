import { API_ADDRESS, type Guide } from './guide.ts';

/** Numbers of the WhatsApp Cloud API. Where what is found is in `docs/messengers/whatsapp.md`. */
export const whatsapp: Guide = {
  transport: 'wapi',
  chatType: 'whatsapp',
  title: 'whatsapp.title',
  needs: 'whatsapp.needs',
  needsHttps: 'whatsapp.not-public',
  steps: [
    {
      name: 'app',
      title: 'whatsapp.app',
      how: ['whatsapp.app-portfolio', 'whatsapp.app-make', 'whatsapp.app-number', 'whatsapp.app-live'],
      note: 'whatsapp.app-note',
      link: { href: 'https://developers.facebook.com/apps', words: 'whatsapp.app-link' },
    },
    {
      name: 'number',
      title: 'whatsapp.number',
      how: ['whatsapp.number-open', 'whatsapp.number-copy'],
      fields: [
        {
          name: 'phoneNumberId',
          label: 'whatsapp.phone-number-id',
          hint: 'whatsapp.phone-number-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'whatsapp.id-malformed',
          refused: 'whatsapp.phone-number-id-refused',
        },
        {
          name: 'wabaId',
          label: 'whatsapp.waba-id',
          hint: 'whatsapp.waba-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'whatsapp.id-malformed',
          refused: 'whatsapp.waba-id-refused',
          isOptional: true,
        },
      ],
    },
    {
      name: 'secret',
      title: 'whatsapp.secret',
      how: ['whatsapp.secret-open', 'whatsapp.secret-show'],
      note: 'whatsapp.secret-note',
      fields: [
        {
          name: 'appSecret',
          label: 'whatsapp.app-secret',
          looks: /^[\w-]{16,128}$/,
          malformed: 'whatsapp.app-secret-malformed',
          refused: 'whatsapp.app-secret-refused',
          isSecret: true,
        },
      ],
    },
    {
      name: 'token',
      title: 'whatsapp.token',
      how: ['whatsapp.token-user', 'whatsapp.token-assets', 'whatsapp.token-generate'],
      note: 'whatsapp.token-note',
      link: { href: 'https://business.facebook.com/settings/system-users', words: 'whatsapp.token-link' },
      fields: [
        {
          name: 'accessToken',
          label: 'whatsapp.access-token',
          looks: /^[\w|.-]{10,1000}$/,
          malformed: 'whatsapp.access-token-malformed',
          refused: 'whatsapp.access-token-refused',
          isSecret: true,
        },
        API_ADDRESS,
      ],
    },
  ],
  afterwards: {
    name: 'webhook',
    title: 'whatsapp.webhook',
    how: ['whatsapp.webhook-open', 'whatsapp.webhook-paste', 'whatsapp.webhook-fields'],
    note: 'whatsapp.webhook-note',
    link: { href: 'https://developers.facebook.com/apps', words: 'whatsapp.app-link' },
  },
  secret: 'whatsapp.verify',
  blocked: 'whatsapp.blocked',
  unavailable: 'whatsapp.unavailable',
  // https://developers.facebook.com/docs/graph-api/webhooks/getting-started: Meta asks the address before it takes it.
  refusals: [{ said: /2200|callback|webhook/i, words: 'whatsapp.callback-refused' }],
  linkOf: (phone) => `https://wa.me/${phone}`,
  shown: (phone) => `+${phone}`,
};
