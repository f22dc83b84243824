import {
  ConditionalCheckFailedException,
  type DynamoDBServiceException,
  ResourceNotFoundException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Index, KeyAttribute, Table } from '#lib/tables';
import {
  attributesOf,
  type Condition,
  checkCondition,
  checkUse,
  compare,
  copy,
  holds,
  type Item,
  type KeyBounds,
  keyBounds,
  type Parsed,
  type Place,
  parseCondition,
  parseProjection,
  parseUpdate,
  placesOf,
  project,
  type Scope,
  same,
  takesOnly,
  touched,
  typeOf,
  updated,
  validation,
  within,
} from './expressions.ts';
import { checkSize, checkValue, firstPage } from './limits.ts';

/** The state that a read sees that is not strongly consistent. */
export interface ReadPolicy {
  /** The sequence of the last write that the read has seen (an index read included). */
  readonly asOf?: number;
}

/** One write of one item, as in a record of a stream. */
export interface WriteRecord {
  readonly tableId: string;
  readonly sequence: number;
  readonly oldImage: Item | undefined;
  readonly newImage: Item | undefined;
}

/** A command of `@aws-sdk/lib-dynamodb`. */
export interface Command {
  readonly constructor: { readonly name: string };
  // biome-ignore lint/suspicious/noExplicitAny: each command has an input of its own, and the model checks its fields
  readonly input: any;
}

interface Version {
  readonly sequence: number;
  readonly value: Item | undefined;
}

interface Stored {
  readonly id: string;
  readonly table: Table;
  readonly partitions: Map<unknown, Map<unknown, Version[]>>;
}

interface Write {
  readonly stored: Stored;
  readonly key: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly places: readonly Place[];
}

/** The keys of a read: those of the table or of an index. */
interface View {
  readonly stored: Stored;
  readonly index: Index | undefined;
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute;
}

const READ = ['ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames', 'ReturnConsumedCapacity'];
const PAGE = ['IndexName', 'FilterExpression', 'ExpressionAttributeValues', 'Limit', 'ExclusiveStartKey', 'Select'];
const CHECKED = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
];
const METRICS = ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'];

const FIELDS: Record<string, readonly string[]> = {
  GetCommand: ['TableName', 'Key', ...READ],
  QueryCommand: ['TableName', 'KeyConditionExpression', 'ScanIndexForward', ...READ, ...PAGE],
  ScanCommand: ['TableName', ...READ, ...PAGE],
  BatchGetCommand: ['RequestItems', 'ReturnConsumedCapacity'],
  BatchWriteCommand: ['RequestItems', ...METRICS],
  PutCommand: ['Item', 'ReturnValues', ...CHECKED, ...METRICS],
  UpdateCommand: ['Key', 'UpdateExpression', 'ReturnValues', ...CHECKED, ...METRICS],
  DeleteCommand: ['Key', 'ReturnValues', ...CHECKED, ...METRICS],
  TransactWriteCommand: ['TransactItems', ...METRICS],
  Put: ['Item', ...CHECKED],
  Update: ['Key', 'UpdateExpression', ...CHECKED],
  Delete: ['Key', ...CHECKED],
  ConditionCheck: ['Key', ...CHECKED],
};

const CONDITION_FAILED = 'The conditional request failed';

/** Throws for a field that the model does not know, which would otherwise be ignored silently. */
function checkFields(kind: string, input: Item): void {
  const known = FIELDS[kind];
  if (known === undefined) throw new Error(`MemoryDynamo has no ${kind}`);
  for (const field of Object.keys(input)) {
    if (input[field] !== undefined && !known.includes(field)) throw new Error(`MemoryDynamo has no ${kind}.${field}`);
  }
}

function marshallable(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function';
}

function stripSet(value: Set<unknown>): Set<unknown> {
  const stripped = new Set([...value].filter(marshallable));
  if (stripped.size === 0) throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.');
  const [type] = new Set([...stripped].map((one) => typeof one));
  if (type !== 'string' && type !== 'number') throw new Error('MemoryDynamo has sets of strings and of numbers only');
  return stripped;
}

