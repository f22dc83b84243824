// Wakes without payload, so that no push service learns a client's name: what to show is read from Konvert itself, with
// a token by the cookie of the device, which does nothing else.

import { createKonvertClient } from '../clients/typescript/index.ts';
import { keyOf } from './models.ts';
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
/** One notice at most, which the next one takes the place of. */
const TAG = 'konvert';

interface Waiting {
  readonly count: number;
  /** Opens the one that waits longest. */
  readonly url: string;
}

worker.addEventListener('push', (event) => event.waitUntil(tell()));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(String(event.notification.data ?? '')));
});

async function tell(): Promise<void> {
  await speak(chooseLanguage(worker.navigator.languages));
  const waiting = await readWaiting().catch(() => undefined);
  const options = { tag: TAG, data: waiting?.url ?? '' };
  // A browser takes the permission away from a worker that shows nothing.
  if (waiting === undefined) await worker.registration.showNotification(t('push.something'), options);
  else if (waiting.count > 0) {
    await worker.registration.showNotification(t('push.waiting', { count: waiting.count }), options);
  } else {
    const shown = await worker.registration.getNotifications({ tag: TAG });
    if (shown.length === 0) await worker.registration.showNotification(t('push.answered'), options);
    for (const notification of await worker.registration.getNotifications({ tag: TAG })) notification.close();
  }
}

async function readWaiting(): Promise<Waiting> {
  const anonymous = createKonvertClient({ baseUrl: base });
  const { data: session } = await anonymous.POST('/v1/page-tokens/renew');
  if (!session) throw new Error('The device is not signed in');
  const api = createKonvertClient({ baseUrl: base, headers: { authorization: `Bearer ${session.token}` } });
  const { data: me } = await api.GET('/v1/me');
  if (!me?.user) throw new Error('Nobody is signed in');
  const path = { id: me.user.id };
  const [counter, list] = await Promise.all([
    api.GET('/v3/unanswered/{id}', { params: { path } }),
    api.GET('/v1/chats', { params: { query: { view: 'unanswered', limit: '1' } } }),
  ]);
  const [first] = list.data?.chats ?? [];
  return {
    count: counter.data?.counterV2 ?? 0,
    url: `${base}/chat/${encodeURIComponent(me.accountId)}${first ? `#/chat/${keyOf(first)}` : ''}`,
  };
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
