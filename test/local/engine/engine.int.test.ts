import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Engine, type EngineOptions, engineBinary, startEngine } from '#local/engine/engine';
import { freeAddress } from '#local/engine/free-address';
import { endSurvivor } from '#local/engine/survivor';
import { PATIENCE_MS } from '#test/patience';

const engineModule = new URL('../../../src/local/engine/engine.ts', import.meta.url).href;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'konvert-engine-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function start(options?: EngineOptions): Promise<Engine> {
  const engine = await startEngine(options);
  onTestFinished(() => engine.stop());
  return engine;
}

function clientOf(engine: { endpoint: string }): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({ endpoint: engine.endpoint, region: 'local', credentials });
}

async function putItem(engine: { endpoint: string }): Promise<void> {
  const client = clientOf(engine);
  await client.send(
    new CreateTableCommand({
      TableName: 'things',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
    }),
  );
  await client.send(new PutItemCommand({ TableName: 'things', Item: { a: { S: 'one' }, b: { S: 'kept' } } }));
}

async function getItem(engine: { endpoint: string }): Promise<string | undefined> {
  const { Item } = await clientOf(engine).send(new GetItemCommand({ TableName: 'things', Key: { a: { S: 'one' } } }));
  return Item?.b?.S;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function answers({ endpoint }: { endpoint: string }): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}

/** Starts an engine from another process, and then kills the process group of that process. */
async function startAndKill(
  options: EngineOptions,
  env: NodeJS.ProcessEnv,
  meanwhile: (engine: Engine) => Promise<unknown> = async () => {},
): Promise<Engine> {
  const script = `
    const { startEngine } = await import(${JSON.stringify(engineModule)});
    const { endpoint, pid } = await startEngine(${JSON.stringify(options)});
    console.log(JSON.stringify({ endpoint, pid }));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    env,
  });
  const [line] = await once(parent.stdout, 'data');
  const engine = JSON.parse(String(line));
  onTestFinished(() => {
    if (isRunning(engine.pid)) process.kill(engine.pid, 'SIGKILL');
  });
  await meanwhile(engine);
  process.kill(-parent.pid!, 'SIGKILL');
  await once(parent, 'exit');
  return engine;
}

/** As on a machine without `setpriv`: the engine outlives its parent. */
function leaveSurvivor(options: EngineOptions): Promise<Engine> {
  return startAndKill(options, { ...process.env, PATH: '' });
}

test('an engine answers until it is stopped', async () => {
  const engine = await start();

  await putItem(engine);
  await engine.stop();
  await engine.stop();

  expect(isRunning(engine.pid)).toBe(false);
  await expect(fetch(engine.endpoint)).rejects.toThrow();
});

test('items in a file are kept over a restart, and what the engine printed is in the log', async () => {
  const options = { file: join(folder, 'db'), logFile: join(folder, 'log'), pidFile: join(folder, 'pid') };
  await writeFile(options.logFile, `error: port 1 is already in use\n${'earlier '.repeat(1_000)}\n`);
  const first = await start(options);
  await putItem(first);
  await first.stop();

  const second = await start(options);

  expect(await getItem(second)).toBe('kept');
  expect(await readFile(options.logFile, 'utf8')).toContain(second.endpoint);
  expect(await readFile(options.pidFile, 'utf8')).toBe(`${second.pid}\n`);
});

test('engines that start at once get endpoints and data of their own', async () => {
  const engines = await Promise.all(Array.from({ length: 20 }, () => start()));

  await Promise.all(engines.map(putItem));

  expect(new Set(engines.map((engine) => engine.endpoint)).size).toBe(20);
});

test('on Linux an engine listens on a random address of 127.0.0.0/8, and on no other', async () => {
  const engines = await Promise.all(Array.from({ length: 3 }, () => start()));
  const addresses = engines.map(({ endpoint }) => new URL(endpoint));

  expect(new Set(addresses.map(({ hostname }) => hostname)).size).toBe(3);
  for (const { hostname, port } of addresses) {
    expect(hostname).toMatch(/^127\.\d+\.\d+\.\d+$/);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  }
});

test.each([
  ['linux', /^127\.(?!0\.0\.1$)/],
  ['darwin', /^127\.0\.0\.1$/],
  ['win32', /^127\.0\.0\.1$/],
] as const)('the address on %s is like %s', async (platform, like) => {
  const { host, port } = await freeAddress(platform);

  expect(host).toMatch(like);
  expect(port).toBeGreaterThan(1023);
});

test('an engine takes another port if another program answers on the chosen one', async () => {
  const other = createServer((_, response) => response.end('healthy')).listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const taken = (other.address() as AddressInfo).port;
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const addresses = [taken, (free.address() as AddressInfo).port].map((port) => ({ host: '127.0.0.1', port }));
  free.close();
  await once(free, 'close');

  const engine = await start({ chooseAddress: async () => addresses.shift()! });

  expect(addresses).toEqual([]);
  expect(engine.endpoint).not.toContain(String(taken));
  await putItem(engine);
});

test('an engine that ends at once is an error with what it printed', async () => {
  await writeFile(join(folder, 'db'), 'this is not a database');

  const starting = startEngine({ file: join(folder, 'db'), pidFile: join(folder, 'pid') });

  await expect(starting).rejects.toThrow(
    expect.objectContaining({ name: 'EngineError', message: expect.stringContaining('not a valid SQLite database') }),
  );
  expect(Number(await readFile(join(folder, 'pid'), 'utf8'))).toBeGreaterThan(1);
});

test('an engine that does not end by SIGTERM is killed', async () => {
  const engine = await start();
  process.kill(engine.pid, 'SIGSTOP');

  await engine.stop();

  expect(isRunning(engine.pid)).toBe(false);
});

test('an engine does not keep its parent process alive', async () => {
  const script = `
    const { startEngine } = await import(${JSON.stringify(engineModule)});
    console.log((await startEngine()).endpoint);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: PATIENCE_MS,
  });
  const [endpoint] = await once(parent.stdout, 'data');

  expect(await once(parent, 'exit')).toEqual([0, null]);
  await expect.poll(() => answers({ endpoint: String(endpoint).trim() })).toBe(false);
});

