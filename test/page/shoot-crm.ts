import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { CRM_BOT_PATH, CRM_PATH } from '#local/demo/stand-in/places';
import { until } from '#test/e2e/call-api';
import type { PlayedKonvert } from './konvert.ts';
import { lineOf, untilSeen } from './people.ts';

// The pictures of a connected CRM: the stand-in of `npm start`, how the connection stands, and the briefcase.

type Locale = 'en-GB' | 'ru-RU';

const TALK = {
  'en-GB': {
    asked: 'Hello! Is the oak table still available?',
    said: 'Good morning! Yes, two of them.',
    deals: 'Deals',
  },
  'ru-RU': { asked: 'Здравствуйте! Дубовый стол ещё есть?', said: 'Доброе утро! Да, два.', deals: 'Сделки' },
};

/** Connects the company of the stand-in, lets a client be answered there, and takes the pictures. */
export async function shootCrm(
  browser: Browser,
  konvert: PlayedKonvert,
  locale: Locale,
  folder: string,
): Promise<void> {
  const { asked, said, deals } = TALK[locale];
  const headers = { 'content-type': 'application/json' };
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(konvert.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
  };
  const file = (name: string) => join(folder, `${name}-1280-light-${locale.slice(0, 2)}.png`);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale,
    colorScheme: 'light',
    deviceScaleFactor: 2,
  });
  try {
    await post(`${CRM_PATH}/connect`, {});
    await post(`${CRM_BOT_PATH}/write`, { client: 'anna', text: asked });
    const made = await until('the CRM has the client', async () => {
      const state = await (await fetch(`${konvert.url}${CRM_PATH}/state`)).json();
      return state.deals.length > 0 ? state : undefined;
    });
    const person = made.contacts[0].responsibleUserId;
    const chat = await context.newPage();
    await chat.goto((await post(`${CRM_PATH}/link`, { person })).url);
    await lineOf(chat, 'Anna').click();
    await untilSeen(chat);
    await chat.getByRole('textbox').last().fill(said);
    await chat.keyboard.press('Enter');
    await chat.getByRole('complementary', { name: deals }).getByRole('link').first().waitFor();
    const crm = await context.newPage();
    await crm.goto(konvert.url + CRM_PATH);
    await crm.getByText(said).first().waitFor();
    await rest(crm);
    await crm.screenshot({ path: file('demo-crm') });
    // By now it has left.
    await chat.bringToFront();
    await chat.mouse.move(700, 300);
    await rest(chat);
    await chat.screenshot({ path: file('briefcase') });

    const settings = await context.newPage();
    await settings.goto((await post(`${CRM_PATH}/link`, {})).url);
    await settings.locator('main').waitFor();
    await settings.evaluate((hash) => location.assign(hash), '#/settings/crm');
    await settings.getByText('konvert-demo.amocrm.ru').waitFor();
    await rest(settings);
    await settings.screenshot({ path: file('settings-crm-connected') });
  } finally {
    await context.close();
  }
}

/** What slides in is there by then. */
function rest(page: Page): Promise<void> {
  return page.waitForTimeout(900);
}
