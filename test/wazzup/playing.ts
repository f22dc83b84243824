import { Agent, request } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { ReceivedCall } from '#test/calls/receiver-double';
import { judgeAnswer } from '#test/described';
import { changeValue, contactOf, secondsOf } from '#test/doubles/graph/told';
import { escapedJson, signatureOf } from '#test/doubles/graph/webhooks';
import { messageOf } from '#test/world';
import type { Call } from './row.ts';
import { CLIENT, OPERATOR_KEY, type Shop } from './shop.ts';

/** An answer to a client. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The text parsed as JSON, or undefined if it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: rows look into any answer
  readonly body: any;
}

interface Telegram {
  readonly channelId: string;
  readonly token: string;
  readonly secret: string;
}

interface Number {
  readonly channelId: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly phone: string;
}

/** Calls of one program, with connections that stay open. */
const agent = new Agent({ keepAlive: true });
/** Texts in which a name stands, as `{bot}` or `{first.messageId}`. */
const NAMED = /\{([a-z][A-Za-z]*(?:\.[A-Za-z0-9]+)*)\}/g;
let lastRow = 0;
let lastNumber = 0;

/**
 * One row as it is played: in an account of its own, with channels and files that exist as soon as they are named.
 * `{bot}` is a Telegram bot and `{number}` a WhatsApp number (their `channelId`), `{files}` the address of files,
 * `{hook}` that of a receiver of events, `{nobody}` an id that nothing has.
 */
