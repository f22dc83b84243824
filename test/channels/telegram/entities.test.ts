import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { withEntities } from '#channels/telegram/entities';
import { cpuMsOf } from '#test/cpu-time';

const link = (offset: number, length: number, url: unknown) => ({ type: 'text_link', offset, length, url });
const SHOP = 'https://shop.example/item/4417';

describe('what stands behind the words of an entity', () => {
  test.each<{ name: string; text: string; entities: unknown; said: string }>([
    {
      name: 'a link behind words',
      text: 'Is this one in stock?',
      entities: [link(3, 8, SHOP)],
      said: `Is this one (${SHOP}) in stock?`,
    },
    { name: 'a link that is its words', text: SHOP, entities: [link(0, 30, SHOP)], said: SHOP },
    {
      name: 'a link that is its words without scheme and slash',
      text: 'see shop.example/item/4417!',
      entities: [link(4, 22, `${SHOP}/`)],
      said: 'see shop.example/item/4417!',
    },
    {
      name: 'a link that is its words in capitals',
      text: 'Shop.Example',
      entities: [link(0, 12, 'http://shop.example/')],
      said: 'Shop.Example',
    },
    {
      name: 'a link that is its words in another script',
      text: 'пример.рф/стол',
      entities: [link(0, 14, 'https://xn--e1afmkfd.xn--p1ai/%D1%81%D1%82%D0%BE%D0%BB')],
      said: 'пример.рф/стол',
    },
    {
      name: 'a link with a port that is its words',
      text: 'shop.example:8080/a',
      entities: [link(0, 19, 'https://shop.example:8080/a')],
      said: 'shop.example:8080/a',
    },
    {
      name: 'an email link that is its words',
      text: 'a@shop.example',
      entities: [link(0, 14, 'mailto:a@shop.example')],
      said: 'a@shop.example',
    },
    {
      name: 'a link with words that say another address',
      text: 'https://bank.example',
      entities: [link(0, 20, 'https://bank.example.evil.example/')],
      said: 'https://bank.example (https://bank.example.evil.example/)',
    },
    {
      name: 'a link with words that say another path',
      text: 'shop.example/Item',
      entities: [link(0, 17, 'https://shop.example/item')],
      said: 'shop.example/Item (https://shop.example/item)',
    },
    {
      name: 'a link with a number for its words',
      text: '100 EUR',
      entities: [link(0, 3, 'http://0.0.0.100/')],
      said: '100 (http://0.0.0.100/) EUR',
    },
    {
      name: 'a link to a person',
      text: 'ask him',
      entities: [link(4, 3, 'tg://user?id=5')],
      said: 'ask him (tg://user?id=5)',
    },
    {
      name: 'two links in a row',
      text: 'this or that',
      entities: [link(0, 4, 'https://a.example'), link(8, 4, 'https://b.example')],
      said: 'this (https://a.example) or that (https://b.example)',
    },
    {
      name: 'links that touch',
      text: 'onetwo',
      entities: [link(3, 3, 'https://b.example'), link(0, 3, 'https://a.example')],
      said: 'one (https://a.example)two (https://b.example)',
    },
    {
      name: 'one link that its look splits',
      text: 'this one here',
      entities: [link(0, 5, SHOP), { type: 'bold', offset: 5, length: 3 }, link(5, 3, SHOP)],
      said: `this one (${SHOP}) here`,
    },
    {
      name: 'one link that its look splits, and its words are the address',
      text: 'shop.example/item/4417',
      entities: [link(0, 4, SHOP), link(4, 18, SHOP)],
      said: 'shop.example/item/4417',
    },
    {
      name: 'a link within bold words, and one within another',
      text: 'very good chair',
      entities: [
        { type: 'bold', offset: 0, length: 15 },
        link(5, 10, 'https://a.example'),
        link(10, 5, 'https://b.example'),
      ],
      said: 'very good chair (https://b.example) (https://a.example)',
    },
    {
      name: 'a link after an emoji: offsets count UTF-16 units',
      text: '👍 this',
      entities: [link(3, 4, SHOP)],
      said: `👍 this (${SHOP})`,
    },
    {
      name: 'a link with space at its end',
      text: 'this\nnow',
      entities: [link(0, 5, SHOP)],
      said: `this (${SHOP})\nnow`,
    },
    { name: 'a link with invisible words', text: '\u200b', entities: [link(0, 1, SHOP)], said: `\u200b (${SHOP})` },
    {
      name: 'a mention of somebody without a username, by their name',
      text: 'ask Olga',
      entities: [
        { type: 'text_mention', offset: 4, length: 4, user: { id: 5, first_name: 'Olga', last_name: 'Orlova' } },
      ],
      said: 'ask Olga',
    },
    {
      name: 'a mention of somebody by other words',
      text: 'ask my boss',
      entities: [
        { type: 'text_mention', offset: 4, length: 7, user: { id: 5, first_name: 'Olga', last_name: 'Orlova' } },
      ],
      said: 'ask my boss (Olga Orlova)',
    },
    {
      name: 'a mention of somebody with a username',
      text: 'ask Olga',
      entities: [{ type: 'text_mention', offset: 4, length: 4, user: { id: 5, first_name: 'Olga', username: 'olga' } }],
      said: 'ask Olga (@olga)',
    },
    {
      name: 'a mention and a time that are split where their look changes',
      text: 'ask Olga Petrovna at ten sharp',
      entities: [
        { type: 'text_mention', offset: 4, length: 5, user: { id: 5, first_name: 'O', username: 'olga' } },
        { type: 'text_mention', offset: 9, length: 8, user: { id: 5, first_name: 'O', username: 'olga' } },
        { type: 'date_time', offset: 21, length: 4, unix_time: 1791806400 },
        { type: 'date_time', offset: 25, length: 5, unix_time: 1791806400 },
      ],
      said: 'ask Olga Petrovna (@olga) at ten sharp (2026-10-12 12:00 UTC)',
    },
    {
      name: 'two mentions side by side',
      text: 'Olga Anna',
      entities: [
        { type: 'text_mention', offset: 0, length: 4, user: { id: 5, first_name: 'O', username: 'olga' } },
        { type: 'text_mention', offset: 5, length: 4, user: { id: 6, first_name: 'A', username: 'anna' } },
      ],
      said: 'Olga (@olga) Anna (@anna)',
    },
    {
      name: 'a mention by more words than anybody searches for the name',
      text: `${'a'.repeat(1_024)} @olga`,
      entities: [
        { type: 'text_mention', offset: 0, length: 1_030, user: { id: 5, first_name: 'O', username: 'olga' } },
      ],
      said: `${'a'.repeat(1_024)} @olga (@olga)`,
    },
    {
      name: 'a mention of somebody without any name',
      text: 'ask her',
      entities: [{ type: 'text_mention', offset: 4, length: 3, user: { id: 5, first_name: '' } }],
      said: 'ask her (tg://user?id=5)',
    },
    {
      name: 'a time',
      text: 'tomorrow at ten',
      entities: [{ type: 'date_time', offset: 0, length: 15, unix_time: 1791806400, date_time_format: 'wDT' }],
      said: 'tomorrow at ten (2026-10-12 12:00 UTC)',
    },
    {
      name: 'entities that are their words',
      text: '@olga #sale 👍 +12025550142',
      entities: [
        { type: 'mention', offset: 0, length: 5 },
        { type: 'hashtag', offset: 6, length: 5 },
        { type: 'custom_emoji', offset: 12, length: 2, custom_emoji_id: '5368324170671202286' },
        { type: 'phone_number', offset: 15, length: 12 },
      ],
      said: '@olga #sale 👍 +12025550142',
    },
    { name: 'an offset before the text', text: 'this', entities: [link(-2, 4, SHOP)], said: `th (${SHOP})is` },
    { name: 'an offset behind the text', text: 'this', entities: [link(9, 4, SHOP)], said: `this(${SHOP})` },
    { name: 'a length beyond the text', text: 'this', entities: [link(2, 1e15, SHOP)], said: `this (${SHOP})` },
    { name: 'a negative length', text: 'this', entities: [link(2, -9, SHOP)], said: `th(${SHOP})is` },
    { name: 'an end within an emoji', text: 'a👍b', entities: [link(0, 2, SHOP)], said: `a👍 (${SHOP})b` },
    { name: 'an offset that is no number', text: 'this', entities: [link(Number.NaN, 4, SHOP)], said: 'this' },
    { name: 'an offset that is no whole number', text: 'this', entities: [link(0.5, 4, SHOP)], said: 'this' },
    { name: 'an address that is no text', text: 'this', entities: [link(0, 4, { a: 1 })], said: 'this' },
    {
      name: 'types that nobody has published',
      text: 'this',
      entities: [
        { ...link(0, 4, SHOP), type: 'constructor' },
        { ...link(0, 4, SHOP), type: '__proto__' },
      ],
      said: 'this',
    },
    { name: 'no list of entities', text: 'this', entities: { length: 4 }, said: 'this' },
    { name: 'entities that are none', text: 'this', entities: [null, 5, 'x', [], {}], said: 'this' },
  ])('$name', ({ text, entities, said }) => {
    expect(withEntities(text, entities)).toBe(said);
  });

  test('whatever the entities are, the words stay, and only what is behind them is added', () => {
    const number = fc.oneof(
      fc.integer({ min: -5, max: 20 }),
      fc.double(),
      fc.constantFrom(2 ** 53, -(2 ** 53), '3', null),
    );
    const entity = fc.record(
      {
        type: fc.constantFrom('text_link', 'text_mention', 'date_time', 'bold', 'toString', 5),
        offset: number,
        length: number,
        url: fc.oneof(fc.webUrl(), fc.constantFrom('', 'http://', 'x:', null)),
        user: fc.oneof(fc.jsonValue(), fc.record({ id: fc.integer(), first_name: fc.string() })),
        unix_time: number,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.array(entity, { maxLength: 6 }),
        (text, entities) => {
          const said = withEntities(text, entities);
          let from = 0;
          for (const letter of text) {
            from = said.indexOf(letter, from) + letter.length;
            expect(from).toBeGreaterThanOrEqual(letter.length);
          }
          expect(said.isWellFormed()).toBe(`${text}${JSON.stringify(entities)}`.isWellFormed());
        },
      ),
      { numRuns: 500 },
    );
  });

  test('addresses never take the room of the words', () => {
    const text = 'я'.repeat(65_536);
    const entities = Array.from({ length: 1_000 }, (_, index) =>
      link(index, 1, `https://a.example/${index}${'x'.repeat(500)}`),
    );

    const said = withEntities(text, entities);

    expect(said.length).toBeLessThanOrEqual(100_000);
    expect(said.match(/я/g)).toHaveLength(65_536);
    expect(said).toContain('(https://a.example/');
  });

  test('a megabyte of overlapping entities takes no time', () => {
    const text = ' '.repeat(100_000);
    const entities = Array.from({ length: 20_000 }, (_, index) => link(0, 100_000 - index, `x${index}`));

    expect(cpuMsOf(() => withEntities(text, entities))).toBeLessThan(2_000);
  });
});
