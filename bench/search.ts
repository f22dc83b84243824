import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Row } from './table.ts';
import { type BenchWorld, giveOut, HEAD, openBenchWorld, SELLER } from './world.ts';

/** With the two that are made one by one it is a little less than a request looks through. */
const CONTACTS = 9_975;
const BATCH = 25;
const BATCHES_AT_ONCE = 8;

/** What is searched for, beside ten thousand contacts of which one is meant, and the most that it may read. */
const SEARCHES = [
  { what: 'a name that one contact has', find: 'Wilhelmina', budget: 320 },
  { what: 'an id', find: '1', budget: 30 },
] as const;

/** The cost of a search among the contacts of an account. */
export async function measureSearch(): Promise<Row[]> {
  const world = await openBenchWorld();
  try {
    await giveOut(world, [SELLER]);
    await world.receive(1, 'Good day! Is the red one in stock?');
    await world.fold();
    await world.assign();
    await fill(world);
    const contactData = [{ chatType: 'telegram', chatId: '1' }];
    const contact = { id: 'meant', name: 'Wilhelmina Drake', responsibleUserId: SELLER, contactData };
    await world.call('POST', '/v3/contacts', [contact]);
    const rows: Row[] = [];
    for (const search of SEARCHES) rows.push(await measureOne(world, search));
    return rows;
  } finally {
    await world.stop();
  }
}

async function measureOne(world: BenchWorld, { what, find, budget }: (typeof SEARCHES)[number]): Promise<Row> {
  let found = 0;
  const { readUnits, requests } = await world.measure(async () => {
    const { body } = await world.call('GET', `/v1/chats?find=${find}`, undefined, HEAD);
    found = body.chats.length;
  });
  return {
    what: `search of a head for ${what}; 10,000 contacts`,
    budget: `<= ${budget} read`,
    figure: `${readUnits} read, ${requests} requests, ${found} found`,
    met: readUnits <= budget && found === 1,
  };
}

/** Contacts as a CRM pushes them: a name, a phone, a link. */
async function fill({ plain, account }: BenchWorld): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < CONTACTS) {
      const first = next;
      next += BATCH;
      const puts = Array.from({ length: BATCH }, (_, index) => ({
        PutRequest: { Item: itemOf(account, first + index) },
      }));
      await plain.send(new BatchWriteCommand({ RequestItems: { directory: puts } }));
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, worker));
}

function itemOf(account: string, number: number) {
  const contactData = [{ chatType: 'whatsapp', chatId: String(79_160_000_000 + number) }];
  const card = { name: `Client Number ${number}`, responsibleUserId: SELLER, contactData };
  return { p: `${account}#contacts`, s: String(number), card, deals: {}, ver: `version-${number}` };
}
