import { expect } from 'vitest';
import { ANNA, ANNA_READ, IVAN, OLGA, push, SALES, settings } from '../entities.ts';
import { calls, metaSays, notTold, receiverAnswers, told, toldAlone } from '../event-steps.ts';
import { anyUuid, message, type Row, refused, type Step, sentTo } from '../row.ts';
import { clientWrites, clientWritesToNumber, hasLeft, pass, subscribed } from '../steps.ts';

const POST = 'POST /v3/message';
const anyMs = expect.any(Number);
const ROUND_ROBIN = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
const TEAM = [push('users', OLGA, IVAN), push('pipelines', SALES)];
const inTurn = [...TEAM, settings({ 17: 'seller with switch' }, ROUND_ROBIN), subscribed];
const firstReply = [...TEAM, settings({ 17: 'seller with switch' }), subscribed];
const MADE = { ...ANNA, id: 'contact-5', uri: 'https://crm.example/c/5' };
const ADDRESS = { chatType: 'telegram', chatId: '501' };
const asks = (fields: object = {}) => ({
  createContact: { responsibleUserId: '17', name: 'Client 501', contactData: [ADDRESS], source: 'auto', ...fields },
});
const asksDeal = (fields: object = {}) => ({
  createDeal: { responsibleUserId: '17', contacts: ['contact-5'], source: 'auto', ...fields },
});
const STAGE = { pipelineId: '1', stageId: '10' };

/** The channel is there before anybody listens. */
const bot: Step = ({ telegram }) => telegram();
/** The CRM makes what it is asked for. */
const crmMakes: Step = receiverAnswers(200, { 'content-type': 'application/json' }, MADE);

