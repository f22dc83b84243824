import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from '#test/e2e/call-api';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { useReceiver } from './receiver.ts';

const konvert = useKonvert();
const chromium = useBrowser();
const receiver = useReceiver();

async function openSettings(address: string, options: Parameters<typeof chromium.open>[1] = {}): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), options);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(`location.hash = '#/settings/${address}'`);
  await page.locator('.settings-card').first().waitFor();
  return page;
}

/** Lets clients who are new write to the bot that gives them out in turn, until each has somebody. */
async function giveOut(): Promise<void> {
  for (const client of ['dan', 'eva'] as const) await konvert.says(client, 'Good day!', { by: 'inTurn' });
  await until('both have somebody', async () => {
    const { assignments } = (await konvert.api('GET', '/v1/assignments')).body;
    return assignments.length >= 2 || undefined;
  });
}

test('the log of assignments says who got whom and why, and a filtered one can be linked', async () => {
  await giveOut();
  const page = await openSettings('assignments');
  await page.getByText(/ → Ivan: place 1 in the rotation of Demo bot in turn/).waitFor();
  await page.getByText(/ → Maria: place 2 in the rotation of Demo bot in turn/).waitFor();

  const user = page.getByRole('combobox', { name: 'Person' });
  await user.focus();
  await user.selectOption('Maria');

  await expect.poll(() => page.getByText(/ → Ivan:/).count()).toBe(0);
  await page.getByText(/ → Maria:/).waitFor();
  await expect.poll(() => user.evaluate((select) => select === document.activeElement)).toBe(true);
  await expect.poll(() => page.url()).toMatch(/#\/settings\/assignments\/\/maria$/);
  await page.getByRole('combobox', { name: 'Rule' }).selectOption('Replied first');
  await page.getByText('The log has nothing of the kind').waitFor();

  const linked = await openSettings(`assignments/${konvert.account.inTurnChannelId}//round-robin`, { locale: 'ru' });
  await linked.getByText(/ → Ivan: 1-е место в очереди, канал «Demo bot in turn»/).waitFor();
  const options = await linked
    .getByRole('combobox')
    .evaluateAll((all) =>
      all.map((select) => (select as unknown as { selectedOptions: { text: string }[] }).selectedOptions[0]?.text),
    );
  expect(options).toEqual(['Demo bot in turn', 'Все', 'По очереди']);
});

test('the audit names who did what, and goes on by pages', async () => {
  for (let times = 0; times < 50; times += 1) {
    const notifyHeadsAboutAllMessages = times % 2 === 0;
    await konvert.api('PATCH', '/v1/settings', { body: { notifyHeadsAboutAllMessages } });
  }
  const { keyId } = (await konvert.api('POST', '/v1/account/keys', { body: { name: 'Old CRM' } })).body;
  const page = await openSettings('audit');
  await page.getByText(/^The key “Old CRM” was made by the key “/).waitFor();
  await konvert.api('DELETE', `/v1/account/keys/${keyId}`);
  await page.reload();
  await page.getByText(new RegExp(`^The key “${keyId.slice(0, 8)}…” was revoked by the key “`)).waitFor();
  expect(await page.getByText('The account was made by the operator').count()).toBe(0);

  await page.getByRole('button', { name: 'Show more' }).press('Enter');

  await page.getByText('The account was made by the operator').waitFor();
  await page.getByText(/^“Demo bot” was connected by the key “/).waitFor();
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H1');
});

test('health tells who waits and what does not leave, and that all is well again, without a reload', async () => {
  const page = await openSettings('health');
  await page.getByText('Nothing waits to leave').waitFor();

  await konvert.api('PATCH', '/v3/webhooks', {
    body: { webhooksUri: receiver.uri, subscriptions: { messagesAndStatuses: true } },
  });
  receiver.status = 503;
  await konvert.says('anna', 'Is anybody there?');

  // Those of the tests before may have waited for longer.
  await page.getByText(/waits \d+ min$/).waitFor();
  await page.getByText('1 event for the CRM').waitFor();
  await page.getByText('503: the receiver has a fault').waitFor();
  expect(await axe(page)).toEqual([]);

  receiver.status = 200;
  await konvert.api('POST', '/v1/deliveries/retry', { body: { target: 'webhook' } });
  await page.getByText('Nothing waits to leave').waitFor();
});

test('health tells how many wait without anybody, and what to do', async () => {
  const channel = konvert.account.inTurnChannelId;
  const { [`${channel}`]: before } = (await konvert.api('GET', '/v1/settings')).body.channels;
  const { problems: _, version: __, ...settings } = before;
  const userRoles = settings.userRoles.map((role: object) => ({ ...role, allowGetNewClients: false }));
  await konvert.api('PUT', `/v1/settings/channels/${channel}`, { body: { ...settings, userRoles } });
  await konvert.says('frank', 'Anybody?', { by: 'inTurn' });

  const page = await openSettings('health', { locale: 'ru' });

  await page.getByText(/^\d+ клиент(?:а|ов)? (?:ждёт|ждут) и никому не назначены?$/).waitFor();
  await page.getByText('включите это кому-нибудь').waitFor();
  await page.locator('main').getByRole('link', { name: 'Роли и распределение' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Роли и распределение' }).waitFor();
});

test.each([
  ['en', 1280],
  ['ru', 375],
] as const)('nothing is wrong with the logs for axe, nor wider than the window: %s, %i px', async (locale, width) => {
  await giveOut();
  for (const name of ['assignments', 'audit']) {
    const page = await openSettings(name, { locale, viewport: { width, height: 800 } });
    await page.locator('main').getByRole('listitem').first().waitFor();

    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
});
