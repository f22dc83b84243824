import { message, messageOfNumber, type Row, refusedMessage, type Step, sentTo } from '../row.ts';
import { clientWritesToNumber, eventCame, historyHas, metaWasTold, subscribed, telegramWasTold } from '../steps.ts';
import { GREETING, templates } from '../templates.ts';

const POST = 'POST /v3/message';

function wrong(...fields: string[]) {
  return refusedMessage('INVALID_MESSAGE_DATA', { fields }, 'Message data is invalid');
}

/** Buttons that Telegram's client gets as `reply_markup`. */
function keyboard(of: string | string[], says: string, buttonsObject: unknown, reply_markup: object): Row {
  return {
    section: '3.8',
    of,
    says,
    call: { ask: POST, body: message({ text: 'Choose', buttonsObject }) },
    expect: sentTo(),
    afterwards: [telegramWasTold('sendMessage', { text: 'Choose', reply_markup })],
  };
}

function refusedKeyboard(of: string, says: string, buttonsObject: unknown, ...fields: string[]): Row {
  return {
    section: '3.8',
    of,
    says,
    call: { ask: POST, body: message({ text: 'Choose', buttonsObject }) },
    expect: wrong(...fields),
  };
}

/** Buttons that WhatsApp's client gets as `interactive`. */
function interactive(of: string, says: string, buttonsObject: unknown, action: object): Row {
  return {
    section: '3.8',
    of,
    says,
    given: [clientWritesToNumber('hello')],
    call: { ask: POST, body: messageOfNumber({ text: 'Choose', buttonsObject }) },
    expect: sentTo('79001112233'),
    afterwards: [metaWasTold({ type: 'interactive', interactive: { body: { text: 'Choose' }, action } })],
  };
}

function refusedInteractive(of: string, says: string, buttonsObject: unknown, ...fields: string[]): Row {
  return {
    section: '3.8',
    of,
    says,
    call: { ask: POST, body: messageOfNumber({ text: 'Choose', buttonsObject }) },
    expect: wrong(...fields),
  };
}

const TEN = Array.from({ length: 10 }, (_, index) => ({ text: `Button ${index}`, payload: `p${index}` }));
const ROWS = TEN.map(({ text, payload }) => ({ title: text, id: payload }));

const telegramPress: Step = ({ telegramReports }) =>
  telegramReports({
    callback_query: {
      id: '1',
      from: { id: 501, is_bot: false, first_name: 'Anna' },
      chat_instance: '1',
      data: 'y',
      message: {
        message_id: 7,
        date: Math.floor(Date.now() / 1000),
        chat: { id: 501, type: 'private', first_name: 'Anna' },
        reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
      },
    },
  });

