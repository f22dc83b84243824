import type { RouteExamples } from './route-example.ts';
import {
  ACCOUNT_ID,
  ANNA,
  IVAN,
  KONVERT,
  OLGA,
  TELEGRAM_CHANNEL,
  TELEGRAM_CHAT,
  WHATSAPP_CHANNEL,
  WHATSAPP_CHAT,
} from './story.ts';

const LINK = 'this-is-the-secret-of-a-link-43-characters-';
const DEVICE_ID = '078b52b2-a20b-4cb9-b4eb-5f8f8bf032d9';
const SUBSCRIPTION_ID = 'd098859ef19d4752b454117be2092302';
const CARD = [
  { chatType: 'telegram', chatId: TELEGRAM_CHAT.chatId, name: ANNA.name },
  { chatType: 'whatsapp', chatId: WHATSAPP_CHAT.chatId, name: ANNA.name },
];
const TOKEN = {
  token: 'kp_this-is-the-secret-of-a-token-with-43-chars',
  expiresAt: '2026-11-30T21:10:00.000Z',
  scope: { kind: 'card', filter: CARD, activeChat: TELEGRAM_CHAT },
};

/** The page: how people come to it, what it asks, and its documents. */
export const pageExamples = {
  'POST /v3/iframe': {
    bodies: {
      global: { summary: 'All chats that Ivan may see', value: { user: { id: IVAN.id }, scope: 'global' } },
      card: {
        summary: 'The chats of Anna’s card, one of them open',
        value: {
          user: { id: IVAN.id, name: IVAN.name },
          scope: 'card',
          filter: CARD,
          activeChat: TELEGRAM_CHAT,
          options: { clientType: 'crm', useDealsEvents: true },
        },
      },
    },
    answer: { url: `${KONVERT}/chat/${ACCOUNT_ID}#k=${LINK}` },
  },
  'POST /v1/page-links': {
    bodies: {
      user: { summary: 'The chats of a user', value: { userId: IVAN.id } },
      chat: { summary: 'The same, with a chat open', value: { userId: IVAN.id, activeChat: TELEGRAM_CHAT } },
      settings: { summary: 'The settings of the account', value: { settings: true } },
    },
    answers: {
      user: { summary: 'Good once, within ten minutes', value: { url: `${KONVERT}/chat/${ACCOUNT_ID}#k=${LINK}` } },
      settings: { summary: 'Good once, within ten minutes', value: { url: `${KONVERT}/chat/-#k=${LINK}` } },
    },
  },
  'POST /v1/page-tokens': { body: { link: LINK }, answer: TOKEN },
  'POST /v1/page-tokens/renew': {
    body: { accountId: ACCOUNT_ID, userId: IVAN.id },
    answer: { ...TOKEN, scope: { kind: 'global' } },
  },
  'DELETE /v1/page-tokens': { answer: {} },
  'GET /v1/me': {
    actingAs: IVAN.id,
    answer: {
      user: { id: IVAN.id, name: IVAN.name },
      accountId: ACCOUNT_ID,
      scope: { kind: 'global' },
      channels: [
        {
          channelId: TELEGRAM_CHANNEL,
          name: 'Doors & More bot',
          transport: 'telegram',
          chatTypes: ['telegram'],
          state: 'active',
          role: 'seller',
          writers: [OLGA.id, IVAN.id],
        },
        {
          channelId: WHATSAPP_CHANNEL,
          name: 'Doors & More',
          transport: 'wapi',
          chatTypes: ['whatsapp'],
          state: 'active',
          role: 'seller',
          writers: [OLGA.id, IVAN.id],
        },
      ],
      users: [
        { id: IVAN.id, name: IVAN.name },
        { id: OLGA.id, name: OLGA.name },
      ],
      options: { notifyHeadsAboutAllMessages: true },
      doorbell: true,
      pushKey: 'the-public-key-with-which-a-browser-subscribes',
      time: '2026-11-30T09:22:00.000Z',
    },
  },
  'GET /v1/devices': {
    answer: {
      devices: [
        {
          deviceId: DEVICE_ID,
          userId: IVAN.id,
          userAgent: 'Mozilla/5.0 (Linux; Android 16) Chrome/153.0.0.0 Mobile',
          createdAt: '2026-11-30T09:10:00.000Z',
          lastUsedAt: '2026-11-30T09:10:00.000Z',
          isThis: true,
        },
      ],
    },
  },
  'DELETE /v1/devices/{deviceId}': { params: { deviceId: DEVICE_ID }, answer: { deviceId: DEVICE_ID } },
  'POST /v1/doorbells': { answer: { url: 'wss://konvert.example/doorbell?ticket=a-ticket-for-60-seconds' } },
  'GET /v1/me/notices': {
    actingAs: IVAN.id,
    answer: {
      accountId: ACCOUNT_ID,
      clients: 2,
      longest: TELEGRAM_CHAT,
      leaving: [{ ...TELEGRAM_CHAT, leavesAt: '2026-11-30T09:30:00.000Z' }],
      late: [],
    },
  },
  'PUT /v1/push-subscriptions/{id}': {
    actingAs: IVAN.id,
    params: { id: SUBSCRIPTION_ID },
    body: { endpoint: 'https://fcm.googleapis.com/fcm/send/a-long-address-of-one-browser', notices: 'mine' },
    answer: { id: SUBSCRIPTION_ID, notices: 'mine', outsideHours: false },
  },
  'DELETE /v1/push-subscriptions/{id}': {
    actingAs: IVAN.id,
    params: { id: SUBSCRIPTION_ID },
    answer: { id: SUBSCRIPTION_ID },
  },
  'GET /': {},
  'GET /chat/{accountId}': { params: { accountId: ACCOUNT_ID } },
  'GET /page/{file}': { params: { file: 'main-3F7QK2XA.js' } },
  'GET /healthz': { answer: { status: 'ok' } },
  'GET /openapi.json': {
    answer: { openapi: '3.1.0', info: { title: 'Konvert', version: '1' }, paths: {} },
  },
  'GET /docs': {},
  'GET /docs/{file}': { params: { file: 'main-3F7QK2XA.js' } },
} satisfies RouteExamples;
