import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { freePort, until } from '#test/e2e/call-api';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { useReceiver } from './receiver.ts';

const konvert = useKonvert();
const chromium = useBrowser();
const receiver = useReceiver();
const MESSAGES = { messagesAndStatuses: true };

beforeEach(() => {
  receiver.status = 200;
});

async function openSettings(name: string, options: Parameters<typeof chromium.open>[1] = {}): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), options);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await go(page, name);
  return page;
}

async function go(page: Page, name: string): Promise<void> {
  await page.evaluate(`location.hash = '#/settings/${name}'`);
  await page.locator('.settings-card').first().waitFor();
}

function register(subscriptions: Readonly<Record<string, boolean>> = MESSAGES) {
  return konvert.api('PATCH', '/v3/webhooks', { body: { webhooksUri: receiver.uri, subscriptions } });
}

/** What the line says that begins so. */
function line(page: Page, what: string | RegExp) {
  return page.getByRole('listitem').filter({ hasText: what });
}

test('an address is saved once it answers, and every refusal stands at its field', async () => {
  const page = await openSettings('webhook');
  const address = page.getByRole('textbox', { name: 'Address', exact: true });
  const key = page.getByLabel('Key of your CRM');
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByText('No address is saved yet').waitFor();
  await key.fill('the-key');

  const refused = async (typed: string, words: RegExp) => {
    await address.fill(typed);
    await save.click();
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    expect(await address.inputValue()).toBe(typed);
    expect(await key.inputValue()).toBe('the-key');
    await expect.poll(() => address.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => address.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await address.getAttribute('aria-describedby')).toBe(await page.getByRole('alert').getAttribute('id'));
  };
  await refused('ftp://crm.example', /begins with https:\/\/ or http:\/\//);
  await refused(`http://127.0.0.1:${await freePort()}/hook`, /refused the connection/);
  receiver.status = 404;
  await refused(receiver.uri, /404: nobody listens/);
  receiver.status = 204;
  await refused(receiver.uri, /answered 204, and has to answer 200/);
  await key.fill('ключ');
  receiver.status = 200;
  await save.click();
  await page.getByRole('alert').filter({ hasText: 'A key has letters' }).waitFor();

  await key.fill('the-key');
  await save.press('Enter');

  await page.getByText('Saved. The address answered 200').waitFor();
  await expect
    .poll(() => receiver.told.at(-1))
    .toMatchObject({ authorization: 'Bearer the-key', body: { test: true } });
  await expect.poll(() => key.inputValue()).toBe('');
  await page.getByText('the key that is saved stays').waitFor();
  await address.fill('https://other.example/hook');
  await page.getByText('a saved key is not told to it').waitFor();
  await key.fill('k');
  await page.getByText('It takes the place of the key').waitFor();

  await page.getByRole('link', { name: 'Audit' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  expect([await address.inputValue(), await key.inputValue()]).toEqual(['https://other.example/hook', 'k']);
});

test('a saved key is removed, and a test call tells what came of it and when', async () => {
  await konvert.api('PATCH', '/v3/webhooks', {
    body: { webhooksUri: receiver.uri, subscriptions: MESSAGES, crmKey: 'gone-soon' },
  });
  const page = await openSettings('webhook');

  await page.getByRole('switch', { name: 'Remove the saved key' }).press('Space');
  await page.getByText('The saved key is removed when you save').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByText('Saved. The address answered 200').waitFor();
  await expect.poll(() => receiver.told.at(-1)?.authorization).toBe(undefined);

  receiver.status = 503;
  const call = page.getByRole('button', { name: 'Call now' });
  await call.press('Enter');
  await page.getByRole('status').filter({ hasText: '503: the receiver has a fault' }).waitFor();
  await page.getByRole('row', { name: /503: the receiver has a fault.*test call/ }).waitFor();
  await expect.poll(() => call.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('a new signing secret is shown once, and said how long the former one signs', async () => {
  await register();
  const page = await openSettings('webhook');

  await page.getByRole('button', { name: 'New secret…' }).click();
  await page.getByRole('dialog').getByText('The former one signs for 24 more hours').waitFor();
  await page.getByRole('button', { name: 'Make a new secret' }).click();

  const dialog = page.getByRole('dialog', { name: 'Signing secret' });
  await expect.poll(() => dialog.getByLabel('Signing secret', { exact: true }).inputValue()).toMatch(/^whsec_/);
  await dialog.getByText('The former secret signs until').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

test('what a receiver that has ended did not get is seen, said why, and sent again once it is back', async () => {
  await register();
  receiver.status = 410;
  await konvert.says('anna', 'Is anybody there?');
  const page = await openSettings('deliveries');
  const failed = line(page, 'it wants no more events (410)').first();
  await failed.getByRole('button', { name: /^Send again: To the CRM: a message/ }).click();
  await page.getByRole('alert').filter({ hasText: 'No address is saved' }).waitFor();
  await page.getByRole('link', { name: 'Save an address' }).click();
  await page.getByText('wants no more events (410), and nothing has been sent to it since').waitFor();
  receiver.status = 200;
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. The address answered 200').waitFor();
  await expect.poll(() => page.getByText('nothing has been sent to it since').count()).toBe(0);

  await go(page, 'deliveries');
  const again = line(page, 'it wants no more events (410)')
    .first()
    .getByRole('button', { name: /^Send again/ });
  await again.focus();
  await page.keyboard.press('Enter');

  const button = page.getByRole('button', { name: /^Sent ✓: To the CRM: a message/ });
  await button.waitFor();
  await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true);
  await expect.poll(() => textsTold()).toContain('Is anybody there?');
});

test('all that failed for a receiver is sent again at once', async () => {
  await register();
  const { channelId } = konvert.account;
  const stranger = { channelId, chatType: 'telegram', chatId: '4711' };
  for (const text of ['One', 'Two']) await konvert.api('POST', '/v3/message', { body: { ...stranger, text } });
  const page = await openSettings('deliveries');
  const lines = line(page, 'Reply to 4711 via Demo bot (Telegram)');
  await expect.poll(() => lines.count()).toBe(2);
  await page.getByText('The messenger knows no such person').first().waitFor();
  await page.getByText('The messenger’s words: “Bad Request: chat not found”').first().waitFor();

  await page.getByRole('button', { name: 'Send all again: 4711' }).press('Enter');

  await page.getByText('2 are sent again').waitFor();
  await expect.poll(() => lines.filter({ hasText: 'Failed again' }).count()).toBe(2);
});

test('what waits says why and when it is tried next, and leaves without a reload', async () => {
  await register();
  receiver.status = 503;
  await konvert.says('bob', 'What waits');
  const page = await openSettings('deliveries');
  const waiting = line(page, '503: the receiver has a fault').first();
  await waiting.filter({ hasText: /next attempt (?:in|within)/ }).waitFor();

  // Not before it is asked for: an attempt of its own would take the button away.
  await page.route(/\/v1\/deliveries\/[^/]+\/retry$/, (route) => {
    receiver.status = 200;
    return route.continue();
  });
  await waiting.getByRole('button', { name: /^Try now/ }).click();

  await page
    .getByRole('button', { name: /^Sent ✓/ })
    .first()
    .waitFor();
  await expect.poll(() => textsTold()).toContain('What waits');
});

test('events that the CRM has taken are sent once more from a time on', async () => {
  await register();
  await konvert.says('carol', 'To be told twice');
  await until('it is told', async () => textsTold().includes('To be told twice') || undefined);
  const page = await openSettings('deliveries');
  await page.getByText('Send events to the CRM once more').press('Enter');
  const from = page.getByLabel('From', { exact: true });
  const good = await from.inputValue();
  await from.fill('2020-01-01T00:00');
  await page.getByRole('button', { name: 'Send again from then on' }).click();
  await page.getByRole('alert').filter({ hasText: 'within the last seven days' }).waitFor();

  await from.fill(good);
  await page.getByRole('button', { name: 'Send again from then on' }).click();

  await page.getByText(/sent again$/).waitFor();
  await expect.poll(() => textsTold().filter((text) => text === 'To be told twice').length).toBe(2);
});

test('on a phone, by keyboard alone: from the menu to what failed, and sent again', async () => {
  await konvert.api('POST', '/v3/message', {
    body: { channelId: konvert.account.channelId, chatType: 'telegram', chatId: '4713', text: 'To nobody' },
  });
  const page = await chromium.open(await konvert.settingsLink(), {
    viewport: { width: 375, height: 800 },
    locale: 'ru',
  });
  await page.getByRole('heading', { level: 1 }).waitFor();
  const tabTo = async (name: RegExp) => {
    const focused = () => page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent');
    await expect
      .poll(async () => {
        await page.keyboard.press('Tab');
        return focused();
      })
      .toMatch(name);
  };

  await tabTo(/^Назад в меню$/);
  await page.keyboard.press('Enter');
  await tabTo(/^Доставка$/);
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'Ответ клиенту 4713' }).first().waitFor();
  await tabTo(/^Отправить снова: Ответ клиенту 4713/);
  await page.keyboard.press('Enter');

  await page.getByRole('listitem').filter({ hasText: 'Снова не доставлено' }).first().waitFor();
  await expect
    .poll(() => page.evaluate<string>('document.activeElement.ariaLabel'))
    .toMatch(/^Отправить снова: Ответ клиенту 4713/);
});

test('what failed goes on by pages', async () => {
  const { channelId } = konvert.account;
  for (let number = 0; number < 51; number += 1) {
    await konvert.api('POST', '/v3/message', {
      body: { channelId, chatType: 'telegram', chatId: `48${number}`, text: 'To nobody' },
    });
  }
  const page = await openSettings('deliveries');
  const failed = page.getByRole('region', { name: 'Failed' }).getByRole('listitem');
  await expect.poll(() => failed.count()).toBe(50);

  await page.getByRole('button', { name: 'Show more' }).press('Enter');

  await expect.poll(() => failed.count()).toBeGreaterThan(50);
});

test.each([
  ['en', 1280],
  ['ru', 375],
] as const)(
  'nothing is wrong with the screens for axe, nor wider than the window: %s, %i px',
  async (locale, width) => {
    await register();
    await konvert.api('POST', '/v3/message', {
      body: { channelId: konvert.account.channelId, chatType: 'telegram', chatId: '4712', text: 'To nobody' },
    });
    const page = await openSettings('deliveries', { locale, viewport: { width, height: 800 } });
    await line(page, '4712').first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);

    await go(page, 'webhook');
    await page.getByRole('textbox').first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  },
);

function textsTold(): unknown[] {
  return receiver.told.flatMap(({ body }) => {
    const { messages = [] } = body as { messages?: readonly { readonly text?: string }[] };
    return messages.map(({ text }) => text);
  });
}
