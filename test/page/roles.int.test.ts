import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { type Person, useKonvert } from './konvert.ts';
import { idAlone, lineOf } from './people.ts';

// Scenario 7 of the design: what a person may not see is nowhere, neither on the screen nor on the wire (I6).

const konvert = useKonvert();
const chromium = useBrowser();

/** A text of each client, which nobody else says. */
const SAID = {
  anna: 'anna-of-the-pool',
  bob: 'bob-of-ivan',
  carol: 'carol-of-maria',
} as const;

interface Look {
  readonly page: Page;
  /** Everything that the page got: bodies of answers, and frames of its socket. */
  readonly got: () => string;
}

async function look(person: Person): Promise<Look> {
  const context = await chromium.newContext();
  const page = await context.newPage();
  const got: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/page/')) return;
    got.push(await response.text().catch(() => ''));
  });
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => got.push(String(payload))));
  await page.goto(await konvert.link(person));
  await page.getByRole('tab', { name: /^All/ }).waitFor();
  return { page, got: () => got.join('\n') };
}

const SEES: Readonly<Record<Person, readonly (keyof typeof SAID)[]>> = {
  olga: ['anna', 'bob', 'carol'],
  ivan: ['anna', 'bob'],
  maria: ['carol'],
  pavel: ['anna', 'bob', 'carol'],
};

test.each(Object.entries(SEES))('%s sees %j and nothing of the others', async (person, seen) => {
  const { page, got } = await look(person as Person);
  for (const [client, text] of Object.entries(SAID)) await konvert.says(client as keyof typeof SAID, `${text} again`);

  const name = (client: string) => client[0]?.toUpperCase() + client.slice(1);
  for (const client of seen) await lineOf(page, name(client)).waitFor();
  await page.getByRole('tab', { name: /^Unanswered/ }).click();
  for (const client of seen) {
    await lineOf(page, name(client)).filter({ hasText: SAID[client] }).waitFor();
    await expect.poll(got).toContain(SAID[client]);
  }
  // Long enough for a ring of each of the others.
  await page.waitForTimeout(2_000);
  const screen = (await page.locator('body').textContent()) ?? '';
  for (const [client, text] of Object.entries(SAID)) {
    const isSeen = seen.includes(client as keyof typeof SAID);
    expect([client, screen.includes(text), got().includes(text)]).toEqual([client, isSeen, isSeen]);
    if (!isSeen) expect(got()).not.toMatch(idAlone(idOf(client)));
  }
});

test('quality control reads, and has nothing to write with', async () => {
  await konvert.says('anna', SAID.anna);
  const { page } = await look('pavel');
  await lineOf(page, 'Anna').click();

  await page.getByText('Quality control: reading only').waitFor();
  await page.getByRole('feed').getByRole('article').last().waitFor();
  expect(await page.getByRole('textbox', { name: /^Message to/ }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /No reply needed|Nothing to answer/ }).count()).toBe(0);
});

test('a seller who loses the client sees the chat leave, and keeps what is written in it', async () => {
  await konvert.says('carol', SAID.carol);
  const { page, got } = await look('maria');
  await lineOf(page, 'Carol').click();
  const field = page.getByRole('textbox', { name: /^Message to/ });
  await field.fill('A long answer');
  const { channelId } = konvert.account;

  const moved = await konvert.api('PUT', `/v1/chats/${channelId}/telegram/${idOf('carol')}/responsible`, {
    body: { userId: 'ivan' },
  });
  expect(moved.status).toBe(200);

  await expect.poll(() => lineOf(page, 'Carol').count()).toBe(0);
  await page.getByRole('button', { name: 'Copy' }).first().waitFor();
  expect(await page.locator('body').textContent()).toContain('A long answer');
  const before = got().length;
  await konvert.says('carol', 'a-word-for-ivan-only');
  await page.waitForTimeout(2_000);
  expect(got().slice(before)).not.toContain('a-word-for-ivan-only');
});

function idOf(client: string): number {
  return { anna: 1001, bob: 1002, carol: 1003 }[client] ?? 0;
}
