import { Webhook } from 'standardwebhooks';
import type { webhooks } from './schema.ts';

type BodyOf<Name extends keyof webhooks> = webhooks[Name]['post']['requestBody']['content']['application/json'];

/**
 * What one call of Konvert says. Messages and statuses may come together. All else comes alone, `test` when the address
 * is registered. A later Konvert may say more.
 */
export type KonvertEvent = Partial<
  BodyOf<'messages'> &
    BodyOf<'channelsUpdates'> &
    BodyOf<'templateStatus'> &
    BodyOf<'assignments'> &
    BodyOf<'waiting'> &
    BodyOf<'createContact'> &
    BodyOf<'createDeal'> &
    BodyOf<'test'>
>;

/** A message in a call. */
export type EventMessage = NonNullable<KonvertEvent['messages']>[number];

/** What became of a message. */
export type EventStatus = NonNullable<KonvertEvent['statuses']>[number];

/** Headers of a request: those of `fetch`, or of `node:http` (names in lower case). */
export type EventHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A call that the secret did not sign, or that was signed more than five minutes ago. Answer it with 401. */
export class UnsignedEventError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnsignedEventError';
  }
}

/**
 * The call, if that secret signed it. `body` are the bytes as they came, before anything parses them. Throws an
 * `UnsignedEventError`.
 */
export function verifyEvent(secret: string, headers: EventHeaders, body: string | Uint8Array): KonvertEvent {
  const signed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
    name,
    headerOf(headers, name),
  ]);
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const webhook = new Webhook(secret);
  try {
    return webhook.verify(text, Object.fromEntries(signed)) as KonvertEvent;
  } catch (error) {
    throw new UnsignedEventError((error as Error).message);
  }
}

/** The call in a request of `fetch`, as servers with that interface get it. Throws an `UnsignedEventError`. */
export async function readEvent(secret: string, request: Request): Promise<KonvertEvent> {
  return verifyEvent(secret, request.headers, await request.text());
}

function headerOf(headers: EventHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return typeof value === 'string' ? value : '';
}
