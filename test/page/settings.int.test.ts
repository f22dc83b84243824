import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { callApi } from '#test/e2e/call-api';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

const konvert = useKonvert();
const chromium = useBrowser();

const PHONE = { viewport: { width: 375, height: 760 }, hasTouch: true };

async function openSettings(options?: Parameters<typeof chromium.open>[1]): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), options);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const choose = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
/** The element with the focus, as people call it. */
const focused = (page: Page) => page.evaluate('document.activeElement.textContent');

/** The height of the lowest link of the screen, in px. */
const lowest = (page: Page) =>
  page
    .locator('.settings-body :is(a, summary)')
    .evaluateAll((targets) => Math.min(...targets.map((target) => Math.round(target.getBoundingClientRect().height))));

describe('the frame', () => {
  test('moves title and focus with the screen, and its steps are those of the browser', async () => {
    const page = await openSettings();
    await title(page, 'Start').waitFor();

    await choose(page, 'People');
    await title(page, 'People').waitFor();
    await expect.poll(() => focused(page)).toBe('People');
    await expect.poll(() => page.title()).toBe('People · Konvert');
    expect(await page.getByRole('link', { name: 'People', exact: true }).getAttribute('aria-current')).toBe('page');

    await page.goBack();
    await title(page, 'Start').waitFor();
    await expect.poll(() => focused(page)).toBe('Start');
  });

  test('has the menu as a step of its own on a phone', async () => {
    const page = await openSettings(PHONE);
    await title(page, 'Start').waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);

    await page.getByRole('link', { name: 'Back to the menu' }).click();
    await title(page, 'Settings').waitFor();
    expect(await axe(page)).toEqual([]);
    await choose(page, 'Options');
    await title(page, 'Options').waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.goBack();
    await title(page, 'Settings').waitFor();
  });

  test('gives a finger as much of each link as of a button', async () => {
    const page = await openSettings({ ...PHONE, isMobile: true });
    for (const [screen, shown] of [
      ['channels/gone', 'All channels'],
      ['start', 'Add people'],
      ['roles', 'Pipelines'],
      ['webhook', 'API keys'],
      ['deliveries', 'Send events to the CRM once more'],
    ] as const) {
      await page.evaluate(`location.hash = '#/settings/${screen}'`);
      await page.locator('.settings-body :is(a, summary)').filter({ hasText: shown }).waitFor();
      await expect.poll(() => lowest(page)).toBeGreaterThanOrEqual(44);
    }
  });

  test.each(['nothing', 'people-2', '%D0%'])('shows the start for an address that names nothing: %s', async (name) => {
    const page = await openSettings();

    await page.evaluate(`location.hash = '#/settings/${name}'`);

    await expect.poll(() => page.url()).toMatch(/#\/settings\/start$/);
    await title(page, 'Start').waitFor();
  });

  test('speaks the other language and wears the other look at once', async () => {
    const page = await openSettings();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitemradio', { name: 'Русский' }).click();
    await title(page, 'С чего начать').waitFor();
    await expect.poll(() => page.title()).toBe('С чего начать · Konvert');

    await page.getByRole('button', { name: 'Меню' }).click();
    await page.getByRole('menuitemradio', { name: 'Ночь' }).click();
    await expect.poll(() => page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    expect(await axe(page)).toEqual([]);
  });

  test.each([
    ['code', /\/page\/settings-\w+\.js$/, 0],
    ['style', /\/page\/settings-\w+\.css$/, 0],
    // The words of the chats have the same name, and come first.
    ['words', /\/page\/en-\w+\.js$/, 1],
  ] as const)('tells if its %s cannot be loaded, and tries again', async (_, file, first) => {
    const context = await chromium.newContext();
    const page = await context.newPage();
    const asked = new Set<string>();
    await page.route(file, (route) => {
      asked.add(route.request().url());
      return asked.size > first ? route.abort() : route.continue();
    });
    await page.goto(await konvert.settingsLink());
    await page.getByRole('heading', { name: 'The page could not be opened' }).waitFor();
    await page.unroute(file);

    await page.getByRole('button', { name: 'Try again' }).click();

    await title(page, 'Start').waitFor();
  });

  test('ends with the API key that opened it, and asks for one, though somebody is signed in on the device', async () => {
    const made = (await konvert.api('POST', '/v1/account/keys', { body: { name: 'for a while' } })).body;
    const link = await callApi(konvert.url, 'POST', '/v1/page-links', { key: made.apiKey, body: { settings: true } });
    const context = await chromium.newContext();
    const [chats, page] = [await context.newPage(), await context.newPage()];
    await chats.goto(await konvert.link('olga'));
    await chats.getByRole('tab', { name: 'All' }).waitFor();
    await page.goto(link.body.url);
    await title(page, 'Start').waitFor();

    await konvert.api('DELETE', `/v1/account/keys/${made.keyId}`);

    // It is known everywhere within ten seconds.
    await expect
      .poll(
        async () => {
          await page.evaluate(`location.hash = '#/settings/' + (location.hash.endsWith('keys') ? 'people' : 'keys')`);
          return page.getByRole('heading', { name: 'Sign in to Konvert' }).count();
        },
        { interval: 500 },
      )
      .toBe(1);
    await page.getByText('The session is over').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.reload();
    await page.getByLabel('API key of the account').waitFor();
  });
});

describe('people', () => {
  test('are added, renamed, found, opened by a link and deleted', async () => {
    const page = await openSettings();
    await choose(page, 'People');
    const add = page.getByRole('region', { name: 'Add somebody' });
    const list = page.getByRole('region', { name: 'Who there is' });

    await add.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('alert').filter({ hasText: 'Write a name.' }).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true');
    await add.getByLabel('Name').fill('Nina');
    await add.getByLabel('ID in the CRM').fill('ivan');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'This ID belongs to Ivan.' }).waitFor();
    await add.getByLabel('ID in the CRM').fill('nina');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Nina is added' }).waitFor();
    for (const name of ['Oscar', 'Petra', 'Quentin', 'Rosa']) {
      await add.getByLabel('Name').fill(name);
      await page.keyboard.press('Enter');
      await list.getByText(name).waitFor();
    }
    const { body: users } = await konvert.api('GET', '/v3/users');
    expect(users).toContainEqual({ id: 'nina', name: 'Nina' });

    await list.getByLabel('Search by name').fill('NIN');
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    await list.getByRole('button', { name: 'More for Nina' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename Nina' });
    await dialog.getByLabel('Name').fill('Nina Weber');
    await page.keyboard.press('Enter');
    await list.getByText('Nina Weber').waitFor();

    await list.getByRole('button', { name: 'Make a link for Nina Weber' }).click();
    await page.getByRole('img', { name: 'Code with the link to the chats of Nina Weber' }).waitFor();
    expect(await axe(page)).toEqual([]);
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open here' }).click(),
    ]);
    await opened.getByRole('tab', { name: 'All' }).waitFor();

    await list.getByRole('button', { name: 'More for Nina Weber' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const asked = page.getByRole('dialog', { name: 'Delete Nina Weber?' });
    await asked.getByText('no new clients come to them').waitFor();
    await asked.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('status').filter({ hasText: 'Nina Weber is deleted' }).waitFor();
    await expect.poll(() => list.getByRole('listitem').count()).toBe(0);
    // What had the focus is gone with its row.
    await expect.poll(() => focused(page)).toBe('People');
    expect((await konvert.api('GET', '/v3/users/nina')).status).toBe(404);
  });

  test('are read again as the CRM has pushed them', async () => {
    const page = await openSettings();
    await choose(page, 'People');
    await page.getByRole('listitem').filter({ hasText: 'Olga' }).waitFor();
    await konvert.api('POST', '/v3/users', { body: [{ id: 'from-crm', name: 'Zoe of the CRM' }] });

    await page.getByRole('button', { name: 'Refresh data from CRM' }).click();

    await page.getByText('Zoe of the CRM').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /^Read at \d\d:\d\d: \d+ people, \d pipelines?$/ })
      .waitFor();
  });
});

