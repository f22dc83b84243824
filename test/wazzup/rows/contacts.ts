import { CHAT_TYPES } from '#domain/message';
import { ANNA, ANNA_READ, IVAN, many, OLGA, push, settings } from '../entities.ts';
import { anyText, type Row, refused } from '../row.ts';
import { clientWrites } from '../steps.ts';

const POST = 'POST /v3/contacts';
const DONE = { status: 200, body: {} };
const NOT_VALID = 'One or more of provided contacts data are not valid.';
const invalid = (...fields: string[]) => refused(400, 'INVALID_CONTACTS_DATA', [{ index: 0, fields }], NOT_VALID);
const reads = (contact: object) => ({ ask: 'GET /v3/contacts/c-1', expect: { status: 200, body: contact } });
const none = { ask: 'GET /v3/contacts', expect: { status: 200, body: { count: 0, data: [] } } };
const withAddress = (address: object) => ({ ...ANNA, contactData: [address] });
const many101 = many(101, ANNA);

/** Section 6. */
export const rows: readonly Row[] = [
  {
    section: '6',
    of: ['push', 'JSON answer'],
    says: 'contacts are pushed in an array, and the answer is JSON, which one client parses',
    call: { ask: POST, body: [ANNA, { ...ANNA, id: 'c-2' }] },
    expect: { ...DONE, headers: { 'content-type': 'application/json; charset=utf-8' } },
    afterwards: [reads(ANNA_READ)],
  },
  {
    section: '6',
    of: 'upsert',
    says: 'a contact that is pushed again takes the place of the one before',
    given: [push('contacts', { ...ANNA, uri: 'https://crm.example/c/1' })],
    call: { ask: POST, body: [{ ...ANNA, name: 'Anna B.', responsibleUserId: '18' }] },
    expect: DONE,
    afterwards: [reads({ ...ANNA_READ, name: 'Anna B.', responsibleUserId: '18' })],
  },
  {
    section: '6',
    of: 'id',
    says: 'an id has up to 100 characters',
    call: { ask: POST, body: [{ ...ANNA, id: 'x'.repeat(100) }] },
    expect: DONE,
  },
  ...[
    ['an id of 101 characters', 'id', { id: 'x'.repeat(101) }],
    ['a contact without id', 'id', { id: undefined }],
    ['a responsible user of 101 characters', 'responsibleUserId', { responsibleUserId: 'x'.repeat(101) }],
    ['a contact without responsible user', 'responsibleUserId', { responsibleUserId: undefined }],
    ['a name of 201 characters', 'name', { name: 'x'.repeat(201) }],
    ['a contact without name', 'name', { name: undefined }],
    ['a contact without contactData', 'contactData', { contactData: undefined }],
    ['an address of 201 characters', 'uri', { uri: 'x'.repeat(201) }],
  ].map(([what, field, fields]) => ({
    section: '6',
    of: field as string,
    says: `${what} is refused`,
    call: { ask: POST, body: [{ ...ANNA, ...(fields as object) }] },
    expect: invalid(field as string),
    afterwards: [none],
  })),
  {
    section: '6',
    of: ['responsibleUserId', 'name', 'uri'],
    says: 'the longest responsible user, name and address are taken',
    call: {
      ask: POST,
      body: [{ ...ANNA, responsibleUserId: 'x'.repeat(100), name: 'x'.repeat(200), uri: 'x'.repeat(200) }],
    },
    expect: DONE,
    afterwards: [
      reads({ ...ANNA_READ, responsibleUserId: 'x'.repeat(100), name: 'x'.repeat(200), uri: 'x'.repeat(200) }),
    ],
  },
  {
    section: '6',
    of: 'responsibleUserId',
    says: 'the chat is visible to the responsible user',
    given: [push('users', OLGA, IVAN), settings({ 17: 'seller', 18: 'seller' }), clientWrites('hello')],
    call: { ask: POST, body: [ANNA] },
    expect: DONE,
    afterwards: [
      {
        ask: 'GET /v3/unanswered/17',
        expect: { status: 200, body: { counterV2: 1, type: 'red', lastMsgDateTime: anyText } },
      },
      {
        ask: 'GET /v3/unanswered/18',
        expect: { status: 200, body: { counterV2: 0, type: null, lastMsgDateTime: null } },
      },
    ],
  },
  ...CHAT_TYPES.map((chatType) => ({
    section: '6',
    of: ['chatType', 'contactData'],
    says: `an address may be of ${chatType}`,
    call: { ask: POST, body: [withAddress({ chatType, chatId: '79001112233' })] },
    expect: DONE,
    afterwards: [reads({ ...ANNA, contactData: [{ chatType, chatId: '79001112233', username: null, phone: null }] })],
  })),
  ...[{ chatId: '1' }, { chatType: 'wapi', chatId: '1' }, { chatType: 'tgapi', chatId: '1' }].map((address) => ({
    section: '6',
    of: 'chatType',
    says: `an address needs a chat type of the list: ${JSON.stringify(address)}`,
    call: { ask: POST, body: [withAddress(address)] },
    expect: invalid('contactData.0.chatType'),
  })),
  {
    section: '6',
    of: 'chatId',
    says: 'an address needs a chatId',
    call: { ask: POST, body: [withAddress({ chatType: 'whatsapp' })] },
    expect: invalid('contactData.0.chatId'),
  },
  ...[
    ['username', { chatType: 'telegram', username: 'anna' }],
    ['phone', { chatType: 'telegram', phone: '79001112233' }],
    ['phone', { chatType: 'max', phone: '79001112233' }],
  ].map(([of, address]) => ({
    section: '6',
    of: [of as string, 'chatId'],
    says: `as older pages have it, an address needs no chatId with ${JSON.stringify(address)}`,
    call: { ask: POST, body: [withAddress(address as object)] },
    expect: DONE,
    afterwards: [
      reads({ ...ANNA, contactData: [{ chatId: '', username: null, phone: null, ...(address as object) }] }),
    ],
  })),
  {
    section: '6',
    of: ['username', 'phone'],
    says: 'an address may have username and phone beside the chatId',
    call: {
      ask: POST,
      body: [withAddress({ chatType: 'telegram', chatId: '501', username: 'anna', phone: '79001112233' })],
    },
    expect: DONE,
    afterwards: [
      reads({
        ...ANNA,
        contactData: [{ chatType: 'telegram', chatId: '501', username: 'anna', phone: '79001112233' }],
      }),
    ],
  },
  {
    section: '6',
    of: ['list', 'count'],
    says: 'a page has up to 100 contacts sorted by id, and count is the number of all',
    given: [push('contacts', ...many101.slice(0, 100).reverse()), push('contacts', ...many101.slice(100))],
    call: 'GET /v3/contacts',
    expect: {
      status: 200,
      body: { count: 101, data: many101.slice(0, 100).map(({ id }) => ({ ...ANNA_READ, id })) },
    },
    afterwards: [
      {
        ask: 'GET /v3/contacts?offset=100',
        expect: { status: 200, body: { count: 101, data: [{ ...ANNA_READ, id: many101[100]!.id }] } },
      },
      { ask: 'GET /v3/contacts?offset=500', expect: { status: 200, body: { count: 101, data: [] } } },
    ],
  },
  ...['-1', 'x', '1.5'].map((offset) => ({
    section: '6',
    of: 'list',
    says: `an offset is an integer, 0 or more: ${offset} is refused`,
    call: `GET /v3/contacts?offset=${offset}`,
    expect: refused(400, 'INVALID_REQUEST', { fields: ['offset'] }),
  })),
  {
    section: '6',
    of: 'one',
    says: 'one contact has the fields that were pushed',
    given: [push('contacts', { ...ANNA, uri: 'https://crm.example/c/1' })],
    call: 'GET /v3/contacts/c-1',
    expect: { status: 200, body: { ...ANNA_READ, uri: 'https://crm.example/c/1' } },
  },
  {
    section: '6',
    of: 'unknown',
    says: 'an unknown contact is 404',
    call: 'GET /v3/contacts/c-1',
    expect: refused(404, 'CONTACT_NOT_FOUND'),
  },
  {
    section: '6',
    of: 'delete',
    says: 'a contact is deleted',
    given: [push('contacts', ANNA)],
    call: 'DELETE /v3/contacts/c-1',
    expect: DONE,
    afterwards: [none, { ask: 'DELETE /v3/contacts/c-1', expect: refused(404, 'CONTACT_NOT_FOUND') }],
  },
  {
    section: '6',
    of: 'the chat stays',
    says: 'the chat of a deleted contact stays in the general list',
    given: [push('users', OLGA), settings({ 17: 'manager' }), push('contacts', ANNA), clientWrites('hello')],
    call: 'DELETE /v3/contacts/c-1',
    expect: DONE,
    afterwards: [
      {
        ask: 'GET /v3/unanswered/17',
        expect: { status: 200, body: { counterV2: 1, type: 'grey', lastMsgDateTime: anyText } },
      },
    ],
  },
  {
    section: '6',
    of: 'bulk_delete',
    says: 'many contacts are deleted, and the answer is []',
    given: [push('contacts', ANNA, { ...ANNA, id: 'c-2' })],
    call: { ask: 'PATCH /v3/contacts/bulk_delete', body: ['c-1', 'c-2'] },
    expect: { status: 200, body: [] },
    afterwards: [none],
  },
  {
    section: '6',
    of: 'bulk_delete',
    says: 'the answer is the array of the unknown ids',
    given: [push('contacts', ANNA)],
    call: { ask: 'PATCH /v3/contacts/bulk_delete', body: ['none', 'c-1'] },
    expect: { status: 200, body: ['none'] },
  },
  ...[
    { call: { ask: POST, body: many101 }, what: 'a push' },
    { call: { ask: 'PATCH /v3/contacts/bulk_delete', body: many101.map(({ id }) => id) }, what: 'a deletion' },
  ].map(({ call, what }) => ({
    section: '6',
    of: ['TOO_MANY_ENTITIES', 'bulk_delete'],
    says: `${what} holds 100 contacts at most`,
    call,
    expect: refused(400, 'TOO_MANY_ENTITIES', { count: 101, limit: 100 }, 'Too many entities per request.'),
  })),
  {
    section: '6',
    of: 'INVALID_CONTACTS_DATA',
    says: 'one bad contact refuses the whole push, with its place and fields',
    call: { ask: POST, body: [ANNA, {}, { ...ANNA, id: 'c-3' }] },
    expect: refused(
      400,
      'INVALID_CONTACTS_DATA',
      [{ index: 1, fields: ['id', 'responsibleUserId', 'name', 'contactData'] }],
      NOT_VALID,
    ),
    afterwards: [none],
  },
  {
    section: '6',
    of: 'PATCH',
    says: 'PATCH of contacts, which one page mentions and none describes, is no route',
    call: { ask: 'PATCH /v3/contacts', body: [ANNA] },
    expect: refused(404, 'NOT_FOUND'),
  },
  {
    section: '6',
    of: 'PUT',
    says: 'PUT of one contact, as one client has it, changes the fields that are given',
    given: [push('contacts', ANNA)],
    call: { ask: 'PUT /v3/contacts/c-1', body: { name: 'Anna B.' } },
    expect: { status: 200, body: { ...ANNA_READ, name: 'Anna B.' } },
    afterwards: [
      reads({ ...ANNA_READ, name: 'Anna B.' }),
      { ask: 'PUT /v3/contacts/none', body: { name: 'Anna B.' }, expect: refused(404, 'CONTACT_NOT_FOUND') },
      { ask: 'PUT /v3/contacts/c-1', body: { id: 'c-2' }, expect: invalid('id') },
    ],
  },
];
