import { API_ADDRESS, type Guide } from './guide.ts';

/** Connecting a MAX bot: https://dev.max.ru/docs/chatbots/bots-create */
export const guide: Guide = {
  transport: 'maxbot',
  steps: [
    {
      name: 'bot',
      title: 'maxbot.bot',
      how: ['maxbot.bot-open', 'maxbot.bot-new', 'maxbot.bot-wait'],
      note: 'maxbot.bot-note',
      link: { href: 'https://business.max.ru/self', words: 'maxbot.bot-link' },
    },
    {
      name: 'token',
      title: 'maxbot.token',
      how: ['maxbot.token-find', 'maxbot.token-copy'],
      note: 'maxbot.token-note',
      fields: [
        {
          name: 'botToken',
          label: 'maxbot.bot-token',
          hint: 'maxbot.bot-token-hint',
          looks: /[\w.~+/=-]{20,500}/,
          malformed: 'maxbot.bot-token-malformed',
          refused: 'maxbot.bot-token-refused',
          isSecret: true,
        },
        API_ADDRESS,
      ],
    },
  ],
  secret: 'maxbot.secret',
  // Of what MAX says of an address that it would not call, only the field is known.
  refusals: [{ said: /\burl\b|https?\b/i, words: 'maxbot.webhook-refused' }],
  linkOf: (username) => `https://max.ru/${username}`,
};
