import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { statisticsExamples } from '#api/examples/statistics';
import type { PlayedKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

// The pictures of clients who wait: the minute before one leaves, working hours, the rule of a channel, and who is on.

type Locale = 'en-GB' | 'ru-RU';

/** The minute that is shown, as it is told. Of the second client the heads were told. */
const LEFT_MS = 43_000;
const NAMES = { 'en-GB': 'Office', 'ru-RU': 'Офис' };
const WEEK = {
  mon: [['09:00', '18:00']],
  tue: [['09:00', '18:00']],
  wed: [['09:00', '18:00']],
  thu: [
    ['09:00', '13:00'],
    ['14:00', '20:00'],
  ],
  fri: [['09:00', '18:00']],
  sat: [['21:00', '02:00']],
};
const SIZES = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 375, height: 760, colorScheme: 'dark' },
] as const;

/** Plays one of the clients who wait as about to leave, makes a schedule, and takes the pictures. */
export async function shootWaits(
  browser: Browser,
  konvert: PlayedKonvert,
  locale: Locale,
  folder: string,
): Promise<void> {
  const name = NAMES[locale];
  const exceptions = { [dateIn(2)]: [], [dateIn(3)]: [['10:00', '15:00']] };
  const hours = { zone: 'Europe/Moscow', week: WEEK, exceptions };
  await konvert.api('PATCH', '/v1/settings', { body: { schedules: { [name]: hours } } });
  await konvert.api('PUT', '/v1/users/ivan/status', {
    body: { status: 'away', until: new Date(Date.now() + 3_600_000).toISOString() },
    as: 'ivan',
  });
  await konvert.api('PUT', '/v1/users/maria/schedule', { body: { schedule: name } });
  for (const size of SIZES) {
    const file = (part: string) => join(folder, `${part}-${size.width}-${size.colorScheme}-${locale.slice(0, 2)}.png`);
    const { width, height, colorScheme } = size;
    const options = { viewport: { width, height }, colorScheme, locale, hasTouch: width < 720, deviceScaleFactor: 2 };
    await shootLeaving(browser, konvert, options, file('leaving'));
    await shootScreens(browser, konvert, options, name, file);
  }
}

async function shootLeaving(
  browser: Browser,
  konvert: PlayedKonvert,
  options: BrowserContextOptions,
  path: string,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await play(page);
  await page.goto(await konvert.link('olga'));
  await lineOf(page, 'Anna|Анна').click();
  await page.getByRole('timer').waitFor();
  await page.getByRole('article').last().waitFor();
  await rest(page);
  await page.screenshot({ path });
  await context.close();
}

/** What the server would tell in that minute is put into its answers. */
async function play(page: Page): Promise<void> {
  const leavesAt = new Date(Date.now() + LEFT_MS + 3_000).toISOString();
  const told = (chat: { readonly contactId: string | null; readonly unanswered: boolean }) => {
    if (!chat.unanswered) return chat;
    return { ...chat, late: true, ...(chat.contactId === 'anna' ? { leavesAt } : { told: leavesAt }) };
  };
  await page.route(/\/v1\/chats(?:\?|\/[^/]+\/[^/]+\/[^/]+$)/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    await route.fulfill({ response, json: body.chats ? { ...body, chats: body.chats.map(told) } : told(body) });
  });
  await page.route(/\/v1\/assignments/, async (route) => {
    const response = await route.fetch();
    const at = new Date(Date.now() - 60_000).toISOString();
    const returned = { assignmentId: 'played', at, rule: 'returned', from: 'ivan', userId: 'olga', waitedMinutes: 15 };
    await route.fulfill({ response, json: { assignments: [{ ...returned, passedOver: [], place: 1 }] } });
  });
}

async function shootScreens(
  browser: Browser,
  konvert: PlayedKonvert,
  options: BrowserContextOptions,
  hours: string,
  file: (part: string) => string,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const { answer } = statisticsExamples['GET /v1/settings/channels/{channelId}/would-return'];
  await page.route(/would-return/, (route) => route.fulfill({ json: answer }));
  await page.goto(await konvert.settingsLink());
  await page.locator('main').waitFor();
  const show = async (place: string) => {
    await page.evaluate((hash) => location.assign(hash), `#/settings/${place}`);
    await page.waitForTimeout(1_500);
  };
  await show('team');
  await page.screenshot({ path: file('settings-team') });
  await show(`hours/${encodeURIComponent(hours)}`);
  await page.screenshot({ path: file('settings-hours') });
  await show(`roles/${konvert.account.channelId}`);
  const rule = page.locator('.settings-card').filter({ has: page.locator('.rule-words') });
  await rule.getByRole('combobox').first().selectOption(hours);
  await rule.locator('.settings-switch').first().click();
  await rule.locator('.rule-would button').click();
  await page.waitForTimeout(500);
  await rule.locator('.rule-would').evaluate((part) => part.scrollIntoView({ block: 'center' }));
  await page.screenshot({ path: file('settings-rule') });
  await context.close();
}

/** The date of a day that is still to come. */
function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** What slides in is there by then. */
function rest(page: Page): Promise<void> {
  return page.waitForTimeout(900);
}
