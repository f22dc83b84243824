import type { RouteExamples } from './route-example.ts';
import {
  IVAN,
  PRICE_ID,
  PRICE_LIST_URI,
  REPLY_ID,
  SEEN_IN_TELEGRAM,
  TELEGRAM_CHAT,
  TEMPLATE_GUID,
  WHATSAPP_CHANNEL,
  WHATSAPP_CHAT,
} from './story.ts';

/** What the team sends, and its files and templates. */
export const messageExamples = {
  'POST /v3/message': {
    bodies: {
      text: {
        summary: 'A text of a user, once even if the request is sent twice',
        value: {
          ...TELEGRAM_CHAT,
          text: 'It’s 18,500 with fitting.',
          crmUserId: IVAN.id,
          crmMessageId: 'crm-1042',
        },
      },
      answer: {
        summary: 'An answer to what its writer has seen, which quotes the question',
        value: {
          ...TELEGRAM_CHAT,
          text: 'It’s 18,500 with fitting.',
          refMessageId: PRICE_ID,
          crmUserId: IVAN.id,
          seenUpTo: SEEN_IN_TELEGRAM,
        },
      },
      automatic: {
        summary: 'A text of a machine, after which the chat still waits for an answer',
        value: { ...TELEGRAM_CHAT, text: 'We open at 10:00 and answer you then.', clearUnanswered: false },
      },
      file: {
        summary: 'A file, without a text',
        value: { ...WHATSAPP_CHAT, contentUri: 'https://crm.example/files/price-list.pdf', crmUserId: IVAN.id },
      },
      uploadedFile: {
        summary: 'A file that was uploaded before, or that another message brought',
        value: { ...WHATSAPP_CHAT, contentUri: PRICE_LIST_URI, crmUserId: IVAN.id },
      },
      template: {
        summary: 'A template of WhatsApp, with the values of its variables',
        value: {
          ...WHATSAPP_CHAT,
          templateId: TEMPLATE_GUID,
          templateValues: ['Anna', '30 November'],
          buttonsObject: { buttons: [{ payload: 'confirm-9' }] },
        },
      },
      templateLine: {
        summary: 'The same as a text, for clients that can send nothing else',
        value: { ...WHATSAPP_CHAT, text: `@template: ${TEMPLATE_GUID} { [[Anna]]; [[30 November]] }` },
      },
      whatsappButtons: {
        summary: 'A text with buttons in WhatsApp, ten at most',
        value: {
          ...WHATSAPP_CHAT,
          text: 'When shall we come to measure?',
          buttonsObject: {
            buttons: [
              { text: 'Tomorrow', payload: 'measure-1' },
              { text: 'On Friday', payload: 'measure-5' },
            ],
          },
        },
      },
      telegramButtons: {
        summary: 'A text with rows of buttons below it in Telegram',
        value: {
          ...TELEGRAM_CHAT,
          text: 'Which colour would you like?',
          buttonsObject: {
            replyMarkup: 'inline',
            buttons: [
              [
                { text: 'White', callbackData: 'colour-white' },
                { text: 'Grey', callbackData: 'colour-grey' },
              ],
              [{ text: 'All colours', url: 'https://doors.example/colours' }],
            ],
          },
        },
      },
      telegramKeyboard: {
        summary: 'A text with a keyboard in the place of the client’s own in Telegram',
        value: {
          ...TELEGRAM_CHAT,
          text: 'Shall we call you?',
          buttonsObject: {
            replyMarkup: 'reply',
            oneTimeKeyboard: true,
            buttons: [[{ text: 'Yes, please' }, { text: 'No, write here' }]],
          },
        },
      },
    },
    answer: { messageId: '01a22bc4-c308-4a4e-ad1b-fd063c1c545b', chatId: TELEGRAM_CHAT.chatId },
  },
  'PATCH /v3/message/{messageId}': {
    params: { messageId: REPLY_ID },
    bodies: {
      text: {
        summary: 'Other words',
        value: { text: 'Good morning, Anna! Yes, in white, grey and brown.', crmUserId: IVAN.id },
      },
      file: {
        summary: 'A file in the place of the message',
        value: { contentUri: 'https://crm.example/files/price-list-2027.pdf', crmUserId: IVAN.id },
      },
    },
    answer: { messageId: REPLY_ID },
  },
  'DELETE /v3/message/{messageId}': { params: { messageId: REPLY_ID }, answer: { messageId: REPLY_ID } },
  'GET /v3/templates/whatsapp': {
    query: { limit: 100, offset: 0 },
    answer: [
      {
        templateGuid: TEMPLATE_GUID,
        accountId: 886315473,
        title: 'order_ready',
        name: 'order_ready',
        waba: { wabaId: '104987654321098', wabaName: 'Doors & More' },
        channels: [WHATSAPP_CHANNEL],
        category: 'UTILITY',
        language: 'en',
        status: 'approved',
        rejected_reason: 'NONE',
        namespace: '',
        components: [
          {
            type: 'BODY',
            text: 'Hello {{1}}, your door is ready. Shall we bring it on {{2}}?',
            example: ['Anna', '30 November'],
          },
          { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes' }] },
        ],
        templateCode: `@template: ${TEMPLATE_GUID} { [[1]]; [[2]] }`,
      },
    ],
  },
  'POST /v1/files': {
    body: { name: 'price-list.pdf', type: 'application/pdf', size: 184320 },
    answer: {
      contentUri: PRICE_LIST_URI,
      upload: {
        url: 'https://files.konvert.example/up/2026-11-30/mN3vXw7Lq0sT5bYh2KdGfR8pEaU?X-Amz-Expires=3600&X-Amz-Signature=8cb665f5dfdb5861',
        headers: {
          'content-type': 'application/pdf',
          'content-disposition': "inline; filename*=UTF-8''price-list.pdf",
        },
      },
    },
  },
  'GET /files/{file}/{name}': { params: { file: 'Zr8jEQCIIAyWwAUv4O3zAq1c9Bk', name: 'doorway.jpg' } },
  'HEAD /files/{file}/{name}': { params: { file: 'Zr8jEQCIIAyWwAUv4O3zAq1c9Bk', name: 'doorway.jpg' } },
} satisfies RouteExamples;