const ofNumbers: readonly Row[] = [
  interactive(
    'WABA: payload',
    'a button gives back its payload',
    { buttons: [{ text: 'Yes', type: 'text', payload: 'y' }] },
    { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
  ),
  interactive(
    'WABA: payload',
    'one without a payload its number, counted from 0',
    { buttons: [{ text: 'Yes' }, { text: 'No' }] },
    { buttons: [{ reply: { id: '0', title: 'Yes' } }, { reply: { id: '1', title: 'No' } }] },
  ),
  interactive('WABA: ten at most', 'more than three are a list', { buttons: TEN }, { sections: [{ rows: ROWS }] }),
  interactive(
    'WABA: ten at most',
    'extra ones are dropped silently',
    { buttons: [...TEN, { text: 'One more, of which the text is too long' }, { text: 'And one more' }] },
    { sections: [{ rows: ROWS }] },
  ),
  interactive(
    'WABA: 20 characters',
    'a text has up to 20 characters',
    { buttons: [{ text: 'a'.repeat(20), payload: 'y' }] },
    { buttons: [{ reply: { id: 'y', title: 'a'.repeat(20) } }] },
  ),
  refusedInteractive(
    'WABA: 20 characters',
    'and no more than 20',
    { buttons: [{ text: 'Yes' }, { text: 'a'.repeat(21) }] },
    'buttonsObject.buttons.1.text',
  ),
  refusedInteractive(
    'WABA: 20 characters',
    'nor less than one',
    { buttons: [{ text: '', payload: 'y' }] },
    'buttonsObject.buttons.0.text',
  ),
  refusedInteractive(
    'WABA: type',
    'the only type is text',
    { buttons: [{ text: 'Yes', type: 'phone' }] },
    'buttonsObject.buttons.0.type',
  ),
  interactive('bare array', 'one SDK sends the list without the object around it', [{ text: 'Yes', payload: 'y' }], {
    buttons: [{ reply: { id: 'y', title: 'Yes' } }],
  }),
  {
    section: '3.8',
    of: 'template: payload',
    says: 'the buttons of a template have payloads only',
    given: [templates(GREETING), { ask: 'GET /v3/templates/whatsapp', keep: 'listed' }],
    call: {
      ask: POST,
      body: messageOfNumber({
        text: undefined,
        templateId: '{listed.0.templateGuid}',
        templateValues: ['Anna'],
        buttonsObject: { buttons: [{ payload: 'y' }, { payload: 'n' }] },
      }),
    },
    expect: sentTo('79001112233'),
    afterwards: [
      metaWasTold({
        type: 'template',
        template: {
          components: [
            { type: 'body' },
            { type: 'button', sub_type: 'quick_reply', parameters: [{ payload: 'y' }] },
            { type: 'button', sub_type: 'quick_reply', parameters: [{ payload: 'n' }] },
          ],
        },
      }),
    ],
  },
  {
    section: '3.8',
    of: 'pressed with payload',
    says: 'a pressed button is an ordinary message of the client',
    given: [
      clientWritesToNumber('', {
        type: 'interactive',
        text: undefined,
        interactive: { type: 'button_reply', button_reply: { id: 'y', title: 'Yes' } },
      }),
    ],
    call: 'GET /v1/chats/{number}/whatsapp/79001112233',
    expect: { status: 200 },
    afterwards: [
      historyHas('79001112233', {
        type: 'text',
        text: 'Yes',
        status: 'inbound',
        pressed: { text: 'Yes', payload: 'y' },
      }),
    ],
  },
];

const ofBots: readonly Row[] = [
  keyboard(
    ['replyMarkup inline', 'rows', 'callbackData'],
    'inline buttons stand in rows below the message',
    {
      replyMarkup: 'inline',
      buttons: [
        [
          { text: 'Yes', callbackData: 'y' },
          { text: 'No', callbackData: 'n' },
        ],
        [{ text: 'Later', callbackData: 'l' }],
      ],
    },
    {
      inline_keyboard: [
        [
          { text: 'Yes', callback_data: 'y' },
          { text: 'No', callback_data: 'n' },
        ],
        [{ text: 'Later', callback_data: 'l' }],
      ],
    },
  ),
  keyboard(
    'url',
    'a button opens an address',
    { replyMarkup: 'inline', buttons: [[{ text: 'Shop', url: 'https://shop.example/' }]] },
    { inline_keyboard: [[{ text: 'Shop', url: 'https://shop.example/' }]] },
  ),
  keyboard(
    'replyMarkup reply',
    'reply buttons stand in the place of the keys',
    { replyMarkup: 'reply', buttons: [[{ text: 'Yes' }, { text: 'No' }]] },
    { keyboard: [[{ text: 'Yes' }, { text: 'No' }]] },
  ),
  keyboard(
    'rows',
    'a list without rows has a button in each row',
    {
      replyMarkup: 'inline',
      buttons: [
        { text: 'Yes', callbackData: 'y' },
        { text: 'Shop', url: 'https://shop.example/' },
      ],
    },
    {
      inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }], [{ text: 'Shop', url: 'https://shop.example/' }]],
    },
  ),
  keyboard(
    'rows',
    'a list of texts for reply, too',
    { replyMarkup: 'reply', buttons: [{ text: 'Yes' }, { text: 'No' }] },
    { keyboard: [[{ text: 'Yes' }], [{ text: 'No' }]] },
  ),
  refusedKeyboard(
    'url',
    'an address is one of the web or of Telegram',
    { replyMarkup: 'inline', buttons: [[{ text: 'Shop', url: 'javascript:alert(1)' }]] },
    'buttonsObject',
  ),
  keyboard(
    'oneTimeKeyboard',
    'a reply keyboard may fold after use',
    { replyMarkup: 'reply', buttons: [[{ text: 'Yes' }]], oneTimeKeyboard: true },
    { keyboard: [[{ text: 'Yes' }]], one_time_keyboard: true },
  ),
  {
    ...keyboard(
      'oneTimeKeyboard',
      'it means nothing for inline buttons',
      { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: 'y' }]], oneTimeKeyboard: true },
      { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
    ),
  },
  keyboard(
    'removeKeyboard',
    'an earlier reply keyboard is removed',
    { removeKeyboard: true },
    { remove_keyboard: true },
  ),
  keyboard(
    'removeKeyboard',
    'so it is with an empty list beside it',
    { replyMarkup: 'reply', buttons: [], removeKeyboard: true },
    { remove_keyboard: true },
  ),
  keyboard(
    'removeKeyboard',
    'false removes nothing',
    { replyMarkup: 'reply', buttons: [[{ text: 'Yes' }]], removeKeyboard: false },
    { keyboard: [[{ text: 'Yes' }]] },
  ),
  keyboard(
    'Telegram: 64 characters',
    'a text has up to 64 characters',
    { replyMarkup: 'inline', buttons: [[{ text: 'ж'.repeat(64), callbackData: 'y' }]] },
    { inline_keyboard: [[{ text: 'ж'.repeat(64) }]] },
  ),
  refusedKeyboard(
    'Telegram: 64 characters',
    'and no more',
    { replyMarkup: 'inline', buttons: [[{ text: 'a'.repeat(65), callbackData: 'y' }]] },
    'buttonsObject.buttons.0.0.text',
  ),
  keyboard(
    'callbackData',
    'callbackData has 1 to 64 bytes',
    { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: 'ж'.repeat(32) }]] },
    { inline_keyboard: [[{ text: 'Yes', callback_data: 'ж'.repeat(32) }]] },
  ),
  refusedKeyboard(
    'callbackData',
    'bytes, not characters',
    { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: 'ж'.repeat(33) }]] },
    'buttonsObject.buttons.0.0.callbackData',
  ),
  refusedKeyboard(
    'callbackData',
    'an empty one is none',
    { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: '' }]] },
    'buttonsObject.buttons.0.0.callbackData',
  ),
  refusedKeyboard(
    'one of the two',
    'an inline button without an address and without data',
    { replyMarkup: 'inline', buttons: [[{ text: 'Yes' }]] },
    'buttonsObject.buttons.0.0.callbackData',
  ),
  refusedKeyboard(
    'one of the two',
    'an inline button with both',
    { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: 'y', url: 'https://shop.example/' }]] },
    'buttonsObject.buttons.0.0.callbackData',
  ),
  refusedKeyboard(
    'replyMarkup inline',
    'replyMarkup is inline or reply',
    { replyMarkup: 'below', buttons: [[{ text: 'Yes', callbackData: 'y' }]] },
    'buttonsObject.replyMarkup',
  ),
  refusedKeyboard(
    'rows',
    'a row is a list',
    { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: 'y' }], { text: 'No' }] },
    'buttonsObject.buttons.1',
  ),
  keyboard('bare array', 'rows without the object around them are inline', [[{ text: 'Yes', callbackData: 'y' }]], {
    inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]],
  }),
  keyboard(
    'MAX',
    'buttons in MAX’s words are read, too',
    { chatType: 'max', buttons: [[{ type: 'callback', text: 'Yes', payload: 'y', intent: 'positive' }]] },
    { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
  ),
  {
    section: '3.8',
    of: ['pressed with payload', 'pressed without payload'],
    says: 'a press in Telegram is an ordinary message of the client',
    given: [telegramPress],
    call: 'GET /v1/chats/{bot}/telegram/501',
    expect: { status: 200 },
    afterwards: [historyHas('501', { type: 'text', text: 'Yes', status: 'inbound', pressed: { payload: 'y' } })],
  },
];

