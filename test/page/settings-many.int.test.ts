import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

// The table of roles of an account with as many users as it may have.

const konvert = useKonvert();
const chromium = useBrowser();

const IN_ALL = 1_000;
/** As many as one push may bring. */
const AT_ONCE = 100;

beforeAll(async () => {
  const people = (await konvert.api('GET', '/v3/users')).body.length;
  const users = Array.from({ length: IN_ALL - people }, (_, index) => ({
    id: `u${index}`,
    name: `${index % 2 === 0 ? 'Anton' : 'Берёзкина'} ${String(index).padStart(3, '0')}`,
  }));
  for (let from = 0; from < users.length; from += AT_ONCE) {
    const answer = await konvert.api('POST', '/v3/users', { body: users.slice(from, from + AT_ONCE) });
    expect(answer.status).toBe(200);
  }
});

async function open(width: number): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), { viewport: { width, height: 800 } });
  await page.locator('main').waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/settings/roles/${konvert.account.channelId}`);
  await page.getByRole('table').waitFor();
  return page;
}

const rows = (page: Page) => page.locator('tbody tr');

test('of a thousand people a few are drawn at first, and all who are scrolled to', async () => {
  const page = await open(1280);
  expect(await rows(page).count()).toBeLessThan(200);
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(`${IN_ALL + 1}`);

  await expect
    .poll(
      async () => {
        await page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
        return rows(page).count();
      },
      { timeout: 60_000 },
    )
    .toBe(IN_ALL);
});

test('those who are found are set at once, by one request, and one of a thousand is found and changed', async () => {
  const page = await open(375);
  const writes: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') writes.push(request.url());
  });
  const search = page.getByRole('searchbox', { name: 'Find by name' });

  // Case and `ё` make no difference.
  await search.fill('БЕРЕЗКИНА');
  await page.getByText('498 people found').waitFor();
  await page.getByRole('button', { name: 'Set for all 498' }).click();
  await page.getByRole('menuitem', { name: 'Seller' }).click();
  await search.fill('Anton 990');
  await page.getByRole('radio', { name: 'Quality control: Anton 990' }).click();
  await page.getByText('499 unsaved changes').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Everything is saved').waitFor();

  expect(writes.length).toBe(1);
  const { userRoles } = (await konvert.api('GET', '/v1/settings')).body.channels[konvert.account.channelId];
  expect(userRoles.length).toBe(4 + 499);
  expect(userRoles.find(({ userId }: { userId: string }) => userId === 'u990').role).toBe('auditor');

  await search.fill('Nobody of that name');
  await page.getByText('0 people found').waitFor();
  expect(await rows(page).count()).toBe(0);
});

test('by the keyboard the focus goes on beyond what was drawn at first', async () => {
  const page = await open(1280);
  await page.getByRole('radio', { name: 'No role: Anton 000' }).focus();
  const drawn = await rows(page).count();
  // A change brings the bar, which stays in view.
  await page.keyboard.press('ArrowRight');
  await page.getByText('1 unsaved change').waitFor();

  const look = `(() => {
    const cell = document.activeElement.closest('td');
    if (!cell) return { row: -1, isBehind: false };
    const { x, y, width, height } = cell.getBoundingClientRect();
    const seen = document.elementFromPoint(x + width / 2, y + height / 2);
    return { row: cell.parentElement.rowIndex, isBehind: seen.closest('td') !== cell };
  })()`;
  const behind: number[] = [];
  let last = 0;
  for (let steps = 0; steps < 3 * drawn && last <= drawn + 5; steps += 1) {
    await page.keyboard.press('Tab');
    const { row, isBehind } = (await page.evaluate(look)) as { row: number; isBehind: boolean };
    if (isBehind) behind.push(row);
    last = row;
  }

  expect(last).toBeGreaterThan(drawn + 5);
  expect(behind).toEqual([]);
});
