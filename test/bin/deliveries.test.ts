import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder, runCommand } from '#test/e2e/konvert-process';
import { createWorld, type World } from '#test/world';

const CHAT = 5;
const BLOCKED = 'Forbidden: bot was \u001b[31mblocked by the user';

/** A world behind an address, and the command as a person runs it there. */
async function open() {
  const world = await createWorld();
  onTestFinished(() => world.stop());
  const server = createServer(async ({ method = '', url = '', headers }, response) => {
    const { status, text: answer } = await world.call(method, url, { headers: headers as Record<string, string> });
    response.writeHead(status).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await makeFolder();
  const run = (key: string, ...words: string[]) =>
    runCommand({ folder, env: { KONVERT_API_KEY: key } }, 'deliveries', ...words, '--url', url);
  return { world, folder, run: (...words: string[]) => run(world.account.apiKey, ...words), runWith: run };
}

test('x', () => {
  void text;
  void CHAT;
  void BLOCKED;
  expect(open).toBeDefined();
});
