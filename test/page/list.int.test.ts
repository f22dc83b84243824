import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { CLIENTS, nav, openedName, row, rows, useFullList, WIDE } from './full-list.ts';
import { settled } from './people.ts';

const { konvert, chromium, openList } = useFullList();

describe('names are a contract', () => {
  test.each([
    ['en-GB', 'en', /^Anna Demo waits \d+ min Hello from anna/, ['Unanswered', 'All']],
    ['ru-RU', 'ru', /^Anna Demo ждёт \d+ мин Hello from anna/, ['Неотвеченные', 'Все']],
  ] as const)('in the language of the browser: %s', async (locale, lang, name, tabs) => {
    const page = await openList({ locale });

    await row(page, name).waitFor();
    await expect.poll(() => rows(page).count()).toBe(CLIENTS.length);
    await expect.poll(() => nav(page).getByRole('listitem').count()).toBe(CLIENTS.length);
    await expect
      .poll(() => page.getByRole('tab').allTextContents())
      .toEqual([expect.stringContaining(tabs[0]), tabs[1]]);
    for (const tab of tabs) await page.getByRole('tab', { name: tab, exact: true }).click();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(lang);
    await expect.poll(() => page.title()).toMatch(/^\(\d+\) Konvert$/);
  });

  test('in the language of the link rather than the browser’s', async () => {
    const link = (await konvert.link('olga')).replace('#', '?lang=ru#');
    const page = await chromium.open(link, { locale: 'en-GB' });

    await page.getByRole('tab', { name: 'Неотвеченные' }).waitFor();
  });
});

describe('the list under the hand', () => {
  test('stands still in a storm of rings, and the press opens what was under it', async () => {
    const page = await openList();
    const { x, y, height } = await placeOf(row(page, /^Dan Demo/));
    await page.mouse.move(x + 60, y + height / 2);
    await page.evaluate(watchPlaces);

    let isOver = false;
    const storm = storming().finally(() => {
      isOver = true;
    });
    // Five seconds of stillness would release the list, and rings take longer on a busy machine.
    const moves = async (step: number) => page.mouse.move(x + 60 + (step % 8), y + height / 2, { steps: 2 });
    for (let step = 0; step < 20; step += 1) await moves(step);
    await page.mouse.down();
    for (let step = 0; !isOver; step += 1) await moves(step);
    await storm;
    await page.mouse.up();

    await expect.poll(() => openedName(page).textContent()).toBe('Dan Demo');
    expect(await page.evaluate('window.places')).toEqual({ 'Dan Demo': [Math.round(y)] });
  });

  test('takes its true order when the pointer leaves, and the open chat stays open', async () => {
    const page = await openList();
    await row(page, /^Eva Demo/).click();
    await page.mouse.move(900, 300);
    const body = { ...chatOf('anna'), text: 'Hello, Anna!' };
    await konvert.api('POST', '/v3/message', { body, as: 'olga' });

    await expect.poll(async () => (await names(page)).at(-1)).toBe('Anna Demo');
    await konvert.says('anna', 'And one more');
    await expect.poll(async () => (await rows(page).last().textContent()) ?? '').toContain('waits');
    await expect.poll(() => openedName(page).textContent()).toBe('Eva Demo');
  });

  test('lets new chats wait behind a pill, and dims what has left', async () => {
    const page = await openList({ viewport: WIDE });
    const loaded = page.waitForResponse((response) => response.url().includes('view=unanswered'));
    await page.getByRole('tab', { name: 'Unanswered' }).click();
    await loaded;
    const { x, y } = await placeOf(row(page, /^Bob/));
    let step = 0;
    /** Waits under a hand that moves, because five seconds of stillness release the list. */
    const whileMoving = (seen: Locator) =>
      expect
        .poll(async () => {
          step += 1;
          await page.mouse.move(x + 40 + (step % 20), y + 30);
          return seen.count();
        })
        .toBe(1);
    await page.mouse.move(x + 40, y + 30);
    await konvert.says('eva', 'From another messenger', { by: 'number' });
    await whileMoving(page.getByRole('button', { name: '1 new' }));
    expect(await page.getByText('From another messenger').count()).toBe(0);

    await konvert.api('POST', '/v3/message', { body: { ...chatOf('frank'), text: 'Hello, Frank!' }, as: 'olga' });
    const gone = row(page, /^Frank.*no longer in the list$/);
    await whileMoving(gone);
    await gone.click({ force: true });
    await expect.poll(() => page.getByText('Choose a chat').isVisible()).toBe(true);

    await whileMoving(page.getByRole('button', { name: '1 new' }));
    await page.getByRole('button', { name: '1 new' }).click();
    await row(page, /From another messenger/).waitFor();
    await expect.poll(() => row(page, /^Frank/).count()).toBe(0);
    await konvert.says('frank', 'Hello from frank');
  });

  test('scrolled down, keeps the first row in view where it is', async () => {
    const page = await openList({ viewport: { width: 1280, height: 400 } });
    await konvert.api('POST', '/v3/message', { body: { ...chatOf('frank'), text: 'Hello, Frank!' }, as: 'olga' });
    await expect.poll(async () => (await names(page)).at(-1)).toBe('Frank Demo');
    await page.evaluate(`document.querySelector('nav').scrollTop = 160`);
    const place = async () => Math.round((await placeOf(row(page, /^Dan/))).y);
    const before = await place();

    await konvert.api('POST', '/v3/message', { body: { ...chatOf('anna'), text: 'Hello again, Anna!' }, as: 'olga' });
    await expect.poll(async () => (await names(page)).indexOf('Anna Demo')).toBeGreaterThan(3);
    expect(await place()).toBe(before);
    await konvert.says('anna', 'Hello from anna');
    await konvert.says('frank', 'Hello from frank');
  });

  test('a press that is dragged away opens nothing', async () => {
    const page = await openList();
    const { x, y } = await placeOf(row(page, /^Bob/));

    await page.mouse.move(x + 50, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + 50, y + 160);
    await page.mouse.up();

    await expect.poll(() => page.getByText('Choose a chat').isVisible()).toBe(true);
  });
});

