import { ANNA, DOORS, IVAN, many, OLGA, push, settings } from '../entities.ts';
import { anyText, type Row, refused } from '../row.ts';
import { clientWrites } from '../steps.ts';

const POST = 'POST /v3/deals';
const DONE = { status: 200, body: {} };
const invalid = (...fields: string[]) => refused(400, 'INVALID_DEALS_DATA', [{ index: 0, fields }]);
const reads = (deal: object) => ({ ask: 'GET /v3/deals/d-1', expect: { status: 200, body: deal } });
const none = { ask: 'GET /v3/deals', expect: { status: 200, body: { count: 0, data: [] } } };
const many101 = many(101, DOORS);
const { uri: _uri, ...WITHOUT_URI } = DOORS;
const { closed: _closed, ...WITHOUT_CLOSED } = DOORS;

/** Section 7. */
export const rows: readonly Row[] = [
  {
    section: '7',
    of: ['push', 'one'],
    says: 'deals are pushed in an array',
    call: { ask: POST, body: [DOORS, { ...DOORS, id: 'd-2', closed: true }] },
    expect: DONE,
    afterwards: [
      reads(DOORS),
      { ask: 'GET /v3/deals/d-2', expect: { status: 200, body: { ...DOORS, id: 'd-2', closed: true } } },
    ],
  },
  {
    section: '7',
    of: 'upsert',
    says: 'a deal that is pushed again takes the place of the one before',
    given: [push('deals', DOORS)],
    call: { ask: POST, body: [{ ...DOORS, name: 'More doors', contacts: [], closed: true }] },
    expect: DONE,
    afterwards: [reads({ ...DOORS, name: 'More doors', contacts: [], closed: true })],
  },
  ...[7, '7'].map((id) => ({
    section: '7',
    of: 'id',
    says: `an id may be a number or a text: ${JSON.stringify(id)}`,
    call: { ask: POST, body: [{ ...DOORS, id }] },
    expect: DONE,
    afterwards: [{ ask: 'GET /v3/deals/7', expect: { status: 200, body: { ...DOORS, id: '7' } } }],
  })),
  {
    section: '7',
    of: ['id', 'responsibleUserId', 'name', 'uri'],
    says: 'the longest id, responsible user, name and address are taken',
    call: {
      ask: POST,
      body: [
        {
          ...DOORS,
          id: 'x'.repeat(100),
          responsibleUserId: 'x'.repeat(100),
          name: 'x'.repeat(200),
          uri: 'x'.repeat(200),
        },
      ],
    },
    expect: DONE,
  },
  ...[
    ['an id of 101 characters', 'id', { id: 'x'.repeat(101) }],
    ['a deal without id', 'id', { id: undefined }],
    ['a deal without responsible user', 'responsibleUserId', { responsibleUserId: undefined }],
    ['a name of 201 characters', 'name', { name: 'x'.repeat(201) }],
    ['a deal without name', 'name', { name: undefined }],
    ['an address of 201 characters', 'uri', { uri: 'x'.repeat(201) }],
    ['a deal without contacts', 'contacts', { contacts: undefined }],
    ['a deal of 11 contacts', 'contacts', { contacts: many(11, ANNA).map(({ id }) => id) }],
    ['a deal that is closed in words', 'closed', { closed: 'yes' }],
  ].map(([what, field, fields]) => ({
    section: '7',
    of: field as string,
    says: `${what} is refused`,
    call: { ask: POST, body: [{ ...DOORS, ...(fields as object) }] },
    expect: invalid(field as string),
    afterwards: [none],
  })),
  {
    section: '7',
    of: 'uri',
    says: 'the address is starred, and may be left out: it is then an empty text',
    call: { ask: POST, body: [WITHOUT_URI] },
    expect: DONE,
    afterwards: [reads({ ...DOORS, uri: '' })],
  },
  {
    section: '7',
    of: 'link',
    says: 'the address may be called link, as in one old example',
    call: { ask: POST, body: [{ ...WITHOUT_URI, link: 'https://crm.example/d/1' }] },
    expect: DONE,
    afterwards: [reads(DOORS)],
  },
  {
    section: '7',
    of: 'contacts',
    says: 'a deal has up to 10 contacts, which may come later',
    call: { ask: POST, body: [{ ...DOORS, contacts: many(10, ANNA).map(({ id }) => id) }] },
    expect: DONE,
  },
  {
    section: '7',
    of: 'responsibleUserId',
    says: 'the chats of the contacts of a deal are visible to its responsible user',
    given: [
      push('users', OLGA, IVAN),
      settings({ 17: 'seller', 18: 'seller' }),
      push('contacts', ANNA),
      clientWrites('hello'),
    ],
    call: { ask: POST, body: [{ ...DOORS, responsibleUserId: '18' }] },
    expect: DONE,
    afterwards: [
      {
        ask: 'GET /v3/unanswered/18',
        expect: { status: 200, body: { counterV2: 1, type: 'red', lastMsgDateTime: anyText } },
      },
    ],
  },
  {
    section: '7',
    of: 'closed',
    says: 'a deal that does not say so is not closed',
    call: { ask: POST, body: [WITHOUT_CLOSED] },
    expect: DONE,
    afterwards: [reads(DOORS)],
  },
  {
    section: '7',
    of: ['list', 'count'],
    says: 'a page has up to 100 deals, and count is the number in the answer',
    given: [push('deals', ...many101.slice(0, 100)), push('deals', ...many101.slice(100))],
    call: 'GET /v3/deals',
    expect: { status: 200, body: { count: 100, data: many101.slice(0, 100) } },
    afterwards: [
      { ask: 'GET /v3/deals?offset=100', expect: { status: 200, body: { count: 1, data: many101.slice(100) } } },
      { ask: 'GET /v3/deals?offset=x', expect: refused(400, 'INVALID_REQUEST', { fields: ['offset'] }) },
    ],
  },
  {
    section: '7',
    of: 'unknown',
    says: 'an unknown deal is 404',
    call: 'GET /v3/deals/d-1',
    expect: refused(404, 'DEAL_NOT_FOUND'),
  },
  {
    section: '7',
    of: ['delete', 'unknown'],
    says: 'a deal is deleted once',
    given: [push('deals', DOORS)],
    call: 'DELETE /v3/deals/d-1',
    expect: DONE,
    afterwards: [none, { ask: 'DELETE /v3/deals/d-1', expect: refused(404, 'DEAL_NOT_FOUND') }],
  },
  {
    section: '7',
    of: 'bulk_delete',
    says: 'many deals are deleted, and the answer is []',
    given: [push('deals', DOORS, { ...DOORS, id: 'd-2' })],
    call: { ask: 'PATCH /v3/deals/bulk_delete', body: ['d-1', 'd-2'] },
    expect: { status: 200, body: [] },
    afterwards: [none],
  },
  {
    section: '7',
    of: 'bulk_delete',
    says: 'unknown ids come back',
    call: { ask: 'PATCH /v3/deals/bulk_delete', body: ['none'] },
    expect: { status: 200, body: ['none'] },
  },
  ...[
    { call: { ask: POST, body: many101 }, what: 'a push' },
    { call: { ask: 'PATCH /v3/deals/bulk_delete', body: many101.map(({ id }) => id) }, what: 'a deletion' },
  ].map(({ call, what }) => ({
    section: '7',
    of: 'TOO_MANY_ENTITIES',
    says: `${what} holds 100 deals at most`,
    call,
    expect: refused(400, 'TOO_MANY_ENTITIES', { count: 101, limit: 100 }, 'Too many entities per request.'),
  })),
  {
    section: '7',
    of: 'INVALID_DEALS_DATA',
    says: 'one bad deal refuses the whole push, with its place and fields',
    call: { ask: POST, body: [DOORS, {}] },
    expect: refused(400, 'INVALID_DEALS_DATA', [{ index: 1, fields: ['id', 'responsibleUserId', 'name', 'contacts'] }]),
    afterwards: [none],
  },
  {
    section: '7',
    of: 'PATCH',
    says: 'PATCH of deals, which one page mentions and none describes, is no route',
    call: { ask: 'PATCH /v3/deals', body: [DOORS] },
    expect: refused(404, 'NOT_FOUND'),
  },
];
