import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { untilSeen } from './people.ts';
import { endToasts, keepToasts } from './toasts.ts';

const konvert = useKonvert();
const chromium = useBrowser();
const envelope = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Olga's page with the chat of that client open. */
async function openChat(name: string): Promise<Page> {
  const context = await chromium.newContext();
  await keepToasts(context);
  const page = await context.newPage();
  await page.goto(await konvert.link('olga'));
  await page.getByRole('navigation').getByRole('link', { name }).click();
  return page;
}

test('P3 the envelope goes from red to grey and back, once for a double click', async () => {
  await konvert.says('dan', 'Thanks!');
  const page = await openChat('Dan Demo');
  await expect.poll(() => envelope(page, 'No reply needed (1)').count()).toBe(1);
  await untilSeen(page);
  const asked: string[] = [];
  page.on('request', (request) => request.url().endsWith('/no-reply-needed') && asked.push(request.url()));

  await envelope(page, 'No reply needed (1)').dblclick();
  await expect.poll(() => envelope(page, 'Nothing to answer').count()).toBe(1);
  await expect.poll(() => page.getByRole('article').filter({ hasText: 'Olga: no reply needed' }).count()).toBe(1);
  expect(asked).toHaveLength(1);
  await expect.poll(() => page.getByRole('button', { name: 'Undo' }).count()).toBe(1);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => envelope(page, 'No reply needed (1)').count()).toBe(1);

  await untilSeen(page);
  await envelope(page, 'Why').click();
  await page.getByRole('menuitem', { name: 'Answered by phone' }).click();
  await expect.poll(() => page.getByText('Olga: no reply needed, because “Answered by phone”').count()).toBe(1);
  // Once the toast is gone the line has it.
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).waitFor();
  await endToasts(page);
  await page.getByRole('article').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => envelope(page, 'No reply needed (1)').count()).toBe(1);
});

test('P2 a client of two channels: each dialog, all in one, and an answer by the channel that the composer names', async () => {
  await konvert.says('frank', 'By the first bot');
  await konvert.says('frank', 'By the second bot', { by: 'inTurn' });
  const page = await openChat('Frank Demo');
  const field = page.getByRole('textbox', { name: 'Message to Frank Demo' });
  const said = () => page.getByRole('article').allTextContents();
  await expect.poll(() => page.getByRole('article').count()).toBe(1);

  const channels = page.getByRole('button', { name: /^Telegram/ });
  await channels.click();
  await page.getByRole('menu').waitFor();
  // Another press takes the menu away.
  await channels.click();
  await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  await channels.click();
  await expect
    .poll(() => page.getByRole('menuitemradio').allTextContents())
    .toEqual([expect.stringMatching(/^Telegram · .*1/), expect.stringMatching(/^Telegram · .*1/), 'All dialogs']);
  await page.getByRole('menuitemradio', { name: 'All dialogs' }).click();
  // In whatever order: they may be of one second.
  await expect.poll(async () => (await said()).join()).toMatch(/first bot.*second bot|second bot.*first bot/s);
  await expect.poll(() => envelopeCount(page)).toBe(2);

  await page.getByRole('button', { name: /^via Telegram/ }).click();
  await page.getByRole('menuitemradio', { name: /turn/i }).click();
  // What an answer covers has been on the screen for half a second.
  await untilSeen(page);
  await field.fill('To the second');
  await field.press('Enter');
  await konvert.untilGot('frank', 'To the second', 'inTurn');
  expect(await konvert.got('frank')).toEqual([]);
  await expect.poll(() => envelopeCount(page)).toBe(1);
});

/** The number on the envelope. */
async function envelopeCount(page: Page): Promise<number> {
  const [words = ''] = await page.getByRole('button', { name: /^No reply needed/ }).allTextContents();
  return Number(/\((\d+)\)/.exec(words)?.[1] ?? 0);
}

test('why somebody answers for a client is said in sentences, and the client can be handed over to who may write', async () => {
  await konvert.says('dan', 'Is anybody there?', { by: 'inTurn' });
  const page = await openChat('Dan Demo');
  const responsible = page.getByRole('button', { name: /^Responsible: (Ivan|Maria)/ });
  await page.getByRole('button', { name: /^Telegram/ }).click();
  await page.getByRole('menuitemradio', { name: /turn/i }).click();
  await expect.poll(() => responsible.count()).toBe(1);
  const [first = ''] = await responsible.allTextContents();
  const other = first.includes('Ivan') ? 'Maria' : 'Ivan';

  await responsible.click();
  await expect.poll(() => page.getByRole('menuitem').allTextContents()).toContain(`Hand over to ${other}`);
  expect((await page.getByRole('menuitem').allTextContents()).join()).not.toContain('Pavel');
  await page.getByRole('menuitem', { name: 'Why this user?' }).click();
  const dialog = page.getByRole('dialog', { name: 'Why this user?' });
  await expect
    .poll(() => dialog.textContent())
    .toMatch(/received the client because it was their turn.*Place in the rotation: [12]\./s);
  await page.keyboard.press('Escape');

  await responsible.click();
  await page.getByRole('menuitem', { name: `Hand over to ${other}` }).click();
  await expect.poll(() => page.getByRole('button', { name: `Responsible: ${other}` }).count()).toBe(1);
  await page.getByRole('button', { name: `Responsible: ${other}` }).click();
  await page.getByRole('menuitem', { name: 'Why this user?' }).click();
  await expect.poll(() => dialog.textContent()).toContain(`The client was handed over to ${other}.`);
});

test('an answer that is still owed turns the envelope red until it is taken back', async () => {
  await konvert.says('anna', 'Will you look it up?');
  const page = await openChat('Anna Demo');
  await untilSeen(page);
  const field = page.getByRole('textbox', { name: 'Message to Anna Demo' });
  await field.fill('I will, in an hour');
  await field.press('Enter');
  await expect.poll(() => envelope(page, 'Nothing to answer').count()).toBe(1);

  await page.getByRole('button', { name: 'I still owe an answer' }).click();
  await expect.poll(() => envelope(page, 'No reply needed (1)').count()).toBe(1);
  await page
    .getByRole('article')
    .filter({ hasText: 'Olga: an answer is still owed' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect.poll(() => envelope(page, 'Nothing to answer').count()).toBe(1);
});

test('a chat of a deleted channel says so in the place of its composer, and can still be dealt with', async () => {
  await konvert.says('eva', 'By the number', { by: 'number' });
  const { body: channels } = await konvert.api('GET', '/v3/channels');
  const { channelId } = channels.find(({ transport }: { transport: string }) => transport === 'wapi');
  const page = await openChat('Eva Demo');
  await page.getByRole('textbox', { name: 'Message to Eva Demo' }).fill('Half a sentence');
  expect((await konvert.api('DELETE', `/v1/channels/${channelId}`)).status).toBe(200);

  await page.reload();
  await page.getByText('This channel was deleted: nothing can be sent through it any more').waitFor();
  expect(await page.getByRole('textbox', { name: /^Message to/ }).count()).toBe(0);
  await page.getByText('Half a sentence', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Copy' }).first().waitFor();
  await untilSeen(page);
  await envelope(page, 'No reply needed (1)').click();
  await envelope(page, 'Nothing to answer').waitFor();
  expect(await axe(page)).toEqual([]);
});
