import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as it came in. */
export interface BotApiCall {
  readonly method: string;
  readonly token: string;
  readonly body: unknown;
}

/** An answer to give: a string leaves as it is, anything else as JSON. */
export interface BotApiAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Take the call and never answer. */
  readonly hang?: boolean;
}

/** A Bot API on 127.0.0.1 that says yes to everything until told otherwise. */
export interface BotApiDouble {
  readonly baseUrl: string;
  /** Every call so far, oldest first. */
  readonly calls: readonly BotApiCall[];
  /** Answers the next call of `method` that way; given several times, one call after the other. */
  answerNext(method: string, answer: BotApiAnswer): void;
  /** Ends it with every connection, open ones too. */
  stop(): Promise<void>;
}

/** Starts a Bot API double on a free port. */
export async function startBotApi(): Promise<BotApiDouble> {
  const calls: BotApiCall[] = [];
  const scripted = new Map<string, BotApiAnswer[]>();
  let lastMessageId = 1000;

  function usualAnswer(method: string, body: unknown): BotApiAnswer {
    switch (method) {
      case 'getMe':
        return yes({ id: 7000000001, is_bot: true, first_name: 'Konvert', username: 'konvert_bot' });
      case 'setWebhook':
      case 'deleteWebhook':
        return yes(true);
      case 'sendMessage':
        lastMessageId += 1;
        return yes(sentMessage(lastMessageId, body));
      default:
        return { status: 404, body: { ok: false, error_code: 404, description: 'Not Found' } };
    }
  }

  async function take(request: IncomingMessage, response: ServerResponse) {
    const [, token = '', method = ''] = /^\/bot([^/]*)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const body = await readJson(request);
    calls.push({ method, token, body });
    const {
      status,
      headers,
      hang,
      delayMs = 0,
      body: said,
    } = scripted.get(method)?.shift() ?? usualAnswer(method, body);
    if (hang) return;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof said === 'string' ? said : JSON.stringify(said));
  }

  const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answerNext(method, answer) {
      scripted.set(method, [...(scripted.get(method) ?? []), answer]);
    },
    stop() {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return stopped;
    },
  };
}

function yes(result: unknown): BotApiAnswer {
  return { status: 200, body: { ok: true, result } };
}

function sentMessage(messageId: number, body: unknown) {
  const { chat_id, text, business_connection_id } = body as Record<string, unknown>;
  return {
    message_id: messageId,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chat_id, type: 'private' },
    text,
    ...(business_connection_id !== undefined && { business_connection_id }),
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = Buffer.concat(await request.toArray()).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}
