import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

const konvert = useKonvert();
const browser = useBrowser();

/** What a page asked of another origin. There is to be nothing. */
let elsewhere: string[];

beforeEach(() => {
  elsewhere = [];
  onTestFinished(() => expect(elsewhere).toEqual([]));
});

type Options = Parameters<typeof browser.newContext>[0];

async function open(place = '', options: Options = {}): Promise<Page> {
  const context = await browser.newContext(options);
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== konvert.url && protocol !== 'data:') elsewhere.push(request.url());
  });
  const page = await context.newPage();
  await page.goto(`${konvert.url}/docs${place}`);
  await page.getByRole('navigation').getByText('Messages', { exact: true }).waitFor();
  return page;
}

/** Whether something is wider than the window. */
async function overflow(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

const PHONE = { viewport: { width: 375, height: 700 } };

test('who opens it finds the guide, and its routes lead into the reference', async () => {
  const page = await open();

  for (const name of ['Your first call', 'Authentication', 'Errors', 'Limits', 'Events', 'Moving from Wazzup'])
    await page.getByRole('heading', { name, exact: true }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'POST /v3/users', exact: true }).first().click();
  await page.getByRole('heading', { level: 2, name: /^Push users/ }).waitFor();
  await expect.poll(() => page.title()).toBe('Push users – Konvert API');
  await page.getByRole('heading', { name: 'Your first call' }).waitFor({ state: 'hidden' });
  await page.goBack();
  await page.getByRole('heading', { name: 'Your first call' }).waitFor();
});

test('search finds a route, by its name, by keys only', async () => {
  const page = await open();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('POST /v3/message');
  const first = page.getByRole('option').first();
  await expect.poll(() => first.textContent()).toContain('/v3/message');
  await expect.poll(() => first.getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Reply to a client, or write first' }).waitFor();
  await page.locator('konvert-reference').getByText('crmMessageId', { exact: true }).first().waitFor();
  expect(new URL(page.url()).hash).toBe('#api/sendMessage');
});

test.each([
  ['percent-encoded', 'Authentication'],
  ['still owed', '/v1/chats/{channelId}/{chatType}/{chatId}/still-owed'],
  ['notifyHeadsAboutAllMessages', '/v1/settings'],
])('search finds "%s" in %s', async (asked, found) => {
  const page = await open();

  await page.getByRole('button', { name: /^Search/ }).click();
  await page.getByRole('combobox').fill(asked);

  await page.getByRole('option').filter({ hasText: found }).first().waitFor();
});

test('search says that nothing is found, and Escape brings back what was read', async () => {
  const page = await open();

  await page.keyboard.press('/');
  await page.getByRole('combobox').fill('a word that is nowhere');
  await page.getByText('Nothing found').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('code is there in three languages, and is copied as it is', async () => {
  const page = await open('#api/sendMessage', { permissions: ['clipboard-read', 'clipboard-write'] });
  const copied = () => page.evaluate<string>('navigator.clipboard.readText()');

  const seen = [];
  for (const name of ['curl', 'TypeScript', 'Python']) {
    await page.getByRole('tab', { name }).click();
    await page.getByRole('button', { name: `Copy ${name}` }).click();
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
    const shown = await page.getByRole('tabpanel').getByRole('group', { name }).textContent();
    await expect.poll(copied).toBe(shown);
    seen.push(shown);
  }
  expect(seen[0]).toContain('curl -X POST "$KONVERT/v3/message"');
  expect(seen[1]).toContain("konvert.POST('/v3/message'");
  expect(seen[2]).toContain('konvert.post("/v3/message"');
});

test('the language that was chosen is shown everywhere, by arrow keys too, and after a reload', async () => {
  const page = await open();
  const first = page.getByRole('tablist').first();

  await first.getByRole('tab', { name: 'curl' }).focus();
  await page.keyboard.press('ArrowLeft');
  await first.getByRole('tab', { name: 'Python', selected: true }).waitFor();
  await page.goto(`${konvert.url}/docs#api/listChats`);
  await page.getByRole('heading', { name: /^The chats/ }).waitFor();
  await page.reload();

  await page.getByRole('tab', { name: 'Python', selected: true }).waitFor();
});

test('keys reach everything: the skip link, a group, a route, and back', async () => {
  const page = await open();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('content');
  await page.getByText('Messages', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Reply to a client, or write first' }).waitFor();
  const current = page.getByRole('navigation').locator('[aria-current=page]');
  await expect.poll(() => current.textContent()).toContain('Send message');
});

test('every route and event is shown, with what it takes or answers', async () => {
  const page = await open();
  const links = page.getByRole('navigation').locator('a[href^="#api/"]');
  const hashes = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).hash));

  const { paths, webhooks } = await (await fetch(`${konvert.url}/openapi.json`)).json();
  const methods = [...Object.values(paths), ...Object.values(webhooks)].flatMap((one) => Object.keys(one as object));
  expect(hashes).toHaveLength(methods.length);
  for (const hash of hashes) {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.waitForFunction((to) => document.querySelector(`a[href="${to}"][aria-current]`), hash);
    await page.locator('konvert-reference h2').waitFor();
  }
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each(['', '#api/sendMessage', '#api/listChats', '#api/onMessages', '#api/createSigningSecret'])(
    'axe finds nothing in /docs%s',
    async (place) => {
      const page = await open(place, { colorScheme });
      if (place) await page.locator('konvert-reference h2').waitFor();

      expect(await axe(page)).toEqual([]);
    },
  );

  test('axe finds nothing in the search', async () => {
    const page = await open('', { colorScheme });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('chat');

    expect(await axe(page)).toEqual([]);
  });

  test('it looks like the system, until the button is pressed', async () => {
    const page = await open('', { colorScheme });
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const grounds = { light: 'rgb(255, 255, 255)', dark: 'rgb(23, 24, 28)' };
    const other = colorScheme === 'light' ? 'dark' : 'light';

    await expect.poll(ground).toBe(grounds[colorScheme]);
    await page.getByRole('button', { name: `${other === 'dark' ? 'Dark' : 'Light'} colours` }).click();
    await expect.poll(ground).toBe(grounds[other]);
    await page.reload();
    await expect.poll(ground).toBe(grounds[other]);
  });
});

describe('at 375 px', () => {
  test.each(['', '#api/sendMessage', '#api/listChats', '#api/onMessages', '#schema/ReceiveFromMessengerBadRequest'])(
    '/docs%s is as wide as the window',
    async (place) => {
      const page = await browserPage(place);

      await expect.poll(() => overflow(page)).toBe(false);
      expect(await axe(page)).toEqual([]);
    },
  );

  test('words stay whole', async () => {
    const page = await browserPage('#schema/Message');
    const values = page.getByText('whatsgroup');
    await values.first().waitFor();

    const broken = await values.first().evaluate((element) => {
      const text = [...element.childNodes].find((node) => node.textContent?.includes('whatsgroup'))!;
      return [...text.textContent!.matchAll(/\w+/g)].flatMap(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length === 1 ? [] : [word];
      });
    });
    expect(broken).toEqual([]);
  });

  test('the list of contents is behind a button, and leads somewhere', async () => {
    const page = await browserPage('');
    const contents = page.getByRole('button', { name: 'Contents' });

    await page.getByRole('navigation').waitFor({ state: 'hidden' });
    await contents.click();
    await page.getByRole('navigation').getByRole('link', { name: 'Limits' }).click();

    await page.getByRole('navigation').waitFor({ state: 'hidden' });
    await expect.poll(() => contents.getAttribute('aria-expanded')).toBe('false');
    await page.getByRole('heading', { name: 'Limits' }).waitFor();
  });

  async function browserPage(place: string): Promise<Page> {
    const context = await browser.newContext(PHONE);
    const page = await context.newPage();
    await page.goto(`${konvert.url}/docs${place}`);
    await (place ? page.locator('konvert-reference h2') : page.locator('#routes details').first()).waitFor({
      state: 'attached',
    });
    return page;
  }
});

