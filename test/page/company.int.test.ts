import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { type BotApiDouble, startBotApi } from '#test/channels/telegram/bot-api-double';
import { callApi, freePort } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { makeAccount } from '#test/e2e/played-telegram';
import { BOT_TOKEN, clientText } from '#test/e2e/telegram-update';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { byKeyboard, byMouse, type Hand } from './hands.ts';
import { untilSeen } from './people.ts';

// A company is set up from nothing, in the page alone: from an account without anything in it to the first answer that a
// client gets. Telegram is a double that keeps the rules of the real one.

const chromium = useBrowser();

/** What the page says, as a person who has never seen it reads it. */
const ENGLISH = {
  locale: 'en-GB',
  menu: 'Back to the menu',
  start: 'Start',
  channels: 'Channels',
  people: 'People',
  roles: 'Who gets what',
  screens: ['Options', 'API and webhook', 'Keys and devices', 'Health', 'Deliveries', 'Assignments', 'Audit'],
  first: 'Connect a messenger',
  connect: 'Connect a messenger',
  telegram: /^Telegram bot/,
  next: 'Next',
  token: 'Token of the bot',
  name: 'Name',
  check: 'Check and connect',
  write: 'Write something now',
  arrived: /^It arrived: a message from Client/,
  add: 'Add',
  role: { head: 'Head: Olga Brandt', seller: 'Seller: Ivan Petrov' },
  receives: 'Receives new clients: Ivan Petrov',
  save: 'Save',
  isSetUp: 'This channel is set up',
  allDone: 'Everything is set up. Clients can write.',
  open: 'Open the chats',
  message: /^Message to Client/,
} as const;

const RUSSIAN = {
  locale: 'ru-RU',
  menu: 'Назад в меню',
  start: 'С чего начать',
  channels: 'Каналы',
  people: 'Сотрудники',
  roles: 'Роли и распределение',
  screens: [
    'Общие настройки',
    'API и вебхук',
    'Ключи и устройства',
    'Состояние',
    'Доставка',
    'Распределение',
    'Журнал действий',
  ],
  first: 'Подключите мессенджер',
  connect: 'Подключить мессенджер',
  telegram: /^Telegram-бот/,
  next: 'Далее',
  token: 'Токен бота',
  name: 'Имя',
  check: 'Проверить и подключить',
  write: 'Напишите что-нибудь',
  arrived: /^Дошло: сообщение от Client/,
  add: 'Добавить',
  role: { head: 'Руководитель: Olga Brandt', seller: 'Менеджер: Ivan Petrov' },
  receives: 'Получает новых клиентов: Ivan Petrov',
  save: 'Сохранить',
  isSetUp: 'Канал настроен',
  allDone: 'Всё настроено. Клиенты могут писать.',
  open: 'Открыть чаты',
  message: /^Сообщение для Client/,
} as const;

type Said = typeof ENGLISH | typeof RUSSIAN;

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 740 };

interface Company {
  readonly bot: BotApiDouble;
  readonly link: string;
}

/** An account without anything in it, as its operator makes it. */
async function foundCompany(): Promise<Company> {
  const bot = await startBotApi();
  onTestFinished(() => bot.stop());
  const [folder, port] = [await makeFolder(), await freePort()];
  const env = { KONVERT_DEMO: 'off', KONVERT_TELEGRAM_API: bot.baseUrl };
  const konvert = await startKonvert({ folder, port, by: 'node', env });
  const apiKey = await makeAccount(konvert);
  const made = await callApi(konvert.url, 'POST', '/v1/page-links', { key: apiKey, body: { settings: true } });
  return { bot, link: made.body.url };
}

/** Each way, language and width once. `npm run long` plays every look. */
const LOOKS = [
  ['the mouse', 'English', 'a phone', byMouse, ENGLISH, PHONE],
  ['the keyboard alone', 'Russian', 'a window', byKeyboard, RUSSIAN, WIDE],
  ...(process.env.EVERY_LOOK
    ? ([
        ['the keyboard alone', 'English', 'a phone', byKeyboard, ENGLISH, PHONE],
        ['the mouse', 'Russian', 'a window', byMouse, RUSSIAN, WIDE],
      ] as const)
    : []),
] as const;

