/** One thing that a messenger is connected with. */
export interface Field {
  /** Its name in `credentials` of `POST /v1/channels`. */
  readonly name: string;
  /** The option without its dashes. A secret is read from the file that `--<option>-file` names, never from a word. */
  readonly option: string;
  /** What the help says. */
  readonly says: string;
  /** A secret: the variable that it may stand in, and what is asked for. */
  readonly secret?: { readonly variable: string; readonly question: string };
  /** It need not be given. A secret is not asked for then. */
  readonly isOptional?: true;
  /** It is true if its option is there. */
  readonly isSwitch?: true;
  /** Where it is found. Said if it is missing. */
  readonly where?: string;
}

/** A messenger that the command line connects. */
export interface Messenger {
  /** Its word: `channels connect whatsapp`. */
  readonly word: string;
  readonly transport: string;
  /** Its name for people, and of a channel that is given none. */
  readonly called: string;
  /** What is connected: a bot. */
  readonly account: string;
  /** What its secret is called, if there is one. */
  readonly secretWord?: string;
  readonly fields: readonly Field[];
  /** It has no address of its own: that of the operator’s server is one of the fields. */
  readonly hasNoApiAddress?: true;
  /** Whether its messages can be taken away from another program. */
  readonly takesOver?: true;
  /** More of an example than its word. */
  readonly example: string;
  /** Where clients write, by the account of a channel. */
  placeOf(plainId: string): string;
}

const accessToken = (variable: string, question: string): Field => ({
  name: 'accessToken',
  option: 'access-token',
  says: 'the file that holds the access token',
  secret: { variable, question },
});
const appSecret = (variable: string): Field => ({
  name: 'appSecret',
  option: 'app-secret',
  says: 'the file that holds the app secret',
  secret: { variable, question: 'The app secret (App settings > Basic)' },
});
const botToken = (variable: string, question: string): Field => ({
  name: 'botToken',
  option: 'token',
  says: 'the file that holds the token of the bot',
  secret: { variable, question },
});
const ofMeta: readonly Field[] = [
  {
    name: 'appId',
    option: 'app-id',
    says: 'the id of the app: its webhooks are then led here by a call',
    isOptional: true,
  },
  {
    name: 'humanAgent',
    option: 'human-agent',
    says: 'Meta lets the app answer as a person for seven days',
    isOptional: true,
    isSwitch: true,
  },
];

