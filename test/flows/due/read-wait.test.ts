import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { shortHash } from '#domain/hash';
import { chatKey } from '#domain/message';
import { createReadWait } from '#flows/due/read-wait';
import { ownIds } from '#flows/sight/own-records';
import type { ChatRow } from '#store/chats/chats';
import { creationKey, eventLane } from '#store/outbox/lane-names';
import { createWaitsWorld, type WaitsWorld } from '#test/functions/waits-world';

const CLIENT = 1;
let world: WaitsWorld;

beforeEach(async () => {
  world = await createWaitsWorld();
  await world.choose({ returnAfterMinutes: 15 });
});

afterEach(() => world.stop());

async function keeper(): Promise<string | undefined> {
  const key = chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: String(CLIENT) });
  return (await createReadWait(world.deps)((await world.store.chats.get(key)) as ChatRow))?.wait.client.contact;
}

test('nobody keeps a contact that the CRM has made until it has made all of the client (T4)', async () => {
  await world.say(CLIENT, 'Hello?');
  expect(await keeper()).toBe('konvert');
  const account = world.account.accountId;
  const contactData = [{ chatType: 'telegram', chatId: String(CLIENT) }];
  await world.ask('POST', '/v3/contacts', [{ id: 'c1', name: 'One', responsibleUserId: 'anna', contactData }]);
  expect(await keeper()).toBe('crm');

  const address = await world.store.addresses.get(addressKey(account, 'telegram', String(CLIENT)));
  const { decidedAt = 0, key } = address;
  const ids = ownIds(address, decidedAt);
  const row = { lane: eventLane(account), event: creationKey(eventLane(account), decidedAt, ids.contact) };
  const about = { subject: shortHash(key), address: key, decidedAt, ids };
  await world.store.rows.add({ kind: 'creation', ...about, ...row, account, storedAt: decidedAt });
  expect(await keeper()).toBe('nobody-yet');
  await world.store.rows.markDone(row);
  expect(await keeper()).toBe('crm');
});
