import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { openHostPage } from './frames.ts';
import { useKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

// A window of its own stays signed in on its device, by a cookie that only renews. A frame has none.

const konvert = useKonvert();
const chromium = useBrowser();

beforeAll(() => konvert.says('anna', 'Good day!'));

async function deviceCookies(context: BrowserContext) {
  const cookies = await context.cookies();
  return cookies.filter(({ name }) => name === '__Host-konvert-device');
}

async function signedIn(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await lineOf(page, 'Anna').waitFor();
  return page;
}

async function devicesOf(person: 'olga' | 'ivan'): Promise<{ deviceId: string }[]> {
  return (await konvert.api('GET', '/v1/devices', { as: person })).body.devices;
}

describe.each(['127.0.0.1', 'localhost'] as const)('a window of its own at %s', (host) => {
  test('opens the next morning without a link, until its device is signed out', async () => {
    const context = await chromium.newContext();
    await (await signedIn(context, await konvert.link('olga', host))).close();

    expect(await deviceCookies(context)).toMatchObject([
      { domain: host, path: '/', httpOnly: true, secure: true, sameSite: 'Strict' },
    ]);
    const address = `${konvert.url.replace('127.0.0.1', host)}/chat/${konvert.account.accountId}`;
    // The storage of the tab is gone with it.
    await (await signedIn(context, address)).close();

    for (const { deviceId } of await devicesOf('olga')) await konvert.api('DELETE', `/v1/devices/${deviceId}`);
    const page = await context.newPage();
    await page.goto(address);
    await page.getByText('Open the chats from your CRM, or by a fresh link.').waitFor();
  });
});

test('two people in one browser keep their own windows', async () => {
  const context = await chromium.newContext();
  const olga = await signedIn(context, await konvert.link('olga'));
  await signedIn(context, await konvert.link('ivan'));

  await expect.poll(() => deviceCookies(context)).toHaveLength(1);
  await olga.reload();
  await lineOf(olga, 'Anna').waitFor();
  expect(await devicesOf('olga')).toHaveLength(1);
  expect(await devicesOf('ivan')).toHaveLength(1);
});

test('a frame gets no cookie, whatever it asks for', async () => {
  const host = await openHostPage();
  const frameAncestors = [new URL(host.url).origin];
  expect((await konvert.api('PATCH', '/v1/settings', { body: { frameAncestors } })).status).toBe(200);
  host.frames = [await konvert.link('olga', 'localhost')];
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(host.url);
  const frame = page.frame('frame-0')!;
  await lineOf(frame, 'Anna').waitFor();

  const link = (await konvert.link('olga', 'localhost')).split('#k=')[1];
  const status = await frame.evaluate(async (secret) => {
    const wanted = { method: 'POST', body: JSON.stringify({ link: secret, device: true }) };
    return (await fetch('../v1/page-tokens', wanted)).status;
  }, link);
  expect(status).toBe(201);
  expect(await deviceCookies(context)).toEqual([]);
});
