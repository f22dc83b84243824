import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#clock';
import { tables } from '#lib/tables';
import { createUsers, type User, type Users } from '#store/directory/users';
import { createStoreDeps } from '#store/dynamo/client';
import { type Command, MemoryDynamo } from '#test/scheduler/memory-dynamo';

const ACCOUNT = 'shop';
const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));

let users: Users;
let before: ((command: Command) => Promise<void>) | undefined;
let sent: string[];

beforeEach(() => {
  before = undefined;
  sent = [];
  const db = new MemoryDynamo(tables, names);
  const client = {
    async send(command: Command) {
      sent.push(command.constructor.name);
      await before?.(command);
      return db.apply(command);
    },
  };
  users = createUsers(
    createStoreDeps({ client: client as never, tables: names, clock: systemClock, newId: () => 'id' }),
  );
});

function made(count: number, prefix = 'u'): User[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, name: `User ${index}` }));
}

/** Runs `run` once, just before the next transaction is written. */
function beforeNextWrite(run: () => Promise<unknown>): void {
  before = async ({ constructor: { name } }) => {
    if (name !== 'TransactWriteCommand') return;
    before = undefined;
    await run();
  };
}

test('a user replaces the one with the same id', async () => {
  await users.put(ACCOUNT, [{ id: '1', name: 'Anna', phone: '79001112233' }]);
  await users.put(ACCOUNT, [{ id: '1', name: 'Anna B.' }]);

  expect(await users.get(ACCOUNT, '1')).toEqual({ id: '1', name: 'Anna B.', made: 1 });
  expect(await users.get('other', '1')).toBeUndefined();
});

test('a user keeps the push that made them, and is made anew after a deletion, also one at the same time', async () => {
  const madeOf = async () => (await users.get(ACCOUNT, '1'))?.made;
  await users.put(ACCOUNT, [{ id: '1', name: 'Anna' }]);
  await users.put(ACCOUNT, [{ id: '1', name: 'Anna B.' }]);
  expect(await madeOf()).toBe(1);

  await users.remove(ACCOUNT, ['1']);
  await users.put(ACCOUNT, [{ id: '1', name: 'Anna' }]);
  expect(await madeOf()).toBe(3);

  beforeNextWrite(() => users.remove(ACCOUNT, ['1']));
  await users.put(ACCOUNT, [{ id: '1', name: 'Anna C.' }]);
  expect(await madeOf()).toBe(4);
});

test('a push that changes nothing writes nothing', async () => {
  await users.put(ACCOUNT, made(3));
  sent.length = 0;

  expect(await users.put(ACCOUNT, made(3))).toBe('stored');

  expect(sent).not.toContain('TransactWriteCommand');
});

test('a push may hold more users than a transaction', async () => {
  expect(await users.put(ACCOUNT, made(250))).toBe('stored');
  expect(await users.list(ACCOUNT)).toHaveLength(250);
});

test('existing names those of many ids that are users', async () => {
  await users.put(ACCOUNT, made(150));

  expect(await users.existing(ACCOUNT, ['u1', 'nobody', 'u149', 'u1'])).toEqual(new Set(['u1', 'u149']));
});

test('a deletion returns the ids that were no users', async () => {
  await users.put(ACCOUNT, made(60));
  const ids = ['x', ...made(60).map(({ id }) => id), 'y'];

  expect(await users.remove(ACCOUNT, ids)).toEqual(['x', 'y']);
  expect(await users.list(ACCOUNT)).toEqual([]);
});

describe('of two pushes at once', () => {
  test('one is refused if both have the same phone', async () => {
    beforeNextWrite(() => users.put(ACCOUNT, [{ id: '2', name: 'Boris', phone: '7900' }]));

    expect(await users.put(ACCOUNT, [{ id: '1', name: 'Anna', phone: '7900' }])).toEqual({
      refused: 'phone-taken',
      phone: '7900',
    });
    expect((await users.list(ACCOUNT)).map(({ id }) => id)).toEqual(['2']);
  });

  test('one is refused if together they are too many', async () => {
    for (let first = 0; first < 10; first += 1) await users.put(ACCOUNT, made(99, `${first}-`));
    beforeNextWrite(() => users.put(ACCOUNT, made(6, 'a')));

    expect(await users.put(ACCOUNT, made(6, 'b'))).toEqual({ refused: 'too-many', limit: 1000 });
    expect(await users.list(ACCOUNT)).toHaveLength(996);
    expect(await users.put(ACCOUNT, made(4, 'c'))).toBe('stored');
  });
});
