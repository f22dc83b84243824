import type { RouteExamples } from './route-example.ts';
import {
  ACCOUNT_ID,
  FIRST_KEY_ID,
  IVAN,
  OLGA,
  PIPELINE,
  SECOND_KEY_ID,
  TELEGRAM_CHANNEL,
  WHATSAPP_CHANNEL,
  WHATSAPP_CHAT,
} from './story.ts';

/** A key has 64 hexadecimal digits. */
const KEY = '0123456789abcdef'.repeat(4);
const CHECK_ID = '7c1f6a52-0d3b-4f5e-9a86-2e4d1b7f9c03';
const NEW_KEY = { keyId: SECOND_KEY_ID, apiKey: KEY };
const TELEGRAM_SETTINGS = {
  newClients: { mode: 'round-robin', pipelineId: PIPELINE.id, stageId: PIPELINE.stages[0].id },
  userRoles: [
    { userId: OLGA.id, role: 'manager', allowGetNewClients: false },
    { userId: IVAN.id, role: 'seller', allowGetNewClients: true },
  ],
};
const WAITING = {
  returnAfterMinutes: 15,
  returnsAtMost: 3,
  then: 'pool',
  tellHeadsAfterMinutes: 30,
  awayAfterReturns: 2,
  outsideHours: 'give',
};
const WHATSAPP_SETTINGS = {
  newClients: { mode: 'first-reply' },
  userRoles: [
    { userId: OLGA.id, role: 'manager', allowGetNewClients: false },
    { userId: IVAN.id, role: 'seller', allowGetNewClients: true },
  ],
};
const OFFICE = 'Office';
const OFFICE_HOURS = {
  zone: 'Europe/Moscow',
  week: {
    mon: [
      ['10:00', '14:00'],
      ['15:00', '19:00'],
    ],
    fri: [['10:00', '19:00']],
    sat: [['22:00', '02:00']],
  },
  exceptions: { '2026-12-31': [['10:00', '15:00']], '2027-01-01': [] },
};
const ON_SHIFT = {
  userId: IVAN.id,
  name: IVAN.name,
  status: 'on',
  until: '2026-11-30T16:00:00.000Z',
  by: 'schedule',
  schedule: OFFICE,
  duty: 'receives',
  channels: [TELEGRAM_CHANNEL, WHATSAPP_CHANNEL],
};
const HEAD = {
  userId: OLGA.id,
  name: OLGA.name,
  status: 'on',
  duty: 'answers',
  channels: [TELEGRAM_CHANNEL, WHATSAPP_CHANNEL],
};
const OPTIONS = {
  notifyHeadsAboutAllMessages: true,
  saveMessagesToTimeline: false,
  frameAncestors: ['https://crm.example'],
  retentionDays: 365,
  schedules: { [OFFICE]: OFFICE_HOURS },
  zone: OFFICE_HOURS.zone,
  version: 2,
};
const QUICK_REPLIES = [
  { id: 'hours', title: 'Hours', text: 'We are open from 10:00 to 19:00, except on Sundays.' },
  { id: 'delivery', title: 'Delivery', text: 'Delivery takes two weeks.' },
];

const ERASURE = {
  erasureId: 'd4f0a5f6-7c39-4f0e-9b1d-5a8e2c7b6013',
  kind: 'person',
  state: 'done',
  requestedAt: '2026-11-30T10:00:00.214Z',
  doneAt: '2026-11-30T10:02:31.880Z',
  erased: { chats: 2, messages: 14, files: 2, contacts: 1, deals: 1, deliveries: 21 },
};

