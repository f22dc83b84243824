import type { ServerResponse } from 'node:http';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from './http.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';
import { createDelivery, type Handed } from './vk/delivery.ts';
import { createMessages } from './vk/messages.ts';
import { createServers } from './vk/servers.ts';
import { createUploads } from './vk/uploads.ts';
import { type Given, VkError, type VkMessage, type VkPerson, type VkServer, type VkWorld } from './vk/world.ts';

/** One recorded call. Its parameters are texts. */
export interface VkCall {
  readonly method: string;
  readonly body: Given;
  readonly token: string | undefined;
}

export interface VkOptions {
  readonly clock?: VirtualClock;
  readonly groupId?: number;
  readonly token?: string;
  /** Calls the servers of the community. */
  readonly fetch?: typeof globalThis.fetch;
  /** What the token allows. */
  readonly rights?: readonly string[];
  /** Answers `groups.getById` with a list, as before version 5.199. */
  readonly oldShapes?: boolean;
}

/** VK's API and Callback API on 127.0.0.1, for one community. Time passes by its own clock only. */
export interface VkDouble extends HttpDouble<VkCall> {
  readonly clock: VirtualClock;
  readonly token: string;
  readonly groupId: number;
  /** The code that the API gives out. */
  readonly confirmation: { code: string };
  readonly servers: VkServer[];
  readonly messages: readonly VkMessage[];
  readonly saved: VkWorld['saved'];
  /** Clients' files by the end of their addresses. */
  readonly files: Map<string, Uint8Array>;
  readonly tokens: VkWorld['tokens'];
  /** Whether the community's bot features are on. Without them no keyboard is taken. */
  botFeatures: boolean;
  /** Somebody who has written to the community before. */
  person(person?: Partial<VkPerson>): VkPerson;
  /** A client writes. `more` are further fields of the message. Answers with its number in the chat. */
  writes(person: VkPerson, text: string, more?: Record<string, unknown>): number;
  /** An administrator writes in the community's page. */
  adminWrites(person: VkPerson, text: string): number;
  /** A client presses a callback button. Answers with the id of the press. */
  presses(person: VkPerson, payload: unknown, cmid: number): string;
  /** A client reads all up to a number. */
  reads(person: VkPerson, cmid: number): void;
  /** Tells anything else. */
  tell(type: string, object: unknown): void;
  /** All events so far. */
  readonly told: readonly Record<string, unknown>[];
  /** Posts what is due to the servers that want it. */
  deliver(): Promise<Handed[]>;
  readonly waiting: readonly { readonly failed: number }[];
}

const MOST_A_SECOND = 20;

