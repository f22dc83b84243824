import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Keyboard, type MessageContext, type MessageEventContext, VK } from 'vk-io';
import type { OutgoingContent } from '#channels/outbound';
import { createVk } from '#channels/vk/index';
import { startVk, type VkDouble } from '#test/doubles/vk';
import { PATIENCE_MS } from '#test/patience';
import { credentialsOf, fileOf, toPerson } from './outgoing.ts';

// A client of VK by somebody else speaks to the double. What it sends is taken, what it reads is right, and what our
// adapter sends is the same. https://github.com/negezor/vk-io

const ANNA = 30020010;
const SECRET = 'judge-secret';

let api: VkDouble;
let judge: VK;
const { outbound, setup } = createVk();

beforeEach(async () => {
  api = await startVk();
  api.person({ id: ANNA });
  judge = new VK({
    token: api.token,
    apiBaseUrl: `${api.baseUrl}/method`,
    apiVersion: '5.199',
    // Its own one is for https only.
    agent: new Agent() as never,
    apiLimit: 20,
    apiRetryLimit: 0,
    pollingGroupId: api.groupId,
    webhookSecret: SECRET,
    webhookConfirmation: api.confirmation.code,
  });
});

afterEach(() => api.stop());

/** What was sent, without what differs each time. */
const taken = (at: number) => {
  const { text, attachments, keyboard, forward } = api.messages.at(at)!;
  const kinds = attachments.map((one) => one.replace(/\d+(_\w+)?$/, ''));
  const files = attachments.map((one) => api.saved.get(one));
  return { text, kinds, files, keyboard, forward };
};

/** Both send, and VK takes the same from both. */
async function expectSame(theirs: () => Promise<unknown>, ours: OutgoingContent, more = {}): Promise<void> {
  const before = api.messages.length;
  await theirs();

  const message = toPerson(String(ANNA), ours, more);
  const sent = await outbound.send(credentialsOf(api), message, AbortSignal.timeout(PATIENCE_MS));

  expect(sent).toMatchObject({ kind: 'sent', providerId: String(api.messages.at(-1)?.cmid) });
  expect(api.messages).toHaveLength(before + 2);
  expect(taken(-1)).toEqual(taken(-2));
}

const send = (fields: object) => judge.api.messages.send({ peer_ids: [ANNA], random_id: 5, ...fields });

describe('what it sends is taken, and is what our adapter sends', () => {
  test('a text', () => expectSame(() => send({ message: 'Café?' }), { type: 'text', text: 'Café?' }));

  test('a quote', () => {
    const asked = api.writes(api.person({ id: ANNA }), 'When?');
    const forward = JSON.stringify({ peer_id: ANNA, conversation_message_ids: [asked], is_reply: 1 });
    return expectSame(
      () => send({ message: 'Today', forward }),
      { type: 'text', text: 'Today' },
      { quotes: String(asked) },
    );
  });

  test('buttons below a message', () => {
    const keyboard = Keyboard.builder()
      .callbackButton({ label: 'Yes', payload: { t: 'Yes', p: 'y' } })
      .row()
      .urlButton({ label: 'Shop', url: 'https://shop.example' })
      .inline();
    // It fills in a color and an empty payload, which VK takes as well.
    const plain = JSON.parse(String(keyboard), (key, value) => (key === 'color' ? undefined : value));
    for (const { action } of plain.buttons.flat()) if (action.type === 'open_link') delete action.payload;
    return expectSame(
      () => send({ message: 'Choose', keyboard: JSON.stringify({ inline: true, buttons: plain.buttons }) }),
      {
        type: 'text',
        text: 'Choose',
        buttons: {
          place: 'inline',
          rows: [[{ text: 'Yes', payload: 'y' }], [{ text: 'Shop', url: 'https://shop.example' }]],
        },
      },
    );
  });

  test('its own keyboard as it is', async () => {
    const keyboard = Keyboard.builder()
      .textButton({ label: 'Yes', payload: { a: 1 } })
      .oneTime();
    await send({ message: 'Choose', keyboard });

    expect(api.messages.at(-1)?.keyboard).toMatchObject({ one_time: true });
  });

  test('a picture', () => {
    const bytes = Buffer.from('png');
    const source = { values: [{ value: bytes, filename: 'a.png', contentType: 'image/png' }] };
    return expectSame(
      async () => send({ attachment: String(await judge.upload.messagePhoto({ peer_id: ANNA, source })) }),
      { type: 'file', file: fileOf({ kind: 'image', mimeType: 'image/png', name: 'a.png', bytes }) },
    );
  });

  test('a document', () => {
    const source = {
      values: [{ value: Buffer.from('%PDF-1.7 act'), filename: 'act.pdf', contentType: 'application/pdf' }],
    };
    return expectSame(
      async () =>
        send({ attachment: String(await judge.upload.messageDocument({ peer_id: ANNA, title: 'act.pdf', source })) }),
      { type: 'file', file: fileOf() },
    );
  });

  test('what VK refuses, it refuses for both', async () => {
    api.person({ id: ANNA, mayBeWritten: false });
    const theirs = await judge.api.messages
      .send({ peer_id: ANNA, random_id: 5, message: 'Hi' })
      .catch((error) => error);
    const ours = toPerson(String(ANNA), { type: 'text', text: 'Hi' });

    expect(theirs).toMatchObject({ code: 901 });
    expect(await outbound.send(credentialsOf(api), ours, AbortSignal.timeout(PATIENCE_MS))).toMatchObject({
      kind: 'refused',
      refusal: { code: '901', description: theirs.message.replace(/^Code №901 - /, '') },
    });
  });
});

