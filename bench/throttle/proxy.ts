import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createConnections } from '#local/engine/connections';
import { createBuckets, type Limits, type Partition, type PartitionUse } from './buckets.ts';
import { globalIndexes, indexWrites, type Part, partsOf } from './requests.ts';

// biome-ignore lint/suspicious/noExplicitAny: the body of any operation, or of any answer
type Body = any;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A DynamoDB that refuses what is too much for a partition key. */
export interface ThrottlingProxy {
  readonly endpoint: string;
  /** What every partition key was asked for since the start or since `clear`, the most used first. */
  uses(): PartitionUse[];
  clear(): void;
  stop(): Promise<void>;
}

/** What a part of a request writes in the indexes of its table. */
interface Touched extends Part {
  readonly indexes: readonly Partition[];
}

const TRANSACTIONS = new Set(['TransactWriteItems', 'TransactGetItems']);
const UNLIMITED: Limits = { writesPerSecond: Number.POSITIVE_INFINITY, readsPerSecond: Number.POSITIVE_INFINITY };

/**
 * Stands before an engine and refuses as DynamoDB does: by the units of each partition key in each table and index. The
 * units are those that the engine reports, for indexes those that follow from an item's places before and after. Of
 * several items of one table, each counts the same. Tables that only `npm start` has are not limited.
 *
 * Throttled is the whole request, except that batches leave undone what is too much:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-key-range-limit-exceeded-mitigation.html
 */
