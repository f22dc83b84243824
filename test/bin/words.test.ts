import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from 'commander';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createProgram } from '../../bin/program.ts';
import { createTerminal } from '../../bin/terminal/terminal.ts';
import { openTerminal, type } from './typed.ts';

/** Every command with the words that lead to it. */
function commandsOf(command: Command, path: readonly string[] = []): { path: readonly string[]; command: Command }[] {
  return [{ path, command }, ...command.commands.flatMap((inner) => commandsOf(inner, [...path, inner.name()]))];
}

const program = createProgram(createTerminal());
const all = commandsOf(program);

describe('--help', () => {
  test.each(all)('of $path says what it is and how it is typed', async ({ path }) => {
    const { code, out, err } = await type([...path, '--help']);

    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^Usage: npm run konvert -- ${path.join(' ')}`));
    const [, example = ''] = /\nExample:\n {2}npm run konvert -- (.+)$/.exec(out) ?? [];
    expect(example).not.toBe('');
  });

  test.each(all.filter(({ path }) => path.length > 0))(
    'of $path has an example of that very command',
    ({ path, command }) => {
      const help: string[] = [];
      command.configureOutput({ writeOut: (text) => void help.push(text) }).outputHelp();
      const [, example = ''] = /npm run konvert -- (.+)\n*$/.exec(help.join('')) ?? [];

      // `deliveries --state pending` is its list.
      const wanted = path.join(' ').replace(/^deliveries list$/, 'deliveries');
      expect(example.startsWith(wanted)).toBe(true);
    },
  );

  test('fits into the terminal', async () => {
    const { out } = await type(['channels', 'connect', 'whatsapp', '--help'], { width: 60 });

    expect(
      Math.max(...out.split('\n').map((line) => (line.includes('npm run') ? 0 : line.length))),
    ).toBeLessThanOrEqual(60);
  });
});

describe('wrong words', () => {
  test.each<[string, readonly string[], string]>([
    ['a command', ['chanels', 'list'], "unknown command 'chanels'\n(Did you mean channels?)"],
    ['a verb', ['channels', 'lst'], "unknown command 'lst'\n(Did you mean list?)"],
    ['an option', ['channels', 'list', '--jsn'], "unknown option '--jsn'\n(Did you mean --json?)"],
    ['a missing word', ['users', 'rename', '17'], "missing required argument 'name'"],
    ['one word too many', ['users', 'list', 'all'], "too many arguments for 'list'. Expected 0 arguments but got 1."],
    ['a choice', ['settings', 'options', '--notify-heads', 'yes'], 'Allowed choices are on, off.'],
    ['a number', ['chats', 'list', '--limit', 'many'], 'It has to be a number from 1.'],
    ['events', ['webhook', 'set', '--events', 'message'], 'There are no events message. Did you mean messages?'],
    ['nothing to change', ['webhook', 'set'], 'What changes? Say an address, --events'],
    ['no page', ['page'], 'Whose page? Say --as <user>, or --settings'],
    ['no text', ['chats', 'reply', 'Anna'], 'Say a text, or --file <file>'],
    ['an empty word', ['users', 'delete', '', '--yes'], 'One of the words is empty. Nothing was done'],
    ['an empty value', ['chats', 'no-reply-needed', 'Anna', '--reason', '', '--undo'], '--reason is empty'],
    ['an empty file', ['webhook', 'set', '--crm-key-file', '', '--no-crm-key'], '--crm-key-file is empty'],
    ['no step of the demo', ['demo', 'wirte'], "unknown command 'wirte'\n(Did you mean write?)"],
    ['no client of the demo', ['demo', 'write', '--client', 'zoe'], 'Allowed choices are anna, bob, carol'],
  ])('%s: exit code 2, and what would be right', async (_name, words, says) => {
    const { code, out, err } = await type(words);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });

  test('alone print the help, and end with 2', async () => {
    for (const words of [[], ['channels'], ['settings', 'roles']]) {
      const { code, out, err } = await type(words);

      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^Usage: /);
    }
  });

  test('never print a secret that was typed in the wrong place', async () => {
    const token = '1234567890:AAF-made_up_token_of_thirty_five_ch';
    const key = 'a1'.repeat(32);
    for (const words of [
      ['channels', 'connect', token],
      ['channels', 'connect', 'telegram', token],
      ['channels', 'connect', 'telegram', `--token=${token}`],
      ['channels', 'connect', 'telegram', '--token=kept-to-AAF-itself'],
      ['channels', 'list', key],
      [key],
    ]) {
      const { code, out, err } = await type(words);

      expect(code).toBe(2);
      expect(out + err).not.toMatch(/AAF|a1a1/);
    }
  });
});

describe('names', () => {
  test('of channels and users serve as well as ids, in any case', async () => {
    const { world, type } = await openTerminal();
    await type(['users', 'add', 'Анна', '--id', '17']);
    const [{ name }] = (await type(['channels', 'list', '--json'])).json() as [{ name: string }];

    for (const channel of [name, name.toUpperCase(), world.channel.channelId]) {
      for (const user of ['Анна', 'анна', '17']) {
        expect(await type(['settings', 'roles', 'set', channel, user, 'seller'])).toMatchObject({ code: 0, err: '' });
      }
    }
    expect((await type(['settings', 'roles', 'list', name])).out).toMatch(/Анна +seller: .+ 17$/m);
  });

  test('that several have are an error which lists them, and the exact one wins', async () => {
    const { type } = await openTerminal();
    for (const [name, id] of [
      ['Anna', '1'],
      ['anna', '2'],
      ['Boris', '3'],
      ['Boris', '4'],
    ] as const) {
      await type(['users', 'add', name, '--id', id]);
    }

    expect(await type(['users', 'rename', 'Anna', 'Maria'])).toMatchObject({ code: 0, out: 'Anna is Maria now.' });
    const several = await type(['users', 'delete', 'boris', '--yes']);
    expect(several).toMatchObject({ code: 2, out: '' });
    expect(several.err).toBe('More than one user is called boris. Name its id:\n  3  Boris\n  4  Boris');
    expect((await type(['users', 'list', '--json'])).json()).toHaveLength(4);
  });

  test.each([
    [['settings', 'roles', 'set', 'Shop', 'Ana', 'seller'], 'There is no channel Shop.'],
    [['users', 'rename', 'Ana', 'Maria'], 'There is no user Ana. Did you mean Anna?'],
    [['users', 'rename', 'Петя', 'Maria'], 'There is no user Петя. Did you mean Пётр?'],
    [['page', '--as', 'ann'], 'There is no user ann. Did you mean Anna?'],
    [['assignments', 'list', '--user', 'nobody at all'], 'There is no user "nobody at all".'],
    [['accounts', 'keys', 'revoke', 'x', '--yes'], 'There is no key x.'],
  ])('that nobody has: %j', async (words, says) => {
    const { type } = await openTerminal();
    await type(['users', 'add', 'Anna', '--id', '17']);
    await type(['users', 'add', 'Пётр', '--id', '18']);

    const { code, out, err } = await type(words);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });
});

describe('where nothing can be done', () => {
  test.each([
    ['no key', { KONVERT_API_KEY: '' }, 'There is no API key. Give it in KONVERT_API_KEY'],
    ['a wrong key', { KONVERT_API_KEY: 'wrong' }, 'Konvert answered 401 UNAUTHORIZED'],
    ['no server here', { KONVERT_URL: 'http://127.0.0.1:9' }, 'Konvert does not answer at http://127.0.0.1:9'],
    ['no such host', { KONVERT_URL: 'http://konvert.invalid' }, 'Look at the address (--url, KONVERT_URL)'],
    ['no address', { KONVERT_URL: 'konvert.example' }, 'has to be an address such as https://konvert.example.com'],
    ['a bad variable', { PORT: 'x' }, 'PORT has to be a number'],
  ])('%s: exit code 1, and what to do', async (_name, env, says) => {
    const { type } = await openTerminal();

    const { code, out, err } = await type(['channels', 'list', '--json'], { env });

    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(says);
    expect(err).not.toMatch(/\n +at /);
  });

  test.each(['kept…by-nobody', 'kept\nby-nobody', 'kept by-nobody'])(
    'what no header holds is no key, and is not printed: %j',
    async (key) => {
      const { type } = await openTerminal();

      for (const env of [
        { KONVERT_API_KEY: key },
        { KONVERT_OPERATOR_KEY: key.replaceAll(/\s/g, '…').padEnd(40, 'x') },
      ]) {
        const words = 'KONVERT_API_KEY' in env ? ['channels', 'list'] : ['accounts', 'create', 'Shop'];
        const { code, out, err } = await type(words, { env });

        expect([code, out]).toEqual([1, '']);
        expect(err).toContain('What is given as the key is none');
        expect(err).not.toContain('by-nobody');
      }
    },
  );

  test.each([
    ['half a document', '{"a":', 200, 'is no Konvert (200). Look at the address'],
    ['null', 'null', 200, 'is no Konvert (200). Look at the address'],
    [
      'an answer of a gateway',
      '{"message":"Missing Authentication Token"}',
      403,
      'A gateway said that, and not Konvert',
    ],
  ])('%s in the place of an answer: what to do, and no stack', async (_name, body, status, says) => {
    const url = await answering((response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });

    const { code, out, err } = await type(['users', 'list', '--url', url, '--key', 'k']);

    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(says);
  });

  test('an answer that breaks off is no answer', async () => {
    const url = await answering((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"a":', () => response.destroy());
    });

    const { code, err } = await type(['users', 'list', '--url', url, '--key', 'k']);

    expect([code, err]).toEqual([1, expect.stringContaining(`Konvert does not answer at ${url}`)]);
  });

  test('nothing that a server or a name says is obeyed by the terminal', async () => {
    const url = await answering((response) => {
      const body = { error: 'X', description: 'no \u001b[2J\u009b1m', data: { fields: ['\u001b]0;title\u0007'] } };
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const { type: typeThere } = await openTerminal();
    const id = '17';
    await typeThere(['users', 'add', 'Anna\u001b[2J', '--id', id]);
    await typeThere(['users', 'add', 'Anna\u001b[2J', '--id', '18']);

    const all = [
      await type(['users', 'list', '--url', url, '--key', 'k']),
      await typeThere(['page', '--as', 'Anna\u001b[2J']),
      await typeThere(['page', '--as', 'Anna\u001b[2']),
      await typeThere(['users', 'delete', id], { answers: ['no'] }),
    ];

    for (const { code, out, err, asked } of all) {
      expect(code).toBeGreaterThan(0);
      expect([out, err, ...asked].join('\n')).not.toMatch(/(?!\n)\p{Cc}/u);
    }
  });

  test('another program at that address is told from Konvert', async () => {
    const url = await answering((response) => response.end('<html>'));

    const { code, err } = await type(['users', 'list', '--url', url, '--key', 'k']);

    expect([code, err]).toEqual([1, `What answers at ${url} is no Konvert (200). Look at the address`]);
  });
});

/** A server that is none of ours. */
async function answering(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
