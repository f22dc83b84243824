import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'head', 'control'].map((id) => ({ id, name: `Name of ${id}` })));
  await desk.give({ anna: 'seller', boris: 'seller', head: 'manager', control: 'auditor' });
  const contactData = [{ chatType: 'telegram', chatId: String(CLIENT) }];
  await desk.push('contacts', { id: 'c1', name: 'Olga', responsibleUserId: 'anna', contactData });
  await world.say(CLIENT, 'hello');
});

afterEach(() => world.stop());

interface Pushed {
  readonly responsibleUserId?: string;
  readonly contacts?: readonly string[];
  readonly closed?: boolean;
  readonly uri?: string;
}

async function push(id: string, fields: Pushed = {}): Promise<void> {
  const deal = { id, name: `Deal ${id}`, responsibleUserId: 'anna', contacts: ['c1'], closed: false };
  await desk.push('deals', { ...deal, ...fields });
}

async function dealsOf(user?: string): Promise<unknown> {
  const { status, body } = await desk.ask('GET', `${world.pathOf(CLIENT)}/deals`, undefined, user);
  expect(status).toBe(200);
  return (body as { deals: unknown }).deals;
}

const idsOf = async (user?: string) => ((await dealsOf(user)) as { id: string }[]).map(({ id }) => id);

describe('the briefcase has the deals of the contact for which the user is responsible (C5)', () => {
  test('the open ones first, with the link into the CRM', async () => {
    await push('1', { closed: true, uri: 'https://crm.example/deals/1' });
    await push('2', { uri: 'https://crm.example/deals/2' });
    await push('3', { responsibleUserId: 'boris' });
    await push('4', { contacts: ['c2'] });

    expect(await dealsOf('anna')).toEqual([
      { id: '2', name: 'Deal 2', link: 'https://crm.example/deals/2', closed: false },
      { id: '1', name: 'Deal 1', link: 'https://crm.example/deals/1', closed: true },
    ]);
    expect(await idsOf('boris')).toEqual(['3']);
    expect([await idsOf('head'), await idsOf('control')]).toEqual([[], []]);
  });

  test('the CRM gets those of all users', async () => {
    await push('1', { responsibleUserId: 'boris', closed: true });
    await push('2');

    expect(await idsOf()).toEqual(['2', '1']);
  });

  test('none without a contact', async () => {
    await world.say(502, 'hello');

    const { body } = await desk.ask('GET', `${world.pathOf(502)}/deals`);

    expect(body).toEqual({ deals: [] });
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'deals/7', ''])(
    'a `uri` such as %j is no link',
    async (uri) => {
      await push('1', { uri });

      expect(await dealsOf('anna')).toEqual([{ id: '1', name: 'Deal 1', closed: false }]);
    },
  );
});

describe('a closed deal', () => {
  test('leaves with its contact, with its user, and when it is deleted or opened again', async () => {
    const closed = { closed: true };
    for (const id of ['1', '2', '3', '4']) await push(id, closed);
    await push('1', { ...closed, contacts: ['c2'] });
    await push('2', { ...closed, responsibleUserId: 'boris' });
    await desk.remove('deals', '3');
    await push('4');

    expect(await dealsOf('anna')).toEqual([{ id: '4', name: 'Deal 4', closed: false }]);
    expect(await idsOf()).toEqual(['4', '2']);
    await desk.remove('deals', '2');
    await desk.remove('deals', '4');
    expect(await idsOf()).toEqual([]);
  });

  test('that an earlier release stored is there once it is pushed again', async () => {
    const stored = { name: 'Deal 1', responsibleUserId: 'anna', contacts: ['c1'], closed: true, ver: 'v' };
    const { accountId } = world.account;
    await world.db.apply(
      new PutCommand({ TableName: 'directory', Item: { p: `${accountId}#deals`, s: '1', ...stored } }),
    );
    expect(await idsOf('anna')).toEqual([]);

    await push('1', { closed: true });

    expect(await idsOf('anna')).toEqual(['1']);
  });

  test('is one of at most a hundred', async () => {
    for (let number = 100; number < 202; number += 1) await push(String(number), { closed: true });

    expect(await idsOf('anna')).toHaveLength(100);
  });
});
