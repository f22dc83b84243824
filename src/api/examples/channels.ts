import type { RouteExamples } from './route-example.ts';
import {
  ANNA,
  KONVERT,
  PRICE_AT,
  PRICE_ID,
  TELEGRAM_CHANNEL,
  TELEGRAM_CHAT,
  WHATSAPP_CHANNEL,
  WHATSAPP_PHONE,
} from './story.ts';

const TELEGRAM_BOT = {
  transport: 'telegram',
  name: 'Doors & More bot',
  credentials: { botToken: '123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11' },
};
const WHATSAPP_NUMBER = {
  transport: 'wapi',
  name: 'Doors & More',
  credentials: {
    phoneNumberId: '106540352242922',
    wabaId: '104987654321098',
    accessToken: 'the-access-token-of-a-system-user',
    appSecret: 'the-app-secret-of-the-app',
  },
};
const CONNECTED_BOT = {
  channelId: TELEGRAM_CHANNEL,
  transport: 'telegram',
  name: 'Doors & More bot',
  state: 'active',
  webhookUrl: `${KONVERT}/webhooks/telegram/${TELEGRAM_CHANNEL}`,
};
const { webhookUrl: _none, ...POLLED_BOT } = { ...CONNECTED_BOT, polling: true };
const CONNECTED_NUMBER = {
  channelId: WHATSAPP_CHANNEL,
  transport: 'wapi',
  name: 'Doors & More',
  state: 'active',
  webhookUrl: `${KONVERT}/webhooks/wapi/${WHATSAPP_CHANNEL}`,
  verifyToken: 'JR2QX9hp3yNITRihC_5MJjCd1FZR2Qjs-TZ1VIJhkfM',
  webhookFields: ['messages', 'account_update', 'message_template_status_update'],
};

/** What the other messengers are connected with, by their transports. */
const OTHERS = {
  qr: {
    summary: 'A phone with WhatsApp, by QR code and a bridge of the company (Evolution API)',
    value: {
      transport: 'whatsapp',
      name: 'Doors & More, the phone',
      credentials: { serverUrl: 'https://bridge.example', instance: 'doors', apiKey: 'the-key-of-the-instance' },
    },
  },
  instagram: {
    summary: 'A professional account of Instagram, by Instagram Login',
    value: {
      transport: 'instagram',
      name: 'Doors & More in Instagram',
      credentials: {
        igId: '17841400000000017',
        accessToken: 'the-access-token-of-the-account',
        appSecret: 'the-app-secret-of-the-app',
        igAppSecret: 'the-secret-of-instagram-login',
      },
    },
  },
  facebook: {
    summary: 'A page of Facebook, in Messenger',
    value: {
      transport: 'facebook',
      name: 'Doors & More in Messenger',
      credentials: {
        pageId: '100000000000017',
        accessToken: 'the-access-token-of-the-page',
        appSecret: 'the-app-secret-of-the-app',
      },
    },
  },
  max: {
    summary: 'A bot in MAX',
    value: {
      transport: 'maxbot',
      name: 'Doors & More in MAX',
      credentials: { botToken: 'the-token-of-the-bot-in-max' },
    },
  },
  vk: {
    summary: 'A community in VK, with a token that may manage it and its messages',
    value: {
      transport: 'vk',
      name: 'Doors & More in VK',
      credentials: { groupId: '210001', accessToken: 'vk1.a.the-access-token-of-the-community' },
    },
  },
  avito: {
    summary: 'An account of Avito, with the keys of its API',
    value: {
      transport: 'avito',
      name: 'Doors & More in Avito',
      credentials: { userId: '94235311', clientId: 'the-client-id', clientSecret: 'the-client-secret' },
    },
  },
  viber: {
    summary: 'A bot in Viber, with the name that clients see above its messages',
    value: {
      transport: 'viber',
      name: 'Doors & More in Viber',
      credentials: { authToken: 'the-token-of-the-bot-in-viber', senderName: 'Doors & More' },
    },
  },
} as const;

