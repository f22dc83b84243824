import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { templateGuid } from '#domain/template';
import { CLIENT, openWhatsApp, type WhatsAppWorld } from '#test/functions/whatsapp-world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let whatsApp: WhatsAppWorld;

beforeEach(async () => {
  whatsApp = await openWhatsApp();
});

afterEach(() => whatsApp.stop());

/** How many messages Meta was asked to send. */
function calls(): number {
  return whatsApp.graph.calls.filter(({ method }) => method === 'POST messages').length;
}

async function chat(): Promise<unknown> {
  const { world, channelId } = whatsApp;
  return (await world.call('GET', `/v1/chats/${channelId}/whatsapp/${CLIENT}`, { key: world.account.apiKey })).body;
}

describe('a free text', () => {
  test('leaves within 24 hours after the client wrote', async () => {
    await whatsApp.writes();
    await whatsApp.pass(24 * HOUR - MINUTE);

    expect((await whatsApp.send({ text: 'an answer' })).status).toBe(201);

    expect((await whatsApp.history()).at(-1)).toMatchObject({ status: 'sent' });
  });

  test('later is taken, fails in the words of the compatible API without asking Meta, and gives the chat back', async () => {
    await whatsApp.writes();
    await whatsApp.pass(24 * HOUR + 2 * MINUTE);

    expect((await whatsApp.send({ text: 'an answer' })).status).toBe(201);

    expect(calls()).toBe(0);
    expect((await whatsApp.history()).at(-1)).toMatchObject({
      status: 'error',
      error: { error: '24_HOURS_EXCEEDED', description: expect.stringContaining('template') },
    });
    expect(await chat()).toMatchObject({ unanswered: true });
  });

  test('is sent again when the client has written', async () => {
    await whatsApp.writes();
    await whatsApp.pass(25 * HOUR);
    await whatsApp.send({ text: 'an answer' });
    await whatsApp.writes();
    const { world } = whatsApp;

    const [failed] = await world.deliveries('state=failed');
    await world.call('POST', `/v1/deliveries/${failed!.deliveryId}/retry`, { key: world.account.apiKey });
    await world.drain();

    expect((await whatsApp.history()).filter(({ isEcho }) => isEcho)).toMatchObject([{ status: 'sent' }]);
  });

  test.each([
    { name: 'a missed call', duration: 0 },
    { name: 'a call that was answered', duration: 60 },
  ])('leaves after $name too', async ({ duration }) => {
    await whatsApp.writes();
    await whatsApp.pass(25 * HOUR);
    await whatsApp.writes({ type: 'call', call: { event: 'terminate', direction: 'USER_INITIATED', duration } });

    await whatsApp.send({ text: 'an answer' });

    expect((await whatsApp.history()).at(-1)).toMatchObject({ status: 'sent' });
  });

  test('leaves if the client wrote a moment ago and the chat has not heard of it', async () => {
    await whatsApp.writes();
    await whatsApp.pass(25 * HOUR);
    const { world, channelId } = whatsApp;
    world.failing = ({ kind, input }) => kind === 'PutCommand' && input.TableName === 'chats';
    await whatsApp.writes().catch(() => undefined);
    world.failing = undefined;

    const body = { channelId, chatType: 'whatsapp', chatId: CLIENT, text: 'an answer' };
    await world.call('POST', '/v3/message', { key: world.account.apiKey, body });
    await world.drain();

    expect((await whatsApp.history()).at(-1)).toMatchObject({ status: 'sent' });
  });

  test('to somebody who has never written is left to Meta', async () => {
    expect((await whatsApp.send({ text: 'hello' })).status).toBe(201);

    expect(calls()).toBe(1);
  });
});

test('a template leaves at any time', async () => {
  const template = whatsApp.addTemplate('hello', [{ type: 'BODY', text: 'Hello' }]);
  await whatsApp.writes();
  await whatsApp.pass(48 * HOUR);

  await whatsApp.send({ templateId: templateGuid(whatsApp.world.account.accountId, template.id) });

  expect((await whatsApp.history()).at(-1)).toMatchObject({ status: 'sent' });
});
