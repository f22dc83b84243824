import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { timeKey } from '#domain/time-key';
import { eventLane } from '#store/outbox/lane-names';
import { makeFolder, runCommand } from '#test/e2e/konvert-process';
import { createWorld, START, type World } from '#test/world';

/** The words of a stranger, which a terminal would obey. */
const BLOCKED = 'Forbidden: \u001b[31mbot was blocked\nby the user';

/** A world behind an address, and the command as a person runs it there. */
async function open() {
  const world = await createWorld();
  onTestFinished(() => world.stop());
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const body = await buffer(request);
    const answer = await world.call(method, url, { headers: headers as Record<string, string>, body });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await makeFolder();
  const run = (words: readonly string[], key = world.account.apiKey) =>
    runCommand({ folder, env: { KONVERT_API_KEY: key } }, 'deliveries', ...words, '--url', `${url}/`);
  return { world, folder, run };
}

async function addEvents(world: World, count: number, end: 'taken' | 'failed'): Promise<void> {
  const { rows } = world.store;
  const { accountId: account } = world.account;
  for (let index = 0; index < count; index += 1) {
    const [lane, event] = [eventLane(account), timeKey(START + index, `message#m${index}`)];
    const fact = { kind: 'event', what: 'message', chat: 'c', fact: 'f', subject: 's' } as const;
    await rows.add({ ...fact, lane, event, account, storedAt: START + index });
    const row = (await rows.get(lane, event))!;
    if (end === 'taken') await rows.markDone(row);
    else await rows.markFailed(row, { code: '422', description: 'No such field' });
    world.clock.advance(1);
  }
}

describe('konvert deliveries', () => {
  test('prints what failed as a table, and nothing that a terminal obeys', async () => {
    const { world, run } = await open();
    const refusal = { ok: false, error_code: 403, description: BLOCKED };
    world.bot.answerNext('sendMessage', { status: 403, body: refusal });
    await world.reply(5);
    await world.drain();
    await addEvents(world, 1, 'failed');

    expect(await run([])).toEqual({
      code: 0,
      output: expect.stringMatching(
        /^CREATED +KIND +TARGET +CLIENT +TRIES +NEXT TRY +ERROR +ID\n.+message {2}webhook .+\n.+reply /,
      ),
    });
    const { output } = await run(['--kind', 'reply']);
    expect(output).toMatch(/403: Forbidden: ·\[31mbot was blocked·by the user/);
    expect(output.trimEnd().split('\n')).toHaveLength(2);
    expect(await run(['--kind', 'creation'])).toEqual({ code: 0, output: 'Nothing failed.\n' });
    expect(await run(['--state', 'pending'])).toEqual({ code: 0, output: 'Nothing waits.\n' });
  });

  test('prints no more than it is asked for, over several pages', async () => {
    const { world, run } = await open();
    await addEvents(world, 120, 'failed');

    const { output } = await run(['--limit', '110']);

    expect(output.match(/ {2}message {2}/g)).toHaveLength(110);
    expect(output).toContain('There is more: --limit 1100');
    expect((await run(['--limit', '120'])).output).not.toContain('There is more');
  });

  test('retries and replays a target', async () => {
    const { world, run } = await open();
    await addEvents(world, 3, 'failed');
    const { receivers } = world.store;
    const subscriptions = { ...NO_SUBSCRIPTIONS, templateStatus: true };
    const registration = { uri: 'https://crm.example/', subscriptions, signing: [], endedAt: undefined };
    await receivers.save(await receivers.now(world.account.accountId), registration, 'test');

    const tried = 'What waited already is tried now.\n';
    expect(await run(['retry', 'webhook'])).toEqual({ code: 0, output: `3 deliveries wait to leave again. ${tried}` });
    expect(await run(['--target', 'webhook'])).toEqual({ code: 0, output: 'Nothing failed.\n' });
    const from = new Date(START).toISOString();
    expect(await run(['replay', 'webhook', '--from', from, '--to', '2030-01-01T00:00:00Z'])).toEqual({
      code: 0,
      output: '0 deliveries wait to leave again.\n',
    });
  });

  test('says what Konvert refused, and ends with 1', async () => {
    const { run } = await open();

    expect(await run(['retry', 'nobody'])).toEqual({
      code: 1,
      output: expect.stringContaining('404 TARGET_NOT_FOUND'),
    });
    expect(await run([], 'wrong')).toEqual({ code: 1, output: expect.stringContaining('401 UNAUTHORIZED') });
    const old = await run(['replay', 'webhook', '--from', '2020-01-01T00:00:00Z']);
    expect(old).toEqual({ code: 1, output: expect.stringMatching(/from may not be before \d{4}-/) });
  });

  test.each([
    ['an unknown step', ['retri', 'webhook'], "unknown command 'retri'\n(Did you mean retry?)"],
    ['no target', ['retry'], "missing required argument 'target'"],
    ['two targets', ['retry', 'webhook', 'webhook'], "too many arguments for 'retry'"],
    ['no time', ['replay', 'webhook'], "required option '--from <time>' not specified"],
    ['an option of another step', ['retry', 'webhook', '--from', '2026-10-05'], "unknown option '--from'"],
    ['an unknown option', ['--stat', 'failed'], "unknown option '--stat'\n(Did you mean --state?)"],
    ['an unknown kind', ['--kind', 'replies'], "'replies' is invalid. Allowed choices are reply, message"],
    ['no number', ['--limit', '0'], 'It has to be a number from 1.'],
  ])('with %s says so, and ends with 2', async (_name, words, says) => {
    const folder = await makeFolder();

    const { code, output } = await runCommand({ folder }, 'deliveries', ...words);

    expect([code, output]).toEqual([2, expect.stringContaining(says)]);
    expect(output).toContain('with --help');
  });

  test('needs a key if there is no demo company', async () => {
    const folder = await makeFolder();

    const { code, output } = await runCommand({ folder, env: { KONVERT_API_KEY: '' } }, 'deliveries');

    expect([code, output]).toEqual([1, expect.stringMatching(/^There is no API key. Give it in KONVERT_API_KEY/)]);
  });

  test('prints its usage when asked, and ends with 0', async () => {
    const { code, output } = await runCommand({ folder: await makeFolder() }, 'deliveries', '--help');

    expect([code, output]).toEqual([0, expect.stringMatching(/^Usage: npm run konvert -- deliveries/)]);
  });
});