/** Sections 12.3, and 13.5 to 13.7. */
export const rows: readonly Row[] = [
  {
    section: '12.3',
    of: 'POST and JSON',
    says: 'an event is a POST with JSON in UTF-8',
    given: [subscribed, clientWrites('привет 👋'), hasLeft],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [
      calls(([call]) => {
        expect(call).toMatchObject({
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: { messages: [{ text: 'привет 👋' }] },
        });
      }),
    ],
  },
  {
    section: '12.3',
    of: 'crmKey',
    says: 'a crmKey goes with the probe and with each event',
    given: [
      { ...subscribed, body: { ...subscribed.body, crmKey: 'a-key-of-the-crm' } },
      clientWrites('hello'),
      hasLeft,
    ],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [calls(([call]) => expect(call?.headers.authorization).toBe('Bearer a-key-of-the-crm'))],
  },
  {
    section: '12.3',
    of: 'no crmKey',
    says: 'without a crmKey there is no Authorization header at all',
    given: [subscribed, clientWrites('hello'), hasLeft],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [
      calls(([call]) => {
        expect(call?.body.messages).toHaveLength(1);
        expect(call?.headers).not.toHaveProperty('authorization');
      }),
    ],
  },
  {
    section: '12.3',
    of: 'no signature',
    says: 'an event is signed beside what Wazzup sends, and a receiver may leave that unread',
    given: [subscribed, clientWrites('hello'), hasLeft],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [
      calls(([call]) => {
        expect(call?.headers['webhook-signature']).toMatch(/^v1,/);
        expect(call?.raw).not.toContain('signature');
      }),
    ],
  },
  ...[200, 201, 204].map((status) => ({
    section: '12.3',
    of: 'answer 200',
    says: `an event is taken with ${status}, and comes once`,
    given: [subscribed, receiverAnswers(status), clientWrites('hello'), hasLeft, pass(60_000)],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [calls((all) => expect(all).toHaveLength(1))],
  })),
  ...[301, 404, 500].map((status) => ({
    section: '12.3',
    of: ['answer 200', 'retries'],
    says: `an event that is answered ${status} comes again, the same and by the same id`,
    given: [
      bot,
      subscribed,
      receiverAnswers(status),
      clientWrites('hello'),
      hasLeft,
      receiverAnswers(200),
      pass(6_000),
    ],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [
      calls((all) => {
        expect(all).toHaveLength(2);
        expect(all[1]).toMatchObject({ id: all[0]?.id, raw: all[0]?.raw });
      }),
    ],
  })),
  {
    section: '12.3',
    of: 'messages and statuses together',
    says: 'a message of the team and its status come in one call',
    given: [subscribed],
    call: { ask: POST, body: message(), keep: 'sent' },
    expect: sentTo(),
    afterwards: [
      calls((all) => {
        expect(all).toHaveLength(1);
        expect(Object.keys(all[0]?.body)).toEqual(['messages', 'statuses']);
      }),
    ],
  },
  ...['messagesAndStatuses', 'channelsUpdates', 'contactsAndDealsCreation'].map((name) => ({
    section: '12.1',
    of: name,
    says: `with ${name} off nothing of it is told`,
    given: [
      ...TEAM,
      settings({ 17: 'seller with switch' }, ROUND_ROBIN),
      {
        ask: 'PATCH /v3/webhooks',
        body: { ...subscribed.body, subscriptions: { ...subscribed.body.subscriptions, [name]: false } },
      },
      clientWrites('hello'),
      { ask: 'PATCH /v1/channels/{bot}', body: { enabled: false } },
      hasLeft,
      pass(60_000),
    ],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [notTold({ messagesAndStatuses: 'messages', contactsAndDealsCreation: 'createContact' }[name] ?? name)],
  })),
  {
    section: '13.5',
    of: ['createContact', 'round robin', 'source auto'],
    says: 'in turn: with the first message of a new client the CRM is asked for a contact',
    given: [...inTurn, crmMakes, clientWrites('hello')],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [toldAlone(asks())],
  },
  {
    section: '13.5',
    of: ['createDeal', 'pipelineId', 'answer'],
    says: 'with the id of the contact that the CRM made it is asked for a deal',
    given: [...inTurn, crmMakes, clientWrites('hello')],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [
      toldAlone(asksDeal(STAGE)),
      {
        ask: 'GET /v3/contacts/contact-5',
        expect: { status: 200, body: { ...ANNA_READ, id: 'contact-5', uri: 'https://crm.example/c/5' } },
      },
    ],
  },
  {
    section: '12.3',
    of: 'creations alone',
    says: 'a creation comes alone, without messages',
    given: [...inTurn, crmMakes, clientWrites('hello')],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [
      calls((all) => {
        const creations = all.map(({ body }) => Object.keys(body)).filter(([name]) => name?.startsWith('create'));
        expect(creations).toEqual([['createContact'], ['createDeal']]);
      }),
    ],
  },
  {
    section: '13.5',
    of: 'first responder',
    says: 'first responder: nothing is asked for with the first message',
    given: [...firstReply, crmMakes, clientWrites('hello'), hasLeft],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [notTold('createContact')],
  },
  {
    section: '13.5',
    of: ['first responder', 'createContact', 'createDeal'],
    says: 'first responder: who answers first is responsible for the contact and the deal',
    given: [...firstReply, crmMakes, clientWrites('hello')],
    call: { ask: POST, body: message({ crmUserId: '17' }) },
    expect: sentTo(),
    afterwards: [toldAlone(asks()), toldAlone(asksDeal())],
  },
  {
    section: '13.5',
    of: 'only a known employee',
    says: 'first responder: an answer of nobody in particular asks for nothing',
    given: [...firstReply, crmMakes, clientWrites('hello')],
    call: { ask: POST, body: message() },
    expect: sentTo(),
    afterwards: [hasLeft, notTold('createContact')],
  },
  {
    section: '13.5',
    of: 'username',
    says: 'an address has the username, if one is known',
    given: [
      ...inTurn,
      crmMakes,
      (playing) => {
        const anna = { id: 501, first_name: 'Anna', username: 'anna' };
        return playing.telegramReports({
          message: {
            message_id: 5,
            date: Math.floor(Date.now() / 1000),
            chat: { ...anna, type: 'private' },
            from: { ...anna, is_bot: false },
            text: 'hello',
          },
        });
      },
    ],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [toldAlone(asks({ name: 'Anna', contactData: [{ ...ADDRESS, username: 'anna' }] }))],
  },
  {
    section: '13.5',
    of: 'createContact',
    says: 'a client of WhatsApp is asked for by their number',
    given: [
      ...TEAM,
      settings({ 17: 'seller with switch' }, ROUND_ROBIN, '{number}'),
      subscribed,
      crmMakes,
      clientWritesToNumber('hello'),
    ],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [toldAlone(asks({ name: 'Anna', contactData: [{ chatType: 'whatsapp', chatId: '79001112233' }] }))],
  },
  {
    section: '13.5',
    of: 'nothing again',
    says: 'a client with contact and deal is asked for no more, even if the deal is closed',
    given: [
      ...inTurn,
      push('contacts', ANNA),
      push('deals', { id: 'd-1', responsibleUserId: '17', name: 'Doors', uri: '', contacts: ['c-1'], closed: true }),
      crmMakes,
      clientWrites('hello'),
      hasLeft,
    ],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [notTold('createContact'), notTold('createDeal')],
  },
  {
    section: '13.5',
    of: ['button, known contact', 'source byUser'],
    says: 'the button "+" asks for a deal, by the user',
    given: [...inTurn, push('contacts', { ...ANNA, id: 'contact-5' }), crmMakes, clientWrites('hello')],
    call: { ask: 'POST /v1/chats/{bot}/telegram/501/deals', headers: { 'konvert-user': '17' } },
    expect: { status: 202 },
    afterwards: [toldAlone(asksDeal({ ...STAGE, source: 'byUser' })), notTold('createContact')],
  },
  {
    section: '13.5',
    of: 'button, new contact',
    says: 'the button "+" needs a contact, which the first answer or the turn makes',
    given: [...firstReply, clientWrites('hello')],
    call: { ask: 'POST /v1/chats/{bot}/telegram/501/deals', headers: { 'konvert-user': '17' } },
    expect: refused(409, 'NO_CONTACT'),
  },
  {
    section: '13.5',
    of: 'an answer without id',
    says: 'an answer without an id asks for no deal, and is told to the operator',
    given: [...inTurn, receiverAnswers(200, {}, 'OK'), clientWrites('hello'), hasLeft],
    call: 'GET /v1/deliveries?kind=creation',
    expect: {
      status: 200,
      body: {
        deliveries: [
          expect.objectContaining({ kind: 'creation', lastError: expect.objectContaining({ code: 'NO_ID' }) }),
        ],
      },
    },
    afterwards: [notTold('createDeal')],
  },
  {
    section: '13.6',
    of: ['channelId', 'state', 'timestamp'],
    says: 'a channel is switched off, and on again',
    given: [subscribed, ({ telegram }) => telegram(), { ask: 'PATCH /v1/channels/{bot}', body: { enabled: false } }],
    call: { ask: 'PATCH /v1/channels/{bot}', body: { enabled: true } },
    expect: { status: 200 },
    afterwards: [
      told('channelsUpdates', { channelId: '{bot}', state: 'disabled', timestamp: anyMs }),
      told('channelsUpdates', { channelId: '{bot}', state: 'active', timestamp: anyMs }),
    ],
  },
  ...(
    [
      ['TIER_0', 250],
      ['TIER_1K', 1000],
      ['TIER_10K', 10_000],
      ['TIER_100K', 100_000],
      ['TIER_UNLIMITED', -1],
    ] as const
  ).map(([tier, max]) => ({
    section: '13.6',
    of: tier === 'TIER_0' ? ['tier', 'TIER_0'] : 'tier',
    says: `a number may write to ${max} people: ${tier}`,
    given: [
      subscribed,
      (playing) => playing.whatsApp(),
      metaSays('business_capability_update', { max_daily_conversations_per_business: max }),
      pass(60_000),
    ] as Row['given'] & object,
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [told('channelsUpdates', { channelId: '{number}', state: 'active', tier, timestamp: anyMs })],
  })),
  {
    section: '13.7',
    of: ['templateGuid', 'name', 'status'],
    says: 'a template was approved; the status is in lower case, as in the example',
    given: [
      subscribed,
      (playing) => playing.whatsApp(),
      metaSays('message_template_status_update', {
        event: 'APPROVED',
        message_template_id: 71,
        message_template_name: 'order',
        message_template_language: 'en',
      }),
      pass(60_000),
    ],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [toldAlone({ templateStatus: { templateGuid: anyUuid, name: 'order', status: 'approved' } })],
  },
];
