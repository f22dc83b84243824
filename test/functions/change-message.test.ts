import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outbound } from '#channels/outbound';
import { createEventWorld, type EventWorld } from '#test/functions/event-world';
import { type Answer, messageOf, type World } from '#test/world';

const CHAT = 5;
const HOUR_MS = 3_600_000;

let events: EventWorld;
let world: World;

beforeEach(async () => {
  events = await createEventWorld();
  world = events.world;
  await world.say(CHAT, 'hello');
});

afterEach(() => events.stop());

async function reply(text: string, fields: Record<string, unknown> = {}, { leaves = true } = {}): Promise<string> {
  const answer = await world.reply(CHAT, { text, ...fields });
  if (leaves) await world.drain();
  return (answer.body as { messageId: string }).messageId;
}

function patch(messageId: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return world.call('PATCH', `/v3/message/${messageId}`, { key: world.account.apiKey, body, headers });
}

function remove(messageId: string, path = `/v3/message/${messageId}`): Promise<Answer> {
  return world.call('DELETE', path, { key: world.account.apiKey });
}

async function lineOf(messageId: string) {
  return (await world.history(CHAT)).messages.find((line) => line.messageId === messageId);
}

const callsOf = (...methods: string[]) => world.bot.calls.filter(({ method }) => methods.includes(method));
const no = (code: number, description: string) => ({
  status: code,
  body: { ok: false, error_code: code, description },
});

/** What the receiver was told of edits and deletions. */
async function told(): Promise<unknown[]> {
  await events.deliver();
  return events.receiver.calls.flatMap(({ body }) => [
    ...(body?.statuses ?? []).filter(({ status }: { status: string }) => status === 'edited'),
    ...(body?.messages ?? []).filter(({ isDeleted }: { isDeleted?: boolean }) => isDeleted),
  ]);
}

/** Another messenger than Telegram, in what it can change. */
async function withOutbound(change: (outbound: Outbound) => Partial<Record<keyof Outbound, unknown>>): Promise<void> {
  const { outbound } = (await world.messengerFor('telegram'))!;
  Object.assign(outbound, change(outbound));
}