function stripNumber(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Error(`Number ${value} is beyond the safe integers`);
  return value === 0 ? 0 : value;
}

/** A copy of a value without what `removeUndefinedValues` removes. Throws for values that cannot be marshalled. */
function strip(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return stripNumber(value);
  if (Array.isArray(value)) return value.filter(marshallable).map(strip);
  if (value instanceof Set) return stripSet(value);
  const prototype = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) throw new Error(`Unsupported type passed: ${value}.`);
  return stripItem(value as Item);
}

function stripItem(value: Item): Item {
  const result: Item = {};
  for (const name of Object.keys(value)) if (marshallable(value[name])) result[name] = strip(value[name]);
  return result;
}

function marshall(value: unknown): unknown {
  const type = typeOf(value);
  if (type === 'NULL') return { NULL: true };
  if (type === 'N') return { N: String(value) };
  if (value instanceof Set) return { [type]: [...value].map(String) };
  if (Array.isArray(value)) return { L: value.map(marshall) };
  return { [type]: type === 'M' ? marshallItem(value as Item) : value };
}

function marshallItem(item: Item): Record<string, never> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, marshall(value) as never]));
}

/** An item, key or set of values as it arrives at the service. */
function received(given: unknown): Item {
  const item = stripItem((given ?? {}) as Item);
  checkValue(item);
  return item;
}

function scopeOf(input: Item): Scope {
  const names = (input.ExpressionAttributeNames ?? {}) as Record<string, string>;
  const values = received(input.ExpressionAttributeValues);
  if (input.ExpressionAttributeNames !== undefined && Object.keys(names).length === 0) {
    throw validation('ExpressionAttributeNames must not be empty');
  }
  if (input.ExpressionAttributeValues !== undefined && Object.keys(values).length === 0) {
    throw validation('ExpressionAttributeValues must not be empty');
  }
  return { names, values };
}

function maybe<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}

function checkKeyValue({ name, type }: KeyAttribute, value: unknown, most: number): void {
  if (value === undefined) throw validation(`One or more parameter values were invalid: Missing the key ${name}`);
  if (typeOf(value) !== type) throw validation(`Type mismatch for key ${name} expected: ${type}`);
  if (value === '') throw validation(`A key attribute cannot contain an empty string value. Key: ${name}`);
  if (typeof value === 'string' && value.length * 3 > most && Buffer.byteLength(value) > most) {
    throw validation(`Size of the key ${name} has exceeded ${most} bytes`);
  }
}

function checkKeyValues(table: Table, item: Item): void {
  checkKeyValue(table.partition, item[table.partition.name], 2048);
  checkKeyValue(table.sort, item[table.sort.name], 1024);
}

function checkIndexKeys(table: Table, item: Item): void {
  for (const index of table.indexes) {
    for (const [attribute, most] of [
      [index.partition, 2048],
      [index.sort, 1024],
    ] as const) {
      const value = item[attribute.name];
      if (value !== undefined) checkKeyValue(attribute, value, most);
    }
  }
}

function readKey(table: Table, given: unknown): Item {
  const key = received(given);
  if (Object.keys(key).length !== 2) throw validation('The provided key element does not match the schema');
  checkKeyValues(table, key);
  return key;
}

function keyOf({ partition, sort }: Table, item: Item): Item {
  return { [partition.name]: item[partition.name], [sort.name]: item[sort.name] };
}

function versionAt(versions: readonly Version[] | undefined, asOf: number): Item | undefined {
  if (versions === undefined) return undefined;
  for (let i = versions.length - 1; i >= 0; i -= 1) {
    const version = versions[i]!;
    if (version.sequence <= asOf) return version.value;
  }
  return undefined;
}

function present(stored: Stored, asOf: number): Item[] {
  const all: Item[] = [];
  for (const sorts of stored.partitions.values()) {
    for (const versions of sorts.values()) {
      const value = versionAt(versions, asOf);
      if (value !== undefined) all.push(value);
    }
  }
  return all;
}