describe('options', () => {
  test('are stored at once', async () => {
    const page = await openSettings();
    await choose(page, 'Options');
    const heads = page.getByRole('switch', { name: 'Heads are told of all messages' });
    await expect.poll(() => heads.isChecked()).toBe(true);

    await heads.focus();
    await page.keyboard.press('Space');

    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
    await expect.poll(() => heads.isChecked()).toBe(false);
    expect((await konvert.api('GET', '/v1/settings')).body.notifyHeadsAboutAllMessages).toBe(false);
    await heads.click({ force: true });
    await expect.poll(() => heads.isChecked()).toBe(true);
  });

  test('name the sites that may show the chats, as exactly as a policy does', async () => {
    const page = await openSettings();
    await choose(page, 'Options');
    const field = page.getByLabel('Address of the site');
    for (const [written, why] of [
      ['', 'This is no address of a site.'],
      ['nonsense', 'This is no address of a site.'],
      ['http://crm.example.com', 'Only https may.'],
      ['*.com', 'That is too wide'],
    ] as const) {
      await field.fill(written);
      await field.press('Enter');
      await page.getByRole('alert').filter({ hasText: why }).waitFor();
      await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    }

    await field.fill('CRM.example.com/leads/12?tab=1');
    await page.getByText('Will be added: https://crm.example.com').waitFor();
    await field.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'https://crm.example.com' }).waitFor();
    await field.fill('https://crm.example.com/');
    await field.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'https://crm.example.com is in the list already.' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect((await konvert.api('GET', '/v1/settings')).body.frameAncestors).toEqual(['https://crm.example.com']);

    await page.getByRole('button', { name: 'Remove https://crm.example.com' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('No other site may.').waitFor();
    expect((await konvert.api('GET', '/v1/settings')).body.frameAncestors).toEqual([]);
  });
});

