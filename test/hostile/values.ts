import fc from 'fast-check';

/** Marks in a string around JSON that `JSON.stringify` cannot write. `toJsonText` resolves them. */
const [RAW, WAR] = ['\u27e6', '\u27e7'];

function raw(json: string): string {
  return `${RAW}${json}${WAR}`;
}

/** The JSON of a value. What is between the marks is written as it is. */
export function toJsonText(value: unknown): string {
  return (JSON.stringify(value) ?? '').replaceAll(new RegExp(`"${RAW}([^${WAR}]*)${WAR}"`, 'g'), (_, json) =>
    JSON.parse(`"${json}"`),
  );
}

/** Texts that a developer may have forgotten. */
export const hostileTexts = [
  '',
  ' ',
  '0',
  '-1',
  'NaN',
  'null',
  'true',
  '1e400',
  '__proto__',
  'constructor',
  'toString',
  '\0',
  'a\0b',
  '\ufeff',
  '\ud800',
  'a\udc00b',
  '\u202eabc',
  '\u2028',
  '#',
  '##',
  'a#b#c',
  ':',
  '%',
  '%2F',
  '%00',
  '..',
  '../..',
  '<script>',
  "'; DROP TABLE chats; --",
  '\r\nx-injected: yes',
  '\u{1f600}'.repeat(64),
  'é'.repeat(256),
  '€'.repeat(257),
  '\u0001'.repeat(300),
  'x'.repeat(256),
  'x'.repeat(257),
  'x'.repeat(1024),
  'x'.repeat(2049),
  '\ud83d'.repeat(200),
  '9'.repeat(40),
  '79990001122',
  '9007199254740993',
  '0000000000000#',
  '9999999999999#zz',
];

const longTexts = ['x'.repeat(70_000), '€'.repeat(100_000), '\u0001'.repeat(150_000), '"'.repeat(100_001)];

const numbers = [
  0,
  -0,
  1,
  -1,
  1.5,
  -1.5,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  5e-324,
  8.64e12,
];

const raws = [
  '1e400',
  '-1e400',
  '1e-400',
  '-0',
  '123456789012345678901234567890123456789012',
  '0.12345678901234567890123456789012345678901234',
  '9007199254740993',
  '{"__proto__":{"id":51000444,"type":"private","text":"from the prototype"}}',
  '{"__proto__":null}',
  '{"toString":1,"valueOf":1,"toJSON":1,"length":-1}',
  '{"constructor":{"prototype":{"id":1}}}',
  '{"id":51000444,"id":"again","type":"private","type":"group"}',
  ...[1, 5, 30, 31, 32, 33, 58, 60, 62, 63, 64, 65, 66, 200, 5_000].map((deep) => '['.repeat(deep) + ']'.repeat(deep)),
  ...[29, 30, 31, 32, 60, 62].map((deep) => `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`),
].map(raw);

/** Any UTF-16 code unit, also half of a character. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

/** A string that may be anything. */
export const hostileText = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 4, arbitrary: fc.string({ unit: anyUnit, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.nat(400).map((length) => 'я'.repeat(length)) },
);

/** Any value, mostly an unexpected one. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: 1 }, ['x'], [1, 'x', {}]),
  },
  { weight: 60, arbitrary: fc.constantFrom(...numbers) },
  { weight: 80, arbitrary: hostileText },
  { weight: 60, arbitrary: fc.constantFrom(...raws) },
  { weight: 20, arbitrary: fc.integer({ min: -(2 ** 40), max: 2 ** 52 }) },
  { weight: 10, arbitrary: fc.constantFrom(...longTexts) },
);

interface Mutation {
  readonly how: 'replace' | 'drop' | 'wrap' | 'box' | 'rename' | 'copy' | 'repeat';
  /** The part of the value, by its number, modulo the number of parts. */
  readonly at: number;
  readonly from: number;
  readonly value: unknown;
  readonly name: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom<Mutation['how'][]>(
    'replace',
    'replace',
    'replace',
    'drop',
    'wrap',
    'box',
    'rename',
    'copy',
    'repeat',
  ),
  at: fc.nat(300),
  from: fc.nat(300),
  value: hostileValue,
  name: fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '',
    'a.b',
    'x'.repeat(300),
    '\ud800',
    'text',
    'chat',
    'id',
  ),
});

/** The value with up to four mutations. */
export function mutated(base: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(
      base,
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 8, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 1 }) },
        { weight: 3, arbitrary: fc.array(mutation, { minLength: 2, maxLength: 4, size: 'max' }) },
      ),
    )
    .map(([value, mutations]) => mutations.reduce<unknown>(mutate, value));
}

type Step = string | number;

function mutate(value: unknown, { how, at, from, value: other, name }: Mutation): unknown {
  const places = placesIn(value);
  const place = places[at % places.length] ?? [];
  const here = valueAt(value, place);
  switch (how) {
    case 'replace':
      return changed(value, place, () => other);
    case 'wrap':
      return changed(value, place, () => [here]);
    case 'box':
      return changed(value, place, () => ({ [name]: here }));
    case 'copy':
      return changed(value, place, () => valueAt(value, places[from % places.length] ?? []));
    case 'repeat':
      // Nested repetitions must not fill the memory of the test.
      return changed(value, place, () => Array.from({ length: toJsonText(here).length < 50 ? from : 2 }, () => here));
    case 'drop':
    case 'rename': {
      const last = place.at(-1);
      if (typeof last !== 'string') return changed(value, place, () => undefined);
      return changed(value, place.slice(0, -1), (parent) => {
        const kept = Object.entries(parent as object).filter(([field]) => field !== last);
        return Object.fromEntries(how === 'drop' ? kept : [...kept, [name, here]]);
      });
    }
    default:
      return how satisfies never;
  }
}

/** The paths to all parts of a value, that of the whole first. */
function placesIn(value: unknown, here: Step[] = [], found: Step[][] = []): Step[][] {
  found.push(here);
  if (found.length > 300 || typeof value !== 'object' || value === null) return found;
  for (const [step, inner] of Object.entries(value)) {
    placesIn(inner, [...here, Array.isArray(value) ? Number(step) : step], found);
  }
  return found;
}

function valueAt(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  return step === undefined ? value : valueAt((value as Record<Step, unknown>)[step], rest);
}

function changed(value: unknown, [step, ...rest]: readonly Step[], change: (here: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) return value.map((one, index) => (index === step ? changed(one, rest, change) : one));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, one]) => [name, name === step ? changed(one, rest, change) : one]),
  );
}
