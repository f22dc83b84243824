import type { Changed, Outgoing } from '#channels/outbound';
import type { Credentials, Refusal } from '#channels/terms';
import type { Clock } from '#clock';
import { chatOfKey } from '#domain/message';
import type { IdsOf } from '#flows/identity/ids-of';
import type { ErrorCode } from '#http/error-codes';
import { channelSwitchedOff, channelUnavailable, RequestError } from '#http/errors';
import type { Log, NameInLog } from '#log';
import { describeError } from '#log';
import type { OpenChannels } from '#store/accounts/open-channels';
import type { Holds } from '#store/outbox/holds';
import type { SentMessage } from './find-sent.ts';

export interface CallMessengerDeps {
  readonly openChannels: Pick<OpenChannels, 'getKnown'>;
  readonly holds: Pick<Holds, 'of' | 'holdChannel'>;
  readonly idsOf: IdsOf;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where the message is, in the messenger's terms. */
type Place = Omit<Outgoing, 'content'>;

type Call = (channel: { readonly credentials: Credentials }, place: Place, signal: AbortSignal) => Promise<Changed>;

/** Well within the time of the function. */
const CALL_MS = 15_000;

/**
 * Makes the call, once, unless the messenger asked the channel to wait. Throws a `RequestError` if the message was not
 * changed, or if that is not known.
 */
export async function callMessenger(
  { openChannels, holds, idsOf, nameInLog, clock, log }: CallMessengerDeps,
  { chat, channel: { channelId, state }, reply }: SentMessage,
  call: Call,
): Promise<Extract<Changed, { kind: 'done' }>> {
  if (state === 'disabled') throw channelSwitchedOff(channelId);
  if (state === 'unauthorized') throw channelUnavailable(channelId);
  const [channel, { until }] = await Promise.all([openChannels.getKnown(channelId), holds.of(channelId)]);
  if (until > clock.now()) throw tooFast(until - clock.now());
  const place = { to: await idsOf(chat), via: reply.via, key: reply.key, opaque: chatOfKey(chat).chatId };
  const changed = await tryOnce(() => call(channel, place, clock.deadline(CALL_MS)));
  log({ change: await nameInLog(chat), outcome: changed.kind });
  switch (changed.kind) {
    case 'done':
      return changed;
    case 'refused':
      throw refused(changed.refusal);
    case 'unauthorized':
      throw channelUnavailable(channelId);
    case 'throttled': {
      const ms = changed.retryAfterSeconds * 1000;
      if (changed.scope === 'channel') await holds.holdChannel(channelId, clock.now() + ms);
      throw tooFast(ms);
    }
    case 'notReady':
      throw new RequestError(503, 'MESSENGER_UNREACHABLE', 'It is not ready for the file yet: send the same again');
    case 'unreachable':
      throw new RequestError(
        503,
        'MESSENGER_UNREACHABLE',
        `${changed.reason}. It may have been changed or not; sending the same again is safe`,
      );
    default:
      return changed satisfies never;
  }

  async function tryOnce(run: () => Promise<Changed>): Promise<Changed> {
    try {
      return await run();
    } catch (error) {
      log({ change: await nameInLog(chat), outcome: 'broken', ...describeError(error) });
      return { kind: 'unreachable', reason: 'The adapter broke' };
    }
  }
}

/** The reasons that also are codes of this route. Everything else says nothing about the message. */
const CODES: readonly ErrorCode[] = [
  'MESSAGES_NOT_FOUND',
  'MESSAGES_EDITING_TIME_EXPIRED',
  'MESSAGES_DELETION_TIME_EXPIRED',
  'MESSAGES_ONLY_TEXT_OR_CONTENT',
  'MESSAGES_CONTAIN_BUTTONS',
  'BAD_CONTACT',
];

function refused({ reason, code, description }: Refusal): RequestError {
  const known = CODES.find((one) => one === reason) ?? 'UNKNOWN_ERROR';
  return new RequestError(400, known, `The messenger refused: ${description}`, { code });
}

function tooFast(ms: number): RequestError {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return new RequestError(429, 'TOO_MANY_EXT_REQS', `The messenger asks to wait ${seconds} s; nothing was changed`, {
    retryAfterSeconds: seconds,
  });
}
