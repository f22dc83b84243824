import type { RouteExamples } from './route-example.ts';
import {
  ANNA,
  DEAL,
  IVAN,
  OLGA,
  ORDER_ID,
  PHOTO_MESSAGE,
  PRICE,
  PRICE_AT,
  PRICE_ID,
  PRICE_MESSAGE,
  QUESTION,
  QUESTION_ID,
  REPLY,
  REPLY_ID,
  SEEN_IN_TELEGRAM,
  SEEN_IN_WHATSAPP,
  TELEGRAM_CHANNEL,
  TELEGRAM_CHAT,
  WHATSAPP_CHAT,
} from './story.ts';

/** Anna asked for the price, and waits. */
const WAITING = {
  ...TELEGRAM_CHAT,
  name: ANNA.name,
  contactId: ANNA.id,
  responsibleUserId: IVAN.id,
  unanswered: true,
  unansweredSince: PRICE_AT,
  unansweredCount: 1,
  noReplyNeeded: null,
  lastMessageAt: PRICE_AT,
  preview: PRICE,
  seenUpTo: SEEN_IN_TELEGRAM,
  version: 7,
  mayWrite: true,
  isOwn: true,
  thread: 'tupgjruawa',
};
const ANSWERED = {
  ...WHATSAPP_CHAT,
  name: ANNA.name,
  contactId: ANNA.id,
  responsibleUserId: IVAN.id,
  unanswered: false,
  unansweredSince: null,
  unansweredCount: 0,
  noReplyNeeded: null,
  lastMessageAt: '2026-11-30T08:41:30.250Z',
  preview: 'Hello Anna, your door is ready. Shall we bring it on 30 November?',
  lastBy: 'team',
  seenUpTo: SEEN_IN_WHATSAPP,
  version: 4,
  mayWrite: true,
  isOwn: true,
  thread: 'tjlp19qwg6',
};
const QUIET = { ...WAITING, unanswered: false, unansweredSince: null, unansweredCount: 0, version: 8 };
/** Ivan has answered that he would ask, and said that he still owes the price. */
const OWED = {
  ...WAITING,
  unansweredSince: '2026-11-30T09:24:05.000Z',
  stillOwed: { userId: IVAN.id, at: '2026-11-30T09:24:05.000Z' },
  lastMessageAt: '2026-11-30T09:23:30.000Z',
  preview: 'I’ll ask, and tell you today.',
  lastBy: 'team',
  version: 9,
};
const DRAFT = { text: 'It’s 18,500 with', quotedMessageId: PRICE_ID, savedAt: '2026-11-30T09:22:40.318Z' };

