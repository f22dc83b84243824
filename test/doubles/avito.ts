import { createDelivery, DEADLINE_MS, post } from './avito/delivery.ts';
import { type AvitoChat, type AvitoMessage, secondsOf, usersOf, type World, webhookOf } from './avito/world.ts';
import type { How } from './graph/delivery.ts';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from './http.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const DAY_SECONDS = 86_400;
const HOUR_MS = 3_600_000;
const MOST_IMAGE_BYTES = 24 * 1024 * 1024;

/** One recorded call. `method` is a name for its route. */
export interface AvitoCall {
  readonly method: string;
  /** The variable parts of the path, decoded. */
  readonly ids: readonly string[];
  readonly body: unknown;
}

export interface AvitoOptions {
  readonly clock?: VirtualClock;
  readonly userId?: number;
  /** How long it waits for the answer to a webhook. Avito waits two seconds. */
  readonly deadlineMs?: number;
}

/** Avito's API on 127.0.0.1. Time passes by its own clock only, but for the deadline of webhooks. */
export interface AvitoDouble extends HttpDouble<AvitoCall> {
  readonly clock: VirtualClock;
  readonly userId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A new chat with a person, about a listing or, with null, about none. */
  chat(personId: number, itemId?: number | null, id?: string): AvitoChat;
  /** The person writes, in Avito's words. The message's id. */
  writes(chat: AvitoChat, type: string, content: object): string;
  /** Somebody of the company writes at Avito. */
  writesAtAvito(chat: AvitoChat, type: string, content: object): string;
  /** A picture, or a voice message, of the person. */
  sendsFile(chat: AvitoChat, type: 'image' | 'voice', bytes: Uint8Array): string;
  /** The ids of the voice messages. */
  readonly voiceIds: Iterable<string>;
  deletes(chat: AvitoChat, messageId: string): void;
  /** All tokens end. */
  endTokens(): void;
  readonly waiting: readonly object[];
  /** The statuses that the addresses answered, 0 for none within two seconds. */
  deliver(most?: number, how?: How): Promise<number[]>;
  readonly subscriptions: readonly string[];
}

