import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replyLane } from '#store/outbox/lane-names';
import { createWorld, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

test('a reply that an earlier release left in its lane is sent, and its row is looked for once', async () => {
  await world.say(5, 'Hello');
  await world.reply(5, { text: 'Good day' });
  await world.drain({ deliver: false });
  const fact = world.db.items('messages').find(({ kind }) => kind === 'reply') as Record<string, string>;
  const lane = replyLane(String(fact.c));
  world.db.apply(new DeleteCommand({ TableName: 'outbox', Key: { l: lane, e: '-' } }));
  const at = world.clock.now();
  const row = { kind: 'reply', account: world.account.accountId, chat: fact.c, attempt: 1, calls: 0 };
  const Item = { ...row, l: lane, e: fact.k, o: `${at}#${fact.k}`, createdAt: at, since: at };
  world.db.apply(new PutCommand({ TableName: 'outbox', Item }));
  const sent = () =>
    world.bot.calls.flatMap(({ method, body }) => (method === 'sendMessage' ? [(body as { text: string }).text] : []));
  const ring = () => world.app.listeners['deliver-message']({ Records: [{ body: lane }] });

  await ring();
  await world.drain({ deliver: false });

  expect(sent()).toEqual(['Good day']);
  let looks = 0;
  world.failing = ({ kind, input }) => {
    if (kind === 'QueryCommand' && input.TableName === 'messages') looks += 1;
    return false;
  };
  await ring();
  await ring();
  expect(looks).toBe(0);
  expect(sent()).toHaveLength(1);
});
