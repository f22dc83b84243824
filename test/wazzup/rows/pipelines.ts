import { many, push, SALES } from '../entities.ts';
import { type Row, refused } from '../row.ts';

const POST = 'POST /v3/pipelines';
const DONE = { status: 200, body: {} };
const LONG = 'x'.repeat(101);
const lists = (...pipelines: object[]) => ({ ask: 'GET /v3/pipelines', expect: { status: 200, body: pipelines } });
const invalid = (...fields: string[]) => refused(400, 'INVALID_PIPELINES_DATA', [{ index: 0, fields }]);
const [NEW] = SALES.stages;

/** Sections 8 and 9.1. */
export const rows: readonly Row[] = [
  {
    section: '8',
    of: ['push', 'list'],
    says: 'pipelines are loaded in an array, and read in the same shape',
    call: { ask: POST, body: [SALES, { id: '2', name: 'Service' }] },
    expect: DONE,
    afterwards: [lists(SALES, { id: '2', name: 'Service' })],
  },
  {
    section: '8',
    of: 'refresh',
    says: 'a second load refreshes what it names, and removes nothing',
    given: [push('pipelines', SALES, { id: '2', name: 'Service' })],
    call: {
      ask: POST,
      body: [
        { ...SALES, stages: [{ id: '11', name: 'Won' }] },
        { id: '3', name: 'Third' },
      ],
    },
    expect: DONE,
    afterwards: [
      lists(
        { ...SALES, stages: [{ id: '11', name: 'Won' }] },
        { id: '2', name: 'Service' },
        { id: '3', name: 'Third' },
      ),
    ],
  },
  {
    section: '8',
    of: 'id',
    says: 'ids of any kind are taken',
    call: {
      ask: POST,
      body: [
        { id: 5, name: 'Five', stages: [{ id: 50, name: 'New' }] },
        { id: 'x'.repeat(100), name: 'L' },
      ],
    },
    expect: DONE,
    afterwards: [
      lists({ id: '5', name: 'Five', stages: [{ id: '50', name: 'New' }] }, { id: 'x'.repeat(100), name: 'L' }),
    ],
  },
  {
    section: '8',
    of: ['name', 'stage id and name'],
    says: 'the longest names and ids of stages are taken',
    call: {
      ask: POST,
      body: [{ ...SALES, name: 'x'.repeat(100), stages: [{ id: 'x'.repeat(100), name: 'x'.repeat(100) }] }],
    },
    expect: DONE,
  },
  {
    section: '8',
    of: 'stages',
    says: 'a CRM without stages leaves them out',
    call: { ask: POST, body: [{ id: '2', name: 'Service' }] },
    expect: DONE,
    afterwards: [lists({ id: '2', name: 'Service' })],
  },
  ...[
    ['empty stages', 'no stages in an array', 'stages', { stages: [] }],
    ['id', 'an id of 101 characters', 'id', { id: LONG }],
    ['id', 'no id', 'id', { id: undefined }],
    ['name', 'a name of 101 characters', 'name', { name: LONG }],
    ['name', 'no name', 'name', { name: undefined }],
    ['stage id and name', 'a stage with an id of 101 characters', 'stages.0.id', { stages: [{ ...NEW, id: LONG }] }],
    [
      'stage id and name',
      'a stage with a name of 101 characters',
      'stages.0.name',
      { stages: [{ ...NEW, name: LONG }] },
    ],
    ['stages', 'a stage twice', 'stages', { stages: [NEW, NEW] }],
  ].map(([of, what, field, fields]) => ({
    section: '8',
    of: [of as string, 'INVALID_PIPELINES_DATA'],
    says: `${what} is refused`,
    call: { ask: POST, body: [{ ...SALES, ...(fields as object) }] },
    expect: invalid(field as string),
    afterwards: [lists()],
  })),
  {
    section: '8',
    of: 'push',
    says: 'an empty array loads nothing',
    given: [push('pipelines', SALES)],
    call: { ask: POST, body: [] },
    expect: DONE,
    afterwards: [lists(SALES)],
  },
  {
    section: '8',
    of: 'push',
    says: 'more than 100 pipelines are loaded at once: no limit is told of pipelines',
    call: { ask: POST, body: many(120, SALES) },
    expect: DONE,
  },
  ...['GET', 'POST', 'PATCH', 'PUT'].flatMap((method) =>
    ['settings', 'roles'].map((path) => ({
      section: '9.1',
      says: `no route reads or writes roles and settings: ${method} /v3/${path}`,
      call: { ask: `${method} /v3/${path}`, ...(method !== 'GET' && { body: { userRoles: [] } }) },
      expect: refused(404, 'NOT_FOUND'),
    })),
  ),
];