/** The messengers, in the order of the help. A new one is one entry here. */
export const MESSENGERS: readonly Messenger[] = [
  {
    word: 'telegram',
    transport: 'telegram',
    called: 'Telegram',
    account: 'a bot',
    fields: [botToken('TELEGRAM_BOT_TOKEN', 'The token that @BotFather gave')],
    takesOver: true,
    example: '--name "Our bot"',
    placeOf: (username) => `https://t.me/${username}`,
  },
  {
    word: 'whatsapp',
    transport: 'wapi',
    called: 'WhatsApp',
    account: 'a number of the WhatsApp Business Platform',
    fields: [
      {
        name: 'phoneNumberId',
        option: 'phone-number-id',
        says: 'the id of the number, from API Setup',
        where: 'Meta shows it in WhatsApp > API Setup',
      },
      {
        name: 'wabaId',
        option: 'waba-id',
        says: 'the id of the business account, for its templates',
        isOptional: true,
      },
      accessToken('WHATSAPP_ACCESS_TOKEN', 'The access token of the system user (Business settings > System users)'),
      appSecret('WHATSAPP_APP_SECRET'),
    ],
    example: '--name "Our number" --phone-number-id 106540352242922',
    placeOf: (phone) => `https://wa.me/${phone}`,
  },
  {
    word: 'whatsapp-qr',
    transport: 'whatsapp',
    called: 'WhatsApp by QR code',
    account: 'a phone, by a bridge of yours (Evolution API)',
    secretWord: 'key',
    fields: [
      {
        name: 'serverUrl',
        option: 'server',
        says: 'the address of the bridge',
        where: 'It is the address at which your Evolution API answers',
      },
      {
        name: 'instance',
        option: 'instance',
        says: 'the name of the instance at the bridge',
        where: 'The bridge lists its instances in its manager',
      },
      {
        name: 'apiKey',
        option: 'api-key',
        says: 'the file that holds the key of the bridge or of the instance',
        secret: { variable: 'EVOLUTION_API_KEY', question: 'The key of the bridge, or of this instance alone' },
      },
    ],
    hasNoApiAddress: true,
    takesOver: true,
    example: '--name "Our phone" --server https://bridge.example.com --instance sales',
    placeOf: (phone) => (/^\d+$/.test(phone) ? `https://wa.me/${phone}` : phone),
  },
  {
    word: 'instagram',
    transport: 'instagram',
    called: 'Instagram',
    account: 'a professional account',
    fields: [
      {
        name: 'igId',
        option: 'ig-id',
        says: 'the id of the account, if it is connected by Instagram Login',
        isOptional: true,
      },
      {
        name: 'pageId',
        option: 'page-id',
        says: 'the id of the page, if it is connected by the page that it is linked to',
        isOptional: true,
      },
      ...ofMeta,
      accessToken('INSTAGRAM_ACCESS_TOKEN', 'The access token of the account or of its page'),
      appSecret('INSTAGRAM_APP_SECRET'),
      {
        name: 'igAppSecret',
        option: 'ig-app-secret',
        says: 'the file that holds the secret of Instagram Login, which an app has beside its own',
        secret: { variable: 'INSTAGRAM_LOGIN_SECRET', question: 'The secret of Instagram Login' },
        isOptional: true,
      },
    ],
    takesOver: true,
    example: '--name "Our Instagram" --ig-id 17841400000000000',
    placeOf: (username) => `https://ig.me/m/${username}`,
  },
  {
    word: 'facebook',
    transport: 'facebook',
    called: 'Facebook Messenger',
    account: 'a page',
    fields: [
      {
        name: 'pageId',
        option: 'page-id',
        says: 'the id of the page',
        where: 'Meta shows it in the settings of the page, under Transparency',
      },
      ...ofMeta,
      accessToken('FACEBOOK_ACCESS_TOKEN', 'The access token of the page'),
      appSecret('FACEBOOK_APP_SECRET'),
    ],
    takesOver: true,
    example: '--name "Our page" --page-id 100000000000001',
    placeOf: (pageId) => `https://m.me/${pageId}`,
  },
  {
    word: 'max',
    transport: 'maxbot',
    called: 'MAX',
    account: 'a bot',
    fields: [botToken('MAX_BOT_TOKEN', 'The token of the bot, from the MAX platform for partners')],
    example: '--name "Our MAX bot"',
    placeOf: (username) => `https://max.ru/${username}`,
  },
  {
    word: 'vk',
    transport: 'vk',
    called: 'VK',
    account: 'a community',
    fields: [
      {
        name: 'groupId',
        option: 'group-id',
        says: 'the number of the community',
        where: 'It stands in its address, after club or public',
      },
      {
        name: 'confirmation',
        option: 'confirmation',
        says: 'the code that the community shows, if you add the server there by hand',
        isOptional: true,
      },
      accessToken('VK_ACCESS_TOKEN', 'The access token of the community (Manage > API usage)'),
    ],
    example: '--name "Our community" --group-id 700001',
    placeOf: (screenName) => `https://vk.me/${screenName}`,
  },
  {
    word: 'avito',
    transport: 'avito',
    called: 'Avito',
    account: 'an account',
    secretWord: 'secret',
    fields: [
      {
        name: 'userId',
        option: 'user-id',
        says: 'the number of the profile',
        where: 'Avito shows it in the settings of the profile',
      },
      {
        name: 'clientId',
        option: 'client-id',
        says: 'the client_id of the API',
        where: 'Avito shows it for professionals, under Integrations',
      },
      {
        name: 'clientSecret',
        option: 'client-secret',
        says: 'the file that holds the client_secret of the API',
        secret: { variable: 'AVITO_CLIENT_SECRET', question: 'The client_secret of the API' },
      },
    ],
    example: '--name "Our Avito" --user-id 94235311 --client-id abcdef123456',
    placeOf: (userId) => `the listings of the profile ${userId}`,
  },
  {
    word: 'viber',
    transport: 'viber',
    called: 'Viber',
    account: 'a bot',
    fields: [
      {
        name: 'senderName',
        option: 'sender-name',
        says: 'the name that clients see above each message, up to 28 characters',
        where: 'It is yours to choose',
      },
      {
        name: 'authToken',
        option: 'token',
        says: 'the file that holds the token of the bot',
        secret: { variable: 'VIBER_AUTH_TOKEN', question: 'The token of the bot, from partners.viber.com' },
      },
    ],
    takesOver: true,
    example: '--name "Our Viber bot" --sender-name "Doors & More"',
    placeOf: (uri) => `viber://pa?chatURI=${uri}`,
  },
];

/** The messenger of a transport. Undefined if the command line is older than the Konvert that it speaks to. */
export function messengerOf(transport: string): Messenger | undefined {
  return MESSENGERS.find((messenger) => messenger.transport === transport);
}
