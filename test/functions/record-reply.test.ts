import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, createWorld, START, type World } from '#test/world';

const CHAT = 5;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

function post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return world.call('POST', '/v3/message', { key: world.account.apiKey, body, headers });
}

async function seenUpTo(chatId = CHAT): Promise<string> {
  return (await world.history(chatId)).seenUpTo;
}

/** The bodies of the messages that were sent. */
function sent(): unknown[] {
  return world.bot.calls.filter(({ method }) => method === 'sendMessage').map(({ body }) => body);
}

describe('a reply without a valid key', () => {
  test.each([
    { name: 'no header', headers: {} },
    { name: 'an unknown key', headers: { authorization: 'Bearer nobody' } },
    { name: 'another scheme', headers: { authorization: 'Basic x' } },
    { name: 'an empty key', headers: { authorization: 'Bearer ' } },
  ])('is a 401 with two fields for $name', async ({ headers }) => {
    const answer = await world.call('POST', '/v3/message', { headers, body: '{' });

    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ error: 'UNAUTHORIZED', description: expect.any(String) });
  });

  test('is a 401 with the operator’s key', async () => {
    expect(await world.call('POST', '/v3/message', { key: 'operator-key-that-nobody-may-read' })).toMatchObject({
      status: 401,
    });
  });

  test('is a 401 UNKNOWN_USER as an unknown user', async () => {
    const answer = await world.call('POST', '/v3/message', {
      key: world.account.apiKey,
      headers: { 'Konvert-User': '17' },
      body: {},
    });

    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ error: 'UNKNOWN_USER', description: expect.any(String) });
  });
});

