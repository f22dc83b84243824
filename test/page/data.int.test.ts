import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { idAlone, lineOf } from './people.ts';

const konvert = useKonvert();
const chromium = useBrowser();
const ANNA = String(DEMO_CLIENTS.anna.id);
const SAID = 'My address is 5 Rose Lane';

const keptOnDevice = (page: Page) => page.evaluate<string>('JSON.stringify({ ...localStorage })');

test('who asks is found from their chat, given what is known of them, and erased from under open pages', async () => {
  await konvert.says('anna', SAID);
  await konvert.says('bob', 'And I am Bob');
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  const chats = await context.newPage();
  await chats.goto(await konvert.link('olga'));
  await lineOf(chats, 'Anna').click();
  await chats.getByRole('feed').getByText(SAID).waitFor();
  await chats.getByRole('textbox', { name: /^Message to/ }).fill('About Rose Lane:');
  await expect.poll(() => keptOnDevice(chats)).toContain('About Rose Lane:');

  // A head is led to the settings, which only who has the key opens.
  await chats.getByRole('button', { name: 'Deals' }).click();
  const [page] = await Promise.all([
    context.waitForEvent('page'),
    chats.getByRole('link', { name: 'Export or erase this client…' }).click(),
  ]);
  await page.getByLabel('API key of the account').fill(konvert.account.apiKey);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Data' }).waitFor();
  const id = page.getByLabel('Their id or phone');
  await expect.poll(() => id.inputValue()).toBe(ANNA);
  expect(await page.getByLabel('Messenger').inputValue()).toBe('telegram');
  await expect.poll(() => page.url()).toMatch(/#\/settings\/data$/);
  expect(await axe(page)).toEqual([]);

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export what is known' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe(`telegram-${ANNA}.json`);
  const exported = JSON.parse(await readFile(await saved.path(), 'utf8'));
  expect(exported.messages.map(({ text }: { text: string }) => text)).toEqual([SAID]);
  expect(exported.chats).toHaveLength(1);
  await page.getByText('The file is saved: 1 message').waitFor();

  await page.getByRole('button', { name: 'Erase this person…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase this person?' });
  await dialog.getByText('It cannot be undone.').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.type('somebody else');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').filter({ hasText: 'That is another id.' }).waitFor();
  expect((await konvert.api('GET', '/v1/erasures')).body.erasures).toEqual([]);
  await dialog.getByLabel('Type the id again').fill(ANNA);
  await page.keyboard.press('Enter');

  await dialog.waitFor({ state: 'detached' });
  await chats.getByRole('status').filter({ hasText: 'Everything that was known of this client' }).waitFor();
  await expect.poll(() => lineOf(chats, 'Anna').count()).toBe(0);
  await lineOf(chats, 'Bob').waitFor();
  await expect.poll(() => keptOnDevice(chats)).not.toContain('Rose Lane');
  await expect.poll(() => keptOnDevice(chats)).not.toMatch(idAlone(ANNA));
  await expect.poll(() => chats.content()).not.toContain('Rose Lane');
  const erased = page.getByRole('region', { name: 'Erased' });
  await erased.getByText('Being erased…').waitFor();
  await erased.getByText(/1 chat, 1 message/).waitFor();
  expect(await erased.textContent()).not.toContain('Anna');
  expect(await erased.textContent()).not.toMatch(idAlone(ANNA));
  // Its last look for what was on its way is two minutes later.
  await page.route('**/v1/erasures', async (route) => {
    const answer = await route.fetch();
    const { erasures, ...rest } = await answer.json();
    const done = { state: 'done', doneAt: new Date().toISOString() };
    await route.fulfill({ response: answer, json: { ...rest, erasures: [{ ...erasures[0], ...done }] } });
  });
  await page.getByRole('status').filter({ hasText: 'Everything is erased.' }).waitFor();
  await erased.getByText(/^Erased on /).waitFor();

  await page.getByRole('button', { name: 'Export what is known' }).click();
  await page.getByRole('alert').filter({ hasText: 'Nothing is stored of such a person.' }).waitFor();
  await konvert.says('anna', 'It is me again');
  await lineOf(chats, 'Anna').click();
  await chats.getByRole('feed').getByText('It is me again').waitFor();
  expect(await chats.getByRole('feed').getByRole('article').count()).toBe(1);
});

test('days to keep are asked for before they are saved, and only if that erases something', async () => {
  const page = await chromium.open(await konvert.settingsLink(), {
    viewport: { width: 320, height: 640 },
    locale: 'ru',
    colorScheme: 'dark',
  });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(`location.hash = '#/settings/data'`);
  const card = page.getByRole('region', { name: 'Сколько хранить сообщения' });
  const stored = async () => (await konvert.api('GET', '/v1/settings')).body.retentionDays;
  await card.getByLabel('Хранить').selectOption({ label: 'другое число дней' });
  await card.getByLabel('Дней', { exact: true }).fill('0');
  await page.keyboard.press('Enter');
  await card.getByRole('alert').filter({ hasText: 'Целое число от 1' }).waitFor();
  expect(await axe(page)).toEqual([]);

  await card.getByLabel('Дней', { exact: true }).fill('400');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Удалить то, что старше 400 дней?' });
  await dialog.waitFor();
  expect(await stored()).toBe(null);
  await dialog.getByRole('button', { name: 'Удалить и сохранить' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => stored()).toBe(400);

  await card.getByLabel('Хранить').selectOption({ label: 'всегда' });
  await card.getByRole('button', { name: 'Сохранить' }).click();
  await expect.poll(() => stored()).toBe(null);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const wider = "(screen => screen.scrollWidth - screen.clientWidth)(document.querySelector('.settings-screen'))";
  expect(await page.evaluate(wider)).toBeLessThanOrEqual(0);
});
