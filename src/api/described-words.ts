import type { Tag } from '#api/described-route';
import { chatTypesOf, TRANSPORTS } from '#domain/chat-types';

/** What the description says of the whole API. */
export const ABOUT = {
  summary: 'Unanswered chats; compatible with the Wazzup API v3',
  description: `Clients write to a company in Telegram, WhatsApp, Instagram, Messenger, MAX, VK, Avito or Viber. Konvert keeps each chat unanswered until somebody replies, gives new clients out to the team, and tells the CRM.

- \`/v3\` is the Wazzup API v3, its error shapes included. \`/v1\` is what that API lacks.
- Send \`Authorization: Bearer <API key>\`. With the header \`Konvert-User\` the key acts as a user of the CRM.
- Ids are texts; a number is taken as its decimal text. Times are ISO 8601 in UTC with milliseconds. In a body, \`null\` counts as absent.
- Unknown fields of requests are ignored. Answers may get further fields.
- Every error has a code and a description. A 5xx may be sent again as it was.
- A gateway before Konvert may answer 404, 429 or 5xx by itself, with \`{"message": "…"}\`.`,
  license: { name: 'MIT', identifier: 'MIT' },
} as const;

/** What is connected with each transport. */
const CONNECTED: Readonly<Record<string, string>> = {
  telegram: 'a bot in Telegram',
  wapi: 'a number of the WhatsApp Business Platform',
  whatsapp: 'a phone with WhatsApp, by QR code and a bridge of the company',
  instagram: 'a professional account of Instagram',
  facebook: 'a page of Facebook, in Messenger',
  maxbot: 'a bot in MAX',
  vk: 'a community in VK',
  avito: 'an account of Avito',
  viber: 'a bot in Viber',
};

function transportList(): string {
  const lineOf = (transport: string) => {
    const chatTypes = chatTypesOf(transport).map((chatType) => `\`${chatType}\``);
    return `- \`${transport}\`, chats of ${chatTypes.join(', ')}: ${CONNECTED[transport]}`;
  };
  return TRANSPORTS.map(lineOf).join('\n');
}

/** What belongs together in the reference. */
export const TAGS: Readonly<Record<Tag, string>> = {
  Messages: 'Replying to clients, writing first, and changing what was sent.',
  Templates: 'What may be sent in WhatsApp when the client has been silent for a day.',
  Files: 'Files of messages, and uploads for them.',
  Chats: 'Lists, histories, and what the team decides about a chat.',
  Desk: 'What a person has beside chats: drafts, quick replies, and being woken.',
  Channels: `The connected accounts at messengers. The transports, with the type of their chats:

${transportList()}`,
  Users: 'The team, as the CRM pushes it.',
  Contacts: 'The clients that the CRM knows.',
  Deals: 'The deals of the CRM. With contacts they decide who sees a chat.',
  Pipelines: 'The pipelines of the CRM and their stages.',
  CRM: 'The connection to HubSpot, amoCRM or Bitrix24, which then keeps users, contacts, deals and pipelines.',
  Events: 'Where Konvert tells of messages, statuses and new clients. The calls themselves are under webhooks.',
  Deliveries: 'What could not leave, and sending it again.',
  Assignments: 'Why users became responsible for clients.',
  Statistics: 'How long clients waited for answers, and who answered them.',
  Settings: 'Roles, and what happens to new clients.',
  Accounts: 'Accounts, their API keys, and the audit.',
  People: 'Erasing everything that is known of a person, or a whole account.',
  Page: 'Opening the page of chats, in a window or a frame of the CRM, and staying signed in.',
  'Messenger webhooks': 'What messengers call.',
  Service: 'Whether Konvert answers, and what its API is.',
};

/** How a caller says who it is. */
export const SECURITY_SCHEMES = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key acts as the CRM of its account, or with `Konvert-User` as one of its users.',
  },
  operatorKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The operator key makes, disables and enables accounts. It sees nothing of them.',
  },
  pageToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'kp_…',
    description: 'A token of the page acts as the user of the link that was spent for it, or as the settings.',
  },
  crmKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'Of calls that Konvert makes: the `crmKey` that was registered, if one was.',
  },
  device: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-konvert-device',
    description:
      'The cookie of a browser that stays signed in. It renews the token of the page, and does nothing else.',
  },
} as const;
