import { describe, expect, test } from 'vitest';

import type { Received } from '#channels/inbound';
import { createWapi } from '#channels/wapi/index';
import { FIELDS, MESSAGES } from '#channels/wapi/kinds';
import { parserOf } from '#test/channels/messages';
import { DANA, DANA_ID, echoed, message, NUMBER_ID, said, TIME, value, webhook } from './webhooks.ts';

const parse = parserOf(createWapi());

/** Matches a `raw` that holds this as JSON. */
function raw(kept: unknown): unknown {
  return expect.toSatisfy((text: string) => JSON.stringify(JSON.parse(text)) === JSON.stringify(kept), 'the raw JSON');
}

const file = { id: '901177', mime_type: 'image/jpeg', sha256: 'q83vEjRWeJA=', url: 'https://lookaside.example/x' };
const sha256 = { sha256: 'q83vEjRWeJA=' };
const media = { fileId: '901177', mimeType: 'image/jpeg' };
const context = { from: '12025550100', id: 'wamid.OUT18==' };
const quoted = { providerId: 'wamid.OUT18==' };

interface Row {
  readonly name: string;
  readonly fields: Record<string, unknown>;
  readonly content: Record<string, unknown>;
  readonly opens?: boolean;
}

const ROWS: readonly Row[] = [
  {
    name: 'a text',
    fields: { type: 'text', text: { body: 'Café open today?' } },
    content: { type: 'text', text: 'Café open today?' },
  },
  {
    name: 'a text without words: kept whole',
    fields: { type: 'text', text: {} },
    content: { type: 'unknown', kind: 'text' },
  },
  {
    name: 'an image with a caption',
    fields: { type: 'image', image: { ...file, caption: 'this one' } },
    content: { type: 'image', text: 'this one', media, raw: raw({ image: sha256 }) },
  },
  {
    name: 'a video',
    fields: { type: 'video', video: { ...file, mime_type: 'video/mp4' } },
    content: { type: 'video', media: { fileId: '901177', mimeType: 'video/mp4' }, raw: raw({ video: sha256 }) },
  },
  {
    name: 'a piece of sound',
    fields: { type: 'audio', audio: { ...file, mime_type: 'audio/mpeg', voice: false } },
    content: { type: 'audio', media: { fileId: '901177', mimeType: 'audio/mpeg' }, raw: raw({ audio: sha256 }) },
  },
  {
    name: 'a voice message',
    fields: { type: 'audio', audio: { ...file, mime_type: 'audio/ogg; codecs=opus', voice: true } },
    content: {
      type: 'audio',
      kind: 'voice',
      media: { fileId: '901177', mimeType: 'audio/ogg; codecs=opus' },
      raw: raw({ audio: sha256 }),
    },
  },
  {
    name: 'a document with a name, and a size if it is told',
    fields: {
      type: 'document',
      document: { ...file, mime_type: 'application/pdf', filename: 'act.pdf', file_size: 9100 },
    },
    content: {
      type: 'document',
      media: { fileId: '901177', name: 'act.pdf', mimeType: 'application/pdf', size: 9100 },
      raw: raw({ document: sha256 }),
    },
  },
  {
    name: 'a sticker that moves',
    fields: { type: 'sticker', sticker: { ...file, mime_type: 'image/webp', animated: true } },
    content: {
      type: 'image',
      kind: 'sticker',
      media: { fileId: '901177', mimeType: 'image/webp' },
      raw: raw({ sticker: { ...sha256, animated: true } }),
    },
  },
  {
    name: 'a file that is too large: why it did not come',
    fields: {
      type: 'video',
      video: { mime_type: 'video/mp4' },
      errors: [
        { code: 131052, title: 'Media download error', error_data: { details: 'The file is larger than 100 MB' } },
      ],
    },
    content: {
      type: 'video',
      text: 'The file is larger than 100 MB',
      media: { mimeType: 'video/mp4' },
      raw: expect.stringContaining('131052'),
    },
  },
  {
    name: 'a place with a name',
    fields: {
      type: 'location',
      location: {
        latitude: 43.2389,
        longitude: '76.8897',
        name: 'Depot 4',
        address: '12 Abay Ave',
        url: 'https://d4.example',
      },
    },
    content: {
      type: 'geo',
      text: 'Depot 4\n12 Abay Ave\nhttps://d4.example',
      location: { latitude: 43.2389, longitude: 76.8897, title: 'Depot 4', address: '12 Abay Ave' },
    },
  },
  {
    name: 'a place that is nowhere: kept whole',
    fields: { type: 'location', location: { latitude: 'north', longitude: 1e9 } },
    content: { type: 'geo', raw: raw({ location: { latitude: 'north', longitude: 1e9 } }) },
  },
  {
    name: 'a card of somebody',
    fields: {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Ilya R.', first_name: 'Ilya' },
          phones: [{ phone: '+1 202 555-0199', type: 'CELL', wa_id: '12025550199' }],
          emails: [{ email: 'ilya@example.com' }],
          org: { company: 'Depot 4' },
        },
      ],
    },
    content: {
      type: 'vcard',
      text: 'Ilya R., +1 202 555-0199, ilya@example.com, Depot 4',
      vcards: [{ name: 'Ilya R.', phone: '+1 202 555-0199' }],
      raw: expect.stringContaining('formatted_name'),
    },
  },
  {
    name: 'the sender’s own card, as a vCard',
    fields: {
      type: 'contacts',
      contacts: [{ origin: 'other', vcard: 'BEGIN:VCARD\nEND:VCARD', phones: [{ phone: '+1 202', wa_id: DANA }] }],
    },
    content: {
      type: 'vcard',
      text: '+1 202',
      vcards: [{ phone: '+1 202', isSender: true, text: 'BEGIN:VCARD\nEND:VCARD' }],
      raw: expect.any(String),
    },
  },
  {
    name: 'the button of a template',
    fields: { type: 'button', context, button: { payload: 'yes-1', text: 'Yes' } },
    content: {
      type: 'text',
      kind: 'button',
      text: 'Yes',
      pressed: 'yes-1',
      quoted,
      raw: raw({ button: { payload: 'yes-1', text: 'Yes' } }),
    },
  },
  {
    name: 'a button of a message',
    fields: {
      type: 'interactive',
      context,
      interactive: { type: 'button_reply', button_reply: { id: 'confirm', title: 'Confirm' } },
    },
    content: {
      type: 'text',
      kind: 'button',
      text: 'Confirm',
      pressed: 'confirm',
      quoted,
      raw: expect.stringContaining('confirm'),
    },
  },
  {
    name: 'a row of a list',
    fields: {
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Tuesday', description: '10 to 12' } },
    },
    content: {
      type: 'text',
      kind: 'list',
      text: 'Tuesday\n10 to 12',
      pressed: 'r1',
      raw: expect.stringContaining('r1'),
    },
  },
  {
    name: 'a form: a line for each field, without its token',
    fields: {
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: {
          name: 'flow',
          body: 'Sent',
          response_json:
            '{"size":"M","count":2,"gift":true,"colours":["red","blue"],"to":{"city":"Almaty","floor":8},"flow_token":"t1"}',
        },
      },
    },
    content: {
      type: 'text',
      kind: 'form',
      text: 'size: M\ncount: 2\ngift: true\ncolours: red, blue\nto: Almaty, 8',
      raw: expect.stringContaining('flow_token'),
    },
  },
  {
    name: 'a form that is no JSON',
    fields: {
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { body: 'Sent', response_json: '{' } },
    },
    content: { type: 'text', kind: 'form', text: 'Sent', raw: expect.any(String) },
  },
  {
    name: 'an address, as WhatsApp shows it',
    fields: {
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'address_message', body: 'Dana K.\n12 Abay Ave', response_json: '{"values":{"floor":"8"}}' },
      },
    },
    content: { type: 'text', kind: 'form', text: 'Dana K.\n12 Abay Ave', raw: expect.any(String) },
  },
  {
    name: 'calls that were allowed',
    fields: {
      type: 'interactive',
      interactive: {
        type: 'call_permission_reply',
        call_permission_reply: { response: 'accept', response_source: 'user_action' },
      },
    },
    content: { type: 'text', kind: 'call_permission', text: 'Calls allowed', raw: expect.any(String) },
  },
  {
    name: 'calls that were allowed by a call',
    fields: {
      type: 'interactive',
      interactive: {
        type: 'call_permission_reply',
        call_permission_reply: { response: 'accept', response_source: 'automatic' },
      },
    },
    content: { type: 'system', kind: 'call_permission', text: 'Calls allowed', raw: expect.any(String) },
    opens: false,
  },
  {
    name: 'an answer of a later kind',
    fields: { type: 'interactive', interactive: { type: 'hologram_reply', hologram_reply: { id: 'h' } } },
    content: { type: 'unknown', kind: 'interactive', raw: expect.stringContaining('hologram_reply') },
  },
  {
    name: 'an order',
    fields: {
      type: 'order',
      order: {
        catalog_id: '77',
        text: 'by Friday',
        product_items: [
          { product_retailer_id: 'CHAIR-1', quantity: 2, item_price: 49.5, currency: 'USD' },
          { product_retailer_id: 'TABLE-2', quantity: 1 },
        ],
      },
    },
    content: {
      type: 'text',
      kind: 'order',
      text: 'by Friday\n2 × CHAIR-1, 49.5 USD\n1 × TABLE-2',
      raw: expect.stringContaining('catalog_id'),
    },
  },
  {
    name: 'a question about a product',
    fields: {
      type: 'text',
      text: { body: 'Is it there?' },
      context: { from: '12025550100', referred_product: { catalog_id: '77', product_retailer_id: 'CHAIR-1' } },
    },
    content: { type: 'text', text: 'Is it there?\nProduct: CHAIR-1', raw: expect.stringContaining('catalog_id') },
  },
  {
    name: 'a message that came by an advertisement',
    fields: {
      type: 'text',
      text: { body: 'Hello!' },
      referral: {
        source_url: 'https://fb.me/3x',
        source_id: '120208',
        source_type: 'ad',
        headline: 'Chairs',
        ctwa_clid: 'ARAk',
      },
    },
    content: {
      type: 'text',
      text: 'Hello!\nAd: Chairs https://fb.me/3x',
      referral: '120208',
      raw: expect.stringContaining('ARAk'),
    },
  },
  {
    name: 'a reply',
    fields: { type: 'text', text: { body: 'about this' }, context },
    content: { type: 'text', text: 'about this', quoted },
  },
  {
    name: 'a message that was passed on',
    fields: { type: 'text', text: { body: 'fwd' }, context: { forwarded: true } },
    content: { type: 'text', text: 'fwd', forwarded: {} },
  },
  {
    name: 'a message that was passed on often',
    fields: { type: 'text', text: { body: 'fwd' }, context: { frequently_forwarded: true } },
    content: { type: 'text', text: 'fwd', forwarded: {}, raw: raw({ context: { frequently_forwarded: true } }) },
  },
  {
    name: 'a poll, which is not handed over',
    fields: {
      type: 'unsupported',
      errors: [{ code: 131051, title: 'Message type unknown', error_data: { details: 'not supported' } }],
      unsupported: { type: 'poll_creation' },
    },
    content: { type: 'unsupported', kind: 'poll_creation', raw: expect.stringContaining('131051') },
  },
  {
    name: 'a message that is not available now',
    fields: { type: 'unsupported', errors: [{ code: 131060, error_data: { details: 'Ask them to send it again' } }] },
    content: { type: 'unsupported', text: 'Ask them to send it again', raw: expect.any(String) },
  },
  {
    name: 'an edit, as it is told for now',
    fields: { type: 'unsupported', unsupported: { type: 'edit' } },
    content: { type: 'unsupported', kind: 'edit' },
    opens: false,
  },
  {
    name: 'a message of the kind that older servers send',
    fields: { type: 'unknown', errors: [{ code: 501, title: 'Unknown message type', details: 'no' }] },
    content: { type: 'unsupported', text: 'Unknown message type', raw: expect.any(String) },
  },
  {
    name: 'another security code',
    fields: {
      type: 'system',
      system: { type: 'customer_identity_changed', body: 'Dana’s code changed', identity: 'x' },
    },
    content: {
      type: 'system',
      kind: 'customer_identity_changed',
      text: 'Dana’s code changed',
      raw: expect.stringContaining('identity'),
    },
    opens: false,
  },
  {
    name: 'a chat that was opened, without a word',
    fields: { type: 'request_welcome' },
    content: { type: 'system', kind: 'request_welcome' },
    opens: false,
  },
  {
    name: 'a kind that Meta adds later: kept whole',
    fields: { type: 'hologram', hologram: { id: 'h1' } },
    content: { type: 'unknown', kind: 'hologram', raw: raw({ hologram: { id: 'h1' } }) },
  },
  {
    name: 'a message without a kind',
    fields: { note: 'x' },
    content: { type: 'unknown', raw: raw({ note: 'x' }) },
  },
];

