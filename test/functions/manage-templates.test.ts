import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { templateGuid } from '#domain/template';
import { openWhatsApp, type WhatsAppWorld } from '#test/functions/whatsapp-world';

let whatsApp: WhatsAppWorld;

beforeEach(async () => {
  whatsApp = await openWhatsApp();
});

afterEach(() => whatsApp.stop());

function list(query = '') {
  const { world } = whatsApp;
  return world.call('GET', `/v3/templates/whatsapp${query}`, { key: world.account.apiKey });
}

async function names(query = ''): Promise<string[]> {
  const { body } = await list(query);
  return (body as { name: string }[]).map(({ name }) => name);
}

describe('the templates of an account', () => {
  test('have the fields of the compatible API, and all channels that can send them', async () => {
    const { world, channelId } = whatsApp;
    const second = await whatsApp.addNumber('100000002');
    const third = await whatsApp.addNumber('100000003');
    const { id } = whatsApp.addTemplate(
      'order',
      [
        { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['17'] } },
        { type: 'BODY', text: 'Dear {{1}}' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://shop.example/{{1}}' }] },
      ],
      { status: 'REJECTED', rejected_reason: 'INVALID_FORMAT', language: 'de' },
    );
    whatsApp.addTemplate('other', [{ type: 'BODY', text: 'Hello' }], { wabaId: '200000002' });
    const { accountId } = world.account;
    const guid = templateGuid(accountId, id);

    const answer = await list();

    expect(answer.status).toBe(200);
    const [order, other] = answer.body as { channels: string[]; waba: object; rejected_reason: string }[];
    expect(order).toEqual({
      templateGuid: guid,
      accountId: expect.any(Number),
      title: 'order',
      name: 'order',
      waba: { wabaId: '200000001', wabaName: expect.stringMatching(/^Number 10000000[12]$/) },
      channels: [channelId, second].sort(),
      category: 'UTILITY',
      language: 'de',
      status: 'rejected',
      rejected_reason: 'INVALID_FORMAT',
      namespace: '',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: ['17'] },
        { type: 'BODY', text: 'Dear {{1}}' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://shop.example/{{1}}' }] },
      ],
      templateCode: `@template: ${guid} { [[1]]; [[1]]; [[1]] }`,
    });
    expect(other).toMatchObject({ channels: [third], waba: { wabaId: '200000002' }, rejected_reason: 'NONE' });
  });

  test('come in pages, ordered by name and language', async () => {
    for (const [name, language] of [
      ['b', 'en'],
      ['a', 'en'],
      ['c', 'en'],
      ['a', 'de'],
    ] as const) {
      whatsApp.addTemplate(name, [{ type: 'BODY', text: 'Hello' }], { language });
    }

    expect(await names()).toEqual(['a', 'a', 'b', 'c']);
    expect(await names('?limit=2')).toEqual(['a', 'a']);
    expect(await names('?limit=2&offset=2&sort=name')).toEqual(['b', 'c']);
    expect(await names('?limit=&offset=')).toHaveLength(4);
    expect(await names('?offset=4')).toEqual([]);
    expect(await list('?limit=-1')).toMatchObject({ status: 400, body: { data: { fields: ['limit'] } } });
  });

  test('are those of channels that are there: none of Telegram, none of a channel that is off or deleted', async () => {
    const { world, channelId } = whatsApp;
    whatsApp.addTemplate('order', [{ type: 'BODY', text: 'Hello' }]);
    expect(await names()).toEqual(['order']);

    const path = `/v1/channels/${channelId}`;
    await world.call('PATCH', path, { key: world.account.apiKey, body: { enabled: false } });
    expect(await names()).toEqual([]);
    await world.call('PATCH', path, { key: world.account.apiKey, body: { enabled: true } });
    expect(await names()).toEqual(['order']);
    await world.call('DELETE', path, { key: world.account.apiKey });
    expect(await names()).toEqual([]);
  });

  test('are asked for once in ten minutes', async () => {
    const asked = () => whatsApp.graph.calls.filter(({ method }) => method === 'GET message_templates').length;
    await list();
    await list();
    await whatsApp.pass(9 * 60_000);
    await list();
    expect(asked()).toBe(1);

    await whatsApp.pass(61_000);
    await list();
    expect(asked()).toBe(2);
  });

  test('of one business are listed although another does not answer, which is told', async () => {
    const third = await whatsApp.addNumber('100000003');
    whatsApp.addTemplate('a', [{ type: 'BODY', text: 'Hello' }]);
    whatsApp.addTemplate('b', [{ type: 'BODY', text: 'Hello' }], { wabaId: '200000002' });
    whatsApp.graph.answerNext('GET message_templates', { status: 503, body: 'no' });

    const answer = await list();

    const [{ name, channels }, ...more] = answer.body as [{ name: string; channels: string[] }];
    expect(more).toEqual([]);
    const missing = name === 'a' ? third : whatsApp.channelId;
    expect(channels).not.toContain(missing);
    expect(answer).toMatchObject({ status: 200, headers: { 'konvert-missing-channels': missing } });
    expect(await names()).toEqual(['a', 'b']);
  });

  test('are 503 with words if nothing answers, and 400 if the credentials are refused', async () => {
    whatsApp.graph.answerNext('GET message_templates', { status: 503, body: 'no' });
    expect(await list()).toMatchObject({
      status: 503,
      body: { error: 'MESSENGER_UNREACHABLE', description: expect.stringContaining('could not be reached') },
    });

    whatsApp.graph.tokens.clear();
    expect(await list()).toMatchObject({ status: 400, body: { error: 'CREDENTIALS_REFUSED' } });
  });
});