/** What the CRM is told of a pressed button. */
function told(of: string, says: string, press: Step, text: string, label: string): Row {
  return {
    section: '3.8',
    of,
    says,
    given: [subscribed, press],
    call: 'GET /v3/webhooks',
    expect: { status: 200 },
    afterwards: [
      eventCame({
        messages: [{ type: 'text', isEcho: false, status: 'inbound', text, pressed: { text: label, payload: text } }],
      }),
    ],
  };
}

const interactivePress = (id: string, title: string): Step =>
  clientWritesToNumber('', {
    type: 'interactive',
    text: undefined,
    interactive: { type: 'button_reply', button_reply: { id, title } },
  });
const templatePress = (payload: string, text: string): Step =>
  clientWritesToNumber('', { type: 'button', text: undefined, button: { payload, text } });

const presses: readonly Row[] = [
  told('pressed with payload', 'the payload of a button of WABA comes back', interactivePress('y', 'Yes'), 'y', 'Yes'),
  told('pressed with payload', 'so does that of a template', templatePress('pay-17', 'Pay'), 'pay-17', 'Pay'),
  told(
    'pressed without payload',
    'a button of WABA without a payload gives its number, counted from 0',
    interactivePress('1', 'No'),
    '1',
    'No',
  ),
  told('pressed without payload', 'a button of a template its text', templatePress('Pay', 'Pay'), 'Pay', 'Pay'),
  told('pressed with payload', 'the callbackData of a Telegram bot comes back', telegramPress, 'y', 'Yes'),
];

/** Section 3.8. */
export const rows: readonly Row[] = [...ofNumbers, ...ofBots, ...presses];
