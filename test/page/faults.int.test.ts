import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf, untilSeen } from './people.ts';

// Scenario 4 of the design: the server is killed, answers are lost, sockets hang, and the computer sleeps. Nothing is
// lost or doubled, and what is shown is soon right.

const konvert = useKonvert();
const chromium = useBrowser();

interface Opened {
  readonly page: Page;
  /** The sockets of the page, the newest last. */
  readonly sockets: readonly WebSocketRoute[];
  /** From then on no frame passes a socket that is open, and nobody is told. */
  hang(): void;
}

/** A page with a proxy before its socket. */
async function open(client: string, options: { readonly clock?: boolean } = {}): Promise<Opened> {
  const context = await chromium.newContext();
  const page = await context.newPage();
  const sockets: WebSocketRoute[] = [];
  const hanging = new Set<WebSocketRoute>();
  await page.routeWebSocket(/doorbell/, (socket) => {
    const server = socket.connectToServer();
    sockets.push(socket);
    socket.onMessage((frame) => hanging.has(socket) || server.send(frame));
    server.onMessage((frame) => hanging.has(socket) || socket.send(frame));
  });
  if (options.clock) await page.clock.install();
  await page.goto(await konvert.link('olga'));
  await lineOf(page, client).click();
  await untilSeen(page);
  return {
    page,
    sockets,
    hang() {
      for (const socket of sockets) hanging.add(socket);
    },
  };
}

const box = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });
const said = (page: Page, text: string) => page.getByRole('feed').getByRole('article').filter({ hasText: text });

test('a server that is killed while somebody types costs no letter, and the list is right again by itself', async () => {
  await konvert.says('anna', 'Good day!');
  const { page } = await open('Anna');
  await box(page).fill('I was just about to');

  await konvert.restart();
  await konvert.says('bob', 'Who else is there?');

  await lineOf(page, 'Bob').waitFor();
  await expect.poll(() => box(page).inputValue()).toBe('I was just about to');
  await page.reload();
  await lineOf(page, 'Anna').click();
  await expect.poll(() => box(page).inputValue()).toBe('I was just about to');
  await box(page).fill('');
});

test('a reply that the server never got is sent again, once', async () => {
  await konvert.says('anna', 'Is it red?');
  const { page } = await open('Anna');
  await konvert.kill();

  await box(page).fill('It is red');
  await box(page).press('Enter');
  await said(page, 'It is red').waitFor();
  await konvert.restart();

  await konvert.untilGot('anna', 'It is red');
  await said(page, 'It is red')
    .getByRole('img', { name: /Sent|Delivered|Read/ })
    .waitFor();
  await page.waitForTimeout(3_000);
  expect((await konvert.got('anna')).filter((text) => text === 'It is red')).toHaveLength(1);
  expect(await said(page, 'It is red').count()).toBe(1);
});

test('a reply that the server stored, of which the answer was lost, is there once', async () => {
  await konvert.says('carol', 'Is it blue?');
  const { page } = await open('Carol');
  let lost = 0;
  await page.route('**/v3/message', async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort('connectionreset');
  });

  await box(page).fill('It is blue');
  await box(page).press('Enter');

  await konvert.untilGot('carol', 'It is blue');
  await said(page, 'It is blue')
    .getByRole('img', { name: /Sent|Delivered|Read/ })
    .waitFor();
  await page.waitForTimeout(3_000);
  expect(lost).toBe(1);
  expect((await konvert.got('carol')).filter((text) => text === 'It is blue')).toHaveLength(1);
  expect(await said(page, 'It is blue').count()).toBe(1);
  await expect.poll(() => box(page).inputValue()).toBe('');
});

test('a reply that was on its way when the page was closed leaves when it is opened again', async () => {
  await konvert.says('dan', 'Is it green?');
  const { page } = await open('Dan');
  await page.route('**/v3/message', (route) => route.abort('connectionreset'));
  await box(page).fill('It is green');
  await box(page).press('Enter');
  await said(page, 'It is green').waitFor();

  await page.unroute('**/v3/message');
  await page.reload();

  await konvert.untilGot('dan', 'It is green');
  await page.waitForTimeout(2_000);
  expect(await konvert.got('dan')).toEqual(['It is green']);
});

test('a socket that hangs is found out when the page is looked at, and what came meanwhile is shown', async () => {
  await konvert.says('eva', 'One');
  const { page, sockets, hang } = await open('Eva');
  await expect.poll(() => sockets.length).toBeGreaterThan(0);
  hang();
  await konvert.says('eva', 'Two, while nobody hears');

  // What tells of a waking within a second of another one counts as the same.
  await page.waitForTimeout(1_500);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));

  await said(page, 'Two, while nobody hears').waitFor();
  await expect.poll(() => sockets.length).toBeGreaterThan(1);
  await konvert.says('eva', 'Three, by the new socket');
  await said(page, 'Three, by the new socket').waitFor();
});

test('after three hours of sleep the list and the open chat are what they are now', async () => {
  await konvert.says('frank', 'Before the night');
  const { page, hang } = await open('Frank', { clock: true });
  hang();
  await konvert.says('frank', 'In the night');
  await konvert.says('bob', 'In the night, too');

  await page.clock.fastForward('03:00:00');

  await said(page, 'In the night').waitFor();
  await expect.poll(() => lineOf(page, 'Bob').textContent()).toContain('In the night, too');
});
