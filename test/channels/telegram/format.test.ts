import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { format, lengthOf } from '#channels/telegram/format';
import { cpuMsOf } from '#test/cpu-time';

/** The text with its entities shown as `{b …}`, so that a table can be read. */
function shown(text: string): string {
  const { text: plain, entities } = format(text);
  const ends = entities.map(({ offset, length }) => offset + length);
  let found = '';
  for (let at = 0; at <= plain.length; at += 1) {
    found += '}'.repeat(ends.filter((end) => end === at).length);
    for (const { type, offset } of entities) if (offset === at) found += `{${type === 'pre' ? 'pre' : type[0]} `;
    found += plain[at] ?? '';
  }
  return found;
}

describe('marks become formatting', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['bold', 'a *bold* word', 'a {b bold} word'],
    ['italic', 'an _italic_ word', 'an {i italic} word'],
    ['struck out', 'a ~wrong~ word', 'a {s wrong} word'],
    ['monospace', 'the code ```x = 1```.', 'the code {pre x = 1}.'],
    ['the tag b', '<b>x</b>', '{b x}'],
    ['the tag i', '<i>x</i>', '{i x}'],
    ['the tag u', '<u>x</u>', '{u x}'],
    ['the tag s', '<s>x</s>', '{s x}'],
    ['a tag in capitals', '<B>x</b>', '{b x}'],
    ['a tag within a word', 'half<b>word</b>s', 'half{b word}s'],
    ['several on a line', '*a* _b_ ~c~ *d*', '{b a} {i b} {s c} {b d}'],
    ['the whole text', '*Здравствуйте, Анна!*', '{b Здравствуйте, Анна!}'],
    ['at a punctuation mark', '(*a*), "_b_"; «~c~»!', '({b a}), "{i b}"; «{s c}»!'],
    ['in Russian quotes of the other kind', '*„a“* „*b*“', '{b „a“} „{b b}“'],
    ['beside emoji', '🔥*Скидка*🔥 ✅ _да_👍🏽', '🔥{b Скидка}🔥 ✅ {i да}👍🏽'],
    ['around emoji', '*😀*', '{b 😀}'],
    ['behind Spanish marks', '¡*Oferta*! ¿*Sí*?', '¡{b Oferta}! ¿{b Sí}?'],
    ['beside Arabic marks', '*مرحبا*، _كيف_؟ ~لا~؛', '{b مرحبا}، {i كيف}؟ {s لا}؛'],
    ['beside Chinese marks', '*重要*，请看（_a_）、「~b~」。', '{b 重要}，请看（{i a}）、「{s b}」。'],
    ['beside Hindi and Armenian marks', '*हाँ*। *այո*։', '{b हाँ}। {b այո}։'],
    [
      'beside signs of the direction of writing',
      '\u200f*שלום*\u200f \u2067_כן_\u2069',
      '\u200f{b שלום}\u200f \u2067{i כן}\u2069',
    ],
    ['beside a space of no width', '\u200b*x*\u200b', '\u200b{b x}\u200b'],
    ['two with a slash between', '*да*/*нет*', '{b да}/{b нет}'],
    ['two with a sign between', '*A*&*B* *1*+*2*=*3*', '{b A}&{b B} {b 1}+{b 2}={b 3}'],
    ['beside signs of money and per cent', '*50*% ~100~₽ €*5* №*7*', '{b 50}% {s 100}₽ €{b 5} №{b 7}'],
    ['behind an arrow and a foreign tag', '→*a* <br>*b*<br>', '→{b a} <br>{b b}<br>'],
    ['two with a dash between', '*1*-*2*', '{b 1}-{b 2}'],
    ['with marks of the same kind inside words', '*2*3*4*', '{b 2*3*4}'],
    ['nested', '*a _b ~c~_ d*', '{b a {i b {s c}} d}'],
    ['all three at once', '*_~x~_*', '{b {i {s x}}}'],
    ['a tag within marks', '*a <u>b</u>*', '{b a {u b}}'],
    ['marks within a tag', '<u>*a* b</u>', '{u {b a} b}'],
    ['the same within the same', '<b>a *b* c</b>', '{b a b c}'],
    ['of two that overlap, the one that is closed first', '*a _b* c_', '{b a _b} c_'],
    ['of two tags that overlap, the one that is closed first', '<b>a<i>b</b>c</i>', '{b a<i>b}c</i>'],
    ['a tag over several lines', '<b>a\nb</b>', '{b a\nb}'],
    ['each line for itself', '*a*\n*b*', '{b a}\n{b b}'],
    ['a Windows line', '*a*\r\n*b*', '{b a}\r\n{b b}'],
    ['code over several lines', '```\nx = 1\ny = 2\n```', '{pre x = 1\ny = 2}'],
    ['marks in code are code', '```*a* <b>b</b> _c_```', '{pre *a* <b>b</b> _c_}'],
    ['code within bold: bold around it', '*see ```x``` now*', '{b see }{pre x}{b  now}'],
    ['code within nested looks', '<b><i>a ```x```</i></b>', '{b {i a }}{pre x}'],
    ['space between code within bold', '<b>```x``` ```y```</b>', '{pre x} {pre y}'],
    [
      'a look around code of several lines',
      '*a ```x\ny``` b* <i>a ```x\ny```</i>',
      '*a {pre x\ny} b* {i a }{pre x\ny}',
    ],
    ['marks between tags', '<b>_x_</b><i>~y~</i>', '{b {i x}}{i {s y}}'],
    ['nothing but code within bold', '<b>```x```</b>', '{pre x}'],
    ['an address in bold', '*https://a.b/c*', '{b https://a.b/c}'],
    ['words behind an address', 'https://a.b/_c_ *d*', 'https://a.b/_c_ {b d}'],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('offsets count UTF-16 units', () => {
    expect(format('😀 *жирно* 👨‍👩‍👧‍👦 _x_')).toEqual({
      text: '😀 жирно 👨‍👩‍👧‍👦 x',
      entities: [
        { type: 'bold', offset: 3, length: 5 },
        { type: 'italic', offset: 21, length: 1 },
      ],
    });
  });
});

