import type { Frame, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { type HostPage, openHostPage } from './frames.ts';
import { useKonvert } from './konvert.ts';
import { lineOf, lines } from './people.ts';

// Scenario 6 of the design: the page in the frame of a CRM, which is another site.

const konvert = useKonvert();
const USED = 'This link has been used or is too old';

beforeAll(async () => {
  for (const client of ['anna', 'carol', 'bob'] as const) await konvert.says(client, `It is ${client}.`);
});

/** The site of the CRM to which the account's events go. */
async function openCrm(): Promise<HostPage> {
  const host = await openHostPage();
  const body = { webhooksUri: `${host.url}events`, subscriptions: { messagesAndStatuses: false } };
  expect((await konvert.api('PATCH', '/v3/webhooks', { body })).status).toBe(200);
  return host;
}

/** A link as the CRM gets it, at the other site. */
async function frameLink(body: Record<string, unknown> = {}): Promise<string> {
  const wanted = { user: { id: 'olga', name: 'Olga' }, scope: 'global', ...body };
  const answer = await konvert.api('POST', '/v3/iframe', { body: wanted });
  expect(answer.status).toBe(200);
  return String(answer.body.url).replace('//127.0.0.1:', '//localhost:');
}

function frameOf(page: Page, index = 0): Frame {
  const frame = page.frame(`frame-${index}`);
  if (!frame) throw new Error(`The CRM shows no frame ${index}`);
  return frame;
}

/** Every address that the browser asked a server for, from now on. */
function addressesOf(page: Page): string[] {
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url().split('#')[0]!, request.headers().referer ?? ''));
  return addresses;
}

describe.each(['own', 'refused'] as const)('storage in frames: %s.', (storageInFrames) => {
  const chromium = useBrowser({ storageInFrames });

  test('a link opens the chats, and no server saw its secret', async () => {
    const host = await openCrm();
    const link = await frameLink();
    host.frames = [link];
    const page = await (await chromium.newContext()).newPage();
    const addresses = addressesOf(page);
    await page.goto(host.url);

    await lineOf(frameOf(page), 'Anna').waitFor();
    expect(frameOf(page).url()).not.toContain('k=');
    const secret = link.split('#k=')[1]!;
    expect(secret).toHaveLength(43);
    expect(addresses.length).toBeGreaterThan(10);
    expect(addresses.filter((address) => address.includes(secret) || address.includes('kp_'))).toEqual([]);
  });

  test('two frames of one tab show what their own links say', async () => {
    const host = await openCrm();
    const carol = [{ chatType: 'telegram', chatId: '1003' }];
    host.frames = [await frameLink(), await frameLink({ scope: 'card', filter: carol })];
    const page = await chromium.open(host.url);

    await lineOf(frameOf(page, 0), 'Anna').waitFor();
    await lineOf(frameOf(page, 1), 'Carol').waitFor();
    await expect.poll(() => lines(frameOf(page, 1))).toHaveLength(1);
    expect(await frameOf(page, 1).locator('body').textContent()).not.toContain('Anna');
    await expect.poll(() => lines(frameOf(page, 0))).toHaveLength(3);
  });

  test('a link that was spent elsewhere says what to do, and tells the CRM and nobody else', async () => {
    const host = await openCrm();
    const link = await frameLink();
    const spent = await konvert.api('POST', '/v1/page-tokens', { body: { link: link.split('#k=')[1] } });
    expect(spent.status).toBe(201);
    host.frames = [link];
    const page = await chromium.open(host.url);

    await frameOf(page).getByRole('heading', { name: USED }).waitFor();
    await frameOf(page).getByText('Open the chats again from your CRM.').waitFor();
    await expect
      .poll(() => host.told(page))
      .toEqual([{ origin: new URL(link).origin, data: { type: 'KONVERT_LINK_EXPIRED' } }]);
  });

  test(`a reload of the CRM ${storageInFrames === 'own' ? 'keeps the chats open' : 'says what to do'}`, async () => {
    const host = await openCrm();
    host.frames = [await frameLink()];
    const page = await chromium.open(host.url);
    await lineOf(frameOf(page), 'Anna').waitFor();

    await page.reload();

    if (storageInFrames === 'own') await lineOf(frameOf(page), 'Anna').waitFor();
    else await frameOf(page).getByRole('heading', { name: USED }).waitFor();
  });

  test('another link in the same frame shows what that one says, though nothing but its end differs', async () => {
    const host = await openCrm();
    host.frames = [await frameLink()];
    const page = await chromium.open(host.url);
    await lineOf(frameOf(page), 'Anna').waitFor();

    const link = await frameLink({ scope: 'card', filter: [{ chatType: 'telegram', chatId: '1003' }] });
    await page.evaluate(`document.querySelector('iframe').src = ${JSON.stringify(link)}`);

    await expect.poll(() => lines(frameOf(page))).toEqual([expect.stringMatching(/^Carol/)]);
    expect(frameOf(page).url()).not.toContain('k=');
  });

  test('a session that ends while the page is open says so', async () => {
    const host = await openCrm();
    host.frames = [await frameLink()];
    const page = await (await chromium.newContext()).newPage();
    const bearer = page.waitForRequest((request) => request.url().endsWith('/v1/me'));
    await page.goto(host.url);
    const { authorization = '' } = (await bearer).headers();
    await lineOf(frameOf(page), 'Anna').waitFor();
    await fetch(`${konvert.url}/v1/page-tokens`, { method: 'DELETE', headers: { authorization } });

    await frameOf(page).getByRole('heading', { name: USED }).waitFor();
    await expect
      .poll(() => host.told(page))
      .toContainEqual({
        origin: expect.stringContaining('localhost'),
        data: { type: 'KONVERT_LINK_EXPIRED' },
      });
  });
});

