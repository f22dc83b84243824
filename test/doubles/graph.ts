import { createDelivery, type Handed, type How } from './graph/delivery.ts';
import { recentOf, takeMessage } from './graph/messages.ts';
import {
  fileAnswer,
  fileUrl,
  mediaAnswer,
  notThere,
  phoneNode,
  pick,
  templateAnswer,
  templatesAnswer,
  uploadAnswer,
} from './graph/nodes.ts';
import { checkAccess, type GraphCall, readCall } from './graph/routes.ts';
import { createSubscriptions } from './graph/subscriptions.ts';
import { fieldsOf } from './graph/templates.ts';
import { changeValue, contactOf, secondsOf, statusValue } from './graph/told.ts';
import { bodyOf, type Update } from './graph/webhooks.ts';
import {
  type GraphNumber,
  type GraphTemplate,
  graphError,
  type Meta,
  ok,
  type Person,
  pairOf,
  Refused,
  storeMedia,
  type Taken,
  wamidOf,
} from './graph/world.ts';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from './http.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface GraphOptions {
  readonly clock?: VirtualClock;
  readonly token?: string;
  readonly appSecret?: string;
  /** Whether the app is set to take calls with a proof of its secret only. */
  readonly requiresProof?: boolean;
  readonly numbers?: readonly Partial<GraphNumber>[];
  /** The app's own callback address. Those of accounts and numbers are set by calls. */
  readonly callbackUrl?: string;
  /** A message's status `sent` is told before its call is answered. */
  readonly tellsBeforeAnswer?: boolean;
}

/** A Graph API on 127.0.0.1 that keeps the rules of WhatsApp's. Time passes by its own clock only. */
export interface GraphDouble extends HttpDouble<GraphCall> {
  readonly clock: VirtualClock;
  readonly token: string;
  readonly appSecret: string;
  readonly numbers: readonly GraphNumber[];
  readonly templates: GraphTemplate[];
  /** Every message that was taken, oldest first. */
  readonly taken: readonly Taken[];
  /** Accounts that have switched marketing to its own endpoint. */
  readonly marketingMoved: Set<string>;
  /** A token that is no longer taken, or is again. */
  readonly tokens: Set<string>;
  /** Somebody who is at WhatsApp. */
  person(person: Partial<Person>): Person;
  /** A client's message in Meta's words: `{ type: 'text', text: { body } }`. It opens the window. Its id. */
  writes(person: Person, content: Fields & { readonly type: string }, numberId?: string): string;
  /** A client's file. */
  sendsFile(
    person: Person,
    type: string,
    mimeType: string,
    bytes: Uint8Array,
    more?: Fields,
    numberId?: string,
  ): string;
  /** Somebody of the team writes in the phone's app. */
  writesInApp(person: Person, content: Fields & { readonly type: string }, numberId?: string): string;
  /** What becomes of a message that was taken. Nothing is told of one that was dropped. */
  tell(wamid: string, status: 'sent' | 'delivered' | 'read' | 'played' | 'failed', code?: number): void;
  /** Tells anything else. */
  push(update: Update): void;
  readonly waiting: readonly Update[];
  deliver(most?: number, how?: How): Promise<Handed[]>;
  /** The address that hears of `messages` of the first number. Undefined if none does any more. */
  readonly webhookUrl: string | undefined;
}

