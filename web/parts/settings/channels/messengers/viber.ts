import { API_ADDRESS, type Guide } from './guide.ts';

/** Connecting a Viber bot: https://developers.viber.com/docs/api/rest-bot-api/#get-started */
export const guide: Guide = {
  transport: 'viber',
  needsHttps: 'viber.not-public',
  steps: [
    {
      name: 'bot',
      title: 'viber.bot',
      how: ['viber.bot-contract', 'viber.bot-old'],
      note: 'viber.bot-note',
      link: { href: 'https://www.forbusiness.viber.com/en/chatbots/', words: 'viber.bot-link' },
    },
    {
      name: 'token',
      title: 'viber.token',
      how: ['viber.token-open', 'viber.token-copy'],
      note: 'viber.token-note',
      fields: [
        {
          name: 'authToken',
          label: 'viber.auth-token',
          hint: 'viber.auth-token-hint',
          looks: /^[\w-]{20,128}$/,
          malformed: 'viber.auth-token-malformed',
          refused: 'viber.auth-token-refused',
          isSecret: true,
        },
      ],
    },
    {
      name: 'sender',
      title: 'viber.sender',
      how: ['viber.sender-choose'],
      fields: [
        {
          name: 'senderName',
          label: 'viber.sender-name',
          hint: 'viber.sender-name-hint',
          looks: /^\S(?:.{0,26}\S)?$/,
          malformed: 'viber.sender-name-malformed',
          refused: 'viber.sender-name-malformed',
        },
        API_ADDRESS,
      ],
    },
  ],
  blocked: 'viber.blocked',
  refusals: [{ said: /invalidUrl|webhook|url/i, words: 'viber.webhook-refused' }],
  linkOf: (uri) => `viber://pa?chatURI=${encodeURIComponent(uri)}`,
};