describe('U6 what each kind of message says, and whether it opens the chat', () => {
  test.each(ROWS)('$name', ({ fields, content, opens = true }) => {
    const body = said(fields);

    expect(parse(body)).toEqual([
      {
        kind: 'client',
        account: NUMBER_ID,
        ids: [
          { chatType: 'whatsapp', chatId: DANA },
          { chatType: 'whatsapp', chatId: DANA_ID },
        ],
        providerId: 'wamid.M01==',
        time: TIME * 1000,
        opens,
        author: { id: DANA, name: 'Dana K.' },
        content,
      },
    ]);
    expect(parse(structuredClone(body))).toEqual(parse(body));
  });

  test.each(ROWS)('$name says the same if the team sent it, and opens nothing', ({ fields, content }) => {
    const [received] = parse(echoed(fields));

    expect(received).toMatchObject({ kind: 'echo', opens: false, ids: [{ chatId: DANA }, { chatId: DANA_ID }] });
    const { vcards: _, ...said } = content;
    expect((received as { content: unknown }).content).toMatchObject(said);
  });

  test('the table names every kind', () => {
    const tested = new Set(ROWS.map(({ fields }) => fields.type));
    // Changes of other messages, the placeholders of imports and what only programs send have tests of their own.
    const elsewhere = ['edit', 'revoke', 'reaction', 'media_placeholder', 'template'];

    expect(
      Object.keys(MESSAGES)
        .filter((type) => !tested.has(type))
        .toSorted(),
    ).toEqual(elsewhere.toSorted());
  });
});

