import { type Index, storedName, type Table, tables } from '#lib/tables';
import type { Kind, Partition } from './buckets.ts';

/** A value in the wire form of DynamoDB. */
type Attribute = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, Attribute>>;
// biome-ignore lint/suspicious/noExplicitAny: the body of any operation
type Body = any;

/** One item or one query of a request. */
export interface Part {
  readonly table: string;
  readonly kind: Kind;
  /** The table's own partition, or the index's for a query of one. Absent for a scan, which reads all of them. */
  readonly partition?: Partition;
  /** The whole key of an item that is written. */
  readonly key?: Item;
  /** The attributes of the item once it is written, from those that it has now. */
  readonly after?: (before: Item) => Item;
}

const READS = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);

/** The definition of a table by its id or by its name in `npm start`. Undefined for what only that has. */
export function definitionOf(name: string): (Table & { readonly id: string }) | undefined {
  const found = Object.entries<Table>(tables).find(([id]) => id === name || `konvert-${storedName(id)}` === name);
  return found && !found[1].localOnly ? { id: found[0], ...found[1] } : undefined;
}

/** The global indexes of a table: each has partitions of its own. Local ones are in the partition of the table. */
export function globalIndexes(table: string): readonly Index[] {
  return definitionOf(table)?.indexes.filter(({ scope }) => scope === 'global') ?? [];
}

/** What a request asks for. Empty for tables without limits, and for operations on tables themselves. */
export function partsOf(operation: string, body: Body): Part[] {
  const kind: Kind = READS.has(operation) ? 'read' : 'write';
  switch (operation) {
    case 'GetItem':
      return partOf(kind, body.TableName, body.Key);
    case 'Query':
      return queried(body);
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return written(body);
    case 'BatchGetItem':
      return Object.entries<Body>(body.RequestItems).flatMap(([table, { Keys }]) =>
        Keys.flatMap((key: Item) => partOf(kind, table, key)),
      );
    case 'BatchWriteItem':
      return Object.entries<Body>(body.RequestItems).flatMap(([TableName, requests]) =>
        requests.flatMap(({ PutRequest, DeleteRequest }: Body) =>
          written({ TableName, ...PutRequest, ...DeleteRequest }),
        ),
      );
    case 'TransactWriteItems':
      return body.TransactItems.flatMap((action: Body) => written(Object.values<Body>(action)[0]));
    case 'TransactGetItems':
      return body.TransactItems.flatMap(({ Get }: Body) => partOf(kind, Get.TableName, Get.Key));
    default:
      return [];
  }
}

function partOf(kind: Kind, table: string, key: Item): Part[] {
  const definition = definitionOf(table);
  if (!definition) return [];
  const { id, partition, sort } = definition;
  const own = { [partition.name]: key[partition.name]!, [sort.name]: key[sort.name]! };
  return [{ table, kind, partition: { place: id, key: textOf(key[partition.name]), kind }, key: own }];
}

function written({ TableName, Item, Key, ...rest }: Body): Part[] {
  const after = (before: Item): Item => {
    if (Item) return Item;
    return rest.UpdateExpression ? { ...before, ...Key, ...changesOf(rest) } : {};
  };
  return partOf('write', TableName, Item ?? Key).map((part) => ({ ...part, after }));
}

/** The attributes that an update sets to a value or removes. The store never calculates the key of an index. */
function changesOf({ UpdateExpression, ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: Body): Body {
  const nameOf = (placeholder: string) => ExpressionAttributeNames[placeholder] ?? placeholder;
  const sets = [...UpdateExpression.matchAll(/([\w#]+) = (:\w+)/g)];
  const removed = /REMOVE ([\w#, ]+?)(?= SET| ADD| DELETE|$)/.exec(UpdateExpression)?.[1]?.split(/, */) ?? [];
  return Object.fromEntries([
    ...sets.map(([, name, value]) => [nameOf(name), ExpressionAttributeValues[value]]),
    ...removed.map((name) => [nameOf(name), undefined]),
  ]);
}

function queried({ TableName, IndexName, ...query }: Body): Part[] {
  const definition = definitionOf(TableName);
  if (!definition) return [];
  const index = globalIndexes(TableName).find(({ name }) => name === IndexName);
  const { name } = (index ?? definition).partition;
  const conditions = query.KeyConditionExpression.matchAll(/([\w#]+) = (:\w+)/g);
  const found = [...conditions].find(([, one]) => (query.ExpressionAttributeNames?.[one!] ?? one) === name);
  const place = index ? `${definition.id} ${index.name}` : definition.id;
  const key = textOf(query.ExpressionAttributeValues[found![2]!]);
  return [{ table: TableName, kind: 'read', partition: { place, key, kind: 'read' } }];
}

/** The partitions of global indexes that a write of the item writes: that of its old place, and that of its new one. */
export function indexWrites(table: string, before: Item, after: Item): Partition[] {
  return globalIndexes(table).flatMap(({ name, partition, sort }) => {
    const placeOf = (item: Item) => {
      const [first, second] = [item[partition.name], item[sort.name]];
      return first && second ? { key: textOf(first), whole: `${textOf(first)} ${textOf(second)}` } : undefined;
    };
    const [old, now] = [placeOf(before), placeOf(after)];
    if (old?.whole === now?.whole) return [];
    const place = `${definitionOf(table)!.id} ${name}`;
    return [old, now].flatMap((one) => (one ? [{ place, key: one.key, kind: 'write' as const }] : []));
  });
}

function textOf(attribute: Attribute | undefined): string {
  return String(Object.values(attribute ?? {})[0]);
}