export interface Playing {
  readonly shop: Shop;
  /** What a name in braces stands for. */
  named(name: string): Promise<unknown>;
  /** Gives the fields of a value a name, as `keep` of a call does. */
  keep(name: string, value: unknown): void;
  /** Puts what they stand for into all texts of a value. */
  filled<T>(value: T): Promise<T>;
  call(call: Call | string): Promise<Answer>;
  telegram(): Promise<Telegram>;
  whatsApp(): Promise<Number>;
  /** Telegram's client 501 writes. */
  clientWrites(text: string, chatId?: number): Promise<void>;
  /** WhatsApp's client 79001112233 writes. */
  clientWritesToNumber(text: string, fields?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Telegram tells the bot of anything else: the fields of an update. */
  telegramReports(update: object): Promise<void>;
  /** Meta tells of the account of the number. */
  metaReports(field: string, value: object): Promise<void>;
  /** The calls of Telegram's method that were made for this row, with their parameters. */
  // biome-ignore lint/suspicious/noExplicitAny: rows look into any call
  toldTelegram(method: string): Promise<any[]>;
  /** The messages that Meta has taken for this row. */
  // biome-ignore lint/suspicious/noExplicitAny: rows look into any call
  toldMeta(): Promise<any[]>;
  /** The calls that came to `{hook}`, oldest first. */
  received(): ReceivedCall[];
  /** The bodies of these calls, those of the probe left out. */
  // biome-ignore lint/suspicious/noExplicitAny: rows look into any event
  events(): any[];
}

/** Begins a row. */
export async function playIn(shop: Shop): Promise<Playing> {
  lastRow += 1;
  const row = lastRow;
  const names = new Map<string, Promise<unknown>>();
  let lastMessage = 0;

  async function must(given: Call, key: string): Promise<Answer> {
    const answer = await send(shop.port, { ...given, headers: { authorization: `Bearer ${key}` } });
    if (answer.status >= 300) throw new Error(`${given.ask}: ${answer.status} ${answer.text}`);
    return answer;
  }

  async function makeAccount() {
    return (await must({ ask: 'POST /v1/accounts', body: { name: 'Doors & More' } }, OPERATOR_KEY)).body;
  }

  async function connectBot(): Promise<Telegram> {
    const token = `7000000001:AAF-row_${String(row).padStart(6, '0')}_of_thirty_five_chars`.slice(0, 46);
    const body = { transport: 'telegram', name: 'Bot', credentials: { botToken: token, apiBaseUrl: shop.bot.baseUrl } };
    const { channelId } = (await must({ ask: 'POST /v1/channels', body }, await keyOf())).body;
    const set = shop.bot.calls.findLast((one) => one.method === 'setWebhook' && one.token === token);
    return { channelId, token, secret: (set!.body as { secret_token: string }).secret_token };
  }

  async function connectNumber(): Promise<Number> {
    lastNumber += 1;
    const { id: phoneNumberId, wabaId, phone } = shop.graph.numbers[lastNumber - 1]!;
    const { token: accessToken, appSecret, baseUrl: apiBaseUrl } = shop.graph;
    const credentials = { phoneNumberId, wabaId, accessToken, appSecret, apiBaseUrl };
    const body = { transport: 'wapi', name: 'Number', credentials, setWebhook: false };
    const { channelId } = (await must({ ask: 'POST /v1/channels', body }, await keyOf())).body;
    return { channelId, phoneNumberId, wabaId, phone };
  }

  function once<T>(name: string, make: () => Promise<T>): Promise<T> {
    if (!names.has(name)) names.set(name, make());
    return names.get(name) as Promise<T>;
  }
  const account = () => once('account', makeAccount);
  const keyOf = async (): Promise<string> => (await account()).apiKey;
  const telegram = () => once('telegram', connectBot);
  const whatsApp = () => once('whatsApp', connectNumber);

  const KNOWN: Readonly<Record<string, () => unknown>> = {
    key: keyOf,
    accountId: async () => (await account()).accountId,
    bot: async () => (await telegram()).channelId,
    botToken: async () => (await telegram()).token,
    number: async () => (await whatsApp()).channelId,
    phone: async () => (await whatsApp()).phone,
    waba: async () => (await whatsApp()).wabaId,
    otherKey: () => once('otherKey', async () => (await makeAccount()).apiKey),
    files: () => shop.files.baseUrl,
    hook: () => `${shop.receiver.url}/${row}`,
    nobody: () => '00000000-0000-4000-8000-000000000000',
  };

  async function named(name: string): Promise<unknown> {
    const [first = '', ...path] = name.split('.');
    const known = names.has(first) && path.length > 0 ? await names.get(first) : await KNOWN[first]?.();
    const found = path.reduce<unknown>((value, field) => (value as Record<string, unknown>)?.[field], known);
    if (found === undefined) throw new Error(`Nothing is called {${name}}`);
    return found;
  }

  async function filledText(text: string): Promise<unknown> {
    const [, only] = /^\{([^{}]*)\}$/.exec(text) ?? [];
    if (only !== undefined && text.match(NAMED)?.length === 1) return named(only);
    const parts = await Promise.all([...text.matchAll(NAMED)].map(async ([, name = '']) => String(await named(name))));
    return text.replaceAll(NAMED, () => parts.shift() ?? '');
  }

  async function filled<T>(value: T): Promise<T> {
    if (typeof value === 'string') return (await filledText(value)) as T;
    if (Array.isArray(value)) return (await Promise.all(value.map(filled))) as T;
    // Matchers and bytes stay as they are.
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const entries = Object.entries(value).map(
      async ([name, inner]) => [(await filledText(name)) as string, await filled(inner)] as const,
    );
    return Object.fromEntries(await Promise.all(entries)) as T;
  }

  async function post(path: string, body: unknown, headers: Record<string, string>): Promise<void> {
    const answer = await send(shop.port, { ask: `POST ${path}`, body, headers });
    if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status} ${answer.text}`);
    await shop.pump.idle();
  }

  const playing: Playing = {
    shop,
    named,
    keep: (name, value) => void names.set(name, Promise.resolve(value)),
    filled,
    telegram,
    whatsApp,

    async call(given) {
      const { keep, ...call } = await filled(typeof given === 'string' ? { ask: given } : given);
      const usual = { authorization: `Bearer ${await keyOf()}`, 'content-type': 'application/json' };
      const answer = await send(shop.port, { ...call, headers: { ...usual, ...call.headers } });
      const [method = '', path = ''] = call.ask.split(' ');
      judgeAnswer({ method, path, ...answer });
      if (keep !== undefined) playing.keep(keep, answer.body);
      return answer;
    },

    async clientWrites(text, chatId = 501) {
      await playing.telegramReports({ message: messageOf(chatId, text, lastMessage + 1, Date.now()) });
    },

    async telegramReports(update) {
      const { channelId, secret } = await telegram();
      lastMessage += 1;
      const body = { update_id: row * 1000 + lastMessage, ...update };
      await post(`/webhooks/telegram/${channelId}`, body, { 'x-telegram-bot-api-secret-token': secret });
    },

    async metaReports(field, value) {
      const { channelId, wabaId } = await whatsApp();
      const change = { field, value };
      const entry = [{ id: wabaId, time: Math.floor(Date.now() / 1000), changes: [change] }];
      const bytes = escapedJson({ object: 'whatsapp_business_account', entry });
      await post(`/webhooks/wapi/${channelId}`, bytes, {
        'x-hub-signature-256': signatureOf(shop.graph.appSecret, bytes),
      });
    },

    async clientWritesToNumber(text, fields = {}) {
      const { phoneNumberId } = await whatsApp();
      const { graph } = shop;
      lastMessage += 1;
      const content = { type: 'text', text: { body: text }, ...fields };
      graph.writes(CLIENT, content, phoneNumberId);
      const about = { from: CLIENT.phone, id: `wamid.row${row}n${lastMessage}`, timestamp: secondsOf(Date.now()) };
      const at = graph.numbers.find(({ id }) => id === phoneNumberId)!;
      const messages = [{ ...about, ...content }];
      await playing.metaReports('messages', changeValue(at, { contacts: [contactOf(CLIENT)], messages }));
    },

    async toldTelegram(method) {
      await shop.pump.idle();
      const { token } = await telegram();
      return shop.bot.calls.filter((one) => one.method === method && one.token === token).map(({ body }) => body);
    },

    async toldMeta() {
      await shop.pump.idle();
      const { phoneNumberId } = await whatsApp();
      return shop.graph.taken.filter(({ numberId }) => numberId === phoneNumberId).map(({ body }) => body);
    },

    received: () => shop.receiver.calls.filter(({ path }) => path.split('?')[0] === `/hook/${row}`),

    events() {
      const bodies = playing.received().map(({ body }) => body);
      return bodies.filter((body) => !isDeepStrictEqual(body, { test: true }));
    },
  };
  return playing;
}

/** Sends a request over a socket. */
async function send(port: number, { ask, body, headers = {} }: Call): Promise<Answer> {
  const [method = '', path = ''] = /^(\S+) (.*)$/s.exec(ask)?.slice(1) ?? [];
  const bytes = bytesOf(body);
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== null)) as Record<
    string,
    string
  >;
  const length = bytes === undefined ? {} : { 'content-length': bytes.length };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, agent, headers: { ...given, ...length } };
    const sent = request(options, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: jsonOf(text) });
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
