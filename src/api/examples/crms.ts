import type { RouteExamples } from './route-example.ts';
import { KONVERT } from './story.ts';

const CONNECTION_ID = '6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3';
const URLS = {
  hooksUrl: `${KONVERT}/webhooks/crm/amocrm/${CONNECTION_ID}/this-is-the-secret-of-the-path-43-characters`,
  frameUrl: `${KONVERT}/webhooks/frame/amocrm/${CONNECTION_ID}`,
};
const CONNECTED = { connectionId: CONNECTION_ID, crm: 'amocrm', ...URLS };
const TODO = [{ code: 'UPLOAD_WIDGET', values: { frameUrl: URLS.frameUrl } }];

/** The connection to a CRM. */
export const crmExamples = {
  'POST /v1/crm': {
    bodies: {
      token: {
        summary: 'amoCRM by a long-lived token',
        value: {
          crm: 'amocrm',
          credentials: { host: 'doors.amocrm.ru', accessToken: 'a-token-of-a-private-integration' },
        },
      },
      consent: {
        summary: 'amoCRM by the consent of an administrator',
        value: {
          crm: 'amocrm',
          credentials: {
            host: 'doors.amocrm.ru',
            clientId: '01d3a1c5-9c55-4a55-9a53-0c8a1f6d2b11',
            clientSecret: 'the-secret-key-of-the-integration',
          },
        },
      },
    },
    answers: {
      token: { summary: 'It works', value: { ...CONNECTED, state: 'active', todo: TODO } },
      consent: {
        summary: 'A person has to consent',
        value: {
          ...CONNECTED,
          state: 'connecting',
          authorizeUrl: 'https://www.amocrm.ru/oauth?client_id=01d3a1c5&state=this-is-the-state-of-one-consent',
          todo: [],
        },
      },
    },
  },
  'GET /v1/crm': {
    answer: {
      ...CONNECTED,
      state: 'degraded',
      portal: { name: 'Doors & More', host: 'doors.amocrm.ru' },
      connectedAs: 'Olga Petrova',
      since: '2026-11-30T08:02:11.310Z',
      waiting: 2,
      clientsWaiting: 1,
      failed: 0,
      refreshing: false,
      lastNewsAt: '2026-11-30T09:20:43.120Z',
      lastProofAt: '2026-11-30T09:02:14.007Z',
      problems: [
        {
          code: 'HOOKS_OFF',
          since: '2026-11-30T09:02:14.007Z',
          text: 'The CRM has switched its notifications to Konvert off, so changes arrive some minutes late. Refresh the data from the CRM: that registers them again.',
        },
      ],
      todo: TODO,
    },
  },
  'PATCH /v1/crm': { body: { enabled: false }, answer: { ...CONNECTED, state: 'disabled', todo: TODO } },
  'DELETE /v1/crm': { answer: { connectionId: CONNECTION_ID } },
  'POST /v1/crm/refresh': {
    answer: { users: { added: 1, changed: 0, gone: 0 }, pipelines: 2, problems: [] },
  },
  'GET /v1/crm/callback/{crm}': { params: { crm: 'amocrm' } },
  'GET /webhooks/crm/{crm}/{connectionId}/{secret}': {
    params: { crm: 'amocrm', connectionId: CONNECTION_ID, secret: 'k3vHq0YxTz8mW2bS' },
  },
  'POST /webhooks/crm/{crm}/{connectionId}/{secret}': {
    params: { crm: 'amocrm', connectionId: CONNECTION_ID, secret: 'k3vHq0YxTz8mW2bS' },
  },
  'GET /webhooks/frame/{crm}/{connectionId}': { params: { crm: 'amocrm', connectionId: CONNECTION_ID } },
  'POST /webhooks/frame/{crm}/{connectionId}': { params: { crm: 'amocrm', connectionId: CONNECTION_ID } },
  'OPTIONS /webhooks/frame/{crm}/{connectionId}': { params: { crm: 'amocrm', connectionId: CONNECTION_ID } },
} satisfies RouteExamples;