function current(stored: Stored, key: Item): Item | undefined {
  const { partition, sort } = stored.table;
  return stored.partitions.get(key[partition.name])?.get(key[sort.name])?.at(-1)?.value;
}

function conditionFailed(Item: Item | undefined): ConditionalCheckFailedException {
  const item = Item === undefined ? {} : { Item: marshallItem(Item) };
  return new ConditionalCheckFailedException({ message: CONDITION_FAILED, $metadata: {}, ...item });
}

/** Throws unless the item satisfies the condition of a write, if it has one. */
function checkWrite(input: Item, condition: Condition | undefined, scope: Scope, before: Item | undefined): void {
  if (condition === undefined) return;
  if (holds(condition, before ?? {}, scope)) return;
  // The document client leaves the item of an error as the service gave it, marshalled.
  throw conditionFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined);
}

/** Checks what needs no item, and returns the Put, Delete or ConditionCheck to run on the item. */
function planWhole(kind: string, stored: Stored, input: Item): () => Write {
  const scope = scopeOf(input);
  const condition = maybe(input.ConditionExpression as string | undefined, parseCondition);
  checkUse(scope, [condition]);
  const item = kind === 'Put' ? received(input.Item) : undefined;
  if (item !== undefined) checkKeyValues(stored.table, item);
  const key = item === undefined ? readKey(stored.table, input.Key) : keyOf(stored.table, item);
  if (item !== undefined) {
    checkIndexKeys(stored.table, item);
    checkSize(item);
  }
  if (condition !== undefined) checkCondition(condition.tree, scope);
  return () => {
    const before = current(stored, key);
    checkWrite(input, condition?.tree, scope, before);
    return { stored, key, before, after: kind === 'ConditionCheck' ? before : item, places: [] };
  };
}

function planUpdate(stored: Stored, input: Item): () => Write {
  const scope = scopeOf(input);
  const condition = maybe(input.ConditionExpression as string | undefined, parseCondition);
  const update = maybe(input.UpdateExpression as string | undefined, parseUpdate);
  checkUse(scope, [condition, update]);
  const key = readKey(stored.table, input.Key);
  const actions = update?.tree ?? [];
  const places = touched(actions, scope);
  for (const [name] of places) {
    if (Object.hasOwn(key, name!)) throw validation(`Cannot update attribute ${name}. It is part of the key`);
  }
  if (condition !== undefined) checkCondition(condition.tree, scope);
  return () => {
    const before = current(stored, key);
    checkWrite(input, condition?.tree, scope, before);
    const nothing = before === undefined && takesOnly(actions);
    const after = nothing ? undefined : updated(actions, places, before ?? key, scope);
    if (after !== undefined) {
      checkIndexKeys(stored.table, after);
      checkSize(after);
    }
    return { stored, key, before, after, places };
  };
}

function plan(kind: string, stored: Stored, input: Item): () => Write {
  return kind === 'Update' ? planUpdate(stored, input) : planWhole(kind, stored, input);
}

const RETURNS: Record<string, readonly unknown[]> = {
  Put: ['NONE', 'ALL_OLD'],
  Delete: ['NONE', 'ALL_OLD'],
  Update: ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'],
};

function returned(how: unknown, { before, after, places }: Write): Item {
  const image = how === 'ALL_OLD' || how === 'UPDATED_OLD' ? before : how === 'NONE' ? undefined : after;
  if (image === undefined) return {};
  if (how === 'ALL_OLD' || how === 'ALL_NEW') return { Attributes: copy(image) };
  const Attributes = project(image, places);
  return Object.keys(Attributes).length === 0 ? {} : { Attributes };
}

/** A query or scan, parsed and checked. */
interface Paged {
  readonly view: View;
  readonly input: Item;
  readonly scope: Scope;
  readonly bounds: KeyBounds | undefined;
  readonly filter: Condition | undefined;
  readonly places: readonly Place[] | undefined;
}

