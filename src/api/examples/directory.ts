import type { RouteExamples } from './route-example.ts';
import { ANNA, DEAL, IVAN, OLGA, PIPELINE, PUSHED_ANNA } from './story.ts';

const BORIS = {
  id: 'contact-6',
  responsibleUserId: OLGA.id,
  name: 'Boris Orlov',
  contactData: [{ chatType: 'whatsapp', chatId: '79001114455', username: null, phone: null }],
};
const OLD_DEAL = {
  id: 'deal-3',
  responsibleUserId: IVAN.id,
  name: 'Two doors for a cottage',
  contacts: [ANNA.id],
  closed: true,
  uri: 'https://crm.example/deals/3',
};
const SERVICE = { id: '2', name: 'Service' };

/** What the CRM pushes: users, contacts, deals and pipelines. */
export const directoryExamples = {
  'GET /v3/users': {
    query: { offset: 0 },
    answer: [
      { id: IVAN.id, name: IVAN.name },
      { id: OLGA.id, name: OLGA.name },
    ],
  },
  'POST /v3/users': { body: [OLGA, IVAN], answer: {} },
  'GET /v3/users/{id}': { params: { id: IVAN.id }, answer: IVAN },
  'DELETE /v3/users/{id}': { params: { id: IVAN.id }, answer: {} },
  'PATCH /v3/users/bulk_delete': { body: [IVAN.id, '99'], answer: ['99'] },

  'GET /v3/contacts': { query: { offset: 0 }, answer: { count: 2, data: [ANNA, BORIS] } },
  'POST /v3/contacts': { body: [PUSHED_ANNA], answer: {} },
  'GET /v3/contacts/{id}': { params: { id: ANNA.id }, answer: ANNA },
  'PUT /v3/contacts/{id}': {
    params: { id: ANNA.id },
    body: { responsibleUserId: OLGA.id },
    answer: { ...ANNA, responsibleUserId: OLGA.id },
  },
  'DELETE /v3/contacts/{id}': { params: { id: ANNA.id }, answer: {} },
  'PATCH /v3/contacts/bulk_delete': { body: [BORIS.id, 'contact-99'], answer: ['contact-99'] },

  'GET /v3/deals': { query: { offset: 0 }, answer: { count: 2, data: [OLD_DEAL, DEAL] } },
  'POST /v3/deals': { body: [DEAL], answer: {} },
  'GET /v3/deals/{id}': { params: { id: DEAL.id }, answer: DEAL },
  'DELETE /v3/deals/{id}': { params: { id: DEAL.id }, answer: {} },
  'PATCH /v3/deals/bulk_delete': { body: [OLD_DEAL.id, 'deal-99'], answer: ['deal-99'] },

  'GET /v3/pipelines': { answer: [PIPELINE, SERVICE] },
  'POST /v3/pipelines': { body: [PIPELINE, SERVICE], answer: {} },
  'PUT /v1/pipelines': { body: [PIPELINE], answer: [PIPELINE] },
} satisfies RouteExamples;
