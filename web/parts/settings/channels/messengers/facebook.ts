import { ON } from '../../kit/guide-step.ts';
import { API_ADDRESS, type Guide } from './guide.ts';

/** Connecting a Facebook page. Where what is found is in `docs/messengers/facebook.md`. */
export const guide: Guide = {
  transport: 'facebook',
  needsHttps: 'facebook.not-public',
  steps: [
    {
      name: 'app',
      title: 'facebook.app',
      how: ['facebook.app-page', 'facebook.app-make', 'facebook.app-live'],
      note: 'facebook.app-note',
      link: { href: 'https://developers.facebook.com/apps', words: 'facebook.app-link' },
    },
    {
      name: 'page',
      title: 'facebook.page',
      how: ['facebook.page-open', 'facebook.page-copy'],
      fields: [
        {
          name: 'pageId',
          label: 'facebook.page-id',
          hint: 'facebook.page-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'facebook.id-malformed',
          refused: 'facebook.page-id-refused',
        },
      ],
    },
    {
      name: 'secret',
      title: 'facebook.secret',
      how: ['facebook.secret-open', 'facebook.secret-show'],
      note: 'facebook.secret-note',
      fields: [
        {
          name: 'appId',
          label: 'facebook.app-id',
          hint: 'facebook.app-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'facebook.id-malformed',
          refused: 'facebook.app-id-refused',
          isOptional: true,
        },
        {
          name: 'appSecret',
          label: 'facebook.app-secret',
          looks: /^[\w-]{16,128}$/,
          malformed: 'facebook.app-secret-malformed',
          refused: 'facebook.app-secret-refused',
          isSecret: true,
        },
      ],
    },
    {
      name: 'token',
      title: 'facebook.token',
      how: ['facebook.token-user', 'facebook.token-assets', 'facebook.token-generate'],
      note: 'facebook.token-note',
      link: { href: 'https://business.facebook.com/settings/system-users', words: 'facebook.token-link' },
      fields: [
        {
          name: 'accessToken',
          label: 'facebook.access-token',
          looks: /^[\w|.-]{10,1000}$/,
          malformed: 'facebook.access-token-malformed',
          refused: 'facebook.access-token-refused',
          isSecret: true,
        },
        {
          name: 'humanAgent',
          label: 'facebook.human-agent',
          hint: 'facebook.human-agent-hint',
          looks: ON,
          malformed: 'facebook.human-agent-hint',
          refused: 'facebook.human-agent-hint',
          isOptional: true,
          isSwitch: true,
        },
        API_ADDRESS,
      ],
    },
  ],
  afterwards: {
    name: 'webhook',
    title: 'facebook.webhook',
    how: ['facebook.webhook-open', 'facebook.webhook-paste', 'facebook.webhook-fields'],
    note: 'facebook.webhook-note',
    link: { href: 'https://developers.facebook.com/apps', words: 'facebook.app-link' },
  },
  secret: 'facebook.verify',
  blocked: 'facebook.blocked',
  // https://developers.facebook.com/docs/graph-api/webhooks/getting-started: Meta asks the address before it takes it.
  refusals: [{ said: /2200|callback|webhook/i, words: 'facebook.callback-refused' }],
  linkOf: (page) => `https://m.me/${page}`,
};
