import type { RichBlock, RichMessageButton, RichText, User } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';

import { readRich } from '#channels/telegram/rich';

const DATE = 1791806400;
const olga: User = { id: 5, is_bot: false, first_name: 'Olga', username: 'olga' };
const file = { file_id: 'F1', file_unique_id: 'f' };
const video = { ...file, width: 1, height: 1, duration: 9 };
const photo = [{ ...file, width: 1, height: 1 }];
const caption = { text: 'see', credit: 'Anna' };
const words = (text: string): RichBlock => ({ type: 'paragraph', text });

type Styled = Exclude<RichText, string | RichText[]>;
type OfType<T, K> = Extract<T, { readonly type: K }>;

function textOf(...blocks: unknown[]): string {
  return readRich({ blocks }, 100_000).text;
}

const INLINES: { readonly [K in Styled['type']]: readonly [text: OfType<Styled, K>, shown: string] } = {
  anchor: [{ type: 'anchor', name: 'a' }, ''],
  anchor_link: [{ type: 'anchor_link', text: 'above', anchor_name: 'a' }, 'above'],
  bank_card_number: [{ type: 'bank_card_number', text: 'card', bank_card_number: '4242' }, 'card (4242)'],
  bold: [{ type: 'bold', text: ['a', { type: 'italic', text: 'b' }] }, 'ab'],
  bot_command: [{ type: 'bot_command', text: '/start', bot_command: '/start' }, '/start'],
  button: [{ type: 'button', button: { text: 'Shop', url: 'https://shop.example' } }, '[Shop (https://shop.example)]'],
  cashtag: [{ type: 'cashtag', text: '$USD', cashtag: '$USD' }, '$USD'],
  code: [{ type: 'code', text: 'x = 1' }, 'x = 1'],
  custom_emoji: [{ type: 'custom_emoji', custom_emoji_id: '5', alternative_text: '👍' }, '👍'],
  date_time: [
    { type: 'date_time', text: 'at ten', unix_time: DATE, date_time_format: 't' },
    'at ten (2026-10-12 12:00 UTC)',
  ],
  email_address: [{ type: 'email_address', text: 'mail', email_address: 'a@b.example' }, 'mail (a@b.example)'],
  hashtag: [{ type: 'hashtag', text: '#sale', hashtag: '#sale' }, '#sale'],
  italic: [{ type: 'italic', text: 'a' }, 'a'],
  marked: [{ type: 'marked', text: 'a' }, 'a'],
  mathematical_expression: [{ type: 'mathematical_expression', expression: 'x^2' }, 'x^2'],
  mention: [{ type: 'mention', text: 'she', username: 'olga' }, 'she (@olga)'],
  phone_number: [{ type: 'phone_number', text: 'phone', phone_number: '+1202' }, 'phone (+1202)'],
  reference: [{ type: 'reference', text: 'note', name: 'n' }, 'note'],
  reference_link: [{ type: 'reference_link', text: '1', reference_name: 'n' }, '1'],
  spoiler: [{ type: 'spoiler', text: 'a' }, 'a'],
  strikethrough: [{ type: 'strikethrough', text: 'a' }, 'a'],
  subscript: [{ type: 'subscript', text: 'a' }, 'a'],
  superscript: [{ type: 'superscript', text: 'a' }, 'a'],
  text_mention: [{ type: 'text_mention', text: 'she', user: olga }, 'she (@olga)'],
  underline: [{ type: 'underline', text: 'a' }, 'a'],
  url: [
    { type: 'url', text: ['this ', { type: 'bold', text: 'one' }], url: 'https://a.example' },
    'this one (https://a.example)',
  ],
};

test('of blocks at whatever depth, 2,000 are read; Telegram sends 500', () => {
  const quotes = Array.from({ length: 30 }, () => ({ type: 'blockquote', blocks: Array(100).fill(words('a')) }));

  // 19 quotations with their 100 paragraphs, and one with 80.
  expect(textOf(...quotes).split('\n')).toHaveLength(1_980);
});

test('an audio file is called by its song, as in a player', () => {
  const audio = { ...file, duration: 9, file_name: 'track01.mp3', title: 'Song', performer: 'Band' };

  expect(textOf({ type: 'audio', audio })).toBe('[audio: Band – Song]');
});

test.each(Object.values(INLINES))('rich text %j is %j', (text, shown) => {
  expect(textOf({ type: 'paragraph', text })).toBe(shown);
});

