import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from '#test/doubles/http';
import { createBotChats } from './bot-api-chats.ts';
import { type DoublePace, type Given, readGiven } from './bot-api-rules.ts';

/** One recorded call. */
export interface BotApiCall {
  readonly method: string;
  readonly token: string;
  /** Its parameters, also those of a form. */
  readonly body: unknown;
  /** The file of a form. */
  readonly file?: Given['file'];
}

/** An update that waits for `getUpdates`. */
export type WaitingUpdate = { readonly update_id: number } & Readonly<Record<string, unknown>>;

/** A Bot API on 127.0.0.1. Every call succeeds until `answerNext` says otherwise. */
export interface BotApiDouble extends HttpDouble<BotApiCall> {
  /** Updates that no `getUpdates` has confirmed yet, oldest first. They are never posted to a webhook. */
  readonly waiting: readonly WaitingUpdate[];
  /** Adds updates. `getUpdates` brings them until they are confirmed. */
  push(...updates: WaitingUpdate[]): void;
  /** Answers a waiting `getUpdates` with what there is now, even if that is nothing. */
  endWait(): void;
  /** Clients' files by their ids. One that is removed is dead, and so are its addresses. */
  readonly files: Map<string, Uint8Array>;
  /** Sends half of each file, and then nothing more. */
  hangFiles: boolean;
  /** How many files were begun and not finished. */
  hanging: number;
  /** The webhook that is set, or an empty text. */
  webhookUrl: string;
}

/** What the double is told at its start. */
export interface BotApiOptions {
  /** Answers 429 to what is faster. Without it any pace is taken. */
  readonly pace?: DoublePace;
  /** How long each send takes. */
  readonly sendMs?: number;
  /** Hears of each message that was taken, and of each 429. */
  readonly onSend?: (chat: unknown, text: unknown, isTaken: boolean) => void;
  /** Its clock (epoch ms). */
  readonly nowMs?: () => number;
}

/**
 * Starts a Bot API double on a free port. `onCall` hears of each call when it comes. It refuses texts, keyboards and
 * files that Telegram refuses, and edits of messages that it does not have.
 */
export async function startBotApi(
  onCall?: (call: BotApiCall) => void,
  { pace, sendMs = 0, onSend, nowMs = Date.now }: BotApiOptions = {},
): Promise<BotApiDouble> {
  const answerAboutMessages = createBotChats({ ...(pace && { pace }), ...(onSend && { onSend }), nowMs });
  let waiting: WaitingUpdate[] = [];
  let news = Promise.withResolvers<void>();

  /** https://core.telegram.org/bots/api#getupdates */
  async function getUpdates({ offset, timeout = 0 }: { offset?: number; timeout?: number }): Promise<Answer> {
    if (double.webhookUrl !== '') return conflict("can't use getUpdates method while webhook is active");
    if (offset !== undefined) waiting = waiting.filter(({ update_id }) => update_id >= offset);
    if (waiting.length === 0 && timeout > 0)
      await Promise.race([news.promise, sleep(timeout * 1000, undefined, { ref: false })]);
    return yes(waiting.slice(0, 100));
  }

  /** https://core.telegram.org/bots/api#getfile */
  function getFile(fileId: string): Answer {
    const bytes = double.files.get(fileId);
    if (!bytes) return no(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
    if (bytes.length > 20 * 1024 * 1024) return no(400, 'Bad Request: file is too big');
    return yes({ file_id: fileId, file_unique_id: fileId, file_size: bytes.length, file_path: `files/${fileId}` });
  }

  async function usualAnswer(method: string, given: Given): Promise<Answer> {
    const body = given.parameters;
    const ofMessages = await answerAboutMessages(method, given);
    if (ofMessages) return { delayMs: sendMs, ...ofMessages };
    switch (method) {
      case 'getMe':
        return yes({ id: 7000000001, is_bot: true, first_name: 'Konvert', username: 'konvert_bot' });
      case 'setWebhook':
        double.webhookUrl = String((body as { url: unknown }).url);
        return yes(true);
      case 'deleteWebhook':
        double.webhookUrl = '';
        return yes(true);
      case 'getWebhookInfo':
        return yes({ url: double.webhookUrl, has_custom_certificate: false, pending_update_count: waiting.length });
      case 'getUpdates':
        return getUpdates(body as { offset?: number; timeout?: number });
      case 'getFile':
        return getFile(String((body as { file_id: unknown }).file_id));
      case 'answerCallbackQuery':
        return yes(true);
      default:
        return { status: 404, body: { ok: false, error_code: 404, description: 'Not Found' } };
    }
  }

  /** A file by the address of which `getFile` told the end. */
  function serveFile({ url }: RawRequest, response: ServerResponse): boolean {
    const [, fileId] = /^\/file\/bot[^/]+\/files\/(.+)$/.exec(url.pathname) ?? [];
    if (fileId === undefined) return false;
    const bytes = double.files.get(decodeURIComponent(fileId));
    const headers = { 'content-type': 'application/octet-stream', 'content-length': bytes?.length ?? 0 };
    response.writeHead(bytes ? 200 : 404, headers);
    if (bytes && double.hangFiles) {
      response.write(bytes.subarray(0, bytes.length / 2));
      double.hanging += 1;
    } else response.end(bytes);
    return true;
  }

  async function read(request: RawRequest): Promise<BotApiCall> {
    const [, token = '', method = ''] = /^\/bot([^/]*)\/(\w+)$/.exec(request.url.pathname) ?? [];
    const { parameters, file } = await readGiven(request);
    const call = { method, token, body: parameters, ...(file && { file }) };
    onCall?.(call);
    return call;
  }

  const http = await startHttpDouble<BotApiCall>(
    read,
    ({ method, body, file }) => usualAnswer(method, { parameters: body as Given['parameters'], ...(file && { file }) }),
    serveFile,
  );

  const double: BotApiDouble = {
    ...http,
    webhookUrl: '',
    files: new Map(),
    hangFiles: false,
    hanging: 0,
    get waiting() {
      return waiting;
    },
    push(...updates) {
      waiting.push(...updates);
      double.endWait();
    },
    endWait() {
      news.resolve();
      news = Promise.withResolvers();
    },
  };
  return double;
}

/** The answer of `getUpdates` while another program or a webhook gets the updates. */
export function conflict(reason: string): Answer {
  return { status: 409, body: { ok: false, error_code: 409, description: `Conflict: ${reason}` } };
}

function no(code: number, description: string): Answer {
  return { status: code, body: { ok: false, error_code: code, description } };
}

function yes(result: unknown): Answer {
  return { status: 200, body: { ok: true, result } };
}
