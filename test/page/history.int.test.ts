/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { settled } from './people.ts';
import { type Line, shownFixtures } from './shown-fixtures.ts';

const konvert = useKonvert();
const chromium = useBrowser();

/** What a request of a history answers. */
interface History {
  readonly messages: readonly Line[];
  readonly before?: string;
}

/** The page of Olga with the chat of Anna open. `lines` are shown in the place of what is stored. */
async function openAnna(lines: (before: string | null) => History | Promise<History>, phone = false) {
  const page = await chromium.open(await konvert.link('olga'), {
    viewport: phone ? { width: 375, height: 720 } : { width: 1280, height: 720 },
  });
  await page.route(
    (url) => url.pathname.endsWith('/messages') && url.pathname.includes('/v1/chats/'),
    async (route) => {
      const response = await route.fetch();
      const { seenUpTo } = await response.json();
      const before = new URL(route.request().url()).searchParams.get('before');
      await route.fulfill({ json: { seenUpTo, ...(await lines(before)) } });
    },
  );
  await page.getByRole('navigation').getByRole('link', { name: 'Anna Demo' }).click();
  await expect.poll(() => page.getByRole('article').count()).toBeGreaterThan(0);
  return page;
}

const chat = () => ({ channelId: konvert.account.channelId, chatType: 'telegram', chatId: '1001' });
const envelope = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const scroller = (page: Page) => page.getByRole('feed');
const topOf = (page: Page, text: string) =>
  page
    .getByRole('article')
    .filter({ hasText: text })
    .evaluate((element) => element.getBoundingClientRect().top);

/** So many messages of the client, ten seconds apart, the newest a minute old. */
function many(count: number, from = 0): Line[] {
  return Array.from({ length: count }, (_, index) => ({
    ...chat(),
    messageId: `m${from + index}`,
    dateTime: new Date(Date.now() - 60_000 - (1_000 - from - index) * 10_000).toISOString(),
    type: 'text',
    isEcho: false,
    contact: { name: 'Anna' },
    status: 'inbound',
    text: `number ${from + index}. ${'words '.repeat((index * 7) % 40)}`,
  }));
}

