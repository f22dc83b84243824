import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { type Person, useKonvert } from './konvert.ts';
import { lineOf, untilSeen } from './people.ts';

// Scenarios 2 and 3 of the design: two people and one client, and messages that cross on the way.

const konvert = useKonvert();
const chromium = useBrowser();

async function openChat(person: Person, name: string): Promise<Page> {
  const page = await chromium.open(await konvert.link(person));
  await lineOf(page, name).click();
  await page.getByRole('feed').getByRole('article').last().waitFor();
  return page;
}

async function openAndSee(person: Person, name: string): Promise<Page> {
  const page = await openChat(person, name);
  await untilSeen(page);
  return page;
}

const box = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });
const redEnvelope = (page: Page) => page.getByRole('button', { name: /^No reply needed/ });
const greyEnvelope = (page: Page) => page.getByRole('button', { name: 'Nothing to answer' });

/** The role and switch of a seller who gets new clients of the first channel, beside the one who has it already. */
async function letBothSellersHaveNewClients(): Promise<void> {
  const { channelId } = konvert.account;
  const { body } = await konvert.api('GET', '/v1/settings');
  const { newClients, userRoles } = body.channels[channelId];
  const both = userRoles.map((user: { userId: string; role: string }) => ({
    ...user,
    allowGetNewClients: user.role === 'seller',
  }));
  const answer = await konvert.api('PUT', `/v1/settings/channels/${channelId}`, {
    body: { newClients, userRoles: both },
  });
  expect(answer.status).toBe(200);
}

test('of two who answer a new client in one moment one is sent, and the other is told who has taken the client', async () => {
  await letBothSellersHaveNewClients();
  await konvert.says('dan', 'Is anybody there?');
  const pages = { ivan: await openAndSee('ivan', 'Dan'), maria: await openAndSee('maria', 'Dan') };
  // Both leave in one moment, however long one of the keys takes: who hears of the other first has nothing to write with.
  const pressed = Promise.withResolvers<void>();
  for (const [name, page] of Object.entries(pages)) {
    await page.route('**/v3/message', async (route) => {
      await pressed.promise;
      await route.continue();
    });
    await box(page).fill(`${name} here`);
  }

  await Promise.all(Object.values(pages).map((page) => box(page).press('Enter')));
  pressed.resolve();

  await expect.poll(() => konvert.got('dan').then((all) => all.length)).toBe(1);
  const [sent = ''] = await konvert.got('dan');
  const [winner, loser] = sent.startsWith('ivan') ? (['ivan', 'maria'] as const) : (['maria', 'ivan'] as const);
  const lost = pages[loser];
  const name = winner === 'ivan' ? 'Ivan' : 'Maria';
  await lost.getByText(`${name} has taken this client`).waitFor();
  // Nothing of what they wrote is lost, and the chat is gone from their list.
  await lost.getByRole('button', { name: 'Copy' }).first().waitFor();
  expect(await lost.locator('main').textContent()).toContain(`${loser} here`);
  await expect.poll(() => lineOf(lost, 'Dan').count()).toBe(0);
  await greyEnvelope(pages[winner]).waitFor();
  expect(await konvert.got('dan')).toEqual([`${winner} here`]);
});

test('a colleague who answered meanwhile is told before anything is sent, and Send anyway sends it', async () => {
  await konvert.says('eva', 'What does it cost?');
  const olga = await (await chromium.newContext()).newPage();
  await olga.clock.install();
  await olga.goto(await konvert.link('olga'));
  await lineOf(olga, 'Eva').click();
  await untilSeen(olga);
  await box(olga).fill('Ten euros');
  // She has not looked for a while, and her page has heard nothing: no socket, and no answer to what it asked since.
  await olga.context().setOffline(true);
  await konvert.api('POST', '/v3/message', {
    as: 'ivan',
    body: { ...(await chatOf('eva')), text: 'It is twelve euros' },
  });
  await olga.clock.fastForward(31_000);
  // What her page asks for when it is back comes after the key, so she cannot have read it.
  const pressed = Promise.withResolvers<void>();
  await olga.route(/\/v1\/chats/, async (route) => {
    await pressed.promise;
    await route.continue();
  });
  await olga.context().setOffline(false);

  await box(olga).press('Enter');
  pressed.resolve();

  await olga.getByText('It is twelve euros').first().waitFor();
  await olga.getByRole('button', { name: 'Send anyway' }).waitFor();
  await expect.poll(() => konvert.got('eva')).toEqual(['It is twelve euros']);
  await olga.getByRole('button', { name: 'Send anyway' }).click();
  await konvert.untilGot('eva', 'Ten euros');
});

test('an envelope that a message crosses stays red and says so', async () => {
  await konvert.says('frank', 'Thank you!');
  const olga = await openAndSee('olga', 'Frank');
  const crossed = Promise.withResolvers<void>();
  await olga.route('**/no-reply-needed', async (route) => {
    await crossed.promise;
    await route.continue();
  });

  await redEnvelope(olga).click();
  await konvert.says('frank', 'And one more thing');
  crossed.resolve();

  await olga.getByText(/The client has written meanwhile: 1 message still waits/).waitFor();
  await redEnvelope(olga).waitFor();
  expect((await konvert.api('GET', await pathOf('frank'))).body.unansweredCount).toBe(1);
});

test('an answer does not cover what came while its writer read older messages', async () => {
  for (let index = 1; index <= 40; index += 1) await konvert.says('bob', `Line ${index} of a long story`);
  // Only then does what is older than the page of a history count as seen with it (U3).
  await sleep(11_000);
  const olga = await openChat('olga', 'Bob');
  // It opens at the oldest message that waits.
  await olga.getByRole('feed').getByRole('article').last().scrollIntoViewIfNeeded();
  await untilSeen(olga);
  await redEnvelope(olga).click();
  await greyEnvelope(olga).waitFor();
  // Her own line comes after the answer, and would be counted as new to who reads above.
  await olga.getByRole('article').filter({ hasText: 'no reply needed' }).waitFor();
  const begin = olga.getByRole('feed').getByRole('article').first();
  await begin.scrollIntoViewIfNeeded();
  // A person reads for a moment; the page has heard of the scrolling by then.
  await olga.waitForTimeout(1_000);

  await konvert.says('bob', 'And is it still there?');
  await olga.getByRole('button', { name: /\d new/ }).waitFor();
  await box(olga).fill('I have read the beginning');
  await box(olga).press('Enter');

  await konvert.untilGot('bob', 'I have read the beginning');
  await redEnvelope(olga).waitFor();
  expect((await konvert.api('GET', await pathOf('bob'))).body.unansweredCount).toBe(1);
});

/** The chat of a client with the first bot. */
async function chatOf(client: string) {
  const { chats } = (await konvert.api('GET', '/v1/chats')).body;
  const { channelId, chatType, chatId } = chats.find(
    (chat: { name: string; channelId: string }) =>
      chat.name.toLowerCase().startsWith(client) && chat.channelId === konvert.account.channelId,
  );
  return { channelId, chatType, chatId };
}

async function pathOf(client: string): Promise<string> {
  const { channelId, chatType, chatId } = await chatOf(client);
  return `/v1/chats/${channelId}/${chatType}/${chatId}`;
}
