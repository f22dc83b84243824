import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from '#lib/routes';
import { isPublic, saneBody } from '#test/hostile/requests';
import { createWorld, OPERATOR_KEY, type World } from '#test/world';

/** The largest refusal: a hundred faults. */
const LARGEST_REFUSAL = 16 * 1024;
const SIZE = 300_000;
/** So many `{}` are just not too many values for a body, so a schema sees them. */
const MOST_ELEMENTS = 45_000;

let world: World;

beforeAll(async () => {
  world = await createWorld();
});

afterAll(() => world.stop());

/** So often that it makes a body of 300 KB. */
function repeated(text: string, join = ','): string {
  return Array(Math.floor(SIZE / (text.length + join.length)))
    .fill(text)
    .join(join);
}

const numbered = (one: (index: number) => string) =>
  Array.from({ length: SIZE / 20 }, (_, index) => one(index)).join(',');

/** Bodies that are dear to read, whatever the route takes. */
const ANY: Readonly<Record<string, string>> = {
  'an array of {}': `[${repeated('{}')}]`,
  'an array of as many {} as a body may have': `[${Array(MOST_ELEMENTS).fill('{}').join()}]`,
  'an array of []': `[${repeated('[]')}]`,
  'an array of null': `[${repeated('null')}]`,
  'an array of numbers': `[${repeated('1')}]`,
  'an array of the same id': `[${repeated('{"id":"1"}')}]`,
  'an array of ids': `[${numbered((index) => `"${index}"`)}]`,
  'an array of wrong entities': `[${repeated('{"id":{},"name":[],"contactData":[{},{}],"stages":[{},{}]}')}]`,
  'one entity with arrays of {}': `[{"id":"1","contactData":[${repeated('{}')}],"stages":[${repeated('{}')}],"contacts":[${repeated('{}')}]}]`,
  'a hundred entities with arrays of {}': `[${Array(100)
    .fill(`{"id":"1","contactData":[${Array(900).fill('{}')}],"contacts":[${Array(100).fill('{}')}]}`)
    .join()}]`,
  'a hundred entities with stages of {}': `[${Array(100)
    .fill(`{"id":"1","stages":[${Array(999).fill('{}')}]}`)
    .join()}]`,
  'arrays in arrays': '['.repeat(SIZE / 2) + ']'.repeat(SIZE / 2),
  'arrays that do not end': '['.repeat(SIZE),
  'objects in objects': `${'{"a":'.repeat(SIZE / 6)}1${'}'.repeat(SIZE / 6)}`,
  'the end of many arrays': ']'.repeat(SIZE),
  'brackets in a text': `{"text":"${'['.repeat(SIZE)}`,
  'many arrays, not deep': `[${repeated('[[[[]]]]')}]`,
  'very many keys': `{${numbered((index) => `"k${index}":1`)}}`,
  'very many keys in an array': `[{${numbered((index) => `"k${index}":1`)}}]`,
  'the same key again and again': `{${repeated('"id":1')}}`,
  '__proto__ again and again': `{${repeated('"__proto__":{}')}}`,
  'a key of 300 KB': `{"${'k'.repeat(SIZE)}":1}`,
  'a text of 300 KB': `"${'x'.repeat(SIZE)}"`,
  'half characters': `["${'\\ud800'.repeat(SIZE / 6)}"]`,
  'a number of 300 KB': '1'.repeat(SIZE),
  'a number with 300 KB behind the point': `[0.${'1'.repeat(SIZE)}]`,
  spaces: ' '.repeat(SIZE),
  quotes: '"'.repeat(SIZE),
  backslashes: `"${'\\'.repeat(SIZE)}`,
};

/** Bodies that the route would take, but for one field. */
function almostSane(sane: unknown): [string, string][] {
  const [one, wrap] = Array.isArray(sane) ? [sane[0], (value: unknown) => [value]] : [sane, (value: unknown) => value];
  if (typeof one !== 'object' || one === null) return [];
  const values = {
    'an array of {}': Array(MOST_ELEMENTS).fill({}),
    'a text of 300 KB': 'x'.repeat(SIZE),
    'an object of very many keys': Object.fromEntries(
      Array.from({ length: SIZE / 12 }, (_, index) => [`k${index}`, {}]),
    ),
  };
  return Object.keys(one).flatMap((field) =>
    Object.entries(values).map(([name, value]): [string, string] => [
      `${field} is ${name}`,
      JSON.stringify(wrap({ ...one, [field]: value })),
    ]),
  );
}

const taking = routes.filter((route) => saneBody(route) !== undefined || route.path.startsWith('/webhooks/'));

test.each(taking.filter((route) => !isPublic(route)))(
  '$method $path answers large bodies, and shortly',
  async (route) => {
    const words: Record<string, string> = {
      transport: 'telegram',
      channelId: world.channel.channelId,
      chatType: 'telegram',
    };
    const path = route.path.replaceAll(/\{(\w+)\+?\}/g, (_whole, name: string) => words[name] ?? '51000444');
    const key = path === '/v1/accounts' ? OPERATOR_KEY : world.account.apiKey;
    const headers = { 'x-telegram-bot-api-secret-token': world.channel.secret };

    for (const [name, body] of [...Object.entries(ANY), ...almostSane(saneBody(route))]) {
      const { status, text } = await world.call(route.method, path, { key, headers, body });

      expect(status, `${name}: ${text.slice(0, 200)}`).toBeLessThan(500);
      if (status >= 400) expect(text.length, `${name}: ${status}`).toBeLessThan(LARGEST_REFUSAL);
    }
  },
);
