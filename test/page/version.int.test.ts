import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

const konvert = useKonvert();
const chromium = useBrowser();

/** A page that has a newer one at the server. `comeBack` leaves its window for two minutes. */
interface Old {
  readonly page: Page;
  readonly comeBack: () => Promise<void>;
}

/** The open chat of Anna in an old page. */
async function openOld(): Promise<Old> {
  await konvert.says('anna', 'Hello!');
  return growOld(await konvert.link('olga'), async (page) => {
    await page.getByRole('navigation').getByRole('link', { name: /^Anna/ }).click();
    await page.getByRole('article').filter({ hasText: 'Hello!' }).first().waitFor();
  });
}

async function growOld(link: string, use: (page: Page) => Promise<void>): Promise<Old> {
  const page = await (await chromium.newContext()).newPage();
  await page.clock.install();
  await page.goto(link);
  await use(page);
  await page.route(/\/chat\/[\w-]+$/, async (route) => {
    if (route.request().resourceType() !== 'fetch') return route.continue();
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/main-\w+\.js/, 'main-NEWER.js') });
  });
  await page.evaluate(`window.isOldOne = true;
    Object.defineProperty(document, 'visibilityState', { get: () => (window.isAway ? 'hidden' : 'visible') });`);
  const turn = (isAway: boolean) =>
    page.evaluate(`window.isAway = ${isAway}; document.dispatchEvent(new Event('visibilitychange'))`);
  return {
    page,
    async comeBack() {
      await turn(true);
      await page.clock.fastForward('02:00');
      await turn(false);
    },
  };
}

const box = (page: Page) => page.getByRole('textbox', { name: /^Message to Anna/ });
const isOldOne = (page: Page) => page.evaluate('window.isOldOne === true').catch(() => undefined);

test('an old page becomes the new one when its user comes back, with the same chat open', async () => {
  const { page, comeBack } = await openOld();

  await comeBack().catch(() => undefined);

  await expect.poll(() => isOldOne(page)).toBe(false);
  await box(page).waitFor();
});

test('where something is being written it says so instead, and keeps that over the reload', async () => {
  const { page, comeBack } = await openOld();
  await box(page).fill('Half a sentence');

  await comeBack();
  const line = page.getByRole('status').filter({ hasText: 'A new version is there.' });
  await line.waitFor();
  expect(await isOldOne(page)).toBe(true);
  expect(await axe(page)).toEqual([]);

  await line.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => isOldOne(page)).toBe(false);
  await box(page).waitFor();
  await expect.poll(() => box(page).inputValue()).toBe('Half a sentence');
});

test('the settings never reload by themselves: what is typed in is kept nowhere', async () => {
  const { page, comeBack } = await growOld(await konvert.settingsLink(), async (page) => {
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('Nina');
  });

  await comeBack();

  await page.getByRole('status').filter({ hasText: 'A new version is there.' }).waitFor();
  expect(await isOldOne(page)).toBe(true);
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Nina');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => isOldOne(page)).toBe(false);
  await page.getByRole('heading', { level: 1, name: 'People', exact: true }).waitFor();
});
