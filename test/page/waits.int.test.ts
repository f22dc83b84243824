import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { until } from '#test/e2e/call-api';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { tabTo } from './hands.ts';
import { useKonvert } from './konvert.ts';
import { lineOf, untilSeen, zoneOfNoon } from './people.ts';
import { keepToasts } from './toasts.ts';

// T8, T10, T11 as a seller sees them. A minute of the timer is played: what the server tells of it is put into its answers.

const konvert = useKonvert();
const chromium = useBrowser();

/** What is told of a chat beside what is stored. */
type Told = {
  readonly leavesAt?: string;
  readonly late?: true;
  readonly told?: string;
  readonly responsibleUserId?: string;
};

/** Puts that into what the server tells of chats, by the name of the client, until it is taken back. */
async function play(page: Page, told: Map<string, Told>): Promise<void> {
  await page.route(/\/v1\/chats(?:\?|\/[^/]+\/[^/]+\/[^/]+$)/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    const playOne = <Of extends { name: string }>(chat: Of) => ({ ...chat, ...told.get(chat.name) });
    const json = body.chats ? { ...body, chats: body.chats.map(playOne) } : response.ok() ? playOne(body) : body;
    await route.fulfill({ response, json });
  });
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const status = (page: Page, words: string) => page.getByRole('button', { name: `Your status: ${words}` });
const memberOf = async (userId: string) =>
  (await konvert.api('GET', '/v1/users')).body.users.find((one: { userId: string }) => one.userId === userId);

/** That client writes, and is Ivan's. */
async function waitsFor(client: DemoClient): Promise<void> {
  await konvert.says(client, 'Is anybody there?');
  const chat = `${konvert.account.channelId}/telegram/${DEMO_CLIENTS[client].id}`;
  const give = () => konvert.api('PUT', `/v1/chats/${chat}/responsible`, { body: { userId: 'ivan' } });
  // The chat is there soon after the message.
  await until(`${client} is Ivan's`, async () => (await give()).status === 200 || undefined);
}

/** A new client comes to Ivan by turn, in a channel that returns clients. */
async function comesInTurn(client: DemoClient): Promise<void> {
  const channelId = konvert.account.inTurnChannelId ?? '';
  const { version: _, ...chosen } = (await konvert.api('GET', '/v1/settings')).body.channels[channelId];
  await konvert.api('PUT', `/v1/settings/channels/${channelId}`, {
    body: { ...chosen, waiting: { returnAfterMinutes: 15 } },
  });
  await konvert.api('PUT', '/v1/users/maria/status', { body: { status: 'away' } });
  await konvert.says(client, 'Hello!', { by: 'inTurn' });
  const path = `/v1/chats/${channelId}/telegram/${DEMO_CLIENTS[client].id}`;
  await until(
    `${client} is Ivan's`,
    async () => (await konvert.api('GET', path)).body.responsibleUserId === 'ivan' || undefined,
  );
  await konvert.api('PUT', '/v1/users/maria/status', { body: { status: 'on' } });
}

beforeAll(async () => {
  await waitsFor('anna');
  await waitsFor('dan');
  await comesInTurn('eva');
});

