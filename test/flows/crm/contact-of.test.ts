import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { shortHash } from '#domain/hash';
import { NO_SUBSCRIPTIONS, type Subscriptions } from '#domain/receiver';
import { createReadContactOf, type ReadContactOf } from '#flows/crm/contact-of';
import { ownIds } from '#flows/sight/own-records';
import { connectorLane, creationKey, eventLane } from '#store/outbox/lane-names';
import { createWorld, type World } from '#test/world';

const DECIDED_AT = 1_000;
const OWN = { own: 'deal-1' };
const OF_CRM = {};

let world: World;
let contactOf: ReadContactOf;

beforeEach(async () => {
  world = await createWorld();
  contactOf = createReadContactOf(world.deps);
});

afterEach(() => world.stop());

const addressOf = () => ({
  key: addressKey(world.account.accountId, 'telegram', '501'),
  generation: 0,
  decidedAt: DECIDED_AT,
});
const keeper = (contact: typeof OWN | typeof OF_CRM | undefined) => contactOf({ address: addressOf(), contact });

async function listen(wanted: Partial<Subscriptions>): Promise<void> {
  const { receivers } = world.store;
  const before = await receivers.now(world.account.accountId);
  const subscriptions = { ...NO_SUBSCRIPTIONS, ...wanted };
  await receivers.save(before, { uri: 'https://crm.example/', subscriptions, signing: [], endedAt: undefined }, 'key');
}

async function connect(): Promise<void> {
  const tokens = { accessToken: 'a', refreshToken: 'r', goodUntil: world.clock.now() + 3_600_000 };
  const given = { crm: 'amocrm', app: {}, baseUrl: 'https://konvert.example', tokens } as const;
  await world.store.crms.connect(world.account.accountId, given, 'key');
}

/** A row by which the CRM is asked to make the client. */
async function askToMake(laneOf: (account: string) => string): Promise<{ lane: string; event: string }> {
  const { accountId: account } = world.account;
  const address = addressOf();
  const ids = ownIds(address, DECIDED_AT);
  const place = { lane: laneOf(account), event: creationKey(laneOf(account), DECIDED_AT, ids.contact) };
  const about = { subject: shortHash(address.key), address: address.key, decidedAt: DECIDED_AT, ids };
  await world.store.rows.add({ kind: 'creation', ...about, ...place, account, storedAt: DECIDED_AT });
  return place;
}

describe('T4 a return is heard', () => {
  test('by Konvert itself, which keeps the contact or has none', async () => {
    expect([await keeper(OWN), await keeper(undefined)]).toEqual(['konvert', 'none']);
  });

  test('of a contact of the CRM by nobody, if nothing tells it', async () => {
    await listen({ messagesAndStatuses: true, contactsAndDealsCreation: true });

    expect(await keeper(OF_CRM)).toBe('crm');
  });

  test('by a receiver that is subscribed to it', async () => {
    expect(await keeper(OF_CRM)).toBe('crm');
    await listen({ assignments: true });

    expect(await keeper(OF_CRM)).toBe('crm-that-hears');
  });

  test('by no receiver that wants nothing any more', async () => {
    await listen({ assignments: true });
    await world.store.receivers.end(world.account.accountId, 1);

    expect(await keeper(OF_CRM)).toBe('crm');
  });

  test('by a connector, unless it is switched off', async () => {
    await connect();
    expect(await keeper(OF_CRM)).toBe('crm-that-hears');

    const { crms } = world.store;
    await crms.setDisabled((await crms.openNow(world.account.accountId))!, true, 'key');
    expect(await keeper(OF_CRM)).toBe('crm');
  });
});

describe('T4 while the client is being made nobody keeps them, though their contact is there', () => {
  test.each([
    ['by the receiver', eventLane],
    ['by the connector', connectorLane],
  ])('%s', async (_, laneOf) => {
    await connect();
    const row = await askToMake(laneOf);
    expect([await keeper(undefined), await keeper(OF_CRM)]).toEqual(['nobody-yet', 'nobody-yet']);

    await world.store.rows.markDone(row);
    expect([await keeper(undefined), await keeper(OF_CRM)]).toEqual(['none', 'crm-that-hears']);
  });
});