/** Starts a double of Avito's API on a free port. */
export async function startAvito(options: AvitoOptions = {}): Promise<AvitoDouble> {
  const { clock = createVirtualClock(), userId = 88001 } = options;
  let last = 1000;
  const world: World = {
    clock,
    keys: { clientId: 'avito-client-id', clientSecret: 'avito-client-secret-of-the-double' },
    userId,
    name: 'Konvert',
    tokens: new Map(),
    chats: new Map(),
    images: new Map(),
    voices: new Map(),
    subscriptions: [],
    nextId: () => ++last,
  };
  const delivery = createDelivery(world.subscriptions, options.deadlineMs);

  function add(chat: AvitoChat, authorId: number, type: string, content: object): AvitoMessage {
    const id = `f00d${world.nextId()}`.padEnd(32, '0');
    const message = { id, chatId: chat.id, authorId, created: secondsOf(world), type, content };
    chat.messages.push(message);
    delivery.push(webhookOf(world, message));
    return message;
  }

  function remove(message: AvitoMessage) {
    Object.assign(message, { type: 'deleted', content: {} });
    delivery.push(webhookOf(world, message));
  }

  function token({ bytes, headers }: RawRequest): Answer {
    const form = new URLSearchParams(bytes.toString());
    const { clientId, clientSecret } = world.keys;
    const isForm = isOf(headers, 'application/x-www-form-urlencoded');
    const isKnown = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
    if (!isForm || form.get('grant_type') !== 'client_credentials') return oauthNo('invalid_request', 'Wrong grant');
    if (!isKnown) return oauthNo('invalid_client', 'Client authentication failed');
    const access_token = `avito-token-${world.nextId()}`;
    world.tokens.set(access_token, clock.now() + DAY_SECONDS * 1000);
    return yes({ access_token, expires_in: DAY_SECONDS, token_type: 'Bearer' });
  }

  /** https://developers.avito.ru/api-catalog/messenger/documentation#operation/postWebhookV3 */
  async function subscribe({ url = '' }: { url?: string }): Promise<Answer> {
    if (!URL.canParse(url)) return no(400, 'Validation error');
    const isThere = (await post(url, '{}')) === 200;
    if (!isThere) return no(400, `The address does not answer 200 within ${DEADLINE_MS / 1000} s`);
    if (!world.subscriptions.includes(url)) world.subscriptions.push(url);
    return yes({ ok: true });
  }

  function unsubscribe({ url }: { url?: string }): Answer {
    const index = world.subscriptions.indexOf(url ?? '');
    if (index >= 0) world.subscriptions.splice(index, 1);
    return yes({ ok: true });
  }

  function send(chat: AvitoChat, { message, type }: { message?: { text?: string }; type?: string }): Answer {
    const text = message?.text ?? '';
    if (type !== 'text' || text === '') return no(400, 'Validation error');
    if ([...text].length > 1000) return no(400, 'message.text: maxLength 1000');
    if (chat.closed) return no(403, 'Forbidden');
    const { id, created } = add(chat, userId, 'text', { text });
    return yes({ content: { text }, created, direction: 'out', id, type: 'text' });
  }

  function sendImage(chat: AvitoChat, { image_id = '' }: { image_id?: string }): Answer {
    if (!world.images.has(image_id)) return no(400, 'Unknown image_id');
    if (chat.closed) return no(403, 'Forbidden');
    const content = { image: { sizes: sizesOf(image_id) } };
    const { id, created } = add(chat, userId, 'image', content);
    return yes({ author_id: userId, content, created, direction: 'out', id, type: 'image' });
  }

  function upload({ headers, bytes }: RawRequest): Answer {
    const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1];
    const text = bytes.toString('latin1');
    const part =
      /^--(\S+)\r\nContent-Disposition: form-data; name="([^"]+)"; filename="[^"]*"\r\nContent-Type: ([^\r]+)\r\n\r\n/.exec(
        text,
      );
    if (!part || part[1] !== boundary || part[2] !== 'uploadfile[]') return no(400, 'Field uploadfile[] is missing');
    const file = bytes.subarray(part[0].length, bytes.lastIndexOf(`\r\n--${boundary}--`));
    if (!/^image\/(jpeg|heic|gif|bmp|png)$/.test(part[3] ?? '')) return no(415, 'Unsupported image');
    if (file.length > MOST_IMAGE_BYTES) return no(413, 'Too large');
    const id = `${world.nextId()}.${'a1b2c3'.repeat(4)}`;
    world.images.set(id, file);
    return yes({ [id]: sizesOf(id) });
  }

  function deleteMessage(chat: AvitoChat, id: string): Answer {
    const message = chat.messages.find((one) => one.id === id && one.authorId === userId);
    if (!message) return no(404, 'Not found');
    if (clock.now() - message.created * 1000 > HOUR_MS) return no(400, 'The message is older than an hour');
    if (message.type !== 'deleted') remove(message);
    return yes({});
  }

  function voiceFiles(ids: readonly string[]): Answer {
    const until = clock.now() + HOUR_MS;
    const known = ids.filter((id) => world.voices.has(id));
    const urls = known.map((id) => [id, `${http.baseUrl}/voice/${encodeURIComponent(id)}?until=${until}`]);
    return yes({ voices_urls: Object.fromEntries(urls) });
  }

  function sizesOf(id: string): Record<string, string> {
    const at = (size: string) => `${http.baseUrl}/image/${size}/${encodeURIComponent(id)}`;
    return { '1280x960': at('1280x960'), '140x105': at('140x105'), '32x32': at('32x32'), '640x480': at('640x480') };
  }

  function inChat(chatId: string | undefined, then: (chat: AvitoChat) => Answer): Answer {
    const chat = world.chats.get(chatId ?? '');
    return chat ? then(chat) : no(404, 'Not found');
  }

  async function answer({ method, ids, body }: AvitoCall, request: RawRequest): Promise<Answer> {
    if (method === 'POST token') return token(request);
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if ((world.tokens.get(given ?? '') ?? 0) <= clock.now()) return no(401, 'Unauthorized');
    if (method === 'GET self')
      return yes({ id: userId, name: world.name, email: 'a@example.com', phone: '79990000000' });
    const [user, chatId, messageId] = ids;
    if (user !== undefined && user !== String(userId)) return no(403, 'Forbidden');
    switch (method) {
      case 'POST subscriptions':
        return yes({ subscriptions: world.subscriptions.map((url) => ({ url, version: '3' })) });
      case 'POST webhook':
        return subscribe(body as object);
      case 'POST unsubscribe':
        return unsubscribe(body as object);
      case 'GET chat':
        return inChat(chatId, ({ id, personId }) => yes({ id, users: usersOf(world, personId) }));
      case 'POST messages':
        return inChat(chatId, (chat) => send(chat, body as object));
      case 'POST image':
        return inChat(chatId, (chat) => sendImage(chat, body as object));
      case 'POST delete':
        return inChat(chatId, (chat) => deleteMessage(chat, messageId ?? ''));
      case 'POST uploadImages':
        return upload(request);
      case 'GET voices':
        return voiceFiles(request.url.searchParams.getAll('voice_ids').flatMap((one) => one.split(',')));
      case 'GET image':
      case 'GET voice':
        return no(404, 'Not found');
      default:
        return no(404, 'Not found');
    }
  }

  /** Files need no token. */
  function fileAnswer(call: AvitoCall, { url }: RawRequest): Answer | undefined {
    if (call.method === 'GET image') {
      const bytes = world.images.get(call.ids[1] ?? '');
      return bytes ? { status: 200, body: bytes, headers: { 'content-type': 'image/jpeg' } } : no(404, 'Not found');
    }
    if (call.method !== 'GET voice') return undefined;
    const bytes = world.voices.get(call.ids[0] ?? '');
    const isOpen = Number(url.searchParams.get('until')) > clock.now();
    return bytes && isOpen ? { status: 200, body: bytes, headers: { 'content-type': 'audio/mp4' } } : no(403, 'Ended');
  }

  const http = await startHttpDouble<AvitoCall>(readCall, (call, raw) => fileAnswer(call, raw) ?? answer(call, raw));

  return {
    ...http,
    clock,
    userId,
    ...world.keys,
    chat(personId, itemId = 4_100_200_300, given) {
      const id = given ?? `${itemId === null ? 'u2u' : 'u2i'}-abc~${world.nextId()}`;
      const chat: AvitoChat = { id, personId, itemId, messages: [] };
      world.chats.set(id, chat);
      return chat;
    },
    writes: (chat, type, content) => add(chat, chat.personId, type, content).id,
    writesAtAvito: (chat, type, content) => add(chat, userId, type, content).id,
    sendsFile(chat, type, bytes) {
      const id = `${type}-${world.nextId()}`;
      (type === 'image' ? world.images : world.voices).set(id, bytes);
      const content = type === 'image' ? { image: { sizes: sizesOf(id) } } : { voice: { voice_id: id } };
      return add(chat, chat.personId, type, content).id;
    },
    get voiceIds() {
      return world.voices.keys();
    },
    deletes(chat, messageId) {
      const message = chat.messages.find(({ id }) => id === messageId);
      if (!message) throw new Error(`There is no message ${messageId}`);
      remove(message);
    },
    endTokens: () => world.tokens.clear(),
    get waiting() {
      return delivery.waiting;
    },
    deliver: (most, how) => delivery.deliver(most, how),
    subscriptions: world.subscriptions,
  };
}

