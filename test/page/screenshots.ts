import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { findChromium } from './chromium.ts';
import { type Person, type PlayedKonvert, playKonvert } from './konvert.ts';
import { shootCrm } from './shoot-crm.ts';
import { shootWaits } from './shoot-waits.ts';

// npm run screenshots: the pictures of the page in docs/images, from a real conversation in `npm start`.
// `npm run screenshots -- crm`: those of a connected CRM alone; `-- data`: those of what is stored of people; `-- waits`: those of
// clients who wait for too long.

const BRIEFCASE = /^(Deals|Сделки)/;
const FOLDER = resolve(import.meta.dirname, '../../docs/images');
/** The page is told a later time, so that clients have waited: Anna the longest, the others so many minutes less. */
const LATER_MS = 27 * 60_000;
const LESS_MIN: Readonly<Partial<Record<DemoClient, number>>> = { bob: 9, carol: 20, eva: 25 };
/** Messengers tell whole seconds, and what is said in one second stands in no certain order. */
const APART_MS = 1_100;

interface Story {
  readonly names: Readonly<Record<DemoClient, string>>;
  /** What is said, in order. `team`: who of the team says it to that client. */
  readonly said: readonly {
    readonly client: DemoClient;
    readonly text: string;
    readonly team?: Person;
    readonly number?: true;
  }[];
  /** The deals of Anna. The first is open. */
  readonly deals: readonly string[];
  readonly draft: string;
}

const ENGLISH: Story = {
  names: {
    anna: 'Anna Petrova',
    bob: 'Bob Fischer',
    carol: 'Carol Lindqvist',
    dan: 'Dan Moreau',
    eva: 'Eva Rossi',
    frank: 'Frank de Vries',
  },
  said: [
    { client: 'dan', text: 'Is the lamp in the window for sale?' },
    { client: 'dan', text: 'It is: 89 euros, and we deliver it tomorrow.', team: 'olga' },
    { client: 'dan', text: 'Wonderful, thank you!' },
    { client: 'dan', text: 'With pleasure. Have a good evening!', team: 'olga' },
    { client: 'frank', text: 'The invoice has arrived, thanks', number: true },
    { client: 'frank', text: 'Then all is settled 👍', team: 'olga', number: true },
    { client: 'anna', text: 'Hello! Is the oak table from your site still available?' },
    {
      client: 'anna',
      text: 'Good morning, Anna! Yes, two of them are in stock: https://shop.example/tables/oak',
      team: 'olga',
    },
    { client: 'anna', text: 'Great. And how wide is it?' },
    { client: 'anna', text: '160 by 90 cm. It seats six.', team: 'olga' },
    { client: 'anna', text: 'That would just fit 😍' },
    { client: 'anna', text: 'Could I pick it up today after six?' },
    { client: 'bob', text: 'Is my order on its way? The site only says “packed”' },
    { client: 'eva', text: 'How much is the delivery to Leipzig?', number: true },
    { client: 'carol', text: 'The blue chair, please. Which colours are there?' },
  ],
  deals: ['Oak table, 160 cm', 'Two chairs'],
  draft: 'Of course, we are here until',
};

const RUSSIAN: Story = {
  names: {
    anna: 'Анна Петрова',
    bob: 'Борис Фишер',
    carol: 'Карина Линд',
    dan: 'Данил Морозов',
    eva: 'Ева Росси',
    frank: 'Фёдор Громов',
  },
  said: [
    { client: 'dan', text: 'Лампа на витрине продаётся?' },
    { client: 'dan', text: 'Да, 8 900 ₽, привезём завтра.', team: 'olga' },
    { client: 'dan', text: 'Чудесно, спасибо!' },
    { client: 'dan', text: 'Пожалуйста! Хорошего вечера.', team: 'olga' },
    { client: 'frank', text: 'Счёт пришёл, спасибо', number: true },
    { client: 'frank', text: 'Тогда всё готово 👍', team: 'olga', number: true },
    { client: 'anna', text: 'Здравствуйте! Дубовый стол с сайта ещё есть?' },
    { client: 'anna', text: 'Доброе утро, Анна! Да, два в наличии: https://shop.example/tables/oak', team: 'olga' },
    { client: 'anna', text: 'Отлично. А какой он ширины?' },
    { client: 'anna', text: '160 на 90 см, сядут шестеро.', team: 'olga' },
    { client: 'anna', text: 'Как раз поместится 😍' },
    { client: 'anna', text: 'Можно забрать сегодня после шести?' },
    { client: 'bob', text: 'Мой заказ уже едет? На сайте только «собран»' },
    { client: 'eva', text: 'Сколько стоит доставка в Казань?', number: true },
    { client: 'carol', text: 'Синее кресло, пожалуйста. Какие ещё есть цвета?' },
  ],
  deals: ['Дубовый стол, 160 см', 'Два стула'],
  draft: 'Конечно, мы открыты до',
};