function viewOf(stored: Stored, name: unknown): View {
  const { table } = stored;
  if (name === undefined) return { stored, index: undefined, partition: table.partition, sort: table.sort };
  const index = table.indexes.find((one) => one.name === name);
  if (index === undefined) throw validation(`The table does not have the specified index: ${name}`);
  return { stored, index, partition: index.partition, sort: index.sort };
}

function keyNames({ stored, partition, sort }: View): string[] {
  return [...new Set([partition.name, sort.name, stored.table.partition.name, stored.table.sort.name])];
}

function sortOf(view: View, item: Item): unknown[] {
  const { table } = view.stored;
  return [view.partition, view.sort, table.partition, table.sort].map(({ name }) => item[name]);
}

function compareSorts(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function checkBounds(view: View, bounds: KeyBounds): void {
  const { partition, sort } = bounds;
  checkKeyValue(view.partition, partition.value, 2048);
  for (const value of sort?.values ?? []) checkKeyValue(view.sort, value, 1024);
}

function checkFilter(view: View, filter: Condition, scope: Scope, isQuery: boolean): void {
  checkCondition(filter, scope);
  const names = attributesOf(filter, scope);
  const key = names.find((name) => name === view.partition.name || name === view.sort.name);
  if (isQuery && key !== undefined) throw validation(`Filter Expression can only contain non-primary key: ${key}`);
  const beyond = view.index && names.find((name) => !keyNames(view).includes(name));
  if (beyond === undefined) return;
  if (view.index?.scope === 'global') throw validation(`The index does not project a filter attribute: ${beyond}`);
  throw new Error(`MemoryDynamo has no filter of a local index by an attribute it does not hold: ${beyond}`);
}

const SELECTS = [undefined, 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'];

function checkSelect(view: View, select: unknown, places: readonly Place[] | undefined): void {
  if (!SELECTS.includes(select as string))
    throw validation(`Value '${select}' at 'select' failed to satisfy constraint`);
  if (select !== undefined && (select === 'SPECIFIC_ATTRIBUTES') !== (places !== undefined)) {
    throw validation(`Select ${select} and ProjectionExpression contradict each other`);
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && view.index === undefined) {
    throw validation('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (view.index?.scope !== 'global') return;
  const beyond = places?.find(([name]) => !keyNames(view).includes(String(name)));
  if (select === 'ALL_ATTRIBUTES' || beyond !== undefined) {
    throw validation(`The global secondary index does not project ${beyond?.[0] ?? 'all attributes'}`);
  }
}

function checkStart({ view, bounds }: Paged, start: Item): void {
  const names = keyNames(view);
  if (Object.keys(start).length !== names.length) throw validation('The provided starting key is invalid');
  checkKeyValues(view.stored.table, start);
  checkKeyValue(view.partition, start[view.partition.name], 2048);
  checkKeyValue(view.sort, start[view.sort.name], 1024);
  if (bounds !== undefined && !inBounds(view, bounds, start)) {
    throw validation('The provided starting key is outside query boundaries based on provided conditions');
  }
}

function inBounds(view: View, { partition, sort }: KeyBounds, item: Item): boolean {
  if (item[partition.name] !== partition.value) return false;
  return sort === undefined || within(sort, item[view.sort.name]);
}

function candidates({ view, bounds }: Paged, asOf: number): Item[] {
  const { stored, index } = view;
  if (index !== undefined || bounds === undefined) return present(stored, asOf);
  const sorts = stored.partitions.get(bounds.partition.value) ?? new Map<unknown, Version[]>();
  return [...sorts.values()].map((versions) => versionAt(versions, asOf)).filter((item) => item !== undefined);
}

/** The items that a query or scan goes through, in order, after its start key. */
function inOrder(paged: Paged, asOf: number): Item[] {
  const { view, bounds, input } = paged;
  const direction = input.ScanIndexForward === false ? -1 : 1;
  const start = input.ExclusiveStartKey === undefined ? undefined : stripItem(input.ExclusiveStartKey as Item);
  if (start !== undefined) checkStart(paged, start);
  const after = start && sortOf(view, start);
  return candidates(paged, asOf)
    .filter((item) => item[view.partition.name] !== undefined && item[view.sort.name] !== undefined)
    .filter((item) => bounds === undefined || inBounds(view, bounds, item))
    .map((item) => ({ item, sort: sortOf(view, item) }))
    .filter(({ sort }) => after === undefined || direction * compareSorts(sort, after) > 0)
    .sort((a, b) => direction * compareSorts(a.sort, b.sort))
    .map(({ item }) => item);
}

function shown({ view, input, places }: Paged, item: Item): Item {
  if (places !== undefined) return project(item, places);
  if (view.index === undefined || input.Select === 'ALL_ATTRIBUTES') return copy(item);
  return keysShown(view, item);
}

function keysShown(view: View, item: Item): Item {
  return Object.fromEntries(keyNames(view).map((name) => [name, item[name]]));
}

function page(paged: Paged, asOf: number): Item {
  const { view, input, filter, scope } = paged;
  const limit = (input.Limit as number | undefined) ?? Number.POSITIVE_INFINITY;
  if (!(limit >= 1)) throw validation("Value at 'Limit' failed to satisfy constraint: must be >= 1");
  const wanted = inOrder(paged, asOf).slice(0, limit);
  const scanned = firstPage(wanted);
  const kept = filter === undefined ? scanned : scanned.filter((item) => holds(filter, item, scope));
  const last = scanned.length === limit || scanned.length < wanted.length ? scanned.at(-1) : undefined;
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: kept.map((item) => shown(paged, item)) }),
    Count: kept.length,
    ScannedCount: scanned.length,
    ...(last === undefined ? {} : { LastEvaluatedKey: keysShown(view, last) }),
  };
}

function readPaged(stored: Stored, input: Item, isQuery: boolean): Paged {
  const view = viewOf(stored, input.IndexName);
  const scope = scopeOf(input);
  const filter = maybe(input.FilterExpression as string | undefined, parseCondition);
  const projection = maybe(input.ProjectionExpression as string | undefined, parseProjection);
  const condition = isQuery ? readKeyCondition(input) : undefined;
  checkUse(scope, [filter, projection, condition]);
  if (view.index?.scope === 'global' && input.ConsistentRead === true) {
    throw validation('Consistent reads are not supported on global secondary indexes');
  }
  const bounds = condition && keyBounds(condition.tree, scope, view.partition.name, view.sort.name);
  if (bounds !== undefined) checkBounds(view, bounds);
  if (filter !== undefined) checkFilter(view, filter.tree, scope, isQuery);
  const places = projection && placesOf(projection.tree, scope);
  checkSelect(view, input.Select, places);
  return { view, input, scope, bounds, filter: filter?.tree, places };
}

function readKeyCondition(input: Item): Parsed<Condition> {
  const text = input.KeyConditionExpression;
  if (typeof text !== 'string') throw validation('A query must have a KeyConditionExpression');
  return parseCondition(text);
}

type Requests = Record<string, Item>;

function readRequests(input: Item): [string, Item][] {
  const requests = Object.entries((input.RequestItems ?? {}) as Requests);
  if (requests.length === 0) throw validation("Value at 'requestItems' failed to satisfy constraint: length >= 1");
  return requests;
}

function checkCount(count: number, most: number): void {
  if (count < 1 || count > most) throw validation(`Member must have length between 1 and ${most}`);
}

function checkDistinct(keys: readonly (readonly [string, Item])[], message: string): void {
  const known = new Set(keys.map(([id, key]) => JSON.stringify([id, ...Object.values(key)])));
  if (known.size !== keys.length) throw validation(message);
}

const DUPLICATES = 'Provided list of item keys contains duplicates';

/** DynamoDB for one process: every command is applied at once, and older states can still be read. */
export class MemoryDynamo {
  /** Called after the command that wrote, once for each item that changed. */
  onWrite?: (record: WriteRecord) => void;
  readonly #byName = new Map<string, Stored>();
  readonly #byId = new Map<string, Stored>();
  #sequence = 0;

  constructor(tables: Record<string, Table>, tableNames: Record<string, string>) {
    for (const [id, table] of Object.entries(tables)) {
      const stored = { id, table, partitions: new Map() };
      this.#byId.set(id, stored);
      this.#byName.set(tableNames[id] ?? id, stored);
    }
  }

  /** The number of the last write of an item. Each item of a transaction has a number of its own. */
  get sequence(): number {
    return this.#sequence;
  }

  /** All items of a table, as copies. */
  items(tableId: string): Item[] {
    const stored = this.#byId.get(tableId);
    if (stored === undefined) throw new Error(`MemoryDynamo has no table ${tableId}`);
    return present(stored, this.#sequence).map(copy);
  }

  /** Forgets every item of a table, and its older states. */
  clear(tableId: string): void {
    this.#byId.get(tableId)?.partitions.clear();
  }

  /** Applies a command and returns what `DocumentClient.send` would resolve to, or throws what it would reject with. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape depends on the command, as with DocumentClient.send
  apply(command: Command, policy: ReadPolicy = {}): any {
    const kind = command.constructor.name;
    const input: Item = command.input;
    checkFields(kind, input);
    switch (kind) {
      case 'GetCommand':
        return this.#get(input, policy);
      case 'QueryCommand':
      case 'ScanCommand':
        return this.#page(input, kind === 'QueryCommand', policy);
      case 'BatchGetCommand':
        return this.#batchGet(input, policy);
      case 'BatchWriteCommand':
        return this.#batchWrite(input);
      case 'TransactWriteCommand':
        return this.#transact(input);
      default:
        return this.#write(kind.replace('Command', ''), input);
    }
  }

  #table(name: unknown): Stored {
    const stored = this.#byName.get(String(name));
    if (stored !== undefined) return stored;
    throw new ResourceNotFoundException({ message: 'Requested resource not found', $metadata: {} });
  }

  #asOf(input: Item, policy: ReadPolicy): number {
    return input.ConsistentRead === true ? this.#sequence : (policy.asOf ?? this.#sequence);
  }

  #get(input: Item, policy: ReadPolicy): Item {
    const stored = this.#table(input.TableName);
    const [item] = this.#read(stored, [readKey(stored.table, input.Key)], input, policy);
    return item === undefined ? {} : { Item: item };
  }

  #read(stored: Stored, keys: readonly Item[], input: Item, policy: ReadPolicy): Item[] {
    const { partition, sort } = stored.table;
    const scope = scopeOf(input);
    const projection = maybe(input.ProjectionExpression as string | undefined, parseProjection);
    checkUse(scope, [projection]);
    const places = projection && placesOf(projection.tree, scope);
    const asOf = this.#asOf(input, policy);
    return keys.flatMap((key) => {
      const item = versionAt(stored.partitions.get(key[partition.name])?.get(key[sort.name]), asOf);
      return item === undefined ? [] : [places === undefined ? copy(item) : project(item, places)];
    });
  }

  #page(input: Item, isQuery: boolean, policy: ReadPolicy): Item {
    const paged = readPaged(this.#table(input.TableName), input, isQuery);
    return page(paged, this.#asOf(input, policy));
  }

  #batchGet(input: Item, policy: ReadPolicy): Item {
    const requests = readRequests(input).map(([name, request]) => {
      const stored = this.#table(name);
      const keys = ((request.Keys ?? []) as Item[]).map((key) => readKey(stored.table, key));
      checkCount(keys.length, 100);
      return { name, stored, request, keys: keys.map((key) => keyOf(stored.table, key)) };
    });
    const all = requests.flatMap(({ name, keys }) => keys.map((key) => [name, key] as const));
    checkCount(all.length, 100);
    checkDistinct(all, DUPLICATES);
    const Responses = requests.map(({ name, stored, keys, request }) => {
      return [name, this.#read(stored, keys, request, policy)] as const;
    });
    return { Responses: Object.fromEntries(Responses), UnprocessedKeys: {} };
  }

  #batchWrite(input: Item): Item {
    const requests = readRequests(input).flatMap(([name, list]) =>
      (list as unknown as Record<string, Item>[]).map((request) => ({ stored: this.#table(name), request })),
    );
    checkCount(requests.length, 25);
    const plans = requests.map(({ stored, request }) => {
      const { PutRequest: put, DeleteRequest: remove } = request;
      return put === undefined ? plan('Delete', stored, remove!) : plan('Put', stored, put);
    });
    const writes = plans.map((run) => run());
    const keys = writes.map(({ stored, key }) => [stored.id, keyOf(stored.table, key)] as const);
    checkDistinct(keys, DUPLICATES);
    this.#commit(writes);
    return { UnprocessedItems: {} };
  }

  #write(kind: string, input: Item): Item {
    const how = input.ReturnValues ?? 'NONE';
    if (!RETURNS[kind]?.includes(how)) throw validation(`ReturnValues cannot be ${how}`);
    const write = plan(kind, this.#table(input.TableName), input)();
    this.#commit([write]);
    return returned(how, write);
  }

  #transact(input: Item): Item {
    const operations = ((input.TransactItems ?? []) as Record<string, Item>[]).flatMap(Object.entries<Item>);
    checkCount(operations.length, 100);
    const planned = operations.map(([kind, operation]) => {
      checkFields(kind, operation);
      if (kind === 'ConditionCheck' && operation.ConditionExpression === undefined) {
        throw validation('The ConditionExpression must not be null');
      }
      if (kind === 'Update' && operation.UpdateExpression === undefined) {
        throw validation('The UpdateExpression must not be null');
      }
      const stored = this.#table(operation.TableName);
      return { operation, stored, run: plan(kind, stored, operation) };
    });
    const keys = planned.map(({ stored, operation }) => {
      const holder = stripItem((operation.Key ?? operation.Item ?? {}) as Item);
      return [stored.id, keyOf(stored.table, holder)] as const;
    });
    checkDistinct(keys, 'Transaction request cannot include multiple operations on one item');
    this.#commit(runAll(planned.map(({ run }) => run)));
    return {};
  }

  #commit(writes: readonly Write[]): void {
    const records = writes.filter(({ before, after }) => !same(before, after)).map((write) => this.#store(write));
    const { onWrite } = this;
    if (onWrite === undefined) return;
    for (const record of records) {
      onWrite({ ...record, oldImage: copy(record.oldImage), newImage: copy(record.newImage) });
    }
  }

  #store({ stored, key, before, after }: Write): WriteRecord {
    const { partition, sort } = stored.table;
    const [p, s] = [key[partition.name], key[sort.name]];
    const sorts = stored.partitions.get(p) ?? new Map<unknown, Version[]>();
    const versions = sorts.get(s) ?? [];
    this.#sequence += 1;
    versions.push({ sequence: this.#sequence, value: after });
    sorts.set(s, versions);
    stored.partitions.set(p, sorts);
    return { tableId: stored.id, sequence: this.#sequence, oldImage: before, newImage: after };
  }
}

/** Runs every operation of a transaction. One that fails cancels all. */
function runAll(runs: readonly (() => Write)[]): Write[] {
  const outcomes = runs.map((run) => {
    try {
      return run();
    } catch (error) {
      return toReason(error);
    }
  });
  const writes = outcomes.filter((outcome) => 'stored' in outcome);
  if (writes.length === runs.length) return writes;
  const CancellationReasons = outcomes.map((outcome) => ('stored' in outcome ? { Code: 'None' } : outcome));
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  throw new TransactionCanceledException({ message, $metadata: {}, CancellationReasons });
}

interface Reason {
  readonly Code: string;
  readonly Message: string;
  readonly Item?: Record<string, never>;
}

function toReason(error: unknown): Reason {
  const { name, message } = error as DynamoDBServiceException;
  if (error instanceof ConditionalCheckFailedException) {
    const item = error.Item === undefined ? {} : { Item: error.Item as Record<string, never> };
    return { Code: 'ConditionalCheckFailed', Message: message, ...item };
  }
  if (name === 'ValidationException') return { Code: 'ValidationError', Message: message };
  throw error;
}
