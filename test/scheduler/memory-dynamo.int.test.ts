import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Index, type KeyAttribute, type Table, tables } from '#lib/tables';
import { type Engine, startEngine } from '#local/engine/engine';
import { createTables } from '#store/dynamo/create-tables';
import { type BothClients, openBothClients } from '#test/local/engine/both-clients';
import { SEED } from '#test/seed';
import type { Item } from './expressions.ts';
import { type Command, MemoryDynamo, type WriteRecord } from './memory-dynamo.ts';
import { canonical, outcome } from './outcome.ts';

const COMMANDS = 3000;

const used = {
  messages: tables.messages,
  chats: tables.chats,
  outbox: tables.outbox,
  addresses: tables.addresses,
} as const satisfies Record<string, Table>;
type Used = keyof typeof used;
const ids = Object.keys(used) as Used[];
const names = Object.fromEntries(ids.map((id) => [id, `test-${id}`]));

let engine: Engine;
let clients: BothClients;

beforeAll(async () => {
  engine = await startEngine();
  clients = openBothClients(engine.endpoint);
  await createTables(clients.database, used, names);
});

afterAll(async () => {
  clients?.destroy();
  await engine?.stop();
});

function randomness(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomness(SEED);
const chance = (probability: number) => random() < probability;
const below = (most: number) => Math.floor(random() * most);
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
const some = <T>(list: readonly T[]): T[] => list.filter(() => chance(0.5));

// UTF-8 and UTF-16 order strings beyond the BMP differently: \uffee and 😀 change places.
const sorts = ['-', 'a', 'a#1', 'b', 'é', '\uffee', '😀'];
const partitions = ['p', 'q'];

function keyValue({ type }: KeyAttribute, from: readonly string[] = sorts): string | number {
  return type === 'N' ? below(4) : pick(from);
}

function key(id: Used): Item {
  const { partition, sort } = used[id];
  return { [partition.name]: pick(partitions), [sort.name]: id === 'addresses' ? '-' : pick(sorts) };
}

const plain: readonly (() => readonly [string, unknown])[] = [
  () => ['n1', below(5)],
  () => ['n2', below(3) - 1],
  () => ['t1', pick(sorts)],
  () => ['x1', chance(0.5)],
  () => ['x2', null],
  () => ['tags', new Set(['one', ...(chance(0.3) ? some(['two', 'three']) : [])])],
  () => ['nums', new Set([1, ...some([2, 3])])],
  () => ['list1', [1, ...some(['two', { three: 3 }])]],
  () => ['m1', { a: below(3), b: { c: pick(sorts) }, d: ['x', undefined, 'y'] }],
  () => ['gone', undefined],
];

/** The share of index keys that no index can hold. */
let wrongIndexKeys = 0.02;

function indexAttributes(id: Used): Item {
  const indexes: readonly Index[] = used[id].indexes;
  const tableKeys = [used[id].partition.name, used[id].sort.name];
  const all = indexes.flatMap((index) => [
    { attribute: index.partition, from: partitions },
    { attribute: index.sort, from: sorts },
  ]);
  const chosen = all.filter(({ attribute }) => !tableKeys.includes(attribute.name) && chance(0.7));
  return Object.fromEntries(
    chosen.map(({ attribute, from }) => {
      if (chance(wrongIndexKeys)) return [attribute.name, ''];
      if (chance(wrongIndexKeys)) return [attribute.name, attribute.type === 'S' ? 7 : 'seven'];
      return [attribute.name, keyValue(attribute, from)];
    }),
  );
}

function body(id: Used): Item {
  return { ...Object.fromEntries(some(plain).map((one) => one())), ...indexAttributes(id) };
}

/** Makes expressions over a few names. A command uses exactly the names and values that it brings. */
class Expression {
  readonly values: Item = {};
  readonly names: Record<string, string> = {};

  value(value: unknown): string {
    const ref = `:v${Object.keys(this.values).length}`;
    this.values[ref] = value;
    return ref;
  }

  name(name: string): string {
    if (chance(0.6)) return name;
    this.names[`#${name}`] = name;
    return `#${name}`;
  }

  /** The names and values that the expressions use, as fields of a command. */
  fields(...expressions: unknown[]): Item {
    const text = expressions.join(' ');
    const within = <T>(all: Record<string, T>) => Object.entries(all).filter(([ref]) => refersTo(text, ref));
    const [values, attributes] = [within(this.values), within(this.names)];
    return {
      ...(values.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(values) }),
      ...(attributes.length === 0 ? {} : { ExpressionAttributeNames: Object.fromEntries(attributes) }),
    };
  }
}

