import { expect } from 'vitest';
import { anyUuid, message, messageOfNumber, type Row, refused, refusedMessage, type Step, sentTo } from '../row.ts';
import { historyHas, metaWasTold } from '../steps.ts';
import { GREETING, ORDER, PICTURE, templates } from '../templates.ts';

const LIST = 'GET /v3/templates/whatsapp';
const POST = 'POST /v3/message';
const LISTED = { ask: LIST, keep: 'listed' };
const FOUR = ['a', 'b', 'c', 'd'].map((name) => ({ ...GREETING, name }));
const named = (...names: string[]) => names.map((name) => expect.objectContaining({ name }));

/** A page of a list of four. */
function page(of: string, query: string, ...names: string[]): Row {
  const given = [templates(...FOUR)];
  return {
    section: '4',
    of,
    says: `${query}: ${names}`,
    given,
    call: LIST + query,
    expect: { status: 200, body: named(...names) },
  };
}

/** A template that is sent with these fields. */
function sends(says: string, fields: object, components: object[], text: string): Row {
  return {
    section: '4',
    of: 'templateCode',
    says,
    given: [templates(ORDER), LISTED],
    call: { ask: POST, body: messageOfNumber({ text: undefined, ...fields }) },
    expect: sentTo('79001112233'),
    afterwards: [
      metaWasTold({ type: 'template', template: { name: 'order', language: { code: 'de' }, components } }),
      historyHas('79001112233', { type: 'wapi_template', text }),
    ],
  };
}

const FILLED = [
  { type: 'header', parameters: [{ text: '17' }] },
  { type: 'body', parameters: [{ text: 'Anna' }, { text: 'Monday' }] },
  { type: 'button', sub_type: 'url', parameters: [{ text: 'o17' }] },
];
const SAID = 'Order 17\n\nDear Anna, it comes on Monday.\n\nDoors & More';
const VALUES = ['17', 'Anna', 'Monday', 'o17'];

const capitalsOfId: Step = async (playing) => {
  const id = String(await playing.named('listed.0.templateGuid')).toUpperCase();
  playing.keep('capitals', { id });
};

/** A template that is refused. */
function refuses(section: string, of: string, says: string, fields: object, expected: Row['expect']): Row {
  const body = messageOfNumber({ text: undefined, ...fields });
  return { section, of, says, given: [templates(ORDER, PICTURE), LISTED], call: { ask: POST, body }, expect: expected };
}

const wrong = (...fields: string[]) => refusedMessage('INVALID_MESSAGE_DATA', { fields }, 'Message data is invalid');
const ORDER_ID = { templateId: '{listed.0.templateGuid}' };
const PICTURE_ID = { templateId: '{listed.1.templateGuid}' };

