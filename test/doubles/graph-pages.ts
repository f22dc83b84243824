import { createDelivery, type Handed, type How } from './graph/delivery.ts';
import { pick } from './graph/nodes.ts';
import { fieldsOf, midOf, takeMessage } from './graph/page-messages.ts';
import {
  bodyOfPages,
  type PageAccount,
  type PageMeta,
  type PageUpdate,
  type TakenMessage,
  type Writer,
} from './graph/page-world.ts';
import { personNode } from './graph/people.ts';
import { bodyOf, checkAccess, type GraphCall } from './graph/routes.ts';
import { answersHandshake } from './graph/subscriptions.ts';
import { graphError, ok, Refused } from './graph/world.ts';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from './http.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface PagesOptions {
  readonly clock?: VirtualClock;
  readonly object: 'instagram' | 'page';
  readonly appId?: string;
  readonly appSecret?: string;
  /** The secret that signs webhooks, where it is not the app's. */
  readonly signsWith?: string;
  readonly token?: string;
  /** Whether the app is set to take calls with a proof of its secret only. */
  readonly requiresProof?: boolean;
  readonly accounts?: readonly PageAccount[];
  /** The address that was typed in for the app, with the fields that were chosen there. */
  readonly callbackUrl?: string;
  /** An echo is told before the send is answered. */
  readonly tellsBeforeAnswer?: boolean;
}

/** The Graph API of pages and of Instagram on 127.0.0.1, which keeps their rules. Time passes by its own clock only. */
export interface PagesDouble extends HttpDouble<GraphCall> {
  readonly clock: VirtualClock;
  readonly meta: PageMeta;
  readonly token: string;
  readonly account: PageAccount;
  /** Every message that was taken, oldest first. */
  readonly taken: readonly TakenMessage[];
  writer(id: string, accountId?: string): Writer;
  /** The client's message in Meta's words: `{ text }`. It opens the window. Its id. */
  writes(writer: Writer, message: Fields): string;
  /** The address of a client's file, until it ends. */
  fileUrl(bytes: Uint8Array, name: string, forMs?: number): string;
  /** Somebody of the team writes in an app of Meta's. */
  writesInApp(writer: Writer, message: Fields): string;
  /** Tells any other item about a conversation. */
  tell(writer: Writer, item: Fields, field: string): void;
  readonly waiting: readonly PageUpdate[];
  deliver(most?: number, how?: How): Promise<Handed[]>;
}

const DAY_MS = 24 * 3_600_000;
const PAGE: PageAccount = { id: '660011223300', name: 'Konvert', instagram: '17840000000000777', username: 'konvert' };
const INSTAGRAM: PageAccount = {
  id: '17840000000000777',
  name: 'Konvert',
  username: 'konvert',
  scopedId: '26300000000777',
};

