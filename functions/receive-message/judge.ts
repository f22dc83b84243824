import type { Messenger } from '#channels/channel';
import type { WebhookAnswer, WebhookRequest } from '#channels/inbound';
import type { Clock } from '#clock';
import { secretsOf } from '#domain/webhook-secret';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';

/** What is needed to tell the sender of a request. */
export interface JudgeDeps {
  readonly channels: Pick<OpenChannels, 'get' | 'getAgain'>;
  readonly clock: Clock;
}

/** Asks the messenger about a channel, with each of the secrets that it takes now. The first answer counts. */
type Ask<A> = (channel: OpenChannel) => Promise<A | undefined>;

/**
 * What the channel answers, or what it answers after it was read anew. Another process may have changed its secrets a
 * moment ago.
 */
async function askOnceMore<A>({ channels }: JudgeDeps, channel: OpenChannel, ask: Ask<A>): Promise<A | undefined> {
  const first = await ask(channel);
  if (first !== undefined) return first;
  const now = await channels.getAgain(channel.channelId);
  return now && ask(now);
}

/** The answer to a question that is no event. Undefined if it is none, or not one for this channel. */
export async function greet(
  deps: JudgeDeps,
  { inbound }: Messenger,
  channel: OpenChannel,
  request: WebhookRequest,
): Promise<WebhookAnswer | undefined> {
  const ask: Ask<WebhookAnswer> = async (one) => {
    for (const secrets of knownBy(deps, one)) {
      const answer = await inbound.greet?.(request, secrets);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
  // Mostly a POST is an event, which must not make every channel be read anew.
  return request.method === 'POST' ? ask(channel) : askOnceMore(deps, channel, ask);
}

/** Whether the request was made by somebody who has a secret of the channel. */
export async function isVerified(
  deps: JudgeDeps,
  { inbound }: Messenger,
  channel: OpenChannel,
  request: WebhookRequest,
): Promise<boolean> {
  const ask: Ask<true> = async (one) =>
    knownBy(deps, one).some((secrets) => inbound.verify(request, secrets)) || undefined;
  return (await askOnceMore(deps, channel, ask)) === true;
}

function knownBy({ clock }: JudgeDeps, { credentials, ...secrets }: OpenChannel) {
  return secretsOf(secrets, clock.now()).map((webhookSecret) => ({ credentials, webhookSecret }));
}