test('an address that names nothing shows the guide, or says so, and the next one is shown', async () => {
  const page = await open('#%E0%A4%A');
  const faults: unknown[] = [];
  page.on('pageerror', (fault) => faults.push(fault));
  await page.reload();
  await page.getByRole('heading', { name: 'Your first call' }).waitFor();

  for (const place of ['#api/nothing', '#schema/NotThere', '#schema/__proto__', '#api/%E0%A4%A']) {
    await page.evaluate(`location.hash = ${JSON.stringify(place)}`);
    await page.getByText('There is no such place.').waitFor();
    await page.evaluate('location.hash = "#api/listChats"');
    await page.getByRole('heading', { level: 2, name: /^The chats/ }).waitFor();
    await page.getByText('There is no such place.').waitFor({ state: 'hidden' });
  }
  await page.getByRole('link', { name: 'Konvert API' }).click();
  await page.getByRole('heading', { level: 1, name: 'Konvert API' }).waitFor();
  expect(faults).toEqual([]);
});

test('with a slash at the end of its address it is the same page', async () => {
  const page = await open('/#api/sendMessage');

  await page.getByRole('heading', { level: 2, name: /^Reply to a client/ }).waitFor();
  expect(page.url()).toBe(`${konvert.url}/docs#api/sendMessage`);
});

test('marks that are to be typed are shown as they are typed', async () => {
  const page = await open('#api/sendMessage');

  for (const mark of ['*bold*', '_italic_', '~strike~']) await page.getByText(mark, { exact: true }).waitFor();
});

test('where the description cannot be had the guide is read, and the reference says so', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/openapi.json', (route) => route.fulfill({ status: 503, body: '{}' }));
  await page.goto(`${konvert.url}/docs#api/sendMessage`);

  await page.getByText('The reference cannot be shown: openapi.json: 503').waitFor();
  await page.goto(`${konvert.url}/docs#errors`);
  await page.getByRole('heading', { name: 'Errors' }).waitFor();
});
