import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { createFollowProfile } from '#flows/sight/follow-profile';
import { createContactChanges } from '#flows/sight/push-contact';
import { tables } from '#lib/tables';
import { createStoreDeps } from '#store/dynamo/client';
import { deskOf } from '#test/functions/company';
import type { Command } from '#test/scheduler/memory-dynamo';
import { type Asked, createWorld, messageOf, type World } from '#test/world';

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

/** Changes of contacts, and contacts that follow a profile, which stop once, before the first transaction that `stopsAt` accepts. */
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
  return {
    ...createContactChanges({ ...deps, mostWrites }),
    followProfile: createFollowProfile({ ...deps, mostWrites }),
    stopped: stopped.promise,
    open: opened.resolve,
  };
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

test.each([
  ['the contact itself, under a name of its own', true],
  ['another contact with the address', false],
])(
  'D10 a client’s new name that comes late does not overwrite what the CRM pushed meanwhile: %s',
  async (_name, same) => {
    const { accountId: account } = world.account;
    const desk = deskOf(world);
    await desk.push('users', { id: 'anna', name: 'Anna' });
    await desk.give({ anna: 'seller with switch' });
    await world.say(CHAT, 'hello');
    await world.reply(CHAT, { crmUserId: 'anna' });
    await world.drain();
    const { contactId, name } = await world.chat(CHAT);
    expect(name).toBe(`Client ${CHAT}`);
    await world.webhook(messageUnder('Zoe'));
    const follower = stopping(100, () => true);
    const isTaken = ({ kind, input }: Asked) => kind === 'UpdateCommand' && input.TableName === 'outbox';
    world.failing = isTaken;
    await expect(world.drain()).rejects.toThrow();
    world.failing = undefined;

    const following = follower.followProfile(addressKey(account, 'telegram', String(CHAT)));
    await follower.stopped;
    await desk.push('contacts', card(same ? String(contactId) : 'c1', 'anna'));
    follower.open();
    await following;

    const pushed = same ? contactId : 'c1';
    expect(await world.chat(CHAT)).toMatchObject({ contactId: pushed, name: `Contact ${pushed}` });
    expect((await desk.ask('GET', '/v3/contacts')).body).toMatchObject({
      count: 1,
      data: [{ name: `Contact ${pushed}` }],
    });
  },
);

/** A later message of the client under another name. */
function messageUnder(first_name: string) {
  world.clock.advance(1_000);
  const said = messageOf(CHAT, 'again', 99, world.clock.now());
  return { update_id: 99, message: { ...said, from: { id: CHAT, is_bot: false, first_name } } };
}
