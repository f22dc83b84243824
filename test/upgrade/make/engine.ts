import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { freePort, until } from '#test/e2e/call-api';

/** A call of the store, with its body as it was sent. */
export interface EngineCall {
  readonly operation: string;
  readonly body: string;
}

/** A call is served, never gets an answer, or is refused for good. */
export type Verdict = 'serve' | 'hang' | 'refuse';

/** A database engine behind a proxy that decides about every call. */
export type Engine = Awaited<ReturnType<typeof startEngine>>;

const JSON_TYPE = 'application/x-amz-json-1.0';
/** The engine requires a signature and accepts any. */
const HEADERS = {
  'content-type': JSON_TYPE,
  'x-amz-date': '20250106T090000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20250106/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
};
const REFUSAL = { __type: 'com.amazonaws.dynamodb.v20120810#ValidationException', message: 'Refused by the maker' };

/** Starts the database engine of a clone of Konvert on that file. */
export async function startEngine(clone: string, file: string) {
  const [port, entrance] = [await freePort(), await freePort()];
  const binary = join(clone, 'node_modules/@dynoxide/linux-x64/dynoxide');
  const child = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file], { env: {} });
  process.once('exit', () => child.kill('SIGTERM'));
  const exited = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  await until('the engine answers', () => fetch(endpoint).catch(() => undefined));
  let decide: (call: EngineCall) => Verdict = () => 'serve';

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const target = String(request.headers['x-amz-target'] ?? '');
    const verdict = decide({ operation: target.split('.')[1] ?? '', body });
    if (verdict === 'hang') return;
    const headers = { ...HEADERS, 'x-amz-target': target };
    const answer =
      verdict === 'refuse'
        ? new Response(JSON.stringify(REFUSAL), { status: 400 })
        : await fetch(endpoint, target === '' ? {} : { method: 'POST', headers, body });
    // Without a date a client with a slow clock does not correct its clock, and does not repeat what was refused.
    response.sendDate = false;
    response.writeHead(answer.status, { 'content-type': JSON_TYPE }).end(await answer.text());
  }

  async function ask(operation: string, body: object): Promise<unknown> {
    const headers = { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` };
    return (await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  }

  const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(entrance, '127.0.0.1', resolve));

  return {
    endpoint: `http://127.0.0.1:${entrance}`,
    /** Lets `next` decide about every call from now on. */
    decideBy(next: typeof decide) {
      decide = next;
    },
    /** Everything in a small table, in the wire form. */
    async items(table: string): Promise<Record<string, { readonly S?: string; readonly N?: string }>[]> {
      return ((await ask('Scan', { TableName: table })) as { Items: [] }).Items;
    },
    /** Puts an item in the wire form. */
    async put(table: string, Item: object): Promise<void> {
      await ask('PutItem', { TableName: table, Item });
    },
    async stop(): Promise<void> {
      server.close();
      server.closeAllConnections();
      child.kill('SIGTERM');
      await exited;
    },
  };
}
