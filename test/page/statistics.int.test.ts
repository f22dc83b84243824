import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

const konvert = useKonvert();
const chromium = useBrowser();

const tile = (page: Page, name: string) => page.locator('.statistics-tile').filter({ hasText: name });

test('a head sees what a seller answered, a seller their own, and the settings all, as charts, tables and a file', async () => {
  await konvert.says('anna', 'Do you deliver?');
  await konvert.says('bob', 'Are you open?');
  const { channelId } = konvert.account;
  const chat = { channelId, chatType: 'telegram', chatId: String(DEMO_CLIENTS.anna.id) };
  await konvert.api('POST', '/v3/message', { body: { ...chat, text: 'We do.', crmUserId: 'ivan' } });
  // Each chat is counted by itself, in whatever order, and what is shown is read once.
  const counted = async (by: string) => (await konvert.api('GET', `/v1/statistics?groupBy=${by}`)).body;
  await expect
    .poll(async () => (await counted('user')).rows)
    .toContainEqual(expect.objectContaining({ key: 'ivan', answered: 1 }));
  await expect
    .poll(() => counted('channel'))
    .toMatchObject({ now: { waiting: 1 }, rows: [{ key: channelId, waits: 2 }] });

  const olga = await chromium.open(await konvert.link('olga'), { viewport: { width: 1280, height: 900 } });
  await olga.getByRole('button', { name: 'Menu' }).click();
  await olga.getByRole('menuitem', { name: 'Statistics' }).click();
  const dialog = olga.getByRole('dialog', { name: 'Statistics' });
  await dialog.getByRole('row', { name: /^Ivan/ }).waitFor();
  expect(await tile(olga, 'Waiting now').textContent()).toBe('Waiting now1');
  await dialog.getByRole('img', { name: /^2 waits/ }).waitFor();
  expect(await axe(olga)).toEqual([]);
  // It is looked at many times a day, so it comes without the settings.
  const loaded = `performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))`;
  const names = await olga.evaluate<string[]>(loaded);
  expect(names.filter((name) => name.startsWith('statistics-'))).not.toEqual([]);
  expect(names.filter((name) => name.startsWith('settings-'))).toEqual([]);
  await dialog.getByText('As a table').first().click();
  await dialog.getByRole('region', { name: 'By day, as a table' }).getByRole('row').last().waitFor();
  await dialog.getByRole('switch', { name: 'Working time only' }).press('Space');
  await expect.poll(() => dialog.getByRole('switch', { name: 'Working time only' }).isChecked()).toBe(true);
  await olga.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const ivan = await chromium.open(await konvert.link('ivan'));
  await ivan.getByRole('button', { name: 'Menu' }).press('Enter');
  await ivan.getByRole('menuitem', { name: 'Statistics' }).press('Enter');
  const own = ivan.getByRole('dialog', { name: 'Statistics' });
  await own.getByRole('row', { name: /^Ivan/ }).waitFor();
  // What others answered and what waits is not theirs to know.
  expect(await own.getByRole('rowheader').allTextContents()).toEqual(['Ivan']);
  expect(await tile(ivan, 'Waiting now').count()).toBe(0);
});

test('in the settings, on a phone and in Russian, the table leads to assignments and the file says the same', async () => {
  const page = await chromium.open(await konvert.settingsLink(), {
    viewport: { width: 375, height: 800 },
    locale: 'ru',
    colorScheme: 'dark',
  });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(`location.hash = '#/settings/statistics'`);
  await page.getByRole('row', { name: /^Иван|^Ivan/ }).waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  // Today stands last in the chart, and a word of a heading on one line.
  const chart = page.getByRole('region', { name: 'По дням: график' });
  expect(await chart.evaluate((part) => part.scrollLeft + part.clientWidth >= part.scrollWidth - 1)).toBe(true);
  const heading = page.getByRole('columnheader', { name: 'Половине ответили за' }).getByRole('button');
  expect((await heading.boundingBox())?.height).toBeLessThan(100);

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Сохранить как CSV' }).click(),
  ]);
  const lines = (await readFile(await saved.path(), 'utf8')).split('\r\n');
  expect(lines[0]).toMatch(/^\u{feff}kind,key,waits,answered/u);
  expect(lines.find((line) => line.includes('ivan'))).toMatch(/^user,ivan,1,1,/);

  await page.getByLabel('Период').selectOption({ label: 'Последние 90 дней' });
  await page.getByRole('row', { name: /^Ivan/ }).waitFor();
  await page.getByRole('button', { name: 'Кто' }).press('Enter');
  await page.getByRole('columnheader', { name: 'Кто' }).and(page.locator('[aria-sort=ascending]')).waitFor();
  await page.getByRole('link', { name: 'Ivan' }).click();
  await page.getByRole('heading', { level: 1, name: 'Распределение' }).waitFor();
});
