import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf, lines, untilSeen } from './people.ts';
import { keepToasts } from './toasts.ts';

// Scenario 1 of the design: the whole story of one client, as the head of the demo company lives it. Its tests go on from
// each other.

const konvert = useKonvert();
const chromium = useBrowser();

async function openAs(person: 'olga' | 'ivan', locale = 'en-GB'): Promise<Page> {
  const context = await chromium.newContext({ locale });
  await keepToasts(context);
  const page = await context.newPage();
  await page.goto(await konvert.link(person));
  await page.getByRole('navigation').waitFor();
  return page;
}

/** The number in the title. 0: there is none. */
async function counterOf(page: Page): Promise<number> {
  return Number(/\d+/.exec(await page.title())?.[0] ?? 0);
}

/** A line that begins with that name, and says the rest in whatever order. */
const saying = (name: string, ...rest: readonly RegExp[]) =>
  expect.stringMatching(new RegExp(`^${name}${rest.map(({ source }) => `(?=.*${source})`).join('')}`));
const envelope = (page: Page) => page.getByRole('button', { name: /^No reply needed/ });
const nothingToAnswer = (page: Page) => page.getByRole('button', { name: 'Nothing to answer' });

test('a link opens the inbox and leaves the address; who writes stands on top, and is counted', async () => {
  await konvert.says('carol', 'Is my order on its way?');
  const page = await openAs('olga');

  await lineOf(page, 'Carol').waitFor();
  expect(page.url()).not.toContain('k=');
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
  for (const name of [/^Unanswered/, /^All/]) await page.getByRole('tab', { name }).waitFor();

  // A messenger tells the time in seconds.
  await sleep(1_000);
  await konvert.says('anna', 'Do you deliver on Sundays?');
  await lineOf(page, 'Anna').waitFor();
  await expect
    .poll(() => lines(page))
    .toEqual([
      saying('Carol of the CRM', /Is my order on its way\?/, /waits \d+ min/),
      saying('Anna Demo', /Do you deliver on Sundays\?/, /waits \d+ min/),
    ]);
  await expect.poll(() => counterOf(page)).toBe(2);
  expect(await axe(page)).toEqual([]);
});

test('an answer goes to the client, its mark says how far it got, and the chat waits no longer', async () => {
  const page = await openAs('olga');
  await lineOf(page, 'Anna').click();
  await untilSeen(page);
  const box = page.getByRole('textbox', { name: /^Message to Anna/ });

  await box.fill('From ten to six.');
  await box.press('Enter');

  const said = page.getByRole('feed').getByRole('article').filter({ hasText: 'From ten to six.' });
  await said.waitFor();
  await expect.poll(() => box.inputValue()).toBe('');
  await said.getByRole('img', { name: 'Sent' }).waitFor();
  await konvert.untilGot('anna', 'From ten to six.');
  await nothingToAnswer(page).waitFor();
  await expect
    .poll(() => lines(page))
    .toEqual([expect.stringMatching(/^Carol of the CRM.*waits/), expect.not.stringContaining('waits')]);
  await expect.poll(() => counterOf(page)).toBe(1);
  expect(await konvert.got('anna')).toEqual(['From ten to six.']);
  expect(await axe(page)).toEqual([]);
});

test('the envelope is red while somebody waits, then grey, and red again after Undo', async () => {
  const page = await openAs('olga');
  await lineOf(page, 'Carol').click();
  await untilSeen(page);
  await page.getByRole('button', { name: 'No reply needed (1)', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Why' }).waitFor();

  await envelope(page).click();
  await nothingToAnswer(page).waitFor();
  await expect.poll(() => counterOf(page)).toBe(0);
  await expect.poll(() => lines(page)).not.toContainEqual(expect.stringContaining('waits'));

  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await envelope(page).waitFor();
  await expect.poll(() => counterOf(page)).toBe(1);
  expect((await konvert.api('GET', '/v1/chats?view=unanswered')).body.chats).toHaveLength(1);
});

test('in Russian it is the same page in Russian', async () => {
  const page = await openAs('olga', 'ru-RU');
  await lineOf(page, 'Carol').click();
  await untilSeen(page);

  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('ru');
  await expect
    .poll(async () => (await lines(page))[0])
    .toEqual(saying('Carol of the CRM', /Is my order on its way\?/, /ждёт \d+ мин/));
  await page.getByRole('tab', { name: /^Неотвеченные/ }).waitFor();
  await page.getByRole('tab', { name: /^Все/ }).waitFor();
  await page.getByRole('textbox', { name: 'Сообщение для Carol of the CRM' }).waitFor();
  await page.getByRole('button', { name: 'Не требует ответа (1)' }).click();
  await page.getByRole('button', { name: 'Отвечать нечего' }).waitFor();
  await page.getByRole('button', { name: 'Причина' }).waitFor();
  await page.getByRole('status').getByRole('button', { name: 'Отменить' }).click();
  await page.getByRole('button', { name: 'Не требует ответа (1)' }).waitFor();
  expect(await axe(page)).toEqual([]);
});

test('a seller sees their own clients and those that nobody has yet, and no others', async () => {
  await konvert.says('dan', 'Good day!');
  const page = await openAs('ivan');

  await lineOf(page, 'Dan').waitFor();
  await expect.poll(() => lines(page)).toHaveLength(1);
  expect(await page.locator('body').textContent()).not.toMatch(/Carol|Anna/);
});
