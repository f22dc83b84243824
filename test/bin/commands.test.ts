import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startGraph } from '#test/doubles/graph';
import { BOT_TOKEN } from '#test/world';
import { openTerminal } from './typed.ts';

const PIPELINES = [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }];

/** A file with that text, which is removed after the test. */
async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-file-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'file');
  await writeFile(file, text);
  return file;
}

describe('lists', () => {
  test('are one JSON document with --json: all of it, or as much as --limit says', async () => {
    const { world, type } = await openTerminal();
    for (let chat = 1; chat <= 120; chat += 1) await world.say(chat, `text ${chat}`);

    const all = await type(['chats', 'list', '--json']);
    expect([all.code, all.err]).toEqual([0, '']);
    expect(all.json()).toHaveLength(120);
    const some = await type(['chats', 'list', '--json', '--limit', '7']);
    expect([(some.json() as unknown[]).length, some.err]).toEqual([7, 'There is more: --limit 70']);
    const table = await type(['chats', 'list']);
    expect(table.out.split('\n')).toHaveLength(51);
    expect(table.err).toBe('There is more: --limit 500');
  });

  test.each([
    [['channels', 'list']],
    [['users', 'list']],
    [['pipelines', 'list']],
    [['chats', 'list']],
    [['chats', 'unanswered']],
    [['assignments', 'list']],
    [['deliveries']],
    [['devices', 'list']],
    [['accounts', 'keys', 'list']],
    [['accounts', 'audit']],
    [['accounts', 'audit', '--operator']],
    [['settings', 'frame-hosts', 'list']],
    [['erasures', 'list']],
    [['erasures', 'list', '--operator']],
  ])('%j: an array for programs, words for people, and nothing on the other stream', async (words) => {
    const { type } = await openTerminal();

    const json = await type([...words, '--json']);
    const text = await type(words);

    expect(json).toMatchObject({ code: 0, err: '' });
    expect(Array.isArray(json.json())).toBe(true);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).not.toMatch(/^[[{]|undefined|\[object/);
  });

  test.each([
    [['settings', 'show'], 'channels'],
    [['settings', 'options'], 'frameAncestors'],
    [['health'], 'oldestUnanswered'],
    [['statistics'], 'rows'],
    [['webhook', 'show'], 'webhooksUri'],
    [['webhook', 'secret'], 'secret'],
    [['accounts', 'create', 'Shop'], 'apiKey'],
    [['accounts', 'keys', 'create'], 'apiKey'],
    [['page', '--settings'], 'url'],
  ])('%j is an object for programs', async (words, field) => {
    const { type } = await openTerminal();

    const { code, json } = await type([...words, '--json']);

    expect(code).toBe(0);
    expect(json()).toHaveProperty(field);
  });
});

describe('channels', () => {
  test('are connected by a token that is asked for, of a file or of a variable, and never shown', async () => {
    const { world, type } = await openTerminal();
    const connect = ['channels', 'connect', 'telegram', '--api', world.bot.baseUrl, '--name'];
    const typed = [
      await type([...connect, 'Asked'], { answers: [BOT_TOKEN] }),
      await type([...connect, 'From a file', '--token-file', await fileOf(`${BOT_TOKEN}\n`)]),
      await type([...connect, 'From a variable', '--json'], { env: { TELEGRAM_BOT_TOKEN: BOT_TOKEN } }),
    ];

    expect(typed.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(typed[0]!.asked).toEqual(['The token that @BotFather gave (it is not shown):']);
    expect(typed[0]!.out).toMatch(/^Asked is connected\.\n/);
    expect(typed[2]!.json()).toMatchObject({ transport: 'telegram', name: 'From a variable', state: 'active' });
    for (const { out, err } of typed) expect(out + err).not.toContain(BOT_TOKEN.split(':')[1]);
    expect(JSON.stringify(world.logs)).not.toContain(BOT_TOKEN.split(':')[1]);
  });

  test('a number of WhatsApp is connected by two secrets, and what has to be typed in by hand is shown', async () => {
    const { type } = await openTerminal();
    const graph = await startGraph();
    onTestFinished(() => graph.stop());
    const [number] = graph.numbers;
    const words = ['channels', 'connect', 'whatsapp', '--name', 'Наш номер', '--api', graph.baseUrl, '--by-hand'];
    const ids = ['--phone-number-id', `${number?.id}`, '--waba-id', `${number?.wabaId}`];

    const { code, out, err, asked } = await type([...words, ...ids], {
      env: { WHATSAPP_ACCESS_TOKEN: graph.token },
      answers: [graph.appSecret],
    });

    expect([code, asked.length]).toEqual([0, 1]);
    expect(out).toMatch(/^Наш номер is connected\.\n/);
    expect(out).toMatch(/webhook address +http.*\nverify token +\S+\nwebhook fields +messages/);
    expect(err).toContain('Type the address and the token in at the messenger');
    for (const secret of [graph.token, graph.appSecret]) expect(out + err).not.toContain(secret);
    expect((await type(['channels', 'list'])).out).toMatch(/Наш номер +WhatsApp/);
  });

  test('a refusal of the messenger is told in its words, and nothing is connected', async () => {
    const { world, type } = await openTerminal();
    world.bot.answerNext('getMe', { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } });

    const { code, err } = await type(['channels', 'connect', 'telegram', '--api', world.bot.baseUrl], {
      answers: [BOT_TOKEN],
    });

    expect(code).toBe(1);
    expect(err).toMatch(/400 CREDENTIALS_REFUSED: .*Unauthorized/);
    expect((await type(['channels', 'list', '--json'])).json()).toHaveLength(1);
  });

  test('without a token it says where to give one', async () => {
    const { type } = await openTerminal();

    expect(await type(['channels', 'connect', 'telegram'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('TELEGRAM_BOT_TOKEN, or its file with --token-file'),
    });
    expect(await type(['channels', 'connect', 'telegram', '--token-file', '/nowhere'])).toMatchObject({
      code: 1,
      err: '--token-file: /nowhere cannot be read (ENOENT)',
    });
    expect(await type(['channels', 'connect', 'whatsapp'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--phone-number-id is missing'),
    });
  });

  test('are renamed, switched off and on, and deleted only if somebody agrees', async () => {
    const { world, type } = await openTerminal();
    const { channelId } = world.channel;
    const states = async () =>
      ((await type(['channels', 'list', '--json'])).json() as { state: string }[]).map(({ state }) => state);

    expect(await type(['channels', 'change', channelId, '--name', 'Наш бот'])).toMatchObject({ code: 0 });
    expect(await type(['channels', 'disable', 'Наш бот'])).toMatchObject({ code: 0 });
    expect(await states()).toEqual(['disabled']);
    expect(await type(['channels', 'enable', 'Наш бот'])).toMatchObject({ code: 0 });
    expect(await states()).toEqual(['active']);
    expect((await type(['channels', 'webhook-secret', 'Наш бот'])).out).toContain('Наш бот has a new secret');

    const unasked = await type(['channels', 'delete', 'Наш бот']);
    expect(unasked).toMatchObject({ code: 1, err: expect.stringContaining('add --yes. Nothing was changed') });
    expect(await type(['channels', 'delete', 'Наш бот'], { answers: ['n'] })).toMatchObject({ code: 1 });
    expect(await states()).toEqual(['active']);
    expect(await type(['channels', 'delete', 'Наш бот'], { answers: ['да'] })).toMatchObject({ code: 0 });
    expect(await states()).toEqual([]);
  });
});

describe('settings', () => {
  test('pipeline and stage are named by their names, and a stage of another pipeline does not stay', async () => {
    const { world, type } = await openTerminal();
    const { channelId } = world.channel;
    const more = [...PIPELINES, { id: '2', name: 'Опт' }];
    expect(await type(['pipelines', 'set', '-'], { input: JSON.stringify(more) })).toMatchObject({ code: 0 });
    const saved = async (...words: string[]) =>
      (await type(['settings', 'new-clients', channelId, ...words, '--json'])).json();

    expect(await saved('--mode', 'round-robin', '--pipeline', 'sales', '--stage', 'NEW')).toMatchObject({
      newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' },
    });
    expect(await saved('--pipeline', 'опт')).toMatchObject({ newClients: { mode: 'round-robin', pipelineId: '2' } });
    const wrong = await type(['settings', 'new-clients', channelId, '--stage', 'New']);
    expect(wrong).toMatchObject({ code: 2, err: 'There is no stage New.' });
  });

  test('what is done about clients who wait is changed by parts, warned of, shown and ended', async () => {
    const { world, type } = await openTerminal();
    const words = ['settings', 'waiting', world.channel.channelId];
    expect(await type(words)).toMatchObject({ out: 'Nothing is done about clients who wait.' });

    const saved = await type([...words, '--return-after', '15', '--tell-heads-after', '10']);
    expect(saved).toMatchObject({ code: 0, err: expect.stringContaining('before the client goes to the next user') });
    const changed = await type([...words, '--tell-heads-after', 'never', '--then', 'keep', '--json']);
    expect(changed.json()).toMatchObject({
      waiting: { returnAfterMinutes: 15, tellHeadsAfterMinutes: null, then: 'keep', returnsAtMost: 3 },
    });
    expect((await type(words)).out).toContain('After 15 min to the next, at most 3 times, then they stay');
    expect(await type([...words, '--return-after', '1'])).toMatchObject({ code: 2 });
    expect(await type([...words, '--off', '--return-after', '15'])).toMatchObject({ code: 2 });
    expect((await type([...words, '--off', '--json'])).json()).not.toHaveProperty('waiting');
  });

  test('a field that Konvert refuses is called by the option', async () => {
    const { world, type } = await openTerminal();
    await type(['pipelines', 'set', '-'], { input: JSON.stringify(PIPELINES) });
    const words = ['settings', 'new-clients', world.channel.channelId, '--mode', 'round-robin', '--pipeline', 'Sales'];

    const { code, err } = await type(words);

    expect(code).toBe(1);
    expect(err).toContain('400 INVALID_SETTINGS');
    expect(err).toContain('newClients.stageId is --stage');
  });

  test('an option that is not named stays, and pipelines go only if somebody agrees', async () => {
    const { type } = await openTerminal();
    await type(['settings', 'options', '--notify-heads', 'off', '--save-to-timeline', 'on']);
    await type(['settings', 'frame-hosts', 'add', 'https://crm.example.com']);
    expect((await type(['settings', 'options', '--notify-heads', 'on', '--json'])).json()).toMatchObject({
      notifyHeadsAboutAllMessages: true,
      saveMessagesToTimeline: true,
      frameAncestors: ['https://crm.example.com'],
    });
    const unknown = await type(['settings', 'frame-hosts', 'remove', 'https://crm.example.co']);
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean https://crm.example.com?') });

    await type(['pipelines', 'set', '-'], { input: JSON.stringify(PIPELINES) });
    const refused = await type(['pipelines', 'set', await fileOf('[]')]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('These will be gone: Sales.') });
    expect((await type(['pipelines', 'list', '--json'])).json()).toEqual(PIPELINES);
    expect(await type(['pipelines', 'set', await fileOf('{"id"')])).toMatchObject({ code: 1 });
  });
});

describe('chats', () => {
  test('are found by name, id or key; several are listed', async () => {
    const { world, type } = await openTerminal();
    await world.say(1001, 'Hello');
    await world.say(1002, 'Hello, too');
    const { channelId } = world.channel;
    const [one] = (await type(['chats', 'list', '--json', '--find', '1001'])).json() as { name: string }[];

    for (const given of ['1001', one!.name, `${channelId}/telegram/1001`, `${channelId}#telegram#1001`]) {
      expect((await type(['chats', 'show', given])).out).toContain('< Hello');
    }
    expect(await type(['chats', 'show', '77'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no chat with 77'),
    });
    expect(await type(['chats', 'show', `${channelId}/telegram/77`])).toMatchObject({
      code: 1,
      err: expect.stringContaining('404 CHAT_NOT_FOUND'),
    });
  });

  test('an answer says what it answers; what was not read stays unanswered with --seen', async () => {
    const { world, type } = await openTerminal();
    await world.say(1001, 'Do you deliver?');
    const { seenUpTo } = (await type(['chats', 'show', '1001', '--json'])).json() as { seenUpTo: string };
    await world.say(1001, 'And on Sundays?');

    expect(await type(['chats', 'reply', '1001', 'We do.', '--seen', seenUpTo])).toMatchObject({ code: 0 });
    expect((await type(['chats', 'unanswered', '--json'])).json()).toMatchObject([{ unansweredCount: 1 }]);
    const { out } = await type(['chats', 'reply', '1001', 'On', 'Sundays,', 'too.']);
    expect(out).toMatch(/leaves now\.\nIt answers:\n.* < And on Sundays\?$/);
    expect(await type(['chats', 'unanswered'])).toMatchObject({ code: 0, out: 'Nobody waits.' });
    expect((await type(['chats', 'show', '1001'])).out).toMatch(
      /< Do you deliver\?\n.*< And on.*\n.*We do\.\n.*On Sundays, too\./,
    );
  });

  test('no reply is needed, or is after all; and somebody else becomes responsible', async () => {
    const { world, type } = await openTerminal();
    await type(['users', 'add', 'Boris', '--id', '18']);
    await type(['settings', 'roles', 'set', world.channel.channelId, 'Boris', 'seller']);
    await world.say(1001, 'Thanks!');

    const done = await type(['chats', 'no-reply-needed', '1001', '--reason', 'Only thanks']);
    expect(done.out).toMatch(/: answered\.\nIt was about:\n.*< Thanks!$/);
    expect(await type(['chats', 'no-reply-needed', '1001', '--undo'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 message waits'),
    });
    expect(await type(['chats', 'hand-over', '1001', 'boris'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Boris is responsible'),
    });
    const { out } = await type(['assignments', 'list', '--user', 'Boris']);
    expect(out).toMatch(/went to Boris, who got the client from a colleague or the head\./);
    expect((await type(['chats', 'list', '--as', 'boris', '--json'])).json()).toHaveLength(1);
  });
});

test('who gets another name keeps their phone, and an id is not given twice', async () => {
  const { world, type } = await openTerminal();
  await type(['users', 'add', 'Anna', '--id', '17', '--phone', '+7 900 555-01-02']);

  expect(await type(['users', 'rename', 'Anna', 'Anna Ivanova'])).toMatchObject({ code: 0 });
  const { body } = await world.call('GET', '/v3/users/17', { key: world.account.apiKey });
  expect(body).toEqual({ id: '17', name: 'Anna Ivanova', phone: '79005550102' });
  const twice = await type(['users', 'add', 'Boris', '--id', '17']);
  expect(twice).toMatchObject({ code: 2, err: expect.stringContaining('Anna Ivanova has the id 17 already') });
});

test('a key is ended only if somebody agrees, and the last one never', async () => {
  const { type } = await openTerminal();
  await type(['accounts', 'keys', 'create', '--name', 'Our CRM']);

  expect(await type(['accounts', 'keys', 'revoke', 'our crm'])).toMatchObject({ code: 1 });
  expect(await type(['accounts', 'keys', 'revoke', 'our crm', '--yes'])).toMatchObject({
    code: 0,
    out: 'The key Our CRM ends within 10 seconds.',
  });
  const [left] = (await type(['accounts', 'keys', 'list', '--json'])).json() as { keyId: string }[];
  const last = await type(['accounts', 'keys', 'revoke', left!.keyId, '--yes']);
  expect(last).toMatchObject({ code: 1, err: expect.stringContaining('Make another one first: accounts keys create') });
});

test('health tells who waits longest, who waits without anybody, and what does not leave', async () => {
  const { world, type } = await openTerminal();
  await world.say(1001, 'Hello');
  world.clock.advance(60_000);
  world.bot.answerNext('sendMessage', { status: 500, body: {} });
  await world.reply(1002, { text: 'It stays' });
  await world.drain();
  world.clock.advance(60_000);

  const { code, out } = await type(['health']);

  expect(code).toBe(0);
  expect(out).toMatch(/^waits longest +.*1001.* in .+\nwithout anybody +1, the first for /);
  expect(out).toMatch(/\n\n1 for \S+#telegram#1002 since .+; tried /);
});

test('check mends what is wrong and tells it; what it cannot mend fails', async () => {
  const { world, type } = await openTerminal();
  await world.say(1001, 'Hello');
  await world.say(1002, 'Hello');
  world.clock.advance(120_000);
  const [mendable, broken] = world.db.items('chats').filter(({ s }) => s === '-');
  const change = (Item: object) => world.db.apply(new PutCommand({ TableName: 'chats', Item }));
  change({ ...mendable, chat: { ...(mendable!.chat as object), unansweredCount: 7 } });

  const mended = await type(['check']);
  const right = await type(['check', '--json']);
  change({ ...broken, chat: 'no chat' });
  world.dropBells();
  const failed = await type(['check']);

  expect(mended).toMatchObject({ code: 0, out: expect.stringMatching(/^2 chats .*\n\nWHAT .*\na chat did .* 1 +1$/) });
  expect([right.code, right.json()]).toMatchObject([0, { state: 'done', chats: 2, faults: [] }]);
  expect(failed).toMatchObject({ code: 1, err: expect.stringMatching(/^1 could not be mended/) });
  const acts = (await type(['accounts', 'audit', '--operator', '--json'])).json() as { act: string }[];
  expect(acts.slice(0, 3).map(({ act }) => act)).toEqual(Array(3).fill('check-begun'));
});

test('the operator stops an account, and its keys are told why', async () => {
  const { world, type } = await openTerminal();
  const { accountId } = world.account;

  expect(await type(['accounts', 'disable', accountId])).toMatchObject({ code: 0 });
  world.clock.advance(11_000);
  const refused = await type(['channels', 'list']);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('403 ACCOUNT_DISABLED') });
  expect(await type(['accounts', 'enable', accountId])).toMatchObject({ code: 0 });
  const { out } = await type(['accounts', 'audit', '--operator']);
  expect(out).toMatch(new RegExp(`operator +enabled an account +${accountId}\n.*operator +disabled an account`));
});

describe('--preview', () => {
  /** A channel of Boris, who has answered one client, and a person who may be asked. */
  async function openShop() {
    const { world, type } = await openTerminal();
    const { channelId } = world.channel;
    for (const [name, id] of [
      ['Boris', '18'],
      ['Olga', '19'],
    ] as const)
      await type(['users', 'add', name, '--id', id]);
    await type(['settings', 'roles', 'set', channelId, 'Boris', 'seller', '--new-clients', 'on']);
    await world.say(1001, 'Hello');
    await type(['chats', 'reply', '1001', 'Good day!', '--as', 'Boris']);
    const remove = ['settings', 'roles', 'remove', channelId, 'Boris', '--preview'];
    const roles = async () => (await type(['settings', 'roles', 'list', channelId, '--json'])).json();
    return { world, type, channelId, remove, roles };
  }
  const LOST = 'Boris loses sight of 1 chat.';

  test('tells whose chats go out of sight, and saves nothing if nobody is there to be asked', async () => {
    const { type, remove, roles } = await openShop();

    const told = await type(remove);
    expect(told).toMatchObject({ code: 0, out: LOST, err: expect.stringContaining('Nothing was saved') });
    const { json } = await type([...remove, '--json']);
    expect(json()).toEqual({
      saved: false,
      preview: { givenOut: 0, losesSight: [{ userId: '18', chats: 1 }], atLeast: false },
    });
    expect(await roles()).toHaveLength(1);
  });

  test.each([
    ['somebody says no', { answers: ['n'] }, [], 1],
    ['somebody says yes', { answers: ['y'] }, [], 0],
    ['--yes', {}, ['--yes'], 0],
  ])('with %s', async (_name, options, more, left) => {
    const { type, remove, roles } = await openShop();

    const { code, out, asked } = await type([...remove, ...more], options);

    expect([code, asked]).toEqual([0, 'answers' in options ? ['Save it? [y/N]'] : []]);
    expect(out).toContain(LOST);
    expect(await roles()).toHaveLength(left);
  });

  test('what somebody else saves meanwhile is not overwritten', async () => {
    const { type, channelId, remove, roles } = await openShop();
    let meanwhile: Promise<unknown> | undefined;

    const { code, err } = await type(remove, {
      answers: ['y'],
      onAsked: () => (meanwhile ??= type(['settings', 'roles', 'set', channelId, 'Olga', 'manager'])),
    });
    await meanwhile;

    expect(code).toBe(1);
    expect(err).toContain('409 SETTINGS_CHANGED');
    expect(err).toContain('Look at what they are now, and do it again');
    expect(await roles()).toHaveLength(2);
  });
});
