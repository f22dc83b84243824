import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  type PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  type TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { tables } from '#lib/tables';
import type { DocumentClient } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';

/** What a piece of work asked of the tables. */
export interface Usage {
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly requests: number;
  /** The longest chain of requests in which each began after the one before it had been answered. */
  readonly steps: number;
  /** Units by `read` or `write`, table and index. */
  readonly parts: Readonly<Record<string, number>>;
  /** The number of single updates of each table. */
  readonly updates: Readonly<Record<string, number>>;
}

export interface Meter {
  readonly client: DocumentClient;
  /** Runs the work and returns what it used. */
  measure(work: () => Promise<unknown>): Promise<Usage>;
}

type Item = Readonly<Record<string, unknown>>;

interface Command {
  readonly input: Record<string, unknown>;
}

interface Capacity {
  readonly TableName?: string;
  readonly Table?: { readonly CapacityUnits?: number };
  readonly LocalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
}

const READS = [GetCommand, BatchGetCommand, QueryCommand, ScanCommand, TransactGetCommand];

/** A client that counts what every command consumed, as the engine reports it. */
export function createMeter(plain: DocumentClient): Meter {
  let parts = new Map<string, number>();
  let updates: Record<string, number> = {};
  let requests = 0;
  let steps = 0;

  function charge(command: Command, part: string | undefined, units = 0): void {
    const kind = READS.some((read) => command instanceof read) ? 'read' : 'write';
    const name = `${kind} ${part}`;
    parts.set(name, (parts.get(name) ?? 0) + units);
  }

  function chargeAll(command: Command, consumed: Capacity | readonly Capacity[] | undefined): void {
    for (const { TableName, Table, ...indexes } of [consumed ?? []].flat() as Capacity[]) {
      charge(command, TableName, Table?.CapacityUnits);
      for (const [index, { CapacityUnits }] of Object.entries({
        ...indexes.LocalSecondaryIndexes,
        ...indexes.GlobalSecondaryIndexes,
      })) {
        charge(command, `${TableName} ${index}`, CapacityUnits);
      }
    }
  }

  async function send(command: Command, options?: { abortSignal?: AbortSignal }): Promise<unknown> {
    const Kind = command.constructor as new (input: unknown) => Command;
    const counting = new Kind({ ...command.input, ReturnConsumedCapacity: 'INDEXES' });
    const step = steps + 1;
    requests += 1;
    const table = tableOf(command);
    if (command instanceof UpdateCommand) updates[table] = (updates[table] ?? 0) + 1;
    try {
      const answer = (await plain.send(counting as never, options)) as { ConsumedCapacity?: Capacity };
      if (!answer.ConsumedCapacity) throw new Error(`The engine did not say what a ${Kind.name} consumed`);
      chargeAll(counting, answer.ConsumedCapacity);
      return answer;
    } catch (error) {
      // AWS bills a refused write by the size of the item that is there, and does not report it.
      if (isConditionFailure(error)) charge(command, table, await refusedUnits(plain, command));
      if (isCancelled(error)) for (const table of tablesOfTransaction(command)) charge(command, table, 2);
      throw error;
    } finally {
      steps = Math.max(steps, step);
    }
  }

  return {
    client: { send: send as DocumentClient['send'] },
    async measure(work) {
      parts = new Map();
      updates = {};
      requests = 0;
      steps = 0;
      await work();
      const sum = (kind: string) =>
        [...parts].filter(([name]) => name.startsWith(kind)).reduce((total, [, units]) => total + units, 0);
      return {
        writeUnits: sum('write'),
        readUnits: sum('read'),
        requests,
        steps,
        updates,
        parts: Object.fromEntries([...parts].filter(([, units]) => units > 0)),
      };
    },
  };
}

/** The units of all parts with a name that begins with `beginning`. */
export function partsOf({ parts }: Usage, beginning: string): number {
  const found = Object.entries(parts).filter(([name]) => name.startsWith(beginning));
  return found.reduce((total, [, units]) => total + units, 0);
}

/** The bytes of an item as DynamoDB counts them. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((total, [name, value]) => total + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(Math.abs(value)).replace(/\D/g, '').length / 2) + 1;
  if (value === null || typeof value !== 'object') return 1;
  if (value instanceof Set) return [...value].reduce<number>((total, one) => total + valueBytes(one), 0);
  if (Array.isArray(value)) return value.reduce<number>((total, one) => total + 1 + valueBytes(one), 3);
  return 3 + Object.keys(value).length + itemBytes(value as Item);
}

async function refusedUnits(plain: DocumentClient, command: Command): Promise<number> {
  const TableName = tableOf(command);
  const Key = keyOf(command);
  const { Item = {} } = await plain.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Math.max(1, Math.ceil(itemBytes(Item) / 1024));
}

function tableOf({ input }: Command): string {
  return String(input.TableName);
}

function keyOf(command: Command): Record<string, unknown> {
  if (command instanceof UpdateCommand || command instanceof DeleteCommand) return command.input.Key ?? {};
  const { partition, sort } = tables[tableOf(command) as keyof typeof tables];
  const { Item = {} } = (command as unknown as PutCommand).input;
  return { [partition.name]: Item[partition.name], [sort.name]: Item[sort.name] };
}

function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === 'TransactionCanceledException';
}

function tablesOfTransaction(command: Command): string[] {
  const { TransactItems = [] } = (command as unknown as TransactWriteCommand).input;
  return TransactItems.flatMap((item) => Object.values(item).map((action) => String(action?.TableName)));
}
