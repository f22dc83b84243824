import { expect } from 'vitest';
import type { Playing } from './playing.ts';

/**
 * A request of a client. `{name}` in its texts stands for what `Playing` knows by that name: `{bot}`, `{number}`, or a
 * field of an earlier answer.
 */
export interface Call {
  /** `POST /v3/message`, with the query. */
  readonly ask: string;
  /** Sent as JSON. A text or bytes are sent as they are. */
  readonly body?: unknown;
  /** In the place of the usual ones, which are the key and a JSON `Content-Type`; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The name by which later steps know the fields of the answer: `{first.messageId}`. */
  readonly keep?: string;
}

/** What a client has to be answered. */
export interface Expected {
  readonly status: number;
  /** The whole body. A matcher such as `anyUuid` may stand anywhere in it. */
  readonly body?: unknown;
  /** Of the headers, these. */
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** Something that happens beside requests: a client writes, time passes, a messenger has been told something. */
export type Step = (playing: Playing) => Promise<unknown> | unknown;

/** One fact of the reference, shown by one request. */
export interface Row {
  /** The section of `wazzup-api-v3.md`. */
  readonly section: string;
  /** Which of the section's items this is about, as `reference.ts` lists them. */
  readonly of?: string | readonly string[];
  /** The sentence of the reference in our words. */
  readonly says: string;
  /** What happens before. Each request of it has to be answered 2xx. */
  readonly given?: readonly (Call | Step)[];
  /** A request that has neither body nor headers is its own text. */
  readonly call: Call | string;
  readonly expect: Expected;
  /** What holds afterwards. */
  readonly afterwards?: readonly ((Call & { readonly expect: Expected }) | Step)[];
}

export const anyUuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
/** A `requestId`. */
export const any32Hex = expect.stringMatching(/^[0-9a-f]{32}$/);
export const anyTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const anyText = expect.stringMatching(/./);

/** The general error of section 1.5. */
export function refused(status: number, error: string, data?: unknown, description: unknown = anyText): Expected {
  return { status, body: { error, description, ...(data !== undefined && { data }) } };
}

/** The error of the routes of messages (1.5, shape 2). */
export function refusedMessage(error: string, data?: unknown, description: unknown = anyText, status = 400): Expected {
  return {
    status,
    body: { status, requestId: any32Hex, error, description, ...(data !== undefined && { data }) },
  };
}

/** A body of `POST /v3/message`: a text to Telegram's client 501, with these fields changed. */
export function message(fields: Readonly<Record<string, unknown>> = {}): object {
  return { channelId: '{bot}', chatType: 'telegram', chatId: '501', text: 'hello', ...fields };
}

/** The same to WhatsApp's client 79001112233. */
export function messageOfNumber(fields: Readonly<Record<string, unknown>> = {}): object {
  return { channelId: '{number}', chatType: 'whatsapp', chatId: '79001112233', text: 'hello', ...fields };
}

/** The answer of `POST /v3/message`. */
export function sentTo(chatId = '501'): Expected {
  return { status: 201, body: { messageId: anyUuid, chatId } };
}