test('every recorded message is shown as an article that says something, and axe finds nothing', async () => {
  await konvert.says('anna', 'Good day!');
  const lines = shownFixtures(chat(), Date.now());
  const page = await openAnna(() => ({ messages: lines }));
  await expect.poll(() => page.getByRole('article').count()).toBe(lines.length);

  for (const [index, { text, poll, vcards, location }] of lines.entries()) {
    const said = (await page.getByRole('article').nth(index).textContent()) ?? '';
    const [shown = ''] = (poll?.question ?? vcards?.[0]?.name ?? location?.title ?? text ?? '').split('\n');
    expect(said).toContain(shown.slice(0, 200));
    expect(said.replace(/\d\d:\d\d/, '').trim()).not.toBe('');
  }
  expect(await axe(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axe(page)).toEqual([]);
});

describe('what became of a message is said in words', () => {
  const line = (more: Partial<Line>): Line => ({ ...many(1)[0]!, ...more });

  test.each<[string, Partial<Line>, RegExp]>([
    [
      'edited, with the old words',
      { text: 'new', isEdited: true, oldInfo: { oldText: 'old' } },
      /edited.*Before the edit.*old/s,
    ],
    ['deleted, and still readable', { text: 'gone', isDeleted: true }, /The client deleted this.*gone/s],
    [
      'quoted',
      { text: 'yes', quotedMessage: { type: 'text', text: 'really?', authorName: 'Olga' } },
      /Olga.*really\?.*yes/s,
    ],
    ['forwarded', { text: 'look', forwarded: { from: 'A friend' } }, /Forwarded from A friend.*look/s],
    ['by a machine', { text: 'away', isEcho: true, by: 'automatic', status: 'sent' }, /Automatic reply.*automatic/s],
    ['unknown', { type: 'unknown', kind: 'hologram' }, /A message that Konvert does not know yet \(hologram\)/],
    ['a missed call', { type: 'missing_call' }, /Missed call/],
    ['reactions', { text: 'done', isEcho: true, reactions: ['👍'] }, /done.*Reactions:.*👍/s],
    [
      'refused by the messenger',
      { text: 'no', isEcho: true, status: 'error', error: { error: 'X', description: 'Forbidden: blocked' } },
      /Not sent\. Forbidden: blocked.*Retry.*Copy/s,
    ],
    [
      'no reply needed',
      {
        type: 'system',
        isEcho: true,
        authorName: 'Ivan',
        noReplyNeeded: { userId: 'ivan', reason: 'spam', withdrawnAt: null },
      },
      /Ivan: no reply needed, because “spam”.*Undo/s,
    ],
    [
      'still owed',
      { type: 'system', isEcho: true, stillOwed: { userId: 'ivan', withdrawnAt: null } },
      /Ivan: an answer is still owed.*Undo/s,
    ],
  ])('%s', async (_name, more, expected) => {
    const page = await openAnna(() => ({ messages: [line(more)] }));

    await expect.poll(() => page.getByRole('article').textContent()).toMatch(expected);
  });
});

test('older pages come before the reader is at the edge, and move nothing', async () => {
  const pages: Record<string, History> = {
    newest: { messages: many(50, 950), before: 'b1' },
    b1: { messages: many(50, 900), before: 'b2' },
    b2: { messages: many(50, 850) },
  };
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const page = await openAnna(async (before) => {
    if (before) await held;
    return pages[before ?? 'newest']!;
  });
  await expect.poll(() => page.getByRole('article').count()).toBe(50);
  await scroller(page).evaluate((element) => {
    element.scrollTop = 700;
  });
  const place = () =>
    page.evaluate(() => {
      const feed = document.querySelector('.history-scroller')!;
      const edge = feed.getBoundingClientRect().top;
      const first = [...feed.querySelectorAll('article')].find((one) => one.getBoundingClientRect().bottom > edge + 1)!;
      return [first.textContent?.slice(0, 12), Math.round(first.getBoundingClientRect().top)] as const;
    });
  const [text, top] = await settled(place);
  letGo();
  await expect.poll(() => page.getByRole('article').count()).toBe(100);
  const [textAfter, topAfter] = await settled(place);
  expect(textAfter).toBe(text);
  // Where the browser scrolls by whole pixels.
  expect(Math.abs(topAfter - top)).toBeLessThanOrEqual(1);
});

test('a history opens at its oldest open message, and what comes while the reader is above waits behind a pill', async () => {
  await konvert.says('eva', 'first');
  const body = { channelId: konvert.account.channelId, chatType: 'telegram', chatId: '1005', text: 'answered' };
  await konvert.api('POST', '/v3/message', { body, as: 'olga' });
  for (let index = 0; index < 30; index += 1) await konvert.says('eva', `open ${index} ${'and more words '.repeat(8)}`);
  const page = await chromium.open(await konvert.link('olga'));
  await page.getByRole('navigation').getByRole('link', { name: 'Eva Demo' }).click();

  const line = page.getByText('No answer yet from here on');
  const place = () => line.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  await expect.poll(place).toBeLessThan(250);
  const before = await settled(place);
  expect(before).toBeGreaterThan(50);
  await konvert.says('eva', 'just now');
  await expect.poll(() => page.getByRole('button', { name: '1 new' }).count()).toBe(1);
  expect(await settled(place)).toBe(before);

  // What is under the pill has not been seen: it is not dealt with.
  await envelope(page, 'No reply needed (31)').click();
  await expect
    .poll(() => page.getByText(/31 messages wait, and the end has not been on the screen yet/).count())
    .toBe(1);
  await page.getByRole('button', { name: 'Go to the end' }).click();
  await expect.poll(() => page.getByRole('article').filter({ hasText: 'just now' }).isVisible()).toBe(true);
  await expect.poll(() => page.getByRole('button', { name: /new$/ }).count()).toBe(0);

  // The list, which tells what is open, comes after the history.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(
    (url) => url.pathname === '/v1/chats' || /\/v1\/chats\/[^/]+\/[^/]+\/[^/]+$/.test(url.pathname),
    async (route) => {
      await held;
      await route.continue();
    },
  );
  await page.reload();
  await expect.poll(() => page.getByRole('article').filter({ hasText: 'just now' }).isVisible()).toBe(true);
  letGo();
  await expect.poll(place).toBeLessThan(250);
});