describe('an edit', () => {
  test('of a message with buttons is refused, and nothing is asked of the messenger', async () => {
    const messageId = await reply('first', { buttonsObject: [[{ text: 'Yes', callbackData: 'y' }]] });

    expect(await patch(messageId, { text: 'second' })).toMatchObject({
      status: 400,
      body: { error: 'MESSAGES_CONTAIN_BUTTONS' },
    });
    expect(callsOf('editMessageText')).toEqual([]);
    expect(await remove(messageId)).toMatchObject({ status: 200 });
  });

  test('changes the text at the messenger, in the history and in the list, and is told once', async () => {
    const messageId = await reply('first');
    world.clock.advance(5_000);

    const answer = await patch(messageId, { text: 'now *bold*' });
    await world.drain();

    expect(answer).toMatchObject({ status: 200, body: { messageId } });
    expect(callsOf('editMessageText')).toMatchObject([
      { body: { chat_id: CHAT, text: 'now bold', entities: [{ type: 'bold' }] } },
    ]);
    expect(await lineOf(messageId)).toMatchObject({
      text: 'now *bold*',
      status: 'sent',
      isEdited: true,
      oldInfo: { oldText: 'first' },
    });
    expect(await told()).toEqual([expect.objectContaining({ messageId, status: 'edited', text: 'now *bold*' })]);
  });

  test('once more is done, and told once', async () => {
    const messageId = await reply('first');

    expect((await patch(messageId, { text: 'second' })).status).toBe(200);
    await world.drain();
    expect((await patch(messageId, { text: 'second' })).status).toBe(200);
    await world.drain();

    expect(await lineOf(messageId)).toMatchObject({ text: 'second' });
    expect(await told()).toHaveLength(1);
  });

  test('of which only the record was lost is healed by the same request', async () => {
    const messageId = await reply('first');
    world.failing = ({ kind, input }) => kind === 'UpdateCommand' && JSON.stringify(input).includes('second');
    expect((await patch(messageId, { text: 'second' })).status).toBe(500);
    expect(await lineOf(messageId)).toMatchObject({ text: 'first' });
    world.failing = undefined;

    expect((await patch(messageId, { text: 'second' })).status).toBe(200);
    await world.drain();

    expect(await lineOf(messageId)).toMatchObject({ text: 'second', isEdited: true });
    expect(await told()).toHaveLength(1);
  });

  test('and another within the same second: the later one stays, and both are told', async () => {
    const messageId = await reply('first');
    await patch(messageId, { text: 'second' });
    await world.drain();
    await events.deliver();
    world.clock.advance(10);

    await patch(messageId, { text: 'third' });
    await world.drain();

    expect(await lineOf(messageId)).toMatchObject({ text: 'third', oldInfo: { oldText: 'first' } });
    expect(await told()).toHaveLength(2);
  });

  test('counts although the same second saw one that changed nothing', async () => {
    const messageId = await reply('first');
    const second = Math.floor(world.clock.now() / 1000) + 1;
    world.clock.advance((second + 0.5) * 1000 - world.clock.now());
    const edited = (text: string) => ({
      message_id: Number(sentOutcome().providerId),
      date: second - 1,
      edit_date: second,
      chat: { id: CHAT, type: 'private' },
      text,
    });
    const done = (text: string) => ({ status: 200, body: { ok: true, result: edited(text) } });
    world.bot.answerNext('editMessageText', done('second'));
    world.bot.answerNext('editMessageText', no(400, 'Bad Request: message is not modified'));
    world.bot.answerNext('editMessageText', done('third'));

    for (const text of ['second', 'second', 'third']) {
      expect((await patch(messageId, { text })).status).toBe(200);
      await world.drain();
      await events.deliver();
      world.clock.advance(10);
    }

    expect(await lineOf(messageId)).toMatchObject({ text: 'third' });
    expect(await told()).toHaveLength(2);
  });

  test.each(['before', 'after'])('that the messenger tells of %s our own record is told once', async (when) => {
    const messageId = await reply('first');
    const at = Math.floor(world.clock.now() / 1000);
    const { providerId = '' } = sentOutcome();
    const edited = {
      message_id: Number(providerId),
      date: at,
      edit_date: at,
      chat: { id: CHAT, type: 'private' },
      from: { id: 7000000001, is_bot: true, first_name: 'Konvert' },
      text: 'second',
    };
    world.bot.answerNext('editMessageText', { status: 200, body: { ok: true, result: edited } });
    const notice = () => world.webhook({ update_id: 77, edited_message: edited });

    if (when === 'before') await notice();
    await world.drain();
    await patch(messageId, { text: 'second' });
    await world.drain();
    if (when === 'after') await notice();
    await world.drain();

    expect(await lineOf(messageId)).toMatchObject({ text: 'second', isEdited: true });
    expect(await told()).toHaveLength(1);
  });

  test('changes what the list shows of the chat', async () => {
    const messageId = await reply('first');

    await patch(messageId, { text: 'second' });
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ preview: 'second' });
  });

  interface Row {
    readonly name: string;
    readonly body: unknown;
    readonly code: string;
  }
  test.each<Row>([
    { name: 'no text', body: {}, code: 'MESSAGES_TEXT_CAN_NOT_BE_BLANK' },
    { name: 'a blank text', body: { text: ' \n' }, code: 'MESSAGES_TEXT_CAN_NOT_BE_BLANK' },
    {
      name: 'text and file',
      body: { text: 'a', contentUri: 'https://a.example/b' },
      code: 'MESSAGES_ONLY_TEXT_OR_CONTENT',
    },
    { name: 'a text of 4,097', body: { text: 'a'.repeat(4_097) }, code: 'MESSAGES_TOO_LONG_TELEGRAM' },
    { name: 'a number for a text', body: { text: 7 }, code: 'INVALID_MESSAGE_DATA' },
    { name: 'a file of no web address', body: { contentUri: 'file:///etc/passwd' }, code: 'INVALID_MESSAGE_DATA' },
    {
      name: 'an endless address',
      body: { contentUri: `https://a.b/${'c'.repeat(5e3)}` },
      code: 'INVALID_MESSAGE_DATA',
    },
    { name: 'a list of users', body: { text: 'a', crmUserId: ['1'] }, code: 'INVALID_MESSAGE_DATA' },
  ])('with $name is a 400 $code, without a call', async ({ body, code }) => {
    const messageId = await reply('first');

    expect(await patch(messageId, body)).toMatchObject({ status: 400, body: { status: 400, error: code } });
    expect(callsOf('editMessageText')).toEqual([]);
  });

  test('of a message with buttons is refused', async () => {
    const buttonsObject = { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: 'y' }]] };
    const messageId = await reply('first', { buttonsObject });

    expect(await patch(messageId, { text: 'second' })).toMatchObject({
      status: 400,
      body: { error: 'MESSAGES_CONTAIN_BUTTONS' },
    });
  });

  describe('to a file', () => {
    const bytes = Buffer.from('%PDF-1.7 the new offer');
    let host: Server;
    let contentUri: string;

    beforeEach(async () => {
      host = createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/pdf' }).end(bytes);
      });
      await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
      contentUri = `http://127.0.0.1:${(host.address() as AddressInfo).port}/offer.pdf`;
    });
    afterEach(() => host.close());

    test('puts it in the place of the message, in the history too, and is told once', async () => {
      const messageId = await reply('first');

      expect(await patch(messageId, { contentUri })).toMatchObject({ status: 200 });
      await world.drain();

      expect(callsOf('editMessageMedia')).toMatchObject([{ body: { media: { type: 'document' } }, file: { bytes } }]);
      const line = await lineOf(messageId);
      expect(line).toMatchObject({ type: 'document', isEdited: true, oldInfo: { oldText: 'first' } });
      const kept = await world.call('GET', new URL(line?.contentUri ?? '').pathname);
      expect(kept).toMatchObject({ status: 200, text: bytes.toString() });
      expect(await told()).toHaveLength(1);
    });

    test('that a client has sent needs no download', async () => {
      world.bot.files.set('file-1', bytes);
      const { text: _text, ...message } = messageOf(6, '', 9, world.clock.now());
      const document = { file_id: 'file-1', file_unique_id: 'u', file_name: 'offer.pdf', file_size: bytes.length };
      await world.webhook({ update_id: 9, message: { ...message, document } });
      await world.drain();
      const { contentUri: ofClient } = (await world.history(6)).messages.at(-1)!;
      host.close();

      expect(await patch(await reply('first'), { contentUri: ofClient })).toMatchObject({ status: 200 });

      expect(callsOf('editMessageMedia')).toMatchObject([{ file: { bytes } }]);
    });

    test('is not undone by a text: a file has none', async () => {
      const messageId = await reply('first');
      await patch(messageId, { contentUri });

      expect(await patch(messageId, { text: 'second' })).toMatchObject({
        status: 400,
        body: { error: 'MESSAGES_ONLY_TEXT_OR_CONTENT' },
      });
    });

    test('that cannot be fetched changes nothing', async () => {
      const messageId = await reply('first');
      host.close();
      host.closeAllConnections();

      expect(await patch(messageId, { contentUri })).toMatchObject({
        status: 400,
        body: { error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR' },
      });
      expect(callsOf('editMessageMedia')).toEqual([]);
    });

    test('where the messenger cannot do that says so', async () => {
      const messageId = await reply('first');
      await withOutbound(() => ({ editsFiles: undefined }));

      expect(await patch(messageId, { contentUri })).toMatchObject({
        status: 400,
        body: { error: 'CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING' },
      });
    });
  });

  test('with a body that is no JSON is a 400', async () => {
    expect((await patch(await reply('first'), '{')).status).toBe(400);
  });

  test('takes a text of 4,096, a trailing slash and empty fields', async () => {
    const messageId = await reply('first');

    const body = { text: 'a'.repeat(4_096), contentUri: '', crmUserId: null };
    const answer = await world.call('PATCH', `/v3/message/${messageId}`, { key: world.account.apiKey, body });

    expect(answer.status).toBe(200);
  });
});

