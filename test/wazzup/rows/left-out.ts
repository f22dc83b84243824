import { expect } from 'vitest';
import { type Row, refused } from '../row.ts';

const CARD = { id: '1', responsibleUserId: '17', name: 'Anna' };
const OLGA = { id: '17', name: 'Olga' };
const IVAN = { id: '18', name: 'Ivan' };

/** An entity with a field that may be left out, and what is shown of it afterwards. */
function shows(section: string, kind: string, of: string, entity: object, shown: object): Row {
  return {
    section,
    of,
    says: `what may be left out is nothing: ${JSON.stringify(entity)}`,
    given: [{ ask: `POST /v3/${kind}`, body: [{ ...CARD, ...entity }] }],
    call: `GET /v3/${kind}/1`,
    expect: { status: 200, body: expect.objectContaining(shown) },
  };
}

const address = (fields: object) => ({ contactData: [{ chatType: 'telegram', ...fields }] });
const shownAddress = { chatType: 'telegram', chatId: '', username: 'anna', phone: null };

const fields: readonly Row[] = [
  shows('5', 'users', 'phone', { phone: '' }, { phone: null }),
  shows('5', 'users', 'phone', { phone: null }, { phone: null }),
  shows('6', 'contacts', 'uri', { contactData: [], uri: '' }, CARD),
  shows('6', 'contacts', 'username', address({ chatId: '', username: 'anna', phone: '' }), {
    contactData: [shownAddress],
  }),
  shows('6', 'contacts', 'phone', address({ chatId: null, username: 'anna', phone: null }), {
    contactData: [shownAddress],
  }),
  shows(
    '6',
    'contacts',
    'phone',
    { contactData: [{ chatType: 'max', phone: '79001112233' }] },
    {
      contactData: [{ chatType: 'max', chatId: '', username: null, phone: '79001112233' }],
    },
  ),
  shows('7', 'deals', 'uri', { contacts: [], uri: '' }, { uri: '' }),
  shows('7', 'deals', 'uri', { contacts: [], uri: null }, { uri: '' }),
  ...[undefined, null, false, true].map((closed) =>
    shows('7', 'deals', 'closed', { contacts: [], closed }, { closed: closed === true }),
  ),
  ...['closed', 'yes', 1, {}].map(
    (closed): Row => ({
      section: '7',
      of: 'closed',
      says: `closed is true or false, and not ${JSON.stringify(closed)}`,
      call: { ask: 'POST /v3/deals', body: [{ ...CARD, contacts: [], closed }] },
      expect: refused(400, 'INVALID_DEALS_DATA', [{ index: 0, fields: ['closed'] }]),
    }),
  ),
];

const THREE = ['1', '2', '3'].map((id) => ({ ...CARD, id }));
const PAGED = [
  ['6', 'contacts', { contactData: [] }],
  ['7', 'deals', { contacts: [] }],
] as const;

/** Contacts and deals are paged by `offset` only. */
const pages: readonly Row[] = PAGED.flatMap(([section, kind, more]) =>
  ['limit=1', 'limit=2&sort=-name', 'limit=0', 'limit=', 'limit=x', 'limit=100&offset=0', 'offset='].map(
    (query): Row => ({
      section,
      of: 'list',
      says: `a page does not depend on ?${query}`,
      given: [{ ask: `POST /v3/${kind}`, body: THREE.map((one) => ({ ...one, ...more })) }],
      call: `GET /v3/${kind}?${query}`,
      expect: { status: 200, body: { count: 3, data: THREE.map((one) => expect.objectContaining(one)) } },
    }),
  ),
);

const users: readonly Row[] = [
  ['', [IVAN, OLGA]],
  ['offset=', [IVAN, OLGA]],
  ['offset=0&limit=1', [IVAN, OLGA]],
  ['offset=1', [OLGA]],
  ['offset=2', []],
].map(([query, body]) => ({
  section: '5',
  of: ['list', 'offset'],
  says: `the users behind ?${query}`,
  given: [{ ask: 'POST /v3/users', body: [OLGA, IVAN] }],
  call: `GET /v3/users?${query}`,
  expect: { status: 200, body },
}));

const offsets: readonly Row[] = [
  ['5', 'users', 'offset'],
  ['6', 'contacts', 'list'],
  ['7', 'deals', 'list'],
].flatMap(([section = '', kind = '', of = '']) =>
  ['-1', 'x', '1.5', '1e3', '9999999999'].map((offset) => ({
    section,
    of,
    says: `no place in a list: offset=${offset}`,
    call: `GET /v3/${kind}?offset=${offset}`,
    expect: refused(400, 'INVALID_REQUEST', { fields: ['offset'] }),
  })),
);

/** What clients leave out, or send with nothing in it, in sections 5 to 7. */
export const rows: readonly Row[] = [...fields, ...pages, ...users, ...offsets];
