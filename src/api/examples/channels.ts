import type { RouteExamples } from './route-example.ts';
import { ANNA, KONVERT, PRICE_AT, PRICE_ID, TELEGRAM_CHANNEL, TELEGRAM_CHAT, WHATSAPP_CHANNEL } from './story.ts';

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