const ORDERS = ['=', '<>', '<', '<=', '>', '>='];

function predicate(e: Expression, attributes: readonly string[]): string {
  const one = e.name(pick(attributes));
  const kinds = [
    () => `attribute_exists(${one})`,
    () => `attribute_not_exists(${one})`,
    () => `${one} ${pick(ORDERS)} ${e.value(pick([below(4), pick(sorts)]))}`,
    () => `${one} = ${e.value(pick([true, null, new Set(['one']), [1], 2]))}`,
    () => `${one} ${pick(ORDERS)} ${e.name(pick(attributes))}`,
    () => `${one} BETWEEN ${e.value(below(2))} AND ${e.value(2 + below(2))}`,
    () => `${one} IN (${e.value(1)}, ${e.value(pick(sorts))})`,
    () => `attribute_type(${one}, ${e.value(pick(['S', 'N', 'SS', 'NS', 'L', 'M', 'BOOL', 'NULL']))})`,
    () => `begins_with(${one}, ${e.value('a')})`,
    () => `contains(${one}, ${e.value(pick(['one', 'a', 1, 2, 'two']))})`,
    () => `size(${one}) ${pick(ORDERS)} ${e.value(below(4))}`,
    () => `m1.b.c = ${e.value(pick(sorts))}`,
    () => `list1[${below(3)}] = ${e.value(pick([1, 'two']))}`,
  ];
  return pick(kinds)();
}

const ATTRIBUTES = ['n1', 'n2', 't1', 'x1', 'x2', 'tags', 'nums', 'list1', 'm1'];

function condition(e: Expression, attributes: readonly string[] = ATTRIBUTES, depth = 0): string {
  if (depth > 2 || chance(0.5)) return predicate(e, attributes);
  const [left, right] = [condition(e, attributes, depth + 1), condition(e, attributes, depth + 1)];
  return pick([`${left} AND ${right}`, `${left} OR ${right}`, `NOT ${left}`, `(${left} OR ${right}) AND ${left}`]);
}

function maybeCondition(id: Used, e: Expression): Item {
  if (chance(0.4)) return {};
  const { partition, sort } = used[id];
  const ConditionExpression = condition(e, [...ATTRIBUTES, partition.name, sort.name]);
  return { ConditionExpression, ...(chance(0.5) ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } : {}) };
}

function setClause(id: Used, e: Expression): string {
  const index = Object.entries(indexAttributes(id)).map(([name, value]) => `${e.name(name)} = ${e.value(value)}`);
  const actions = [
    `t1 = ${chance(0.5) ? 't1' : e.value(pick(sorts))}`,
    `${e.name('n1')} = if_not_exists(n1, ${e.value(0)}) + ${e.value(1)}`,
    `n2 = ${chance(0.5) ? 'n1' : 'n2'} - ${e.value(1)}`,
    `list1 = list_append(if_not_exists(list1, ${e.value([])}), ${e.value([below(9)])})`,
    // AWS appends what is set past the end of a list, and the engine pads: only an index that may exist is set.
    `m1.b.c = ${e.value(pick(sorts))}`,
    `m1.d[0] = ${e.value('z')}`,
    `x1 = ${e.value({ deep: [1, { er: new Set(['s']) }] })}`,
    ...index,
  ];
  const weights = actions.filter((one) => chance(one.startsWith('n2') || one.startsWith('m1') ? 0.06 : 0.4));
  const chosen = weights.length === 0 ? [`t1 = ${e.value('always')}`] : weights;
  return `SET ${chosen.join(', ')}`;
}

