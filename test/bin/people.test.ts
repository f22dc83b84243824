import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { World } from '#test/world';
import { openTerminal } from './typed.ts';

const ANNA = 100;
const ERASE = ['people', 'erase', 'telegram', `${ANNA}`];

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-people-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Time passes while somebody waits: what may be on its way is waited for, and then looked for once more. */
async function whilePassing<T>(world: World, act: () => Promise<T>): Promise<T> {
  let isOver = false;
  const acted = act().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await sleep(20);
    await world.pass(130_000);
  }
  return acted;
}

test('a person is erased by typing their id, followed to the end, and reported without anything of them', async () => {
  const { world, type } = await openTerminal();
  await world.say(ANNA, 'My address is 5 Rose Lane');
  await world.say(200, 'And I am another one');
  world.clock.advance(60_000);

  for (const [answers, why] of [
    [['yes'], 'Nothing was changed'],
    [undefined, 'To do it, add --yes. Nothing was changed'],
  ] as const) {
    const refused = await type(ERASE, answers && { answers });
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain(why);
  }
  const erased = await whilePassing(world, () => type(ERASE, { answers: [`${ANNA}`] }));

  expect([erased.code, erased.err]).toEqual([0, expect.stringContaining('From now on nothing of it is shown')]);
  expect(erased.asked[0]).toMatch(/telegram 100 \(.+, 1 chat\) goes, in all channels/);
  expect(erased.out).toMatch(/^Nothing is known of them any more\.\n[\s\S]*state +done[\s\S]*messages +1\n/);
  const [erasure] = (await type(['erasures', 'list', '--json'])).json() as { erasureId: string }[];
  expect(erasure).toMatchObject({ kind: 'person', state: 'done', erased: { chats: 1, messages: 1 } });
  const shown = await type(['erasures', 'show', `${erasure?.erasureId}`]);
  expect(shown.out).toMatch(/erased +a person\nstate +done/);
  expect(shown.out).not.toMatch(/Rose Lane|\b100\b/);
  const left = (await type(['chats', 'list', '--json'])).json() as { chatId: string }[];
  expect(left.map(({ chatId }) => chatId)).toEqual(['200']);
  const again = await type([...ERASE, '--yes']);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('PERSON_NOT_FOUND')]);
});

test.each([
  [['people', 'erase', 'telegramm', '1', '--yes'], 'Did you mean telegram?'],
  [['people', 'export', 'fax', '1', '--to', '/tmp/nowhere'], 'There is no messenger fax'],
  [['people', 'export', 'telegram', '1'], "required option '--to <folder>' not specified"],
  [['settings', 'options', '--retention-days', '0'], 'It has to be a number from 1'],
])('%j: wrong words', async (words, why) => {
  const { type } = await openTerminal();

  const { code, out, err } = await type(words);

  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(why);
});

test('what is known of a person is one document with the files beside it, in a folder of its own', async () => {
  const { world, type } = await openTerminal();
  for (let count = 1; count <= 3; count += 1) await world.say(ANNA, `text ${count}`);
  const folder = join(await emptyFolder(), 'anna');

  const exported = await type(['people', 'export', 'telegram', `${ANNA}`, '--to', folder]);

  expect([exported.code, exported.out]).toEqual([0, `1 chat, 3 messages, 0 files: ${join(folder, 'person.json')}`]);
  const document = JSON.parse(await readFile(join(folder, 'person.json'), 'utf8'));
  expect(document).toMatchObject({ person: { chatType: 'telegram', chatId: `${ANNA}` }, files: [] });
  expect(document.messages.map(({ text }: { text: string }) => text).sort()).toEqual(['text 1', 'text 2', 'text 3']);
  expect((await stat(join(folder, 'person.json'))).mode & 0o777).toBe(0o600);
  const again = await type(['people', 'export', 'telegram', `${ANNA}`, '--to', folder]);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('is not empty')]);
});

test('an export that is refused leaves nothing, and touches nothing that was there', async () => {
  const { type } = await openTerminal();
  const folder = await emptyFolder();
  await writeFile(join(folder, 'mine'), 'mine');

  const refused = await type(['people', 'export', 'telegram', '999', '--to', join(folder, 'nobody')]);

  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('PERSON_NOT_FOUND')]);
  expect(await readdir(folder)).toEqual(['mine']);
});

test('the days that messages are kept are an option, or for ever', async () => {
  const { type } = await openTerminal();

  expect((await type(['settings', 'options', '--retention-days', '365'])).out).toMatch(/messages are kept +365 days/);
  expect((await type(['settings', 'options', '--json'])).json()).toMatchObject({ retentionDays: 365 });
  expect((await type(['settings', 'options', '--retention-days', 'forever'])).out).toMatch(/kept +for ever/);
});

test('an account is closed by typing its id, once it is disabled, and the operator sees the end of it', async () => {
  const { world, type } = await openTerminal();
  const { accountId } = world.account;
  await world.say(ANNA, 'Good day');

  const enabled = await type(['accounts', 'close', accountId, '--yes']);
  expect([enabled.code, enabled.err]).toEqual([1, expect.stringContaining('Stop it first: accounts disable')]);
  await type(['accounts', 'disable', accountId]);
  const closed = await whilePassing(world, () => type(['accounts', 'close', accountId], { answers: [accountId] }));

  expect(closed.code).toBe(0);
  expect(closed.asked[0]).toContain('It cannot be undone');
  expect(closed.out).toMatch(/erased +an account\nstate +done/);
  const listed = (await type(['erasures', 'list', '--operator', '--json'])).json();
  expect(listed).toEqual([expect.objectContaining({ kind: 'account', state: 'done' })]);
  expect((await type(['chats', 'list'])).code).toBe(1);
});
