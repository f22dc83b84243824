import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { CRM_BOT_PATH, CRM_HOST, CRM_PATH } from '#local/demo/stand-in/places';
import { callApi, until } from '#test/e2e/call-api';
import { konvert as typed } from '#test/e2e/command-line';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf, untilSeen } from './people.ts';

// What `npm start` shows a newcomer of a connected CRM: `/demo-crm` stands in for amoCRM.

const konvert = useKonvert();
const chromium = useBrowser();
const WIDE = { viewport: { width: 1280, height: 900 } };

const row = (crm: Page, of: 'deals' | 'contacts') => crm.locator(`#${of} > ul > li`);
const notesOf = (crm: Page, of: 'deals' | 'contacts') => row(crm, of).first().getByRole('listitem');

/** The inbox of a user of the CRM, or the settings, as the page of the stand-in opens it. */
async function inboxOf(crm: Page, name: string): Promise<Page> {
  const opened = crm.waitForEvent('popup');
  await crm.getByRole('button', { name, exact: true }).click();
  return opened;
}

test('a client appears in the CRM once, moves when its responsible user changes there, and is answered in its timeline', async () => {
  const crm = await chromium.open(konvert.url + CRM_PATH, WIDE);
  await crm.getByRole('button', { name: 'Connect a demo company' }).click();
  await crm.getByRole('button', { name: 'Send' }).click();
  await row(crm, 'deals').first().waitFor();
  await row(crm, 'contacts').first().waitFor();
  const ofDeal = crm.getByLabel(/^Responsible: Anna Demo, deal/);
  const ofContact = crm.getByLabel(/^Responsible: Anna Demo, contact/);
  await expect.poll(() => notesOf(crm, 'deals').allInnerTexts()).toEqual(['Good day! Is the red one in stock?']);
  const [first, other] =
    (await ofContact.locator('option:checked').textContent()) === 'Ivan' ? ['Ivan', 'Maria'] : ['Maria', 'Ivan'];
  const theirs = await inboxOf(crm, first);
  await lineOf(theirs, 'Anna').waitFor();
  const others = await inboxOf(crm, other);

  await ofDeal.selectOption(other);
  await ofContact.selectOption(other);

  await lineOf(others, 'Anna').click();
  await lineOf(theirs, 'Anna').waitFor({ state: 'detached' });

  // The deals stand beside the chat, with links into the CRM, and one more is made there.
  await untilSeen(others);
  const pane = others.getByRole('complementary', { name: 'Deals' });
  const deal = pane.getByRole('link', { name: 'Anna Demo open' });
  await deal.waitFor();
  expect(await deal.getAttribute('href')).toMatch(new RegExp(`^${konvert.url}${CRM_PATH}/leads/detail/\\d+$`));
  await others.getByRole('textbox').last().fill('Yes, three of them.');
  await others.keyboard.press('Enter');
  const story = ['Good day! Is the red one in stock?', 'Yes, three of them.'];
  await expect.poll(() => notesOf(crm, 'deals').allInnerTexts()).toEqual(story);
  await expect.poll(() => notesOf(crm, 'contacts').allInnerTexts()).toEqual(story);
  expect([await row(crm, 'deals').count(), await row(crm, 'contacts').count()]).toEqual([1, 1]);

  // What was sent as a file stands there as a link.
  const file = { name: 'sketch.txt', type: 'text/plain', base64: Buffer.from('a sketch').toString('base64') };
  const body = { client: 'anna', text: 'Like this', file };
  expect((await callApi(konvert.url, 'POST', `${CRM_BOT_PATH}/write`, { body })).status).toBe(200);
  const third = notesOf(crm, 'deals').nth(2);
  await expect.poll(() => third.textContent()).toMatch(/^Like this\nsketch\.txt: http/);
  const [, link = ''] = ((await third.textContent()) ?? '').split('sketch.txt: ');
  expect(await (await fetch(link)).text()).toBe('a sketch');

  await pane.getByRole('button', { name: 'Create a deal' }).click();
  await expect.poll(() => deal.count()).toBe(2);
  // The page of the CRM looks by itself, a moment later.
  await expect.poll(() => row(crm, 'deals').count()).toBe(2);
  expect(await row(crm, 'contacts').count()).toBe(1);
  // One that is won there is a closed one here.
  await crm
    .getByLabel(/^Stage: Anna Demo, deal/)
    .first()
    .selectOption('Won');
  await expect
    .poll(async () => {
      await pane.getByRole('button', { name: 'Close' }).click();
      await others.getByRole('button', { name: 'Deals' }).click();
      return pane.getByRole('listitem').allInnerTexts();
    })
    .toEqual(['Anna Demo\nopen', 'Anna Demo\nclosed']);
  expect(await axe(crm)).toEqual([]);

  // What an administrator sees of it.
  const settings = await inboxOf(crm, 'the settings');
  await settings.locator('main').waitFor();
  await settings.evaluate((hash) => location.assign(hash), '#/settings/crm');
  await settings.getByText(/^Works$/).waitFor();
  expect(await settings.getByRole('link', { name: CRM_HOST }).getAttribute('href')).toBe(CRM_PATH);
  await settings.getByRole('button', { name: 'Refresh data from CRM' }).click();
  await settings.getByText(/the people are as they were; 1 pipeline$/).waitFor();
  expect(await axe(settings)).toEqual([]);
});

test('the same by one command', async () => {
  const { folder } = konvert.process;
  const env = { KONVERT_DATA_DIR: folder, PORT: new URL(konvert.url).port };
  const operatorKey = await readFile(join(folder, 'operator.key'), 'utf8');
  const made = await callApi(konvert.url, 'POST', '/v1/accounts', { key: operatorKey.trim(), body: { name: 'Doors' } });
  const key = made.body.apiKey as string;
  const words = ['crm', 'connect', 'amocrm', '--field', `host=${CRM_HOST}`];
  const token = ['--field-file', `accessToken=${join(folder, 'demo-crm.token')}`];

  const connected = await typed([...words, ...token], { env: { ...env, KONVERT_API_KEY: key } });

  expect(connected).toMatchObject({ code: 0, out: expect.stringContaining(CRM_HOST) });
  expect(connected.out).toMatch(/^state +works$/m);
  const users = await until('the users are there', async () => {
    const { body } = await callApi(konvert.url, 'GET', '/v3/users', { key });
    return body.length > 0 ? body : undefined;
  });
  expect(users.map(({ name }: { name: string }) => name).sort()).toEqual(['Ivan', 'Maria', 'Olga', 'Pavel']);
});