describe('what is no formatting stays as it is', () => {
  test.each([
    ['a lone asterisk', 'Цена 100 руб.* без доставки'],
    ['only an asterisk', '*'],
    ['two asterisks far from each other', 'a * b * c'],
    ['a product', '2*3*4'],
    ['a product of brackets', '(1+2)*(3+4)*(5)'],
    ['a list of asterisks', '* one\n* two'],
    ['notes of a price', '*от 3 штук, *без НДС'],
    ['an opening that is never closed', 'call *now'],
    ['a closing that was never opened', 'now* call'],
    ['an opening on another line', '*a\nb*'],
    ['nothing between', '** a __ b ~~'],
    ['only space between', '* * _ _ ~ ~'],
    ['Markdown, which is not promised', '**a** __b__ ~~c~~ `d`'],
    ['a line to fill in', 'ФИО: ____ Дата: ____'],
    ['a hidden number', '4276 **** **** 1234'],
    ['a name of a program', 'snake_case_name and _private'],
    ['a name of a person', '@some_long_name, @_x_'],
    ['a mark within words', 'a*b*c a_b_c a~b~c жи_р_но'],
    ['a mark before a letter with an accent apart', 'e\u0301*x*'],
    ['addresses', 'https://a.b/_c_/*d*/~e~ http://x.y/?a_b=*c*'],
    ['paths', 'src/*.ts and lib/*.ts, ~/a and ~/b, /_a_/ C:\\_b_\\'],
    ['faces', '¯\\_(ツ)_/¯ ^_^ >_< -_- *) :*'],
    ['codes to dial', '*100# *111*2# *#06#'],
    ['pointers', 'int *p = *q;'],
    ['a query', 'select *, count(*) from a'],
    ['an escaped mark', '\\*a*'],
    ['a tag that is never closed', '<b>a'],
    ['a tag that was never opened', 'a</b>'],
    ['an empty tag', '<b></b> <i> </i>'],
    ['a tag with attributes', '<b class="x">a</b>'],
    ['other tags', '<a href="x">a</a> <strong>b</strong> <br> <bi>c</bi>'],
    ['a comparison', 'a<b>c and 1<2'],
    ['escaped tags', '&lt;b&gt;a&lt;/b&gt; &amp;'],
    ['fences that are never closed', '```a *b'],
    ['empty fences', '`````` ``` ```'],
    ['an empty text', ''],
  ])('%s', (_, text) => {
    expect(format(text)).toEqual({ text, entities: [] });
  });

  test('marks behind a fence that is never closed are marks', () => {
    expect(shown('```a *b*')).toBe('```a {b b}');
  });
});