/** Starts a Graph API double on a free port. */
export async function startGraph(options: GraphOptions = {}): Promise<GraphDouble> {
  const {
    clock = createVirtualClock(),
    token = 'EAAdoubletoken',
    appSecret = 'double-app-secret',
    requiresProof = false,
  } = options;
  let lastId = 1000;
  const numbers = (options.numbers ?? [{}]).map(numberOf);
  const meta: Meta = {
    clock,
    tokens: new Set([token]),
    appSecret,
    numbers,
    people: [],
    templates: [],
    media: new Map(),
    taken: [],
    windows: new Map(),
    recent: new Map(),
    paidBack: new Map(),
    marketingMoved: new Set(),
    nextId: () => ++lastId,
  };
  const subscriptions = createSubscriptions(meta, options.callbackUrl);
  const delivery = createDelivery<Update>(clock, appSecret, subscriptions.addressFor, subscriptions.end, bodyOf);

  function number(id: string): GraphNumber {
    const found = numbers.find((one) => one.id === id);
    if (!found) throw new Error(`There is no number ${id}`);
    return found;
  }

  function tell(wamid: string, status: string, code?: number) {
    const taken = meta.taken.find((one) => one.wamid === wamid);
    if (!taken) throw new Error(`There is no message ${wamid}`);
    if (!taken.person && taken.failsWith === undefined) return;
    const at = number(taken.numberId);
    const value = statusValue(at, taken, status, meta.clock.now(), code);
    delivery.push({ wabaId: at.wabaId, numberId: at.id, field: 'messages', value });
  }

  async function send(numberId: string, endpoint: string, body: Fields): Promise<Answer> {
    if (body.status === 'read') return ok({ success: true });
    const taken = takeMessage(meta, number(numberId), endpoint, body);
    meta.taken.push(taken);
    const { wamid, person, failsWith, dialled } = taken;
    tell(wamid, failsWith === undefined ? 'sent' : 'failed', failsWith);
    if (options.tellsBeforeAnswer) await delivery.deliver();
    const contact = {
      input: String(body.to ?? body.recipient),
      ...(/^\d+$/.test(dialled) && { wa_id: person?.phone ?? dialled }),
      ...(person?.userId && { user_id: person.userId }),
    };
    const status = body.type === 'template' && { message_status: 'accepted' };
    return ok({ messaging_product: 'whatsapp', contacts: [contact], messages: [{ id: wamid, ...status }] });
  }

  async function answer(call: GraphCall, request: RawRequest): Promise<Answer> {
    try {
      if (call.method === 'GET file') return fileAnswer(meta, call, request.headers);
      checkAccess(meta, call, request.headers, requiresProof);
      const { id, body, query } = call;
      const known = numbers.find((one) => one.id === id);
      switch (call.method) {
        case 'POST messages':
        case 'POST marketing_messages':
          return known ? await send(id, call.edge ?? '', fieldsOf(body)) : notThere(id);
        case 'POST media':
          return known ? await uploadAnswer(meta, call) : notThere(id);
        case 'GET media':
          return mediaAnswer(meta, http.baseUrl, call);
        case 'DELETE media':
          return ok({ success: meta.media.delete(id) });
        case 'GET phone': {
          const at = number(id);
          const webhook_configuration = subscriptions.configurationOf(id, at.wabaId);
          return ok(pick({ ...phoneNode(at), webhook_configuration }, query.fields));
        }
        case 'POST phone': {
          const configured = fieldsOf(fieldsOf(body).webhook_configuration);
          if (configured.override_callback_uri === undefined) return graphError(100, 'Invalid parameter');
          return configured.override_callback_uri === ''
            ? subscriptions.unsubscribe(id)
            : await subscriptions.subscribe(id, configured);
        }
        case 'GET account':
          return ok(pick({ id, name: 'Konvert', currency: 'USD', account_review_status: 'APPROVED' }, query.fields));
        case 'GET phone_numbers': {
          const ofAccount = numbers.filter(({ wabaId }) => wabaId === id);
          return ok({ data: ofAccount.map((one) => pick(phoneNode(one), query.fields)) });
        }
        case 'GET template':
          return templateAnswer(meta, call);
        case 'GET message_templates':
          return templatesAnswer(meta, http.baseUrl, call);
        case 'POST subscribed_apps':
          return await subscriptions.subscribe(id, fieldsOf(body));
        case 'DELETE subscribed_apps':
          return subscriptions.unsubscribe(id);
        case 'GET subscribed_apps':
          return subscriptions.appsOf(id);
        default:
          return notThere(id);
      }
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  }

  const http = await startHttpDouble<GraphCall>((request) => readCall(meta, request), answer);

  function receive(person: Person, message: Fields, numberId: string): string {
    const at = number(numberId);
    const wamid = wamidOf(meta.nextId());
    recentOf(meta, at).push(clock.now());
    meta.windows.set(pairOf(numberId, person), clock.now());
    const from = {
      ...(person.phone && !person.hidesPhone && { from: person.phone }),
      ...(person.userId && { from_user_id: person.userId }),
    };
    const value = changeValue(at, {
      contacts: [contactOf(person)],
      messages: [{ ...from, id: wamid, timestamp: secondsOf(clock.now()), ...message }],
    });
    delivery.push({ wabaId: at.wabaId, numberId, field: 'messages', value });
    return wamid;
  }

  const firstId = (numbers[0] as GraphNumber).id;
  const double: GraphDouble = {
    ...http,
    clock,
    token,
    appSecret,
    numbers,
    templates: meta.templates,
    taken: meta.taken,
    marketingMoved: meta.marketingMoved,
    tokens: meta.tokens,
    person(given) {
      const person = { name: 'Dana K.', ...given };
      meta.people.push(person);
      return person;
    },
    writes: (person, content, numberId = firstId) => receive(person, content, numberId),
    sendsFile(person, type, mimeType, bytes, more = {}, numberId = firstId) {
      const { id, sha256 } = storeMedia(meta, numberId, mimeType, Buffer.from(bytes), 7);
      const url = fileUrl(meta, http.baseUrl, id);
      // A webhook tells the digest in another form than the media node.
      const digest = Buffer.from(sha256, 'hex').toString('base64');
      return receive(person, { type, [type]: { id, mime_type: mimeType, sha256: digest, url, ...more } }, numberId);
    },
    writesInApp(person, content, numberId = firstId) {
      const at = number(numberId);
      const wamid = wamidOf(meta.nextId());
      const to = { ...(person.phone && { to: person.phone }), ...(person.userId && { to_user_id: person.userId }) };
      const value = changeValue(at, {
        contacts: [contactOf(person)],
        message_echoes: [{ from: at.phone, ...to, id: wamid, timestamp: secondsOf(clock.now()), ...content }],
      });
      delivery.push({ wabaId: at.wabaId, numberId, field: 'smb_message_echoes', value });
      return wamid;
    },
    tell,
    push: (update) => delivery.push(update),
    get waiting() {
      return delivery.waiting;
    },
    deliver: (most, how) => delivery.deliver(most, how),
    get webhookUrl() {
      return subscriptions.addressFor({ wabaId: number(firstId).wabaId, numberId: firstId, field: 'messages' });
    },
  };
  return double;
}

function numberOf(given: Partial<GraphNumber>, index: number): GraphNumber {
  const phone = given.phone ?? `1202555010${index}`;
  const defaults = {
    id: `33011990220041${index}`,
    country: phone.slice(0, 1),
    wabaId: '208811300457712',
    name: 'Konvert',
    perSecond: 80,
  };
  return { ...defaults, ...given, phone };
}