test.each(LOOKS)(
  'a company is set up (P5) by %s, in %s, in %s',
  async (_hand, _language, _width, makeHand, said, viewport) => {
    const { bot, link } = await foundCompany();
    const page = await chromium.open(link, { locale: said.locale, viewport });
    const hand = makeHand(page);
    const go = (screen: string) => goTo(hand, said, viewport === PHONE, screen);

    await page.getByRole('heading', { level: 1, name: said.start }).waitFor();
    await page.getByRole('listitem').filter({ hasText: said.first }).and(page.locator('[aria-current=step]')).waitFor();
    await isClean(page);
    await go(said.channels);
    await connectBot(hand, said, bot);
    await go(said.people);
    for (const name of ['Olga Brandt', 'Ivan Petrov']) {
      await hand.write(page.getByRole('textbox', { name: said.name, exact: true }), name);
      await hand.press(page.getByRole('button', { name: said.add, exact: true }));
      await page.getByRole('listitem').filter({ hasText: name }).waitFor();
    }
    await isClean(page);
    await go(said.roles);
    await giveRoles(hand, said);
    for (const screen of said.screens) {
      await go(screen);
      // Each shows something beside its title: what there is, or that there is nothing.
      await expect.poll(() => page.locator('main').textContent()).not.toBe(screen);
      await isClean(page);
    }

    await go(said.start);
    await page.getByText(said.allDone).waitFor();
    await isClean(page);
    await answerClient(hand, makeHand, said, bot);
  },
);

/** From nothing to a bot that gets messages. What the messenger refuses stands in its words, and nothing is lost. */
async function connectBot(hand: Hand, said: Said, bot: BotApiDouble): Promise<void> {
  const { page } = hand;
  const next = page.getByRole('button', { name: said.next });
  await hand.press(page.getByRole('link', { name: said.connect }).first());
  await page.getByRole('link', { name: said.telegram }).waitFor();
  await isClean(page);
  await hand.press(page.getByRole('link', { name: said.telegram }));
  await next.waitFor();
  await isClean(page);
  await hand.press(next);
  await hand.write(page.getByLabel(said.token, { exact: true }), BOT_TOKEN);
  await isClean(page);
  await hand.press(next);
  const check = page.getByRole('button', { name: said.check });
  // Until then the first field is that of the step before.
  await check.waitFor();
  await hand.write(page.getByRole('textbox').first(), 'Shop bot');
  await isClean(page);

  bot.answerNext('getMe', { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } });
  await hand.press(check);
  await page.getByRole('alert').filter({ hasText: 'Unauthorized' }).waitFor();
  await isClean(page);
  await hand.press(next);
  await hand.press(check);

  await page.getByRole('heading', { name: said.write }).waitFor();
  await isClean(page);
  bot.push(clientText({ chat: 701, id: 1, text: 'Is anybody there?' }));
  await page.getByText(said.arrived).waitFor();
  await isClean(page);
}

/** A head, and a seller who receives new clients: the one who waits is given to nobody yet, and both see them. */
async function giveRoles(hand: Hand, said: Said): Promise<void> {
  const { page } = hand;
  await isClean(page);
  await hand.press(page.getByRole('link', { name: /^Shop bot/ }));
  for (const role of Object.values(said.role)) await hand.choose(page.getByRole('radio', { name: role, exact: true }));
  await hand.press(page.getByRole('switch', { name: said.receives, exact: true }));
  await isClean(page);
  await hand.press(page.getByRole('button', { name: said.save, exact: true }));
  const asked = page.getByRole('dialog');
  const done = page.getByRole('region', { name: said.isSetUp });
  await asked.or(done).first().waitFor();
  if (await asked.isVisible()) {
    await isClean(page);
    await hand.press(asked.getByRole('button', { name: said.save, exact: true }));
  }
  await done.waitFor();
  await isClean(page);
}

/** From the settings into the chats of the seller, who answers the client. */
async function answerClient(hand: Hand, makeHand: typeof byMouse, said: Said, bot: BotApiDouble): Promise<void> {
  const { page } = hand;
  const opened = page.context().waitForEvent('page');
  await hand.press(page.getByRole('button', { name: said.open }));
  const chats = await opened;
  const line = chats.getByRole('navigation').getByRole('link', { name: /^Client 701/ });
  const handInChats = makeHand(chats);
  await handInChats.press(line);
  await untilSeen(chats);
  const field = chats.getByRole('textbox', { name: said.message });
  await handInChats.write(field, 'We are!');
  await chats.keyboard.press('Enter');
  await expect
    .poll(() => bot.calls.filter(({ method }) => method === 'sendMessage').map(({ body }) => body))
    .toEqual([expect.objectContaining({ chat_id: 701, text: 'We are!' })]);
}

async function goTo(hand: Hand, said: Said, isPhone: boolean, screen: string): Promise<void> {
  if (isPhone) await hand.press(hand.page.getByRole('link', { name: said.menu }));
  await hand.press(hand.page.getByRole('navigation').getByRole('link', { name: screen, exact: true }));
  await hand.page.getByRole('heading', { level: 1, name: screen }).waitFor();
}

async function isClean(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
}