/** Section 4, and what 3.1 says of templates. */
export const rows: readonly Row[] = [
  { section: '4', says: 'an account without numbers has none', call: LIST, expect: { status: 200, body: [] } },
  {
    section: '4',
    of: [
      'templateGuid',
      'accountId',
      'title',
      'name',
      'waba',
      'channels',
      'category',
      'language',
      'status',
      'rejected_reason',
      'namespace',
      'components',
      'templateCode',
    ],
    says: 'a template has these fields',
    given: [templates(ORDER)],
    call: { ask: LIST, keep: 'listed' },
    expect: {
      status: 200,
      body: [
        {
          templateGuid: anyUuid,
          accountId: expect.any(Number),
          title: 'order',
          name: 'order',
          waba: { wabaId: '{waba}', wabaName: 'Number' },
          channels: ['{number}'],
          category: 'UTILITY',
          language: 'de',
          status: 'approved',
          rejected_reason: 'NONE',
          namespace: expect.any(String),
          components: [
            { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: ['17'] },
            { type: 'BODY', text: 'Dear {{1}}, it comes on {{2}}.', example: ['Anna', 'Monday'] },
            { type: 'FOOTER', text: 'Doors & More' },
            { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://shop.example/{{1}}' }] },
          ],
          templateCode: expect.stringMatching(
            /^@template: [0-9a-f-]{36} \{ \[\[1\]\]; \[\[1\]\]; \[\[2\]\]; \[\[1\]\] \}$/,
          ),
        },
      ],
    },
  },
  ...[
    ['APPROVED', 'approved'],
    ['PENDING', 'pending'],
    ['REJECTED', 'rejected'],
    ['PAUSED', 'paused'],
    ['DISABLED', 'disabled'],
  ].map(
    ([status = '', shown]): Row => ({
      section: '4',
      of: 'status',
      says: `the status ${status} is ${shown}`,
      given: [templates({ ...GREETING, status })],
      call: LIST,
      expect: { status: 200, body: [expect.objectContaining({ status: shown })] },
    }),
  ),
  {
    section: '4',
    of: 'rejected_reason',
    says: 'a rejected template says why',
    given: [templates({ ...GREETING, status: 'REJECTED', rejected_reason: 'INVALID_FORMAT' })],
    call: LIST,
    expect: { status: 200, body: [expect.objectContaining({ rejected_reason: 'INVALID_FORMAT' })] },
  },
  page('limit', '', 'a', 'b', 'c', 'd'),
  page('limit', '?limit=2', 'a', 'b'),
  page('limit', '?limit=', 'a', 'b', 'c', 'd'),
  page('limit', '?limit=0'),
  page('limit', '?limit=5000', 'a', 'b', 'c', 'd'),
  page('offset', '?limit=2&offset=2', 'c', 'd'),
  page('offset', '?offset=3', 'd'),
  page('offset', '?offset=4'),
  page('offset', '/?limit=100&offset=0&sort=name', 'a', 'b', 'c', 'd'),
  {
    section: '4',
    of: 'components',
    says: 'a header is an IMAGE, a DOCUMENT, a VIDEO or a TEXT, and buttons have their types',
    given: [
      templates(
        ...['IMAGE', 'DOCUMENT', 'VIDEO'].map((format) => ({
          ...PICTURE,
          name: format.toLowerCase(),
          components: [
            { type: 'HEADER', format, example: { header_handle: ['https://shop.example/example'] } },
            { type: 'BODY', text: 'Our new doors' },
          ],
        })),
        GREETING,
      ),
    ],
    call: LIST,
    expect: {
      status: 200,
      body: [
        ...['DOCUMENT', undefined, 'IMAGE', 'VIDEO'].map((format) =>
          expect.objectContaining({
            components:
              format === undefined
                ? [
                    { type: 'BODY', text: 'Dear {{1}}', example: ['Anna'] },
                    {
                      type: 'BUTTONS',
                      buttons: [
                        { type: 'QUICK_REPLY', text: 'Yes' },
                        { type: 'QUICK_REPLY', text: 'No' },
                      ],
                    },
                  ]
                : [
                    { type: 'HEADER', format, example: ['https://shop.example/example'] },
                    { type: 'BODY', text: 'Our new doors' },
                  ],
          }),
        ),
      ],
    },
  },
  {
    section: '4',
    of: 'channels',
    says: 'a channel that was switched off has no templates',
    given: [templates(GREETING), { ask: 'PATCH /v1/channels/{number}', body: { enabled: false } }],
    call: LIST,
    expect: { status: 200, body: [] },
  },
  {
    section: '4',
    says: 'if Meta does not answer, that is said and no empty list',
    given: [
      templates(GREETING),
      ({ shop }) => shop.graph.answerNext('GET message_templates', { status: 503, body: 'no' }),
    ],
    call: LIST,
    expect: refused(503, 'MESSENGER_UNREACHABLE'),
  },
  {
    section: '4',
    of: 'limit',
    says: 'limit is a number',
    call: `${LIST}?limit=all`,
    expect: refused(400, 'INVALID_REQUEST', { fields: ['limit'] }),
  },
  {
    section: '4',
    of: 'offset',
    says: 'offset is not less than 0',
    call: `${LIST}?offset=-1`,
    expect: refused(400, 'INVALID_REQUEST', { fields: ['offset'] }),
  },

  sends(
    'a template is sent by its line with the values in it',
    { text: '@template: {listed.0.templateGuid} { [[17]]; [[Anna]]; [[Monday]]; [[o17]] }' },
    FILLED,
    SAID,
  ),
  sends('or by the id and the values', { ...ORDER_ID, templateValues: VALUES }, FILLED, SAID),
  {
    ...sends(
      'an empty text beside the id does not count',
      { ...ORDER_ID, templateValues: VALUES, text: '' },
      FILLED,
      SAID,
    ),
    section: '3.1',
    of: ['templateId', 'templateValues'],
  },
  {
    ...sends('a value may be a number', { ...ORDER_ID, templateValues: [17, 'Anna', 'Monday', 'o17'] }, FILLED, SAID),
    section: '3.1',
    of: 'templateValues',
  },
  {
    ...sends(
      'spaces and lines in the line do not count',
      {
        text: '@template:{listed.0.templateGuid}{[[17]];[[Anna]];\n[[Monday]];[[o17]]}',
      },
      FILLED,
      SAID,
    ),
    section: '3.1',
    of: '@template',
  },
  refuses(
    '3.1',
    'templateId',
    'an unknown template',
    { templateId: '{nobody}' },
    refusedMessage('TEMPLATE_REJECTED', { fields: ['templateId'] }),
  ),
  refuses(
    '3.1',
    '@template',
    'a line with an unknown template',
    { text: '@template: {nobody}' },
    refusedMessage('TEMPLATE_REJECTED', { fields: ['templateId'] }),
  ),
  refuses('3.1', '@template', 'a line that cannot be read', { text: '@template: greeting' }, wrong('text')),
  refuses(
    '3.1',
    'templateId',
    'a text and a template',
    { ...ORDER_ID, text: 'hello', templateValues: VALUES },
    wrong('text', 'templateId'),
  ),
  refuses('3.1', 'templateValues', 'too few values', { ...ORDER_ID, templateValues: ['17'] }, wrong('templateValues')),
  refuses(
    '3.1',
    'templateValues',
    'values without a template',
    { text: 'hello', templateValues: ['17'] },
    wrong('templateId'),
  ),
  {
    section: '3.1',
    of: 'templateId',
    says: 'the letters of the id may be capitals',
    given: [templates(ORDER), LISTED, capitalsOfId],
    call: {
      ask: POST,
      body: messageOfNumber({ text: undefined, templateId: '{capitals.id}', templateValues: VALUES }),
    },
    expect: sentTo('79001112233'),
  },
  {
    section: '3.1',
    of: 'templateId',
    says: 'a template that is not approved',
    given: [templates({ ...GREETING, status: 'PAUSED' }), LISTED],
    call: { ask: POST, body: messageOfNumber({ text: undefined, ...ORDER_ID, templateValues: ['Anna'] }) },
    expect: refusedMessage('TEMPLATE_REJECTED', { fields: ['templateId'] }),
  },
  {
    section: '3.1',
    of: 'templateId',
    says: 'a bot of Telegram has no templates',
    call: { ask: POST, body: message({ text: undefined, templateId: '{nobody}' }) },
    expect: refusedMessage('TEMPLATE_REJECTED', { fields: ['templateId'] }),
  },
  refuses(
    '3.3',
    'WABA template',
    'a template has 1,024 characters with its values',
    { ...ORDER_ID, templateValues: ['17', 'A'.repeat(1_010), 'Monday', 'o17'] },
    refusedMessage('MESSAGES_TOO_LONG_WABA_TEMPLATE', { fields: ['templateValues'] }),
  ),
  refuses(
    '3.3',
    'WABA header',
    'the header of a template has 60',
    { ...ORDER_ID, templateValues: ['1'.repeat(55), 'Anna', 'Monday', 'o17'] },
    refusedMessage('MESSAGES_TOO_LONG_WABA_HEADER', { fields: ['templateValues'] }),
  ),
  refuses(
    '3.1',
    'contentUri',
    'a template with a picture needs one',
    PICTURE_ID,
    refusedMessage('MESSAGES_CONTENT_CAN_NOT_BE_BLANK', { fields: ['contentUri'] }),
  ),
  refuses(
    '3.1',
    'contentUri',
    'and takes it by contentUri',
    { ...PICTURE_ID, contentUri: '{files}/picture.png' },
    sentTo('79001112233'),
  ),
];