/** Accounts, their keys, their settings, and what was done to them. */
export const accountExamples = {
  'GET /v1/people/{chatType}/{chatId}': {
    params: { chatType: WHATSAPP_CHAT.chatType, chatId: WHATSAPP_CHAT.chatId },
    query: {},
    answer: {
      person: {
        chatType: WHATSAPP_CHAT.chatType,
        chatId: WHATSAPP_CHAT.chatId,
        ids: [{ chatType: WHATSAPP_CHAT.chatType, chatId: WHATSAPP_CHAT.chatId }],
        contacts: [],
        deals: [],
        responsibleUserIds: [],
        assignments: [],
      },
      chats: [],
      messages: [],
      files: [],
      next: null,
    },
  },
  'DELETE /v1/people/{chatType}/{chatId}': {
    params: { chatType: WHATSAPP_CHAT.chatType, chatId: WHATSAPP_CHAT.chatId },
    answer: { erasureId: ERASURE.erasureId },
  },
  'GET /v1/erasures': { query: {}, answer: { erasures: [ERASURE], next: null } },
  'GET /v1/erasures/{erasureId}': { params: { erasureId: ERASURE.erasureId }, answer: ERASURE },
  'POST /v1/accounts': {
    body: { name: 'Doors & More' },
    answer: { accountId: ACCOUNT_ID, keyId: FIRST_KEY_ID, apiKey: KEY },
  },
  'PATCH /v1/accounts/{accountId}': {
    params: { accountId: ACCOUNT_ID },
    body: { enabled: false },
    answer: { accountId: ACCOUNT_ID, enabled: false },
  },
  'DELETE /v1/accounts/{accountId}': {
    params: { accountId: ACCOUNT_ID },
    answer: { erasureId: ERASURE.erasureId },
  },
  'POST /v1/accounts/{accountId}/keys': {
    params: { accountId: ACCOUNT_ID },
    body: { name: 'for Olga, who lost hers' },
    answer: NEW_KEY,
  },
  'GET /v1/account/keys': {
    answer: {
      keys: [
        {
          keyId: FIRST_KEY_ID,
          name: null,
          createdAt: '2026-11-02T11:04:17.206Z',
          lastUsedAt: '2026-11-30T09:00:00.000Z',
        },
        { keyId: SECOND_KEY_ID, name: 'crm', createdAt: '2026-11-30T08:00:41.950Z', lastUsedAt: null },
      ],
    },
  },
  'POST /v1/account/keys': { body: { name: 'crm' }, answer: NEW_KEY },
  'DELETE /v1/account/keys/{keyId}': { params: { keyId: SECOND_KEY_ID }, answer: { keyId: SECOND_KEY_ID } },
  'GET /v1/audit': {
    // A cursor comes with the page before, and one of another Konvert is refused.
    query: {},
    answer: {
      entries: [
        {
          at: '2026-11-30T08:00:41.950Z',
          actor: FIRST_KEY_ID,
          act: 'key-made',
          subject: SECOND_KEY_ID,
        },
        {
          at: '2026-11-02T11:20:03.118Z',
          actor: FIRST_KEY_ID,
          act: 'channel-connected',
          subject: TELEGRAM_CHANNEL,
        },
        { at: '2026-11-02T11:04:17.206Z', actor: 'operator', act: 'account-made', subject: ACCOUNT_ID },
      ],
    },
  },
  'POST /v1/checks': { answer: { checkId: CHECK_ID } },
  'GET /v1/checks/{checkId}': {
    params: { checkId: CHECK_ID },
    answer: {
      checkId: CHECK_ID,
      mode: 'whole',
      state: 'done',
      startedAt: '2026-11-30T08:02:00.000Z',
      doneAt: '2026-11-30T08:02:41.117Z',
      chats: 10412,
      faults: [{ kind: 'state', found: 2, mended: 2 }],
    },
  },
  'GET /v1/settings': {
    answer: {
      ...OPTIONS,
      channels: {
        [TELEGRAM_CHANNEL]: { ...TELEGRAM_SETTINGS, version: 7 },
        [WHATSAPP_CHANNEL]: { ...WHATSAPP_SETTINGS, version: 1 },
      },
    },
  },
  'PATCH /v1/settings': {
    body: {
      notifyHeadsAboutAllMessages: true,
      frameAncestors: ['https://crm.example'],
      retentionDays: 365,
      schedules: { [OFFICE]: OFFICE_HOURS },
      zone: OFFICE_HOURS.zone,
    },
    answer: OPTIONS,
  },
  'GET /v1/users': { answer: { users: [ON_SHIFT, HEAD] } },
  'PUT /v1/users/{userId}/status': {
    params: { userId: IVAN.id },
    body: { status: 'away', until: '2026-11-30T12:00:00.000Z', reason: 'Lunch', return: true },
    answer: { ...ON_SHIFT, status: 'away', until: '2026-11-30T12:00:00.000Z', by: 'user', reason: 'Lunch' },
  },
  'PUT /v1/users/{userId}/schedule': { params: { userId: IVAN.id }, body: { schedule: OFFICE }, answer: ON_SHIFT },
  'PUT /v1/settings/channels/{channelId}': {
    params: { channelId: TELEGRAM_CHANNEL },
    bodies: {
      roundRobin: {
        summary: 'Each new client goes to the next user',
        value: { ...TELEGRAM_SETTINGS, waiting: WAITING },
      },
      firstReply: { summary: 'A new client belongs to the user who replies first', value: WHATSAPP_SETTINGS },
    },
    answers: {
      roundRobin: { summary: 'What is stored', value: { ...TELEGRAM_SETTINGS, waiting: WAITING, version: 7 } },
      firstReply: { summary: 'What is stored', value: { ...WHATSAPP_SETTINGS, version: 1 } },
    },
  },
  'POST /v1/settings/channels/{channelId}/preview': {
    params: { channelId: TELEGRAM_CHANNEL },
    body: TELEGRAM_SETTINGS,
    answer: { givenOut: 3, losesSight: [{ userId: IVAN.id, chats: 12 }], atLeast: false },
  },
  'GET /v1/quick-replies': { answer: { quickReplies: QUICK_REPLIES, version: 3 } },
  'PUT /v1/quick-replies': {
    body: { quickReplies: QUICK_REPLIES, version: 2 },
    answer: { quickReplies: QUICK_REPLIES, version: 3 },
  },
} satisfies RouteExamples;