/** Lists, chats, histories, and what users say of chats. */
export const chatExamples = {
  'GET /v3/unanswered/{id}': {
    params: { id: IVAN.id },
    answer: { counterV2: 1, type: 'red', lastMsgDateTime: PRICE_AT },
  },
  'GET /v1/chats': {
    actingAs: IVAN.id,
    query: { view: 'all', limit: 50 },
    answer: { chats: [WAITING, ANSWERED], nextCursor: 'WyIxNzk2MDI4MDkwMjUwIzQ5ZnA2anE4NnQiXQ' },
  },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}': { params: TELEGRAM_CHAT, answer: WAITING },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages': {
    params: TELEGRAM_CHAT,
    query: { limit: 50 },
    answers: {
      telegram: {
        summary: 'A question, its answer, and a question that waits',
        value: {
          messages: [
            {
              messageId: QUESTION_ID,
              ...TELEGRAM_CHAT,
              dateTime: '2026-11-30T09:15:00.000Z',
              type: 'text',
              isEcho: false,
              contact: { name: 'Anna', username: 'anna_smirnova' },
              text: QUESTION,
              status: 'inbound',
              reactions: ['👍'],
            },
            {
              messageId: REPLY_ID,
              ...TELEGRAM_CHAT,
              dateTime: '2026-11-30T09:16:02.480Z',
              type: 'text',
              isEcho: true,
              text: REPLY,
              authorId: IVAN.id,
              authorName: IVAN.name,
              crmMessageId: 'crm-1041',
              quotedMessage: { messageId: QUESTION_ID, type: 'text', text: QUESTION, authorName: 'Anna' },
              status: 'sent',
            },
            PRICE_MESSAGE,
          ],
          seenUpTo: SEEN_IN_TELEGRAM,
          before: 'WyIxNzk2MDMwMTAwMDAwIzg4NDEiXQ',
        },
      },
      whatsapp: {
        summary: 'A photo, a template that was read, and the decision that no reply is needed',
        value: {
          messages: [
            PHOTO_MESSAGE,
            {
              messageId: ORDER_ID,
              ...WHATSAPP_CHAT,
              dateTime: '2026-11-30T08:41:30.250Z',
              type: 'wapi_template',
              isEcho: true,
              text: 'Hello Anna, your door is ready. Shall we bring it on 30 November?',
              authorId: IVAN.id,
              authorName: IVAN.name,
              buttons: [[{ text: 'Yes', payload: 'confirm-9' }]],
              template: { name: 'order_ready', language: 'en' },
              status: 'read',
            },
            {
              messageId: '01a22b9e-62d0-4e10-8e81-92006db58693',
              ...WHATSAPP_CHAT,
              dateTime: '2026-11-30T08:42:10.000Z',
              type: 'system',
              isEcho: true,
              authorId: OLGA.id,
              authorName: OLGA.name,
              noReplyNeeded: { userId: OLGA.id, reason: 'Only a photo', withdrawnAt: null },
            },
          ],
          seenUpTo: SEEN_IN_WHATSAPP,
        },
      },
    },
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': {
    params: TELEGRAM_CHAT,
    bodies: {
      quiet: {
        summary: 'What was seen needs no reply',
        value: { noReplyNeeded: true, seenUpTo: SEEN_IN_TELEGRAM, reason: 'Answered by phone' },
      },
      takenBack: { summary: 'It does need one', value: { noReplyNeeded: false } },
    },
    answers: {
      quiet: {
        summary: 'It waits no more',
        value: {
          ...QUIET,
          noReplyNeeded: { userId: IVAN.id, at: '2026-11-30T09:24:05.000Z', reason: 'Answered by phone' },
        },
      },
      takenBack: { summary: 'It waits again', value: { ...WAITING, version: 9 } },
    },
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/still-owed': {
    params: TELEGRAM_CHAT,
    body: { stillOwed: true },
    answer: OWED,
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible': {
    params: TELEGRAM_CHAT,
    body: { userId: OLGA.id },
    answer: { ...WAITING, responsibleUserId: OLGA.id, version: 8, isOwn: false },
  },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/deals': {
    actingAs: IVAN.id,
    params: TELEGRAM_CHAT,
    answer: {
      deals: [
        { id: DEAL.id, name: DEAL.name, link: DEAL.uri, closed: false },
        { id: 'deal-3', name: 'Two doors for a cottage', link: 'https://crm.example/deals/3', closed: true },
      ],
    },
  },
  'POST /v1/chats/{channelId}/{chatType}/{chatId}/deals': { actingAs: IVAN.id, params: TELEGRAM_CHAT, answer: {} },
  'GET /v1/assignments': {
    query: { channelId: TELEGRAM_CHANNEL, userId: IVAN.id, rule: 'round-robin' },
    answer: {
      assignments: [
        {
          assignmentId: 'ca978112-ca1b-8dca-8ac2-31b39a23dc4d',
          at: '2026-11-30T09:15:00.412Z',
          ...TELEGRAM_CHAT,
          name: ANNA.name,
          contactId: ANNA.id,
          userId: IVAN.id,
          rule: 'round-robin',
          place: 2,
          passedOver: [{ userId: OLGA.id, reason: 'SWITCHED_OFF' }],
        },
      ],
    },
  },
  'GET /v1/drafts/{channelId}/{chatType}/{chatId}': { actingAs: IVAN.id, params: TELEGRAM_CHAT, answer: DRAFT },
  'PUT /v1/drafts/{channelId}/{chatType}/{chatId}': {
    actingAs: IVAN.id,
    params: TELEGRAM_CHAT,
    body: { text: DRAFT.text, quotedMessageId: DRAFT.quotedMessageId },
    answer: DRAFT,
  },
  'DELETE /v1/drafts/{channelId}/{chatType}/{chatId}': {
    actingAs: IVAN.id,
    params: TELEGRAM_CHAT,
    answer: { text: '', savedAt: null },
  },
} satisfies RouteExamples;
