import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from './http.ts';
import { BAD_TOKEN, no, PAYLOAD, yes } from './max/answers.ts';
import { type Body, chatOf, createMaxMessages, type MaxTaken } from './max/messages.ts';
import { createMaxUploads, type MaxUpload } from './max/uploads.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** One recorded call. `method` is its verb and path, such as `POST messages`. */
export interface MaxCall {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface MaxOptions {
  readonly token?: string;
  readonly clock?: VirtualClock;
  /** Answers 429 to the third message within a second to one dialog. */
  readonly hasPace?: boolean;
  /** Takes webhooks that are not https. */
  readonly takesHttp?: boolean;
  /** Takes a token with an upload, as MAX does. */
  readonly takesToken?: boolean;
  /** Answers an uploaded video with another token than the one it told before, which is nobody's. */
  readonly tellsOtherToken?: boolean;
  /** Calls webhooks. */
  readonly fetch?: typeof globalThis.fetch;
  /** So often a file that is no picture is not ready. */
  readonly looks?: number;
  /** Speaks https with that certificate. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

interface Subscription {
  readonly url: string;
  readonly secret?: string;
  readonly update_types: readonly string[];
  readonly time: number;
  /** When it last answered 200. */
  heardAt: number;
}

export type MaxUpdate = Readonly<Record<string, unknown>> & { readonly update_type: string };

/** The Bot API of MAX on 127.0.0.1, by a clock of its own: https://dev.max.ru/docs-api */
export interface MaxDouble extends HttpDouble<MaxCall> {
  readonly clock: VirtualClock;
  readonly token: string;
  readonly taken: readonly MaxTaken[];
  readonly uploads: readonly MaxUpload[];
  readonly subscriptions: readonly Subscription[];
  /** Callback ids that were answered, with what the answer said. */
  readonly answered: ReadonlyMap<string, unknown>;
  /** Files of clients by their paths. */
  readonly files: Map<string, Uint8Array>;
  /** Files of clients' videos by their tokens. */
  readonly videos: Map<string, Uint8Array>;
  /** Somebody who has started the bot, and has not stopped it. */
  person(userId: number): void;
  stop(): Promise<void>;
  /** Somebody stops the bot. */
  stops(userId: number): void;
  /** What a client writes, as an update. It can be quoted from then on. */
  writes(userId: number, body: Body, more?: Body): MaxUpdate;
  /** The client presses a button of a message. */
  presses(userId: number, payload: string, mid?: string): MaxUpdate;
  /** Posts an update to all addresses, or keeps it for `GET /updates`. The statuses that it was answered with. */
  deliver(update: MaxUpdate): Promise<number[]>;
}

export const MAX_TOKEN = 'f9LHodD0cOL5NY7All_9xJRh5ZhPw6bRvq_0Adm8';
export const BOT_ID = 229229229;
const HOURS = 3_600_000;

/** Starts the double on a free port. It refuses what MAX refuses, and a token anywhere but in its header. */
export async function startMax(options: MaxOptions = {}): Promise<MaxDouble> {
  const {
    token = MAX_TOKEN,
    clock = createVirtualClock(),
    hasPace = false,
    takesHttp = false,
    looks = 2,
    takesToken = false,
    tellsOtherToken = false,
    fetch = globalThis.fetch,
    tls,
  } = options;

  let subscriptions: Subscription[] = [];
  const waiting: { readonly at: number; readonly update: MaxUpdate }[] = [];
  let committed = 0;
  let news = Promise.withResolvers<void>();
  const answered = new Map<string, unknown>();
  const pressed = new Set<string>();
  const files = new Map<string, Uint8Array>();
  const videos = new Map<string, Uint8Array>();
  const uploads = createMaxUploads(() => double.baseUrl, looks, { refusesToken: !takesToken, tellsOtherToken });
  const messages = createMaxMessages({ now: clock.now, botId: BOT_ID, refuses: uploads.refuses, hasPace });

  function subscribe({ url, secret, update_types = [] }: Body): Answer {
    const isRight = typeof url === 'string' && URL.canParse(url) && (takesHttp || url.startsWith('https://'));
    if (!isRight) return no(400, 'proto.payload', 'url: https only');
    if (secret !== undefined && !/^[\w-]{5,256}$/.test(String(secret))) return PAYLOAD('secret');
    const now = clock.now();
    const fresh = { url, update_types: update_types as string[], time: now, heardAt: now };
    subscriptions = [
      ...subscriptions.filter((one) => one.url !== url),
      { ...fresh, ...(secret !== undefined && { secret: String(secret) }) },
    ];
    return yes({ success: true });
  }

  /** "Unsubscribes after 8 hours without a 200." */
  function listening(): Subscription[] {
    subscriptions = subscriptions.filter(({ heardAt }) => heardAt > clock.now() - 8 * HOURS);
    return subscriptions;
  }

  /** Keeps updates for a day. Without a marker only the latest one is told. */
  async function getUpdates(query: URLSearchParams): Promise<Answer> {
    if (listening().length > 0) return no(405, 'method.not.allowed', 'There is a subscription');
    const marker = query.get('marker');
    if (marker !== null) committed = Math.max(committed, Number(marker));
    const from = marker === null ? Math.max(committed, waiting.length - 1) : committed;
    const fresh = () => waiting.slice(from).filter(({ at }) => at > clock.now() - 24 * HOURS);
    if (fresh().length === 0) {
      const seconds = Number(query.get('timeout') ?? 30);
      await Promise.race([news.promise, sleep(seconds * 1000, undefined, { ref: false })]);
    }
    return yes({
      updates: fresh()
        .slice(0, 100)
        .map(({ update }) => update),
      marker: waiting.length,
    });
  }

  function answerCallback(query: URLSearchParams, body: Body): Answer {
    const id = query.get('callback_id') ?? '';
    if (!pressed.has(id)) return PAYLOAD('callback_id');
    if (body.message == null && typeof body.notification !== 'string') return PAYLOAD('message or notification');
    answered.set(id, body.notification ?? body.message);
    return yes({ success: true });
  }

  async function usualAnswer({ method, body }: MaxCall, request: RawRequest): Promise<Answer> {
    if (method === 'POST upload.do') return uploads.take(request);
    const { searchParams: query } = request.url;
    // "No longer supported": https://dev.max.ru/docs-api
    if (query.has('access_token') || request.headers.authorization !== token) return BAD_TOKEN;
    const fields = (body ?? {}) as Body;
    const video = /^GET videos\/(.+)$/.exec(method)?.[1];
    if (video !== undefined) return videoAnswer(decodeURIComponent(video));
    switch (method) {
      case 'GET me':
        return yes({
          user_id: BOT_ID,
          first_name: 'Konvert',
          username: 'konvert_bot',
          is_bot: true,
          name: 'Konvert',
          last_activity_time: clock.now(),
        });
      case 'GET subscriptions':
        return yes({ subscriptions: listening().map(({ url, time, update_types }) => ({ url, time, update_types })) });
      case 'POST subscriptions':
        return subscribe(fields);
      case 'DELETE subscriptions':
        subscriptions = subscriptions.filter(({ url }) => url !== query.get('url'));
        return yes({ success: true });
      case 'POST messages':
        return messages.post(query, fields);
      case 'PUT messages':
        return messages.put(query, fields);
      case 'DELETE messages':
        return messages.remove(query);
      case 'POST uploads':
        return uploads.begin(query.get('type'));
      case 'POST answers':
        return answerCallback(query, fields);
      case 'GET updates':
        return getUpdates(query);
      default:
        return no(404, 'not.found', 'Not found');
    }
  }

  function videoAnswer(videoToken: string): Answer {
    if (!videos.has(videoToken)) return no(404, 'not.found', 'Video not found');
    const url = `${double.baseUrl}/files/video/${encodeURIComponent(videoToken)}`;
    return yes({
      token: videoToken,
      urls: { mp4_1080: null, mp4_720: url, mp4_144: `${url}?small` },
      width: 1,
      height: 1,
      duration: 7,
    });
  }

  /** Files are open to whoever knows their addresses, and a token would be a leak. */
  function serveFile({ url, headers }: RawRequest, response: ServerResponse): boolean {
    if (!url.pathname.startsWith('/files/')) return false;
    const name = decodeURIComponent(url.pathname.slice('/files/'.length));
    const bytes = name.startsWith('video/') ? videos.get(name.slice('video/'.length)) : files.get(name);
    const status = headers.authorization === undefined ? (bytes ? 200 : 404) : 400;
    response.writeHead(status, { 'content-type': 'image/webp', 'content-length': bytes?.length ?? 0 });
    response.end(bytes);
    return true;
  }

  function updateOf(type: string, fields: Body): MaxUpdate {
    return { ...fields, timestamp: clock.now(), user_locale: 'ru', update_type: type };
  }

  const http = await startHttpDouble<MaxCall>(
    ({ verb, url, bytes, headers }) => ({
      method: `${verb} ${url.pathname.slice(1)}`,
      query: Object.fromEntries(url.searchParams),
      body: headers['content-type'] === 'application/json' ? JSON.parse(bytes.toString('utf8')) : undefined,
    }),
    usualAnswer,
    serveFile,
    tls,
  );

  const double: MaxDouble = {
    ...http,
    clock,
    token,
    taken: messages.taken,
    uploads: uploads.uploads,
    get subscriptions() {
      return listening();
    },
    answered,
    files,
    videos,

    person(userId) {
      messages.started.add(userId);
      messages.stopped.delete(userId);
    },

    stops(userId) {
      messages.stopped.add(userId);
    },

    writes(userId, body, more = {}) {
      double.person(userId);
      const mid = messages.midOf(userId);
      messages.theirs.add(mid);
      const sender = { user_id: userId, first_name: 'Dana', last_name: 'Kim', is_bot: false, name: 'Dana Kim' };
      const recipient = { chat_id: chatOf(userId), chat_type: 'dialog', user_id: BOT_ID };
      const message = { recipient, timestamp: clock.now(), body: { mid, seq: 1, ...body }, sender, ...more };
      return updateOf('message_created', { message });
    },

    presses(userId, payload, mid) {
      const callback_id = `cb-${pressed.size + 1}-${userId}`;
      pressed.add(callback_id);
      const user = { user_id: userId, first_name: 'Dana', last_name: 'Kim', is_bot: false };
      const message = messages.taken.find((one) => one.mid === mid);
      const callback = { timestamp: clock.now(), callback_id, payload, user };
      return updateOf('message_callback', { callback, message: message ? messages.shown(message) : null });
    },

    async deliver(update) {
      waiting.push({ at: clock.now(), update });
      news.resolve();
      news = Promise.withResolvers();
      const wanted = listening().filter(
        (one) => one.update_types.length === 0 || one.update_types.includes(update.update_type),
      );
      return Promise.all(
        wanted.map(async (subscription) => {
          const headers = {
            'content-type': 'application/json',
            ...(subscription.secret && { 'X-Max-Bot-Api-Secret': subscription.secret }),
          };
          const response = await fetch(subscription.url, { method: 'POST', headers, body: JSON.stringify(update) });
          await response.arrayBuffer();
          // Any other status counts as none.
          if (response.status === 200) subscription.heardAt = clock.now();
          return response.status;
        }),
      );
    },
  };
  return double;
}
