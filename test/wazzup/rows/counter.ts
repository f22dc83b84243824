import { ANNA, IVAN, OLGA, push, settings } from '../entities.ts';
import { anyTime, type Expected, message, type Row, refused } from '../row.ts';
import { clientWrites, hasLeft, pass } from '../steps.ts';

const DAY = 24 * 60 * 60 * 1000;
const COUNTER = 'GET /v3/unanswered/17';
const nothing: Expected = { status: 200, body: { counterV2: 0, type: null, lastMsgDateTime: null } };
const counts = (counterV2: number, type: string): Expected => ({
  status: 200,
  body: { counterV2, type, lastMsgDateTime: anyTime },
});
const users = push('users', OLGA, IVAN);
const WRITES = { ask: 'POST /v3/message', body: message() };
/** Anna is a contact of that user. */
const annaOf = (responsibleUserId: string) => push('contacts', { ...ANNA, responsibleUserId });

/** Sections 10.1 and 10.3. */
export const rows: readonly Row[] = [
  {
    section: '10.1',
    of: ['counterV2', 'type', 'lastMsgDateTime'],
    says: 'the counter tells how many wait, in which colour, and when the last of them came',
    given: [users, settings({ 17: 'seller' }), annaOf('17'), clientWrites('hello'), clientWrites('anybody there?')],
    call: COUNTER,
    expect: counts(2, 'red'),
  },
  {
    section: '10.1',
    of: 'nothing unanswered',
    says: 'with nothing unanswered the counter is 0, and its type and time are null',
    given: [users, settings({ 17: 'manager' })],
    call: COUNTER,
    expect: nothing,
  },
  {
    section: '10.1',
    of: 'nothing unanswered',
    says: 'an answer brings the counter back to 0',
    given: [users, settings({ 17: 'manager' }), clientWrites('hello'), WRITES, hasLeft],
    call: COUNTER,
    expect: nothing,
  },
  {
    section: '10.1',
    of: 'counterV2',
    says: 'a message that clears nothing leaves the counter as it is',
    given: [
      users,
      settings({ 17: 'manager' }),
      clientWrites('hello'),
      { ...WRITES, body: message({ clearUnanswered: false }) },
      hasLeft,
    ],
    call: COUNTER,
    expect: counts(1, 'grey'),
  },
  {
    section: '10.1',
    of: '7 days',
    says: 'the counter looks back further than Wazzup’s 7 days: what waits longest is not forgotten',
    given: [users, settings({ 17: 'manager' }), clientWrites('hello'), pass(8 * DAY)],
    call: COUNTER,
    expect: counts(1, 'grey'),
  },
  {
    section: '10.1',
    of: 'unknown user',
    says: 'an unknown user is 404',
    call: COUNTER,
    expect: refused(404, 'USER_NOT_FOUND'),
  },
  {
    section: '10.3',
    of: 'none',
    says: 'a user without a role counts nothing, also of their own contacts',
    given: [users, settings({ 18: 'manager' }), annaOf('17'), clientWrites('hello')],
    call: COUNTER,
    expect: nothing,
  },
  {
    section: '10.3',
    of: 'manager',
    says: 'a seller counts the chats of contacts of their own',
    given: [users, settings({ 17: 'seller', 18: 'seller' }), annaOf('17'), clientWrites('hello')],
    call: COUNTER,
    expect: counts(1, 'red'),
    afterwards: [{ ask: 'GET /v3/unanswered/18', expect: nothing }],
  },
  {
    section: '10.3',
    of: 'manager',
    says: 'a seller counts the chats of the contacts of their own deals',
    given: [
      users,
      settings({ 17: 'seller', 18: 'seller' }),
      annaOf('18'),
      push('deals', { id: 'd-1', responsibleUserId: '17', name: 'Doors', uri: '', contacts: ['c-1'], closed: false }),
      clientWrites('hello'),
    ],
    call: COUNTER,
    expect: counts(1, 'red'),
  },
  {
    section: '10.3',
    of: 'receives new clients',
    says: 'with the switch on, a seller also counts the chats of clients that have no responsible yet',
    given: [users, settings({ 17: 'seller with switch', 18: 'seller' }), clientWrites('I am new', 502)],
    call: COUNTER,
    expect: counts(1, 'red'),
    afterwards: [{ ask: 'GET /v3/unanswered/18', expect: nothing }],
  },
  {
    section: '10.3',
    of: 'head',
    says: 'a head counts all chats: their own in red',
    given: [users, settings({ 17: 'manager', 18: 'seller' }), annaOf('17'), clientWrites('hello')],
    call: COUNTER,
    expect: counts(1, 'red'),
  },
  {
    section: '10.3',
    of: 'head',
    says: 'a head counts all chats: supervised ones in grey',
    given: [users, settings({ 17: 'manager', 18: 'seller' }), annaOf('18'), clientWrites('hello')],
    call: COUNTER,
    expect: counts(1, 'grey'),
  },
  {
    section: '10.3',
    of: 'quality control',
    says: 'quality control counts all chats in grey',
    given: [
      users,
      settings({ 17: 'auditor', 18: 'seller' }),
      annaOf('18'),
      clientWrites('hello'),
      clientWrites('I am new', 502),
    ],
    call: COUNTER,
    expect: counts(2, 'grey'),
  },
];
