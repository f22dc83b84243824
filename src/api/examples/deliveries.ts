import type { RouteExamples } from './route-example.ts';
import { ANNA, WHATSAPP_CHANNEL } from './story.ts';

const SUBSCRIPTIONS = { messagesAndStatuses: true, contactsAndDealsCreation: true, channelsUpdates: true };
const REGISTRATION = {
  webhooksUri: 'https://crm.example/hooks/konvert',
  subscriptions: { ...SUBSCRIPTIONS, templateStatus: true },
  crmKey: 'a-key-of-the-crm',
};
const FAILED_REPLY =
  'WyJyZXBseSM4YzFlNmQ0Mi0zYjVmLTRlMGEtOWQyNy02ZjFiMGE5NGMzZTUjd2hhdHNhcHAjNzkwMDExMTIyMzMiLCIxNzk2MDI4NjAwMTIwI3JlcGx5LTMiXQ';
const WHATSAPP_TARGET = `${WHATSAPP_CHANNEL}#whatsapp#79001112233`;

/** Where events go, and what failed to leave. */
export const deliveryExamples = {
  'GET /v3/webhooks': {
    answer: {
      webhooksUri: REGISTRATION.webhooksUri,
      subscriptions: { ...SUBSCRIPTIONS, templateStatus: true, wabaTemplatesStatus: true },
    },
  },
  'PATCH /v3/webhooks': {
    bodies: {
      register: { summary: 'An address, which is probed before the answer', value: REGISTRATION },
      stop: {
        summary: 'Nothing more to the address that is registered',
        value: {
          subscriptions: {
            messagesAndStatuses: false,
            contactsAndDealsCreation: false,
            channelsUpdates: false,
            templateStatus: false,
          },
        },
      },
    },
    answer: { ok: true },
  },
  'POST /v3/webhooks': { body: REGISTRATION, answer: { ok: true } },
  'POST /v1/webhooks/secret': {
    answer: {
      secret: 'whsec_ZXhhbXBsZSBvZiBhIHNlY3JldCwgMjQgYnl0ZXM=',
      validFrom: '2026-11-30T08:05:12.734Z',
      formerSignsUntil: null,
    },
  },
  'POST /v1/webhooks/test': {
    answers: {
      answered: { summary: 'It answered', value: { at: '2026-11-30T09:40:00.318Z', tookMs: 84, status: 200 } },
      silent: {
        summary: 'Nobody listens there',
        value: { at: '2026-11-30T09:41:20.507Z', tookMs: 3, reason: 'ECONNREFUSED' },
      },
    },
  },
  'GET /v1/webhooks/answers': {
    answer: {
      answers: [
        { at: '2026-11-30T09:40:00.318Z', tookMs: 84, status: 200, events: 0 },
        { at: '2026-11-30T09:20:42.120Z', tookMs: 131, status: 200, events: 1 },
        { at: '2026-11-30T08:41:31.004Z', tookMs: 10_002, reason: 'TIMEOUT', events: 2 },
      ],
    },
  },
  'GET /v1/health': {
    answer: {
      oldestUnanswered: {
        channelId: WHATSAPP_CHANNEL,
        chatType: 'whatsapp',
        chatId: '79001112233',
        name: 'Anna',
        since: '2026-11-30T08:12:05.000Z',
      },
      waitingWithoutAnybody: { count: 2, since: '2026-11-30T08:41:30.000Z' },
      lanes: [
        {
          target: 'webhook',
          kind: 'event',
          waiting: 14,
          since: '2026-11-30T08:30:02.000Z',
          nextAttemptAt: '2026-11-30T09:05:00.000Z',
          lastError: { code: '503', description: 'The receiver answered 503' },
        },
      ],
    },
  },
  'GET /v1/deliveries': {
    query: { state: 'failed', kind: 'reply' },
    answer: {
      deliveries: [
        {
          deliveryId: FAILED_REPLY,
          state: 'failed',
          kind: 'reply',
          target: WHATSAPP_TARGET,
          name: ANNA.name,
          attempts: 1,
          lastError: { code: '24_HOURS_EXCEEDED', description: 'The client wrote more than 24 hours ago' },
          createdAt: '2026-11-30T08:50:00.120Z',
        },
      ],
    },
  },
  'POST /v1/deliveries/retry': {
    bodies: {
      events: { summary: 'All events that failed', value: { target: 'webhook' } },
      crm: { summary: 'All that failed for the connected CRM', value: { target: 'crm' } },
      chat: { summary: 'All replies of a chat that failed', value: { target: WHATSAPP_TARGET } },
    },
    answer: { count: 12 },
  },
  'POST /v1/deliveries/replay': {
    body: { target: 'webhook', from: '2026-11-29T18:00:00Z', to: '2026-11-30T06:00:00Z' },
    answer: { count: 500, more: true },
  },
  'POST /v1/deliveries/{deliveryId}/retry': {
    params: { deliveryId: FAILED_REPLY },
    answer: { deliveryId: FAILED_REPLY },
  },
} satisfies RouteExamples;
