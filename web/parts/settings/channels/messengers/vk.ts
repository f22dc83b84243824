import { API_ADDRESS, type Guide } from './guide.ts';

/** Connecting a VK community. Where what is found is in `docs/messengers/vk.md`. */
export const guide: Guide = {
  transport: 'vk',
  steps: [
    {
      name: 'community',
      title: 'vk.community',
      how: ['vk.community-open', 'vk.community-messages', 'vk.community-bots', 'vk.community-copy'],
      note: 'vk.community-note',
      link: { href: 'https://vk.com/groups?tab=admin', words: 'vk.community-link' },
      fields: [
        {
          name: 'groupId',
          label: 'vk.group-id',
          hint: 'vk.group-id-hint',
          looks: /[1-9]\d{0,11}/,
          malformed: 'vk.group-id-malformed',
          refused: 'vk.group-id-refused',
        },
      ],
    },
    {
      name: 'token',
      title: 'vk.token',
      how: ['vk.token-open', 'vk.token-rights', 'vk.token-copy'],
      note: 'vk.token-note',
      fields: [
        {
          name: 'accessToken',
          label: 'vk.access-token',
          looks: /[\w.-]{20,1000}/,
          malformed: 'vk.access-token-malformed',
          refused: 'vk.access-token-refused',
          isSecret: true,
        },
        {
          name: 'confirmation',
          label: 'vk.confirmation',
          hint: 'vk.confirmation-hint',
          looks: /^\w{4,64}$/,
          malformed: 'vk.confirmation-malformed',
          refused: 'vk.confirmation-malformed',
          isOptional: true,
          isRare: true,
        },
        API_ADDRESS,
      ],
    },
  ],
  secret: 'vk.secret',
  blocked: 'vk.blocked',
  unavailable: 'vk.unavailable',
  refusals: [
    // https://dev.vk.com/ru/method/groups.addCallbackServer: error 2000
    { said: /Servers number limit/i, words: 'vk.too-many-servers' },
    { said: /could not confirm/i, words: 'vk.not-confirmed' },
  ],
  linkOf: (screenName) => `https://vk.me/${screenName}`,
};