const USER = '/messenger/v1/accounts/([^/]+)';
const CHAT = `${USER}/chats/([^/]+)`;

const ROUTES: readonly (readonly [name: string, path: RegExp])[] = [
  ['POST token', /^\/token\/?$/],
  ['GET self', /^\/core\/v1\/accounts\/self$/],
  ['POST subscriptions', /^\/messenger\/v1\/subscriptions$/],
  ['POST webhook', /^\/messenger\/v3\/webhook$/],
  ['POST unsubscribe', /^\/messenger\/v1\/webhook\/unsubscribe$/],
  ['POST uploadImages', new RegExp(`^${USER}/uploadImages$`)],
  ['GET voices', new RegExp(`^${USER}/getVoiceFiles$`)],
  ['GET chat', /^\/messenger\/v2\/accounts\/([^/]+)\/chats\/([^/]+)$/],
  ['POST messages', new RegExp(`^${CHAT}/messages$`)],
  ['POST image', new RegExp(`^${CHAT}/messages/image$`)],
  ['POST delete', new RegExp(`^${CHAT}/messages/([^/]+)$`)],
  ['GET image', /^\/image\/([^/]+)\/([^/]+)$/],
  ['GET voice', /^\/voice\/([^/]+)$/],
];

function readCall({ verb, url, headers, bytes }: RawRequest): AvitoCall {
  for (const [method, path] of ROUTES) {
    const [whole, ...ids] = (method.startsWith(`${verb} `) && path.exec(url.pathname)) || [];
    if (whole !== undefined) return { method, ids: ids.map(decodeURIComponent), body: bodyOf(headers, bytes) };
  }
  return { method: `${verb} ${url.pathname}`, ids: [], body: undefined };
}

function bodyOf(headers: RawRequest['headers'], bytes: Buffer): unknown {
  if (isOf(headers, 'application/json')) return JSON.parse(bytes.toString());
  const isForm = isOf(headers, 'application/x-www-form-urlencoded');
  return isForm ? Object.fromEntries(new URLSearchParams(bytes.toString())) : undefined;
}

function isOf(headers: RawRequest['headers'], type: string): boolean {
  return headers['content-type']?.split(';')[0] === type;
}

function yes(body: object): Answer {
  return { status: 200, body };
}

function no(code: number, message: string): Answer {
  return { status: code, body: { error: { code, message } } };
}

function oauthNo(error: string, error_description: string): Answer {
  return { status: 400, body: { error, error_description } };
}