describe('a reply is refused with its code', () => {
  interface Row {
    name: string;
    fields: Record<string, unknown>;
    error: string;
    description?: string;
    data?: unknown;
  }
  const invalid = (name: string, fields: Record<string, unknown>, wrong: string[]): Row => ({
    name,
    fields,
    error: 'INVALID_MESSAGE_DATA',
    description: 'Message data is invalid',
    data: { fields: wrong },
  });
  const rows: Row[] = [
    invalid('no channel', { channelId: undefined }, ['channelId']),
    invalid('a channel id of 3,000 characters', { channelId: 'x'.repeat(3_000) }, ['channelId']),
    invalid('no chat type', { chatType: undefined }, ['chatType']),
    invalid('a transport for a chat type', { chatType: 'tgapi' }, ['chatType']),
    invalid('no chat', { chatId: undefined }, ['chatId']),
    invalid('null for a chat', { chatId: null }, ['chatId']),
    invalid('an empty chat id', { chatId: '' }, ['chatId']),
    invalid('a name for a chat id', { chatId: '@ann' }, ['chatId']),
    invalid('an address with a password', { text: '', contentUri: 'https://a:b@example.com/a.png' }, ['contentUri']),
    invalid('a chat id that JSON rounds', { chatId: 2 ** 60 }, ['chatId']),
    invalid('a number for a text', { text: 5 }, ['text']),
    invalid('a list of users', { crmUserId: ['17'] }, ['crmUserId']),
    invalid('a word for a boolean', { clearUnanswered: 'false' }, ['clearUnanswered']),
    invalid('several wrong fields', { channelId: 5, chatId: {}, seenUpTo: 7 }, ['channelId', 'chatId', 'seenUpTo']),
    invalid('a damaged seenUpTo', { seenUpTo: 'AAAA' }, ['seenUpTo']),
    invalid('an empty seenUpTo', { seenUpTo: '' }, ['seenUpTo']),
    invalid('a damaged seenUpTo although nothing is answered', { seenUpTo: 'AAAA', clearUnanswered: false }, [
      'seenUpTo',
    ]),
    { name: 'no text', fields: { text: undefined }, error: 'MESSAGE_NOTHING_TO_SEND', data: { fields: ['text'] } },
    { name: 'null for a text', fields: { text: null }, error: 'MESSAGE_NOTHING_TO_SEND', data: { fields: ['text'] } },
    {
      name: 'an empty text',
      fields: { text: '' },
      error: 'MESSAGES_TEXT_CAN_NOT_BE_BLANK',
      data: { fields: ['text'] },
    },
    {
      name: 'a blank text',
      fields: { text: ' \n' },
      error: 'MESSAGES_TEXT_CAN_NOT_BE_BLANK',
      data: { fields: ['text'] },
    },
    {
      name: 'a text that Telegram does not take',
      fields: { text: 'x'.repeat(4_097) },
      error: 'MESSAGES_TOO_LONG_TELEGRAM',
      data: { fields: ['text'] },
    },
    {
      name: 'text and file',
      fields: { contentUri: 'https://example.com/a.png' },
      error: 'MESSAGE_ONLY_TEXT_OR_CONTENT',
      data: { fields: ['text', 'contentUri'] },
    },
    invalid('a text and a template', { templateId: '0b9f4f3e-6f0c-8a55-9a53-0c8a1f6d2b11' }, ['text', 'templateId']),
    invalid('values without a template', { templateValues: ['a'] }, ['templateId']),
    invalid('a map of values', { templateValues: { 1: 'a' } }, ['templateValues']),
    invalid('a value that is too long', { templateValues: ['a', 'x'.repeat(1_025)] }, ['templateValues.1']),
    {
      name: 'a template that the messenger does not have',
      fields: { text: '', templateId: '0b9f4f3e-6f0c-8a55-9a53-0c8a1f6d2b11' },
      error: 'TEMPLATE_REJECTED',
      data: { fields: ['templateId'] },
    },
    invalid('the line of a template by its name', { text: '@template: welcome { [[a]] }' }, ['text']),
    invalid(
      'the line of a template that is not closed',
      { text: ' @Template:0b9f4f3e-6f0c-8a55-9a53-0c8a1f6d2b11 { [[a]]' },
      ['text'],
    ),
    {
      name: 'the line of a template that the messenger does not have',
      fields: { text: '@template: 0b9f4f3e-6f0c-8a55-9a53-0c8a1f6d2b11 { [[a]] }' },
      error: 'TEMPLATE_REJECTED',
      data: { fields: ['templateId'] },
    },
    invalid('a button without a text', { buttonsObject: [[{ text: '', callbackData: 'y' }]] }, [
      'buttonsObject.buttons.0.0.text',
    ]),
    invalid('an address of a button that Telegram does not take', { buttonsObject: [[{ text: 'a', url: 'shop' }]] }, [
      'buttonsObject',
    ]),
    {
      name: 'an unknown channel',
      fields: { channelId: 'nobody' },
      error: 'CHANNEL_NOT_FOUND',
      data: { channelId: 'nobody' },
    },
    {
      name: 'a quote of a text that is no message id',
      fields: { refMessageId: 'x' },
      error: 'REFERENCE_MESSAGE_NOT_FOUND',
      data: { fields: ['refMessageId'] },
    },
    {
      name: 'a quote of an unknown message',
      fields: { refMessageId: '01a10b4a-9680-456f-a309-8d4033b7555a' },
      error: 'REFERENCE_MESSAGE_NOT_FOUND',
      data: { fields: ['refMessageId'] },
    },
  ];

  test.each(rows)('$name: $error', async ({ fields, error, description = expect.any(String), data }) => {
    const answer = await world.reply(CHAT, { crmMessageId: 'crm-1', ...fields });

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      status: 400,
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      error,
      description,
      ...(data !== undefined && { data }),
    });
    expect(world.db.items('messages')).toEqual([]);
    // The refused request has not claimed the crmMessageId.
    expect(await world.reply(CHAT, { crmMessageId: 'crm-1' })).toMatchObject({ status: 201 });
  });

  test('a chat type that the channel does not carry: WRONG_TRANSPORT', async () => {
    const { channelId } = world.channel;

    expect((await world.reply(CHAT, { chatType: 'vk' })).body).toEqual({
      status: 400,
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      error: 'WRONG_TRANSPORT',
      description: "You can't send message to vk chat from telegram transport",
      data: { channelId, transport: 'telegram', chatType: 'vk' },
    });
  });

  test.each([
    { name: 'no JSON', body: '{"channelId"' },
    { name: 'an empty body', body: '' },
    { name: 'nested too deep', body: `{"text":${'['.repeat(70)}${']'.repeat(70)}}` },
  ])('$name: a 400 with all fields of an error', async ({ body }) => {
    expect((await post(body)).body).toEqual({
      status: 400,
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      error: 'INVALID_JSON',
      description: expect.any(String),
    });
  });

  test.each(['[]', 'null', '5', '"text"'])('%s instead of an object: INVALID_MESSAGE_DATA', async (body) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { error: 'INVALID_MESSAGE_DATA' } });
  });

  test('I6 a channel of another account: CHANNEL_NOT_FOUND', async () => {
    const stranger = await world.addAccount();
    const { channelId } = await world.addChannel(stranger);

    const answer = await world.reply(CHAT, { channelId });

    expect(answer).toMatchObject({ status: 400, body: { error: 'CHANNEL_NOT_FOUND', data: { channelId } } });
  });

  test('a deleted channel: CHANNEL_NOT_FOUND', async () => {
    await world.call('DELETE', `/v1/channels/${world.channel.channelId}`, { key: world.account.apiKey });

    expect(await world.reply(CHAT)).toMatchObject({ status: 400, body: { error: 'CHANNEL_NOT_FOUND' } });
  });

  test('the seenUpTo of another chat: INVALID_MESSAGE_DATA', async () => {
    await world.say(CHAT, 'hello');
    await world.say(6, 'hello');

    const answer = await world.reply(CHAT, { seenUpTo: await seenUpTo(6) });

    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'INVALID_MESSAGE_DATA', data: { fields: ['seenUpTo'] } },
    });
  });

  test('the store does not answer: a 500 with all fields of an error', async () => {
    world.failing = ({ kind }) => kind === 'PutCommand';

    expect((await world.reply(CHAT)).body).toEqual({
      status: 500,
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      error: 'INTERNAL_ERROR',
      description: expect.any(String),
    });
  });
});

