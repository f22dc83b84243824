import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { byKeyboard, byMouse } from './hands.ts';
import { holdPictures } from './held-pictures.ts';
import { useKonvert } from './konvert.ts';
import { zoneOfNoon } from './people.ts';

// Working hours, the rule for clients who wait, and who is on (T9, T10), as an administrator sets them.

const konvert = useKonvert();
const chromium = useBrowser();

async function open(place: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), options);
  await page.locator('main').waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/settings/${place}`);
  return page;
}

const stored = async () => (await konvert.api('GET', '/v1/settings')).body;
const hasFocus = (target: Locator) => target.evaluate((one) => one === document.activeElement);
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** Of the office that the others use. */
const OFFICE = {
  zone: 'Europe/Moscow',
  week: { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']] },
  exceptions: {},
};

beforeAll(async () => {
  const answer = await konvert.api('PATCH', '/v1/settings', { body: { schedules: { Office: OFFICE } } });
  expect(answer.status).toBe(200);
});

test('a schedule is made by the keyboard alone: several intervals, past midnight, a holiday', async () => {
  const page = await open('hours', { timezoneId: 'Asia/Yekaterinburg' });
  const hand = byKeyboard(page);
  await hand.press(page.getByRole('link', { name: 'New schedule' }));
  // What was begun can be left, too.
  await hand.write(field(page, 'Name'), 'Night shift');
  await hand.press(page.getByRole('link', { name: 'Schedules' }));
  await hand.press(page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }));
  await hand.press(page.getByRole('link', { name: 'New schedule' }));
  await hand.write(field(page, 'Name'), 'Day shift');
  await hand.write(field(page, 'Monday: to (1)'), '13');
  await hand.press(page.getByRole('button', { name: 'Add hours: Monday' }));
  await expect.poll(() => field(page, 'Monday: from (2)').inputValue()).toBe('14:00');
  // What was just added has the focus a picture later.
  await expect.poll(() => hasFocus(field(page, 'Monday: from (2)'))).toBe(true);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => field(page, 'Monday: from (2)').inputValue()).toBe('14:15');
  await hand.press(page.getByRole('button', { name: 'Friday: remove 09:00–18:00' }));
  await hand.press(page.getByRole('button', { name: 'Add hours: Saturday' }));
  await hand.write(field(page, 'Saturday: from (1)'), '21');
  await hand.write(field(page, 'Saturday: to (1)'), '2.00');
  await page.getByText('next day', { exact: true }).waitFor();
  await hand.write(field(page, 'Tuesday: to (1)'), 'noon');
  await hand.press(page.getByRole('button', { name: 'Save' }));
  await page.getByRole('alert').getByText('Give two times, such as 9:00 and 18:00.').waitFor();
  await hand.write(field(page, 'Tuesday: to (1)'), '1200');
  await page.getByLabel('Date', { exact: true }).fill('2030-01-01');
  await hand.press(page.getByRole('button', { name: 'Add a day' }));
  await page.getByRole('button', { name: /^Remove .*1 Jan$/ }).waitFor();
  await page
    .getByRole('region', { name: 'The next seven days' })
    .getByText(/^(?:Open|Closed) now/)
    .waitFor();
  expect(await axe(page)).toEqual([]);
  await hand.press(page.getByRole('button', { name: 'Save' }));
  await page.getByRole('link', { name: /^Day shift/ }).waitFor();

  const day = [['09:00', '18:00']];
  expect((await stored()).schedules['Day shift']).toEqual({
    zone: 'Asia/Yekaterinburg',
    week: {
      mon: [
        ['09:00', '13:00'],
        ['14:15', '18:00'],
      ],
      tue: [['09:00', '12:00']],
      wed: day,
      thu: day,
      sat: [['21:00', '02:00']],
    },
    exceptions: { '2030-01-01': [] },
  });
});

test('hours that are drawn late take the focus from nothing that somebody has gone to meanwhile', async () => {
  const page = await open('hours/Office');
  const letGo = await holdPictures(page);
  await page.getByRole('button', { name: 'Add hours: Monday' }).click();
  await field(page, 'Monday: from (2)').waitFor();
  const other = field(page, 'Tuesday: to (1)');
  await other.focus();

  await letGo();

  expect(await hasFocus(other)).toBe(true);
});

test('a rule is read back in a sentence and tried on what is over before it is on', async () => {
  const page = await open(`roles/${konvert.account.channelId}`);
  const hand = byMouse(page);
  const card = page.getByRole('region', { name: 'Nobody waits for ever' });
  await card.getByText('Clients stay where they are, however long they wait.').waitFor();
  await card.getByRole('combobox', { name: 'Working hours of the channel' }).selectOption('Office');
  await hand.press(card.getByRole('switch', { name: 'Mind clients who wait' }));
  await card.getByText(/^In words: Mon–Tue 09:00–18:00, .*: after 15 min to the next, at most 3 times/).waitFor();
  await hand.write(field(page, 'When a client has waited for so many minutes'), '5');
  await card.getByText('The heads are told before the client goes to the next user. Is that meant?').waitFor();
  await hand.write(field(page, 'When a client has waited for so many minutes'), '1');
  await card.getByRole('alert').getByText('A whole number from 2 to 1440.').waitFor();
  await hand.write(field(page, 'When a client has waited for so many minutes'), '45');

  await hand.press(card.getByRole('button', { name: 'What would it have done?' }));
  await card.getByText('Nobody waited in the last 7 days, so there is nothing to count.').waitFor();
  expect(await axe(page)).toEqual([]);
  expect((await stored()).channels[konvert.account.channelId]?.waiting).toBeUndefined();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Everything is saved').waitFor();

  expect((await stored()).channels[konvert.account.channelId]).toMatchObject({
    schedule: 'Office',
    waiting: {
      returnAfterMinutes: 15,
      returnsAtMost: 3,
      then: 'pool',
      tellHeadsAfterMinutes: 45,
      awayAfterReturns: 2,
      outsideHours: 'give',
    },
  });
});

test('who is on, why and until when, on a phone in Russian; a schedule that is used is not deleted, but renamed', async () => {
  const look = { locale: 'ru-RU', viewport: { width: 375, height: 700 }, timezoneId: zoneOfNoon() };
  const page = await open('team', look);
  const row = page.getByRole('listitem').filter({ hasText: 'Ivan' });
  await row.getByText('На месте', { exact: true }).waitFor();
  await page.getByText('Контроль качества: наблюдает и клиентов не получает').waitFor();
  expect(await page.getByRole('button', { name: 'Отметить отсутствие: Pavel' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Отметить отсутствие: Ivan' }).click();
  await page.getByRole('menuitem', { name: 'Отойти на час' }).click();
  await row.getByText(/^Нет на месте до \d\d:\d\d: из CRM или отсюда$/).waitFor();
  await page.getByRole('combobox', { name: 'График: Maria' }).selectOption('Office');
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Maria' })
    .getByText(/по графику$/)
    .waitFor();
  expect(await axe(page)).toEqual([]);
  const { users } = (await konvert.api('GET', '/v1/users')).body;
  expect(users).toContainEqual(expect.objectContaining({ userId: 'ivan', status: 'away', by: 'crm' }));
  expect(users).toContainEqual(expect.objectContaining({ userId: 'maria', schedule: 'Office', by: 'schedule' }));
  await page.getByRole('button', { name: 'Вернуть на место: Ivan' }).click();
  await row.getByText('На месте', { exact: true }).waitFor();

  await page.evaluate(() => {
    location.hash = '#/settings/hours/Office';
  });
  await page.getByRole('button', { name: 'Удалить', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Удалить «Office»?' });
  await dialog.getByRole('button', { name: 'Удалить', exact: true }).click();
  await dialog.getByText('График используется в канале или у сотрудника. Сначала выберите там другой.').waitFor();
  await page.keyboard.press('Escape');

  const hand = byMouse(page);
  await hand.write(field(page, 'Название'), 'Главный офис');
  await hand.press(page.getByRole('button', { name: 'Сохранить', exact: true }));
  await page.getByRole('link', { name: /^Главный офис/ }).waitFor();
  const renamed = await konvert.api('GET', '/v1/users');
  expect(renamed.body.users).toContainEqual(expect.objectContaining({ userId: 'maria', schedule: 'Главный офис' }));
});
