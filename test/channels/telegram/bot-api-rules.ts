import type { RawRequest } from '#test/doubles/http';

/** What a call handed over: its parameters, and the file of a form. */
export interface Given {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly file?: { readonly field: string; readonly name: string; readonly type: string; readonly bytes: Buffer };
}

/** A refusal in Telegram's words, or undefined. */
type No = string | undefined;

const MB = 1024 * 1024;
const JSON_FIELDS = ['entities', 'reply_parameters', 'reply_markup', 'message_ids', 'media'];

/** How fast the double takes messages: so many of a bot a second, and so many to one chat at once and then one a second. */
export interface DoublePace {
  readonly perSecond: number;
  readonly chatBurst: number;
}

/** Reads a body as JSON or as a form: https://core.telegram.org/bots/api#making-requests */
export async function readGiven({ headers, bytes }: RawRequest): Promise<Given> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { parameters: bytes.byteLength === 0 ? {} : JSON.parse(bytes.toString('utf8')) };
  }
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const parameters: Record<string, unknown> = {};
  let file: Given['file'];
  for (const [field, value] of form) {
    if (typeof value === 'string') parameters[field] = JSON_FIELDS.includes(field) ? JSON.parse(value) : value;
    else file = { field, name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) };
  }
  if ('chat_id' in parameters) parameters.chat_id = Number(parameters.chat_id);
  return { parameters, ...(file && { file }) };
}

/** A text has 1 to 4096 characters: https://core.telegram.org/bots/api#sendmessage */
export function refusesText(text: unknown): No {
  const length = typeof text === 'string' ? [...text.trim()].length : 0;
  if (length === 0) return 'message text is empty';
  return length > 4096 ? 'message is too long' : undefined;
}

/** https://core.telegram.org/bots/api#inlinekeyboardbutton */
export function refusesKeyboard(markup: unknown): No {
  const { inline_keyboard, keyboard } = (markup ?? {}) as Record<
    string,
    readonly (readonly Record<string, string>[])[]
  >;
  for (const button of inline_keyboard?.flat() ?? []) {
    if (!button.text) return 'inline keyboard button text must be non-empty';
    const { url, callback_data: data } = button;
    if ((url === undefined) === (data === undefined)) return 'inline keyboard button must have exactly one action';
    if (data !== undefined && (data === '' || Buffer.byteLength(data) > 64)) return 'BUTTON_DATA_INVALID';
    if (url !== undefined && !URL.canParse(url))
      return `inline keyboard button URL '${url}' is invalid: URL host is empty`;
  }
  if (keyboard?.some((row) => row.length === 0 || row.some(({ text }) => !text)))
    return 'keyboard button text is empty';
  return undefined;
}

/** A file as a form or by its address, which is fetched: https://core.telegram.org/bots/api#sending-files */
export async function refusesFile(field: string, { parameters, file }: Given): Promise<No> {
  if (file) {
    if (file.field !== field) return `there is no ${field} in the request`;
    if (file.bytes.byteLength === 0) return 'file must be non-empty';
    return file.bytes.byteLength > (field === 'photo' ? 10 : 50) * MB ? 'file is too big' : undefined;
  }
  const address = parameters[field];
  if (typeof address !== 'string' || !/^https?:/.test(address)) return 'wrong file identifier/HTTP URL specified';
  const fetched = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
  if (fetched?.status !== 200) return 'failed to get HTTP URL content';
  const bytes = (await fetched.arrayBuffer()).byteLength;
  if (bytes > (field === 'photo' ? 5 : 20) * MB) return 'failed to get HTTP URL content';
  const type = fetched.headers.get('content-type') ?? '';
  const isTaken = field === 'document' ? /gif|pdf|zip/.test(type) : type.startsWith(KINDS[field] as string);
  return isTaken ? undefined : 'wrong type of the web page content';
}

const KINDS: Readonly<Record<string, string>> = {
  photo: 'image/',
  video: 'video/',
  audio: 'audio/',
  voice: 'audio/ogg',
};

/** Counts what a bot sends. Answers with the seconds to wait if it was too fast. */
export function createPaceRule({ perSecond, chatBurst }: DoublePace, nowMs: () => number) {
  const bot = createBucket(perSecond, perSecond, nowMs());
  const chats = new Map<unknown, ReturnType<typeof createBucket>>();
  return (chat: unknown): number | undefined => {
    const ofChat = chats.get(chat) ?? createBucket(chatBurst, 1, nowMs());
    chats.set(chat, ofChat);
    const now = nowMs();
    const wait = Math.max(bot.waitAt(now), ofChat.waitAt(now));
    if (wait > 0) return Math.ceil(wait / 1000);
    bot.take();
    ofChat.take();
    return undefined;
  };
}

function createBucket(most: number, perSecond: number, at: number) {
  let tokens = most;
  return {
    waitAt(now: number): number {
      tokens = Math.min(most, tokens + ((now - at) * perSecond) / 1000);
      at = now;
      return tokens >= 1 ? 0 : ((1 - tokens) * 1000) / perSecond;
    },
    take() {
      tokens -= 1;
    },
  };
}
