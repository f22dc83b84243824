import { edit, find, openFile, remove, send, setWebhook, store } from './evolution/answers.ts';
import { createWebhooks, type Try } from './evolution/webhooks.ts';
import {
  type Bridge,
  type Fields,
  type Instance,
  messageId,
  no,
  ok,
  type Person,
  Refused,
  type Stored,
} from './evolution/world.ts';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from './http.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A call to the bridge. `method` is the verb and the path without the name of the instance. */
export interface EvolutionCall {
  readonly method: string;
  readonly instance: string;
  readonly apikey: string;
  readonly body: unknown;
}

export interface EvolutionOptions {
  readonly clock?: VirtualClock;
  readonly globalKey?: string;
  readonly instance?: Partial<Instance>;
  readonly people?: readonly Person[];
  /** What a program sends by the bridge comes back as a webhook before its call is answered. */
  readonly echoesBeforeAnswer?: boolean;
}

/** An Evolution API of 2.3.7 on 127.0.0.1, with one phone. Time passes by its own clock only. */
export interface EvolutionDouble extends HttpDouble<EvolutionCall> {
  readonly clock: VirtualClock;
  readonly globalKey: string;
  readonly instance: Instance;
  readonly bridge: Bridge;
  /** A client's message in the protocol's words: `{ conversation }`. Its id, and what became of its webhook. */
  writes(person: Person, message: Fields, more?: Fields): Promise<{ id: string; told: Try | undefined }>;
  /** A client's file. */
  sendsFile(person: Person, kind: string, part: Fields, bytes: Uint8Array): Promise<string>;
  /** Somebody of the team writes on the phone. */
  writesOnPhone(person: Person, message: Fields): Promise<string>;
  /** A client changes the words of a message. The webhook names no chat of theirs. */
  edits(person: Person, id: string, text: string): Promise<void>;
  /** Tells anything else of the phone. */
  emit(event: string, data: unknown): Promise<Try | undefined>;
  retry(ms?: number): Promise<Try[]>;
  waiting(): number;
  restart(): Promise<void>;
}

const PROBES: readonly string[] = ['chat/fetchBusinessProfile'];

/** Starts a bridge double on a free port. */
export async function startEvolution(options: EvolutionOptions = {}): Promise<EvolutionDouble> {
  const { clock = createVirtualClock(), globalKey = 'double-global-key' } = options;
  const instance: Instance = {
    id: '6f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11',
    name: 'shop',
    token: 'DOUBLE-INSTANCE-KEY',
    state: 'open',
    ownerJid: '14155550100@s.whatsapp.net',
    profileName: 'Our shop',
    disconnectionReasonCode: null,
    code: null,
    webhook: undefined,
    messages: [],
    isMute: false,
    ...options.instance,
  };
  const bridge: Bridge = {
    clock,
    globalKey,
    instances: new Map([[instance.name, instance]]),
    people: [...(options.people ?? [])],
    files: new Map(),
  };
  const webhooks = createWebhooks(clock, globalKey);

  async function sent(of: Instance, path: string, body: unknown): Promise<Answer> {
    const { stored, fails } = send(bridge, of, path, body);
    const { MessageUpdate: _, ...told } = stored;
    if (options.echoesBeforeAnswer) {
      await webhooks.emit(of, 'messages.upsert', told);
      await webhooks.emit(of, 'send.message', told);
    }
    if (fails) await tellStatus(of, stored, 'ERROR');
    return ok({ ...told, status: 'PENDING' }, 201);
  }

  function tellStatus(of: Instance, { key }: Stored, status: string) {
    const { id: keyId, remoteJid, fromMe } = key;
    return webhooks.emit(of, 'messages.update', { keyId, remoteJid, fromMe, status, instanceId: of.id });
  }

  async function answer({ method, instance: name, apikey, body }: EvolutionCall, { url }: RawRequest): Promise<Answer> {
    if (method === 'POST instance/create') return create(bridge, apikey, body);
    if (method === 'GET instance/fetchInstances') return list(bridge, apikey, url.searchParams.get('instanceName'));
    const of = bridge.instances.get(name);
    // The bridge looks for the instance before it looks at the key.
    if (!of) return no(404, 'Not Found', [`The "${name}" instance does not exist`]);
    if (![globalKey, of.token].includes(apikey)) return no(401, 'Unauthorized', 'Unauthorized');
    const path = method.slice(method.indexOf(' ') + 1);
    switch (method) {
      case 'GET instance/connectionState':
        return ok({ instance: { instanceName: of.name, state: of.state } });
      case 'GET instance/connect':
        return connect(of);
      case 'POST webhook/set':
        return setWebhook(of, body);
      case 'GET webhook/find':
        return ok(of.webhook ?? null);
      case 'POST message/sendText':
      case 'POST message/sendMedia':
      case 'POST message/sendWhatsAppAudio':
        return sent(of, path, body);
      case 'POST chat/updateMessage':
        return ok({ key: edit(bridge, of, body).key, message: { editedMessage: {} } });
      case 'DELETE chat/deleteMessageForEveryone':
        return ok({ key: remove(of, body)?.key ?? {} }, 201);
      case 'POST chat/findMessages':
        return find(of, body);
      case 'POST chat/getBase64FromMediaMessage':
        return openFile(bridge, body);
      default:
        return PROBES.includes(path) ? probe(of) : no(404, 'Not Found', [`Cannot ${method}`]);
    }
  }

  const server = await startHttpDouble<EvolutionCall>(
    ({ verb, url, headers, bytes }) => {
      const parts = url.pathname.split('/').filter(Boolean);
      const text = bytes.toString('utf8');
      return {
        method: `${verb} ${parts.slice(0, 2).join('/')}`,
        instance: decodeURIComponent(parts[2] ?? ''),
        apikey: headers.apikey ?? '',
        body: text === '' ? undefined : JSON.parse(text),
      };
    },
    async (call, request) => {
      try {
        return await answer(call, request);
      } catch (error) {
        if (error instanceof Refused) return error.answer;
        throw error;
      }
    },
  );

  async function take(person: Person, message: Fields, fromMe: boolean, context: Fields = {}) {
    const name = fromMe ? null : (person.name ?? null);
    const stored = store(bridge, instance, keyOf(person, fromMe), message, context, name);
    const { MessageUpdate: _, key, ...told } = stored;
    return { stored, told: await webhooks.emit(instance, 'messages.upsert', { ...told, key: swapped(key) }) };
  }

  return {
    ...server,
    clock,
    globalKey,
    instance,
    bridge,
    async writes(person, message, context) {
      const { stored, told } = await take(person, message, false, context);
      return { id: stored.key.id, told };
    },
    async sendsFile(person, kind, part, bytes) {
      const { stored } = await take(person, { [kind]: { ...part, fileLength: String(bytes.length) } }, false);
      const { mimetype = 'application/octet-stream', fileName = 'file.bin' } = part as Record<string, string>;
      bridge.files.set(stored.key.id, { bytes, mimetype, fileName });
      return stored.key.id;
    },
    async writesOnPhone(person, message) {
      return (await take(person, message, true)).stored.key.id;
    },
    async edits(_person, id, text) {
      const stored = instance.messages.find(({ key }) => key.id === id)!;
      const at = clock.now();
      // The client's phone names the chat by our number, and the message as its own.
      const key = { id, remoteJid: instance.ownerJid, fromMe: true };
      const editedMessage = { conversation: text };
      await webhooks.emit(instance, 'messages.edited', {
        key,
        type: 'MESSAGE_EDIT',
        editedMessage,
        timestampMs: String(at),
      });
      const { remoteJid, fromMe } = stored.key;
      await webhooks.emit(instance, 'messages.update', { keyId: id, remoteJid, fromMe, status: 'DELETED' });
      stored.message = editedMessage;
      stored.messageTimestamp = Math.floor(at / 1000);
      stored.MessageUpdate = [...stored.MessageUpdate, { status: 'EDITED' }];
    },
    emit: (event, data) => webhooks.emit(instance, event, data),
    retry: webhooks.retry,
    waiting: webhooks.waiting,
    restart: webhooks.restart,
  };
}

