import type { How } from './graph/delivery.ts';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from './http.ts';
import { createDelivery, post } from './viber/delivery.ts';
import { refusalOf } from './viber/rules.ts';
import { jsonOf, type Taken, type ViberPerson, type World } from './viber/world.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

type Fields = Readonly<Record<string, unknown>>;

const HOUR_MS = 3_600_000;
/** Every event that can be wanted: https://developers.viber.com/docs/api/rest-bot-api/#setting-a-webhook */
const ALL_EVENTS = [
  'delivered',
  'seen',
  'failed',
  'subscribed',
  'unsubscribed',
  'conversation_started',
  'client_status',
];

/** One recorded call. */
export interface ViberCall {
  readonly method: string;
  readonly body: unknown;
}

export interface ViberOptions {
  readonly clock?: VirtualClock;
  /** Whether the look at a new address is signed. Viber was seen to do both. */
  readonly signsHandshake?: boolean;
}

/** Viber's API on 127.0.0.1. Time passes by its own clock only. */
export interface ViberDouble extends HttpDouble<ViberCall> {
  readonly clock: VirtualClock;
  readonly authToken: string;
  /** The webhook that is set, or an empty text. */
  webhook: string;
  /** Every message that was taken, oldest first. */
  readonly taken: readonly Taken[];
  /** Somebody at Viber, who is not subscribed yet. */
  person(id: string, name?: string): ViberPerson;
  /** The person writes, in Viber's words, which subscribes them. The digits of the message's token. */
  writes(person: ViberPerson, message: Fields & { readonly type: string }): string;
  /** A file of the person's. */
  sendsFile(person: ViberPerson, type: string, name: string, bytes: Uint8Array): string;
  /** The person opens the chat for the first time. */
  opensChat(person: ViberPerson, context?: string): string;
  subscribes(person: ViberPerson): void;
  leaves(person: ViberPerson): void;
  /** What becomes of a message that was taken. */
  tell(token: string, event: 'delivered' | 'seen' | 'failed', desc?: string): void;
  /** Answers everything with that status. */
  setStatus(status: number): void;
  readonly waiting: readonly Fields[];
  /** The statuses that the webhook answered, 0 for none. */
  deliver(most?: number, how?: How): Promise<number[]>;
}

