import { expect, test } from 'vitest';
import { viewersOf } from '#domain/directory';

test.each<[string, string | undefined, Record<string, string>, string[]]>([
  ['nobody', undefined, {}, []],
  ['an empty name is nobody', '', {}, []],
  ['the contact’s', 'anna', {}, ['anna']],
  [
    'the contact’s first, then the deals’ by the deals’ ids',
    'anna',
    { d2: 'cara', d1: 'boris' },
    ['anna', 'boris', 'cara'],
  ],
  ['each once', 'anna', { d1: 'boris', d2: 'anna', d3: 'boris' }, ['anna', 'boris']],
  ['only a deal’s', undefined, { d1: 'boris' }, ['boris']],
])('viewersOf: %s', (_, responsible, openDeals, expected) => {
  expect(viewersOf(responsible, openDeals)).toEqual(expected);
});
