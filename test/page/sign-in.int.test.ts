import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

const konvert = useKonvert();
const chromium = useBrowser();

test('the API key opens the settings, whose links open the chats of a person', async () => {
  await konvert.says('anna', 'Good day!');
  const page = await chromium.open(konvert.url);
  await page.waitForURL(`${konvert.url}/chat/-`);
  const field = page.getByLabel('API key of the account');

  await field.fill('not-a-key-of-anybody');
  await field.press('Enter');
  await page.getByRole('alert').waitFor();
  await field.fill(konvert.account.apiKey);
  await field.press('Enter');

  await page.getByRole('link', { name: 'People', exact: true }).click();
  await page.getByText('Olga').first().waitFor();
  await expect.poll(() => page.url()).toBe(`${konvert.url}/chat/-#/settings/people`);
  expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(
    konvert.account.apiKey,
  );
});

test('a link that is opened where the page of somebody is becomes the page of the other', async () => {
  await konvert.says('carol', 'Is it ready?');
  const page = await chromium.open(await konvert.link('ivan'));
  await page.getByRole('navigation').waitFor();

  await page.goto(await konvert.link('maria'));

  await lineOf(page, 'Carol').waitFor();
  expect(page.url()).not.toContain('k=');
});
