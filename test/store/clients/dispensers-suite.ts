import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { tables } from '#lib/tables';
import { type Addresses, createAddresses, UNOWNED } from '#store/clients/addresses';
import { type Claim, createDispensers, type Dispensers } from '#store/clients/dispensers';
import { createStoreDeps, type DocumentClient } from '#store/dynamo/client';
import { transact } from '#store/dynamo/transaction';

const CHANNEL = 'channel';
const ACCOUNT = 'account';
const LONG_MS = 11_000;

/** A database with all tables, all empty. */
export interface Opened {
  readonly client: DocumentClient;
  stop(): Promise<void>;
}

/** Tests what the rotation promises, with commands in order and at once, on any database. */
export function describeDispensers(open: () => Promise<Opened>): void {
  let opened: Opened;
  let addresses: Addresses;
  let dispensers: Dispensers;
  let requests: string[];
  let now: number;
  /** Runs once, just before the next command of that kind. */
  let before: { readonly kind: string; readonly run: () => Promise<unknown> } | undefined;

  beforeEach(async () => {
    opened = await open();
    requests = [];
    now = 1_800_000_000_000;
    before = undefined;
    const client = {
      async send(command: { constructor: { name: string } }) {
        const { name } = command.constructor;
        if (before?.kind === name) {
          const { run } = before;
          before = undefined;
          await run();
        }
        requests.push(name);
        return opened.client.send(command as never);
      },
    };
    const clock = { now: () => now, deadline: () => new AbortController().signal };
    const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
    const deps = createStoreDeps({
      client: client as unknown as DocumentClient,
      tables: names,
      clock,
      newId: () => 'id',
    });
    addresses = createAddresses(deps);
    dispensers = createDispensers(deps);
  });

  afterEach(() => opened.stop());

  const keyOf = (client: string | number) => addressKey(ACCOUNT, 'telegram', String(client));
  const away = (userId: string, reason = 'switched-off') => ({ userId, reason });

  function claim(client: string | number): Promise<Claim> {
    return dispensers.claim(CHANNEL, keyOf(client), new AbortController().signal);
  }

  async function userOf(client: string | number): Promise<string | undefined> {
    const claimed = await claim(client);
    return claimed.outcome === 'drawn' ? claimed.userId : undefined;
  }

  function usersOf(from: number, to: number): Promise<(string | undefined)[]> {
    return Promise.all(Array.from({ length: to - from + 1 }, (_, index) => userOf(from + index)));
  }

  function decide(client: string | number, userId = 'a') {
    return addresses.decide(
      { key: keyOf(client), generation: 0 },
      { userId, rule: 'round-robin', chatKey: 'chat', place: 0, passedOver: [] },
    );
  }

  /** Draws turns for these clients and decides each at once. Resolves to the last `forget` that a claim returned. */
  async function giveOut(from: number, to: number) {
    let found: (Claim & { outcome: 'drawn' })['forget'];
    for (let client = from; client <= to; client += 1) {
      const claimed = await claim(client);
      if (claimed.outcome === 'drawn') found = claimed.forget ?? found;
      await decide(client);
    }
    return found;
  }

  async function deleteContact(client: string | number) {
    const address = await addresses.get(keyOf(client));
    const writes = [addresses.giving(address, UNOWNED), dispensers.release(CHANNEL, [keyOf(client)])];
    expect(await transact(opened.client, writes)).toBe(true);
  }

  async function item(): Promise<Record<string, unknown> | undefined> {
    const { Item } = await opened.client.send(
      new GetCommand({ TableName: 'dispensers', Key: { ch: CHANNEL, s: '-' }, ConsistentRead: true }),
    );
    return Item;
  }

  async function claimNames(): Promise<string[]> {
    return Object.keys((await item()) ?? {})
      .filter((name) => name.includes('#'))
      .sort();
  }

  describe('claim', () => {
    test('draws no turn while the roster is missing or empty', async () => {
      expect(await claim(1)).toEqual({ outcome: 'nobody' });
      await dispensers.setRoster(CHANNEL, ['a'], []);
      await dispensers.setRoster(CHANNEL, [], [away('a')]);

      expect(await claim(1)).toEqual({ outcome: 'nobody' });
      await dispensers.setRoster(CHANNEL, ['a'], []);
      expect(await claim(1)).toEqual({ outcome: 'drawn', turn: 1, userId: 'a', place: 1, passedOver: [] });
    });

    test('draws one turn after the other, each in one request', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], [away('d')]);
      requests = [];

      expect(await claim(1)).toEqual({ outcome: 'drawn', turn: 1, userId: 'a', place: 1, passedOver: [away('d')] });
      expect(await claim(2)).toEqual({ outcome: 'drawn', turn: 2, userId: 'b', place: 2, passedOver: [away('d')] });
      expect(await claim(3)).toEqual({ outcome: 'drawn', turn: 3, userId: 'c', place: 3, passedOver: [away('d')] });
      expect(await claim(4)).toEqual({ outcome: 'drawn', turn: 4, userId: 'a', place: 1, passedOver: [away('d')] });
      expect(requests).toHaveLength(4);
    });

    test('draws one turn for a client, however often it is asked', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b'], [away('c')]);
      const first = await claim(1);
      requests = [];

      expect(await claim(1)).toEqual(first);
      expect(requests).toEqual(['UpdateCommand']);
      expect(await userOf(2)).toBe('b');
    });

    test('returns a claim as it was drawn, however the roster changed since', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b'], [away('c')]);
      const first = await claim(1);
      const second = await claim(2);
      await dispensers.setRoster(CHANNEL, ['c'], [away('a', 'gone'), away('b')]);
      await dispensers.setRoster(CHANNEL, ['c', 'a'], [away('b', 'gone')]);
      await userOf(3);
      await dispensers.setRoster(CHANNEL, [], []);

      expect(await claim(1)).toEqual(first);
      expect(await claim(2)).toEqual(second);
      expect(await claim(3)).toMatchObject({ turn: 3, userId: 'c', passedOver: [away('b', 'gone')] });
    });

    test('tells clients apart whatever their ids are', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c', 'd', 'e'], []);
      const ids = ['7', 'n', '#', '__proto__', `ё.[0]${'x'.repeat(1000)}`];

      const drawn = [];
      for (const id of ids) drawn.push(await userOf(id));

      expect(drawn).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(await Promise.all(ids.map(userOf))).toEqual(drawn);
    });

    test('gives five users 10 of 50 clients each, who all claim three times at once in one request', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c', 'd', 'e'], []);
      requests = [];

      const rounds = await Promise.all([usersOf(1, 50), usersOf(1, 50), usersOf(1, 50)]);

      expect(requests).toHaveLength(150);
      expect(rounds[1]).toEqual(rounds[0]);
      expect(rounds[2]).toEqual(rounds[0]);
      for (const user of ['a', 'b', 'c', 'd', 'e']) expect(rounds[0]!.filter((one) => one === user)).toHaveLength(10);
    });
  });

  describe('setRoster', () => {
    test('lets the rotation go on from where it was', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], []);
      expect(await userOf(1)).toBe('a');

      expect(await dispensers.setRoster(CHANNEL, ['d', 'a', 'c'], [away('b')])).toBe(true);

      expect([await userOf(2), await userOf(3), await userOf(4), await userOf(5)]).toEqual(['c', 'a', 'd', 'c']);
    });

    test('lets the rotation go on after a night in which nobody received clients (D3, T9)', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], []);
      expect(await userOf(1)).toBe('a');
      await dispensers.setRoster(CHANNEL, [], [away('a'), away('b'), away('c')]);
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], []);

      expect([await userOf(2), await userOf(3), await userOf(4)]).toEqual(['b', 'c', 'a']);
    });

    test('writes nothing if the users are the same', async () => {
      expect(await dispensers.setRoster(CHANNEL, ['a', 'b'], [away('c')])).toBe(true);
      await userOf(1);
      const stored = await item();
      requests = [];

      expect(await dispensers.setRoster(CHANNEL, ['b', 'a'], [away('c')])).toBe(false);

      expect(requests).toEqual(['GetCommand']);
      expect(await item()).toEqual(stored);
    });

    test('makes no item for a channel in which nobody ever received clients', async () => {
      expect(await dispensers.setRoster(CHANNEL, [], [away('a')])).toBe(false);
      expect(await item()).toBeUndefined();
    });

    test('reads again if a client claimed meanwhile', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], []);
      before = { kind: 'UpdateCommand', run: () => userOf(1) };

      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c', 'd'], []);

      expect([await userOf(2), await userOf(3), await userOf(4), await userOf(5)]).toEqual(['b', 'c', 'a', 'd']);
    });

    test.each([
      ['the first roster', []],
      ['a later roster', ['a']],
    ])('reads again if another process set %s meanwhile', async (_, there) => {
      if (there.length > 0) await dispensers.setRoster(CHANNEL, there, []);
      before = { kind: 'UpdateCommand', run: () => dispensers.setRoster(CHANNEL, ['a', 'b'], []) };

      await dispensers.setRoster(CHANNEL, ['c', 'b'], []);

      expect([await userOf(1), await userOf(2), await userOf(3)]).toEqual(['b', 'c', 'b']);
    });

    test('removes rosters that no claim needs', async () => {
      for (let round = 0; round < 5; round += 1) {
        await dispensers.setRoster(CHANNEL, ['a', 'b'], []);
        await dispensers.setRoster(CHANNEL, ['b'], [away('a')]);
      }

      expect((await item())?.r).toHaveLength(1);
    });
  });

  describe('forget', () => {
    beforeEach(() => dispensers.setRoster(CHANNEL, ['a', 'b'], []));

    test('is asked of the run that draws a twelfth turn', async () => {
      const claims = [];
      for (let client = 1; client <= 25; client += 1) claims.push(await claim(client));

      const chosen = claims.filter((one) => one.outcome === 'drawn' && one.forget);
      expect(chosen.map((one) => one.outcome === 'drawn' && one.turn)).toEqual([12, 24]);
      expect(await claim(12)).not.toHaveProperty('forget');
    });

    test('removes claims of clients who had an owner at the twelfth before, at least ten seconds ago', async () => {
      await dispensers.forget((await giveOut(1, 12))!, addresses);
      expect(await claimNames()).toHaveLength(12);
      await dispensers.setRoster(CHANNEL, ['b', 'a'], [away('c')]);
      now += LONG_MS;
      await dispensers.forget((await giveOut(13, 24))!, addresses);

      expect(await claimNames()).toHaveLength(12);
      expect((await item())?.r).toHaveLength(1);
      expect(await userOf(13)).toBe('a');
      now += LONG_MS;
      await dispensers.forget((await giveOut(25, 36))!, addresses);
      expect(await claimNames()).toHaveLength(12);
    });

    test('removes nothing sooner, because another run may just have read the client as unowned', async () => {
      await dispensers.forget((await giveOut(1, 12))!, addresses);
      now += 9_000;
      await dispensers.forget((await giveOut(13, 24))!, addresses);

      expect(await claimNames()).toHaveLength(24);
    });

    test('counts the ten seconds from after the read of the clients', async () => {
      const found = (await giveOut(1, 12))!;
      const takesLong = async () => {
        now += LONG_MS;
      };
      before = { kind: 'BatchGetCommand', run: takesLong };
      await dispensers.forget(found, addresses);
      await dispensers.forget((await giveOut(13, 24))!, addresses);

      expect(await claimNames()).toHaveLength(24);
    });

    test('keeps claims of clients who are still unowned', async () => {
      for (let client = 1; client <= 11; client += 1) await claim(client);
      await decide(3);
      await dispensers.forget((await giveOut(12, 12))!, addresses);
      now += LONG_MS;
      await dispensers.forget((await giveOut(13, 24))!, addresses);

      expect(await claimNames()).toHaveLength(22);
      expect(await claimNames()).not.toContain('telegram#3');
    });

    test('removes the claim of a client who got a contact of the CRM instead', async () => {
      for (let client = 1; client <= 11; client += 1) await claim(client);
      const address = await addresses.get(keyOf(3));
      const next = { viewers: ['x'], contact: { id: '1', name: 'Carl' } };
      await transact(opened.client, [addresses.giving(address, next)]);
      await dispensers.forget((await giveOut(12, 12))!, addresses);
      now += LONG_MS;
      await dispensers.forget((await giveOut(13, 24))!, addresses);

      expect(await claimNames()).not.toContain('telegram#3');
    });

    test('removes nothing if a contact was deleted and its client claimed again meanwhile', async () => {
      await dispensers.forget((await giveOut(1, 12))!, addresses);
      now += LONG_MS;
      const found = (await giveOut(13, 24))!;
      await deleteContact(3);
      const again = await claim(3);

      await dispensers.forget(found, addresses);

      expect(await claim(3)).toEqual({ ...again, turn: 25 });
      expect(await claimNames()).toHaveLength(24);
    });
  });

  describe('returned', () => {
    const returned = async (to: string | undefined, lapse: readonly [number, number] = [1, 5]) =>
      transact(opened.client, [dispensers.returned(await dispensers.load(CHANNEL), { to, from: 'a', lapse })]);
    const returns = async () => (await dispensers.load(CHANNEL)).returns;

    test('begins in the order of the users, also in what an older version stored', async () => {
      expect(await returns()).toEqual([]);
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], []);
      expect(await returns()).toEqual(['a', 'b', 'c']);
      await transact(opened.client, [
        { Update: { TableName: 'dispensers', Key: { ch: CHANNEL, s: '-' }, UpdateExpression: 'REMOVE q, lapses' } },
      ]);
      expect(await dispensers.load(CHANNEL)).toMatchObject({ returns: ['a', 'b', 'c'], lapses: {} });
    });

    test('puts who got the client last, notes the lapse, and leaves turns and claims alone (T5, T11, D3)', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], []);
      const first = await claim(1);
      expect(await returned('b')).toBe(true);
      expect(await returned(undefined, [2, 9])).toBe(true);

      expect(await dispensers.load(CHANNEL)).toMatchObject({
        returns: ['a', 'c', 'b'],
        lapses: { a: [2, 9] },
        next: 2,
      });
      expect(await claim(1)).toEqual(first);
      expect([await userOf(2), await userOf(3)]).toEqual(['b', 'c']);
    });

    test('keeps who is away behind who got the client (T5)', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], []);
      await dispensers.setRoster(CHANNEL, ['a', 'c'], [away('b', 'AWAY')]);
      await returned('a');

      expect(await returns()).toEqual(['c', 'a', 'b']);
    });

    test('is refused if another return, or a change of users, came first; a claim is none', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b', 'c'], []);
      const read = await dispensers.load(CHANNEL);
      const write = () => transact(opened.client, [dispensers.returned(read, { to: 'b', from: 'a', lapse: [1, 5] })]);
      await claim(1);
      expect(await write()).toBe(true);
      expect(await write()).toBe(false);
      expect(await returns()).toEqual(['a', 'c', 'b']);
    });

    test('follows the users: who leaves goes, who comes is last, and a night changes nothing (T12)', async () => {
      const all = ['a', 'b', 'c'];
      await dispensers.setRoster(CHANNEL, all, []);
      await returned('a', [1, 5]);
      await dispensers.setRoster(
        CHANNEL,
        [],
        all.map((userId) => away(userId, 'OUT_OF_HOURS')),
      );
      await dispensers.setRoster(CHANNEL, all, []);
      expect(await dispensers.load(CHANNEL)).toMatchObject({ returns: ['b', 'c', 'a'], lapses: {} });

      await dispensers.setRoster(CHANNEL, ['a', 'c'], [away('b', 'AWAY')]);
      await dispensers.setRoster(CHANNEL, ['a', 'b'], [away('c', 'SWITCHED_OFF')]);
      expect(await returns()).toEqual(['a', 'b']);
    });
  });

  describe('release', () => {
    test('lets the client draw again', async () => {
      await dispensers.setRoster(CHANNEL, ['a', 'b'], []);
      expect(await userOf(1)).toBe('a');
      await decide(1);

      await deleteContact(1);

      expect(await addresses.get(keyOf(1))).toMatchObject({ generation: 1, viewers: [] });
      expect(await userOf(1)).toBe('b');
      expect(await userOf(2)).toBe('a');
    });

    test('succeeds without a claim, and without a roster', async () => {
      await decide(1);
      await deleteContact(1);

      expect(await userOf(1)).toBeUndefined();
      expect(await dispensers.setRoster(CHANNEL, ['a'], [])).toBe(true);
      expect(await userOf(1)).toBe('a');
    });
  });
}
