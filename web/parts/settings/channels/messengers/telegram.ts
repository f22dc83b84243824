import { API_ADDRESS, type Guide } from './guide.ts';

/** Telegram bots: https://core.telegram.org/bots/features#botfather */
export const guide: Guide = {
  transport: 'telegram',
  steps: [
    {
      name: 'bot',
      title: 'telegram.bot',
      how: ['telegram.bot-open', 'telegram.bot-new', 'telegram.bot-name'],
      note: 'telegram.bot-note',
      link: { href: 'https://t.me/BotFather', words: 'telegram.bot-link' },
    },
    {
      name: 'token',
      title: 'telegram.token',
      how: ['telegram.token-find', 'telegram.token-again'],
      note: 'telegram.token-note',
      fields: [
        {
          name: 'botToken',
          label: 'telegram.bot-token',
          hint: 'telegram.bot-token-hint',
          looks: /\d{1,20}:[\w-]{10,200}/,
          malformed: 'telegram.bot-token-malformed',
          refused: 'telegram.bot-token-refused',
          isSecret: true,
        },
        API_ADDRESS,
      ],
    },
  ],
  secret: 'telegram.secret',
  blocked: 'telegram.blocked',
  unavailable: 'telegram.unavailable',
  // https://core.telegram.org/bots/api#setwebhook: "Bad Request: bad webhook: …"
  refusals: [{ said: /webhook/i, words: 'telegram.webhook-refused' }],
  linkOf: (username) => `https://t.me/${username}`,
};