describe('keys and devices', () => {
  test('a key is shown once, the last one stays', async () => {
    const page = await openSettings();
    await choose(page, 'Keys and devices');
    const keys = page.getByRole('region', { name: 'API keys' });
    const first = keys.getByRole('button', { name: /^Revoke/ }).first();
    await expect.poll(() => first.getAttribute('aria-disabled')).toBe('true');
    await keys.getByText('The last key cannot be revoked').waitFor();

    await keys.getByLabel('What the key is for').fill('The shop');
    await page.keyboard.press('Enter');
    const shown = keys.getByLabel('The new key', { exact: true });
    await shown.waitFor();
    const apiKey = await shown.inputValue();
    expect((await callApi(konvert.url, 'GET', '/v3/channels', { key: apiKey })).status).toBe(200);
    await expect.poll(() => page.evaluate('document.activeElement.value')).toBe(apiKey);
    expect(await axe(page)).toEqual([]);

    await keys.getByRole('button', { name: 'Revoke The shop' }).click();
    await page.getByRole('dialog', { name: 'Revoke The shop?' }).getByRole('button', { name: 'Revoke' }).click();
    await keys.getByText('The last key cannot be revoked').waitFor();
    await choose(page, 'Options');
    await choose(page, 'Keys and devices');
    await keys.getByRole('listitem').first().waitFor();
    expect(await page.content()).not.toContain(apiKey);
  });

  test('a device is told by its person and its browser, and signed out', async () => {
    const chats = await chromium.open(await konvert.link('maria'));
    await chats.getByRole('tab', { name: 'All' }).waitFor();
    const page = await openSettings();
    await choose(page, 'Keys and devices');
    const devices = page.getByRole('region', { name: 'Devices' });

    await devices.getByRole('button', { name: 'Sign out Maria, Chrome on Linux' }).click();
    await page.getByRole('dialog', { name: 'Sign out Maria?' }).getByRole('button', { name: 'Sign out' }).click();

    await page.getByRole('status').filter({ hasText: 'Maria is signed out' }).waitFor();
    await expect.poll(() => devices.getByRole('listitem').filter({ hasText: 'Maria' }).count()).toBe(0);
  });
});

test('the start ticks off what is done by itself, and leads into the chats', async () => {
  const page = await openSettings();
  const step = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await step('Connect a messenger').filter({ hasText: 'Done' }).waitFor();
  await step('Receive the first message').and(page.locator('[aria-current=step]')).waitFor();
  expect(await axe(page)).toEqual([]);

  await konvert.says('anna', 'Good day!');
  await step('Receive the first message').filter({ hasText: 'A client has written' }).waitFor();
  await page.getByText('Everything is set up.').waitFor();

  await page.getByLabel('Whose chats').selectOption({ label: 'Olga' });
  const [chats] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: 'Open the chats' }).click(),
  ]);
  await chats.getByRole('navigation').getByRole('link', { name: /^Anna/ }).waitFor();
});
