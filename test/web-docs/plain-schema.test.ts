import { expect, test } from 'vitest';
import { inPlainWords } from '../../web-docs/plain-schema.ts';

const object = { type: 'object', properties: { at: { type: 'string' } } };

test.each([
  [
    'a simple type or null is one type of two names',
    { anyOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }], description: 'An id' },
    { type: ['string', 'null'], maxLength: 5, description: 'An id' },
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
