import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  headerFile,
  isFilledBy,
  readTemplateLine,
  renderTemplate,
  templateLine,
  variablesOf,
} from '#domain/template-text';

const GUID = '0b9f4f3e-6f0c-8a55-9a53-0c8a1f6d2b11';

const parts = [
  { type: 'BODY', text: 'Order {{2}} of {{1}}, once more {{ 2 }}.' },
  { type: 'HEADER', format: 'TEXT', text: 'Hello {{1}}' },
  { type: 'FOOTER', text: 'Shop' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'URL', text: 'Track', url: 'https://shop.example/{{1}}' },
      { type: 'QUICK_REPLY', text: 'No' },
    ],
  },
];

describe('the line of a template', () => {
  test.each([
    {
      name: 'with values',
      text: `@template: ${GUID} { [[one]]; [[two words; and]] }`,
      values: ['one', 'two words; and'],
    },
    { name: 'without values', text: `@template: ${GUID}`, values: [] },
    { name: 'with empty braces', text: `@template: ${GUID} {}`, values: [] },
    { name: 'without spaces', text: `@template:${GUID}{[[a]];[[b]]}`, values: ['a', 'b'] },
    { name: 'over lines', text: ` @template: ${GUID.toUpperCase()} {\n [[a\nb]];\n [[c]] }\n`, values: ['a\nb', 'c'] },
    {
      name: 'with brackets and braces in values',
      text: `@template: ${GUID} { [[{a}]]; [[[b]]] }`,
      values: ['{a}', '[b'],
    },
    { name: 'with an empty value', text: `@template: ${GUID} { [[]]; [[b]] }`, values: ['', 'b'] },
  ])('$name', ({ text, values }) => {
    expect(readTemplateLine(text)).toEqual({ templateId: GUID, values });
  });

  test.each([
    'hello',
    '@template: welcome { [[a]] }',
    `say @template: ${GUID}`,
    `@template: ${GUID} and more`,
    `@template: ${GUID} { [[a]] } and more`,
    `@template: ${GUID} { ${'[['.repeat(20_000)} }`,
  ])('is only a text: %#', (text) => {
    expect(readTemplateLine(text)).toBeUndefined();
  });

  test('of a template leads back to it, with the names of its variables', () => {
    expect(templateLine(GUID, parts)).toBe(`@template: ${GUID} { [[1]]; [[1]]; [[2]]; [[1]] }`);
    expect(templateLine(GUID, [])).toBe(`@template: ${GUID}`);
    expect(readTemplateLine(templateLine(GUID, parts))).toEqual({ templateId: GUID, values: ['1', '1', '2', '1'] });
  });

  test('takes any text without blocking', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('[[', ']]', '{', '}', ';', ' ', 'a'), { maxLength: 60 }), (pieces) => {
        const read = readTemplateLine(`@template: ${GUID} {${pieces.join('')}}`);
        expect(read?.templateId).toBe(GUID);
      }),
    );
  });
});

describe('a template', () => {
  test('has the variables of header, body and buttons, each once in its part', () => {
    expect(variablesOf(parts)).toEqual(['1', '1', '2', '1']);
    expect(variablesOf([{ type: 'BODY', text: '{{name}} of {{order_id}}, {{name}}' }])).toEqual(['name', 'order_id']);
    expect(variablesOf([{ type: 'BODY', text: '{{10}} {{9}}' }])).toEqual(['9', '10']);
  });

  test('has the values of a map, and of a button that copies a code', () => {
    const map = [
      { type: 'HEADER', format: 'LOCATION' },
      { type: 'BODY', text: 'At {{1}}' },
    ];
    const coupon = [
      { type: 'BODY', text: '{{1}}' },
      { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE' }] },
    ];

    expect(variablesOf(map)).toEqual(['latitude', 'longitude', 'name', 'address', '1']);
    expect(renderTemplate(map, ['52.5', '13.4', 'Shop', 'Street 1', 'noon'])).toBe('At noon');
    expect(variablesOf(coupon)).toEqual(['1', 'code']);
  });

  test.each([
    { category: 'MARKETING', values: 4, fits: true },
    { category: 'MARKETING', values: 3, fits: false },
    { category: 'MARKETING', values: 5, fits: false },
    { category: 'AUTHENTICATION', values: 2, fits: true },
    { category: 'AUTHENTICATION', values: 1, fits: false },
  ])('of $category filled by $values values: $fits', ({ category, values, fits }) => {
    expect(isFilledBy({ category, components: parts }, values)).toBe(fits);
  });

  test('says header, body and footer with the values in them', () => {
    expect(renderTemplate(parts, ['Ann', 'shoes', '17', 'x'])).toBe(
      'Hello Ann\n\nOrder 17 of shoes, once more 17.\n\nShop',
    );
  });

  test('does not read values for variables, nor for patterns of a replacement', () => {
    expect(renderTemplate([{ type: 'BODY', text: '{{1}} {{2}}' }], ['{{2}}', '$&'])).toBe('{{2}} $&');
  });

  test.each([
    { format: 'IMAGE', kind: 'image' },
    { format: 'document', kind: 'document' },
    { format: 'TEXT', kind: undefined },
    { format: 'LOCATION', kind: undefined },
  ])('with a header of $format has the file $kind', ({ format, kind }) => {
    expect(headerFile([{ type: 'HEADER', format }])).toBe(kind);
  });
});
