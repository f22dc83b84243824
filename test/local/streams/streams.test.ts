import { DeleteCommand, GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test, vi } from 'vitest';
import { type Listener, listeners } from '#lib/listeners';
import { tables as definitions } from '#lib/tables';
import { createBellRows } from '#local/streams/bell-rows';
import { createPump, type PumpDeps } from '#local/streams/pump';
import { withStreams } from '#local/streams/streams';
import { createStoreDeps, type DocumentClient } from '#store/dynamo/client';
import { newsOfChats, newsOfMessages, type StreamEvent } from '#store/dynamo/stream';
import { type Command, MemoryDynamo } from '#test/scheduler/memory-dynamo';

const tables = Object.fromEntries(Object.keys(definitions).map((id) => [id, id]));
const fact = { c: 'chat', k: '1700000000000#1' };
const putFact = new PutCommand({ TableName: 'messages', Item: fact, ConditionExpression: 'attribute_not_exists(k)' });
const recordOf = ({ c, k }: typeof fact) => ({
  eventName: 'MODIFY',
  dynamodb: { Keys: { c: { S: c }, k: { S: k } } },
});
const record = recordOf(fact);

interface Machine {
  readonly db: MemoryDynamo;
  now: number;
  /** Called for every command in place of the engine. `apply` runs the command. */
  intercept: (command: Command, apply: () => unknown) => unknown;
}

function newMachine(): Machine {
  return { db: new MemoryDynamo(definitions, tables), now: 1_700_000_000_000, intercept: (_, apply) => apply() };
}

/** Starts a process on the machine. `heard` holds the events that its listeners got. */
function start(machine: Machine, handlers: PumpDeps['handlers'] = {}) {
  const heard: string[] = [];
  const client = {
    send: async (command: Command) => machine.intercept(command, () => machine.db.apply(command)),
  } as unknown as DocumentClient;
  const clock = { now: () => machine.now, deadline: (ms: number) => AbortSignal.timeout(ms) };
  const log = () => {};
  const names = Object.fromEntries(Object.keys(definitions).map((id) => [id, id]));
  const rows = createBellRows({ ...createStoreDeps({ client, tables: names, clock, newId: () => 'id' }), log });
  const hear = (listener: Listener) => async (event: unknown) => {
    if (!('everyMinutes' in listener)) heard.push(`${listener.function} ${JSON.stringify(event)}`);
  };
  const pump = createPump({
    handlers: {
      ...Object.fromEntries(listeners.map((listener) => [listener.function, hear(listener)])),
      'watch-chats': () => Promise.reject(new Error('Only in AWS')),
      ...handlers,
    },
    rows,
    clock,
    nameInLog: async () => '-',
    log,
  });
  const ring = (...bell: Parameters<typeof pump.ring>) => void pump.ring(...bell);
  const streams = withStreams({ client, tables, definitions, rows, ring });
  return { client: streams, pump, rows, heard };
}

afterEach(() => {
  vi.useRealTimers();
});

const FAILED = JSON.stringify({ chatKey: 'chat', rung: '1' });
const bellsOf = (machine: Machine) => machine.db.items('bells');
const eventOf = (...records: StreamEvent['Records']) => JSON.stringify({ Records: records });
const refused = expect.objectContaining({ name: 'ConditionalCheckFailedException' });

test('a write rings both readers, and then its bell is removed', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);

  await client.send(putFact);
  expect(bellsOf(machine)).toHaveLength(1);
  await pump.idle();

  expect(heard.sort()).toEqual([`fold-chat ${eventOf(record)}`, `publish-events ${eventOf(record)}`]);
  expect(bellsOf(machine)).toEqual([]);
});

test('a bell is stored before its write', async () => {
  const machine = newMachine();
  const { client } = start(machine);
  let before: unknown[] = [];
  machine.intercept = (command, apply) => {
    if (command === (putFact as Command)) before = bellsOf(machine);
    return apply();
  };

  await client.send(putFact);

  expect(before).toEqual([expect.objectContaining({ b: 'messages', body: [record] })]);
});

test('writes that no function listens to ring nothing', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);

  await client.send(new PutCommand({ TableName: 'messages', Item: { c: 'chat', k: 'of#1' } }));
  await client.send(new PutCommand({ TableName: 'chats', Item: { c: 'chat', s: '-' } }));
  await client.send(new GetCommand({ TableName: 'messages', Key: fact }));
  await pump.idle();

  expect(heard).toEqual([]);
});

