import { afterEach, beforeEach, expect, test } from 'vitest';
import { chatKey } from '#domain/message';
import { createWorld, textUpdate, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function waiting(): Promise<string[]> {
  return (await world.chats('view=unanswered')).chats.map(({ chatId }) => chatId).sort();
}

test('a chat that cannot be folded holds up no other, and is folded from the queue of failed chats', async () => {
  const broken = chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: '1' });
  world.failing = ({ kind, input }) => kind === 'GetCommand' && input.Key?.c === broken;
  await world.webhook(textUpdate(1, 'one', 1, world.clock.now()));
  await world.webhook(textUpdate(2, 'two', 2, world.clock.now()));
  await world.drain();
  world.failing = undefined;
  expect(await waiting()).toEqual(['2']);

  const Records = world.sent.failedChats.map((body) => ({ body }));
  await world.app.listeners['retry-fold']({ Records });

  expect(await waiting()).toEqual(['1', '2']);
});