describe('a reply is accepted', () => {
  const rows: { name: string; fields: Record<string, unknown> }[] = [
    { name: 'required fields only', fields: {} },
    {
      name: 'null for optional fields',
      fields: {
        contentUri: null,
        refMessageId: null,
        crmUserId: null,
        crmMessageId: null,
        clearUnanswered: null,
        seenUpTo: null,
        templateId: null,
        buttonsObject: null,
      },
    },
    { name: 'numbers for ids', fields: { chatId: 5, crmUserId: 17, crmMessageId: 99 } },
    { name: 'unknown fields', fields: { requestId: 'x', statuses: true, nested: { deep: [null] } } },
    { name: 'the longest text', fields: { text: 'x'.repeat(4_096) } },
  ];

  test.each(rows)('with $name: a 201 with both fields', async ({ fields }) => {
    const answer = await world.reply(CHAT, fields);
    await world.drain();

    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      chatId: '5',
    });
    expect(sent()).toEqual([{ chat_id: 5, text: fields.text ?? 'an answer' }]);
  });

  test('and stands in the history under its messageId, with author and status', async () => {
    const { body } = await world.reply(CHAT, { crmUserId: 17 });
    await world.drain();

    const { messages } = await world.history(CHAT);

    expect(messages).toMatchObject([
      { messageId: (body as { messageId: string }).messageId, isEcho: true, authorId: '17', status: 'sent' },
    ]);
  });

  test('for a client who never wrote, and the new chat is answered', async () => {
    await world.reply('77');
    await world.drain();

    expect(await world.chat('77')).toMatchObject({
      name: '77',
      unanswered: false,
      unansweredCount: 0,
      preview: 'an answer',
    });
  });

  test('and leaves by the connection of the newest client message', async () => {
    const from = { id: CHAT, is_bot: false, first_name: 'A' };
    const chat = { id: CHAT, type: 'private' };
    const business_message = { message_id: 1, date: START / 1000, from, chat, text: 'x', business_connection_id: 'b1' };
    await world.webhook({ update_id: 1, business_message });
    await world.drain();

    await world.reply(CHAT);
    await world.drain();

    expect(sent()).toEqual([{ chat_id: 5, text: 'an answer', business_connection_id: 'b1' }]);
  });
});