/** Where something stays. */
async function placeOf(what: Locator) {
  const place = await settled(() => what.boundingBox());
  if (!place) throw new Error(`It is nowhere: ${what}`);
  return place;
}

/** The chat of a client with the first bot. */
function chatOf(client: DemoClient) {
  const { channelId } = konvert.account;
  return { channelId, chatType: 'telegram', chatId: String(DEMO_CLIENTS[client].id) };
}

/** Rings of all clients, many at once, as on a bad day. */
async function storming(): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await Promise.all(CLIENTS.map((client) => konvert.says(client, `Round ${round} of ${client}`)));
  }
}

/** In the page: keeps every place that the row of Dan was at, in every frame from now on. */
const watchPlaces = `(() => {
  const places = window.places = {};
  const look = () => {
    for (const link of document.querySelectorAll('nav a')) {
      const name = link.querySelector('.row-name').textContent;
      if (name !== 'Dan Demo') continue;
      const top = Math.round(link.getBoundingClientRect().top);
      places[name] ??= [];
      if (!places[name].includes(top)) places[name].push(top);
    }
    requestAnimationFrame(look);
  };
  look();
})()`;

const names = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('nav a')]
    .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
    .map((link) => link.querySelector('.row-name').textContent)`);

describe('a line', () => {
  test('says “no reply needed” from its menu, and takes it back', async () => {
    const page = await openList();

    await row(page, /^Frank.*waits/).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^No reply needed \(\d+\)$/ }).click();
    await row(page, /^Frank(?!.*waits)/).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, /^Frank.*waits/).waitFor();
  });

  test('shows the draft of its chat', async () => {
    const page = await openList();
    await row(page, /^Bob/).click();
    await page.getByRole('textbox', { name: /^Message to/ }).fill('We deliver on Monday');

    await row(page, /^Bob.*Draft: We deliver on Monday.*Hello from bob|^Bob.*Draft: We deliver on Monday/).waitFor();
  });
});

test('search finds by name, its results stay, and Esc gives the list back', async () => {
  const page = await openList();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('carol');

  await expect.poll(() => names(page)).toEqual(['Carol of the CRM']);
  await row(page, /^Carol/).click();
  await expect.poll(() => openedName(page).textContent()).toBe('Carol of the CRM');
  await expect.poll(() => names(page)).toEqual(['Carol of the CRM']);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await names(page)).length).toBeGreaterThan(5);
});

test.each([
  ['en-GB', /^Dan Demo .*sent by the team: See you at ten/, /^424242 .*not sent: Is it still for sale/],
  ['ru-RU', /^Dan Demo .*от команды: See you at ten/, /^424242 .*не отправлено: Is it still for sale/],
])('a row says that the team wrote last, and that it failed: %s', async (locale, sent, refused) => {
  const page = await openList({ locale });
  const write = (chat: object, text: string) =>
    konvert.api('POST', '/v3/message', { body: { ...chat, text }, as: 'olga' });
  await write(chatOf('dan'), 'See you at ten');
  // The demo bot knows no such client.
  await write({ ...chatOf('dan'), chatId: '424242' }, 'Is it still for sale');
  await page.getByRole('tab').nth(1).click();

  await row(page, sent).waitFor();
  await row(page, refused).waitFor();
  // Telegram tells whole seconds: what is written in the second of the answer sorts before it.
  await page.waitForTimeout(1000);
  await konvert.says('dan', 'Hello from dan');
  await row(page, /^Dan Demo (?!.*(team|команды)).*Hello from dan/).waitFor();
});