test('a history with more open messages than a page, or than are shown at once, opens at the oldest of all', async () => {
  await konvert.says('anna', 'Good day!');
  const all = many(450, 550);
  const since = all[50]!.dateTime;
  const page = await chromium.open('about:blank', { viewport: { width: 1280, height: 720 } });
  await page.route(/\/v1\/chats(\?|\/[^/]+\/[^/]+\/[^/]+$)/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const row of body.chats ?? [body]) Object.assign(row, { unanswered: true, unansweredSince: since });
    await route.fulfill({ json: body });
  });
  await page.route(/\/v1\/chats\/.*\/messages/, async (route) => {
    const { seenUpTo } = await (await route.fetch({ url: route.request().url().replace(/\?.*/, '') })).json();
    const end = Number(new URL(route.request().url()).searchParams.get('before') ?? all.length);
    const messages = all.slice(end - 50, end);
    await route.fulfill({ json: { messages, seenUpTo, ...(end > 50 && { before: `${end - 50}` }) } });
  });
  await page.goto(await konvert.link('olga'));
  await page.getByRole('navigation').getByRole('link', { name: 'Anna Demo' }).click();

  const line = page.getByText('No answer yet from here on');
  const placeOf = () => line.evaluate((element) => element.getBoundingClientRect().top);
  // It may stand elsewhere for a while before it is led to.
  const isLedTo = (top: number) => top > 50 && top < 250;
  await expect.poll(async () => isLedTo(await placeOf())).toBe(true);
  const place = await settled(placeOf);
  expect(place).toBeGreaterThan(50);
  expect(place).toBeLessThan(250);
  expect(await topOf(page, 'number 600.')).toBeGreaterThan(place);
  expect(await topOf(page, 'number 600.')).toBeLessThan(place + 60);
  expect(await topOf(page, 'number 599.')).toBeLessThan(place);
  await page.getByRole('button', { name: 'To the newest' }).click();
  await expect.poll(() => page.getByRole('article').filter({ hasText: 'number 999.' }).isVisible()).toBe(true);
});

test('a quoted message is led to, though it is on an older page; keys walk from message to message', async () => {
  const pages: Record<string, History> = {
    newest: {
      messages: [
        ...many(49, 950),
        { ...many(1, 999)[0]!, quotedMessage: { messageId: 'm870', type: 'text', text: 'number 870' } },
      ],
      before: 'b1',
    },
    b1: { messages: many(50, 900), before: 'b2' },
    b2: { messages: many(50, 850) },
  };
  const page = await openAnna((before) => pages[before ?? 'newest']!);
  await page.getByRole('button', { name: 'number 870' }).click();
  const quoted = page.getByRole('article').filter({ hasText: 'number 870.' });
  await expect.poll(() => quoted.evaluate((element) => element === document.activeElement)).toBe(true);
  const top = await settled(() => topOf(page, 'number 870.'));
  expect(top).toBeGreaterThan(0);
  expect(top).toBeLessThan(500);

  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageUp');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('number 871.');
});

test('a long history keeps at most 300 messages in the document, and comes back to its end', async () => {
  const page = await openAnna((before) => {
    const from = before === null ? 950 : Number(before);
    return { messages: many(50, from), ...(from > 0 && { before: `${from - 50}` }) };
  });
  const toTop = () =>
    scroller(page).evaluate((element) => {
      element.scrollTop = 0;
    });
  const newest = page.getByRole('article').filter({ hasText: 'number 999.' });
  await expect
    .poll(async () => {
      await toTop();
      return newest.count();
    })
    .toBe(0);
  await expect.poll(() => page.getByRole('article').count()).toBe(300);

  await page.getByRole('button', { name: 'To the newest' }).click();
  await expect.poll(() => newest.isVisible()).toBe(true);
});

test('on a phone there is one pane, with a way back, and nothing wider than it', async () => {
  const lines = shownFixtures(chat(), Date.now());
  const page = await openAnna(() => ({ messages: lines }), true);
  await expect.poll(() => page.getByRole('article').count()).toBe(lines.length);

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  expect(await page.locator('.history-scroller').evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(
    0,
  );
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back to the chats' }).click();
  await expect.poll(() => page.getByRole('navigation').getByRole('link', { name: 'Anna Demo' }).isVisible()).toBe(true);
});