async function tell(konvert: PlayedKonvert, { names, said, deals: dealNames }: Story): Promise<void> {
  const contacts = Object.entries(names).map(([client, name]) => {
    const { id, phone } = DEMO_CLIENTS[client as DemoClient];
    const contactData = [
      { chatType: 'telegram', chatId: String(id) },
      { chatType: 'whatsapp', chatId: phone },
    ];
    return { id: client, name, responsibleUserId: client === 'bob' ? 'ivan' : 'olga', contactData };
  });
  await konvert.api('POST', '/v3/contacts', { body: contacts });
  const deals = dealNames.map((name, index) => ({
    id: `deal-${index}`,
    name,
    responsibleUserId: 'olga',
    contacts: ['anna'],
    uri: `https://crm.example/deals/${index}`,
    closed: index > 0,
  }));
  await konvert.api('POST', '/v3/deals', { body: deals });
  for (const { client, text, team, number } of said) {
    await sleep(APART_MS);
    if (team === undefined) {
      await konvert.says(client, text, number ? { by: 'number' } : {});
      continue;
    }
    const { id, phone } = DEMO_CLIENTS[client];
    const channelId = number ? konvert.account.whatsappChannelId : konvert.account.channelId;
    const chat = number ? { chatType: 'whatsapp', chatId: phone } : { chatType: 'telegram', chatId: String(id) };
    await konvert.api('POST', '/v3/message', { as: team, body: { channelId, ...chat, text } });
    await konvert.untilGot(client, text, number ? 'number' : 'bot');
  }
}

async function open(
  browser: Browser,
  konvert: PlayedKonvert,
  options: { readonly width: number; readonly colorScheme: 'light' | 'dark'; readonly locale: string },
): Promise<Page> {
  const { width, colorScheme, locale } = options;
  const isPhone = width < 720;
  const context = await browser.newContext({
    viewport: { width, height: isPhone ? 760 : 800 },
    colorScheme,
    locale,
    hasTouch: isPhone,
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  await page.route('**/v1/me', async (route) => {
    const answer = await route.fetch();
    const { demo: _, time, ...me } = await answer.json();
    await route.fulfill({
      response: answer,
      json: { ...me, time: new Date(Date.parse(time) + LATER_MS).toISOString() },
    });
  });
  await page.route(/\/v1\/chats\?/, async (route) => {
    const answer = await route.fetch();
    const { chats, ...rest } = await answer.json();
    await route.fulfill({ response: answer, json: { ...rest, chats: chats.map(waitedLess) } });
  });
  await page.goto(await konvert.link('olga'));
  await page.getByRole('navigation').getByRole('link').first().waitFor();
  return page;
}

function waitedLess(chat: { readonly contactId: DemoClient; readonly unansweredSince: string | null }) {
  const less = LESS_MIN[chat.contactId];
  if (less === undefined || chat.unansweredSince === null) return chat;
  return { ...chat, unansweredSince: new Date(Date.parse(chat.unansweredSince) + less * 60_000).toISOString() };
}

async function shoot(browser: Browser, konvert: PlayedKonvert, story: Story, locale: 'en-GB' | 'ru-RU'): Promise<void> {
  const language = locale.slice(0, 2);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 375]) {
      const page = await open(browser, konvert, { width, colorScheme, locale });
      const file = (part: string) => join(FOLDER, `${part}-${width}-${colorScheme}-${language}.png`);
      if (width < 720) await page.screenshot({ path: file('list') });
      await page
        .getByRole('navigation')
        .getByRole('link', { name: new RegExp(`^${story.names.anna}`) })
        .click();
      await page.getByRole('feed').getByRole('article').last().waitFor();
      if (width >= 720) {
        await page.getByRole('textbox').last().fill(story.draft);
        // It is open by itself where there is room and the client has deals.
        const briefcase = page.getByRole('button', { name: BRIEFCASE, expanded: false });
        if ((await briefcase.count()) > 0) await briefcase.click();
      }
      await page.mouse.move(width - 10, 300);
      // What slides in is there by then.
      await page.waitForTimeout(900);
      await page.screenshot({ path: file(width < 720 ? 'chat' : 'inbox') });
      await page.getByRole('textbox').last().fill('');
      await page.context().close();
    }
  }
}