/** Starts a VK double on a free port. */
export async function startVk(options: VkOptions = {}): Promise<VkDouble> {
  const { clock = createVirtualClock(), groupId = 210001, token = 'vk1.a.double-token_0123456789' } = options;
  const { rights = ['messages', 'manage', 'photos', 'docs'], oldShapes = false } = options;
  let lastId = 9100;
  const world: VkWorld = {
    clock,
    fetch: options.fetch ?? globalThis.fetch,
    groupId,
    tokens: new Map([[token, rights]]),
    confirmation: { code: 'a1b2c3d4' },
    people: new Map(),
    messages: [],
    servers: [],
    saved: new Map(),
    uploaded: new Map(),
    presses: new Map(),
    botFeatures: true,
    nextId: () => ++lastId,
  };
  const called: number[] = [];
  const files = new Map<string, Uint8Array>();
  const { tell, told: allTold, deliver, waiting, polledAfter, lastTs } = createDelivery(world);
  const messages = createMessages(world, tell);
  const servers = createServers(world);
  const uploads = createUploads(world, () => http.baseUrl);

  const METHODS: Readonly<Record<string, (given: Given, token: string) => unknown>> = {
    'groups.getById': () => {
      const group = { id: groupId, name: 'Konvert & Co', screen_name: 'konvert_co', is_closed: 0, type: 'page' };
      return oldShapes ? [group] : { groups: [group], profiles: [] };
    },
    'groups.getTokenPermissions': (_given, by) => {
      const permissions = (world.tokens.get(by) ?? []).map((name, at) => ({ name, setting: 2 ** at }));
      return { mask: 1, permissions };
    },
    'groups.getCallbackConfirmationCode': servers.code,
    'groups.getCallbackServers': servers.list,
    'groups.addCallbackServer': servers.add,
    'groups.editCallbackServer': servers.edit,
    'groups.deleteCallbackServer': servers.remove,
    'groups.setCallbackSettings': servers.set,
    'groups.getCallbackSettings': servers.settings,
    'groups.getLongPollServer': () => ({ key: 'lp1', server: `${http.baseUrl}/longpoll`, ts: String(lastTs()) }),
    'groups.setLongPollSettings': () => 1,
    'messages.send': messages.send,
    'messages.edit': messages.edit,
    'messages.delete': messages.remove,
    'messages.sendMessageEventAnswer': messages.answerPress,
    'photos.getMessagesUploadServer': uploads.askPhoto,
    'photos.saveMessagesPhoto': uploads.savePhoto,
    'docs.getMessagesUploadServer': uploads.askDoc,
    'docs.save': uploads.saveDoc,
    'users.get': ({ user_ids = '' }) =>
      user_ids.split(',').flatMap((id) => {
        const person = world.people.get(Number(id));
        return person ? [{ id: person.id, first_name: person.first_name, last_name: person.last_name }] : [];
      }),
  };

  async function answer({ method, body, token: by }: VkCall, request: RawRequest): Promise<Answer> {
    if (method === 'upload') return uploads.take(request);
    if (method === 'longpoll') return longPoll(body);
    try {
      const run = METHODS[method];
      if (!run) throw new VkError(3, 'Unknown method passed');
      if (body.v === undefined) throw new VkError(8, 'Invalid request: v (version) is required');
      if (by === undefined || !world.tokens.has(by)) {
        throw new VkError(5, 'User authorization failed: invalid access_token (4).');
      }
      checkPace();
      return { status: 200, body: { response: await run(body, by) } };
    } catch (error) {
      if (!(error instanceof VkError)) throw error;
      const request_params = Object.entries(body).map(([key, value]) => ({ key, value }));
      return { status: 200, body: { error: { error_code: error.code, error_msg: error.message, request_params } } };
    }
  }

  /** https://dev.vk.com/ru/api/api-requests */
  function checkPace(): void {
    const now = clock.now();
    while (called[0] !== undefined && called[0] <= now - 1000) called.shift();
    if (called.length >= MOST_A_SECOND) throw new VkError(6, 'Too many requests per second');
    called.push(now);
  }

  /** https://dev.vk.com/ru/api/bots-long-poll/getting-started */
  async function longPoll({ key, ts = '', wait = '25' }: Given): Promise<Answer> {
    if (key !== 'lp1') return { status: 200, body: { failed: 2 } };
    if (Number(ts) > lastTs()) return { status: 200, body: { failed: 3 } };
    const updates = await polledAfter(Number(ts), Number(wait) * 1000);
    return { status: 200, body: { ts: String(lastTs()), updates } };
  }

  function serveFile({ url }: RawRequest, response: ServerResponse): boolean {
    const [, place, name = ''] = url.pathname.split('/');
    if (place !== 'redirect') return false;
    response.writeHead(302, { location: `/file/${name}` }).end();
    return true;
  }

  const http = await startHttpDouble<VkCall>(
    readCall,
    (call, request) => {
      if (call.method !== 'file') return answer(call, request);
      const bytes = files.get(request.url.pathname.split('/')[2] ?? '');
      return bytes ? { status: 200, body: bytes, headers: { 'content-length': String(bytes.length) } } : GONE;
    },
    serveFile,
  );

  function told(message: VkMessage, more: Record<string, unknown> = {}): number {
    const object = { ...messages.objectOf(message), ...more };
    const client_info = { button_actions: ['text', 'callback', 'open_link'], keyboard: true, inline_keyboard: true };
    tell(
      message.from < 0 ? 'message_reply' : 'message_new',
      message.from < 0 ? object : { message: object, client_info },
    );
    return message.cmid;
  }

  return {
    ...http,
    clock,
    token,
    groupId,
    confirmation: world.confirmation,
    servers: world.servers,
    messages: world.messages,
    saved: world.saved,
    files,
    tokens: world.tokens,
    get botFeatures() {
      return world.botFeatures;
    },
    set botFeatures(on) {
      world.botFeatures = on;
    },
    person(given = {}) {
      const person = { id: 30020010, first_name: 'Anna', last_name: 'Belova', mayBeWritten: true, ...given };
      world.people.set(person.id, person);
      return person;
    },
    writes: ({ id }, text, more) => told(messages.add(id, id, { text, attachments: [] }), more),
    adminWrites: ({ id }, text) =>
      told(messages.add(id, -groupId, { text, attachments: [] }), { admin_author_id: 777 }),
    presses({ id }, payload, cmid) {
      const event_id = `p${world.nextId()}`;
      world.presses.set(event_id, id);
      tell('message_event', { user_id: id, peer_id: id, event_id, payload, conversation_message_id: cmid });
      return event_id;
    },
    reads({ id }, cmid) {
      const read = world.messages.find((one) => one.peer === id && one.cmid === cmid);
      tell('message_read', { from_id: id, peer_id: id, read_message_id: read?.id ?? 0, conversation_message_id: cmid });
    },
    tell,
    get told() {
      return allTold();
    },
    deliver,
    waiting,
  };
}

const GONE: Answer = { status: 404, body: '' };

/** Reads forms only. JSON in a body is not looked at. */
function readCall({ url, headers, bytes }: RawRequest): VkCall {
  const [, place = '', method = ''] = url.pathname.split('/');
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const form = isForm ? new URLSearchParams(bytes.toString('utf8')) : new URLSearchParams();
  const { access_token, ...body } = { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(form) };
  const token = headers.authorization?.replace(/^Bearer /, '') ?? access_token;
  return { method: place === 'method' ? method : place, body, token };
}
