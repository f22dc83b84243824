import type { BrowserContext, CDPSession, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { type PushServiceDouble, startPushService } from '#test/doubles/push-service';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { byKeyboard, tabTo } from './hands.ts';
import { useKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

// What a browser that is woken by Web Push shows. No push service is asked: the browser is told to deliver a message.

const konvert = useKonvert({ KONVERT_PRIVATE_ADDRESSES: 'allow' });
const chromium = useBrowser();

/** How long a woken worker is given to ask, before it is looked at and woken again (ms). */
const LOOKS_MS = 500;

/** What the notices of a worker say, what the newest is shown with, and the titles of all that were ever shown. */
interface Noted {
  notices: string[];
  shown: NotificationOptions & { renotify?: boolean };
  all: string[];
}

/** A window with its worker. */
async function openAsOlga() {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(await konvert.link('olga'));
  await page.getByRole('navigation').waitFor();
  await page.evaluate(registerWorker);
  return { context, page, ...(await workerOf(context, page)) };
}

/** The worker of a window. */
async function workerOf(context: BrowserContext, page: Page) {
  const session: CDPSession = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId } of registrations) resolve(registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(noteNotices);
  const noted = () =>
    worker.evaluate(() => {
      const { notices, shown, all } = globalThis as unknown as Noted;
      return { notices, shown, all };
    });
  return {
    /** Wakes the worker without payload. Resolves to the notices that it shows then: those of before may still be there. */
    async woken() {
      await session.send('ServiceWorker.deliverPushMessage', { origin: konvert.url, registrationId, data: '' });
      await page.waitForTimeout(LOOKS_MS);
      return (await noted()).notices;
    },
    noted,
    /** A click on the newest notice. Resolves to the address that it opened, if no page was there. */
    click: async () => worker.evaluate(clickNotice, (await noted()).shown.data),
  };
}

/** In the page: registers the worker as the page does. */
async function registerWorker(): Promise<void> {
  type Policies = { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
  const { trustedTypes } = window as unknown as { trustedTypes: Policies };
  const policy = trustedTypes.createPolicy('konvert', { createScriptURL: (url: string) => url });
  await navigator.serviceWorker.register(policy.createScriptURL('../page/sw.js'), { scope: '../chat/' });
  await navigator.serviceWorker.ready;
}

/** In the page: its user allows notices, and it subscribes there. npm's browser has neither screen nor push service. */
function subscribeAt(endpoint: string): void {
  let made: unknown = null;
  Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
  Notification.requestPermission = async () => 'granted';
  Object.assign(PushManager.prototype, {
    getSubscription: async () => made,
    async subscribe({ applicationServerKey, userVisibleOnly }: PushSubscriptionOptionsInit) {
      if (!userVisibleOnly) throw new DOMException('Nothing may be done in secret', 'NotAllowedError');
      const unsubscribe = async () => {
        made = null;
        return true;
      };
      made = { endpoint, applicationServerKey, unsubscribe };
      return made;
    },
  });
}

/** In the worker: a click on the notice. Resolves to the address that it opened, if it opened one. */
async function clickNotice(data: unknown): Promise<string | undefined> {
  const { clients } = globalThis as unknown as { clients: { openWindow: (url: string) => Promise<unknown> } };
  let opened: string | undefined;
  // Only the click of a person may open a window.
  clients.openWindow = async (address) => {
    opened = address;
  };
  let done: Promise<unknown> = Promise.resolve();
  const notification = { data, close() {} };
  const waitUntil = (until: Promise<unknown>) => {
    done = until;
  };
  dispatchEvent(Object.assign(new Event('notificationclick'), { notification, waitUntil }));
  await done.catch(() => undefined);
  return opened;
}

/** In the worker: notices are noted instead of shown, because npm's browser has no screen to show them on. */
function noteNotices(): void {
  const noted = globalThis as unknown as Noted;
  const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
  noted.notices = [];
  noted.all = [];
  noted.shown = {};
  registration.showNotification = async (title, options = {}) => {
    noted.notices = [title];
    noted.all.push(title);
    noted.shown = options;
  };
  registration.getNotifications = async ({ tag } = {}) =>
    noted.notices
      .filter(() => tag === noted.shown.tag)
      .map(() => ({
        data: noted.shown.data,
        close() {
          noted.notices = [];
        },
      })) as Notification[];
}

async function answer(client: DemoClient): Promise<void> {
  const { channelId, chatType } = konvert.account;
  const body = { channelId, chatType, chatId: String(DEMO_CLIENTS[client].id), text: 'Here you are' };
  expect((await konvert.api('POST', '/v3/message', { as: 'olga', body })).status).toBe(201);
}

test('a woken browser shows how many clients wait, and nothing that one of them said', async () => {
  await konvert.says('anna', 'A secret of Anna');
  const { page, woken, noted } = await openAsOlga();
  await lineOf(page, 'Anna').waitFor();

  await expect.poll(woken).toEqual(['1 client is waiting']);

  // Another of the same client is nobody more.
  await konvert.says('anna', 'And another');
  await konvert.says('bob', 'A secret of Bob');
  await expect.poll(() => page.title()).toContain('3');
  await expect.poll(woken).toEqual(['2 clients are waiting']);
  // The next time, which may come late, it is no news.
  await expect
    .poll(async () => {
      await woken();
      return (await noted()).shown;
    })
    .toMatchObject({ tag: 'waiting', renotify: false, silent: false });
  expect((await noted()).shown).not.toHaveProperty('body');

  // Only if this device may show names.
  await page.evaluate(async () => {
    const cache = await caches.open('konvert/notices');
    await cache.put(new URL('../page/names', location.href).href, new Response(''));
  });
  await woken();
  await expect.poll(async () => (await noted()).shown.body).toBe('Anna Demo: And another');
});

test('once everything is answered a browser says so for a moment, and the notice goes', async () => {
  const { page, woken, noted } = await openAsOlga();
  await lineOf(page, 'Anna').waitFor();
  await expect.poll(woken).toEqual(['2 clients are waiting']);
  for (const client of ['anna', 'bob'] as const) await answer(client);

  // What counts who waits hears of the answers in its own time.
  await expect
    .poll(async () => {
      await woken();
      return (await noted()).all.at(-1);
    })
    .toBe('Nobody is waiting');
  expect((await noted()).shown).toMatchObject({ silent: true });
  await expect.poll(async () => (await noted()).notices).toEqual([]);
});

test('a browser with a session that was ended learns nothing more', async () => {
  await konvert.says('bob', 'Who is there?');
  const { context, page, woken } = await openAsOlga();
  await lineOf(page, 'Bob').waitFor();
  await context.clearCookies();

  await expect.poll(woken).toEqual(['Clients are waiting']);
});

test('a click on the notice opens the chat in the page that is there', async () => {
  await konvert.says('carol', 'Is the page still open?');
  const { page, woken, click } = await openAsOlga();
  await answer('bob');
  await expect.poll(woken).toEqual(['1 client is waiting']);

  expect(await click()).toBeUndefined();

  await page.getByRole('feed').getByText('Is the page still open?').waitFor();
});

describe('from the switch in the menu to the chat that a click opens', () => {
  let service: PushServiceDouble;

  beforeAll(async () => {
    service = await startPushService();
  });
  afterAll(() => service.stop());

  test.each([
    {
      ...{ locale: 'en-GB', menu: 'Menu', item: 'Notifications', words: /^2 clients are waiting$/ },
      ...{ choice: 'What to be told of…', mine: 'Only what is mine to answer', late: 'Outside my working hours, too' },
      ...{ nothing: 'Nothing', failed: 'Not saved. Try again in a moment.' },
    },
    {
      ...{ locale: 'ru-RU', menu: 'Меню', item: 'Уведомления', words: /^2 клиента ждут$/ },
      ...{ choice: 'О чём сообщать…', mine: 'Только о том, на что отвечать мне', late: 'И вне моего рабочего времени' },
      ...{ nothing: 'Ни о чём', failed: 'Не удалось сохранить. Повторите чуть позже.' },
    },
  ])(
    'in $locale, by the keyboard alone',
    async ({ locale, menu, item, words, choice, mine, late, nothing, failed }) => {
      const { pushKey } = (await konvert.api('GET', '/v1/me')).body;
      const endpoint = service.subscribe(locale, pushKey);
      const context = await chromium.newContext({ locale });
      await context.addInitScript(subscribeAt, endpoint);
      const page = await context.newPage();
      const said: string[] = [];
      page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => said.push(String(payload))));
      await page.goto(await konvert.link('ivan'));
      const hand = byKeyboard(page);
      const opener = page.getByRole('button', { name: menu, exact: true });
      const turnOn = page.getByRole('menuitemcheckbox', { name: item });
      const pressInMenu = async (line: Locator) => {
        await hand.press(opener);
        await tabTo(page, line, 'ArrowDown');
        await page.keyboard.press('Enter');
      };
      await pressInMenu(turnOn);
      await pressInMenu(page.getByRole('menuitem', { name: choice }));
      const dialog = page.getByRole('dialog');
      const radio = (name: string) => dialog.getByRole('radio', { name });
      // The second is chosen while the first is on its way.
      const both = Promise.withResolvers<void>();
      await page.route('**/v1/push-subscriptions/*', (route) => both.promise.then(() => route.continue()));
      await hand.choose(radio(mine));
      await tabTo(page, dialog.getByRole('checkbox', { name: late }));
      await page.keyboard.press('Space');
      await expect.poll(() => dialog.getByRole('checkbox', { name: late }).isChecked()).toBe(true);
      expect(await radio(mine).isChecked()).toBe(true);
      both.resolve();
      // What is shown is what the server has answered.
      await expect.poll(() => radio(mine).isChecked()).toBe(true);
      await expect.poll(() => dialog.getByRole('checkbox', { name: late }).isChecked()).toBe(true);
      for (const width of [375, 1280]) {
        await page.setViewportSize({ width, height: 700 });
        expect(await axe(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      }
      // What is not saved is as it was, also the second time.
      await page.route('**/v1/push-subscriptions/*', (route) => route.fulfill({ status: 503, json: {} }));
      for (const _ of ['once', 'twice']) {
        await radio(nothing).press('Space');
        await expect.poll(() => radio(mine).isChecked()).toBe(true);
      }
      await dialog.getByRole('alert').getByText(failed).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
      // Somebody looks at the page, so this browser is left alone.
      await expect.poll(() => said.some((one) => /^\{"t":"visible","id":"\w{32}","is":true\}$/.test(one))).toBe(true);
      const again = await context.newPage();
      const { woken, click } = await workerOf(context, again);
      await page.close();

      await konvert.says('eva', `Eva writes to ${locale}`);
      // By the second of the messenger, Eva waits longer.
      await again.waitForTimeout(1_100);
      await konvert.says('frank', `Frank writes to ${locale}`);

      // The second time it is in the minute after the first.
      const isWoken = () => service.calls.some(({ method }) => method === locale);
      if (locale === 'en-GB') await expect.poll(isWoken).toBe(true);
      // The push service takes them, and learns nothing.
      for (const { faults, bytes } of service.calls)
        expect({ faults, length: bytes.length }).toEqual({ faults: [], length: 0 });
      await expect.poll(async () => (await woken()).join()).toMatch(words);
      const address = await click();
      await again.goto(address ?? '');
      await again
        .getByRole('feed')
        .getByRole('article')
        .filter({ hasText: `Eva writes to ${locale}` })
        .waitFor();
    },
  );
});