describe('whoever is around the page', () => {
  const chromium = useBrowser();

  test('is told to open a deal and to make one, if the CRM wants to be', async () => {
    const deal = { responsibleUserId: 'olga', contacts: ['bob'] };
    const deals = [
      { ...deal, id: 'd1', name: 'A fridge', uri: 'https://crm.test/deals/1' },
      { ...deal, id: 'd2', name: 'A stove', closed: true },
    ];
    expect((await konvert.api('POST', '/v3/deals', { body: deals })).status).toBe(200);
    const host = await openCrm();
    host.frames = [await frameLink({ options: { useDealsEvents: true } })];
    const page = await chromium.open(host.url);
    await lineOf(frameOf(page), 'Bob').click();

    await frameOf(page).getByRole('button', { name: 'Deals' }).click();
    await frameOf(page).getByText('A fridge').click();
    await frameOf(page).getByText('A stove').click();
    await frameOf(page).getByRole('button', { name: 'Create a deal' }).click();

    const chat = {
      chatType: 'telegram',
      chatId: '1002',
      channelId: konvert.account.channelId,
      userId: 'olga',
      integrationId: konvert.account.accountId,
    };
    const of = { closed: false, responsibleUserName: 'Olga' };
    const fridge = { ...of, id: 'd1', name: 'A fridge', link: 'https://crm.test/deals/1' };
    const stove = { ...of, id: 'd2', name: 'A stove', closed: true };
    await expect
      .poll(async () => (await host.told(page)).map(({ data }) => data))
      .toEqual([
        { type: 'WZ_OPEN_ENTITY', data: { ...chat, entity: fridge } },
        { type: 'WZ_OPEN_ENTITY', data: { ...chat, entity: stove } },
        { type: 'WZ_CREATE_ENTITY', data: chat },
      ]);
    for (const { origin } of await host.told(page)) expect(origin).toMatch(/^http:\/\/localhost:/);
  });

  test.each([
    ['a site that nobody allowed', async () => frameLink()],
    [
      'the CRM, of the page where people sign in and of the settings',
      async () => `http://localhost:${new URL(konvert.url).port}/chat/-`,
    ],
  ])('may not be %s', async (_who, link) => {
    const host = await openCrm();
    const stranger = await openHostPage();
    const around = (await link()).endsWith('/chat/-') ? host : stranger;
    around.frames = [await link()];
    // Not watched: the browser tells of the refusal.
    const context = await chromium.newUnwatched();
    const page = await context.newPage();
    await page.goto(around.url);

    await expect.poll(() => frameOf(page).url()).toMatch(/^chrome-error:/);
  });
});
