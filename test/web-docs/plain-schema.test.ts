import { expect, test } from 'vitest';
import { inPlainWords } from '../../web-docs/plain-schema.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const object = { type: 'object', properties: { at: { type: 'string' } } };

test.each([
  [
    'a choice between simple types is one type of two names',
    {
      anyOf: [
        { type: 'string', maxLength: 5 },
        { type: 'integer', minimum: -MOST, maximum: MOST },
      ],
      description: 'An id',
    },
    { type: ['string', 'integer'], maxLength: 5, description: 'An id' },
  ],
  ['a limit that says something stays', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 1 }],
  [
    'two limits of one name keep their types apart',
    {
      anyOf: [
        { type: 'number', minimum: 1 },
        { type: 'integer', minimum: 2 },
      ],
    },
    {
      anyOf: [
        { type: 'number', minimum: 1 },
        { type: 'integer', minimum: 2 },
      ],
    },
  ],
  [
    'a shape or null is the shape, and says so',
    { anyOf: [object, { type: 'null' }], description: 'When' },
    { ...object, description: 'When, or null' },
  ],
  [
    'so is one that has a name',
    { anyOf: [{ $ref: '#/a' }, { type: 'null' }] },
    { $ref: '#/a', description: 'Or null' },
  ],
  [
    'the values of a parameter are in its description',
    { name: 'view', in: 'query', description: 'Which', schema: { type: 'string', enum: ['all', 'none'] } },
    {
      name: 'view',
      in: 'query',
      description: 'Which. One of `all`, `none`',
      schema: { type: 'string', enum: ['all', 'none'] },
    },
  ],
  ['one of several shapes stays a choice', { anyOf: [object, { $ref: '#/a' }] }, { anyOf: [object, { $ref: '#/a' }] }],
  [
    'what lies deep is read the same way',
    { paths: [{ schema: { anyOf: [{ type: 'string' }, { type: 'null' }] } }] },
    { paths: [{ schema: { type: ['string', 'null'] } }] },
  ],
])('%s', (_name, given, plain) => {
  expect(inPlainWords<unknown>(given)).toEqual(plain);
});
