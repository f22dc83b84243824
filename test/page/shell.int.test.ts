import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { openHostPage } from './frames.ts';
import { useKonvert } from './konvert.ts';

const konvert = useKonvert();
const chromium = useBrowser();

beforeAll(async () => {
  await konvert.says('bob', 'How much is the delivery?');
});

const row = (page: Page, name: RegExp) => page.getByRole('navigation').getByRole('link', { name });

async function openAs(person: 'olga' | 'ivan' | 'pavel', context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await chromium.newContext())).newPage();
  await page.goto(await konvert.link(person));
  await row(page, /^Bob/).waitFor();
  return page;
}

test('in a frame no chat is a step back, because Back is the CRM’s', async () => {
  const host = await openHostPage();
  host.frames = [await konvert.link('olga', 'localhost')];
  // The document of the account is asked for only now: who may frame it is kept for ten seconds.
  const body = { frameAncestors: [new URL(host.url).origin] };
  expect((await konvert.api('PATCH', '/v1/settings', { body })).status).toBe(200);
  const page = await chromium.open(host.url);
  const frame = page.frameLocator('iframe');
  const steps = await page.evaluate('history.length');

  await frame.getByRole('navigation').getByRole('link', { name: /^Bob/ }).click();
  await frame.getByRole('heading', { level: 1, name: /Bob/ }).waitFor();
  expect(await page.evaluate('history.length')).toBe(steps);
});

describe('the number that waits', () => {
  test('is in the title, in the icon of the tab and on that of the installed window', async () => {
    const context = await chromium.newContext();
    const badges = `window.badges = [];
      navigator.setAppBadge = async (count) => { window.badges.push(count) };
      navigator.clearAppBadge = async () => { window.badges.push(0) };`;
    await context.addInitScript({ content: badges });
    const page = await openAs('ivan', context);
    const counter = async () => (await konvert.api('GET', '/v3/unanswered/ivan')).body.counterV2 as number;
    // All in one look, because the number may change between two.
    const isTold = async () => {
      const [title, badge] = [await page.title(), await page.evaluate('window.badges.at(-1)')];
      const count = await counter();
      return title === (count > 0 ? `(${count}) Konvert` : 'Konvert') && badge === count;
    };
    const shown = async () => {
      await expect.poll(isTold).toBe(true);
      return page.evaluate<string>(`document.querySelector('link[rel=icon]').href`);
    };

    const before = await shown();
    await konvert.says('bob', 'And to Leipzig?');
    await expect.poll(shown).not.toBe(before);
    expect(await shown()).toMatch(/^data:image\/png;base64,/);
  });
});

describe('the sound', () => {
  const sounded = (page: Page) => page.evaluate('Number(document.documentElement.dataset.sounded ?? 0)');

  test('is off until the first press, which the page says, and is not made for the chat that is looked at', async () => {
    const context = await chromium.newContext();
    // What Playwright evaluates counts as a press.
    const untouched = `Object.defineProperty(UserActivation.prototype, 'hasBeenActive', { get: () => false })`;
    await context.addInitScript({ content: untouched });
    const page = await openAs('olga', context);
    const chip = page.getByText('Sound is off until you click');
    await chip.waitFor();
    await konvert.says('carol', 'Nobody hears this');
    await row(page, /^Carol.*Nobody hears this/).waitFor();
    expect(await sounded(page)).toBe(0);

    await row(page, /^Bob/).click();
    await expect.poll(() => chip.count()).toBe(0);
    await konvert.says('bob', 'You are looking at this');
    await page.getByRole('article').filter({ hasText: 'You are looking at this' }).waitFor();
    expect(await sounded(page)).toBe(0);

    await konvert.says('carol', 'Somebody hears this');
    await expect.poll(() => sounded(page)).toBe(1);
  });

  test('is made by one tab only', async () => {
    const context = await chromium.newContext();
    const pages = [await openAs('olga', context), await openAs('olga', context)];
    for (const page of pages) await page.locator('body').click({ position: { x: 700, y: 300 } });
    for (const page of pages) await expect.poll(() => page.getByText('Sound is off').count()).toBe(0);

    await konvert.says('carol', 'For both tabs');
    for (const page of pages) await row(page, /^Carol.*For both tabs/).waitFor();
    const both = async () => (await Promise.all(pages.map(sounded))).sort();
    await expect.poll(both).toEqual([0, 1]);
  });

  test('never disturbs quality control (N1), and can be switched off', async () => {
    const pavel = await openAs('pavel');
    const olga = await openAs('olga');
    for (const page of [pavel, olga]) await page.locator('body').click({ position: { x: 700, y: 300 } });
    await olga.getByRole('button', { name: 'Menu' }).click();
    await olga.getByRole('menuitemcheckbox', { name: 'Sound' }).click();

    await konvert.says('carol', 'Quietly');
    for (const page of [pavel, olga]) await row(page, /^Carol.*Quietly/).waitFor();
    expect([await sounded(pavel), await sounded(olga)]).toEqual([0, 0]);
  });
});

