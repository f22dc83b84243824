import { afterEach, beforeEach, expect, test } from 'vitest';
import { createContactChanges } from '#flows/sight/push-contact';
import { tables } from '#lib/tables';
import { createStoreDeps } from '#store/dynamo/client';
import { deskOf } from '#test/functions/company';
import type { Command } from '#test/scheduler/memory-dynamo';
import { createWorld, type World } from '#test/world';

const CHAT = 501;
const NAMES = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

const card = (id: string, responsibleUserId: string) => ({
  id,
  name: `Contact ${id}`,
  responsibleUserId,
  contactData: [{ chatType: 'telegram', chatId: String(CHAT) }],
});

/** Changes of contacts that stop once, before the first transaction that `stopsAt` accepts. */
function stopping(mostWrites: number, stopsAt: (command: Command) => boolean) {
  const [stopped, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isOpen = false;
  const client = {
    async send(command: Command) {
      if (!isOpen && command.constructor.name === 'TransactWriteCommand' && stopsAt(command)) {
        isOpen = true;
        stopped.resolve();
        await opened.promise;
      }
      return world.db.apply(command);
    },
  } as never;
  const { clock } = world;
  const deps = createStoreDeps({ client, tables: NAMES, clock, newId: () => crypto.randomUUID() });
  return { ...createContactChanges({ ...deps, mostWrites }), stopped: stopped.promise, open: opened.resolve };
}

const writesChat = ({ input }: Command) =>
  (input.TransactItems as { Update?: { TableName: string } }[]).some(({ Update }) => Update?.TableName === 'chats');

test('R2 a contact takes an address back before the change that took it has reached the chat: the chat follows', async () => {
  const { accountId: account } = world.account;
  const desk = deskOf(world);
  await desk.push('users', { id: 'anna', name: 'Anna' }, { id: 'boris', name: 'Boris' });
  await world.say(CHAT, 'hello');
  await desk.push('contacts', card('c1', 'boris'));
  const taking = stopping(2, writesChat);
  const takingBack = stopping(100, () => true);

  const taken = taking.pushContact(account, card('c2', 'anna'));
  await taking.stopped;
  const takenBack = takingBack.pushContact(account, card('c1', 'boris'));
  await takingBack.stopped;
  taking.open();
  await taken;
  takingBack.open();
  await takenBack;

  expect(await world.chat(CHAT)).toMatchObject({ contactId: 'c1', name: 'Contact c1' });
});
