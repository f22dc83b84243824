import { describe, expect, test } from 'vitest';
import { readButtons, readPayloads } from '#api/message-buttons';

/** What is read, or the fields that are refused. */
function read(given: unknown, reader: (given: unknown, refuse: (fields: readonly string[]) => Error) => unknown) {
  let refused: readonly string[] = [];
  try {
    return reader(given, (fields) => {
      refused = fields;
      return new Error('refused');
    });
  } catch {
    return { refused };
  }
}

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ text: `${index}` }));

describe('the buttons of a buttonsObject', () => {
  test.each([
    {
      name: 'a list, as for WhatsApp',
      given: { buttons: [{ text: 'Yes', type: 'text', payload: 'y' }, { text: 'No' }] },
      buttons: { place: 'inline', rows: [[{ text: 'Yes', payload: 'y' }], [{ text: 'No' }]] },
    },
    {
      name: 'a list of more than ten, of which the rest is dropped',
      given: { buttons: many(12) },
      buttons: { place: 'inline', rows: many(10).map((button) => [button]) },
    },
    {
      name: 'a list without an object',
      given: [{ text: 'Yes', payload: '' }],
      buttons: { place: 'inline', rows: [[{ text: 'Yes' }]] },
    },
    {
      name: 'rows, as for Telegram',
      given: {
        replyMarkup: 'inline',
        buttons: [
          [
            { text: 'Yes', callbackData: 'y' },
            { text: 'Shop', url: 'https://shop.example' },
          ],
          [],
        ],
      },
      buttons: {
        place: 'inline',
        rows: [
          [
            { text: 'Yes', payload: 'y' },
            { text: 'Shop', url: 'https://shop.example' },
          ],
        ],
      },
    },
    {
      name: 'a list of buttons for Telegram',
      given: {
        replyMarkup: 'inline',
        buttons: [
          { text: 'Yes', callbackData: 'y' },
          { text: 'A shop with a long name', url: 'https://shop.example' },
        ],
      },
      buttons: {
        place: 'inline',
        rows: [[{ text: 'Yes', payload: 'y' }], [{ text: 'A shop with a long name', url: 'https://shop.example' }]],
      },
    },
    {
      name: 'a list of buttons for Telegram without an object',
      given: [{ text: 'Yes', callbackData: 'y' }, { text: 'No' }],
      buttons: { place: 'inline', rows: [[{ text: 'Yes', payload: 'y' }], [{ text: 'No' }]] },
    },
    {
      name: 'a keyboard as a list',
      given: { replyMarkup: 'reply', buttons: [{ text: 'Yes' }], oneTimeKeyboard: true },
      buttons: { place: 'reply', rows: [[{ text: 'Yes' }]], oneTime: true },
    },
    {
      name: 'a list for WhatsApp with a markup',
      given: { replyMarkup: 'inline', buttons: [{ text: 'Yes', payload: 'y' }] },
      buttons: { place: 'inline', rows: [[{ text: 'Yes', payload: 'y' }]] },
    },
    {
      name: 'rows without an object',
      given: [[{ text: 'Yes', callbackData: 'y' }]],
      buttons: { place: 'inline', rows: [[{ text: 'Yes', payload: 'y' }]] },
    },
    {
      name: 'a keyboard that goes away after its use',
      given: { replyMarkup: 'reply', oneTimeKeyboard: true, buttons: [[{ text: 'Yes', callbackData: '' }]] },
      buttons: { place: 'reply', rows: [[{ text: 'Yes' }]], oneTime: true },
    },
    {
      name: 'the end of a keyboard',
      given: { replyMarkup: 'reply', removeKeyboard: true },
      buttons: { place: 'reply', rows: [], removes: true },
    },
    {
      name: 'rows, as for MAX',
      given: {
        chatType: 'max',
        buttons: [
          [
            { type: 'callback', text: 'Yes', payload: 'y', intent: 'positive' },
            { type: 'link', text: 'Shop', url: 'https://shop.example' },
            { type: 'message', text: 'Hello' },
          ],
        ],
      },
      buttons: {
        place: 'inline',
        rows: [[{ text: 'Yes', payload: 'y' }, { text: 'Shop', url: 'https://shop.example' }, { text: 'Hello' }]],
      },
    },
    { name: 'no object', given: undefined, buttons: undefined },
    { name: 'a markup without buttons', given: { replyMarkup: 'inline', buttons: [] }, buttons: undefined },
    { name: 'rows without buttons', given: { buttons: [[], []] }, buttons: undefined },
  ])('$name', ({ given, buttons }) => {
    expect(read(given, readButtons)).toEqual(buttons);
  });

  test.each([
    { name: 'a text', given: 'yes', field: 'buttonsObject' },
    { name: 'another markup', given: { replyMarkup: 'Inline', buttons: [] }, field: 'buttonsObject.replyMarkup' },
    { name: 'a map of buttons', given: { buttons: { text: 'a' } }, field: 'buttonsObject.buttons' },
    { name: 'a word for a boolean', given: { removeKeyboard: 'yes' }, field: 'buttonsObject.removeKeyboard' },
    { name: 'a button without a text', given: { buttons: [{ payload: 'y' }] }, field: 'buttonsObject.buttons.0.text' },
    { name: 'an empty text', given: { buttons: [{ text: '' }] }, field: 'buttonsObject.buttons.0.text' },
    { name: 'a long text in a list', given: [{ text: 'x'.repeat(21) }], field: 'buttonsObject.buttons.0.text' },
    { name: 'another type', given: [{ text: 'a', type: 'url' }], field: 'buttonsObject.buttons.0.type' },
    {
      name: 'a long payload',
      given: [{ text: 'a', payload: 'x'.repeat(257) }],
      field: 'buttonsObject.buttons.0.payload',
    },
    { name: 'a list with a row in it', given: [[{ text: 'a' }], { text: 'b' }], field: 'buttonsObject.buttons.1' },
    { name: 'a long text in a row', given: [[{ text: 'x'.repeat(65) }]], field: 'buttonsObject.buttons.0.0.text' },
    {
      name: 'callback data of more than 64 bytes',
      given: [[{ text: 'a', callbackData: 'я'.repeat(33) }]],
      field: 'buttonsObject.buttons.0.0.callbackData',
    },
    {
      name: 'an inline button that does nothing',
      given: { replyMarkup: 'inline', buttons: [[{ text: 'a' }]] },
      field: 'buttonsObject.buttons.0.0.callbackData',
    },
    {
      name: 'an inline button that does two things',
      given: { replyMarkup: 'inline', buttons: [[{ text: 'a', url: 'https://a.example', callbackData: 'a' }]] },
      field: 'buttonsObject.buttons.0.0.callbackData',
    },
    {
      name: 'an inline button in a list that does nothing',
      given: { replyMarkup: 'inline', buttons: [{ text: 'a', callbackData: 'a' }, { text: 'b' }] },
      field: 'buttonsObject.buttons.1.callbackData',
    },
    { name: 'more than a hundred', given: many(101), field: 'buttonsObject.buttons' },
    { name: 'more than a hundred in a row', given: [many(101)], field: 'buttonsObject.buttons.0' },
    {
      name: 'more than fits into an item of a table',
      given: [many(100).map(({ text }) => ({ text, url: `https://a.example/${'я'.repeat(2000)}` }))],
      field: 'buttonsObject.buttons',
    },
  ])('are refused: $name', ({ given, field }) => {
    expect(read(given, readButtons)).toEqual({ refused: [field] });
  });
});

describe('the payloads of a template', () => {
  test('come in the order of its buttons', () => {
    expect(read({ buttons: [{ payload: 'a' }, { payload: 'b', text: 'B' }] }, readPayloads)).toEqual(['a', 'b']);
    expect(read(undefined, readPayloads)).toEqual([]);
  });

  test('are all there', () => {
    const refused = { refused: ['buttonsObject.buttons.1.payload'] };
    expect(read([{ payload: 'a' }, { text: 'B' }], readPayloads)).toEqual(refused);
  });
});
