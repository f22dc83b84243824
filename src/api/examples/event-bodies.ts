import type { RouteExample } from './route-example.ts';
import {
  ANNA,
  DEAL,
  IVAN,
  LATE_ID,
  OLGA,
  ORDER_ID,
  PHOTO_MESSAGE,
  PIPELINE,
  PRICE_ID,
  PRICE_MESSAGE,
  PUSHED_ANNA,
  QUESTION,
  QUESTION_ID,
  REPLY,
  REPLY_ID,
  TELEGRAM_CHANNEL,
  TELEGRAM_CHAT,
  TEMPLATE_GUID,
  WHATSAPP_CHANNEL,
  WHATSAPP_CHAT,
} from './story.ts';

/** What a CRM gets at its registered address, and what it answers if that matters: docs/webhooks.md. */
export const eventExamples = {
  test: { body: { test: true } },
  messages: {
    bodies: {
      received: {
        summary: 'A client wrote, with a text and with a file',
        value: {
          messages: [PRICE_MESSAGE, PHOTO_MESSAGE],
        },
      },
      replyAndStatus: {
        summary: 'A user answered through Konvert, and the answer was sent',
        value: {
          messages: [
            {
              messageId: REPLY_ID,
              ...TELEGRAM_CHAT,
              dateTime: '2026-11-30T09:16:02.480Z',
              type: 'text',
              isEcho: true,
              contact: { name: 'Anna', username: 'anna_smirnova' },
              text: REPLY,
              quotedMessage: { messageId: QUESTION_ID, type: 'text', text: QUESTION, authorName: 'Anna' },
              authorId: IVAN.id,
              authorName: IVAN.name,
              status: 'sent',
            },
          ],
          statuses: [{ messageId: REPLY_ID, timestamp: '2026-11-30T09:16:03.114Z', status: 'sent' }],
        },
      },
      statuses: {
        summary: 'What was sent in WhatsApp was delivered and read',
        value: {
          statuses: [
            { messageId: ORDER_ID, timestamp: '2026-11-30T08:41:33.000Z', status: 'delivered' },
            { messageId: ORDER_ID, timestamp: '2026-11-30T08:44:19.000Z', status: 'read' },
          ],
        },
      },
      pressed: {
        summary: 'The client has pressed a button; `text` is what the button gives back',
        value: {
          messages: [
            {
              messageId: '01a22b9f-39a8-4e10-8e81-92005caa1422',
              ...WHATSAPP_CHAT,
              dateTime: '2026-11-30T08:43:05.000Z',
              type: 'text',
              kind: 'button',
              isEcho: false,
              contact: { name: 'Anna' },
              text: 'confirm-9',
              pressed: { text: 'Yes', payload: 'confirm-9' },
              quotedMessage: { messageId: ORDER_ID, type: 'wapi_template' },
              status: 'inbound',
            },
          ],
        },
      },
      failed: {
        summary: 'A message was not delivered; the chat waits for an answer again',
        value: {
          statuses: [
            {
              messageId: LATE_ID,
              timestamp: '2026-11-30T08:50:01.702Z',
              status: 'error',
              error: { error: '24_HOURS_EXCEEDED', description: 'The client wrote more than 24 hours ago' },
            },
          ],
        },
      },
      edited: {
        summary: 'The client has edited the text in the messenger',
        value: {
          statuses: [
            {
              messageId: PRICE_ID,
              timestamp: '2026-11-30T09:21:30.000Z',
              status: 'edited',
              text: 'How much is it with fitting and delivery?',
            },
          ],
        },
      },
      deleted: {
        summary: 'The client has deleted a message in the messenger',
        value: {
          messages: [
            {
              messageId: QUESTION_ID,
              ...TELEGRAM_CHAT,
              dateTime: '2026-11-30T09:15:00.000Z',
              type: 'text',
              isEcho: false,
              contact: { name: 'Anna', username: 'anna_smirnova' },
              status: 'inbound',
              isDeleted: true,
              oldInfo: { oldText: QUESTION },
            },
          ],
        },
      },
    },
  },
  createContact: {
    body: {
      createContact: {
        responsibleUserId: IVAN.id,
        name: 'Anna',
        contactData: [{ chatType: 'telegram', chatId: TELEGRAM_CHAT.chatId, username: 'anna_smirnova' }],
        source: 'auto',
      },
    },
    answer: PUSHED_ANNA,
  },
  createDeal: {
    body: {
      createDeal: {
        responsibleUserId: IVAN.id,
        contacts: [ANNA.id],
        pipelineId: PIPELINE.id,
        stageId: PIPELINE.stages[0].id,
        source: 'auto',
      },
    },
    answer: DEAL,
  },
  channelsUpdates: {
    body: {
      channelsUpdates: [
        { channelId: TELEGRAM_CHANNEL, state: 'unauthorized', timestamp: 1796031000000 },
        { channelId: WHATSAPP_CHANNEL, state: 'active', tier: 'TIER_1K', timestamp: 1796031060000 },
      ],
    },
  },
  assignments: {
    bodies: {
      turn: {
        summary: 'It was the turn of a user',
        value: {
          assignments: [
            {
              assignmentId: 'ca978112-ca1b-8dca-8ac2-31b39a23dc4d',
              at: '2026-11-30T09:15:00.412Z',
              ...TELEGRAM_CHAT,
              contactId: ANNA.id,
              userId: IVAN.id,
              rule: 'round-robin',
              place: 2,
              passedOver: [{ userId: OLGA.id, reason: 'SWITCHED_OFF' }],
            },
          ],
        },
      },
      returned: {
        summary: 'Nobody answered in time: the client goes to the next user',
        value: {
          assignments: [
            {
              assignmentId: '3e23e816-0039-894a-b338-94f4f64b1e6f',
              at: '2026-11-30T09:30:01.020Z',
              ...TELEGRAM_CHAT,
              contactId: ANNA.id,
              userId: OLGA.id,
              rule: 'returned',
              place: 1,
              passedOver: [],
              from: IVAN.id,
              waitedMinutes: 15,
            },
          ],
        },
      },
    },
  },
  waiting: {
    body: { waiting: [{ ...TELEGRAM_CHAT, since: '2026-11-30T09:15:00.000Z', responsibleUserId: IVAN.id }] },
  },
  templateStatus: {
    body: { templateStatus: { templateGuid: TEMPLATE_GUID, name: 'order_ready', status: 'approved' } },
  },
} as const satisfies Readonly<Record<string, RouteExample>>;
