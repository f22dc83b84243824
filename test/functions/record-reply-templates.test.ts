import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { templateGuid } from '#domain/template';
import { startContentHost } from '#test/functions/content-host';
import { openWhatsApp, type WhatsAppWorld } from '#test/functions/whatsapp-world';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let whatsApp: WhatsAppWorld;

beforeEach(async () => {
  whatsApp = await openWhatsApp();
});

afterEach(() => whatsApp.stop());

function guidOf({ id }: { readonly id: string }): string {
  return templateGuid(whatsApp.world.account.accountId, id);
}

/** What Meta got of the last message. */
function taken(): unknown {
  return whatsApp.graph.taken.at(-1)?.body;
}

const order = [
  { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}' },
  { type: 'BODY', text: 'Dear {{1}}, it comes on {{2}}.' },
  { type: 'FOOTER', text: 'The shop' },
  { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes' }] },
];

describe('a template', () => {
  test('is sent by its guid, to somebody who has never written, and shown in words', async () => {
    const template = whatsApp.addTemplate('order', order);

    const answer = await whatsApp.send({
      templateId: guidOf(template),
      templateValues: ['17', 'Ann', 'Monday'],
      buttonsObject: { buttons: [{ payload: 'yes' }] },
    });

    expect(answer.status).toBe(201);
    expect(taken()).toMatchObject({
      type: 'template',
      template: {
        name: 'order',
        language: { code: 'en' },
        components: [
          { type: 'header', parameters: [{ text: '17' }] },
          { type: 'body', parameters: [{ text: 'Ann' }, { text: 'Monday' }] },
          { type: 'button', parameters: [{ payload: 'yes' }] },
        ],
      },
    });
    expect(await whatsApp.history()).toMatchObject([
      {
        type: 'wapi_template',
        text: 'Order 17\n\nDear Ann, it comes on Monday.\n\nThe shop',
        template: { name: 'order', language: 'en' },
        status: 'sent',
      },
    ]);
  });

  test.each([
    { name: 'header', values: ['1'.repeat(55), 'Ann', 'Monday'], error: 'MESSAGES_TOO_LONG_WABA_HEADER' },
    { name: 'body', values: ['17', 'Ann', 'M'.repeat(1004)], error: 'MESSAGES_TOO_LONG_WABA_TEMPLATE' },
  ])('is refused where its $name is too long with the values in it', async ({ values, error }) => {
    const template = whatsApp.addTemplate('order', order);

    const answer = await whatsApp.send({ templateId: guidOf(template), templateValues: values });

    expect(answer).toMatchObject({ status: 400, body: { error, data: { fields: ['templateValues'] } } });
    expect(whatsApp.graph.taken).toEqual([]);
  });

  test('is sent by the line that its list gives', async () => {
    whatsApp.addTemplate('order', order);
    const { world } = whatsApp;
    const listed = await world.call('GET', '/v3/templates/whatsapp', { key: world.account.apiKey });
    const [{ templateCode }] = listed.body as [{ templateCode: string }];

    const answer = await whatsApp.send({ text: templateCode });

    expect(answer.status).toBe(201);
    expect((await whatsApp.history())[0]?.text).toBe('Order 1\n\nDear 1, it comes on 2.\n\nThe shop');
  });

  test('takes a file for its header, or else the example that it was approved with', async () => {
    const host = await startContentHost({ '/a.png': { head: ['200 OK'], body: PNG } });
    const uri = `${host.baseUrl}/a.png`;
    const header = { type: 'HEADER', format: 'IMAGE', example: { header_handle: [uri] } };
    const template = whatsApp.addTemplate('photo', [header, { type: 'BODY', text: 'Look' }]);
    const bare = whatsApp.addTemplate('bare', [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Look' },
    ]);
    const documents = [
      { type: 'HEADER', format: 'DOCUMENT' },
      { type: 'BODY', text: 'Read' },
    ];
    const document = whatsApp.addTemplate('document', documents);
    const greeting = whatsApp.addTemplate('greeting', [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Dear {{1}}' },
    ]);

    for (const fields of [{ templateId: guidOf(template) }, { templateId: guidOf(bare), contentUri: uri }]) {
      expect((await whatsApp.send(fields)).status).toBe(201);
      expect(taken()).toMatchObject({ template: { components: [{ parameters: [{ type: 'image', image: {} }] }] } });
    }
    expect((await whatsApp.history()).at(-1)).toMatchObject({
      text: 'Look',
      media: { mimeType: 'image/png' },
      contentUri: expect.any(String),
    });
    expect(await whatsApp.send({ templateId: guidOf(bare) })).toMatchObject({
      body: { error: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK', data: { fields: ['contentUri'] } },
    });
    expect(await whatsApp.send({ templateId: guidOf(document), contentUri: uri })).toMatchObject({
      body: { error: 'MESSAGE_WRONG_CONTENT_TYPE', data: { fields: ['contentUri'] } },
    });
    const long = { templateId: guidOf(greeting), templateValues: ['x'.repeat(1_020)], contentUri: uri };
    expect(await whatsApp.send(long)).toMatchObject({
      body: { error: 'MESSAGES_TOO_LONG_WABA_TEMPLATE', data: { fields: ['templateValues'] } },
    });
    await host.stop();
  });

  test('is refused with other values than it has variables', async () => {
    const template = whatsApp.addTemplate('order', order);

    for (const templateValues of [undefined, ['17', 'Ann'], ['17', 'Ann', 'Monday', 'more'], ['17', '', 'Monday']]) {
      expect(await whatsApp.send({ templateId: guidOf(template), templateValues })).toMatchObject({
        status: 400,
        body: { error: 'INVALID_MESSAGE_DATA', data: { fields: ['templateValues'] } },
      });
    }
    expect(whatsApp.graph.taken).toEqual([]);
  });

  test('without a file takes none', async () => {
    const template = whatsApp.addTemplate('plain', [{ type: 'BODY', text: 'Hello' }]);

    expect(await whatsApp.send({ templateId: guidOf(template), contentUri: 'https://files.example/a' })).toMatchObject({
      body: { error: 'MESSAGE_WRONG_CONTENT_TYPE', data: { fields: ['contentUri'] } },
    });
  });

  test('that is not approved, or of another business, is refused', async () => {
    const paused = whatsApp.addTemplate('paused', [{ type: 'BODY', text: 'Hello' }], { status: 'PAUSED' });
    const foreign = whatsApp.addTemplate('foreign', [{ type: 'BODY', text: 'Hello' }], { wabaId: '200000002' });

    for (const template of [paused, foreign]) {
      expect(await whatsApp.send({ templateId: guidOf(template) })).toMatchObject({
        status: 400,
        body: { error: 'TEMPLATE_REJECTED', data: { fields: ['templateId'] } },
      });
    }
  });

  test('that was approved a moment ago is found although others are remembered', async () => {
    const known = whatsApp.addTemplate('known', [{ type: 'BODY', text: 'Hello' }]);
    await whatsApp.send({ templateId: guidOf(known) });
    const fresh = whatsApp.addTemplate('fresh', [{ type: 'BODY', text: 'Hello again' }]);

    expect((await whatsApp.send({ templateId: guidOf(fresh) })).status).toBe(400);
    await whatsApp.pass(11_000);

    expect((await whatsApp.send({ templateId: guidOf(fresh) })).status).toBe(201);
  });

  test('is 503 while Meta does not answer, and sent from what is remembered once it was known', async () => {
    const template = whatsApp.addTemplate('plain', [{ type: 'BODY', text: 'Hello' }]);
    const down = () => whatsApp.graph.answerNext('GET message_templates', { status: 503, body: 'no' });
    down();
    const refused = { status: 503, body: { error: 'MESSENGER_UNREACHABLE', description: expect.any(String) } };
    expect(await whatsApp.send({ templateId: guidOf(template) })).toMatchObject(refused);

    expect((await whatsApp.send({ templateId: guidOf(template) })).status).toBe(201);
    await whatsApp.pass(11 * 60_000);
    down();

    expect((await whatsApp.send({ templateId: guidOf(template) })).status).toBe(201);
  });
});

describe('buttons', () => {
  test('leave with the text, and are shown', async () => {
    await whatsApp.writes();

    await whatsApp.send({ text: 'Well?', buttonsObject: { buttons: [{ type: 'text', text: 'Yes', payload: 'y' }] } });

    expect(taken()).toMatchObject({
      type: 'interactive',
      interactive: { body: { text: 'Well?' }, action: { buttons: [{ reply: { id: 'y', title: 'Yes' } }] } },
    });
    expect((await whatsApp.history()).at(-1)).toMatchObject({
      text: 'Well?',
      buttons: [[{ text: 'Yes', payload: 'y' }]],
    });
  });
});

describe('a chat id', () => {
  test.each(['@ann', 'abc', '7900#555', '1234', '7\u0000'])('that can be nobody, %j, is refused', async (chatId) => {
    expect(await whatsApp.send({ chatId, text: 'Hello' })).toMatchObject({
      status: 400,
      body: { error: 'INVALID_MESSAGE_DATA', data: { fields: ['chatId'] } },
    });
    const { world } = whatsApp;
    expect((await world.call('GET', '/v1/chats', { key: world.account.apiKey })).body).toMatchObject({ chats: [] });
  });

  test.each([
    { given: '+7 (900) 111-22-34', chatId: '79001112234' },
    { given: 'US.70412295513308', chatId: 'US.70412295513308' },
    { given: 'US.ENT.90412295513301', chatId: 'US.ENT.90412295513301' },
  ])('of somebody, $given, is that of the chat, $chatId', async ({ given, chatId }) => {
    expect(await whatsApp.send({ chatId: given, text: 'Hello' })).toMatchObject({ status: 201, body: { chatId } });
  });
});
