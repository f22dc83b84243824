import { expect } from 'vitest';
import { any32Hex, anyText, message, type Row, refused, refusedMessage, sentTo } from '../row.ts';
import { OPERATOR_KEY } from '../shop.ts';
import { logged, pass } from '../steps.ts';

const matching = (pattern: RegExp) => expect.stringMatching(pattern);
const without = (field: string) => expect.not.objectContaining({ [field]: expect.anything() });
const NO_ROUTE = refused(404, 'NOT_FOUND');
const NO_KEY = refused(401, 'UNAUTHORIZED');
const list = 'GET /v3/channels';

/** A route that is deliberately not there answers 404 with a body, whatever it is sent. */
function absent(of: string, says: string, ask: string, body?: unknown): Row {
  return { section: '1.2', of, says, call: { ask, body }, expect: NO_ROUTE };
}

/** How a key may and may not be sent. */
function authorized(says: string, of: string, authorization: string | null): Row {
  return {
    section: '1.3',
    of,
    says,
    call: { ask: list, headers: { authorization } },
    expect: { status: 200, body: [] },
  };
}

function unauthorized(says: string, authorization: string | null): Row {
  return { section: '1.4', of: '401', says, call: { ask: list, headers: { authorization } }, expect: NO_KEY };
}

/** A route that the one kind of key opens, also those that a sidecar key of Wazzup does not. */
function open(ask: string, expected: Row['expect'], given: Row['given'] = []): Row {
  return { section: '1.2', of: 'sidecar restrictions', says: `a key opens ${ask}`, given, call: ask, expect: expected };
}

const OLGA = { ask: 'POST /v3/users', body: [{ id: '17', name: 'Olga' }] };
const ANNA = {
  ask: 'POST /v3/contacts',
  body: [{ id: '1', responsibleUserId: '17', name: 'Anna', contactData: [{ chatType: 'telegram', chatId: '501' }] }],
};
const DOORS = {
  ask: 'POST /v3/deals',
  body: [{ id: '9', responsibleUserId: '17', name: 'Doors', uri: '', contacts: ['1'], closed: false }],
};
const EMPTY = { status: 200, body: { count: 0, data: [] } };