test('T10 by the keyboard alone: away for an hour, waiting clients are asked about, and back', async () => {
  const page = await chromium.open(await konvert.link('ivan'), { timezoneId: zoneOfNoon() });
  await status(page, 'On').waitFor();
  await lineOf(page, 'Anna').waitFor();

  await tabTo(page, status(page, 'On'));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Away for an hour' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Away until \d\d:\d\d$/ });
  // Anna and Dan, who were handed over, stay.
  await dialog.getByRole('button', { name: 'Give back 1 new client who waits' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await tabTo(page, dialog.getByRole('button', { name: 'Keep them' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog.count()).toBe(0);
  expect(await memberOf('ivan')).toMatchObject({ status: 'away', by: 'user', until: expect.any(String) });

  const away = page.getByRole('button', { name: /^Your status: Away until/ });
  await tabTo(page, away);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Receive clients again' }).waitFor();
  await page.keyboard.press('Enter');
  await status(page, 'On').waitFor();
  expect(await memberOf('ivan')).toMatchObject({ status: 'on' });
});

test('T11 whom Konvert has set away is told above everything, and is here again by one click', async () => {
  const page = await (await chromium.newContext({ viewport: { width: 375, height: 700 } })).newPage();
  await konvert.api('PUT', '/v1/users/ivan/status', { body: { status: 'away' } });
  await page.route('**/v1/users', async (route) => {
    const response = await route.fetch();
    const { users } = await response.json();
    await route.fulfill({ response, json: { users: users.map((one: object) => ({ ...one, by: 'konvert' })) } });
  });
  await page.goto(await konvert.link('ivan'));

  const bar = page.getByRole('region', { name: /^Konvert has set you away/ });
  await bar.waitFor();
  expect(await axe(page)).toEqual([]);
  await bar.getByRole('button', { name: 'I am here' }).click();
  await expect.poll(() => bar.count()).toBe(0);
  expect(await memberOf('ivan')).toMatchObject({ status: 'on' });
});

test('T11 a head is told of colleagues whom Konvert has set away', async () => {
  const context = await chromium.newContext();
  await keepToasts(context);
  const page = await context.newPage();
  await page.route('**/v1/users', async (route) => {
    const response = await route.fetch();
    const { users } = await response.json();
    const setAway = (one: { userId: string }) =>
      one.userId === 'ivan' ? { ...one, status: 'away', by: 'konvert' } : one;
    await route.fulfill({ response, json: { users: users.map(setAway) } });
  });
  await page.goto(await konvert.link('olga'));

  await page
    .getByText(/^Konvert has set Ivan\b.* away: clients were not answered$/)
    .first()
    .waitFor();
  expect(await page.getByRole('region', { name: /^Konvert has set you away/ }).count()).toBe(0);
});

test('T8 the minute runs in the list and in the chat, and a reply stops it', async () => {
  const told = new Map<string, Told>([['Anna Demo', { late: true, leavesAt: inSeconds(540) }]]);
  const page = await (await chromium.newContext()).newPage();
  await play(page, told);
  await page.goto(await konvert.link('ivan'));
  // What sounds and tells of a client who leaves comes with the status, later than the minute itself.
  await page.getByRole('button', { name: /^Your status: / }).waitFor();
  await expect.poll(() => lineOf(page, 'Anna').textContent()).toMatch(/leaves in \d:\d\d/);
  await lineOf(page, 'Anna').click();
  const minute = page.getByRole('timer');
  await minute.getByText(/^Anna Demo goes to somebody else in \d:\d\d\. A reply keeps them with you\.$/).waitFor();
  const first = await minute.textContent();
  await expect.poll(() => minute.textContent()).not.toBe(first);
  expect(await axe(page)).toEqual([]);
  const sounded = () => page.evaluate<number>('Number(document.documentElement.dataset.sounded ?? 0)');
  const times = await sounded();
  told.set('Anna Demo', { late: true, leavesAt: inSeconds(570) });
  await konvert.says('anna', 'Hello?');
  await expect.poll(sounded).toBe(times + 1);

  await untilSeen(page);
  const field = page.getByRole('textbox', { name: 'Message to Anna Demo' });
  await field.fill('I am here');
  told.clear();
  await field.press('Enter');
  await konvert.untilGot('anna', 'I am here');
  await expect.poll(() => minute.count()).toBe(0);
  await expect.poll(() => lineOf(page, 'Anna').textContent()).not.toContain('leaves');
});

test('who was left is told so, and the history says from whom to whom and why', async () => {
  const told = new Map<string, Told>([['Dan Demo', { late: true, leavesAt: inSeconds(1) }]]);
  const page = await (await chromium.newContext({ locale: 'ru-RU' })).newPage();
  await play(page, told);
  await page.route(/\/v1\/assignments/, async (route) => {
    const response = await route.fetch();
    const { assignments } = await response.json();
    const returned = { ...assignments[0], assignmentId: 'played', rule: 'returned', from: 'ivan', userId: 'maria' };
    const isGone = told.get('Dan Demo')?.responsibleUserId === 'maria';
    const json = { assignments: isGone ? [{ ...returned, waitedMinutes: 15, passedOver: [] }, ...assignments] : [] };
    await route.fulfill({ response, json });
  });
  await page.goto(await konvert.link('ivan'));
  await lineOf(page, 'Dan').click();
  await page.getByRole('timer').waitFor();
  await page.getByRole('timer').getByText('Dan Demo уходит другому сотруднику').waitFor();
  // What tells of it comes with the status, later than the minute itself.
  await page.getByRole('button', { name: /^Ваш статус: / }).waitFor();

  told.set('Dan Demo', { responsibleUserId: 'maria' });
  await konvert.says('dan', 'Hello?');
  await page.getByRole('status').getByText('Dan Demo теперь у сотрудника Maria: ответа не было вовремя').waitFor();
  await page.getByRole('article').getByText('Ivan → Maria: 15 мин без ответа').waitFor();
  await expect.poll(() => page.getByRole('timer').count()).toBe(0);
});

test('T7 a head sees who waits too long, and that it was told; quality control has no status', async () => {
  const told = new Map<string, Told>([['Dan Demo', { late: true, told: inSeconds(-60) }]]);
  const page = await (await chromium.newContext()).newPage();
  await play(page, told);
  await page.goto(await konvert.link('olga'));

  await expect.poll(() => lineOf(page, 'Dan').textContent()).toContain('waits too long, the heads were told');
  await status(page, 'On').waitFor();
  const pavel = await (await chromium.newContext()).newPage();
  const asked = pavel.waitForResponse(/\/v1\/users$/);
  await pavel.goto(await konvert.link('pavel'));
  await asked;
  await lineOf(pavel, 'Dan').waitFor();
  expect(await status(pavel, 'On').count()).toBe(0);
});