describe('a deletion', () => {
  test('deletes at the messenger and in the history, and is told once', async () => {
    const messageId = await reply('first');

    expect(await remove(messageId)).toMatchObject({ status: 200, body: { messageId } });
    await world.drain();
    expect(await remove(messageId)).toMatchObject({ status: 200 });
    await world.drain();

    expect(callsOf('deleteMessage')).toMatchObject([{ body: { chat_id: CHAT } }]);
    expect(await lineOf(messageId)).toMatchObject({ isDeleted: true });
    expect(await told()).toEqual([
      expect.objectContaining({ messageId, isDeleted: true, oldInfo: { oldText: 'first' } }),
    ]);
  });

  test('of which only the record was lost is healed by the same request', async () => {
    const messageId = await reply('first');
    world.failing = ({ kind, input }) => kind === 'UpdateCommand' && JSON.stringify(input).includes('deletedAt');
    expect((await remove(messageId)).status).toBe(500);
    world.failing = undefined;

    expect((await remove(messageId)).status).toBe(200);
    await world.drain();

    expect(await lineOf(messageId)).toMatchObject({ isDeleted: true });
    expect(await told()).toHaveLength(1);
  });

  test('after 48 hours is refused without a call', async () => {
    const messageId = await reply('first');
    world.clock.advance(48 * HOUR_MS + 1);

    expect(await remove(messageId)).toMatchObject({ status: 400, body: { error: 'MESSAGES_DELETION_TIME_EXPIRED' } });
    expect(callsOf('deleteMessage')).toEqual([]);
  });

  test('leaves nothing to edit', async () => {
    const messageId = await reply('first');
    await remove(messageId);

    expect(await patch(messageId, { text: 'second' })).toMatchObject({
      status: 400,
      body: { error: 'MESSAGES_NOT_FOUND' },
    });
  });
});