function create({ instances, globalKey, clock }: Bridge, apikey: string, body: unknown): Answer {
  if (apikey !== globalKey) return no(401, 'Unauthorized', 'Unauthorized');
  const { instanceName: name, integration } = body as { instanceName: string; integration: string };
  if (instances.has(name)) return no(403, 'Forbidden', [`This name "${name}" is already in use.`]);
  if (integration !== 'WHATSAPP-BAILEYS') return no(400, 'Bad Request', ['Invalid integration']);
  const created: Instance = {
    id: `${clock.now()}-${instances.size}`,
    name,
    token: 'DOUBLE-NEW-KEY',
    state: 'close',
    ownerJid: null,
    profileName: null,
    disconnectionReasonCode: null,
    code: '2@newqr,code,text',
    webhook: undefined,
    messages: [],
    isMute: false,
  };
  instances.set(name, created);
  return ok({ instance: { instanceName: name, instanceId: created.id, status: 'close' }, hash: created.token }, 201);
}

function list({ instances, globalKey }: Bridge, apikey: string, name: string | null): Answer {
  const all = [...instances.values()];
  if (apikey !== globalKey && !all.some(({ token }) => token === apikey))
    return no(401, 'Unauthorized', 'Unauthorized');
  const found = all.filter((one) => (apikey === globalKey ? name === null || one.name === name : one.token === apikey));
  return ok(
    found.map(({ id, name, token, state, ownerJid, profileName, disconnectionReasonCode }) => ({
      id,
      name,
      connectionStatus: state,
      ownerJid,
      profileName,
      token,
      disconnectionReasonCode,
    })),
  );
}

function connect(of: Instance): Answer {
  if (of.state === 'open') return ok({ instance: { instanceName: of.name, state: 'open' } });
  of.state = 'connecting';
  return ok({ pairingCode: null, code: of.code, base64: 'data:image/png;base64,AAAA', count: 1 });
}

/** It goes through to WhatsApp each time, or to nobody. */
function probe({ state, isMute }: Instance): Answer {
  if (state !== 'open' || isMute) return no(500, 'Internal Server Error', ['Error updating profile name', 'Timed Out']);
  return ok({ isBusiness: false, message: 'Not is business profile' });
}

function keyOf({ phone, lid, hidesPhone }: Person, fromMe: boolean): Stored['key'] {
  const number = phone === undefined || hidesPhone ? undefined : `${phone}@s.whatsapp.net`;
  const remoteJid = lid ?? number ?? '';
  const isLid = lid !== undefined;
  return {
    id: messageId(),
    fromMe,
    remoteJid,
    ...(isLid && number !== undefined && { remoteJidAlt: number }),
    addressingMode: isLid ? 'lid' : 'pn',
  };
}

/** In a webhook, the phone number goes to the place of the hidden address, if the bridge knows it. */
function swapped(key: Stored['key']): Fields {
  const { remoteJid, remoteJidAlt } = key;
  if (!remoteJid.endsWith('@lid') || typeof remoteJidAlt !== 'string') return key;
  return { ...key, remoteJid: remoteJidAlt, remoteJidAlt: remoteJid, addressingMode: 'pn' };
}
