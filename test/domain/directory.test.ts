import { expect, test } from 'vitest';
import { viewersOf } from '#domain/directory';

test.each<[string, string | undefined, Record<string, string>, string[]]>([
  ['nobody if nobody is responsible', undefined, {}, []],
  ['nobody if the responsible user is an empty text', '', {}, []],
  ['the user of the contact', 'anna', {}, ['anna']],
  [
    'the user of the contact first, then those of the deals, in the order of the deals’ ids',
    'anna',
    { d2: 'cara', d1: 'boris' },
    ['anna', 'boris', 'cara'],
  ],
  ['each user once', 'anna', { d1: 'boris', d2: 'anna', d3: 'boris' }, ['anna', 'boris']],
  ['the user of a deal alone', undefined, { d1: 'boris' }, ['boris']],
])('viewersOf: %s', (_, responsible, openDeals, expected) => {
  expect(viewersOf(responsible, openDeals)).toEqual(expected);
});
