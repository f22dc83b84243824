import type { Messenger } from '#channels/channel';
import { UnreadableWebhookError } from '#channels/errors';
import type { Inbound, Received, WebhookAnswer } from '#channels/inbound';
import { type StoreItemsDeps, storeItems } from '#flows/receiving/store-items';
import { notFound, RequestError, unauthorized } from '#http/errors';
import { readJson } from '#http/json';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import { createMetrics } from '#metrics';
import type { Channel } from '#store/accounts/channel-item';
import { greet, isVerified } from './judge.ts';
import { type RouteItemsDeps, routeItems } from './route-items.ts';

export interface ReceiveMessageDeps extends StoreItemsDeps, RouteItemsDeps {
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
  readonly log: Log;
}

/** A messenger was verified before, and three megabytes of many small things have so many values. */
const MOST_VALUES = 500_000;
/** The answer to what was taken, where the messenger wants no certain words. */
const TAKEN: WebhookAnswer = { status: 200, text: 'ok' };
/** The answer to a wrong secret, if the messenger would repeat nothing after 401. The secret may count in a moment. */
const AGAIN: WebhookAnswer = { status: 503, text: 'Wrong secret' };
/** A line of the log has a limit. */
const MOST_NOTED = 20;

/** Serves the webhooks of messengers: stores what was said, and acknowledges it only then. */
export function createHandler(deps: ReceiveMessageDeps): HttpHandler {
  const metrics = createMetrics(deps.log, deps.clock);
  return createRoute(async (request) => {
    const { channel, messenger } = await findChannel(deps, request);
    const greeted = await greet(deps, messenger, channel, request);
    if (greeted) return { ...greeted, noted: { channelId: channel.channelId, greeted: true } };
    // Only the messengers that ask such questions have an address to ask at.
    if (request.method !== 'POST') throw messenger.inbound.greet ? unauthorized('Wrong secret') : notFound();
    if (!(await isVerified(deps, messenger, channel, request))) {
      if (!messenger.inbound.repeatsOnlyAfter5xx) throw unauthorized('Wrong secret');
      return { ...AGAIN, refusesSignIn: true, noted: { channelId: channel.channelId } };
    }
    const received = readBody(messenger, request, channel);
    if (!Array.isArray(received)) return received;
    const { routed, lost } = await routeItems(deps, messenger, channel, request, received);
    const notes: object[] = lost.map(({ kind }) => ({ kind, outcome: 'unknown-account' }));
    // A failure refuses the whole webhook. Its redelivery finds what was stored, and stores the rest.
    notes.push(...(await storeItems(deps, routed)));
    metrics.count('Inbound', notes.filter(isInbound).length);
    const [items, more] = [notes.slice(0, MOST_NOTED), notes.length - MOST_NOTED];
    return {
      ...(messenger.inbound.taken ?? TAKEN),
      noted: { channelId: channel.channelId, items, ...(more > 0 && { more }) },
    };
  }, deps);
}

/** Whether it is of a message of a client that was not stored before. */
function isInbound(note: { readonly kind?: unknown; readonly outcome?: unknown }): boolean {
  return note.kind === 'client' && note.outcome === 'stored';
}

async function findChannel({ channels, messengerFor }: ReceiveMessageDeps, { params }: HttpRequest) {
  const channel = await channels.get(params.channelId ?? '');
  const messenger = await messengerFor(params.transport ?? '');
  if (!channel || !messenger || channel.deletedAt !== undefined || channel.transport !== messenger.transport) {
    throw new RequestError(404, 'CHANNEL_NOT_FOUND', 'There is no such channel');
  }
  return { channel, messenger };
}

/**
 * What a verified body reports. What cannot be taken is refused, or, if the messenger would take that for the end of it,
 * answered as if it were taken, and noted in the log.
 */
function readBody(
  { inbound }: Messenger,
  { body }: HttpRequest,
  { channelId, identity }: Channel,
): Received[] | HttpResponse {
  try {
    if (body.length > inbound.maxBodyBytes) throw new RequestError(413, 'TOO_LARGE', 'The body is too large');
    return parse(inbound, body, identity);
  } catch (error) {
    if (!(error instanceof RequestError) || !inbound.repeatsOnlyAfter5xx) throw error;
    return { ...(inbound.taken ?? TAKEN), noted: { channelId, lost: error.code, bytes: body.length } };
  }
}

function parse(inbound: Inbound, body: Uint8Array, identity: string | undefined): Received[] {
  try {
    return inbound.parse(readJson(body, MOST_VALUES), { text: Buffer.from(body).toString('utf8'), identity });
  } catch (error) {
    if (!(error instanceof UnreadableWebhookError)) throw error;
    throw new RequestError(400, 'UNREADABLE_WEBHOOK', error.message);
  }
}