describe('a field of no interest is ignored, by its name', () => {
  test.each(Object.keys(FIELDS).filter((field) => FIELDS[field] === 'ignored'))('%s', (field) => {
    expect(parse(webhook(field, value({ anything: [{ of: 'it' }] })))).toEqual([{ kind: 'ignored', reason: field }]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a field of a later version', webhook('holograms', { of: 'it' }), 'unknown-field'],
    ['a field that every object has', webhook('constructor', { of: 'it' }), 'unknown-field'],
    ['a list of a later version', webhook('messages', value({ user_actions: [{}] })), 'nothing-known'],
    ['another product of Meta’s', { ...webhook('messages', value({})), object: 'instagram' }, 'other-product'],
    [
      'an error of the number',
      webhook('messages', value({ errors: [{ code: 130429, title: 'Rate limit hit' }] })),
      'error-130429',
    ],
    ['a group', said({ group_id: 'R3JvdXA', type: 'text', text: { body: 'hi all' } }), 'group'],
    ['a message without an id', said({ id: undefined, type: 'text', text: { body: 'a' } }), 'no-message-id'],
    ['a message that is none', webhook('messages', value({ messages: ['a'] })), 'unreadable-message'],
  ])('%s', (_name, body, reason) => {
    expect(parse(body)).toEqual([{ kind: 'ignored', reason }]);
  });
});

test('an item that cannot be read loses no other', () => {
  const text = (id: string) => message({ id, type: 'text', text: { body: id } });
  const broken = [null, 5, 'a', [], {}, { id: 7 }, { id: 'wamid.B==', timestamp: {} }];
  const body = webhook(
    'messages',
    value({
      contacts: broken,
      messages: [...broken, text('wamid.1=='), ...broken, text('wamid.2==')],
      statuses: [...broken, { id: 'wamid.3==', status: 'read', timestamp: String(TIME) }],
      calls: broken,
      errors: broken,
      message_echoes: broken,
    }),
  );

  const read = parse(body).filter(({ kind }) => kind !== 'ignored') as (Received & { providerId?: string })[];

  expect(read.map(({ kind, providerId }) => [kind, providerId])).toEqual([
    ['client', 'wamid.1=='],
    ['client', 'wamid.2=='],
    ['receipt', undefined],
  ]);
});