describe('the text of a reply', () => {
  test.each([
    {
      name: 'with marks is sent with formatting',
      text: '*Yes*, <u>today</u>: 2*3*4',
      body: {
        text: 'Yes, today: 2*3*4',
        entities: [
          { type: 'bold', offset: 0, length: 3 },
          { type: 'underline', offset: 5, length: 5 },
        ],
      },
    },
    { name: 'with a lone asterisk is sent as it is', text: '100*', body: { text: '100*' } },
    { name: 'of nothing but marks is sent as it is', text: '<b></b> **', body: { text: '<b></b> **' } },
  ])('$name, and the history shows what the team wrote', async ({ text, body }) => {
    await world.reply(CHAT, { text });
    await world.drain();

    expect(sent()).toEqual([{ chat_id: CHAT, ...body }]);
    expect((await world.history(CHAT)).messages.at(-1)).toMatchObject({ text });
    expect(await world.chat(CHAT)).toMatchObject({ preview: text });
  });

  test.each([
    { name: '4,096 letters', text: 'x'.repeat(4096), status: 201 },
    { name: '4,097 letters', text: 'x'.repeat(4097), status: 400 },
    { name: '4,096 emoji, which have 8,192 units', text: '😀'.repeat(4096), status: 201 },
    { name: '4,097 emoji', text: '😀'.repeat(4097), status: 400 },
    { name: '4,096 letters and their marks', text: `<b>*${'x'.repeat(4096)}*</b>`, status: 201 },
    { name: '4,097 letters and their marks', text: `<b>*${'x'.repeat(4097)}*</b>`, status: 400 },
    { name: '4,096 letters and marks that are none', text: `*${'x'.repeat(4096)}`, status: 400 },
    { name: '4,096 letters and space around them', text: `\n ${'x'.repeat(4096)} \n`, status: 201 },
    { name: 'few letters and 16,384 units of marks', text: '<b>x</b>'.repeat(2048), status: 201 },
    { name: 'few letters and more marks than that', text: '<b>x</b>'.repeat(2049), status: 400 },
    { name: 'a megabyte of marks', text: '*_~<b>'.repeat(170_000), status: 400 },
  ])('$name: $status', async ({ text, status }) => {
    const answer = await world.reply(CHAT, { text });

    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body).toMatchObject({ error: 'MESSAGES_TOO_LONG_TELEGRAM' });
  });
});

describe('a reply covers', () => {
  test('U3 what was seen, with seenUpTo, and what came meanwhile stays open', async () => {
    await world.say(CHAT, 'first');
    world.clock.advance(1_000);
    const token = await seenUpTo();
    await world.say(CHAT, 'second');

    await world.reply(CHAT, { seenUpTo: token });
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 1, preview: 'an answer' });
  });

  test('U3 everything that is stored, folded or not, without seenUpTo', async () => {
    await world.say(CHAT, 'first');
    await world.webhook({
      update_id: 9,
      message: {
        message_id: 99,
        date: START / 1000,
        from: { id: CHAT },
        chat: { id: CHAT, type: 'private' },
        text: 'x',
      },
    });

    await world.reply(CHAT);
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false, unansweredCount: 0 });
  });

  test('U3 also 30 messages of the last ten seconds, without seenUpTo', async () => {
    for (let id = 1; id <= 30; id += 1) await world.say(CHAT, `m${id}`, { id });

    await world.reply(CHAT);
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 0 });
  });

  test('U3 nothing that was written before it and is delivered after it, without seenUpTo', async () => {
    await world.say(CHAT, 'first');
    world.clock.advance(60_000);
    await world.reply(CHAT);
    await world.drain();

    await world.say(CHAT, 'late', { at: START + 30_000 });

    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 1 });
  });

  test('U3 also what has waited for a month, without seenUpTo', async () => {
    await world.say(CHAT, 'first');
    world.clock.advance(30 * 24 * 3_600_000);

    await world.reply(CHAT);
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 0 });
  });

  test.each([{ withToken: true }, { withToken: false }])(
    'U4 nothing with clearUnanswered: false (seenUpTo $withToken)',
    async ({ withToken }) => {
      await world.say(CHAT, 'first');

      await world.reply(CHAT, { clearUnanswered: false, ...(withToken && { seenUpTo: await seenUpTo() }) });
      await world.drain();

      expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 1, preview: 'an answer' });
    },
  );

  test('the same with clearUnanswered: true as without it', async () => {
    await world.say(CHAT, 'first');

    await world.reply(CHAT, { clearUnanswered: true });
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
  });

  test('messages of a messenger with a fast clock too, and sorts after them', async () => {
    await world.say(CHAT, 'of tomorrow', { at: START + 24 * 3_600_000 });

    await world.reply(CHAT);
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false, preview: 'an answer' });
    expect((await world.history(CHAT)).messages.map(({ text }) => text)).toEqual(['of tomorrow', 'an answer']);
  });
});

