import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import type { Answer } from '#test/world';

const CHAT = 5;
const ID = '0b9f4f3e-6f0c-4a55-9a53-0c8a1f6d2b11';
const HOUR = 3_600_000;

let world: PageWorld;
let token: string;

beforeEach(async () => {
  world = await createPageWorld();
  await world.say(CHAT, 'hello?');
  token = await world.tokenOf('seller');
});

afterEach(() => world.stop());

function send(fields: object = {}, by = token, chatId: number = CHAT): Promise<Answer> {
  const { channelId } = world.channel;
  const body = { channelId, chatType: 'telegram', chatId: String(chatId), text: 'hi', crmMessageId: ID, ...fields };
  return world.as(by, 'POST', '/v3/message', body);
}

async function written(): Promise<string[]> {
  return (await world.history(CHAT)).messages.filter(({ isEcho }) => isEcho).map(({ messageId }) => messageId);
}

/** Takes the chat from the seller, or gives it back. */
async function give(userId: string): Promise<void> {
  const contactData = [{ chatType: 'telegram', chatId: String(CHAT) }];
  const body = [{ id: 'k1', name: 'Anna', responsibleUserId: userId, contactData }];
  await world.call('POST', '/v3/contacts', { key: world.account.apiKey, body });
}

const told = ({ status, body }: Answer) => {
  const { requestId: _, ...rest } = body as Record<string, unknown>;
  return { status, ...rest };
};

describe('a page that sends the same again', () => {
  test('is told which message there is', async () => {
    const { body } = await send();
    const { messageId } = body as { messageId: string };

    expect(await send()).toMatchObject({
      status: 400,
      body: { error: 'REPEATED_CRM_MESSAGE_ID', data: { crmMessageId: ID, messageId } },
    });
    expect(await written()).toEqual([messageId]);
    expect((await world.history(CHAT)).messages.at(-1)).toMatchObject({ crmMessageId: ID });
  });

  test('is told so for 48 hours, and with an API key for a minute', async () => {
    await send();
    await world.reply(CHAT, { crmMessageId: ID });
    world.clock.advance(60_000);
    expect(await world.reply(CHAT, { crmMessageId: ID })).toMatchObject({ status: 201 });
    for (let hours = 8; hours < 48; hours += 8) {
      world.clock.advance(8 * HOUR);
      expect((await send()).body).toMatchObject({ error: 'REPEATED_CRM_MESSAGE_ID' });
    }
    world.clock.advance(8 * HOUR);

    expect(await send()).toMatchObject({ status: 201 });
  });

  test('is told so although the chat is another user’s by now', async () => {
    await send();
    await give('head');

    expect((await send()).body).toMatchObject({ error: 'REPEATED_CRM_MESSAGE_ID' });
    expect((await send({ crmMessageId: 'another' })).body).toMatchObject({ error: 'CHAT_NO_ACCESS' });
  });

  test('sends once of 20 at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send()));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(400)]);
    expect(await written()).toHaveLength(1);
  });

  test('may use an id that another user or the CRM has used', async () => {
    await give('head');
    await send({}, await world.tokenOf('head'));
    await world.reply(CHAT, { crmMessageId: ID });
    await give('seller');

    expect(await send()).toMatchObject({ status: 201 });
  });
});

