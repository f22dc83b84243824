import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

const konvert = useKonvert();
const chromium = useBrowser();
const WIDE = { viewport: { width: 1280, height: 800 } };

test('deals stand beside a wide conversation if there are some, lead into the CRM, and stay closed once they were', async () => {
  await konvert.says('bob', 'Good day!');
  await konvert.says('dan', 'Good day!');
  const deals = [
    { id: 'd1', name: 'A fridge', responsibleUserId: 'olga', contacts: ['bob'], uri: 'https://crm.test/deals/1' },
    { id: 'd2', name: 'A stove', responsibleUserId: 'olga', contacts: ['bob'], closed: true },
  ];
  expect((await konvert.api('POST', '/v3/deals', { body: deals })).status).toBe(200);
  const page = await chromium.open(await konvert.link('olga'), WIDE);
  const pane = page.getByRole('complementary', { name: 'Deals' });
  const open = async (name: string) => {
    const asked = page.waitForResponse((response) => response.url().endsWith('/deals'));
    await lineOf(page, name).click();
    await asked;
  };

  await open('Bob');
  const fridge = pane.getByRole('link', { name: 'A fridge open' });
  await fridge.waitFor();
  await expect.poll(() => fridge.getAttribute('href')).toBe('https://crm.test/deals/1');
  await expect.poll(() => pane.getByRole('listitem').allInnerTexts()).toEqual(['A fridge\nopen', 'A stove\nclosed']);
  await open('Dan');
  await pane.waitFor({ state: 'detached' });

  await open('Bob');
  await pane.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await page.getByRole('feed').getByRole('article').first().waitFor();
  const button = page.getByRole('button', { name: 'Deals' });
  await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false');
  await button.click();
  await pane.waitFor();
  await page.setViewportSize({ width: 800, height: 700 });
  await pane.waitFor({ state: 'detached' });
});