test('an edit, a deletion and a status ring, a reaction does not', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);
  const outcome = { TableName: 'messages', Key: { c: 'chat', k: 'of#1' } };
  const update = (UpdateExpression: string) =>
    client.send(new UpdateCommand({ ...outcome, UpdateExpression, ExpressionAttributeValues: { ':a': 1 } }));

  await update('SET reaction = :a');
  await update('SET a = :a');
  await pump.idle();
  expect(heard).toEqual([]);

  await update('SET edit = :a, changedAt = :a');
  await pump.idle();

  const changed = { eventName: 'MODIFY', dynamodb: { Keys: { c: { S: 'chat' }, k: { S: 'of#1' } } } };
  expect(heard).toContain(`fold-chat ${eventOf(changed)}`);

  await update('SET a = :a, statusAt = :a');
  await pump.idle();

  const told = { ...changed, dynamodb: { ...changed.dynamodb, NewImage: { statusAt: { N: '0' } } } };
  expect(heard).toContain(`publish-events ${eventOf(told)}`);
  expect(newsOfChats({ Records: [told] })).toEqual([]);
  expect(newsOfMessages({ Records: [told] })).toEqual([
    { chatKey: 'chat', key: 'of#1', isFailed: false, hasFiles: false },
  ]);

  await update('SET failed = :a, statusAt = :a');
  await pump.idle();

  const failed = { ...told, dynamodb: { ...told.dynamodb, NewImage: { statusAt: { N: '0' }, failed: { M: {} } } } };
  expect(heard).toContain(`publish-events ${eventOf(failed)}`);
  expect(newsOfMessages({ Records: [failed] })).toEqual([
    { chatKey: 'chat', key: 'of#1', isFailed: true, hasFiles: false },
  ]);
});

test.each([
  [{ type: 'image', media: { fileId: 'a', file: 'f' } }, true],
  [{ type: 'image', media: {}, furtherMedia: [{ file: 'f' }] }, true],
  [{ type: 'image', media: { fileId: 'a' } }, false],
  [{ type: 'text' }, false],
])('a message tells whether it has files: %j', async (content, hasFiles) => {
  const { client, pump, heard } = start(newMachine());
  const Item = { c: 'chat', k: '1#1', kind: 'client', content };

  await client.send(new PutCommand({ TableName: 'messages', Item }));
  await pump.idle();

  const [, event = ''] = /^publish-events (.*)$/.exec(heard.find((one) => one.startsWith('publish')) ?? '') ?? [];
  expect(newsOfMessages(JSON.parse(event))).toMatchObject([{ hasFiles }]);
});

test('the facts of a transaction share one bell, and its other items do not ring', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);
  const Update = {
    TableName: 'messages',
    Key: { c: 'chat', k: '2' },
    UpdateExpression: 'SET a = :a',
    ExpressionAttributeValues: { ':a': 1 },
  };
  const once = { TableName: 'messages', Item: { c: 'chat', k: 'once#1' } };

  await client.send(
    new TransactWriteCommand({
      TransactItems: [{ Put: once }, { Put: { TableName: 'messages', Item: fact } }, { Update }],
    }),
  );
  expect(bellsOf(machine)).toHaveLength(1);
  await pump.idle();

  const second = { eventName: 'MODIFY', dynamodb: { Keys: { c: { S: 'chat' }, k: { S: '2' } } } };
  expect(heard[0]).toBe(`fold-chat ${eventOf(record, second)}`);
});

test('a fact that is put tells its kind, so that nobody has to read it to know that nothing leaves', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);
  const Item = { ...fact, kind: 'client', content: { kind: 'button', text: 'Yes' } };

  await client.send(new PutCommand({ TableName: 'messages', Item }));
  await pump.idle();

  const NewImage = { kind: { S: 'client' }, content: { M: { kind: { S: 'button' } } } };
  expect(heard).toContain(`publish-events ${eventOf({ ...record, dynamodb: { ...record.dynamodb, NewImage } })}`);
});

test('updates and deletions of facts ring too', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);
  const values = { UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 } };

  await client.send(new UpdateCommand({ TableName: 'messages', Key: fact, ...values }));
  await pump.idle();
  await client.send(new DeleteCommand({ TableName: 'messages', Key: fact }));
  await pump.idle();

  const folds = heard.filter((line) => line.startsWith('fold-chat'));
  expect(folds).toEqual([`fold-chat ${eventOf(record)}`, `fold-chat ${eventOf({ ...record, eventName: 'REMOVE' })}`]);
});