describe('what the double tells is what it reads', () => {
  let server: Server;

  beforeEach(async () => {
    server = createServer(judge.updates.getWebhookCallback());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await judge.api.groups.addCallbackServer({
      group_id: api.groupId,
      url: urlOf(),
      title: 'Judge',
      secret_key: SECRET,
    });
    const on = { message_new: 1, message_reply: 1, message_event: 1, message_edit: 1 };
    const server_id = api.servers[0]!.id;
    await judge.api.groups.setCallbackSettings({ group_id: api.groupId, server_id, api_version: '5.199', ...on });
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const urlOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/vk`;

  /** What it reads of the next event. */
  async function heard<C>(type: 'message_new' | 'message_reply' | 'message_event', happens: () => unknown): Promise<C> {
    const read = new Promise<C>((resolve) =>
      judge.updates.on(type as 'message_new', (context) => resolve(context as C)),
    );
    await happens();
    expect(await api.deliver()).toMatchObject([{ status: 200, text: 'ok', isTaken: true }]);
    return read;
  }

  test('its server was confirmed, and is found by our inspection', async () => {
    expect(api.servers).toMatchObject([{ status: 'ok' }]);
    const channel = { credentials: credentialsOf(api), webhookSecret: SECRET };

    expect(await setup.inspect!(channel, urlOf(), AbortSignal.timeout(PATIENCE_MS))).toEqual({ kind: 'listening' });
  });

  test('a client’s message', async () => {
    const context = await heard<MessageContext>('message_new', () => api.writes(api.person({ id: ANNA }), 'a < b & c'));

    expect(context).toMatchObject({ text: 'a < b & c', senderId: ANNA, conversationMessageId: 1, isOutbox: false });
  });

  test('our reply come back', async () => {
    const ours = toPerson(String(ANNA), { type: 'text', text: 'Hi' });
    const context = await heard<MessageContext>('message_reply', () =>
      outbound.send(credentialsOf(api), ours, AbortSignal.timeout(PATIENCE_MS)),
    );

    expect(context).toMatchObject({ text: 'Hi', isOutbox: true, senderId: -api.groupId });
  });

  test('a pressed button, which it acknowledges as we do', async () => {
    const context = await heard<MessageEventContext>('message_event', () =>
      api.presses(api.person({ id: ANNA }), { t: 'Yes', p: 'y' }, 1),
    );

    expect(context).toMatchObject({ userId: ANNA, peerId: ANNA, eventPayload: { t: 'Yes', p: 'y' } });
    expect(await context.answer({ type: 'show_snackbar', text: 'ok' })).toBe(1);
  });
});

test('what the double hands out by Long Poll is what it reads', async () => {
  const read = new Promise<MessageContext>((resolve) => judge.updates.on('message_new', (context) => resolve(context)));
  await judge.updates.startPolling();
  api.writes(api.person({ id: ANNA }), 'Hello');

  expect(await read).toMatchObject({ text: 'Hello', senderId: ANNA });
  await judge.updates.stop();
});
