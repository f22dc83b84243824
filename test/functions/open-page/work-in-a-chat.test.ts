import { afterEach, beforeEach, expect, test } from 'vitest';
import { REFUSED } from '#test/functions/company';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import type { MessageListAnswer } from '#test/world';

const CHAT = 5;

let world: PageWorld;
let token: string;

beforeEach(async () => {
  world = await createPageWorld();
  await world.say(CHAT, 'hello?');
  token = await world.tokenOf('seller');
});

afterEach(() => world.stop());

async function send(text: string): Promise<string> {
  const { channelId } = world.channel;
  const body = { channelId, chatType: 'telegram', chatId: String(CHAT), text, crmMessageId: text };
  const answer = await world.as(token, 'POST', '/v3/message', body);
  expect(answer.status).toBe(201);
  await world.drain();
  return (answer.body as { messageId: string }).messageId;
}

async function newest(): Promise<MessageListAnswer['messages'][number] | undefined> {
  const { body } = await world.as(token, 'GET', `${world.pathOf(CHAT)}/messages`);
  return (body as MessageListAnswer).messages.at(-1);
}

test('R4 the user of a page edits and deletes what the team sent', async () => {
  const messageId = await send('first words');

  expect(await world.as(token, 'PATCH', `/v3/message/${messageId}`, { text: 'better words' })).toMatchObject({
    status: 200,
  });
  expect(await newest()).toMatchObject({ text: 'better words', isEdited: true, authorId: 'seller' });
  expect(await world.as(token, 'DELETE', `/v3/message/${messageId}`)).toMatchObject({ status: 200 });
  expect(await newest()).toMatchObject({ isDeleted: true });
  const bare = await world.tokenOf('bare');
  expect(await world.as(bare, 'DELETE', `/v3/message/${messageId}`)).toMatchObject({ status: 403 });
});

test('C1 the user of a page sends again what failed, as the history names it', async () => {
  world.bot.answerNext('sendMessage', REFUSED);
  await send('lost');
  const failed = await newest();
  expect(failed).toMatchObject({ status: 'error', crmMessageId: 'lost', deliveryId: expect.any(String) });
  const path = `/v1/deliveries/${failed?.deliveryId}/retry`;

  expect(await world.as(await world.tokenOf('bare'), 'POST', path)).toMatchObject({ status: 404 });
  expect(await world.as(token, 'POST', path)).toMatchObject({ status: 202 });
  await world.drain();

  expect(await newest()).toMatchObject({ status: 'sent' });
  expect(await newest()).not.toHaveProperty('deliveryId');
  expect(await world.as(token, 'POST', path)).toMatchObject({ status: 404 });
});

test('U5 U9 the user of a page says that no reply is needed, or that one is still owed', async () => {
  const { body } = await world.as(token, 'GET', world.pathOf(CHAT));
  const { seenUpTo } = body as { seenUpTo: string };
  const quiet = { noReplyNeeded: true, seenUpTo };

  expect((await world.as(token, 'PUT', `${world.pathOf(CHAT)}/no-reply-needed`, quiet)).body).toMatchObject({
    unanswered: false,
    noReplyNeeded: { userId: 'seller' },
  });
  world.clock.advance(1_000);
  expect((await world.as(token, 'PUT', `${world.pathOf(CHAT)}/still-owed`, { stillOwed: true })).body).toMatchObject({
    unanswered: true,
    noReplyNeeded: null,
    stillOwed: { userId: 'seller' },
  });
});
