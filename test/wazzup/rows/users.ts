import { IVAN, many, OLGA, push, settings } from '../entities.ts';
import { any32Hex, anyText, type Row, refused } from '../row.ts';
import { clientWrites } from '../steps.ts';

const POST = 'POST /v3/users';
const DONE = { status: 200, body: {} };
const NOT_VALID = 'One or more of provided users identifiers are not valid.';
const invalid = (data: unknown) => refused(400, 'INVALID_USERS_DATA', data, NOT_VALID);
const hasPhone = (phone: string | null) => ({
  ask: 'GET /v3/users/17',
  expect: { status: 200, body: { ...OLGA, phone } },
});

/** Section 5. */
export const rows: readonly Row[] = [
  {
    section: '5',
    of: 'push',
    says: 'users are pushed in an array, and the answer is JSON',
    call: { ask: POST, body: [OLGA, { ...IVAN, phone: '79001112233' }] },
    expect: DONE,
    afterwards: [{ ask: 'GET /v3/users/18', expect: { status: 200, body: { ...IVAN, phone: '79001112233' } } }],
  },
  {
    section: '5',
    of: ['list', 'sorted by name'],
    says: 'the list is an array of id and name, sorted by name',
    given: [push('users', OLGA, IVAN, { id: '19', name: 'Maria' })],
    call: 'GET /v3/users',
    expect: { status: 200, body: [IVAN, { id: '19', name: 'Maria' }, OLGA] },
  },
  {
    section: '5',
    of: 'offset',
    says: 'with an offset, as an older page of the reference has it, a page has 100 users',
    given: [push('users', ...many(100, OLGA)), push('users', ...many(5, OLGA, 100))],
    call: 'GET /v3/users?offset=100',
    expect: { status: 200, body: many(5, OLGA, 100) },
    afterwards: [
      { ask: 'GET /v3/users?offset=200', expect: { status: 200, body: [] } },
      { ask: 'GET /v3/users', expect: { status: 200, body: many(105, OLGA) } },
    ],
  },
  {
    section: '5',
    of: 'one',
    says: 'one user has id, name and phone, null if there is none',
    given: [push('users', OLGA)],
    call: 'GET /v3/users/17',
    expect: { status: 200, body: { ...OLGA, phone: null } },
  },
  {
    section: '5',
    of: 'unknown',
    says: 'an unknown user is no 200',
    call: 'GET /v3/users/17',
    expect: refused(404, 'USER_NOT_FOUND'),
  },
  {
    section: '5',
    of: 'upsert',
    says: 'a user that is pushed again takes the place of the one before',
    given: [push('users', { ...OLGA, phone: '79001112233' })],
    call: { ask: POST, body: [{ id: '17', name: 'Olga B.' }] },
    expect: DONE,
    afterwards: [
      { ask: 'GET /v3/users/17', expect: { status: 200, body: { id: '17', name: 'Olga B.', phone: null } } },
    ],
  },
  {
    section: '5',
    of: 'id',
    says: 'an id has up to 64 characters',
    call: { ask: POST, body: [{ ...OLGA, id: 'x'.repeat(64) }] },
    expect: DONE,
  },
  {
    section: '5',
    of: 'id',
    says: 'an id of 65 characters is refused',
    call: { ask: POST, body: [OLGA, { ...IVAN, id: 'x'.repeat(65) }] },
    expect: invalid([{ index: 1, fields: ['id'] }]),
    afterwards: [{ ask: 'GET /v3/users', expect: { status: 200, body: [] } }],
  },
  {
    section: '5',
    of: 'name',
    says: 'a name has up to 150 characters',
    call: { ask: POST, body: [{ ...OLGA, name: 'x'.repeat(150) }] },
    expect: DONE,
  },
  {
    section: '5',
    of: 'name',
    says: 'a name of 151 characters is refused',
    call: { ask: POST, body: [{ ...OLGA, name: 'x'.repeat(151) }] },
    expect: invalid([{ index: 0, fields: ['name'] }]),
  },
  {
    section: '5',
    of: 'INVALID_USERS_DATA',
    says: 'a user without id and name is refused, with its place and fields',
    call: { ask: POST, body: [OLGA, {}] },
    expect: invalid([{ index: 1, fields: ['id', 'name'] }]),
    afterwards: [{ ask: 'GET /v3/users', expect: { status: 200, body: [] } }],
  },
  {
    section: '5',
    of: 'phone',
    says: 'a phone is in international digits',
    call: { ask: POST, body: [{ ...OLGA, phone: '79001112233' }] },
    expect: DONE,
    afterwards: [hasPhone('79001112233')],
  },
  ...['call me', '12', '+', {}, true].map((phone) => ({
    section: '5',
    of: 'badly formed phone',
    says: `a badly formed phone is dropped without an error: ${JSON.stringify(phone)}`,
    call: { ask: POST, body: [{ ...OLGA, phone }] },
    expect: DONE,
    afterwards: [hasPhone(null)],
  })),
  {
    section: '5',
    of: ['unique phone', 'DUPLICATE_PHONE_NUMBER'],
    says: 'a phone that another user has is refused, in the second shape',
    given: [push('users', { ...OLGA, phone: '79001112233' })],
    call: { ask: POST, body: [{ ...IVAN, phone: '79001112233' }] },
    expect: {
      status: 400,
      body: {
        status: 400,
        requestId: any32Hex,
        error: 'DUPLICATE_PHONE_NUMBER',
        description: 'User with phone number 79001112233 already exists in the CRM.',
        data: { phone: '79001112233' },
      },
    },
  },
  {
    section: '5',
    of: 'unique phone',
    says: 'two users of one push with the same phone are refused',
    call: { ask: POST, body: [OLGA, IVAN].map((user) => ({ ...user, phone: '79001112233' })) },
    expect: {
      status: 400,
      body: expect400('DUPLICATE_PHONE_NUMBER', { phone: '79001112233' }),
    },
    afterwards: [{ ask: 'GET /v3/users', expect: { status: 200, body: [] } }],
  },
  {
    section: '5',
    of: 'empty body',
    says: 'an empty body is refused',
    call: { ask: POST },
    expect: invalid([]),
  },
  {
    section: '5',
    of: 'empty body',
    says: 'an empty array is refused',
    call: { ask: POST, body: [] },
    expect: invalid([]),
  },
  {
    section: '5',
    of: 'TOO_MANY_ENTITIES',
    says: 'a push holds 100 users at most',
    call: { ask: POST, body: many(101, OLGA) },
    expect: refused(400, 'TOO_MANY_ENTITIES', { count: 101, limit: 100 }, 'Too many entities per request.'),
  },
  {
    section: '5',
    of: 'USER_LIMIT_EXCEEDED',
    says: 'an account has 1000 users at most',
    given: Array.from({ length: 10 }, (_, index) => push('users', ...many(100, OLGA, 100 * index))),
    call: { ask: POST, body: [OLGA] },
    expect: refused(400, 'USER_LIMIT_EXCEEDED', { limit: 1000 }, 'User limit exceeded.'),
    afterwards: [{ ask: 'GET /v3/users/17', expect: refused(404, 'USER_NOT_FOUND') }],
  },
  {
    section: '5',
    of: 'same id twice',
    says: 'the same id twice in one push, a 500 of Wazzup, is refused with its place',
    call: { ask: POST, body: [OLGA, IVAN, { id: 17, name: 'Olga again' }] },
    expect: invalid([{ index: 2, fields: ['id'] }]),
    afterwards: [{ ask: 'GET /v3/users', expect: { status: 200, body: [] } }],
  },
  {
    section: '5',
    of: 'delete',
    says: 'a user is deleted',
    given: [push('users', OLGA, IVAN)],
    call: 'DELETE /v3/users/17',
    expect: DONE,
    afterwards: [
      { ask: 'GET /v3/users', expect: { status: 200, body: [IVAN] } },
      { ask: 'DELETE /v3/users/17', expect: refused(404, 'USER_NOT_FOUND') },
    ],
  },
  {
    section: '5',
    of: 'bulk_delete',
    says: 'many users are deleted, and the answer is []',
    given: [push('users', OLGA, IVAN)],
    call: { ask: 'PATCH /v3/users/bulk_delete', body: ['17', '18'] },
    expect: { status: 200, body: [] },
    afterwards: [{ ask: 'GET /v3/users', expect: { status: 200, body: [] } }],
  },
  {
    section: '5',
    of: 'bulk_delete',
    says: 'ids that did not exist come back in an array',
    given: [push('users', OLGA)],
    call: { ask: 'PATCH /v3/users/bulk_delete', body: ['none', '17', 'x'.repeat(200)] },
    expect: { status: 200, body: ['none', 'x'.repeat(200)] },
  },
  {
    section: '5',
    of: 'bulk_delete',
    says: 'more than 100 users are deleted at once: no limit is told of users',
    given: [push('users', ...many(100, OLGA)), push('users', ...many(20, OLGA, 100))],
    call: { ask: 'PATCH /v3/users/bulk_delete', body: many(120, OLGA).map(({ id }) => id) },
    expect: { status: 200, body: [] },
  },
  ...['PATCH', 'PUT'].map((method) => ({
    section: '5',
    of: 'no single PATCH or PUT',
    says: `there is no ${method} of one user`,
    given: [push('users', OLGA)],
    call: { ask: `${method} /v3/users/17`, body: IVAN },
    expect: refused(404, 'NOT_FOUND'),
  })),
  {
    section: '5',
    of: 'no role at first',
    says: 'a user who was pushed has no role: the counter stays 0 until one is chosen',
    given: [push('users', OLGA), clientWrites('hello')],
    call: 'GET /v3/unanswered/17',
    expect: { status: 200, body: { counterV2: 0, type: null, lastMsgDateTime: null } },
    afterwards: [
      { ...settings({ 17: 'manager' }), expect: { status: 200 } },
      {
        ask: 'GET /v3/unanswered/17',
        expect: { status: 200, body: { counterV2: 1, type: 'grey', lastMsgDateTime: anyText } },
      },
    ],
  },
];

function expect400(error: string, data: unknown): object {
  return { status: 400, requestId: any32Hex, error, description: anyText, data };
}