function refersTo(expression: string, ref: string): boolean {
  return expression.match(/[#:]\w+/g)?.includes(ref) ?? false;
}

function otherClauses(e: Expression): string {
  const clauses = [
    `REMOVE ${pick(['x2', 'gone'])}`,
    `ADD ${e.name('tags')} ${e.value(new Set(some(['two', 'four']).concat('five')))}`,
    `ADD nums ${e.value(pick([new Set([2, 4]), 3]))}`,
    `DELETE tags ${e.value(new Set(['one', ...some(['two', 'three', 'five'])]))}`,
    `DELETE tags ${e.value(new Set(['one', 'two', 'three', 'four', 'five']))}`,
  ];
  return pick(clauses);
}

function update(id: Used, e: Expression): string {
  return `${setClause(id, e)} ${chance(0.5) ? otherClauses(e) : ''}`.trim();
}

function put(id: Used): Item {
  const e = new Expression();
  const conditional = maybeCondition(id, e);
  return {
    TableName: names[id],
    Item: { ...key(id), ...body(id) },
    ...conditional,
    ...e.fields(conditional.ConditionExpression),
  };
}

function updateInput(id: Used): Item {
  const e = new Expression();
  const conditional = maybeCondition(id, e);
  const wrong = chance(0.01) ? `SET ${used[id].sort.name} = t1` : undefined;
  if (wrong !== undefined) return { TableName: names[id], Key: key(id), UpdateExpression: wrong };
  // AWS makes no item from an update that only removes, and the engine does, so such an update has a condition here.
  if (chance(0.1)) {
    // AWS refuses to remove from a list or map that does not exist, and the engine accepts it.
    const ConditionExpression = `attribute_exists(${used[id].partition.name}) AND attribute_exists(list1)`;
    const attribute = pick([...ATTRIBUTES, 'list1[0]', ...used[id].indexes.map((index) => index.sort.name)]);
    return { TableName: names[id], Key: key(id), UpdateExpression: `REMOVE ${attribute}`, ConditionExpression };
  }
  const UpdateExpression = update(id, e);
  return {
    TableName: names[id],
    Key: key(id),
    UpdateExpression,
    ...conditional,
    ...e.fields(UpdateExpression, conditional.ConditionExpression),
  };
}

function remove(id: Used): Item {
  const e = new Expression();
  const conditional = maybeCondition(id, e);
  return { TableName: names[id], Key: key(id), ...conditional, ...e.fields(conditional.ConditionExpression) };
}

function check(id: Used): Item {
  const e = new Expression();
  const ConditionExpression = condition(e, [...ATTRIBUTES, used[id].partition.name]);
  return { TableName: names[id], Key: key(id), ConditionExpression, ...e.fields(ConditionExpression) };
}

function oldOrNone(): Item {
  return chance(0.5) ? { ReturnValues: 'ALL_OLD' } : {};
}

function transaction(): Command {
  const kinds = { Put: put, Update: updateInput, Delete: remove, ConditionCheck: check } as const;
  // It is not documented whether such a key refuses the request or cancels the transaction, so it is not compared.
  wrongIndexKeys = 0;
  const operations = Array.from({ length: 1 + below(4) }, () => {
    const kind = pick(Object.keys(kinds) as (keyof typeof kinds)[]);
    return { [kind]: kinds[kind](pick(ids)) };
  });
  wrongIndexKeys = 0.02;
  // The engine lets a transaction update a key attribute, and AWS refuses it.
  const legal = operations.filter(({ Update }) => !/^SET [kse] = t1$/.test(String(Update?.UpdateExpression)));
  return new TransactWriteCommand({ TransactItems: legal as never });
}

const PROJECTIONS = ['n1', 'tags, t1', 'm1.b, list1[0]', 'm1.d[1], m1.a', 'list1[0], list1[1]'];

function get(id: Used): Command {
  const ProjectionExpression = pick([undefined, undefined, ...PROJECTIONS]);
  return new GetCommand({ TableName: names[id], Key: key(id), ConsistentRead: true, ProjectionExpression });
}

function sortCondition(e: Expression, sort: KeyAttribute): string {
  const name = e.name(sort.name);
  const [low, high] = [keyValue(sort), keyValue(sort)];
  const kinds = [
    () => '',
    () => ` AND ${name} ${pick(['=', '<', '<=', '>', '>='])} ${e.value(low)}`,
    () => ` AND ${name} BETWEEN ${e.value(low)} AND ${e.value(high)}`,
    () => (sort.type === 'S' ? ` AND begins_with(${name}, ${e.value('a')})` : ''),
  ];
  return pick(kinds)();
}

function query(id: Used): Item {
  const index = pick<Index | undefined>([undefined, ...used[id].indexes]);
  const { partition, sort } = index ?? used[id];
  const e = new Expression();
  const KeyConditionExpression = `${e.name(partition.name)} = ${e.value(pick(partitions))}${sortCondition(e, sort)}`;
  // The engine neither fetches from the table what an index lacks nor refuses it, so only keys are read.
  const onTable = index === undefined && chance(0.4);
  const FilterExpression = onTable && chance(0.7) ? condition(e) : undefined;
  return {
    TableName: names[id],
    IndexName: index?.name,
    KeyConditionExpression,
    FilterExpression,
    ProjectionExpression: onTable && chance(0.5) ? pick(PROJECTIONS) : undefined,
    Limit: chance(0.5) ? 1 + below(4) : undefined,
    ScanIndexForward: chance(0.5) ? undefined : chance(0.5),
    ConsistentRead: chance(0.1) ? true : undefined,
    Select: !onTable && chance(0.1) ? 'COUNT' : undefined,
    ...e.fields(KeyConditionExpression, FilterExpression),
  };
}

function batchGet(): Command {
  const requests = some(ids).map((id) => [names[id], { Keys: Array.from({ length: 1 + below(4) }, () => key(id)) }]);
  return new BatchGetCommand({ RequestItems: Object.fromEntries(requests) });
}

function batchWrite(): Command {
  const requests = some(ids).map((id) => {
    const one = () =>
      chance(0.7) ? { PutRequest: { Item: { ...key(id), ...body(id) } } } : { DeleteRequest: { Key: key(id) } };
    return [names[id], Array.from({ length: 1 + below(3) }, one)];
  });
  return new BatchWriteCommand({ RequestItems: Object.fromEntries(requests) });
}

function scan(id: Used): Command {
  const e = new Expression();
  const FilterExpression = chance(0.5) ? condition(e, [...ATTRIBUTES, used[id].sort.name]) : undefined;
  const index = FilterExpression === undefined ? pick([undefined, ...used[id].indexes]) : undefined;
  return new ScanCommand({
    TableName: names[id],
    IndexName: index?.name,
    FilterExpression,
    ...e.fields(FilterExpression),
  });
}

function badKey(id: Used): Item {
  const { partition, sort } = used[id];
  const good = key(id);
  return pick<Item>([
    { [partition.name]: 'p' },
    { ...good, [sort.name]: '' },
    { ...good, [partition.name]: 1 },
    { ...good, [sort.name]: undefined },
  ]);
}

function bad(id: Used): Command {
  const TableName = names[id];
  return pick<() => Command>([
    () => new GetCommand({ TableName, Key: badKey(id) }),
    () => new GetCommand({ TableName, Key: { ...key(id), more: 1 } }),
    () => new PutCommand({ TableName, Item: { ...body(id), ...badKey(id) } }),
    () => new PutCommand({ TableName: 'no-such-table', Item: key(id) }),
    () => new PutCommand({ TableName, Item: key(id), ReturnValues: 'ALL_NEW' }),
    () => new UpdateCommand({ TableName, Key: key(id), UpdateExpression: 'SET a1 = :missing' }),
    () => new UpdateCommand({ TableName, Key: key(id), UpdateExpression: 'SET a1 = t1, a1.b1 = t1' }),
    () => new UpdateCommand({ TableName, Key: key(id), UpdateExpression: 'SET a1 = t1 SET b1 = t1' }),
    () => new UpdateCommand({ TableName, Key: key(id), UpdateExpression: 'SET a1 = ' }),
    () => new DeleteCommand({ TableName, Key: key(id), ConditionExpression: '#missing = t1' }),
    () => new DeleteCommand({ TableName, Key: key(id), ConditionExpression: 'unknown(t1)' }),
    () => {
      const unused = pick([{ ExpressionAttributeNames: { '#n': 'n' } }, { ExpressionAttributeValues: { ':v': 1 } }]);
      return new UpdateCommand({ TableName, Key: key(id), UpdateExpression: 'REMOVE t1', ...unused });
    },
  ])();
}

function updateCommand(id: Used): Command {
  // For ALL_OLD of an item that did not exist, AWS gives no attributes and the engine its key. For UPDATED_NEW of a
  // nested path, AWS gives the path alone and the engine the whole attribute.
  const input = updateInput(id);
  const nested = /m1\.|\[/.test(String(input.UpdateExpression));
  const ReturnValues = pick([undefined, 'ALL_NEW', nested ? 'ALL_NEW' : 'UPDATED_NEW']);
  return new UpdateCommand({ ...input, ReturnValues } as never);
}

const KINDS: readonly (readonly [number, (id: Used) => Command])[] = [
  [0.2, (id) => new PutCommand({ ...put(id), ...oldOrNone() } as never)],
  [0.2, updateCommand],
  [0.05, (id) => new DeleteCommand({ ...remove(id), ...oldOrNone() } as never)],
  [0.08, get],
  [0.2, (id) => new QueryCommand(query(id) as never)],
  [0.12, transaction],
  [0.04, batchGet],
  [0.04, batchWrite],
  [0.04, scan],
  [0.03, bad],
];

function command(): Command {
  let left = random();
  for (const [share, make] of KINDS) {
    if (left < share) return make(pick(ids));
    left -= share;
  }
  return get(pick(ids));
}

describe('MemoryDynamo', () => {
  const model = new MemoryDynamo(used, names);

  async function both(one: Command, hint: string): Promise<Item> {
    const expected = await outcome(one, () => clients.documents.send(one as never));
    const actual = await outcome(one, () => model.apply(one));
    const text = JSON.stringify({ kind: one.constructor.name, input: canonical(one.input) });
    expect(actual, `SEED=${SEED} ${hint} ${text}`).toEqual(expected);
    return actual as Item;
  }

  it('answers like the engine', async () => {
    const kinds = new Map<string, number>();
    for (let i = 0; i < COMMANDS; i += 1) {
      const one = command();
      const result = await both(one, `command ${i}`);
      const kind = `${one.constructor.name} ${result.name ?? 'done'}`;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (!(one instanceof QueryCommand)) continue;
      let next = result.LastEvaluatedKey;
      while (next !== undefined) {
        const page = await both(new QueryCommand({ ...one.input, ExclusiveStartKey: next as Item }), `page of ${i}`);
        next = page.LastEvaluatedKey;
      }
    }
    if (process.env.SHOW !== undefined) console.log(Object.fromEntries([...kinds].sort()));
    // A generator of wrong commands would compare nothing but errors.
    for (const kind of ['PutCommand', 'UpdateCommand', 'QueryCommand', 'TransactWriteCommand', 'BatchWriteCommand']) {
      expect(kinds.get(`${kind} done`) ?? 0, kind).toBeGreaterThan(20);
    }
    expect(kinds.get('PutCommand ConditionalCheckFailedException') ?? 0).toBeGreaterThan(20);
    expect(kinds.get('TransactWriteCommand TransactionCanceledException') ?? 0).toBeGreaterThan(20);
  });

  const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);
  const put = (item: Item) => new PutCommand({ TableName: names.messages, Item: { c: 'limits', k: 'a', ...item } });
  const grow = (value: unknown) =>
    new UpdateCommand({
      TableName: names.messages,
      Key: { c: 'limits', k: 'a' },
      UpdateExpression: 'SET t = :t',
      ExpressionAttributeValues: { ':t': value },
    });

  it.each([
    ['half a character', () => put({ t: 'a\ud800b' })],
    ['half a character in a name', () => put({ 'a\ud800': 1 })],
    ['half a character in a key', () => put({ k: '\udc00' })],
    ['half a character in a query', () => new GetCommand({ TableName: names.messages, Key: { c: '\ud800', k: 'a' } })],
    ['31 levels', () => put({ t: nested(31) })],
    ['32 levels', () => put({ t: nested(32) })],
    ['32 levels in an update', () => grow(nested(32))],
    ['400 KB', () => put({ t: 'x'.repeat(400 * 1024 - 10) })],
    ['more than 400 KB', () => put({ t: 'x'.repeat(400 * 1024 - 9) })],
    ['an update to more than 400 KB', () => grow('x'.repeat(400 * 1024))],
    ['a number that is too small', () => put({ t: 1e-131 })],
    ['a sort key of 1024 bytes', () => put({ k: 'é'.repeat(512) })],
    ['a sort key of 1025 bytes', () => put({ k: `a${'é'.repeat(512)}` })],
    ['a partition key of 2049 bytes', () => put({ c: 'x'.repeat(2049) })],
    ['NUL', () => put({ k: 'a\0b', t: '\0' })],
    [
      'a range with its ends swapped',
      () =>
        new QueryCommand({
          TableName: names.messages,
          KeyConditionExpression: 'c = :c AND k BETWEEN :a AND :b',
          ExpressionAttributeValues: { ':c': 'limits', ':a': 'b', ':b': 'a' },
        }),
    ],
  ])('has the limits of the engine: %s', async (name, make) => {
    await both(make(), name);
  });

  it('ends a page of a query at 1 MB', async () => {
    for (let i = 0; i < 12; i += 1) await both(put({ c: 'pages', k: `${10 + i}`, t: 'x'.repeat(100_000) }), 'put');
    const page = {
      TableName: names.messages,
      KeyConditionExpression: 'c = :c',
      ExpressionAttributeValues: { ':c': 'pages' },
    };

    // The engine counts the item behind the page as scanned too.
    const { Count, LastEvaluatedKey } = await clients.documents.send(new QueryCommand(page));
    expect(model.apply(new QueryCommand(page))).toMatchObject({ Count, LastEvaluatedKey });
    expect(Count).toBe(10);
  });
});

describe('MemoryDynamo does as AWS if the engine differs or cannot tell:', () => {
  const Key = { c: 'p', k: 'a' };
  const fresh = () => new MemoryDynamo(used, { ...names, messages: 'messages', outbox: 'outbox' });
  const change = (UpdateExpression: string, more: object = {}) =>
    new UpdateCommand({ TableName: 'messages', Key, UpdateExpression, ...more });
  const read = (model: MemoryDynamo, asOf?: number) =>
    model.apply(new GetCommand({ TableName: 'messages', Key }), asOf === undefined ? {} : { asOf }).Item;

  it('appends what is set past the end of a list, and returns only the path', () => {
    const model = fresh();
    model.apply(new PutCommand({ TableName: 'messages', Item: { ...Key, list1: [1], m1: { a: 1, b: 2 } } }));
    const options = { ExpressionAttributeValues: { ':v': 9 }, ReturnValues: 'UPDATED_NEW' };
    expect(model.apply(change('SET list1[7] = :v, m1.a = :v', options)).Attributes).toEqual({ m1: { a: 9 } });
    expect(read(model).list1).toEqual([1, 9]);
    model.apply(change('SET list1[1] = :v, list1[9] = :v REMOVE list1[0]', { ExpressionAttributeValues: { ':v': 8 } }));
    expect(read(model).list1).toEqual([8, 8]);
  });

  it('makes no item from an update that only removes', () => {
    const model = fresh();
    expect(model.apply(change('REMOVE n1', { ReturnValues: 'ALL_NEW' }))).toEqual({});
    expect(read(model)).toBeUndefined();
    expect(model.apply(change('REMOVE m1.a'))).toEqual({});
    model.apply(new PutCommand({ TableName: 'messages', Item: Key }));
    expect(() => model.apply(change('REMOVE m1.a'))).toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });

  it('refuses a start key outside the query, an empty key, and attributes that a global index lacks', () => {
    const model = fresh();
    const query = (more: object) =>
      new QueryCommand({
        TableName: 'outbox',
        KeyConditionExpression: 'l = :l',
        ExpressionAttributeValues: { ':l': 'p' },
        ...more,
      });
    const lanes = { IndexName: 'lanes', KeyConditionExpression: 'w = :l' };
    for (const more of [
      { ExclusiveStartKey: { l: 'q', e: 'a' } },
      { ExpressionAttributeValues: { ':l': '' } },
      { ...lanes, ProjectionExpression: 't1' },
      { ...lanes, FilterExpression: 'attribute_exists(t1)' },
      { ...lanes, ConsistentRead: true },
    ]) {
      expect(() => model.apply(query(more))).toThrow(expect.objectContaining({ name: 'ValidationException' }));
    }
  });

  it('fetches from the table what a local index lacks', () => {
    const model = fresh();
    model.apply(new PutCommand({ TableName: 'outbox', Item: { l: 'p', e: 'a', o: '1', t1: 'x' } }));
    const pending = new QueryCommand({
      TableName: 'outbox',
      IndexName: 'pending',
      KeyConditionExpression: 'l = :l',
      ExpressionAttributeValues: { ':l': 'p' },
      ProjectionExpression: 'e, t1',
    });
    expect(model.apply(pending).Items).toEqual([{ e: 'a', t1: 'x' }]);
  });

  it('answers from an older state, and shares nothing with what it holds', () => {
    const model = fresh();
    const records: WriteRecord[] = [];
    model.onWrite = (record) => records.push(record);
    const Item = { ...Key, m1: { a: 1 } };
    model.apply(new PutCommand({ TableName: 'messages', Item }));
    Item.m1.a = 2;
    read(model).m1.a = 3;
    expect(read(model).m1.a).toBe(1);
    model.apply(new DeleteCommand({ TableName: 'messages', Key }));
    model.apply(new DeleteCommand({ TableName: 'messages', Key }));
    expect([read(model, 0), read(model, 1)?.m1, read(model)]).toEqual([undefined, { a: 1 }, undefined]);
    const strong = new GetCommand({ TableName: 'messages', Key, ConsistentRead: true });
    expect(model.apply(strong, { asOf: 1 })).toEqual({});
    expect(records.map(({ sequence, newImage }) => [sequence, newImage?.m1])).toEqual([
      [1, { a: 1 }],
      [2, undefined],
    ]);
    expect(model.items('messages')).toEqual([]);
  });
});
