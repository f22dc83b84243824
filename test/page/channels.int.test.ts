import type { Locator, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { startGraph } from '#test/doubles/graph';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { BOT_TOKEN, clientText } from '#test/e2e/telegram-update';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

// An administrator connects messengers in the settings, and looks after them. Telegram and Meta are doubles that keep the
// rules of the real ones.

const bot = await startBotApi();
const graph = await startGraph({ clock: createVirtualClock(Date.now()), requiresProof: true });
afterAll(() => Promise.all([bot.stop(), graph.stop()]));

const konvert = useKonvert({ KONVERT_TELEGRAM_API: bot.baseUrl });
const chromium = useBrowser();

/** The widths of a phone and of a window, each in one language. */
const LOOKS = [
  { locale: 'en-GB', viewport: { width: 1280, height: 900 } },
  { locale: 'ru-RU', viewport: { width: 375, height: 740 } },
] as const;

async function openAt(path: string, look: (typeof LOOKS)[number] = LOOKS[0]): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), look);
  await page.locator('main').waitFor();
  await page.goto(`${page.url().split('#')[0]}#/settings/${path}`);
  return page;
}

/** Presses Tab until it has the focus, as who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No Tab leads to ${target}`);
}

const titled = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 2, name });
const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

async function channelsNamed(name: string): Promise<{ channelId: string; state: string }[]> {
  const { body } = await konvert.api('GET', '/v3/channels');
  return body.filter((channel: { name: string }) => channel.name === name);
}

test('a Telegram bot is connected by the keyboard alone, and a message arrives before one’s eyes', async () => {
  const page = await openAt('channels');
  await tabTo(page, page.getByRole('link', { name: 'Connect a messenger' }));
  await page.keyboard.press('Enter');
  await titled(page, 'Which messenger?').waitFor();
  await expect.poll(() => hasFocus(titled(page, 'Which messenger?'))).toBe(true);
  expect(await axe(page)).toEqual([]);
  await tabTo(page, page.getByRole('link', { name: /^Telegram bot/ }));
  await page.keyboard.press('Enter');

  await titled(page, 'Make a bot').waitFor();
  await expect.poll(() => hasFocus(titled(page, 'Make a bot'))).toBe(true);
  expect(await page.getByRole('link', { name: 'Open @BotFather' }).getAttribute('href')).toBe('https://t.me/BotFather');
  await page.getByText('Send /newbot.').waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Next' }));
  await page.keyboard.press('Enter');

  await titled(page, 'Paste the token of the bot').waitFor();
  const token = page.getByLabel('Token of the bot', { exact: true });
  await tabTo(page, token);
  await page.keyboard.insertText(`Use this token to access the HTTP API: ${BOT_TOKEN} `);
  await page.keyboard.press('Enter');

  await titled(page, 'What your team calls it').waitFor();
  await expect.poll(() => hasFocus(titled(page, 'What your team calls it'))).toBe(true);
  const name = page.getByLabel('Name', { exact: true });
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('Shop bot');
  await page.keyboard.press('Enter');

  await titled(page, 'Write something now').waitFor();
  await page.getByText('“Shop bot” is connected').waitFor();
  await page.getByText(/^Konvert fetches its messages itself/).waitFor();
  await page.getByRole('img', { name: 'Code with the link to @konvert_bot' }).waitFor();
  expect(await page.getByRole('link', { name: 'Open @konvert_bot' }).getAttribute('href')).toBe(
    'https://t.me/konvert_bot',
  );
  expect(page.url()).not.toContain(BOT_TOKEN);
  const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
  expect(kept).not.toContain(BOT_TOKEN.split(':')[1]);
  expect(await channelsNamed('Shop bot')).toMatchObject([{ state: 'active' }]);

  await page.getByText('Waiting for a message…').waitFor();
  bot.push(clientText({ chat: 601, id: 1, text: 'Is anybody there?' }));
  await page.getByText('It arrived: a message from Client 601').waitFor();
  await page.getByText(/^Telegram took it at \d\d:\d\d:\d\d, and Konvert stored it/).waitFor();
  await page.getByText('Nobody has a role in this channel yet').waitFor();
  expect(await axe(page)).toEqual([]);
});

test('from the test message the way leads into the chat, as somebody who sees it', async () => {
  const [{ channelId } = { channelId: '' }] = await channelsNamed('Shop bot');
  const userRoles = [
    { userId: 'ivan', role: 'seller', allowGetNewClients: true },
    { userId: 'olga', role: 'manager', allowGetNewClients: false },
  ];
  const settings = { newClients: { mode: 'first-reply' }, userRoles };
  expect((await konvert.api('PUT', `/v1/settings/channels/${channelId}`, { body: settings })).status).toBe(200);
  const page = await openAt(`channels/${channelId}/test`);
  await page.getByText('The last one before that: Client 601').waitFor();

  bot.push(clientText({ chat: 602, id: 1, text: 'And now?' }));
  await page.getByText('It arrived: a message from Client 602').waitFor();
  const who = page.getByLabel('Open the chat as');
  await expect.poll(() => who.locator('option').allTextContents()).toEqual(['Olga (head)', 'Ivan (seller)']);
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Open the chat' }).click();

  // It is told for five seconds, which opening the chat may take.
  await page.getByText('The chat is open in another tab.').waitFor();
  const chat = await opened;
  await chat.getByRole('feed').getByRole('article').filter({ hasText: 'And now?' }).waitFor();
  expect(await page.getByRole('link', { name: 'Choose who gets what' }).getAttribute('href')).toBe(
    `#/settings/roles/${channelId}`,
  );
});

test('a WhatsApp number is connected by the mouse on a phone in Russian, with what Meta has to be told', async () => {
  const page = await openAt('channels', LOOKS[1]);
  await page.getByRole('link', { name: 'Подключить мессенджер' }).click();
  await page.getByRole('link', { name: /^WhatsApp Business/ }).click();
  const next = page.getByRole('button', { name: 'Далее' });

  await titled(page, 'Создайте приложение Meta').waitFor();
  await page.getByText(/^Meta обращается только к публичным https-адресам/).waitFor();
  expect(await axe(page)).toEqual([]);
  await next.click();
  await page.getByLabel('Phone number ID').fill(graph.numbers[0]!.id);
  await page.getByLabel('WhatsApp Business Account ID').fill(graph.numbers[0]!.wabaId);
  await next.click();
  await page.getByLabel('App secret').fill(graph.appSecret);
  await next.click();
  await page.getByLabel('Access token').fill(graph.token);
  await page.getByText('Нужно редко').click();
  await page.getByLabel(/^Адрес API/).fill(graph.baseUrl);
  expect(await axe(page)).toEqual([]);
  await next.click();
  await page.getByLabel('Название').fill('Наш номер');
  await page.getByRole('button', { name: 'Проверить и подключить' }).click();

  await titled(page, 'Введите две строки в Meta').waitFor();
  const [{ channelId } = { channelId: '' }] = await channelsNamed('Наш номер');
  expect(await page.getByRole('textbox', { name: 'Callback URL' }).inputValue()).toBe(
    `${konvert.url}/webhooks/wapi/${channelId}`,
  );
  const verifyToken = await page.getByRole('textbox', { name: 'Verify token' }).inputValue();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: /Копировать: Verify token/ }).click();
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(verifyToken);
  const fields = await page.getByRole('list', { name: 'Webhook fields' }).getByRole('listitem').allTextContents();
  expect(fields).toEqual(expect.arrayContaining(['messages', 'account_update', 'calls']));
  expect(await axe(page)).toEqual([]);
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(375);

  await page.getByRole('link', { name: 'Далее' }).click();
  await titled(page, 'Напишите что-нибудь').waitFor();
  expect(await page.getByRole('link', { name: /^Открыть \+/ }).getAttribute('href')).toBe(
    `https://wa.me/${graph.numbers[0]!.phone}`,
  );
  await page.getByText('Ждём сообщения…').waitFor();
  graph.writes(graph.person({ name: 'Дана', phone: '79161234567' }), { type: 'text', text: { body: 'Добрый день' } });
  await graph.deliver();
  await page.getByText('Дошло: сообщение от Дана').waitFor();
  expect(await axe(page)).toEqual([]);
});

test('a channel is renamed, switched off and on, gets a new secret, and is deleted once that is asked', async () => {
  const [{ channelId } = { channelId: '' }] = await channelsNamed('Наш номер');
  const page = await openAt(`channels/${channelId}`);
  await titled(page, 'Наш номер').waitFor();
  expect(await axe(page)).toEqual([]);

  await page.getByLabel('Name', { exact: true }).fill('Our number');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').getByText('Saved').waitFor();
  await titled(page, 'Our number').waitFor();

  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('Switched off', { exact: true }).waitFor();
  await page.getByText('What clients write is dropped, and nothing can be sent.').waitFor();
  expect(await channelsNamed('Our number')).toMatchObject([{ state: 'disabled' }]);
  await page.getByRole('button', { name: 'Switch on: Our number' }).click();
  await page.getByText('Works', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Make a new secret' }).click();
  const token = page.getByRole('textbox', { name: 'Verify token' });
  expect(await token.inputValue()).toMatch(/^[0-9a-f]{64}$/);

  await page.getByRole('button', { name: 'Delete the channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “Our number”?' });
  await dialog.getByText(/Chats, history and assignments stay readable/).waitFor();
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await channelsNamed('Our number')).toHaveLength(1);
  await page.getByRole('button', { name: 'Delete the channel' }).click();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('list', { name: 'Connected channels' }).waitFor();
  await expect.poll(() => page.getByText('Our number', { exact: true }).count()).toBe(0);
  expect(await channelsNamed('Our number')).toEqual([]);
});

test('a token that Telegram has revoked is seen in the list, and a new one mends it', async () => {
  const unauthorized = { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } };
  bot.answerNext('getUpdates', unauthorized);
  bot.endWait();
  await expect.poll(() => channelsNamed('Shop bot')).toMatchObject([{ state: 'unauthorized' }]);
  const page = await openAt('channels');
  const row = page.getByRole('listitem').filter({ hasText: 'Shop bot' });
  await row.getByText('Needs new credentials').waitFor();
  await row.getByText(/^Telegram no longer takes the credentials/).waitFor();
  expect(await axe(page)).toEqual([]);

  await row.getByRole('link', { name: 'Give new credentials' }).click();
  await titled(page, 'Give new credentials').waitFor();
  await page.getByLabel('Token of the bot', { exact: true }).fill('123456:another-token-of-the-same-bot-000000');
  await page.getByRole('button', { name: 'Check and save' }).click();

  await page.getByRole('status').getByText('Telegram has taken the new credentials.').waitFor();
  await titled(page, 'Shop bot').waitFor();
  await page.getByText('Works', { exact: true }).waitFor();
  expect(await channelsNamed('Shop bot')).toMatchObject([{ state: 'active' }]);
});

test('Back keeps what was typed in, and a reload forgets it and begins where something is missing', async () => {
  const page = await openAt('channels/new/telegram/token');
  const token = page.getByLabel('Token of the bot', { exact: true });
  await token.fill(BOT_TOKEN);
  await token.press('Enter');
  await titled(page, 'What your team calls it').waitFor();

  await page.getByRole('link', { name: 'Back' }).press('Enter');
  await titled(page, 'Paste the token of the bot').waitFor();
  expect(await token.inputValue()).toBe(BOT_TOKEN);
  await page.goBack();
  await titled(page, 'What your team calls it').waitFor();
  await page.reload();

  await titled(page, 'Paste the token of the bot').waitFor();
  expect(await token.inputValue()).toBe('');
});

test('a bot that another program answers is taken over in the wizard, and again in the list', async () => {
  const [{ channelId } = { channelId: '' }] = await channelsNamed('Shop bot');
  await konvert.api('DELETE', `/v1/channels/${channelId}`);
  bot.webhookUrl = 'https://crm.example.com/secret-path';
  const page = await openAt('channels/new/telegram/token');
  await page.getByLabel('Token of the bot', { exact: true }).fill(BOT_TOKEN);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Taken bot');
  await page.getByRole('button', { name: 'Check and connect' }).click();
  await page.getByRole('alert').filter({ hasText: 'crm.example.com' }).waitFor();
  expect(await channelsNamed('Taken bot')).toEqual([]);
  await page.getByRole('button', { name: /^Take over/ }).click();
  await titled(page, 'Write something now').waitFor();
  expect(bot.webhookUrl).toBe('');

  bot.webhookUrl = 'https://crm.example.com/secret-path';
  bot.endWait();
  await expect.poll(() => channelsNamed('Taken bot')).toMatchObject([{ state: 'openelsewhere' }]);
  await page.getByRole('link', { name: 'All channels' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Taken bot' });
  await row.getByText('Another program gets the messages').waitFor();
  await row.getByRole('button', { name: 'Take over: Taken bot' }).click();

  await row.getByText('Works', { exact: true }).waitFor();
  expect(bot.webhookUrl).toBe('');
  expect(await channelsNamed('Taken bot')).toMatchObject([{ state: 'active' }]);
});