describe('a refusal of a page', () => {
  test('claims the id: a late twin of the request is refused in the same way', async () => {
    await give('head');
    const first = await send();
    await give('seller');

    expect(first).toMatchObject({ status: 403, body: { error: 'CHAT_NO_ACCESS' } });
    expect(told(await send())).toEqual(told(first));
    expect(await written()).toEqual([]);
    expect(await send({ crmMessageId: 'another' })).toMatchObject({ status: 201 });
  });

  test('tells its twin who has taken the client, and the twin takes nobody', async () => {
    world.clock.advance(1_000);
    await world.as(await world.tokenOf('seller'), 'GET', '/v1/me');
    await world.call('POST', '/v3/users', { key: world.account.apiKey, body: [{ id: 'second', name: 'Second' }] });
    const settings = { newClients: { mode: 'first-reply' }, userRoles: [] as object[] };
    settings.userRoles = ['seller', 'second'].map((userId) => ({ userId, role: 'seller' }));
    const path = `/v1/settings/channels/${world.channel.channelId}`;
    await world.call('PUT', path, { key: world.account.apiKey, body: settings });
    await send({ crmMessageId: 'theirs' }, await world.tokenOf('second'));
    const first = await send();

    expect(first).toMatchObject({ status: 409, body: { error: 'ALREADY_TAKEN', data: { name: 'Second' } } });
    expect(told(await send())).toEqual(told(first));
  });

  test('is over after 48 hours', async () => {
    await give('head');
    await send();
    await give('seller');
    for (let hours = 0; hours < 48; hours += 8) {
      world.clock.advance(8 * HOUR);
      await world.as(token, 'GET', '/v1/me');
    }

    expect(await send()).toMatchObject({ status: 201 });
  });

  test('with an API key claims nothing', async () => {
    await world.reply(CHAT, { text: '', crmMessageId: ID });
    await world.call('PATCH', `/v1/channels/${world.channel.channelId}`, {
      key: world.account.apiKey,
      body: { enabled: false },
    });
    expect(await world.reply(CHAT, { crmMessageId: ID })).toMatchObject({ body: { error: 'CHANNEL_BLOCKED' } });
    await world.call('PATCH', `/v1/channels/${world.channel.channelId}`, {
      key: world.account.apiKey,
      body: { enabled: true },
    });

    expect(await world.reply(CHAT, { crmMessageId: ID })).toMatchObject({ status: 201 });
  });

  test('that is none of a page’s own doing claims nothing: 401, 5xx', async () => {
    const fails = (body: { input: { TableName?: string } }) => body.input.TableName === 'chats';
    world.failing = (asked) => fails(asked as never);
    expect((await send()).status).toBe(500);
    world.failing = undefined;

    expect(await send()).toMatchObject({ status: 201 });
  });
});

describe('any order of repeats, lost answers and refusals', () => {
  const step = fc.record({
    /** The user that the chat belongs to then. */
    owner: fc.constantFrom('seller', 'seller', 'head'),
    /** The requests that are under way at once. */
    twins: fc.integer({ min: 1, max: 3 }),
    /** The number of the command that fails. */
    loses: fc.option(fc.integer({ min: 0, max: 25 })),
    hours: fc.integer({ min: 0, max: 7 }),
  });

  test('ends in one message or none, and everybody is told the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        await world.stop();
        world = await createPageWorld();
        await world.say(CHAT, 'hello?');
        token = await world.tokenOf('seller');
        const answers: Answer[] = [];
        let passed = 0;
        for (const { owner, twins, loses, hours } of steps) {
          await give(owner);
          if (passed + hours < 47) {
            passed += hours;
            world.clock.advance(hours * HOUR);
          }
          let commands = 0;
          if (loses !== null) world.failing = () => commands++ === loses;
          answers.push(...(await Promise.all(Array.from({ length: twins }, () => send()))));
          world.failing = undefined;
        }
        const messages = await written();
        // 401 and 5xx say nothing of the message. A session ends sooner if the note of its use was what failed.
        const clear = answers.filter(({ status }) => status < 500 && status !== 401);
        const sent = clear.filter(({ body }) => isSent(body));

        expect(messages.length).toBeLessThanOrEqual(1);
        expect(sent.length === 0 || sent.length === clear.length).toBe(true);
        if (sent.length > 0) expect(messages).toHaveLength(1);
        if (clear.length > sent.length) expect(messages).toEqual([]);
        for (const { body } of sent) expect(messageIdIn(body)).toBe(messages[0]);
      }),
      { numRuns: 40 },
    );
  });
});

function isSent(body: unknown): boolean {
  const { error } = body as { error?: string };
  return error === undefined || error === 'REPEATED_CRM_MESSAGE_ID';
}

function messageIdIn(body: unknown): string | undefined {
  const { messageId, data } = body as { messageId?: string; data?: { messageId?: string } };
  return messageId ?? data?.messageId;
}
