import { expect, test } from 'vitest';
import { credentialSchemas } from '#channels/registry/credentials';
import { createMessengers } from '#channels/registry/messengers';
import { chatTypesOf, isAskedForNames, TRANSPORTS } from '#domain/chat-types';

test('what is told of a messenger without loading it is what it says of itself', async () => {
  const { messengerFor } = createMessengers();

  expect([...TRANSPORTS].sort()).toEqual(Object.keys(credentialSchemas).sort());
  for (const transport of TRANSPORTS) {
    const messenger = await messengerFor(transport);
    expect(messenger).toMatchObject({ transport, chatTypes: chatTypesOf(transport) });
    expect(messenger?.inbound.profileOf !== undefined, transport).toBe(isAskedForNames(transport));
  }
});

test('a messenger is made once, so that what it remembers is remembered', async () => {
  const { messengerFor } = createMessengers();

  const [first, second] = await Promise.all([messengerFor('wapi'), messengerFor('wapi')]);

  expect(first).toBeDefined();
  expect(second).toBe(first);
});

test.each(['constructor', 'toString', '__proto__', ''])('there is no messenger of the name "%s"', async (name) => {
  expect(await createMessengers().messengerFor(name)).toBeUndefined();
  expect(chatTypesOf(name)).toEqual([]);
});