test('a refused write removes its own bell, but not that of another write of the same item', async () => {
  const machine = newMachine();
  const stuck = start(machine, { 'fold-chat': () => new Promise(() => {}) });
  await stuck.client.send(putFact);
  const [own] = bellsOf(machine);

  await expect(stuck.client.send(putFact)).rejects.toEqual(refused);
  await stuck.rows.settled();

  expect(bellsOf(machine)).toEqual([own]);
});

test('a write with an unknown outcome rings at once, and again after a minute', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);
  let arrive = () => {};
  machine.intercept = (command, apply) => {
    if (command !== (putFact as Command)) return apply();
    arrive = () => void apply();
    throw new Error('aborted');
  };

  await expect(client.send(putFact)).rejects.toThrow('aborted');
  await pump.idle();
  expect(heard).toHaveLength(2);
  arrive();
  machine.now += 59_000;
  await pump.ringOld();
  await pump.idle();
  expect(heard).toHaveLength(2);
  expect(bellsOf(machine)).toHaveLength(1);
  machine.now += 2_000;
  await pump.ringOld();
  await pump.idle();

  expect(heard).toHaveLength(4);
  expect(bellsOf(machine)).toEqual([]);
});

test('a refusal after a retry of the SDK counts as an unknown outcome', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);
  machine.intercept = (command, apply) => {
    if (command !== (putFact as Command)) return apply();
    apply();
    try {
      return apply();
    } catch (error) {
      throw Object.assign(error as Error, { $metadata: { attempts: 2 } });
    }
  };

  await expect(client.send(putFact)).rejects.toEqual(refused);
  await pump.idle();

  expect(heard).toHaveLength(2);
  expect(bellsOf(machine)).toHaveLength(1);
});

test('a fact that a killed process wrote and did not fold is folded after the next start', async () => {
  const machine = newMachine();
  const killed = start(machine, { 'fold-chat': () => new Promise(() => {}) });
  await killed.client.send(putFact);

  const next = start(machine);
  await next.pump.ringAll();
  await next.pump.idle();

  expect(next.heard.sort()).toEqual([`fold-chat ${eventOf(record)}`, `publish-events ${eventOf(record)}`]);
  expect(bellsOf(machine)).toEqual([]);
});

test('a reader that fails gets its record again, and no other that shares the row', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const machine = newMachine();
  let broken = true;
  const published: string[] = [];
  const { client, pump } = start(machine, {
    'publish-events': async (event) => {
      if (broken && JSON.stringify(event).includes('#1"')) throw new Error('unreadable');
      published.push(JSON.stringify(event));
    },
  });
  const other = { c: 'chat', k: '1700000000000#2' };

  await Promise.all([client.send(putFact), client.send(new PutCommand({ TableName: 'messages', Item: other }))]);
  await pump.idle();
  expect(bellsOf(machine)).toEqual([expect.objectContaining({ body: [record, recordOf(other)] })]);
  expect(published).toHaveLength(1);
  broken = false;
  vi.advanceTimersByTime(41_000);
  await pump.idle();

  expect(bellsOf(machine)).toEqual([]);
  expect(published).toHaveLength(2);
});

const putMany = Array.from({ length: 4 }, (_, index) => {
  const Item = { c: 'chat', k: `170000000000${index}#1` };
  return { Item, put: new PutCommand({ TableName: 'messages', Item }) };
});

test('writes that come together share a row, which stays until the last of them is answered', async () => {
  const machine = newMachine();
  let free = () => {};
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const { client, pump } = start(machine, {
    'fold-chat': (event) => (JSON.stringify(event).includes(putMany[3]!.Item.k) ? held : Promise.resolve()),
  });
  machine.intercept = async (command, apply) => {
    // The last one is read in a batch of its own.
    if (command === (putMany[3]!.put as Command)) await new Promise(setImmediate);
    return apply();
  };

  await Promise.all(putMany.map(({ put }) => client.send(put)));
  const row = expect.objectContaining({ body: putMany.map(({ Item }) => recordOf(Item)) });
  expect(bellsOf(machine)).toEqual([row]);
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  expect(bellsOf(machine)).toEqual([row]);
  free();
  await pump.idle();

  expect(bellsOf(machine)).toEqual([]);
});

