import { expect } from 'vitest';
import { probes, receiverAnswers } from '../event-steps.ts';
import { type Row, refused, type Step } from '../row.ts';
import { subscribed } from '../steps.ts';

const PATCH = 'PATCH /v3/webhooks';
const OFF = {
  messagesAndStatuses: false,
  contactsAndDealsCreation: false,
  channelsUpdates: false,
  templateStatus: false,
  wabaTemplatesStatus: false,
};
const DONE = { status: 200, body: { ok: true } };
const isSet = (switches: object, webhooksUri: unknown = '{hook}') => ({
  ask: 'GET /v3/webhooks',
  expect: { status: 200, body: { webhooksUri, subscriptions: { ...OFF, ...switches } } },
});
const nothingSet = isSet({}, null);
const NOT_VALID = refused(400, 'uriNotValid', undefined, 'Provided URI is not valid URI');
const notPassed = (data: unknown) =>
  refused(400, 'testPostNotPassed', data, 'URI does not return 200 OK on test request');
const register = (subscriptions: object, more: object = {}) => ({
  ask: PATCH,
  body: { webhooksUri: '{hook}', subscriptions, ...more },
});
/** Nobody listens there. */
const LONGEST = `http://127.0.0.1:1/${'x'.repeat(181)}`;
const TEMPLATES = { templateStatus: true, wabaTemplatesStatus: true };
const probed = (times: number): Step => probes((calls) => expect(calls).toHaveLength(times));

/** Sections 12.1 and 12.2, and 13.1. */
export const rows: readonly Row[] = [
  {
    section: '12.1',
    of: 'success',
    says: 'an address is registered, and the answer is 200 with JSON',
    call: subscribed,
    expect: DONE,
    afterwards: [
      isSet({ messagesAndStatuses: true, contactsAndDealsCreation: true, channelsUpdates: true, ...TEMPLATES }),
    ],
  },
  ...(['messagesAndStatuses', 'contactsAndDealsCreation', 'channelsUpdates'] as const).map((name) => ({
    section: '12.1',
    of: [name, 'left out'],
    says: `${name} alone is on; a switch that is left out is off`,
    call: register({ [name]: true }),
    expect: DONE,
    afterwards: [isSet({ [name]: true })],
  })),
  ...(['templateStatus', 'wabaTemplatesStatus', 'templateStatuses'] as const).map((name) => ({
    section: '12.1',
    of: name,
    says: `the switch of templates may be called ${name}`,
    call: register({ [name]: true }),
    expect: DONE,
    afterwards: [isSet(TEMPLATES)],
  })),
  {
    section: '12.1',
    of: 'left out',
    says: 'switches that were on are off if they are left out later',
    given: [subscribed],
    call: register({ channelsUpdates: true }),
    expect: DONE,
    afterwards: [isSet({ channelsUpdates: true })],
  },
  {
    section: '12.1',
    of: 'webhooksUri',
    says: 'an address of 200 characters is tried',
    call: { ask: PATCH, body: { webhooksUri: LONGEST, subscriptions: {} } },
    expect: notPassed({ reason: 'ECONNREFUSED' }),
  },
  {
    section: '12.1',
    of: 'query string',
    says: 'an address may have a query, which is where receivers have their secret',
    call: register({ messagesAndStatuses: true }, { webhooksUri: '{hook}?token=a%20b&c=d' }),
    expect: DONE,
    afterwards: [
      isSet({ messagesAndStatuses: true }, '{hook}?token=a%20b&c=d'),
      probes((calls) => expect(calls[0]?.path).toMatch(/\?token=a%20b&c=d$/)),
    ],
  },
  ...[
    ['of more than 200 characters', `${LONGEST}x`],
    ['that is no address', 'crm.example/hook'],
    ['of another scheme', 'ftp://crm.example/hook'],
    ['that is no text', 7],
  ].map(([what, webhooksUri]) => ({
    section: '12.1',
    of: ['uriNotValid', 'webhooksUri'],
    says: `an address ${what} is not valid`,
    call: { ask: PATCH, body: { webhooksUri, subscriptions: {} } },
    expect: NOT_VALID,
    afterwards: [nothingSet],
  })),
  {
    section: '12.1',
    of: 'uriNotValid',
    says: 'a first registration needs an address',
    call: { ask: PATCH, body: { subscriptions: { messagesAndStatuses: true } } },
    expect: NOT_VALID,
  },
  {
    section: '12.1',
    of: 'one address',
    says: 'a new registration takes the place of the one before',
    given: [subscribed],
    call: register({ messagesAndStatuses: true }, { webhooksUri: '{hook}?second' }),
    expect: DONE,
    afterwards: [isSet({ messagesAndStatuses: true }, '{hook}?second')],
  },
  {
    section: '13.1',
    says: 'the probe is {"test": true}',
    call: subscribed,
    expect: DONE,
    afterwards: [probes((calls) => expect(calls.map(({ raw }) => raw)).toEqual(['{"test":true}']))],
  },
  {
    section: '12.1',
    of: 'probe',
    says: 'an address is probed before it is saved: one that does not answer 200 is refused, with what it answered',
    given: [receiverAnswers(404)],
    call: subscribed,
    expect: notPassed({ status: 404 }),
    afterwards: [nothingSet],
  },
  {
    section: '12.1',
    of: 'testPostNotPassed',
    says: 'a 204 is no 200',
    given: [receiverAnswers(204)],
    call: subscribed,
    expect: notPassed({ status: 204 }),
  },
  {
    section: '12.1',
    of: 'testPostNotPassed',
    says: 'a redirect is not followed',
    given: [receiverAnswers(302, { location: 'https://crm.example' })],
    call: subscribed,
    expect: notPassed({ status: 302 }),
  },
  {
    section: '12.1',
    of: 'testPostNotPassed',
    says: 'an address at which nobody listens is refused',
    call: register({}, { webhooksUri: 'http://127.0.0.1:1/hook' }),
    expect: notPassed({ reason: 'ECONNREFUSED' }),
  },
  {
    section: '12.1',
    of: 'old address is probed',
    says: 'an address is probed also if it is the old one',
    given: [subscribed, receiverAnswers(500)],
    call: subscribed,
    expect: notPassed({ status: 500 }),
    afterwards: [probed(2)],
  },
  {
    section: '12.1',
    of: 'stopped',
    says: 'deliveries to a dead address are stopped by all switches off and the old address',
    given: [subscribed, receiverAnswers(500)],
    call: register(OFF),
    expect: DONE,
    afterwards: [isSet({}), probed(1)],
  },
  {
    section: '12.2',
    of: 'nothing set',
    says: 'with nothing set the address is null and every switch is off',
    call: 'GET /v3/webhooks',
    expect: nothingSet.expect,
  },
  {
    section: '12.2',
    of: ['booleans', 'four switches'],
    says: 'switches that were sent as texts are read as booleans, and the one of templates has both its names',
    given: [
      register({
        messagesAndStatuses: 'true',
        contactsAndDealsCreation: 'false',
        channelsUpdates: 'True',
        wabaTemplatesStatus: 'true',
      }),
    ],
    call: 'GET /v3/webhooks',
    expect: isSet({ messagesAndStatuses: true, channelsUpdates: true, ...TEMPLATES }).expect,
  },
];