test('no engine is left running if its pid cannot be written', async () => {
  const file = join(folder, 'db');

  await expect(startEngine({ file, pidFile: join(folder, 'missing', 'pid') })).rejects.toThrow('ENOENT');

  const list = spawn('ps', ['-eww', '-o', 'command=']);
  const lines = await list.stdout.toArray();
  expect(Buffer.concat(lines).toString()).not.toContain(file);
});

test('the error on a platform without an engine says what to do', () => {
  expect(() => engineBinary('@dynoxide/nowhere')).toThrow(
    expect.objectContaining({
      name: 'EngineError',
      message: expect.stringMatching(new RegExp(`${process.platform}-${process.arch}.*DYNAMODB_ENDPOINT.*MiniStack`)),
    }),
  );
});

test('an engine dies with its parent, by kill -9 too, although a connection is open', async () => {
  const options = { file: join(folder, 'db'), pidFile: join(folder, 'pid') };
  const orphan = await startAndKill(options, process.env, ({ endpoint }) => {
    const { hostname, port } = new URL(endpoint);
    return once(
      connect(Number(port), hostname).on('error', () => {}),
      'connect',
    );
  });

  await expect.poll(() => answers(orphan)).toBe(false);
  expect(await endSurvivor(options.pidFile, options.file)).toBe(false);
});

test('an engine is reached past a proxy, which could not reach it', async () => {
  const proxy = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '' };

  const engine = await startAndKill({ file: join(folder, 'db') }, { ...process.env, ...proxy });

  expect(engine.endpoint).toMatch(/^http:/);
});

test('an engine without setpriv survives kill -9 of its parent and is ended by the next start', async () => {
  const options = { file: join(folder, 'db'), pidFile: join(folder, 'pid') };
  const survivor = await leaveSurvivor(options);
  await putItem(survivor);

  const ended = await endSurvivor(options.pidFile, options.file);

  expect(ended).toBe(true);
  await expect(fetch(survivor.endpoint)).rejects.toThrow();
  expect(await endSurvivor(options.pidFile, options.file)).toBe(false);
  expect(await getItem(await start(options))).toBe('kept');
});

test('a survivor is recognised by its file, by any path to its folder', async () => {
  const pidFile = join(folder, 'pid');
  const survivor = await leaveSurvivor({ file: join(folder, 'db'), pidFile });
  await symlink(folder, join(folder, 'same'));

  expect(await endSurvivor(pidFile, join(folder, 'db2'))).toBe(false);
  expect((await fetch(survivor.endpoint)).status).toBe(200);
  expect(await endSurvivor(pidFile, join(folder, 'same', 'db'))).toBe(true);
});

test('a process of another program is left alone', async () => {
  const other = spawn('sleep', ['60']);
  onTestFinished(() => void other.kill('SIGKILL'));
  await writeFile(join(folder, 'pid'), `${other.pid}\n`);

  const ended = await endSurvivor(join(folder, 'pid'), join(folder, 'db'));

  expect(ended).toBe(false);
  expect(isRunning(other.pid!)).toBe(true);
});

test.each(['', '0', '-1', 'nonsense', '999999999'])('a pid file with "%s" names no survivor', async (text) => {
  await writeFile(join(folder, 'pid'), text);

  expect(await endSurvivor(join(folder, 'pid'), join(folder, 'db'))).toBe(false);
});

test('there is no survivor without a pid file', async () => {
  expect(await endSurvivor(join(folder, 'pid'), join(folder, 'db'))).toBe(false);
});
