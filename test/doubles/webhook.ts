import { type Answer, type HttpDouble, startHttpDouble } from './http.ts';

/** A request that came to a webhook. */
export interface Heard {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
}

/** A webhook that only keeps what it hears. It answers the handshake of Meta, and 200 to everything else. */
export function startWebhook(): Promise<HttpDouble<Heard>> {
  return startHttpDouble<Heard>(
    ({ verb, url, headers, bytes }) => ({ method: verb, query: Object.fromEntries(url.searchParams), headers, bytes }),
    ({ query }): Answer => ({ status: 200, body: query['hub.challenge'] ?? '' }),
  );
}