test('a screen reader is told who writes in the open chat, and how many wait elsewhere', async () => {
  const page = await openAs('olga');
  const region = page.locator('[aria-live=polite]').last();
  await row(page, /^Bob/).click();
  await page.getByRole('article').first().waitFor();

  await konvert.says('bob', 'Are you there?');
  await expect.poll(() => region.textContent()).toContain('Bob of the CRM: Are you there?');
  await konvert.says('carol', 'And here?');
  await expect.poll(() => region.textContent()).toMatch(/^\d+ messages wait for an answer/);
});

test('without a connection the page says how old it is, and nothing else changes', async () => {
  const page = await openAs('olga');
  await row(page, /^Bob/).click();
  await konvert.kill();

  await page.getByText(/^Connecting… what you see is from \d\d:\d\d$/).waitFor();
  expect(await row(page, /^Bob/).isVisible()).toBe(true);
  await konvert.restart();
  await expect.poll(() => page.getByText(/^Connecting/).count()).toBe(0);
});

describe('an address', () => {
  test('of a chat is that chat, after a reload too, and each chat is a step back', async () => {
    const page = await openAs('olga');
    const heading = page.getByRole('heading', { level: 1 }).first();
    await row(page, /^Bob/).click();
    await expect.poll(() => heading.textContent()).toBe('Bob of the CRM');
    await row(page, /^Carol/).click();
    await expect.poll(() => heading.textContent()).toBe('Carol of the CRM');

    await page.goBack();
    await expect.poll(() => heading.textContent()).toBe('Bob of the CRM');
    await page.reload();
    await expect.poll(() => heading.textContent()).toBe('Bob of the CRM');
    expect(page.url()).not.toContain('k=');
  });
});

describe('who is not signed in', () => {
  test('is told that a link was used, and what to do', async () => {
    const link = await konvert.link('olga');
    const first = await chromium.open(link);
    await row(first, /^Bob/).waitFor();

    const page = await chromium.open(link);
    await page.getByRole('heading', { name: 'This link has been used or is too old' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test('gets links to everybody’s chats by the API key, which is sent once and kept nowhere', async () => {
    const page = await chromium.open(`${konvert.url}/chat/-`);
    const { apiKey } = konvert.account;
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.headers().authorization === `Bearer ${apiKey}`) sent.push(new URL(request.url()).pathname);
    });
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('API key').fill('not a key');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('alert').filter({ hasText: 'The key was not taken' }).waitFor();
    await page.getByLabel('API key').fill(apiKey);
    await page.getByRole('button', { name: 'Open' }).click();

    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByRole('heading', { name: 'People', exact: true }).waitFor();
    expect(sent).toEqual(['/v1/page-links']);
    const kept = await page.evaluate<string>(
      'JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href])',
    );
    expect(kept).not.toContain(apiKey);
    expect(await axe(page)).toEqual([]);

    await page.getByRole('button', { name: 'Make a link for Ivan' }).click();
    await page.getByRole('img', { name: 'Code with the link to the chats of Ivan' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });
});

test('signing out ends the session here and at the server', async () => {
  const page = await openAs('olga');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();

  await page.getByRole('heading', { name: 'Sign in to Konvert' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in to Konvert' }).waitFor();
});

test('a fresh link opens the same chats on a phone', async () => {
  const page = await openAs('olga');
  const [made] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/v1/page-links')),
    (async () => {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('menuitem', { name: 'On my phone' }).click();
    })(),
  ]);
  await page.getByRole('img', { name: 'Code with the link to your chats' }).waitFor();

  const { url } = (await made.json()) as { url: string };
  const phone = await chromium.open(url, { viewport: { width: 375, height: 740 }, hasTouch: true });
  await row(phone, /^Bob/).waitFor();
});

test('in a demo account a visitor plays the clients in the page itself', async () => {
  const page = await openAs('olga');
  await page.getByRole('button', { name: 'Demo: write as a client' }).click();
  await page.getByRole('combobox', { name: 'Client' }).selectOption('Eva');
  await page.getByRole('radio', { name: 'WhatsApp', exact: true }).check({ force: true });
  await page.getByRole('textbox', { name: 'Write as Eva' }).fill('Do you deliver to Riga?');
  await page.keyboard.press('Enter');

  await row(page, /^Eva Demo.*Do you deliver to Riga\?/).click();
  await page.getByRole('textbox', { name: /^Message to Eva/ }).fill('We do.');
  await page.keyboard.press('Enter');
  await konvert.untilGot('eva', 'We do.', 'number');
  const phone = page.getByRole('region', { name: /^Demo/ });
  await phone.getByText('We do.').waitFor();

  await page.getByRole('radio', { name: 'Second Telegram bot' }).check({ force: true });
  const file = { name: 'cellar.txt', mimeType: 'text/plain', buffer: Buffer.from('It is dry.') };
  await phone.locator('input[type=file]').setInputFiles([file]);
  await phone.getByText('cellar.txt').waitFor();
  await row(page, /^Eva Demo.*\[document\]|^Eva Demo.*(File|Document)/)
    .first()
    .waitFor();
  expect(await axe(page)).toEqual([]);
});