describe.each([
  { name: 'an edit', method: 'editMessageText', ask: (id: string) => patch(id, { text: 'second' }) },
  { name: 'a deletion', method: 'deleteMessage', ask: (id: string) => remove(id) },
])('$name', ({ method, ask }) => {
  const notFound = { status: 400, body: { error: 'MESSAGES_NOT_FOUND' } };

  test.each([
    ['no id at all', 'x'],
    ['an id of another shape', '5f0c2a0e-7b7d-1a55-9a53-0c8a1f6d2b11'],
    ['an id that names nothing', '5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11'],
  ])('of %s finds no message', async (_, id) => {
    expect(await ask(id)).toMatchObject(notFound);
  });

  test('finds a message by its id in capitals', async () => {
    expect((await ask((await reply('first')).toUpperCase())).status).toBe(200);
  });

  test('of the client’s message finds none', async () => {
    const [line] = (await world.history(CHAT)).messages;

    expect(await ask(line!.messageId)).toMatchObject(notFound);
  });

  test('of a message that waits to leave finds none', async () => {
    const messageId = await reply('first', {}, { leaves: false });
    await world.drain({ deliver: false });

    expect(await ask(messageId)).toMatchObject(notFound);
  });

  test('of a message that was refused finds none', async () => {
    world.bot.answerNext('sendMessage', no(400, 'Bad Request: something'));

    expect(await ask(await reply('first'))).toMatchObject(notFound);
  });

  test('in another account finds none', async () => {
    const other = await world.addAccount();
    const messageId = await reply('first');
    const { apiKey } = world.account;
    Object.assign(world.account, { apiKey: other.apiKey });

    expect(await ask(messageId)).toMatchObject(notFound);
    Object.assign(world.account, { apiKey });
  });

  test.each([
    {
      answer: no(400, 'Bad Request: message to edit not found'),
      code: 'MESSAGES_NOT_FOUND',
      methods: ['editMessageText'],
    },
    {
      answer: no(400, "Bad Request: message can't be edited"),
      code: 'MESSAGES_EDITING_TIME_EXPIRED',
      methods: ['editMessageText'],
    },
    {
      answer: no(400, "Bad Request: message can't be deleted"),
      code: 'MESSAGES_DELETION_TIME_EXPIRED',
      methods: ['deleteMessage'],
    },
    {
      answer: no(400, 'Bad Request: there is no text in the message to edit'),
      code: 'MESSAGES_ONLY_TEXT_OR_CONTENT',
      methods: ['editMessageText'],
    },
    { answer: no(403, 'Forbidden: bot was blocked by the user'), code: 'BAD_CONTACT' },
    { answer: no(400, 'Bad Request: something new'), code: 'UNKNOWN_ERROR' },
    { answer: no(401, 'Unauthorized'), code: 'MESSAGE_CHANNEL_UNAVAILABLE' },
    { answer: no(429, 'Too Many Requests'), code: 'TOO_MANY_EXT_REQS', status: 429 },
    { answer: no(500, 'Internal'), code: 'MESSENGER_UNREACHABLE', status: 503 },
  ])(
    'that is answered with $answer.body.description changes nothing: $code',
    async ({ answer, code, status = 400, methods }) => {
      if (methods && !methods.includes(method)) return;
      const messageId = await reply('first');
      world.bot.answerNext(method, answer);

      expect(await ask(messageId)).toMatchObject({ status, body: { error: code } });
      await world.drain();

      expect(await lineOf(messageId)).toEqual(expect.not.objectContaining({ isEdited: true }));
      expect(await lineOf(messageId)).toEqual(expect.not.objectContaining({ isDeleted: true }));
    },
  );

  test('after a flood, neither changes nor messages leave before the messenger’s time', async () => {
    const messageId = await reply('first');
    world.bot.answerNext(method, {
      ...no(429, 'no'),
      body: { ok: false, error_code: 429, parameters: { retry_after: 30 } },
    });
    expect((await ask(messageId)).body).toMatchObject({ data: { retryAfterSeconds: 30 } });
    const calls = world.bot.calls.length;

    expect(await ask(messageId)).toMatchObject({ status: 429, body: { data: { retryAfterSeconds: 30 } } });
    await reply('second');
    expect(world.bot.calls.length).toBe(calls);

    await world.pass(32_000);
    expect((await ask(messageId)).status).toBe(200);
    expect(callsOf('sendMessage')).toHaveLength(2);
  });

  test('in a channel that is switched off is refused', async () => {
    const messageId = await reply('first');
    const path = `/v1/channels/${world.channel.channelId}`;
    await world.call('PATCH', path, { key: world.account.apiKey, body: { enabled: false } });
    await world.pass(10_000);

    expect(await ask(messageId)).toMatchObject({
      status: 400,
      body: { error: 'CHANNEL_BLOCKED', data: { channelId: expect.any(String) } },
    });
  });

  test('is one line in the log, without words or numbers of people', async () => {
    const messageId = await reply('first');
    const before = world.logs.length;

    await ask(messageId);

    expect(world.logs.slice(before)).toEqual([
      { change: expect.any(String), outcome: 'done' },
      expect.objectContaining({ route: '/v3/message/{messageId}', status: 200 }),
    ]);
  });
});