const BLOCKS: { readonly [K in RichBlock['type']]: readonly [block: OfType<RichBlock, K>, shown: string] } = {
  anchor: [{ type: 'anchor', name: 'a' }, ''],
  animation: [{ type: 'animation', animation: video, caption }, '[animation]\nsee\n— Anna'],
  audio: [{ type: 'audio', audio: { ...file, duration: 9, title: 'Song' } }, '[audio: Song]'],
  blockquote: [{ type: 'blockquote', blocks: [words('a'), words('b')], credit: 'Anna' }, 'a\nb\n— Anna'],
  buttons: [
    {
      type: 'buttons',
      buttons: [
        { text: ['A'], callback_data: 'a' },
        { text: 'B', url: 'https://b.example' },
      ],
    },
    '[A] [B (https://b.example)]',
  ],
  collage: [{ type: 'collage', blocks: [{ type: 'photo', photo }], caption }, '[photo]\nsee\n— Anna'],
  details: [{ type: 'details', summary: 'More', blocks: [words('a')] }, 'More\na'],
  divider: [{ type: 'divider' }, ''],
  document: [
    { type: 'document', document: { ...file, file_name: 'a.pdf' }, caption },
    '[document: a.pdf]\nsee\n— Anna',
  ],
  expandable_blockquote: [{ type: 'expandable_blockquote', text: 'a', credit: 'Anna' }, 'a\n— Anna'],
  footer: [{ type: 'footer', text: 'a' }, 'a'],
  heading: [{ type: 'heading', text: 'a', size: 1 }, 'a'],
  list: [
    {
      type: 'list',
      items: [
        { label: '1.', blocks: [words('a')] },
        { label: '', has_checkbox: true, is_checked: true, blocks: [words('b')] },
        {
          label: '•',
          has_checkbox: true,
          blocks: [words('c'), { type: 'list', items: [{ label: '–', blocks: [words('d')] }] }],
        },
      ],
    },
    '1. a\n☑ b\n• ☐ c\n– d',
  ],
  map: [
    { type: 'map', location: { latitude: 1, longitude: 2 }, zoom: 13, width: 1, height: 1, caption },
    '1, 2\nsee\n— Anna',
  ],
  mathematical_expression: [{ type: 'mathematical_expression', expression: 'x^2' }, 'x^2'],
  paragraph: [{ type: 'paragraph', text: 'a' }, 'a'],
  photo: [{ type: 'photo', photo, caption }, '[photo]\nsee\n— Anna'],
  pre: [{ type: 'pre', text: 'x = 1', language: 'python' }, 'x = 1'],
  pullquote: [{ type: 'pullquote', text: 'a', credit: 'Anna' }, 'a\n— Anna'],
  slideshow: [{ type: 'slideshow', blocks: [{ type: 'video', video }], caption }, '[video]\nsee\n— Anna'],
  table: [
    {
      type: 'table',
      caption: 'Prices',
      cells: [
        [
          { text: 'chair', is_header: true, align: 'left', valign: 'top' },
          { align: 'left', valign: 'top' },
          { text: { type: 'bold', text: '100' }, align: 'left', valign: 'top' },
        ],
        [{ text: 'table', align: 'left', valign: 'top' }],
      ],
    },
    'Prices\nchair |  | 100\ntable',
  ],
  thinking: [{ type: 'thinking', text: 'a' }, 'a'],
  video: [{ type: 'video', video, caption }, '[video]\nsee\n— Anna'],
  voice_note: [{ type: 'voice_note', voice_note: { ...file, duration: 9 }, caption }, '[voice]\nsee\n— Anna'],
};

test.each(Object.values(BLOCKS))('block %j is %j', (block, shown) => {
  expect(textOf(block)).toBe(shown);
});

test.each<{ button: RichMessageButton; shown: string }>([
  { button: { text: 'a', url: 'https://a.example' }, shown: '[a (https://a.example)]' },
  { button: { text: 'a', callback_data: 'a' }, shown: '[a]' },
  { button: { text: 'a', web_app: { url: 'https://a.example' } }, shown: '[a (https://a.example)]' },
  { button: { text: 'a', login_url: { url: 'https://a.example' } }, shown: '[a (https://a.example)]' },
  { button: { text: 'a', switch_inline_query: 'q' }, shown: '[a]' },
  { button: { text: 'a', copy_text: { text: 'SALE7' } }, shown: '[a (SALE7)]' },
  {
    button: { text: ['a', { type: 'custom_emoji', custom_emoji_id: '5', alternative_text: '👍' }], disabled: {} },
    shown: '[a👍]',
  },
])('the button $button is $shown', ({ button, shown }) => {
  expect(textOf({ type: 'buttons', buttons: [button] })).toBe(shown);
});

test('files of all blocks are files of the message, in their order', () => {
  const of = (file_id: string) => ({ ...video, file_id });
  const { files } = readRich(
    {
      blocks: [
        {
          type: 'collage',
          blocks: [
            { type: 'photo', photo: [...photo, of('2')] },
            { type: 'video', video: of('3') },
          ],
        },
        { type: 'list', items: [{ label: '', blocks: [{ type: 'document', document: of('4') }] }] },
        { type: 'voice_note', voice_note: of('5') },
        { type: 'video', video: 'broken' },
      ],
    },
    100_000,
  );

  expect(files.map(({ fileId }) => fileId)).toEqual(['2', '3', '4', '5']);
});

describe('what nobody has published', () => {
  test.each([
    {
      name: 'a block of a later type shows its words',
      block: { type: 'hologram', text: 'a', blocks: [words('b')] },
      shown: 'a\nb',
    },
    {
      name: 'rich text of a later type shows its words',
      block: { type: 'paragraph', text: { type: 'glow', text: 'a' } },
      shown: 'a',
    },
    { name: 'a type that every object has', block: { type: 'constructor', text: 'a' }, shown: 'a' },
    { name: 'lists of blocks', block: [[words('a')], words('b')], shown: 'a\nb' },
    { name: 'no block', block: 5, shown: '' },
    { name: 'a list of anything', block: { type: 'list', items: [5, null, { blocks: 5 }] }, shown: '' },
    { name: 'a table of anything', block: { type: 'table', cells: [5, [null, 7]] }, shown: ' | ' },
  ])('$name', ({ block, shown }) => {
    expect(textOf(block)).toBe(shown);
  });
});

test('no word is lost for the addresses behind words', () => {
  const text = Array.from({ length: 1_000 }, () => ({
    type: 'url',
    text: 'я'.repeat(32),
    url: `https://a.example/${'x'.repeat(300)}`,
  }));

  expect(textOf({ type: 'paragraph', text })).toBe('я'.repeat(32_000));
});