/** Messenger accounts. */
export const channelExamples = {
  'GET /v3/channels': {
    answer: [
      {
        channelId: TELEGRAM_CHANNEL,
        transport: 'telegram',
        plainId: 'doors_and_more_bot',
        state: 'active',
        name: 'Doors & More bot',
      },
      {
        channelId: WHATSAPP_CHANNEL,
        transport: 'wapi',
        plainId: '79001112200',
        state: 'active',
        name: 'Doors & More',
      },
      {
        channelId: WHATSAPP_PHONE,
        transport: 'whatsapp',
        plainId: 'warehouse',
        state: 'qridle',
        name: 'The phone in the warehouse',
      },
    ],
  },
  'POST /v1/channels': {
    bodies: {
      telegram: { summary: 'A Telegram bot, with the token that @BotFather gave', value: TELEGRAM_BOT },
      takeOver: {
        summary: 'A bot that another program used: its webhook is replaced',
        value: { ...TELEGRAM_BOT, takeOver: true },
      },
      whatsapp: { summary: 'A number of the WhatsApp Business Platform (Cloud API)', value: WHATSAPP_NUMBER },
      ...OTHERS,
    },
    answers: {
      telegram: { summary: 'Telegram calls the webhook from now on', value: CONNECTED_BOT },
      polled: { summary: 'On one machine without a public address the bot is polled', value: POLLED_BOT },
      whatsapp: {
        summary: 'What has to be typed in at Meta: the address, the verify token, and the fields to choose',
        value: CONNECTED_NUMBER,
      },
    },
  },
  'PATCH /v1/channels/{channelId}': {
    params: { channelId: TELEGRAM_CHANNEL },
    bodies: {
      name: { summary: 'Another name', value: { name: 'Doors & More, sales' } },
      enabled: { summary: 'Switch it off; `true` switches it on again', value: { enabled: false } },
      credentials: {
        summary: 'A new token of the same bot',
        value: { credentials: { botToken: '123456:ZYX-WVU1234ghIkl-abc57W2v1u123ew11' } },
      },
    },
    answers: {
      name: { summary: 'Under its other name', value: { ...CONNECTED_BOT, name: 'Doors & More, sales' } },
      enabled: { summary: 'Switched off', value: { ...CONNECTED_BOT, state: 'disabled' } },
    },
  },
  'POST /v1/channels/{channelId}/webhook-secret': {
    params: { channelId: WHATSAPP_CHANNEL },
    answer: { ...CONNECTED_NUMBER, verifyToken: 'x7ciMwyb4of6BQtHNfNkJaGcSODM6X1N7rrlfAUGxsA' },
  },
  'GET /v1/channels/{channelId}/qr': {
    params: { channelId: WHATSAPP_PHONE },
    answers: {
      qr: {
        summary: 'The code to scan: draw it, and ask again in two seconds',
        value: { state: 'qridle', qr: '2@Xk3vQm8aTfYpLr0w,c2hvcA==,cGhvbmU=,ZGV2aWNl' },
      },
      waiting: { summary: 'The bridge is making one: ask again', value: { state: 'init' } },
      linked: { summary: 'The phone is linked', value: { state: 'active' } },
    },
  },
  'DELETE /v1/channels/{channelId}': {
    params: { channelId: TELEGRAM_CHANNEL },
    answer: { channelId: TELEGRAM_CHANNEL },
  },
  'GET /v1/channels/{channelId}/newest-message': {
    params: { channelId: TELEGRAM_CHANNEL },
    answer: {
      newest: {
        messageId: PRICE_ID,
        chatType: TELEGRAM_CHAT.chatType,
        chatId: TELEGRAM_CHAT.chatId,
        name: ANNA.name,
        sentAt: PRICE_AT,
        storedAt: '2026-11-30T09:20:41.633Z',
      },
    },
  },
  'GET /webhooks/{transport}/{channelId}': { params: { transport: 'wapi', channelId: WHATSAPP_CHANNEL } },
  'POST /webhooks/{transport}/{channelId}': { params: { transport: 'telegram', channelId: TELEGRAM_CHANNEL } },
} satisfies RouteExamples;
