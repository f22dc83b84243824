import { ON } from '../../kit/guide-step.ts';
import { API_ADDRESS, type Guide } from './guide.ts';

/** Connecting an Instagram account. Where what is found is in `docs/messengers/instagram.md`. */
export const guide: Guide = {
  transport: 'instagram',
  needsHttps: 'instagram.not-public',
  steps: [
    {
      name: 'app',
      title: 'instagram.app',
      how: ['instagram.app-professional', 'instagram.app-allow', 'instagram.app-make', 'instagram.app-live'],
      note: 'instagram.app-note',
      link: { href: 'https://developers.facebook.com/apps', words: 'instagram.app-link' },
    },
    {
      name: 'account',
      title: 'instagram.account',
      how: ['instagram.account-open', 'instagram.account-add', 'instagram.account-generate'],
      note: 'instagram.account-note',
      fields: [
        {
          name: 'igId',
          label: 'instagram.ig-id',
          hint: 'instagram.ig-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'instagram.id-malformed',
          refused: 'instagram.ig-id-refused',
          isOptional: true,
        },
        {
          name: 'pageId',
          label: 'instagram.page-id',
          hint: 'instagram.page-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'instagram.id-malformed',
          refused: 'instagram.page-id-refused',
          isOptional: true,
          isRare: true,
        },
        {
          name: 'accessToken',
          label: 'instagram.access-token',
          looks: /^[\w|.-]{10,1000}$/,
          malformed: 'instagram.access-token-malformed',
          refused: 'instagram.access-token-refused',
          isSecret: true,
        },
      ],
    },
    {
      name: 'secret',
      title: 'instagram.secret',
      how: ['instagram.secret-open', 'instagram.secret-show', 'instagram.secret-second'],
      note: 'instagram.secret-note',
      fields: [
        {
          name: 'appId',
          label: 'instagram.app-id',
          hint: 'instagram.app-id-hint',
          looks: /^\d{5,25}$/,
          malformed: 'instagram.id-malformed',
          refused: 'instagram.app-id-refused',
          isOptional: true,
        },
        {
          name: 'appSecret',
          label: 'instagram.app-secret',
          looks: /^[\w-]{16,128}$/,
          malformed: 'instagram.app-secret-malformed',
          refused: 'instagram.app-secret-refused',
          isSecret: true,
        },
        {
          name: 'igAppSecret',
          label: 'instagram.ig-app-secret',
          hint: 'instagram.ig-app-secret-hint',
          looks: /^[\w-]{16,128}$/,
          malformed: 'instagram.app-secret-malformed',
          refused: 'instagram.app-secret-refused',
          isSecret: true,
          isOptional: true,
        },
        {
          name: 'humanAgent',
          label: 'instagram.human-agent',
          hint: 'instagram.human-agent-hint',
          looks: ON,
          malformed: 'instagram.human-agent-hint',
          refused: 'instagram.human-agent-hint',
          isOptional: true,
          isSwitch: true,
        },
        API_ADDRESS,
      ],
    },
  ],
  afterwards: {
    name: 'webhook',
    title: 'instagram.webhook',
    how: ['instagram.webhook-open', 'instagram.webhook-paste', 'instagram.webhook-fields'],
    note: 'instagram.webhook-note',
    link: { href: 'https://developers.facebook.com/apps', words: 'instagram.app-link' },
  },
  secret: 'instagram.verify',
  // https://developers.facebook.com/docs/graph-api/webhooks/getting-started: Meta asks the address before it takes it.
  refusals: [{ said: /2200|callback|webhook/i, words: 'instagram.callback-refused' }],
  linkOf: (username) => `https://ig.me/m/${username}`,
};
