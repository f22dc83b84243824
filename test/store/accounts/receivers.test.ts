import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { SIGNS_ON_MS } from '#domain/signing-secret';
import { newSigningSecret, type OpenReceivers } from '#store/accounts/open-receivers';
import { createWorld, START, type World } from '#test/world';

const ACCOUNT = 'account-1';
const URI = 'https://crm.example/hook';
const CRM_KEY = 'key-of-the-crm';
const subscriptions = { ...NO_SUBSCRIPTIONS, messagesAndStatuses: true };

let world: World;
let receivers: OpenReceivers;

beforeEach(async () => {
  world = await createWorld();
  receivers = world.store.receivers;
});

afterEach(() => world.stop());

async function register(uri = URI, crmKey: string | undefined = CRM_KEY): Promise<boolean> {
  const before = await receivers.now(ACCOUNT);
  const signing = before.signing.length > 0 ? before.signing : [{ secret: newSigningSecret() }];
  return receivers.save(before, { uri, subscriptions, crmKey, signing, endedAt: undefined }, 'key-1');
}

async function rotate(): Promise<string> {
  const secret = await receivers.rotate(await receivers.now(ACCOUNT), 'key-1');
  return secret!;
}

/** What another process sees, which has read nothing yet. */
async function seenAnew() {
  world.clock.advance(10_000);
  return receivers.open(ACCOUNT);
}

describe('a receiver', () => {
  test('is not there before the first registration, also if a secret was made', async () => {
    expect(await receivers.of(ACCOUNT)).toBeUndefined();
    await rotate();

    expect(await receivers.of(ACCOUNT)).toBeUndefined();
    expect(await receivers.open(ACCOUNT)).toBeUndefined();
  });

  test('holds at once when it is the first one, and its number grows', async () => {
    expect(await receivers.of(ACCOUNT)).toBeUndefined();
    await register();
    expect(await receivers.of(ACCOUNT)).toEqual({ uri: URI, subscriptions, version: 1, listensSince: START });

    await register('https://crm.example/other');
    const other = { uri: 'https://crm.example/other', subscriptions, version: 2, listensSince: START };
    expect(await receivers.of(ACCOUNT)).toEqual(other);
  });

  test('keeps its secrets sealed, and only for its own account', async () => {
    await register();
    const stored = world.db.items('accounts').find(({ s }) => s === 'receiver') as Record<string, unknown>;

    expect(JSON.stringify(stored)).not.toContain(CRM_KEY);
    expect(JSON.stringify(stored)).not.toContain('whsec_');
    expect(JSON.stringify(await receivers.of(ACCOUNT))).not.toContain('sealed');
    expect(await receivers.open(ACCOUNT)).toMatchObject({ uri: URI, crmKey: CRM_KEY, secrets: [expect.any(String)] });

    world.db.apply(
      new UpdateCommand({
        TableName: 'accounts',
        Key: { p: 'account#thief', s: 'receiver' },
        UpdateExpression: 'SET sealed = :sealed',
        ExpressionAttributeValues: { ':sealed': stored.sealed },
      }) as never,
    );
    await expect(receivers.now('thief')).rejects.toThrow();
  });

  test.each<[string, () => Promise<unknown>]>([
    ['a registration', register],
    ['a new secret', rotate],
  ])('that was changed meanwhile is not changed by %s that read it before', async (_what, meanwhile) => {
    await register();
    const before = await receivers.now(ACCOUNT);
    await meanwhile();
    const after = await receivers.now(ACCOUNT);

    const mine = { uri: 'https://late.example', subscriptions, signing: before.signing, endedAt: undefined };
    expect(await receivers.save(before, mine, 'key-1')).toBe(false);
    expect(await receivers.rotate(before, 'key-1')).toBeUndefined();
    expect(await receivers.now(ACCOUNT)).toEqual(after);
  });

  test('of two first registrations at once one is stored', async () => {
    const before = await receivers.now(ACCOUNT);
    const mine = { uri: URI, subscriptions, signing: [{ secret: newSigningSecret() }], endedAt: undefined };

    expect(await Promise.all([receivers.save(before, mine, 'a'), receivers.save(before, mine, 'b')])).toEqual([
      true,
      false,
    ]);
  });
});

describe('a registration that ended', () => {
  test('is ended once, and says when', async () => {
    await register();

    expect(await receivers.end(ACCOUNT, 1)).toBe(true);
    world.clock.advance(1_000);
    expect(await receivers.end(ACCOUNT, 1)).toBe(false);
    expect(await receivers.of(ACCOUNT)).toMatchObject({ endedAt: START });
    expect(await receivers.open(ACCOUNT)).toMatchObject({ endedAt: START });
  });

  test('is not the one that is in force by now', async () => {
    await register();
    await register('https://crm.example/other');

    expect(await receivers.end(ACCOUNT, 1)).toBe(false);
    expect(await receivers.of(ACCOUNT)).not.toHaveProperty('endedAt');
  });

  test('is in force again after a new registration, and not by a new secret', async () => {
    await register();
    await receivers.end(ACCOUNT, 1);
    await rotate();
    expect(await receivers.of(ACCOUNT)).toHaveProperty('endedAt');

    await register();
    expect(await receivers.of(ACCOUNT)).not.toHaveProperty('endedAt');
  });

  test('is no receiver of an account that has none', async () => {
    expect(await receivers.end(ACCOUNT, 1)).toBe(false);
    expect(world.db.items('accounts').filter(({ s }) => s === 'receiver')).toEqual([]);
  });
});

describe('a new secret', () => {
  test('signs first, the former one beside it for a day and no longer', async () => {
    await register();
    const first = (await receivers.open(ACCOUNT))!.secrets[0]!;
    const second = await rotate();
    expect(second).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await receivers.open(ACCOUNT)).toMatchObject({ secrets: [second, first], crmKey: CRM_KEY });

    world.clock.advance(SIGNS_ON_MS - 10_001);
    expect((await seenAnew())?.secrets).toEqual([second, first]);
    world.clock.advance(1);
    // Also where it was read before.
    expect((await receivers.open(ACCOUNT))?.secrets).toEqual([second]);
  });

  test('gives the former one a day from then on, however often another one is made', async () => {
    await register();
    await rotate();
    world.clock.advance(SIGNS_ON_MS / 2);
    const newest = [await rotate(), await rotate()];
    expect((await receivers.open(ACCOUNT))?.secrets).toHaveLength(4);
    world.clock.advance(SIGNS_ON_MS / 2);

    // The first one has ended, the second one was replaced half a day ago.
    expect((await receivers.open(ACCOUNT))?.secrets).toEqual([...newest.reverse(), expect.any(String)]);
  });

  test('of which the answer was lost cuts off nobody', async () => {
    await register();
    const used = (await receivers.open(ACCOUNT))!.secrets[0]!;
    const made = [await rotate(), await rotate(), await rotate(), await rotate()];

    expect((await receivers.open(ACCOUNT))?.secrets).toEqual([...made.reverse(), used]);
  });

  test('however often it is made leaves at most five, which KMS can seal', async () => {
    await register(URI, '"'.repeat(1_000));
    for (let time = 0; time < 8; time += 1) await rotate();

    const { crmKey, signing } = await receivers.now(ACCOUNT);
    expect(signing).toHaveLength(5);
    expect(Buffer.byteLength(JSON.stringify({ crmKey, signing }))).toBeLessThan(4_096);
  });
});
