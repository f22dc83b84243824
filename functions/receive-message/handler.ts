import { eachAtOnce } from '#at-once';
import type { Messenger } from '#channels/channel';
import { UnreadableWebhookError } from '#channels/errors';
import type { Received } from '#channels/inbound';
import { notFound, RequestError, unauthorized } from '#http/errors';
import { readJson } from '#http/json';
import { createRoute, type HttpHandler, type HttpRequest } from '#http/route';
import type { Log, NameInLog } from '#log';
import { greet, isVerified } from './judge.ts';
import { type RootItemsDeps, rootItems } from './root-items.ts';
import { type RouteItemsDeps, routeItems } from './route-items.ts';
import { type StoreReceivedDeps, storeReceived } from './store-received.ts';

export interface ReceiveMessageDeps extends StoreReceivedDeps, RouteItemsDeps, RootItemsDeps {
  readonly messengerFor: (transport: string) => Messenger | undefined;
  readonly log: Log;
}

/** One webhook may hold a thousand messages, and the messenger waits for all of them. */
const AT_ONCE = 64;
/** A messenger was verified before, and three megabytes of many small things have so many values. */
const MOST_VALUES = 500_000;
/** A line of the log has a limit. */
const MOST_NOTED = 20;

/** Serves the webhooks of messengers: stores what was said, and acknowledges it only then. */
export function createHandler(deps: ReceiveMessageDeps): HttpHandler {
  return createRoute(async (request) => {
    const { channel, messenger } = await findChannel(deps, request);
    const greeted = await greet(deps, messenger, channel, request);
    if (greeted) return { ...greeted, noted: { channelId: channel.channelId, greeted: true } };
    // Only the messengers that ask such questions have an address to ask at.
    if (request.method !== 'POST') throw messenger.inbound.greet ? unauthorized('Wrong secret') : notFound();
    if (!(await isVerified(deps, messenger, channel, request))) throw unauthorized('Wrong secret');
    if (request.body.length > messenger.inbound.maxBodyBytes)
      throw new RequestError(413, 'TOO_LARGE', 'The body is too large');
    const received = parse(messenger, request.body, channel.identity);
    const { routed, lost } = await routeItems(deps, messenger, channel, request, received);
    const notes: object[] = lost.map(({ kind }) => ({ kind, outcome: 'unknown-account' }));
    // A failure refuses the whole webhook. Its redelivery finds what was stored, and stores the rest.
    const store = { ...deps, nameInLog: oneFirst(deps.nameInLog) };
    await eachAtOnce(await rootItems(deps, routed), AT_ONCE, async ({ channel, item }) =>
      notes.push(await storeReceived(store, channel, item)),
    );
    const [items, more] = [notes.slice(0, MOST_NOTED), notes.length - MOST_NOTED];
    return { status: 200, text: 'ok', noted: { channelId: channel.channelId, items, ...(more > 0 && { more }) } };
  }, deps);
}

/** The first name of a process has to be read. Of all that are asked for at once, only one reads. */
function oneFirst(nameInLog: NameInLog): NameInLog {
  let first: Promise<unknown> | undefined;
  return async (name) => {
    first ??= nameInLog(name);
    await first;
    return nameInLog(name);
  };
}

async function findChannel({ channels, messengerFor }: ReceiveMessageDeps, { params }: HttpRequest) {
  const channel = await channels.get(params.channelId ?? '');
  const messenger = messengerFor(params.transport ?? '');
  if (!channel || !messenger || channel.deletedAt !== undefined || channel.transport !== messenger.transport) {
    throw new RequestError(404, 'CHANNEL_NOT_FOUND', 'There is no such channel');
  }
  return { channel, messenger };
}

function parse(messenger: Messenger, body: Uint8Array, identity: string | undefined): Received[] {
  try {
    return messenger.inbound.parse(readJson(body, MOST_VALUES), { text: Buffer.from(body).toString('utf8'), identity });
  } catch (error) {
    if (!(error instanceof UnreadableWebhookError)) throw error;
    throw new RequestError(400, 'UNREADABLE_WEBHOOK', error.message);
  }
}