/** Starts the double on a free port. */
export async function startPages(options: PagesOptions): Promise<PagesDouble> {
  const { clock = createVirtualClock(), object, appId = '77001122334', appSecret = 'double-app-secret' } = options;
  const { token = 'EAAdoubletoken', requiresProof = true, signsWith = appSecret } = options;
  const accounts = options.accounts ?? [object === 'page' ? PAGE : INSTAGRAM];
  let lastId = 1000;
  const meta: PageMeta = {
    clock,
    tokens: new Set([token, `${appId}|${appSecret}`]),
    appId,
    appSecret,
    accounts,
    writers: [],
    taken: [],
    attachments: new Map(),
    subscribed: new Map(),
    callbacks: new Map(options.callbackUrl ? [[object, { url: options.callbackUrl, fields: ['messages'] }]] : []),
    humanAgents: new Set(),
    isInDevelopment: false,
    recent: new Map(),
    nextId: () => ++lastId,
  };
  const files = new Map<string, { readonly bytes: Uint8Array; readonly until: number }>();
  const addressFor = ({ object: about, accountId, field }: PageUpdate) => {
    const isHeard = meta.subscribed.get(accountId)?.includes(field) && !meta.isInDevelopment;
    return isHeard ? meta.callbacks.get(about)?.url : undefined;
  };
  const delivery = createDelivery<PageUpdate>(clock, signsWith, addressFor, endCallback, bodyOfPages);

  function endCallback(url: string) {
    for (const [about, callback] of meta.callbacks) if (callback.url === url) meta.callbacks.delete(about);
  }

  function tell(writer: Writer, item: Fields, field: string, isOwn = false) {
    const [sender, recipient] = isOwn ? [writer.accountId, writer.id] : [writer.id, writer.accountId];
    const whole = { sender: { id: sender }, recipient: { id: recipient }, timestamp: clock.now(), ...item };
    const list = writer.heldBy === undefined ? 'messaging' : 'standby';
    const at = clock.now();
    delivery.push({
      object,
      accountId: writer.accountId,
      list,
      item: whole,
      at,
      field: list === 'standby' ? list : field,
    });
  }

  function echo(writer: Writer, mid: string, message: Fields, app: Fields) {
    // Instagram has no field of its own for echoes.
    tell(
      writer,
      { message: { mid, is_echo: true, ...app, ...message } },
      object === 'page' ? 'message_echoes' : 'messages',
      true,
    );
  }

  async function send(account: PageAccount, body: Fields): Promise<Answer> {
    const taken = takeMessage(meta, account, object === 'instagram', body);
    meta.taken.push(taken);
    const writer = writerOf(taken.to, account.id);
    const { text, metadata } = fieldsOf(body.message);
    const said = { ...(text !== undefined && { text }), ...(metadata !== undefined && { metadata }) };
    echo(writer, taken.mid, said, { app_id: Number(appId) });
    if (options.tellsBeforeAnswer) await delivery.deliver();
    return ok({ recipient_id: taken.to, message_id: taken.mid });
  }

  function writerOf(id: string, accountId: string): Writer {
    const found = meta.writers.find((one) => one.id === id && one.accountId === accountId);
    if (!found) throw new Error(`There is nobody ${id}`);
    return found;
  }

  /** The account of a path: `me` is the one of the token. */
  function accountOf(id: string): PageAccount {
    const [first] = accounts;
    const found = id === 'me' ? first : accounts.find((one) => one.id === id || one.scopedId === id);
    if (!found) throw new Refused(100, `Unsupported request. Object with ID '${id}' does not exist`, { subcode: 33 });
    return found;
  }

  async function answer(call: GraphCall, request: RawRequest): Promise<Answer> {
    try {
      if (call.method === 'GET file') return fileAnswer(call.id);
      if (call.method === 'GET refresh_access_token') return refreshAnswer(call.query);
      checkAccess(meta, call, request.headers, requiresProof);
      return await answerNode(call);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  }

  async function answerNode({ method, id, query, body }: GraphCall): Promise<Answer> {
    if (method.endsWith(' subscriptions')) return appAnswer(id, method, fieldsOf(body));
    const person = method === 'GET page' ? meta.writers.find((one) => one.id === id) : undefined;
    if (person) return ok(personNode(person, object, query.fields));
    const account = accountOf(id);
    switch (method) {
      case 'GET me':
      case 'GET page':
        return ok(nodeOf(account, query.fields));
      case 'GET conversations':
        return ok({
          data: meta.writers.filter(({ accountId }) => accountId === account.id).map(({ id: of }) => ({ id: of })),
        });
      case 'POST subscribed_apps':
        return subscribe(account, fieldsOf(body));
      case 'DELETE subscribed_apps':
        meta.subscribed.delete(account.id);
        return ok({ success: true });
      case 'GET subscribed_apps': {
        const fields = meta.subscribed.get(account.id);
        return ok({ data: fields ? [{ id: appId, name: 'Konvert', subscribed_fields: fields }] : [] });
      }
      case 'POST messages':
        return send(account, fieldsOf(body));
      case 'POST message_attachments':
        return uploadAnswer(account, fieldsOf(body));
      default:
        throw new Refused(100, 'Unsupported request');
    }
  }

  function nodeOf({ id, name, username, instagram, scopedId }: PageAccount, fields: string | undefined): Fields {
    if (object === 'instagram')
      return pick({ id: scopedId ?? id, user_id: id, username, name, account_type: 'BUSINESS' }, fields);
    const linked = instagram === undefined ? undefined : { id: instagram, username, name };
    return pick({ id, name, instagram_business_account: linked }, fields?.replace(/\{[^}]*\}/g, ''));
  }

  function subscribe({ id }: PageAccount, { subscribed_fields: given }: Fields): Answer {
    if (typeof given !== 'string' || given === '') return graphError(100, 'Param subscribed_fields must be non-empty');
    meta.subscribed.set(id, given.split(','));
    return ok({ success: true });
  }

  async function appAnswer(id: string, method: string, body: Fields): Promise<Answer> {
    if (id !== appId) throw new Refused(100, `Object with ID '${id}' does not exist`, { subcode: 33 });
    if (method === 'GET subscriptions') {
      const data = [...meta.callbacks].map(([about, { url, fields }]) => ({
        object: about,
        callback_url: url,
        active: true,
        fields: fields.map((name) => ({ name, version: 'v26.0' })),
      }));
      return ok({ data });
    }
    const { callback_url: url, verify_token: token, fields, object: about } = body;
    if (typeof url !== 'string' || typeof about !== 'string' || typeof fields !== 'string')
      return graphError(100, 'Invalid parameter');
    if (!(await answersHandshake(url, String(token ?? ''), meta.nextId())))
      return graphError(2200, 'Callback verification failed');
    meta.callbacks.set(about, { url, fields: fields.split(',') });
    return ok({ success: true });
  }

  async function uploadAnswer({ id }: PageAccount, { message, filedata }: Fields): Promise<Answer> {
    const { attachment } = fieldsOf(JSON.parse(String(message ?? '{}')));
    const { type } = fieldsOf(attachment);
    if (typeof type !== 'string' || !(filedata instanceof File))
      return graphError(100, 'Upload attachment failure.', { subcode: 2018047 });
    if (filedata.size > 25 * 1024 * 1024)
      return graphError(100, 'Attachment size exceeds allowable limit', { subcode: 2018109 });
    const attachmentId = String(9_000_000_000_000 + meta.nextId());
    meta.attachments.set(attachmentId, { accountId: id, type, bytes: filedata.size });
    return ok({ attachment_id: attachmentId });
  }

  function refreshAnswer({ grant_type: grant, access_token: old }: Readonly<Record<string, string>>): Answer {
    if (grant !== 'ig_refresh_token' || old === undefined || !meta.tokens.has(old))
      return graphError(190, 'Invalid token', { status: 400 });
    const next = `${old.replace(/-\d+$/, '')}-${meta.nextId()}`;
    meta.tokens.add(next);
    return ok({ access_token: next, token_type: 'bearer', expires_in: (60 * DAY_MS) / 1000 });
  }

  function fileAnswer(id: string): Answer {
    const file = files.get(id);
    if (!file) return { status: 404, body: '' };
    // The signature of the address has ended.
    if (clock.now() >= file.until) return { status: 403, body: 'URL signature expired' };
    return { status: 200, body: file.bytes, headers: { 'content-type': 'application/octet-stream' } };
  }

  const http = await startHttpDouble<GraphCall>((request) => readCall(request), answer);

  return {
    ...http,
    clock,
    meta,
    token,
    account: accounts[0] as PageAccount,
    taken: meta.taken,
    writer(id, accountId = (accounts[0] as PageAccount).id) {
      const writer: Writer = { id, accountId, wroteAt: Number.NEGATIVE_INFINITY };
      meta.writers.push(writer);
      return writer;
    },
    writes(writer, message) {
      writer.wroteAt = clock.now();
      const mid = midOf(object === 'instagram', meta.nextId());
      tell(writer, { message: { mid, ...message } }, 'messages');
      return mid;
    },
    fileUrl(bytes, name, forMs = DAY_MS) {
      const id = String(meta.nextId());
      files.set(id, { bytes, until: clock.now() + forMs });
      return `${http.baseUrl}/files/${id}/${name}`;
    },
    writesInApp(writer, message) {
      const mid = midOf(object === 'instagram', meta.nextId());
      echo(writer, mid, message, object === 'page' ? { app_id: 263902037430900 } : {});
      return mid;
    },
    tell: (writer, item, field) => tell(writer, item, field),
    get waiting() {
      return delivery.waiting;
    },
    deliver: (most, how) => delivery.deliver(most, how),
  };
}

/** Names a request by what it is about. */
async function readCall({ verb, url, headers, bytes }: RawRequest): Promise<GraphCall> {
  const [first = '', second = '', third] = url.pathname.split('/').slice(1).map(decodeURIComponent);
  const query = Object.fromEntries(url.searchParams);
  const body = await bodyOf(headers['content-type'] ?? '', bytes);
  if (first === 'files') return { method: `${verb} file`, id: second, edge: undefined, query, body, version: '' };
  const isEdge = second === 'me' || second === 'refresh_access_token' || third !== undefined;
  const method = `${verb} ${third ?? (isEdge ? second : 'page')}`;
  return { method, id: second, edge: third, query, body, version: /^v\d/.test(first) ? first : '' };
}