/** Section 1. */
export const rows: readonly Row[] = [
  { section: '1.1', of: '/v3', says: 'routes lie below /v3', call: list, expect: { status: 200, body: [] } },
  {
    section: '1.1',
    of: 'chat window',
    says: 'the chat window lies on the same host, in the account’s path, with its secret in the fragment',
    given: [{ ask: 'POST /v3/users', body: [{ id: '17', name: 'Olga' }] }],
    call: { ask: 'POST /v3/iframe', body: { user: { id: '17' }, scope: 'global' } },
    expect: { status: 200, body: { url: matching(/^https:\/\/konvert\.example\/chat\/[^/]+#k=[\w-]{43}$/) } },
  },

  absent('GET /v3/messages', 'no route reads a history', 'GET /v3/messages?chatId=501'),
  absent('GET /v3/chats', 'no route lists chats', 'GET /v3/chats'),
  absent('POST /v3/sendMessage', 'the name of the sidecar list is no route', 'POST /v3/sendMessage', message()),
  absent('DELETE /v3/channels/{id}', 'no route deletes a channel', 'DELETE /v3/channels/{bot}'),
  absent('DELETE /v3/webhooks', 'no route deletes the registration of webhooks', 'DELETE /v3/webhooks'),
  absent('POST /v3/marketplace', 'there is no marketplace', 'POST /v3/marketplace', { crmCode: 'doors', secret: 'x' }),
  absent('PATCH /v3/marketplace', 'nor a change of it', 'PATCH /v3/marketplace', { crmName: 'Doors' }),
  absent('POST /v3/connect', 'there is no WAuth', 'POST /v3/connect', {
    state: 'x',
    secret: 'y',
    crmKey: 'z',
    name: 'n',
  }),
  absent('POST /v3/wauth', 'nor a simulated install', 'POST /v3/wauth', { type: 'doors' }),
  absent('POST /v3/migration', 'nor a migration from v2', 'POST /v3/migration', { clientApiKey: 'x' }),
  {
    section: '1.2',
    says: 'an absent route needs no key to be absent',
    call: { ask: 'GET /v3/settings', headers: { authorization: null } },
    expect: NO_ROUTE,
  },
  {
    section: '1.2',
    says: 'a known path with another method is absent',
    call: { ask: 'PUT /v3/users', body: [] },
    expect: NO_ROUTE,
  },

  open('GET /v3/users', { status: 200, body: [] }),
  open('GET /v3/users/17', { status: 200 }, [OLGA]),
  open('DELETE /v3/users/17', { status: 200 }, [OLGA]),
  open('GET /v3/contacts', EMPTY),
  open('GET /v3/contacts/1', { status: 200 }, [ANNA]),
  open('DELETE /v3/contacts/1', { status: 200 }, [ANNA]),
  open('GET /v3/deals', EMPTY),
  open('GET /v3/deals/9', { status: 200 }, [DOORS]),
  open('DELETE /v3/deals/9', { status: 200 }, [DOORS]),
  open('GET /v3/pipelines', { status: 200, body: [] }),
  open('GET /v3/unanswered/17', { status: 200 }, [OLGA]),
  ...['users', 'contacts', 'deals'].map(
    (kind): Row => ({
      section: '1.2',
      of: [`PATCH /v3/${kind}/bulk_delete`, 'sidecar restrictions'],
      says: `a key opens PATCH /v3/${kind}/bulk_delete`,
      call: { ask: `PATCH /v3/${kind}/bulk_delete`, body: [] },
      expect: { status: 200, body: [] },
    }),
  ),
  ...['deals', 'pipelines'].map(
    (kind): Row => ({
      section: '1.2',
      of: [`POST /v3/${kind}`, 'sidecar restrictions'],
      says: `a key opens POST /v3/${kind}`,
      call: { ask: `POST /v3/${kind}`, body: [] },
      expect: { status: 200, body: {} },
    }),
  ),

  authorized('the key is sent as Bearer', 'Bearer', 'Bearer {key}'),
  authorized('the scheme may be in lower case', 'Bearer', 'bearer {key}'),
  authorized('spaces around the key do not count', 'Bearer', ' Bearer   {key} '),
  authorized('old pages send the key as Basic', 'Basic', 'Basic {key}'),
  {
    section: '1.3',
    of: 'opaque',
    says: 'each of several keys of an account opens it',
    given: [{ ask: 'POST /v1/account/keys', body: { name: 'second' }, keep: 'second' }],
    call: { ask: list, headers: { authorization: 'Bearer {second.apiKey}' } },
    expect: { status: 200, body: [] },
  },
  {
    section: '1.3',
    of: 'Basic',
    says: 'the key as Basic writes, too',
    call: { ask: 'POST /v3/message', body: message(), headers: { authorization: 'Basic {key}' } },
    expect: sentTo(),
  },
  {
    section: '1.3',
    of: 'Basic',
    says: 'on Konvert’s own routes nobody sends the key as Basic',
    call: { ask: 'GET /v1/settings', headers: { authorization: 'Basic {key}' } },
    expect: NO_KEY,
  },
  {
    section: '1.3',
    of: 'POST /v3/connect',
    says: 'the one route that has no Bearer is absent',
    call: { ask: 'POST /v3/connect', body: { secret: 'x' }, headers: { authorization: null } },
    expect: NO_ROUTE,
  },
  {
    section: '1.3',
    of: 'crmKey',
    says: 'a crmKey beside webhooksUri is taken, and no answer shows it',
    given: [
      { ask: 'PATCH /v3/webhooks', body: { webhooksUri: '{hook}', subscriptions: {}, crmKey: 'secret-of-the-crm' } },
    ],
    call: 'GET /v3/webhooks',
    expect: { status: 200, body: without('crmKey') },
  },

  unauthorized('no key', null),
  unauthorized('an empty header', ''),
  unauthorized('a scheme without a key', 'Bearer'),
  unauthorized('a key that is none', 'Bearer 0a1b2c3d4e5f60718293a4b5c6d7e8f9'),
  unauthorized('a key of any shape that is none', 'Bearer cl\u00e9-!@#$%^&*()_+|/\\'),
  unauthorized('a very long key', `Bearer ${'k'.repeat(8_000)}`),
  unauthorized('the key without a scheme', '{key}'),
  unauthorized('the key with another scheme', 'Token {key}'),
  unauthorized('two keys', 'Bearer {key} {key}'),
  unauthorized('the key as a password of Basic', 'Basic dXNlcjpwYXNzd29yZA=='),
  {
    section: '1.4',
    of: '401',
    says: 'a wrong key has the general shape on the routes of messages, too',
    call: { ask: 'POST /v3/message', body: message(), headers: { authorization: 'Bearer wrong' } },
    expect: NO_KEY,
  },
  {
    section: '1.4',
    of: '401',
    says: 'a wrong key is told before a wrong body',
    call: { ask: 'POST /v3/users', body: '{', headers: { authorization: 'Bearer wrong' } },
    expect: NO_KEY,
  },
  {
    section: '1.4',
    of: '400',
    says: 'a body that is no JSON',
    call: { ask: 'POST /v3/users', body: '[{"id":' },
    expect: refused(400, 'INVALID_JSON'),
  },
  {
    section: '1.4',
    of: '400',
    says: 'a body that is no JSON, on a route of messages',
    call: { ask: 'POST /v3/message', body: 'text=hello' },
    expect: refusedMessage('INVALID_JSON'),
  },
  {
    section: '1.4',
    of: '403',
    says: 'a route that is closed to a user',
    given: [OLGA],
    call: { ask: 'GET /v3/users', headers: { 'konvert-user': '17' } },
    expect: refused(403, 'FORBIDDEN'),
  },
  {
    section: '1.4',
    of: '403',
    says: 'any route of a disabled account',
    given: [
      {
        ask: 'PATCH /v1/accounts/{accountId}',
        body: { enabled: false },
        headers: { authorization: `Bearer ${OPERATOR_KEY}` },
      },
      pass(10_000),
    ],
    call: list,
    expect: refused(403, 'ACCOUNT_DISABLED'),
  },
  {
    section: '1.4',
    of: '404',
    says: 'an unknown contact',
    call: 'GET /v3/contacts/nobody',
    expect: refused(404, 'CONTACT_NOT_FOUND'),
  },
  {
    section: '1.4',
    of: '404',
    says: 'an unknown deal',
    call: 'DELETE /v3/deals/nobody',
    expect: refused(404, 'DEAL_NOT_FOUND'),
  },
  { section: '1.4', of: '404', says: 'an unknown route', call: 'GET /v3/nothing', expect: NO_ROUTE },
  { section: '1.4', of: '404', says: 'the path of API v2', call: 'GET /v2/channels', expect: NO_ROUTE },
  {
    section: '1.4',
    of: '500',
    says: 'the same user twice in one request is a 400 here, and names the second',
    call: {
      ask: 'POST /v3/users',
      body: [
        { id: '17', name: 'Olga' },
        { id: '17', name: 'Ivan' },
      ],
    },
    expect: refused(400, 'INVALID_USERS_DATA', [{ index: 1, fields: ['id'] }]),
  },

  {
    section: '1.5',
    of: ['shape 1', 'description'],
    says: 'the general shape has error, description and data',
    call: { ask: 'POST /v3/contacts', body: [{ id: '1', name: 'Anna', contactData: [] }] },
    expect: refused(
      400,
      'INVALID_CONTACTS_DATA',
      [{ index: 0, fields: ['responsibleUserId'] }],
      'One or more of provided contacts data are not valid.',
    ),
  },
  {
    section: '1.5',
    of: 'shape 2',
    says: 'errors of messages have a whole status and a requestId of 32 hexadecimal digits as well',
    call: { ask: 'POST /v3/message', body: message({ channelId: undefined }) },
    expect: {
      status: 400,
      body: {
        status: 400,
        requestId: any32Hex,
        error: 'INVALID_MESSAGE_DATA',
        description: 'Message data is invalid',
        data: { fields: ['channelId'] },
      },
    },
  },
  {
    section: '1.5',
    of: 'shape 3',
    says: 'errors of the chat window have the code in an object',
    call: { ask: 'POST /v3/iframe', body: { user: { id: 'nobody' }, scope: 'global' } },
    expect: { status: 400, body: { error: { code: 'INVALID_USER' }, description: anyText } },
  },
  {
    section: '1.5',
    of: 'all or nothing',
    says: 'one bad row refuses the whole request',
    call: { ask: 'POST /v3/users', body: [{ id: '17', name: 'Olga' }, { id: '18' }] },
    expect: refused(400, 'INVALID_USERS_DATA', [{ index: 1, fields: ['name'] }]),
    afterwards: [{ ask: 'GET /v3/users', expect: { status: 200, body: [] } }],
  },
  {
    section: '1.5',
    of: 'spelling',
    says: 'codes of webhook addresses are in camelCase',
    call: { ask: 'PATCH /v3/webhooks', body: { webhooksUri: 'no address' } },
    expect: refused(400, 'uriNotValid', undefined, 'Provided URI is not valid URI'),
  },
  {
    section: '1.5',
    of: 'trace-id',
    says: 'a trace-id is in the header, and in the log',
    call: { ask: list, keep: 'listed' },
    expect: { status: 200, headers: { 'trace-id': any32Hex } },
    afterwards: [logged({ route: '/v3/channels', status: 200 })],
  },
  {
    section: '1.5',
    of: 'trace-id',
    says: 'the trace-id of an error is its requestId',
    call: { ask: 'POST /v3/message', body: message({ text: undefined }), keep: 'refused' },
    expect: { status: 400, headers: { 'trace-id': '{refused.requestId}' } },
  },
  {
    section: '1.5',
    of: 'no error in a success',
    says: 'no success has a field error, not even an empty one',
    given: [{ ask: 'POST /v3/users', body: [{ id: '17', name: 'Olga' }] }],
    call: { ask: 'POST /v3/iframe', body: { user: { id: '17' }, scope: 'global' } },
    expect: { status: 200, body: without('error') },
  },
];
