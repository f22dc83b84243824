import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { openCompany } from '#test/e2e/company';
import { listenTo, TRANSPORTS } from '#test/e2e/live-counter';
import { needsThisMachine } from '#test/e2e/place';
import { serveBridge } from '#test/e2e/served-bridge';

const repository = new URL('../..', import.meta.url).pathname;

/** Runs `npm run counter-bridge` with these words, until it is stopped. */
function runBridge(...words: string[]) {
  const child = spawn('npm', ['run', '--silent', 'counter-bridge', '--', ...words], {
    cwd: repository,
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const signal = (name: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), name);
  };
  onTestFinished(async () => {
    signal('SIGKILL');
    await exited;
  });
  return { output: () => output, exited, stop: () => signal('SIGTERM') };
}

async function startBridge(...words: string[]) {
  const port = await freePort();
  const bridge = runBridge('--port', String(port), ...words);
  const url = `http://127.0.0.1:${port}`;
  await until('the bridge', async () =>
    (await fetch(`${url}/healthz`).catch(() => undefined))?.status === 200 ? true : undefined,
  );
  return { ...bridge, url };
}

test('a bridge of its own tells the counters of a Konvert elsewhere, and no key in what it prints', async () => {
  const { konvert, apiKey, write } = await openCompany();
  const bridge = await startBridge('--url', `${konvert.url}/`);
  const clients = await Promise.all(TRANSPORTS.map((transports) => listenTo(bridge.url, apiKey, 'ivan', transports)));
  await Promise.all(clients.map((one) => one.says(0, null)));

  await write('anna', 'Good day!');
  await Promise.all(clients.map((one) => one.says(1, 'red')));
  const wrong = await listenTo(bridge.url, 'Zq7Wrong', 'ivan');
  await until('the end', async () => wrong.ends[0]);
  expect((await fetch(`${bridge.url}/v3/users`)).status).toBe(404);

  bridge.stop();
  expect(await bridge.exited).toBe(0);
  expect(bridge.output()).toContain('{"counter":"refused","code":"UNAUTHORIZED"}');
  expect(bridge.output()).not.toContain(apiKey);
  expect(bridge.output()).not.toContain('Zq7Wrong');
});

test.each([
  [[], "required option '--url <address>'"],
  [['--url', 'ftp://x'], 'such as https://konvert.example.com'],
  [['--url', 'http://x', '--port', '0'], 'a number from 1 to 65535'],
  [['--url', 'http://x', '--nothing'], "unknown option '--nothing'"],
])('a bridge does not start with %j, and says what is wrong', async (words, says) => {
  needsThisMachine('no Konvert is asked');
  const bridge = runBridge(...words);

  expect(await bridge.exited).toBe(2);
  expect(bridge.output()).toContain(says);
  expect(bridge.output()).toContain('the same with --help');
});

test('a bridge says that its port is taken', async () => {
  needsThisMachine('no Konvert is asked');
  const first = await startBridge('--url', 'http://127.0.0.1:9');
  const second = runBridge('--url', 'http://127.0.0.1:9', '--port', new URL(first.url).port);

  expect(await second.exited).toBe(1);
  expect(second.output()).toContain('is taken');
});

test('who listens is ended when the operator disables the account', async () => {
  const { konvert, accountId, apiKey } = await openCompany();
  const pace = { recheckMs: 1_000, pollMs: 500 };
  const bridge = await serveBridge(konvert.url, { pace });
  onTestFinished(bridge.stop);
  const client = await listenTo(bridge.url, apiKey, 'olga');
  await client.says(0, null);

  const key = await konvert.operatorKey();
  const body = { enabled: false };
  expect((await callApi(konvert.url, 'PATCH', `/v1/accounts/${accountId}`, { key, body })).status).toBe(200);

  await until('the end', async () => client.ends[0]);
  expect(client.errors).toMatchObject([{ error: 'ACCOUNT_DISABLED' }]);
});
