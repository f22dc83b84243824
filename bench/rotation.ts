import { randomUUID } from 'node:crypto';
import { systemClock } from '#clock';
import { addressKey } from '#domain/address';
import { tables } from '#lib/tables';
import { startEngine } from '#local/engine/engine';
import { createLocalClient } from '#local/engine/local-client';
import { createAddresses } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import { createDocumentClient, createStoreDeps, type DocumentClient } from '#store/dynamo/client';
import { createTables } from '#store/dynamo/create-tables';
import { type Command, MemoryDynamo } from '#test/scheduler/memory-dynamo';
import { createMeter, itemBytes } from './meter.ts';
import { type Row, rounded } from './table.ts';

const CLIENTS = 200;
const WORKERS = [1, 10, 50, 100];
const REPEATED = 0.3;
const ROSTER_CHANGES = 10;
const USERS = ['1204817', '1204818', '1204820', '1311002', '1311003', '1400771', '1500120'];
const AWAY = ['1204830', '1204831', '1204832'].map((userId) => ({ userId, reason: 'switched-off' }));
const NAMES = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
const DAY_SECONDS = 86_400;

interface Kind {
  readonly what: string;
  readonly repeats: boolean;
  readonly changes: boolean;
}

const KINDS: readonly Kind[] = [
  { what: '', repeats: false, changes: false },
  { what: `, ${100 * REPEATED} % of the clients twice`, repeats: true, changes: false },
  { what: `, the same and ${ROSTER_CHANGES} changes of the roster`, repeats: true, changes: true },
];

/** The cost of giving out a new client (D3), and the size that the rotation's item reaches. */
export async function measureRotation(): Promise<Row[]> {
  const engine = await startEngine();
  const database = createLocalClient(engine.endpoint);
  try {
    await createTables(database, tables, NAMES);
    const plain = createDocumentClient(database);
    const rows: Row[] = [];
    for (const kind of KINDS) for (const workers of WORKERS) rows.push(await measureWorkers(plain, workers, kind));
    return [...rows, await measureDay('an hour', 3600), await measureDay('a second', 1)];
  } finally {
    database.destroy();
    await engine.stop();
  }
}

async function measureWorkers(plain: DocumentClient, workers: number, { what, repeats, changes }: Kind): Promise<Row> {
  const meter = createMeter(plain);
  const [account, channelId] = [randomUUID(), randomUUID()];
  /** The commands that were sent, by their purpose. Those beyond `asked` are retries. */
  const sent = { claims: 0, decisions: 0 };
  const asked = { claims: 0, decisions: 0 };
  const client = {
    send(command: Command, options?: unknown) {
      const { UpdateExpression = '' } = command.input as { UpdateExpression?: string };
      if (UpdateExpression.startsWith('SET #claim')) sent.claims += 1;
      if (UpdateExpression.startsWith('SET #owner')) sent.decisions += 1;
      return meter.client.send(command as never, options as never);
    },
  } as unknown as DocumentClient;
  const deps = createStoreDeps({ client, tables: NAMES, clock: systemClock, newId: randomUUID });
  const [addresses, dispensers] = [createAddresses(deps), createDispensers(deps)];
  const received = new Map(USERS.map((userId) => [userId, 0]));
  await dispensers.setRoster(channelId, USERS, AWAY);

  async function giveOut(key: string): Promise<void> {
    const address = await addresses.get(key);
    if (address.owner !== undefined) return;
    asked.claims += 1;
    const claim = await dispensers.claim(channelId, key, AbortSignal.timeout(60_000));
    if (claim.outcome === 'nobody') throw new Error('Nobody receives new clients');
    const { userId, place, passedOver, forget } = claim;
    asked.decisions += 1;
    const why = { userId, rule: 'round-robin' as const, chatKey: channelId, place, passedOver: [...passedOver] };
    const { decided } = await addresses.decide(address, why);
    if (decided) received.set(userId, (received.get(userId) ?? 0) + 1);
    if (forget) await dispensers.forget(forget, addresses);
  }

  const jobs = Array.from({ length: CLIENTS }, (_, index) => {
    const job = () => giveOut(addressKey(account, 'telegram', String(5_100_000_000 + index)));
    const change = async () => {
      // The last user comes and goes. The others are there all along.
      const isThere = (index * ROSTER_CHANGES) / CLIENTS;
      await dispensers.setRoster(channelId, USERS.slice(0, isThere % 2 === 0 ? -1 : undefined), AWAY);
    };
    const isRepeated = repeats && index % 10 < 10 * REPEATED;
    const isChange = changes && index % (CLIENTS / ROSTER_CHANGES) === 0;
    return [job, ...(isRepeated ? [job] : []), ...(isChange ? [change] : [])];
  }).flat();
  const usage = await meter.measure(() =>
    Promise.all(
      Array.from({ length: workers }, async () => {
        for (let job = jobs.shift(); job; job = jobs.shift()) await job();
      }),
    ),
  );

  const retries = sent.claims + sent.decisions - asked.claims - asked.decisions;
  const always = USERS.slice(0, -1).map((userId) => received.get(userId) ?? 0);
  const apart = Math.max(...always) - Math.min(...always);
  const each = (value: number) => rounded(value / CLIENTS);
  const turnAndDecision = each(sent.claims + sent.decisions);
  return {
    what: `new client: turn and decision, ${workers} of ${CLIENTS} at once${what}`,
    budget: repeats ? '0 retries' : '2 requests, 0 retries',
    figure: [
      `${turnAndDecision} requests, ${retries} retries`,
      `all told ${each(usage.requests)} requests, ${each(usage.writeUnits)} write, ${each(usage.readUnits)} read`,
      `max - min ${apart}`,
    ].join('; '),
    met: retries === 0 && apart <= 1 && (repeats || turnAndDecision <= 2),
  };
}

/** The largest size of the item over a day of new clients, with a clock that is moved. */
async function measureDay(what: string, everySeconds: number): Promise<Row> {
  let now = Date.UTC(2026, 9, 5);
  const db = new MemoryDynamo(tables, NAMES);
  const client = { send: async (command: Command) => db.apply(command) } as unknown as DocumentClient;
  const clock = { now: () => now, deadline: () => new AbortController().signal };
  const dispensers = createDispensers(createStoreDeps({ client, tables: NAMES, clock, newId: randomUUID }));
  /** Every client is given out before the next one comes. */
  const given = { owner: USERS[0]!, viewers: [USERS[0]!], chats: [], wrote: [], version: 1, generation: 0 };
  const addresses = { getAll: async (keys: readonly string[]) => keys.map((key) => ({ key, ...given })) };
  let largest = 0;
  db.onWrite = ({ newImage = {} }) => {
    largest = Math.max(largest, itemBytes(newImage));
  };
  await dispensers.setRoster('channel', USERS, AWAY);
  for (let index = 0; index < DAY_SECONDS / everySeconds; index += 1) {
    const key = addressKey('account', 'telegram', String(5_100_000_000 + index));
    const claim = await dispensers.claim('channel', key, clock.deadline());
    if (claim.outcome === 'drawn' && claim.forget) await dispensers.forget(claim.forget, addresses);
    now += everySeconds * 1000;
  }
  return {
    what: `rotation of ${USERS.length} users: its item at most, over a day of one client ${what}`,
    budget: '< 1 KB',
    figure: `${largest} bytes`,
    met: largest < 1024,
  };
}