/** The settings: a screen in light and another in the dark, and the same two on a phone. */
async function shootSettings(
  browser: Browser,
  konvert: PlayedKonvert,
  locale: 'en-GB' | 'ru-RU',
  only?: string,
): Promise<void> {
  const language = locale.slice(0, 2);
  const { channelId } = konvert.account;
  const shots = [
    { file: 'start', place: 'start', width: 1280, colorScheme: 'light' },
    { file: 'roles', place: `roles/${channelId}`, width: 1280, colorScheme: 'dark' },
    { file: 'connect', place: 'channels/new/telegram/token', width: 375, colorScheme: 'light' },
    { file: 'messengers', place: 'channels/new', width: 1280, colorScheme: 'light' },
    { file: 'crm', place: 'crm', width: 1280, colorScheme: 'light' },
    { file: 'crm-token', place: 'crm/new/amocrm/token', width: 375, colorScheme: 'dark' },
    { file: 'people', place: 'people', width: 375, colorScheme: 'dark' },
    { file: 'data', place: 'data', width: 1280, colorScheme: 'light' },
    { file: 'data', place: 'data', width: 375, colorScheme: 'dark' },
  ] as const;
  for (const { file, place, width, colorScheme } of shots.filter((one) => only === undefined || one.file === only)) {
    const isPhone = width < 720;
    const viewport = { width, height: isPhone ? 760 : 800 };
    const context = await browser.newContext({
      viewport,
      colorScheme,
      locale,
      hasTouch: isPhone,
      deviceScaleFactor: 2,
    });
    const page = await context.newPage();
    await page.goto(await konvert.settingsLink());
    await page.locator('main').waitFor();
    await page.evaluate((hash) => location.assign(hash), `#/settings/${place}`);
    // What it shows has come by then.
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: join(FOLDER, `settings-${file}-${width}-${colorScheme}-${language}.png`) });
    await context.close();
  }
}

/** `/docs`: the reference in light and dark, and the guide on a phone. */
async function shootDocs(browser: Browser, { url }: PlayedKonvert): Promise<void> {
  const shots = [
    { file: 'docs-light', place: '#api/sendMessage', width: 1280, height: 1000, colorScheme: 'light' },
    { file: 'docs-dark', place: '#api/sendMessage', width: 1280, height: 1000, colorScheme: 'dark' },
    { file: 'docs-375', place: '#1-make-an-account', width: 375, height: 760, colorScheme: 'light' },
  ] as const;
  for (const { file, place, width, height, colorScheme } of shots) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, deviceScaleFactor: 2 });
    const page = await context.newPage();
    await page.goto(`${url}/docs${place}`);
    await page.locator('.token-variable').first().waitFor({ state: 'attached' });
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(FOLDER, `${file}.png`) });
    await context.close();
  }
}

await mkdir(FOLDER, { recursive: true });
const { path, env } = await findChromium();
const browser = await chromium.launch({
  executablePath: path,
  env: { ...process.env, ...env } as Record<string, string>,
});
try {
  for (const [story, locale] of [
    [ENGLISH, 'en-GB'],
    [RUSSIAN, 'ru-RU'],
  ] as const) {
    const ends: (() => unknown)[] = [];
    const folder = await mkdtemp(join(tmpdir(), 'konvert-screenshots-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    try {
      const konvert = await playKonvert(folder, (end) => ends.push(end));
      if (process.argv[2] === 'data') {
        await konvert.says('anna', 'Please forget me');
        await shootSettings(browser, konvert, locale, 'data');
        continue;
      }
      if (process.argv[2] === 'waits') {
        await tell(konvert, story);
        await shootWaits(browser, konvert, locale, FOLDER);
        continue;
      }
      await shootCrm(browser, konvert, locale, FOLDER);
      if (process.argv[2] === 'crm') continue;
      await tell(konvert, story);
      await shoot(browser, konvert, story, locale);
      await shootSettings(browser, konvert, locale);
      await shootWaits(browser, konvert, locale, FOLDER);
      if (story === ENGLISH) await shootDocs(browser, konvert);
    } finally {
      for (const end of ends.reverse()) await end();
    }
  }
} finally {
  await browser.close();
}
process.exit();