test('of more than 100 looks Telegram gets the first 100', () => {
  const { text, entities } = format('*a* '.repeat(150));

  expect(text).toBe('a '.repeat(150));
  expect(entities).toHaveLength(100);
  expect(entities.at(-1)).toEqual({ type: 'bold', offset: 198, length: 1 });
});

describe('any text', () => {
  const parts = fc.constantFrom(
    '*',
    '_',
    '~',
    '```',
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<u>',
    '</u>',
    ' ',
    '\n',
    'a',
    'ж',
    '😀',
    '.',
    '(',
    ')',
    'https://a.b/',
    '/',
    '-',
    '\ud83d',
  );
  const texts = fc.array(parts, { maxLength: 40 }).map((some) => some.join(''));

  test('loses nothing but marks, and no text becomes blank', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: left } = format(text);
        const bare = (all: string) => all.replaceAll(/[*_~`\n]|<\/?[biu]>/g, '');
        expect(bare(left)).toBe(bare(text));
        expect(left.trim() === '').toBe(text.trim() === '');
      }),
      { numRuns: 2_000 },
    );
  });

  test('has entities that Telegram takes: in the text, sorted, nested or apart, none in or around code', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: left, entities } = format(text);
        for (const [index, { type, offset, length }] of entities.entries()) {
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(left.length);
          expect(left.slice(offset, offset + length)).toMatch(/\S/);
          for (const other of entities.slice(index + 1)) {
            expect(other.offset).toBeGreaterThanOrEqual(offset);
            const apart = other.offset >= offset + length;
            const within = other.offset + other.length <= offset + length;
            expect(apart || (within && type !== 'pre' && other.type !== 'pre' && type !== other.type)).toBe(true);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  '*',
  '*a ',
  '*a* ',
  '_a',
  '<b>',
  '<b>\n*x ',
  '<b>x</b>',
  '<b><i>',
  '</b>',
  '```',
  '```x',
  '``` ',
  '*a ```b``` ',
  'https://',
  'http://a***',
  '*_~<b>```x```',
  '*a\n',
  '😀*x*',
  ' ',
  '\n',
])('a text of nothing but %j is read in time in proportion to it', (unit) => {
  const text = unit.repeat(100_000 / unit.length);

  const took = cpuMsOf(() => {
    format(text);
    format(`${'<b>'.repeat(1_000)}${text}${'</b>'.repeat(1_000)}`);
  });

  expect(took).toBeLessThan(3_000);
});

describe('the length of a text, as Telegram counts it', () => {
  test.each([
    ['letters', 'abc', 3],
    ['an emoji is one', '😀', 1],
    ['a flag is two, a family is seven', '🇫🇷👨‍👩‍👧‍👦', 9],
    ['a letter and a mark are two', 'e\u0301', 2],
    ['marks count nothing', '*a* <b>b</b> ```c```', 5],
    ['marks that stay count', '2*3*4', 5],
    ['space around the text counts nothing', ' \n a b \n', 3],
    ['a carriage return counts nothing', 'a\r\nb', 3],
    ['nothing', '', 0],
  ])('%s', (_, text, length) => {
    expect(lengthOf(text)).toBe(length);
  });
});
