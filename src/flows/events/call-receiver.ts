import type { PostWebhook, WebhookEnd } from '#calls/webhook';
import { SLOW_MS } from '#domain/delivery';
import { withAnswer } from '#domain/last-answers';
import { type CallOutcome, outcomeOf } from '#domain/receiver-answer';
import type { Holding } from '#flows/delivery/holding';
import { createNameInLog } from '#flows/name-in-log';
import { eventHeaders } from '#flows/sign-event';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { OpenReceiver } from '#store/accounts/open-receivers';
import type { StoreDeps } from '#store/dynamo/client';
import type { DeliveryError } from '#store/outbox/row-item';

/** What a call carries. */
export interface EventCall {
  /** The receiver knows by it that the same came before. */
  readonly id: string;
  readonly body: string;
  /** How many events are in it. */
  readonly count: number;
}

/** How a call ended. */
export interface Called {
  readonly outcome: CallOutcome;
  /** The body of the answer, if it came whole and within 64 KB. */
  readonly answer?: string | undefined;
}

/** What is needed to call receivers. */
export interface CallReceiverDeps extends StoreDeps {
  readonly cipher: Cipher;
  readonly postWebhook: PostWebhook;
  readonly log: Log;
}

/** How long a receiver may take to answer: in the queue of slow lanes it has longer. */
const QUICK_CALL_MS = 10_000;
const SLOW_CALL_MS = 30_000;

/**
 * Calls a receiver for the holder of its lane, once. What the next holder has to know of the call is in the holding, and
 * what the receiver answered: the next write of the lane stores both.
 */
export function createCallReceiver(deps: CallReceiverDeps) {
  const { clock, postWebhook, log } = deps;
  const nameInLog = createNameInLog(deps);

  return async function callReceiver(
    holding: Holding,
    receiver: OpenReceiver,
    { id, body, count }: EventCall,
  ): Promise<Called> {
    const calledAt = clock.now();
    const headers = eventHeaders(receiver, id, body, calledAt);
    const deadline = clock.deadline(holding.cameSlow ? SLOW_CALL_MS : QUICK_CALL_MS);
    const end = await postWebhook({ uri: receiver.uri, headers, body }, deadline);
    const ms = clock.now() - calledAt;
    const outcome = outcomeOf(end);
    const failed = outcome === 'ill' || outcome === 'unclear';
    const calls = holding.tried.calls + 1;
    const lastError = outcome === 'taken' ? undefined : errorOf(end);
    holding.tried = { ...holding.tried, calls, slow: failed || ms > SLOW_MS, lastError };
    const answer = { at: calledAt, tookMs: ms, events: count, end: endOf(end) };
    holding.state = { ...holding.state, answers: withAnswer(holding.state.answers, answer) };
    log({ deliverEvents: await nameInLog(holding.lane), count, calls, outcome, ...saidBy(end), ms });
    return { outcome, answer: end.kind === 'answered' ? end.body : undefined };
  };
}

function endOf(end: WebhookEnd) {
  return end.kind === 'answered' ? { status: end.status } : { reason: end.code };
}

function saidBy(end: WebhookEnd) {
  return end.kind === 'answered' ? { status: end.status } : { code: end.code };
}

/** In our own words: those of a receiver may quote what it was sent. */
function errorOf(end: WebhookEnd): DeliveryError {
  return end.kind === 'answered'
    ? { code: String(end.status), description: `The receiver answered ${end.status}` }
    : { code: 'UNREACHABLE', description: `The receiver did not answer: ${end.code}` };
}
