import { afterEach, beforeEach, expect, test } from 'vitest';
import { factKey } from '#domain/fact';
import { createWorld, START, type World } from '#test/world';

const CHAT = 'channel-1#telegram#5';
const MOST = 1_000;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function put(at: number, id: string, chat = CHAT): Promise<string> {
  const key = factKey(START + at, id);
  const content = { type: 'text', text: 'hello' } as const;
  await world.store.facts.put(chat, { kind: 'client', key, author: {}, content, opens: true });
  return key;
}

test('messages are found by their ids, those of other chats are not', async () => {
  const [first, , third] = [await put(1, '1'), await put(2, '2'), await put(3, '3')];
  await put(4, '4', 'channel-1#telegram#6');
  await world.store.outcomes.recordDeletion(CHAT, '5');

  expect(await world.store.findMessages(CHAT, ['1', '3', '4', '5'])).toEqual(
    new Map([
      ['3', third],
      ['1', first],
    ]),
  );
});

test('only the newest thousand are looked at', async () => {
  const oldest = await put(0, 'oldest');
  for (let at = 1; at < MOST; at += 1) await put(at, String(at));
  expect(await world.store.findMessages(CHAT, ['oldest'])).toEqual(new Map([['oldest', oldest]]));

  await put(MOST, 'one more');

  expect(await world.store.findMessages(CHAT, ['oldest'])).toEqual(new Map());
});
