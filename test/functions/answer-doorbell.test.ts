import { expect, test } from 'vitest';
import { createWorld } from '#test/world';

test('a page is rung when a client writes', async () => {
  const world = await createWorld();
  const page = await world.openPage();

  await world.say(7, 'Good day');

  const [ring] = page.said();
  expect(ring).toEqual({ t: 'ring', chats: [[world.channel.channelId, 'telegram', '7', expect.any(Number)]] });
  await world.stop();
});
