import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

// The pipelines of a company without a CRM, and of one with a CRM that pushes them.

const konvert = useKonvert();
const chromium = useBrowser();

async function open(path = '/pipelines'): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink());
  await page.locator('main').waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/settings/roles${path}`);
  await page.locator('main .roles-channel, main .settings-step').first().waitFor();
  return page;
}

const stored = async () => (await konvert.api('GET', '/v3/pipelines')).body;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const saved = (page: Page) => page.getByText('Everything is saved').waitFor();

async function startWithout(): Promise<void> {
  expect((await konvert.api('PUT', '/v1/pipelines', { body: [] })).status).toBe(200);
}

test('a company without a CRM makes pipelines and stages, and renames them; their ids stay', async () => {
  await startWithout();
  const page = await open();

  await button(page, 'Add a pipeline').click();
  await button(page, 'Save').click();
  await page.getByRole('alert').first().getByText('Give it a name.').waitFor();
  await page.getByRole('textbox', { name: 'Name of the pipeline' }).fill(' Sales ');
  await page.getByRole('textbox', { name: 'Stage 1' }).fill('New');
  await button(page, 'Add a stage').click();
  const second = page.getByRole('textbox', { name: 'Stage 2' });
  await expect.poll(() => second.evaluate((field) => field === document.activeElement)).toBe(true);
  await second.fill('Won');
  expect(await axe(page)).toEqual([]);
  await button(page, 'Save').click();
  await saved(page);

  const [sales] = await stored();
  expect(sales).toMatchObject({ name: 'Sales', stages: [{ name: 'New' }, { name: 'Won' }] });
  await page.getByRole('textbox', { name: 'Stage 2' }).fill('Sold');
  await button(page, 'Remove stage 1 of Sales').click();
  await button(page, 'Save').click();
  await saved(page);

  expect(await stored()).toEqual([{ id: sales.id, name: 'Sales', stages: [{ id: sales.stages[1].id, name: 'Sold' }] }]);
});

test('a pipeline in use is removed only after that was told', async () => {
  const pipeline = { id: 'konvert-1', name: 'Repairs', stages: [{ id: 'konvert-2', name: 'New' }] };
  await konvert.api('PUT', '/v1/pipelines', { body: [pipeline] });
  const { channelId } = konvert.account;
  const { userRoles } = (await konvert.api('GET', '/v1/settings')).body.channels[channelId];
  const newClients = { mode: 'round-robin', pipelineId: 'konvert-1', stageId: 'konvert-2' };
  const put = await konvert.api('PUT', `/v1/settings/channels/${channelId}`, { body: { newClients, userRoles } });
  expect(put.status).toBe(200);
  const page = await open();

  await button(page, 'Remove Repairs').click();
  await button(page, 'Save').click();
  const dialog = page.getByRole('dialog', { name: 'Channels use what you remove' });
  await dialog.getByText('The deals of “Demo bot” begin there.').waitFor();
  expect((await stored()).length).toBe(1);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await saved(page);

  expect(await stored()).toEqual([]);
  await konvert.api('PUT', `/v1/settings/channels/${channelId}`, {
    body: { newClients: { mode: 'first-reply' }, userRoles },
  });
});

test('somebody else changes the list meanwhile: nothing of theirs is replaced unseen', async () => {
  await startWithout();
  const page = await open();
  await button(page, 'Add a pipeline').click();
  await page.getByRole('textbox', { name: 'Name of the pipeline' }).fill('Mine');
  await page.getByRole('textbox', { name: 'Stage 1' }).fill('New');
  await konvert.api('PUT', '/v1/pipelines', { body: [{ id: 'konvert-9', name: 'Theirs' }] });

  await button(page, 'Save').click();
  await page.getByRole('region', { name: 'Somebody else has changed the pipelines meanwhile' }).waitFor();
  expect((await stored()).map(({ name }: { name: string }) => name)).toEqual(['Theirs']);
  await button(page, 'Take theirs').click();
  await saved(page);
  expect(await page.getByRole('textbox', { name: 'Name of the pipeline' }).inputValue()).toBe('Theirs');
});

test('what cannot be read again is said, and what was read stays', async () => {
  const page = await open('');
  await page.context().setOffline(true);

  await button(page, 'Refresh data from CRM').click();

  await page
    .getByRole('alert')
    .getByText(/^What you see may be old/)
    .waitFor();
  expect(await page.getByText('The lists are fresh').count()).toBe(0);
  await page.context().setOffline(false);
  await button(page, 'Refresh data from CRM').click();
  await page.getByText('The lists are fresh').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('a CRM that pushes pipelines keeps them, and what it pushes is there after a refresh', async () => {
  await konvert.api('PUT', '/v1/pipelines', { body: [{ id: '17', name: 'Of the CRM' }] });
  const page = await open();
  await page.getByText(/^Your CRM keeps these lists\./).waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);

  await page.getByRole('link', { name: 'All channels' }).click();
  await page.getByText(/ 1 pipeline to choose from\. Your CRM keeps these lists\./).waitFor();
  await konvert.api('POST', '/v3/pipelines', { body: [{ id: '18', name: 'Another' }] });
  await konvert.api('POST', '/v3/users', { body: [{ id: 'tom', name: 'Tom' }] });
  await button(page, 'Refresh data from CRM').click();

  await page.getByText(/^5 people and 2 pipelines to choose from/).waitFor();
  await page.getByRole('link', { name: 'Pipelines' }).click();
  await page.getByText('Another', { exact: true }).waitFor();
});
