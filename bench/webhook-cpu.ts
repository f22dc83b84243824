import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createMessengers } from '#channels/registry/messengers';
import { systemClock } from '#clock';
import { createDeps } from '#functions/receive-message/deps';
import { createHandler } from '#functions/receive-message/handler';
import { createLog } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createDocumentClient, createStoreDeps, type DocumentClient } from '#store/dynamo/client';
import { percentile, type Row, rounded } from './table.ts';
import { SECRET_HEADER, textUpdate } from './telegram.ts';

// One item answers every read, so what is sealed has to open as the secret of the installation too.
const cipher: Cipher = { seal: async (text) => text, open: async (text) => text };

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const ROUNDS = 16;
const WARM_UP_ROUNDS = 4;
const CALLS = 300;
const BUDGET = 1.3;
const CHANNEL = '5f1c5d3e-6d0a-4c8a-9d53-0a1f6a1c2b3d';
const SECRET = 'secret-of-the-webhook';

/**
 * The CPU of a warm webhook, compared with a handler that does nothing but the same put: medians of interleaved rounds.
 * It is measured once with the SDK answered inside the process, which leaves only our code and the SDK's, and once over
 * HTTP to another process, as calls really are, though without TLS.
 */
export async function measureWebhookCpu(): Promise<Row[]> {
  const sink = await createSink();
  const server = await startSinkServer(sink);
  try {
    return [
      rowOf('no transport', await ratioOver({ requestHandler: sink.requestHandler })),
      rowOf('over HTTP', await ratioOver({ endpoint: server.endpoint })),
    ];
  } finally {
    server.stop();
  }
}

function rowOf(how: string, ratio: number): Row {
  return {
    what: `warm CPU per inbound webhook, beside a bare handler with the same SDK call; ${how}`,
    budget: `<= ${BUDGET} x`,
    figure: `${rounded(ratio)} x`,
    met: ratio <= BUDGET,
  };
}

async function ratioOver(config: DynamoDBClientConfig): Promise<number> {
  const output = openSync(devNull, 'w');
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const dynamodb = new DynamoDBClient({ region: 'us-east-1', credentials, ...config });
  try {
    const client = createDocumentClient(dynamodb);
    const ours = createOurs(client, output);
    const bare = createBare(client);
    const ratios: number[] = [];
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
      // The two take turns, because the second pays for the garbage of the first.
      const first = round % 2 === 0 ? await cpuOf(ours, round) : undefined;
      const ofBare = await cpuOf(bare, round);
      ratios.push((first ?? (await cpuOf(ours, round))) / ofBare);
    }
    return percentile(ratios.slice(WARM_UP_ROUNDS), 0.5);
  } finally {
    dynamodb.destroy();
    closeSync(output);
  }
}

function createOurs(client: DocumentClient, output: number): Handler {
  const tables = { messages: 'messages', accounts: 'accounts', addresses: 'addresses', outbox: 'outbox' };
  const store = createStoreDeps({ client, tables, clock: systemClock, newId: randomUUID });
  const log = createLog((line) => writeSync(output, `${line}\n`));
  return createHandler(createDeps({ ...store, ...createMessengers(), cipher, log }));
}

/** Makes the same put of the same item, without any check, log or other work. */
function createBare(client: DocumentClient): Handler {
  return async (event) => {
    const { message } = JSON.parse(event.body ?? '');
    const { channelId } = event.pathParameters as { channelId: string };
    const now = Date.now();
    await client.send(
      new PutCommand({
        TableName: 'messages',
        Item: {
          c: `${channelId}#telegram#${message.chat.id}`,
          k: `${message.date}000#${message.message_id}`,
          kind: 'client',
          opens: true,
          author: {
            id: String(message.from.id),
            name: `${message.from.first_name} ${message.from.last_name}`,
            username: message.from.username,
          },
          content: { type: 'text', text: message.text },
          storedAt: now,
          changedAt: now,
        },
        ConditionExpression: 'attribute_not_exists(k)',
      }),
    );
    return { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
  };
}

async function cpuOf(handler: Handler, round: number): Promise<number> {
  const events = Array.from({ length: CALLS }, (_, index) => eventOf(1 + round * CALLS + index));
  const before = process.cpuUsage();
  for (const event of events) {
    const { statusCode } = await handler(event);
    if (statusCode !== 200) throw new Error(`A webhook was answered with ${statusCode}`);
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function eventOf(id: number): APIGatewayProxyEventV2 {
  const update = textUpdate({ chatId: 501, id, text: 'Good day! Is the red one in stock?', at: Date.now() });
  return {
    version: '2.0',
    routeKey: 'POST /webhooks/{transport}/{channelId}',
    rawPath: `/webhooks/telegram/${CHANNEL}`,
    rawQueryString: '',
    headers: {
      accept: '*/*',
      'accept-encoding': 'gzip, deflate',
      'content-length': '300',
      'content-type': 'application/json',
      host: 'konvert.example.com',
      'x-amzn-trace-id': 'Root=1-5f84c7a9-0e5b1e1e1e1e1e1e1e1e1e1e',
      'x-forwarded-for': '149.154.167.220',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      [SECRET_HEADER]: SECRET,
    },
    pathParameters: { transport: 'telegram', channelId: CHANNEL },
    requestContext: {
      domainName: 'konvert.example.com',
      http: { method: 'POST', path: `/webhooks/telegram/${CHANNEL}`, protocol: 'HTTP/1.1' },
    },
    body: JSON.stringify(update),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}

interface Sink {
  readonly requestHandler: NonNullable<DynamoDBClientConfig['requestHandler']>;
  /** The answer to a read: an item with a channel. */
  readonly found: string;
}

/** Answers reads with a channel, and everything else with success. */
async function createSink(): Promise<Sink> {
  const sealed = await cipher.seal(JSON.stringify({ credentials: {}, webhookSecret: SECRET }), CHANNEL);
  const channel = {
    channelId: CHANNEL,
    account: 'a',
    transport: 'telegram',
    name: 'Bot',
    plainId: '1',
    state: 'active',
  };
  const stored = Object.entries({ ...channel, sealed }).map(([name, value]) => [name, { S: value }]);
  const found = JSON.stringify({ Item: Object.fromEntries(stored) });
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'none' };
  const requestHandler = {
    async handle({ headers: asked }: { headers: Record<string, string> }) {
      const isRead = asked['x-amz-target']?.endsWith('.GetItem');
      return { response: { statusCode: 200, headers, body: Buffer.from(isRead ? found : '{}') } as never };
    },
  };
  return { requestHandler, found };
}

/** Runs in a process of its own, so that its CPU is not counted. */
async function startSinkServer({ found }: Sink): Promise<{ endpoint: string; stop(): void }> {
  const code = `
    const { createServer } = require('node:http');
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        const isRead = request.headers['x-amz-target']?.endsWith('.GetItem');
        response.setHeader('content-type', 'application/x-amz-json-1.0');
        response.end(isRead ? process.env.FOUND : '{}');
      });
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['--eval', code], {
    env: { FOUND: found },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout, 'data');
  return { endpoint: `http://127.0.0.1:${String(port).trim()}`, stop: () => void child.kill() };
}
