import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

// What a browser that is woken by Web Push shows. No push service is asked: the browser is told to deliver a message.

const konvert = useKonvert();
const chromium = useBrowser();

/** A window with its worker. `wake` wakes it without payload, `shown` tells the notices that it shows then. */
async function openAsOlga() {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(await konvert.link('olga'));
  await page.getByRole('navigation').waitFor();
  const wake = await registerWorker(context, page);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(noteNotices);
  const shown = () => worker.evaluate(() => (globalThis as unknown as { notices: string[] }).notices);
  const click = () => worker.evaluate(clickNotice);
  return { context, page, wake, shown, click };
}

/** In the worker: notices are noted instead of shown, because npm's browser has no screen to show them on. */
function noteNotices(): void {
  const noted = globalThis as unknown as {
    notices: string[];
    data: unknown;
    registration: Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>;
  };
  noted.notices = [];
  noted.registration.showNotification = async (title, options) => {
    noted.notices = [title];
    noted.data = options?.data;
  };
  noted.registration.getNotifications = async () =>
    noted.notices.map(() => ({
      close() {
        noted.notices = [];
      },
    })) as Notification[];
}

/**
 * In the worker: a press on the notice that was noted. Answers the address of the window that it opens, if it opens one: a
 * browser lets a worker open and focus windows only for a person.
 */
async function clickNotice(): Promise<string | undefined> {
  const noted = globalThis as unknown as {
    data: unknown;
    clients: { openWindow: (url: string) => Promise<void> };
    dispatchEvent: (event: Event) => boolean;
  };
  let opened: string | undefined;
  let done: Promise<unknown> = Promise.reject(new Error('Nobody listens'));
  done.catch(() => undefined);
  noted.clients.openWindow = async (url) => {
    opened = url;
  };
  const press = Object.assign(new Event('notificationclick'), {
    notification: { data: noted.data, close: () => undefined },
    waitUntil: (until: Promise<unknown>) => {
      done = until;
    },
  });
  noted.dispatchEvent(press);
  await done.catch((error: Error) => {
    if (error.name !== 'InvalidAccessError') throw error;
  });
  return opened;
}

/** Registers the worker as the page does, and returns what wakes it without payload. */
async function registerWorker(context: BrowserContext, page: Page): Promise<() => Promise<void>> {
  const session: CDPSession = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId } of registrations) resolve(registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await page.evaluate(async () => {
    type Policies = { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
    const { trustedTypes } = window as unknown as { trustedTypes: Policies };
    const policy = trustedTypes.createPolicy('konvert', { createScriptURL: (url: string) => url });
    await navigator.serviceWorker.register(policy.createScriptURL('../page/sw.js'), { scope: '../chat/' });
    await navigator.serviceWorker.ready;
  });
  const registrationId = await registered;
  return async () => {
    await session.send('ServiceWorker.deliverPushMessage', { origin: konvert.url, registrationId, data: '' });
  };
}

test('a woken browser shows how many messages wait, and nothing that a client said', async () => {
  await konvert.says('anna', 'A secret of Anna');
  const { page, wake, shown } = await openAsOlga();
  await lineOf(page, 'Anna').waitFor();

  await wake();
  await expect.poll(shown, { timeout: 10_000 }).toEqual(['1 message is waiting']);

  await konvert.says('anna', 'And another');
  await expect.poll(() => page.title(), { timeout: 10_000 }).toContain('2');
  await wake();
  await expect.poll(shown, { timeout: 10_000 }).toEqual(['2 messages are waiting']);
});

test('a press on the notice opens the chat that waits longest in the page that is there', async () => {
  const { page, wake, shown, click } = await openAsOlga();
  await lineOf(page, 'Anna').waitFor();
  await wake();
  await expect.poll(shown, { timeout: 10_000 }).toHaveLength(1);

  expect(await click()).toBeUndefined();

  await page.getByRole('heading', { level: 1, name: 'Anna Demo' }).waitFor();
});

test('where there is no page the press opens one, with that chat and signed in by the device', async () => {
  const { page, wake, shown, click } = await openAsOlga();
  await lineOf(page, 'Anna').waitFor();
  await wake();
  await expect.poll(shown, { timeout: 10_000 }).toHaveLength(1);
  await page.goto('about:blank');

  const url = await click();

  expect(url).toContain(`${konvert.url}/chat/`);
  await page.goto(url!);
  await page.getByRole('heading', { level: 1, name: 'Anna Demo' }).waitFor();
});

test('once everything is answered the notice goes', async () => {
  const { page, wake, shown } = await openAsOlga();
  await lineOf(page, 'Anna').waitFor();
  await wake();
  await expect.poll(shown, { timeout: 10_000 }).toEqual(['2 messages are waiting']);
  const { channelId, chatType, chatId } = konvert.account;
  const body = { channelId, chatType, chatId, text: 'Here you are' };
  expect((await konvert.api('POST', '/v3/message', { as: 'olga', body })).status).toBe(201);
  await page.waitForTimeout(1_000);

  await wake();

  await expect.poll(shown, { timeout: 10_000 }).toEqual([]);
});

test('a browser with a session that was ended learns nothing more', async () => {
  await konvert.says('bob', 'Who is there?');
  const { context, page, wake, shown } = await openAsOlga();
  await lineOf(page, 'Bob').waitFor();
  await context.clearCookies();

  await wake();

  await expect.poll(shown, { timeout: 10_000 }).toEqual(['Something is new in your chats']);
});
