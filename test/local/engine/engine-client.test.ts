import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createEngineClient, type EngineClient } from '#local/engine/engine-client';
import { createLocalClient } from '#local/engine/local-client';
import { createDocumentClient, type DocumentClient } from '#store/dynamo/client';
import { comes } from '#test/comes';

/**
 * What the server does with a request: answers it, with the key that it asks for if need be, or breaks the connection, at
 * once or amid the answer.
 */
type Turn = Said | 'echo' | 'break' | 'half' | 'hang';

interface Said {
  readonly status: number;
  readonly body: string;
}

interface Asked {
  readonly target: string | undefined;
  readonly body: Record<string, unknown>;
}

const ITEM = {
  S: { S: 'text' },
  N: { N: '1.5' },
  L: { L: [{ S: '' }, { NULL: true }] },
  M: { M: { a: { BOOL: true } } },
};
const SETS = { SS: { SS: ['a', 'b'] }, NS: { NS: ['1', '-2'] }, empty: { M: {} } };
const yes = (body: unknown = {}): Said => ({ status: 200, body: JSON.stringify(body) });
const no = (status: number, type: string, more: object = {}): Said => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'No', ...more }),
});
const put = (Item: Record<string, unknown>) => new PutCommand({ TableName: 'things', Item });
const get = new GetCommand({ TableName: 'things', Key: { p: 'a' } });

let turns: Turn[] = [];
let asked: Asked[] = [];
let own: EngineClient;
let sdk: DocumentClient;
let server: Server;
let stop: () => void;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = Buffer.concat(await request.toArray()).toString();
  asked.push({ target: String(request.headers['x-amz-target']), body: JSON.parse(body) });
  const planned = turns.length > 1 ? turns.shift()! : turns[0]!;
  const turn = planned === 'echo' ? yes({ Item: JSON.parse(body).Key }) : planned;
  if (turn === 'hang') return;
  if (turn === 'break') return void request.socket.destroy();
  if (turn === 'half') {
    response.writeHead(200, { 'content-length': 100 });
    return void response.write('{"Item":', () => request.socket.destroy());
  }
  response.writeHead(turn.status, { 'content-length': Buffer.byteLength(turn.body) });
  response.end(turn.body);
}

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  own = createEngineClient(endpoint);
  const database = createLocalClient(endpoint);
  sdk = createDocumentClient(database);
  stop = () => {
    own.destroy();
    database.destroy();
    server.closeAllConnections();
    server.close();
  };
});

afterEach(() => stop());

/** What the client sent, and what came of it. */
async function outcomeOf(client: DocumentClient, command: unknown, plan: readonly Turn[], abortSignal?: AbortSignal) {
  turns = [...plan];
  asked = [];
  const sent = client.send(command as never, abortSignal && { abortSignal }) as Promise<{ $metadata?: object }>;
  const came = await sent.then(
    ({ $metadata: _, ...output }) => ({ output }),
    (error) => {
      const { name, Item, CancellationReasons, $metadata } = error;
      return { name, kind: error.constructor.name, Item, CancellationReasons, attempts: $metadata?.attempts };
    },
  );
  return { asked: asked.map(({ target, body: { ClientRequestToken: _, ...body } }) => ({ target, body })), came };
}

async function expectTheSame(command: unknown, plan: readonly Turn[]) {
  const ofSdk = await outcomeOf(sdk, command, plan);
  expect(await outcomeOf(own, command, plan)).toEqual(ofSdk);
  return ofSdk;
}

const write = {
  TableName: 'things',
  Key: { p: 'a', s: 1 },
  ConditionExpression: '#n = :n',
  ExpressionAttributeNames: { '#n': 'Item' },
  ExpressionAttributeValues: { ':n': { Key: ['x', undefined, new Set(['y'])] } },
};
const page = { TableName: 'things', ExclusiveStartKey: { p: 'a' }, ExpressionAttributeValues: { ':p': 'a' }, Limit: 3 };

