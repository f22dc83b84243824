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

/** How many chats are asked for. So many wait for nobody who answers them. */
const MOST = 100;

interface Waiting {
  readonly clients: number;
  readonly isMore: boolean;
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
  else if (waiting.clients > 0) {
    const words = t(waiting.isMore ? 'push.many' : 'push.waiting', { count: waiting.clients });
    await worker.registration.showNotification(words, options);
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
  const query = { view: 'unanswered', limit: MOST } as const;
  const { data: page } = await api.GET('/v1/chats', { params: { query } });
  if (!page) throw new Error('The chats could not be read');
  // Those that the user's counter counts (U8).
  const chats = page.chats.filter(({ isOwn }) => isOwn || me.options.notifyHeadsAboutAllMessages);
  const isMore = page.nextCursor !== undefined;
  if (chats.length === 0 && isMore) throw new Error('The first chats are those of others');
  const [first] = chats;
  return {
    clients: new Set(chats.map(({ thread }) => thread)).size,
    isMore,
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