export async function startProxy(
  engine: string,
  limits = UNLIMITED,
  now = () => performance.now(),
): Promise<ThrottlingProxy> {
  const connections = createConnections(engine);
  const buckets = createBuckets(limits, now);

  async function ask(operation: string, body: Body): Promise<Answer> {
    return connections.post(operation, JSON.stringify(body));
  }

  async function touchedBy(part: Part): Promise<Touched> {
    if (!part.after || globalIndexes(part.table).length === 0) return { ...part, indexes: [] };
    const answer = await ask('GetItem', { TableName: part.table, Key: part.key, ConsistentRead: true });
    const before = JSON.parse(answer.body).Item ?? {};
    return { ...part, indexes: indexWrites(part.table, before, part.after(before)) };
  }

  async function answerTo(operation: string, text: string): Promise<Answer> {
    const body = JSON.parse(text || '{}');
    const parts = partsOf(operation, body);
    if (parts.length === 0) return ask(operation, body);
    const touched = await Promise.all(parts.map(touchedBy));
    const refusals = touched.map(({ partition, indexes }) =>
      buckets.refusing([...(partition ? [partition] : []), ...indexes]),
    );
    if (operation.startsWith('Batch')) return answerToBatch(operation, body, touched, refusals);
    const refused = refusals.find((one) => one !== undefined);
    if (!refused) return pass(operation, body, touched);
    return TRANSACTIONS.has(operation) ? cancelled(refusals) : throttled(refused);
  }

  /** The batch without what is refused, which is named in the answer as not processed. */
  async function answerToBatch(
    operation: string,
    body: Body,
    touched: readonly Touched[],
    refusals: readonly (Partition | undefined)[],
  ): Promise<Answer> {
    const refused = refusals.find((one) => one !== undefined);
    if (!refused) return pass(operation, body, touched);
    if (refusals.every((one) => one !== undefined)) return throttled(refused);
    const [passed, left] = split(body.RequestItems, (index) => refusals[index] === undefined);
    const kept = touched.filter((_, index) => refusals[index] === undefined);
    const { status, body: text } = await pass(operation, { ...body, RequestItems: passed }, kept);
    if (status !== 200) return { status, body: text };
    const name = operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems';
    return { status, body: JSON.stringify({ ...JSON.parse(text), [name]: left }) };
  }

  async function pass(operation: string, body: Body, touched: readonly Touched[]): Promise<Answer> {
    const answer = await ask(operation, { ...body, ReturnConsumedCapacity: 'INDEXES' });
    const wanted = body.ReturnConsumedCapacity;
    const whole = JSON.parse(answer.body);
    charge(operation, touched, answer.status === 200 ? whole.ConsumedCapacity : undefined);
    if (wanted) return answer;
    const { ConsumedCapacity: _, ...rest } = whole;
    return { status: answer.status, body: JSON.stringify(rest) };
  }

  /** A write that its condition refuses costs as well, and a transaction that is cancelled twice that. */
  function charge(operation: string, touched: readonly Touched[], consumed: Body): void {
    const least = TRANSACTIONS.has(operation) ? 2 : 1;
    const byTable = new Map<string, Body>([consumed ?? []].flat().map((one: Body) => [one.TableName, one]));
    for (const { table, partition, indexes } of touched) {
      if (!partition) continue;
      const one = byTable.get(table);
      const among = touched.filter((other) => other.table === table).length;
      buckets.take(partition, one ? ownUnits(one, partition) / among : least);
      if (one) for (const index of indexes) buckets.take(index, 1);
    }
  }

  const server = createServer((request, response) => {
    void operationIn(request).then(async ({ operation, text }) => {
      const { status, body } = await answerTo(operation, text).catch((error: Error) => failed(error));
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    uses: buckets.uses,
    clear: buckets.clear,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      connections.destroy();
    },
  };
}

async function operationIn(request: IncomingMessage): Promise<{ operation: string; text: string }> {
  const target = String(request.headers['x-amz-target'] ?? '');
  return { operation: target.split('.').at(-1) ?? '', text: (await buffer(request)).toString() };
}

/** What a read costs; of a write, what it costs outside of global indexes. Local ones are in the table's partition. */
function ownUnits({ CapacityUnits, GlobalSecondaryIndexes = {} }: Body, { kind }: Partition): number {
  if (kind === 'read') return CapacityUnits;
  return Object.values<Body>(GlobalSecondaryIndexes).reduce((left, index) => left - index.CapacityUnits, CapacityUnits);
}

/** The items of a batch that pass and those that do not, in the order of `partsOf`. */
function split(items: Body, passes: (index: number) => boolean): [Body, Body] {
  const [passed, left]: [Body, Body] = [{}, {}];
  let index = 0;
  for (const [table, asked] of Object.entries<Body>(items)) {
    const all: Body[] = asked.Keys ?? asked;
    const first = index;
    index += all.length;
    for (const [to, kept] of [
      [passed, all.filter((_, at) => passes(first + at))],
      [left, all.filter((_, at) => !passes(first + at))],
    ]) {
      if (kept.length > 0) to[table] = asked.Keys ? { ...asked, Keys: kept } : kept;
    }
  }
  return [passed, left];
}

/**
 * Both names are in use for the same thing, and clients have to know both: the newer one refuses for an index here.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TroubleshootingThrottling.html
 */
function throttled(partition: Partition): Answer {
  const ofIndex = partition.place.includes(' ');
  const name = ofIndex ? 'ThrottlingException' : 'ProvisionedThroughputExceededException';
  return refusal(`com.amazonaws.dynamodb.v20120810#${name}`, {
    message: 'The level of configured provisioned throughput for one or more partitions was exceeded',
    ThrottlingReasons: [reasonOf(partition)],
  });
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
function cancelled(refusals: readonly (Partition | undefined)[]): Answer {
  const reasons = refusals.map((one) =>
    one ? { Code: one.place.includes(' ') ? 'ThrottlingError' : 'ProvisionedThroughputExceeded' } : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return refusal('com.amazonaws.dynamodb.v20120810#TransactionCanceledException', {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  });
}

function reasonOf({ place, kind }: Partition) {
  const [table, index] = place.split(' ');
  const reason = `${index ? 'Index' : 'Table'}${kind === 'read' ? 'Read' : 'Write'}KeyRangeThroughputExceeded`;
  const resource = `arn:aws:dynamodb:us-east-1:000000000000:table/${table}${index ? `/index/${index}` : ''}`;
  return { reason, resource };
}

function refusal(__type: string, fields: object): Answer {
  return { status: 400, body: JSON.stringify({ __type, ...fields }) };
}

function failed({ message }: Error): Answer {
  return { status: 500, body: JSON.stringify({ __type: 'InternalServerError', message }) };
}
