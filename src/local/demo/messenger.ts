import * as z from 'zod/mini';
import { readJsonFile, writeJsonFile } from '#local/json-file';
import { answerJson, type Gateway, type PlainAnswer, type PlainRequest, splitTarget } from '#local/server/gateway';
import type { Clock } from '#clock';

/** Where the demo messenger is mounted; `DEMO_PATH` behind the server's address is a channel's `apiBaseUrl`. */
export const DEMO_PATH = '/demo-messenger';

/** Where the messenger of the demo company's second channel is, which gives its new clients out in turn. */
export const IN_TURN_PATH = `${DEMO_PATH}/in-turn`;

/** The clients of the demo messenger, by the names that the command line knows them by; who is not named is the first. */
export const DEMO_CLIENTS = {
  anna: { id: 1001, first_name: 'Anna', last_name: 'Demo', username: 'anna_demo' },
  bob: { id: 1002, first_name: 'Bob', last_name: 'Demo', username: 'bob_demo' },
  carol: { id: 1003, first_name: 'Carol', last_name: 'Demo', username: 'carol_demo' },
  dan: { id: 1004, first_name: 'Dan', last_name: 'Demo', username: 'dan_demo' },
  eva: { id: 1005, first_name: 'Eva', last_name: 'Demo', username: 'eva_demo' },
  frank: { id: 1006, first_name: 'Frank', last_name: 'Demo', username: 'frank_demo' },
} as const;

/** A stand-in for Telegram's Bot API with one bot, and clients who have a messenger to write and read in. */
export interface DemoMessenger {
  /** Whether the request is for the demo messenger. */
  readonly serves: (target: string) => boolean;
  readonly answer: Gateway;
}

const messageSchema = z.object({
  message_id: z.number(),
  from: z.enum(['client', 'bot']),
  /** The client whose chat it is. */
  chat: z._default(z.number(), DEMO_CLIENTS.anna.id),
  date: z.number(),
  text: z.string(),
});

const stateSchema = z.object({
  webhook: z.optional(z.object({ url: z.string(), secret: z.string() })),
  nextUpdateId: z.number(),
  nextMessageId: z.number(),
  /** Both ways, the oldest first. */
  messages: z.array(messageSchema),
});

type State = z.infer<typeof stateSchema>;

const setWebhookSchema = z.object({ url: z.string(), secret_token: z._default(z.string(), '') });
const sendMessageSchema = z.object({ chat_id: z.union([z.number(), z.string()]), text: z.string() });
const writeSchema = z.object({
  text: z.string().check(z.minLength(1), z.maxLength(4096)),
  client: z._default(z.enum(Object.keys(DEMO_CLIENTS) as (keyof typeof DEMO_CLIENTS)[]), 'anna'),
});

const KEPT_MESSAGES = 500;
const WEBHOOK_MS = 15_000;

/** What a demo messenger is opened with: where it keeps its state, where it is mounted, and the token of its bot. */
export interface DemoBot {
  readonly file: string;
  readonly path: string;
  readonly botToken: string;
}

/** Opens a demo messenger with the state of its last run. */
export async function openDemoMessenger({ file, path: root, botToken }: DemoBot, clock: Clock): Promise<DemoMessenger> {
  const stored = await readJsonFile(file);
  const state: State = stored === undefined ? firstState() : stateSchema.parse(stored);
  let saved: Promise<void> = Promise.resolve();

  /** One write of the file after the other; each stores what is the state by then. */
  function save(): Promise<void> {
    const next = saved.then(() => writeJsonFile(file, state));
    saved = next.catch(() => {});
    return next;
  }

  async function addMessage(from: 'client' | 'bot', chat: number, text: string) {
    const message = { message_id: state.nextMessageId, from, chat, date: Math.floor(clock.now() / 1000), text };
    state.nextMessageId += 1;
    state.messages = [...state.messages, message].slice(-KEPT_MESSAGES);
    // Before anybody hears of it, so that no restart gives an id twice.
    await save();
    return message;
  }

  async function setWebhook(webhook: State['webhook']): Promise<PlainAnswer> {
    if (webhook) state.webhook = webhook;
    else delete state.webhook;
    await save();
    return yes(true);
  }

  async function callMethod(method: string, parameters: unknown): Promise<PlainAnswer> {
    switch (method) {
      case 'getMe':
        return yes({ id: Number(botToken.split(':')[0]), is_bot: true, first_name: 'Demo bot', username: 'demo_bot' });
      case 'setWebhook': {
        const read = setWebhookSchema.safeParse(parameters);
        if (!read.success) return no(400, 'Bad Request: url is missing');
        return setWebhook({ url: read.data.url, secret: read.data.secret_token });
      }
      case 'deleteWebhook':
        return setWebhook(undefined);
      case 'sendMessage':
        return sendMessage(parameters);
      default:
        return no(404, 'Not Found');
    }
  }

  async function sendMessage(parameters: unknown): Promise<PlainAnswer> {
    const read = sendMessageSchema.safeParse(parameters);
    if (!read.success) return no(400, 'Bad Request: message text is empty');
    const client = Object.values(DEMO_CLIENTS).find(({ id }) => String(id) === String(read.data.chat_id));
    if (!client) return no(400, 'Bad Request: chat not found');
    const { message_id, date, text } = await addMessage('bot', client.id, read.data.text);
    return yes({ message_id, date, chat: { id: client.id, type: 'private' }, text });
  }

  /** A client writes: the registered webhook gets it as Telegram would post it. */
  async function write(parameters: unknown): Promise<PlainAnswer> {
    const read = writeSchema.safeParse(parameters);
    if (!read.success)
      return answerJson(400, { error: 'INVALID_REQUEST', description: 'Send {"text": "…", "client": "anna"}' });
    const { webhook } = state;
    if (!webhook) return answerJson(409, { error: 'NO_WEBHOOK', description: 'Nobody has called setWebhook' });
    const client = DEMO_CLIENTS[read.data.client];
    const { message_id, date, text } = await addMessage('client', client.id, read.data.text);
    const update_id = state.nextUpdateId;
    state.nextUpdateId += 1;
    await save();
    const chat = { ...client, type: 'private' };
    const message = { message_id, date, from: { ...client, is_bot: false }, chat, text };
    return answerJson(200, { update_id, message, webhook: await post(webhook, { update_id, message }) });
  }

  return {
    serves: (target) => `${splitTarget(target).path}/`.startsWith(`${root}/`),

    async answer(request) {
      const path = splitTarget(request.target).path.slice(root.length).replace(/\/$/, '');
      if (request.method === 'GET' && path === '/messages') return answerJson(200, { messages: state.messages });
      if (request.method === 'POST' && path === '/write') return write(readJson(request));
      const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
      if (method === undefined) return answerJson(404, { error: 'NOT_FOUND', description: 'There is no such route' });
      return token === botToken ? callMethod(method, readJson(request)) : no(401, 'Unauthorized');
    },
  };
}

function firstState(): State {
  return { nextUpdateId: 1, nextMessageId: 1, messages: [] };
}

async function post({ url, secret }: NonNullable<State['webhook']>, update: unknown) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(WEBHOOK_MS),
    });
    return { url, status: response.status, body: await response.text() };
  } catch {
    return { url, status: 0, body: 'The webhook did not answer' };
  }
}

function readJson({ body }: PlainRequest): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

function yes(result: unknown): PlainAnswer {
  return answerJson(200, { ok: true, result });
}

function no(code: number, description: string): PlainAnswer {
  return answerJson(code, { ok: false, error_code: code, description });
}