/** Starts a double of Viber's API on a free port. */
export async function startViber({
  clock = createVirtualClock(),
  signsHandshake = false,
}: ViberOptions = {}): Promise<ViberDouble> {
  let last = 5_277_626_602_752_337_000n;
  const world: World = {
    clock,
    authToken: '445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9',
    people: new Map(),
    taken: [],
    files: new Map(),
    webhook: '',
    events: ALL_EVENTS,
    tracking: new Map(),
    status: 0,
    nextToken() {
      last += 7n;
      return String(last);
    },
  };
  const delivery = createDelivery(world);

  function callback(event: string, more: Fields, message_token = world.nextToken()): string {
    delivery.push({ event, timestamp: clock.now(), chat_hostname: 'SN-CHAT-01_', message_token, ...more });
    return message_token;
  }

  function about({ id, name }: ViberPerson): Fields {
    return { id, name, language: 'uk', country: 'UA', api_version: 10 };
  }

  function writes(person: ViberPerson, message: Fields): string {
    person.isSubscribed = true;
    person.sent = [];
    const tracking_data = world.tracking.get(person.id);
    const said = { ...message, ...(tracking_data !== undefined && { tracking_data }) };
    return callback('message', { sender: about(person), message: said, silent: false });
  }

  /** https://developers.viber.com/docs/api/rest-bot-api/#setting-a-webhook */
  async function setWebhook({ url, event_types }: Fields): Promise<Answer> {
    if (url === '') {
      world.webhook = '';
      return yes({ event_types: [] });
    }
    if (typeof url !== 'string' || !URL.canParse(url)) return no(1, 'invalidUrl');
    const handshake = { event: 'webhook', timestamp: clock.now(), chat_hostname: 'SN-CHAT-01_' };
    const asked = jsonOf({ ...handshake, message_token: world.nextToken() });
    // Mostly it is not signed: https://github.com/Bogdaan/viber-bot-php/issues/3
    if ((await post(url, asked, signsHandshake ? world.authToken : undefined)) !== 200)
      return no(1, 'invalidUrl: the webhook did not answer 200');
    world.webhook = url;
    world.events = Array.isArray(event_types) ? event_types : ALL_EVENTS;
    return yes({ event_types: [...world.events, 'message'] });
  }

  function send(body: Fields, bytes: number): Answer {
    if (world.webhook === '') return no(10, 'webhookNotSet');
    const refusal = refusalOf(world, body, bytes);
    if (refusal) return no(...refusal);
    const receiver = String(body.receiver);
    const token = world.nextToken();
    world.taken.push({ token, receiver, body });
    world.people.get(receiver)?.sent.push(clock.now());
    if (body.tracking_data === undefined) world.tracking.delete(receiver);
    else world.tracking.set(receiver, body.tracking_data);
    return yes({ message_token: token, chat_hostname: 'SN-CHAT-01_', billing_status: 1 });
  }

  function answer({ method, body }: ViberCall, { headers, bytes }: RawRequest): Answer | Promise<Answer> {
    const fields = (body ?? {}) as Fields;
    // Viber's own libraries of old send it in the body.
    const given = headers['x-viber-auth-token'] ?? fields.auth_token;
    if (given === undefined) return no(2, 'missing_auth_token');
    if (given !== world.authToken) return no(2, 'invalidAuthToken');
    if (world.status !== 0) return no(world.status, 'the bot is not what it was');
    switch (method) {
      case 'get_account_info':
        return yes({
          id: 'pa:75346594275468546724',
          name: 'Konvert',
          uri: 'konvertbot',
          webhook: world.webhook,
          event_types: world.events,
          subscribers_count: [...world.people.values()].filter(({ isSubscribed }) => isSubscribed).length,
        });
      case 'set_webhook':
        return setWebhook(fields);
      case 'send_message':
        return send(fields, bytes.length);
      default:
        return { status: 404, body: '<html>Not found</html>' };
    }
  }

  /** Files need no token, and end after an hour. */
  function fileAnswer({ method }: ViberCall, { url }: RawRequest): Answer | undefined {
    if (method !== 'GET file') return undefined;
    const file = world.files.get(url.pathname);
    const isThere = file && file.until > clock.now();
    return isThere
      ? { status: 200, body: file.bytes, headers: { 'content-type': 'image/jpeg' } }
      : { status: 404, body: '' };
  }

  const http = await startHttpDouble<ViberCall>(readCall, (call, raw) => fileAnswer(call, raw) ?? answer(call, raw));

  return {
    ...http,
    clock,
    authToken: world.authToken,
    get webhook() {
      return world.webhook;
    },
    set webhook(url) {
      world.webhook = url;
    },
    taken: world.taken,
    person(id, name = 'Олена') {
      const person: ViberPerson = { id, name, isSubscribed: false, hasDevice: true, sent: [] };
      world.people.set(id, person);
      return person;
    },
    writes,
    sendsFile(person, type, name, bytes) {
      const path = `/files/${world.nextToken()}/${name}`;
      world.files.set(path, { bytes, until: clock.now() + HOUR_MS });
      const media = `${http.baseUrl}${path}`;
      return writes(person, { type, media, file_name: name, ...(type !== 'picture' && { size: bytes.length }) });
    },
    opensChat: (person, context) =>
      callback('conversation_started', {
        type: 'open',
        user: about(person),
        subscribed: person.isSubscribed,
        ...(context !== undefined && { context }),
      }),
    subscribes(person) {
      person.isSubscribed = true;
      callback('subscribed', { user: about(person) });
    },
    leaves(person) {
      person.isSubscribed = false;
      callback('unsubscribed', { user_id: person.id });
    },
    tell(token, event, desc) {
      const taken = world.taken.find((one) => one.token === token);
      if (!taken) throw new Error(`There is no message ${token}`);
      callback(event, { user_id: taken.receiver, ...(desc !== undefined && { desc }) }, token);
    },
    setStatus(status) {
      world.status = status;
    },
    get waiting() {
      return delivery.waiting;
    },
    deliver: (most, how) => delivery.deliver(most, how),
  };
}

function readCall({ verb, url, bytes }: RawRequest): ViberCall {
  if (verb === 'GET' && url.pathname.startsWith('/files/')) return { method: 'GET file', body: undefined };
  const [, method = url.pathname] = /^\/pa\/(\w+)$/.exec(url.pathname) ?? [];
  return { method, body: bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined };
}

function yes(body: Fields): Answer {
  return { status: 200, body: jsonOf({ status: 0, status_message: 'ok', ...body }) };
}

/** A refusal, which has HTTP's 200. */
function no(status: number, status_message: string): Answer {
  return { status: 200, body: { status, status_message, chat_hostname: 'SN-CHAT-01_' } };
}
