import { API_ADDRESS, type Guide } from './guide.ts';

/** Connecting an Avito profile: https://developers.avito.ru/about-api */
export const guide: Guide = {
  transport: 'avito',
  needsHttps: 'avito.not-public',
  steps: [
    {
      name: 'plan',
      title: 'avito.plan',
      how: ['avito.plan-open', 'avito.plan-level', 'avito.plan-company'],
      note: 'avito.plan-note',
      link: { href: 'https://www.avito.ru/professionals', words: 'avito.plan-link' },
    },
    {
      name: 'keys',
      title: 'avito.keys',
      how: ['avito.keys-open', 'avito.keys-make', 'avito.keys-copy'],
      note: 'avito.keys-note',
      link: { href: 'https://www.avito.ru/professionals/api', words: 'avito.keys-link' },
      fields: [
        {
          name: 'clientId',
          label: 'avito.client-id',
          looks: /^[\w-]{4,128}$/,
          malformed: 'avito.key-malformed',
          refused: 'avito.keys-refused',
        },
        {
          name: 'clientSecret',
          label: 'avito.client-secret',
          looks: /^[\w-]{8,256}$/,
          malformed: 'avito.key-malformed',
          refused: 'avito.keys-refused',
          isSecret: true,
        },
      ],
    },
    {
      name: 'account',
      title: 'avito.account',
      how: ['avito.account-open', 'avito.account-copy'],
      fields: [
        {
          name: 'userId',
          label: 'avito.user-id',
          hint: 'avito.user-id-hint',
          looks: /^[1-9]\d{0,19}$/,
          malformed: 'avito.user-id-malformed',
          refused: 'avito.user-id-refused',
        },
        API_ADDRESS,
      ],
    },
  ],
  secret: 'avito.secret',
  blocked: 'avito.blocked',
  refusals: [
    { said: /address|webhook|url/i, words: 'avito.webhook-refused' },
    { said: /forbidden|payment|подписк|тариф|subscription/i, words: 'avito.plan-refused' },
  ],
};
