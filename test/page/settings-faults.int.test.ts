import type { BrowserContextOptions, Locator, Page, Request } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { BOT_TOKEN } from '#test/e2e/telegram-update';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

// Answers that are lost or late in the settings, and two administrators at once.

const bot = await startBotApi();
afterAll(() => bot.stop());

const konvert = useKonvert({ KONVERT_TELEGRAM_API: bot.baseUrl });
const chromium = useBrowser();

async function openAt(screen: string, look?: BrowserContextOptions): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), look);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goto(`${page.url().split('#')[0]}#/settings/${screen}`);
  return page;
}

/** The next request that fits is done at the server, and its answer is lost. */
async function loseAnswer(page: Page, isMeant: (request: Request) => boolean): Promise<void> {
  let isLost = false;
  await page.route('**/*', async (route) => {
    if (isLost || !isMeant(route.request())) return route.fallback();
    isLost = true;
    await route.fetch();
    await route.abort();
  });
}

test('somebody whose adding had no answer is in the list, and is there once after another try', async () => {
  const page = await openAt('people');
  await loseAnswer(page, (request) => request.method() === 'POST' && request.url().endsWith('/v3/users'));
  const name = page.getByLabel('Name', { exact: true });

  await name.fill('Nadia Lost');
  await name.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Nadia Lost' }).waitFor();
  await name.press('Enter');

  await expect.poll(() => name.inputValue()).toBe('');
  const users = (await konvert.api('GET', '/v3/users')).body as { name: string }[];
  expect(users.filter((user) => user.name === 'Nadia Lost')).toHaveLength(1);
  // A namesake is somebody else.
  await name.fill('Nadia Lost');
  await name.press('Enter');
  await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Nadia Lost' }).count()).toBe(2);
});

test('a key whose answer was lost is in the list, where it can be revoked', async () => {
  const page = await openAt('keys');
  await loseAnswer(page, (request) => request.method() === 'POST' && request.url().endsWith('/v1/account/keys'));

  await page.getByLabel('What the key is for').fill('Lost key');
  await page.keyboard.press('Enter');

  await page.getByRole('alert').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Lost key' }).waitFor();
});

test('two administrators change the hosts at once, and no change is lost', async () => {
  const [one, other] = [await openAt('options'), await openAt('options')];
  const field = (page: Page) => page.getByLabel('Address of the site', { exact: true });
  await field(other).waitFor();
  await field(one).fill('one.example.com');
  await field(one).press('Enter');
  await one.getByRole('listitem').filter({ hasText: 'one.example.com' }).waitFor();

  await field(other).fill('other.example.com');
  await field(other).press('Enter');
  await other.getByRole('listitem').filter({ hasText: 'other.example.com' }).waitFor();

  const both = ['https://one.example.com', 'https://other.example.com'];
  expect((await konvert.api('GET', '/v1/settings')).body.frameAncestors).toEqual(both);
  await one.getByRole('button', { name: 'Remove https://one.example.com' }).click();
  await one.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect
    .poll(async () => (await konvert.api('GET', '/v1/settings')).body.frameAncestors)
    .toEqual(['https://other.example.com']);
});

test.each([
  ['refused', 'https://crm.example.com/hook', /crm\.example\.com/],
  ['connected', '', /“Late bot” is connected/],
])(
  'who has left the wizard while the messenger was asked stays where they are, and is told: %s',
  async (_, webhookUrl, said) => {
    bot.webhookUrl = webhookUrl;
    const page = await openAt('channels/new/telegram/token');
    await page.getByLabel('Token of the bot', { exact: true }).fill(BOT_TOKEN);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Late bot');
    const answer = await holdRequest(page, '**/v1/channels');
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await page.getByText('Konvert asks Telegram').waitFor();

    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    answer();

    await page.getByText(said).first().waitFor();
    expect(page.url()).toMatch(/#\/settings\/people$/);
  },
);

test.each([
  ['people', 'Name', '**/v3/users'],
  ['options', 'Address of the site', '**/v1/settings'],
  ['keys', 'What the key is for', '**/v1/account/keys'],
])('what is typed while an answer is slow stays: %s', async (screen, label, address) => {
  const page = await openAt(screen);
  const field = page.getByLabel(label, { exact: true });
  await field.fill('first.example.com');
  const answer = await holdRequest(page, address);
  await field.press('Enter');
  await field.fill('second.example.com');
  answer();

  await page.getByRole('listitem').filter({ hasText: 'first.example.com' }).first().waitFor();
  expect(await field.inputValue()).toBe('second.example.com');
});

async function openPipelines(): Promise<{ page: Page; field: Locator; save: Locator }> {
  const page = await openAt('roles/pipelines');
  await page.getByRole('button', { name: 'Edit here all the same' }).click();
  const field = page.getByLabel('Name of the pipeline').first();
  await field.waitFor();
  return { page, field, save: page.getByRole('button', { name: 'Save', exact: true }) };
}

const firstPipeline = async () => (await konvert.api('GET', '/v3/pipelines')).body[0].name;

test('what is written into the pipelines while they are saved stays', async () => {
  const { page, field, save } = await openPipelines();
  await field.fill('Sales one');
  const answer = await holdRequest(page, '**/v1/pipelines');
  await save.click();
  await field.fill('Sales two');
  answer();

  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await firstPipeline()).toBe('Sales one');
  expect(await field.inputValue()).toBe('Sales two');
  await save.click();
  await expect.poll(firstPipeline).toBe('Sales two');
});

test('pipelines whose saving had no answer are saved by another try, and nobody else is blamed', async () => {
  const { page, field, save } = await openPipelines();
  await loseAnswer(page, (request) => request.method() === 'PUT');
  await field.fill('Sales lost');
  await save.click();
  await page.getByRole('alert').waitFor();
  expect(await firstPipeline()).toBe('Sales lost');

  await save.click();

  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await page.getByText('Somebody else has changed').count()).toBe(0);
});

test.each([
  ['assignments', 'Rule'],
  ['audit', 'The account was made by the operator'],
  ['roles', 'Everything is saved'],
  ['test', 'Write something now'],
])('letters of twice the size in 320 px need no scrolling sideways: %s', async (screen, landmark) => {
  const [{ channelId }] = (await konvert.api('GET', '/v3/channels')).body;
  const address =
    { assignments: screen, audit: screen, roles: `roles/${channelId}`, test: `channels/${channelId}/test` }[screen] ??
    '';
  const page = await openAt(address, { viewport: { width: 320, height: 640 } });
  await page.getByText(landmark, { exact: true }).first().waitFor();

  await page.evaluate("document.documentElement.style.fontSize = '200%'");

  const wider = "(screen => screen.scrollWidth - screen.clientWidth)(document.querySelector('.settings-screen'))";
  expect(await page.evaluate(wider)).toBeLessThanOrEqual(0);
});

/** Requests of that address wait until what this returns is called. */
async function holdRequest(page: Page, address: string): Promise<() => void> {
  let answer = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(address, async (route) => {
    await isAnswered;
    await route.continue();
  });
  return answer;
}