test('a row stays for the sweep if one of its writes may have happened', async () => {
  const machine = newMachine();
  const { client, pump } = start(machine);
  machine.intercept = (command, apply) => {
    if (command === (putMany[1]!.put as Command)) throw new Error('no answer');
    return apply();
  };

  await Promise.allSettled(putMany.map(({ put }) => client.send(put)));
  await pump.idle();
  expect(bellsOf(machine)).toHaveLength(1);
  machine.now += 61_000;
  await pump.ringOld();
  await pump.idle();

  expect(bellsOf(machine)).toEqual([]);
});

test('a caller who has given up already stores nothing', async () => {
  const machine = newMachine();
  const { client } = start(machine);

  await expect(client.send(putFact, { abortSignal: AbortSignal.abort() })).rejects.toThrow('aborted');
  await new Promise(setImmediate);

  expect(bellsOf(machine)).toEqual([]);
});

test('a caller who gives up while the row is stored writes nothing, and leaves no row', async () => {
  const machine = newMachine();
  const { client, pump, heard } = start(machine);
  const giveUp = new AbortController();
  machine.intercept = (command, apply) => {
    if (command instanceof PutCommand && command.input.TableName === 'bells') giveUp.abort(new Error('too late'));
    return apply();
  };

  await expect(client.send(putFact, { abortSignal: giveUp.signal })).rejects.toThrow('too late');
  await new Promise(setImmediate);
  await pump.idle();

  expect(heard).toEqual([]);
  expect(machine.db.items('messages')).toEqual([]);
  expect(bellsOf(machine)).toEqual([]);
});

test('a failed chat is tried again within seconds, and then within a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const machine = newMachine();
  const tries: string[] = [];
  const { pump } = start(machine, {
    'retry-fold': async ({ Records: [failed] }) => {
      tries.push(failed?.body ?? '');
      if (tries.length < 2) throw new Error('broken');
    },
  });
  await pump.bells.ring('failedChats', FAILED);
  vi.advanceTimersByTime(1_100);
  await pump.idle();
  expect(tries).toHaveLength(1);
  expect(bellsOf(machine)).toHaveLength(1);

  vi.advanceTimersByTime(41_000);
  await pump.idle();
  expect(tries).toEqual([FAILED, FAILED]);
  expect(bellsOf(machine)).toEqual([]);
});

test('a failed task is tried again within a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const machine = newMachine();
  const tries: string[] = [];
  const { pump } = start(machine, {
    'do-tasks': async ({ Records: [task] }) => {
      tries.push(task?.body ?? '');
      if (tries.length < 2) throw new Error('broken');
    },
  });
  await pump.bells.ring('tasks', 'task#assign#address');
  await pump.idle();
  expect(bellsOf(machine)).toHaveLength(1);

  vi.advanceTimersByTime(41_000);
  await pump.idle();
  expect(tries).toEqual(['task#assign#address', 'task#assign#address']);
  expect(bellsOf(machine)).toEqual([]);
});

test('a failed lane and a failed chat are tried by the next process if this one ends', async () => {
  const machine = newMachine();
  const first = start(machine, { 'deliver-message': () => Promise.reject(new Error('broken')) });
  await first.pump.bells.ring('lanes', 'reply#chat');
  await first.pump.bells.ring('failedChats', FAILED);
  await first.pump.stop();
  expect(bellsOf(machine)).toHaveLength(2);

  const next = start(machine);
  await next.pump.ringAll();
  await next.pump.idle();

  expect(next.heard.sort()).toEqual([
    `deliver-message ${JSON.stringify({ Records: [{ body: 'reply#chat' }] })}`,
    `retry-fold ${JSON.stringify({ Records: [{ body: FAILED }] })}`,
  ]);
  expect(bellsOf(machine)).toEqual([]);
});

test('a slow delivery delays no fold and no other lane', async () => {
  const machine = newMachine();
  const delivered: string[] = [];
  const { client, pump, heard } = start(machine, {
    'deliver-message': ({ Records: [lane] }) => {
      delivered.push(lane?.body ?? '');
      return lane?.body === 'slow' ? new Promise(() => {}) : Promise.resolve();
    },
  });

  await pump.bells.ring('lanes', 'slow');
  await pump.bells.ring('lanes', 'fast');
  await client.send(putFact);

  await expect.poll(() => heard.length).toBe(2);
  expect(delivered).toEqual(['slow', 'fast']);
  await expect.poll(() => bellsOf(machine).map(({ body }) => body)).toEqual(['slow']);
});
