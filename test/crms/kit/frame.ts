import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, RawRequest } from '#test/doubles/http';

export type { Answer, RawRequest } from '#test/doubles/http';

/** A call as the double has read it: `name` is the verb and the path, with what varies in it left out. */
export interface CrmCall {
  readonly name: string;
  readonly verb: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The JSON or form that was sent. Undefined if there was none. */
  readonly body: unknown;
}

/** What a double of a CRM does wrong. Faults of a name concern calls of that name, those of none the next call of all. */
export interface Faults {
  /** The next call gives no answer, and takes effect only when `land` is called, long after its client gave up. */
  late(name?: string): void;
  /** What is late takes effect now, the oldest first. The answers that nobody hears. */
  land(): Promise<readonly Answer[]>;
  /** The next call takes effect, and its answer is lost: the connection ends. */
  loseAnswer(name?: string): void;
  /** The next call gets this answer and has no effect. Several are given one after the other. */
  answer(answer: Answer, name?: string): void;
  /** Every call gets this answer and has no effect, until `up`. Without an answer every connection ends. */
  down(answer?: Answer): void;
  up(): void;
}

/** The frame of a CRM's double: a server, and the same without one. */
export interface CrmFrame extends Faults {
  /** Empty until `listen`. */
  readonly baseUrl: string;
  readonly calls: readonly CrmCall[];
  /** Answers in this process, without a server. It fails as `fetch` fails. */
  readonly fetch: typeof globalThis.fetch;
  /** Answers on a free port of 127.0.0.1. */
  listen(): Promise<void>;
  stop(): Promise<void>;
}

type Fault =
  | { readonly kind: 'late' | 'lost' }
  /** Ends the connection if there is no answer. */
  | { readonly kind: 'answer'; readonly answer: Answer | undefined };

/** What becomes of a call: an answer, a connection that ends, or nothing ever. */
type Outcome = Answer | 'ended' | 'silent';

/** Makes the frame. `read` names a call, `answer` does what it asks and says what the CRM says. */
export function createCrmFrame(
  read: (request: RawRequest) => CrmCall,
  answer: (call: CrmCall, request: RawRequest) => Answer | Promise<Answer>,
): CrmFrame {
  const calls: CrmCall[] = [];
  const faults = new Map<string | undefined, Fault[]>();
  const late: (() => Answer | Promise<Answer>)[] = [];
  let downWith: Fault | undefined;
  let baseUrl = '';

  function add(fault: Fault, name: string | undefined) {
    faults.set(name, [...(faults.get(name) ?? []), fault]);
  }

  async function take(request: RawRequest): Promise<Outcome> {
    const call = read(request);
    calls.push(call);
    const fault = downWith ?? faults.get(call.name)?.shift() ?? faults.get(undefined)?.shift();
    switch (fault?.kind) {
      case undefined:
        return answer(call, request);
      case 'late':
        late.push(() => answer(call, request));
        return 'silent';
      case 'lost':
        await answer(call, request);
        return 'ended';
      case 'answer':
        return fault.answer ?? 'ended';
    }
  }

  const server = createServer(async (request, response) => {
    try {
      const bytes = Buffer.concat(await request.toArray());
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const url = new URL(request.url ?? '/', 'http://double');
      const outcome = await take({ verb: request.method ?? '', url, headers, bytes });
      if (outcome === 'silent') return;
      if (outcome === 'ended') return response.destroy();
      response.writeHead(outcome.status, { 'content-type': 'application/json', ...outcome.headers });
      response.end(bytesOf(outcome));
    } catch {
      response.destroy();
    }
  });
  // Days by the clock of a test are milliseconds of this one, in which no connection may end under its next call.
  server.keepAliveTimeout = 0;

  async function fetchHere(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const bytes = Buffer.from(await request.arrayBuffer());
    init?.signal?.throwIfAborted();
    const headers = Object.fromEntries(request.headers);
    const outcome = await take({ verb: request.method, url: new URL(request.url), headers, bytes });
    if (outcome === 'silent') return whenAborted(init?.signal);
    if (outcome === 'ended') throw new TypeError('fetch failed', { cause: resetError() });
    const body = outcome.status === 204 ? null : bytesOf(outcome);
    const response = new Response(body, {
      status: outcome.status,
      headers: { 'content-type': 'application/json', ...outcome.headers },
    });
    return response;
  }

  return {
    get baseUrl() {
      return baseUrl;
    },
    calls,
    fetch: fetchHere,
    async listen() {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async stop() {
      if (!server.listening) return;
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await stopped;
    },
    late: (name) => add({ kind: 'late' }, name),
    async land() {
      const answers: Answer[] = [];
      for (const run of late.splice(0)) answers.push(await run());
      return answers;
    },
    loseAnswer: (name) => add({ kind: 'lost' }, name),
    answer: (one, name) => add({ kind: 'answer', answer: one }, name),
    down(one) {
      downWith = { kind: 'answer', answer: one };
    },
    up() {
      downWith = undefined;
    },
  };
}

function bytesOf({ body }: Answer): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : body === undefined ? '' : JSON.stringify(body);
}

function whenAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function resetError(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}