test('a message of a business chat is changed by the connection that it left by', async () => {
  const message = { message_id: 9, date: Math.floor(world.clock.now() / 1000), chat: { id: 6, type: 'private' } };
  const from = { id: 6, is_bot: false, first_name: 'Ann' };
  await world.webhook({
    update_id: 90,
    business_message: { ...message, from, text: 'hi', business_connection_id: 'bc.1' },
  });
  await world.drain();
  const { body } = await world.reply(6, { text: 'first' });
  await world.drain();
  const { messageId } = body as { messageId: string };

  expect((await patch(messageId, { text: 'second' })).status).toBe(200);
  expect(callsOf('editMessageText').at(-1)?.body).toMatchObject({ business_connection_id: 'bc.1' });
  expect((await remove(messageId)).status).toBe(200);
  expect(callsOf('deleteBusinessMessages').at(-1)?.body).toMatchObject({ business_connection_id: 'bc.1' });
});

describe('a messenger that cannot', () => {
  test('edit says so', async () => {
    const messageId = await reply('first');
    await withOutbound(() => ({ edit: undefined }));

    expect(await patch(messageId, { text: 'second' })).toMatchObject({
      status: 400,
      body: { error: 'CHANNEL_INVALID_TRANSPORT_FOR_EDITING' },
    });
  });

  test('delete says so', async () => {
    const messageId = await reply('first');
    await withOutbound(() => ({ remove: undefined }));

    expect(await remove(messageId)).toMatchObject({
      status: 400,
      body: { error: 'CHANNEL_INVALID_TRANSPORT_FOR_DELETION' },
    });
  });

  test('edit for longer than some hours says so', async () => {
    const messageId = await reply('first');
    await withOutbound(() => ({ editHours: 1 }));
    world.clock.advance(HOUR_MS + 1);

    expect(await patch(messageId, { text: 'second' })).toMatchObject({
      status: 400,
      body: { error: 'MESSAGES_EDITING_TIME_EXPIRED' },
    });
  });
});

function sentOutcome(): { providerId?: string } {
  return world.db.items('messages').find(({ providerId }) => providerId !== undefined) as { providerId?: string };
}
