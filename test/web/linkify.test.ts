import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkify, safeHref } from '../../web/core/linkify.ts';

describe('linkify', () => {
  const links = (text: string) => linkify(text).flatMap(({ text: shown, href }) => (href ? [[shown, href]] : []));

  test.each([
    ['see https://a.example/x?y=1#z', [['https://a.example/x?y=1#z', 'https://a.example/x?y=1#z']]],
    ['(https://a.example/b).', [['https://a.example/b', 'https://a.example/b']]],
    ['https://a.example/w_(x)', [['https://a.example/w_(x)', 'https://a.example/w_(x)']]],
    ['см. www.пример.рф, там', [['www.пример.рф', 'https://www.xn--e1afmkfd.xn--p1ai/']]],
    ['HTTP://A.EXAMPLE!', [['HTTP://A.EXAMPLE', 'http://a.example/']]],
    ['mail an.na@shop.example.', [['an.na@shop.example', 'mailto:an.na@shop.example']]],
    ['звоните +7 (900) 123-45-67!', [['+7 (900) 123-45-67', 'tel:+79001234567']]],
    ['8 900 123-45-67', [['8 900 123-45-67', 'tel:89001234567']]],
    ['заказ 4512-88, 12.03.2026, 100500', []],
    ['javascript:alert(1) data:text/html,x file:///etc/passwd', []],
    ['https://', []],
    ['https://a.example/\u202eelpmaxe.knab//:sptth', [['https://a.example/', 'https://a.example/']]],
    ['(see https://a.example/b))).', [['https://a.example/b', 'https://a.example/b']]],
    ['https://a.example/w_(x)).', [['https://a.example/w_(x)', 'https://a.example/w_(x)']]],
    ['https://user@a.example/p', [['https://user@a.example/p', 'https://user@a.example/p']]],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test('says nothing but the text, and links nowhere but to the web, to mail and to phones', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('https://a.b/', 'javascript:', 'www.', 'x@y.z', '+7900', ' ', '(', ').', 'mailto:', '\n'),
    );
    fc.assert(
      fc.property(fc.array(parts), (list) => {
        const text = list.join('');
        const pieces = linkify(text);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const { href } of pieces) if (href !== undefined) expect(href).toMatch(/^(https?:\/\/|mailto:|tel:)/);
      }),
    );
  });

  test('takes no longer for a longer text than for its parts', () => {
    expect(linkify('https://a.example/'.repeat(5_000))).toHaveLength(1);
    expect(linkify('('.repeat(50_000)).map(({ text }) => text.length)).toEqual([50_000]);
    // Counting the brackets anew for each of them would take minutes.
    expect(linkify(`https://a.example/${')'.repeat(60_000)}`).map(({ text }) => text.length)).toEqual([18, 60_000]);
    expect(linkify(`https://a.example/${'()'.repeat(30_000)}${').'.repeat(30_000)}`)).toHaveLength(2);
    expect(linkify(`${'a.'.repeat(20_000)}@`).map(({ text }) => text.length)).toEqual([40_001]);
  });
});

test.each([
  ['https://a.example/', 'https://a.example/'],
  ['tel:+7900', 'tel:+7900'],
  ['javascript:alert(1)', undefined],
  ['//a.example', undefined],
])('safeHref %s', (address, expected) => {
  expect(safeHref(address)).toBe(expected);
});