describe('crmMessageId', () => {
  test('is refused when repeated within 60 s, and nothing is sent twice', async () => {
    await world.reply(CHAT, { crmMessageId: 'crm-1' });
    world.clock.advance(59_999);

    const repeated = await world.reply(CHAT, { crmMessageId: 'crm-1' });
    await world.drain();

    expect(repeated.status).toBe(400);
    expect(repeated.body).toEqual({
      status: 400,
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      error: 'REPEATED_CRM_MESSAGE_ID',
      description: 'You have already sent message with same crmMessageId',
      data: { crmMessageId: 'crm-1' },
    });
    expect(sent()).toHaveLength(1);
  });

  test('is accepted again after 60 s', async () => {
    await world.reply(CHAT, { crmMessageId: 'crm-1' });
    world.clock.advance(60_000);

    expect(await world.reply(CHAT, { crmMessageId: 'crm-1' })).toMatchObject({ status: 201 });
  });

  test('is accepted once of 20 in parallel', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.reply(CHAT, { crmMessageId: 'crm-1' })));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(400)]);
  });

  test('counts within its account: it is a repeat in another chat, but not in another account', async () => {
    const stranger = await world.addAccount();
    const { channelId } = await world.addChannel(stranger);
    const body = { channelId, chatType: 'telegram', chatId: '5', text: 'x', crmMessageId: 'crm-1' };
    await world.reply(CHAT, { crmMessageId: 'crm-1' });

    expect(await world.reply(6, { crmMessageId: 'crm-1' })).toMatchObject({ status: 400 });
    expect(await world.call('POST', '/v3/message', { key: stranger.apiKey, body })).toMatchObject({ status: 201 });
  });

  test('may be a number, which is the same as its decimal text', async () => {
    await world.reply(CHAT, { crmMessageId: 7 });

    expect(await world.reply(CHAT, { crmMessageId: '7' })).toMatchObject({ status: 400 });
  });
});

describe('refMessageId', () => {
  const quotedByTheLast = async () => (await world.history(CHAT)).messages.at(-1)?.quotedMessage;

  test('of a client message quotes it', async () => {
    await world.say(CHAT, 'first', { id: 731 });
    const [message] = (await world.history(CHAT)).messages;

    expect(await world.reply(CHAT, { refMessageId: message?.messageId.toUpperCase() })).toMatchObject({ status: 201 });
    await world.drain();

    expect(sent()).toMatchObject([{ reply_parameters: { message_id: 731 } }]);
    expect(await quotedByTheLast()).toEqual({ messageId: message?.messageId, type: 'text', text: 'first' });
  });

  test('of a reply that was sent quotes it by the messenger’s id', async () => {
    const { messageId } = (await world.reply(CHAT, { text: 'first' })).body as { messageId: string };
    await world.drain();

    await world.reply(CHAT, { refMessageId: messageId });
    await world.drain();

    expect(sent()).toMatchObject([{ text: 'first' }, { reply_parameters: { message_id: 1001 } }]);
    expect(await quotedByTheLast()).toEqual({ messageId, type: 'text', text: 'first' });
  });

  test('of a reply that is not sent yet quotes it in the history only', async () => {
    const { messageId } = (await world.reply(CHAT, { text: 'first' })).body as { messageId: string };

    world.clock.advance(1_000);
    await world.reply(CHAT, { text: 'second', refMessageId: messageId });
    await world.drain();

    expect(sent()).toEqual([expect.objectContaining({ text: 'first' }), { chat_id: CHAT, text: 'second' }]);
    expect(await quotedByTheLast()).toEqual({ messageId, type: 'text', text: 'first' });
  });

  test('of a line that is no message is not found', async () => {
    await world.say(CHAT, 'first');
    await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo: (await world.chat(CHAT)).seenUpTo });
    const line = (await world.history(CHAT)).messages.at(-1);

    expect(await world.reply(CHAT, { refMessageId: line?.messageId })).toMatchObject({
      status: 400,
      body: { error: 'REFERENCE_MESSAGE_NOT_FOUND' },
    });
  });

  test('of a message of another chat is not found', async () => {
    await world.say(6, 'first');
    const [message] = (await world.history(6)).messages;

    expect(await world.reply(CHAT, { refMessageId: message?.messageId })).toMatchObject({
      status: 400,
      body: { error: 'REFERENCE_MESSAGE_NOT_FOUND' },
    });
  });
});

test('no line of the log holds a text, a key or a chat', async () => {
  await world.reply(51000444, { text: 'very private', crmMessageId: 'crm-private' });
  await world.reply(51000444, { text: 'very private', crmMessageId: 'crm-private' });
  await world.drain();

  expect(JSON.stringify(world.logs)).not.toMatch(/private|51000444/);
  expect(JSON.stringify(world.logs)).not.toContain(world.account.apiKey);
});
