// Wakes without payload, so that no push service learns a client's name: what to show is read from Konvert itself, with
// a token by the cookie of the device, which does nothing else.

import { createKonvertClient } from '../clients/typescript/index.ts';
import { namesShown } from './core/notice-names.ts';
import { type Found, type Notice, noticeOf } from './data/notice.ts';
import { keyOf } from './models.ts';
import { speakNotices } from './parts/notices/speak-notices.ts';
import { chooseLanguage, speak, t } from './words/words.ts';

/** The part of a service worker that is used. TypeScript's own types of workers contradict those of pages. */
interface Worker {
  readonly location: Location;
  readonly navigator: Navigator;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(wanted: { readonly type: 'window'; readonly includeUncontrolled: true }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: 'push', heard: (event: Happening) => void): void;
  addEventListener(
    type: 'notificationclick',
    heard: (event: Happening & { readonly notification: Notification }) => void,
  ): void;
}

interface Happening {
  waitUntil(done: Promise<unknown>): void;
}

interface Page {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(said: unknown): void;
}

const worker = self as unknown as Worker;
/** The worker lies at `…/page/sw.js`. */
const base = worker.location.href.slice(0, worker.location.href.lastIndexOf('/page/'));
const names = namesShown(`${base}/page/`);

/** What is shown stays so long if there is nothing to tell. */
const NOTHING_MS = 2_000;

/** What was found, and how to ask for more. */
interface Asked {
  readonly found: Found & { readonly accountId: string };
  readonly api: ReturnType<typeof createKonvertClient>;
}

worker.addEventListener('push', (event) => event.waitUntil(tell()));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(String(event.notification.data?.url ?? '')));
});

/** A browser ends the subscription of a worker that shows nothing, so it always shows something. */
async function tell(): Promise<void> {
  await speak(chooseLanguage(worker.navigator.languages));
  await speakNotices();
  const asked = await ask().catch(() => undefined);
  const notice = noticeOf(asked?.found);
  const { tag, title, clients, isNothing = false } = notice;
  const before = await worker.registration.getNotifications({ tag });
  const isMore = clients > Math.max(0, ...before.map(({ data }) => Number(data?.clients ?? 0)));
  const said = [notice.body, notice.also].flatMap((say) => (say ? [t(...say)] : []));
  const body = [...((await linesOf(notice, asked)) ?? []), ...said].join('\n');
  const options = {
    tag,
    data: { url: urlOf(notice, asked), clients },
    silent: isNothing,
    renotify: !isNothing && (isMore || tag === 'leaving'),
    ...(body !== '' && { body }),
  };
  await worker.registration.showNotification(t(...title), options);
  if (tag === 'waiting') await close('leaving');
  if (!isNothing) return;
  await new Promise((resolve) => setTimeout(resolve, NOTHING_MS));
  await close(tag);
}

async function close(tag: Notice['tag']): Promise<void> {
  for (const notification of await worker.registration.getNotifications({ tag })) notification.close();
}

async function ask(): Promise<Asked> {
  const anonymous = createKonvertClient({ baseUrl: base });
  const { data: session } = await anonymous.POST('/v1/page-tokens/renew');
  if (!session) throw new Error('The device is not signed in');
  const api = createKonvertClient({ baseUrl: base, headers: { authorization: `Bearer ${session.token}` } });
  const { data: found } = await api.GET('/v1/me/notices');
  if (!found) throw new Error('What waits could not be read');
  return { found, api };
}

/** Who wrote and what, if this device may show it. */
async function linesOf({ chat }: Notice, asked: Asked | undefined): Promise<string[] | undefined> {
  if (!chat || !asked || !(await names.isOn())) return undefined;
  const { channelId, chatType, chatId } = chat;
  const params = { path: { channelId, chatType, chatId } };
  try {
    const { data } = await asked.api.GET('/v1/chats/{channelId}/{chatType}/{chatId}', { params });
    return data && [`${data.name}: ${data.preview}`];
  } catch {
    return undefined;
  }
}

function urlOf({ chat }: Notice, asked: Asked | undefined): string {
  if (!asked) return '';
  return `${base}/chat/${encodeURIComponent(asked.found.accountId)}${chat ? `#/chat/${keyOf(chat)}` : ''}`;
}

/** Brings the page to the front, or opens one. The user has asked for the chat, so it is opened. */
async function show(url: string): Promise<void> {
  // The page that turned notifications on is not the worker's own before it is reloaded.
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const [document] = url.split('#');
  const page = pages.find((there) => there.url.startsWith(document || `${base}/chat/`));
  if (!page) await worker.clients.openWindow(url === '' ? `${base}/` : url);
  else {
    page.postMessage({ t: 'open', key: url.split('#/chat/')[1] });
    await page.focus();
  }
}