describe('the client of the engine sends and answers as the SDK does', () => {
  test.each<[string, unknown, object]>([
    ['GetItem', get, { Item: { ...ITEM, ...SETS } }],
    ['GetItem, nothing found', get, {}],
    ['PutItem', put({ p: 'a', list: [1, { two: null }], set: new Set([1, 2]) }), { Attributes: ITEM }],
    ['UpdateItem', new UpdateCommand({ ...write, UpdateExpression: 'SET #n = :n' }), { Attributes: ITEM }],
    ['DeleteItem', new DeleteCommand(write), {}],
    ['Query', new QueryCommand({ ...page, KeyConditionExpression: 'p = :p' }), { Items: [ITEM, SETS], Count: 2 }],
    ['Scan', new ScanCommand(page), { Items: [], Count: 0, LastEvaluatedKey: ITEM }],
    [
      'BatchGetItem',
      new BatchGetCommand({ RequestItems: { things: { Keys: [{ p: 'a' }, { p: 2 }], ConsistentRead: true } } }),
      { Responses: { things: [ITEM] }, UnprocessedKeys: { things: { Keys: [ITEM], ConsistentRead: true } } },
    ],
    [
      'BatchWriteItem',
      new BatchWriteCommand({
        RequestItems: { things: [{ PutRequest: { Item: { p: 1 } } }, { DeleteRequest: { Key: { p: 'a' } } }] },
      }),
      { UnprocessedItems: { things: [{ DeleteRequest: { Key: ITEM } }, { PutRequest: { Item: SETS } }] } },
    ],
    [
      'TransactGetItems',
      new TransactGetCommand({ TransactItems: [{ Get: { TableName: 'things', Key: { p: 'a' } } }] }),
      { Responses: [{ Item: ITEM }, {}] },
    ],
    [
      'TransactWriteItems',
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName: 'things', Item: { p: 'a' } } },
          { Update: { ...write, UpdateExpression: 'SET #n = :n' } },
          { Delete: write },
          { ConditionCheck: write },
        ],
      }),
      {},
    ],
  ])('%s', async (_, command, answered) => {
    const { asked: one } = await expectTheSame(command, [yes(answered)]);

    expect(one).toHaveLength(1);
  });

  test('answers of any length, also if a character is cut by the network', async () => {
    const text = '\u{1F600}é'.repeat(60_000);

    const { came } = await expectTheSame(get, [yes({ Item: { text: { S: text } } })]);

    expect(came).toEqual({ output: { Item: { text } } });
  });

  test('each command gets its own answer, over few connections', async () => {
    turns = ['echo'];
    let [open, most] = [0, 0];
    server.on('connection', (socket) => {
      open += 1;
      most = Math.max(most, open);
      socket.on('close', () => {
        open -= 1;
      });
    });
    const keys = Array.from({ length: 500 }, (_, p) => ({ p }));

    const answers = await Promise.all(
      keys.map((Key) => own.send(new GetCommand({ TableName: 'things', Key }) as never) as Promise<{ Item: object }>),
    );

    expect(answers.map(({ Item }) => Item)).toEqual(keys);
    expect(most).toBeLessThanOrEqual(64);
  });

  test('any item', async () => {
    const values = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }),
        fc.double(),
        fc.integer(),
        fc.bigInt().map(Number),
        fc.boolean(),
        fc.constantFrom(null, undefined),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.uniqueArray(fc.string(), { maxLength: 3 }).map((texts) => new Set(texts)),
        fc.dictionary(fc.string(), tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    const items = fc.dictionary(fc.string({ minLength: 1 }), values, { maxKeys: 4 });

    await fc.assert(
      fc.asyncProperty(items, async (item) => {
        const [ofSdk, ofOwn] = [await outcomeOf(sdk, put(item), [yes()]), await outcomeOf(own, put(item), [yes()])];

        expect(ofOwn.asked).toEqual(ofSdk.asked);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the client of the engine fails and tries again as the SDK does', () => {
  const reasons = { CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: ITEM }] };

  test.each<[string, readonly Turn[], number]>([
    ['a refused condition', [no(400, 'ConditionalCheckFailedException', { Item: ITEM })], 1],
    ['a cancelled transaction', [no(400, 'TransactionCanceledException', reasons)], 1],
    ['a conflict with a transaction', [no(400, 'TransactionConflictException')], 1],
    ['a table that is not there', [no(400, 'ResourceNotFoundException')], 1],
    ['a command that is wrong', [no(400, 'ValidationException')], 1],
    ['an error of no known kind', [no(400, 'StrangeException')], 1],
    ['a failure that stays', [no(500, 'InternalServerError')], 3],
    ['a failure that passes', [no(500, 'InternalServerError'), yes({ Item: ITEM })], 2],
    ['a failure without a body', [{ status: 503, body: '{}' }, yes()], 2],
    ['too much', [no(400, 'ProvisionedThroughputExceededException'), no(400, 'ThrottlingException'), yes()], 3],
    ['a transaction under way', [no(400, 'TransactionInProgressException'), yes()], 2],
    ['a refusal of another try', ['break', no(400, 'ConditionalCheckFailedException')], 2],
    ['a connection that breaks', ['break', yes({ Item: ITEM })], 2],
  ])('%s', async (_, plan, times) => {
    const { asked: all } = await expectTheSame(get, plan);

    expect(all).toHaveLength(times);
  });

  test('connections that break', async () => {
    const { asked: all, came } = await outcomeOf(own, get, ['break']);

    expect(came).toMatchObject({ attempts: 3 });
    expect(all).toEqual((await outcomeOf(sdk, get, ['break'])).asked);
  });

  test('an answer that breaks off is no answer', async () => {
    const { asked: all, came } = await outcomeOf(own, get, ['half', yes({ Item: ITEM })]);

    expect(came).toHaveProperty('output.Item.N', 1.5);
    expect(all).toHaveLength(2);
  });

  test('an engine that is silent for five seconds is asked again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    turns = ['hang', yes({ Item: ITEM })];

    const sent = own.send(get as never) as Promise<unknown>;
    await comes(() => asked.length === 1);
    vi.advanceTimersByTime(4_900);
    await new Promise(setImmediate);
    expect(asked).toHaveLength(1);
    vi.advanceTimersByTime(200);

    expect(await sent).toHaveProperty('Item.N', 1.5);
    expect(asked).toHaveLength(2);
  });

  test('another try of a transaction has the token of the first', async () => {
    const Put = { TableName: 'things', Item: { p: 'a' } };

    turns = ['break', yes()];
    await own.send(new TransactWriteCommand({ TransactItems: [{ Put }] }) as never);

    const tokens = asked.map(({ body }) => body.ClientRequestToken);
    expect(tokens).toEqual([expect.any(String), tokens[0]]);
  });

  test('a signal ends a command before it is sent, while it waits, and between two tries', async () => {
    const before = await outcomeOf(own, get, [yes()], AbortSignal.abort());
    const during = await outcomeOf(own, get, ['hang'], AbortSignal.timeout(50));
    // The pause before the second try is a random one, so the signal may come in that try as well.
    const between = await outcomeOf(own, get, [no(500, 'InternalServerError'), 'hang'], AbortSignal.timeout(20));

    expect([before, during, between].map(({ came }) => came)).toEqual(
      [0, 1, 2].map(() => expect.objectContaining({ name: 'AbortError' })),
    );
    expect(before.asked).toEqual([]);
    expect(await outcomeOf(sdk, get, ['hang'], AbortSignal.timeout(50))).toMatchObject({
      came: { name: 'AbortError' },
    });
  });

  test('commands that were given up keep no connection busy', async () => {
    const givenUp = Array.from({ length: 70 }, () => outcomeOf(own, get, ['hang'], AbortSignal.timeout(100)));
    await Promise.all(givenUp);

    const { came } = await outcomeOf(own, get, [yes({ Item: ITEM })]);

    expect(came).toHaveProperty('output.Item.N', 1.5);
  });

  test('a command that the store never sends is refused', async () => {
    await expect(own.send({ input: {} } as never)).rejects.toThrow('does not know Object');
  });
});
