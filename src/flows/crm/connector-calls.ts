import type { Asked, Failed } from '#crms/crm';
import { backoffMs } from '#domain/delivery';
import type { Tried } from '#store/outbox/lane-item';
import type { DeliveryError } from '#store/outbox/row-item';
import type { Lost } from './calls.ts';

/** A failure that is not about what was asked: the lane has to wait. */
export type LaneFailure = Extract<Failed, { readonly kind: 'unauthorized' | 'throttled' | 'unreachable' }>;

/** What became of a row in one step. */
export type Did =
  /** It went on, or has ended. */
  | { readonly kind: 'next' }
  /** The lease was lost. */
  | { readonly kind: 'stop' }
  /** The CRM takes no calls for now, or has refused what was asked for good (`refusal`). */
  | { readonly kind: 'failing'; readonly failed: LaneFailure; readonly refusal?: Failed };

export const NEXT: Did = { kind: 'next' };

/** What a lost lease or a failure of the whole CRM means for the lane; undefined if the failure is about what was asked. */
export function laneEnd(asked: Failed | Lost): Did | undefined {
  switch (asked.kind) {
    case 'lost':
      return { kind: 'stop' };
    case 'unauthorized':
    case 'throttled':
    case 'unreachable':
      return { kind: 'failing', failed: asked };
    default:
      return undefined;
  }
}

/** Why nothing leaves for a CRM that was switched off. */
export const CRM_DISABLED: DeliveryError = { code: 'CRM_DISABLED', description: 'The connection is switched off' };

/** The failure as it stands on rows. */
export function errorOf(failed: Failed): DeliveryError {
  switch (failed.kind) {
    case 'unauthorized':
      return { code: 'CRM_UNAUTHORIZED', description: failed.description };
    case 'throttled':
      return failed.problem === 'BLOCKED'
        ? { code: 'CRM_BLOCKED', description: failed.description ?? 'The CRM has blocked the calls of Konvert' }
        : { code: 'CRM_BUSY', description: failed.description ?? 'The CRM asks to wait' };
    case 'unreachable':
      return { code: 'CRM_UNREACHABLE', description: failed.reason };
    case 'refused':
      return {
        code: `CRM_${failed.code}`,
        description: failed.about === undefined ? failed.description : `${failed.about}: ${failed.description}`,
      };
    default:
      return { code: 'CRM_GONE', description: 'The CRM does not have it any more' };
  }
}

/** What a lane remembers after such a failure, and until when it waits (epoch ms): as long as the CRM asks, or longer each time. */
export function heldBack(tried: Tried, failed: LaneFailure, now: number): { tried: Tried; until: number } {
  const { attempts, calls } = tried;
  const backoff = backoffMs(attempts + 1);
  const asked = failed.kind === 'throttled' ? failed.retryAfterSeconds * 1_000 : undefined;
  const waitMs = asked === undefined ? backoff : Math.max(asked, attempts > 0 ? backoff : 0);
  return {
    tried: { ...tried, attempts: attempts + 1, calls: calls + 1, lastError: errorOf(failed) },
    until: now + waitMs,
  };
}

/** The answer of a call, or what the lane does without one. */
export type Got<T> = { readonly value: T } | { readonly end: Did };

/** The answer. A question that is refused for good has none either: nothing is made on a guess. */
export function got<T>(asked: Asked<T> | Lost): Got<T> {
  if (asked.kind === 'ok') return { value: asked.value };
  const end = laneEnd(asked);
  return {
    end: end ?? {
      kind: 'failing',
      failed: { kind: 'unreachable', reason: errorOf(asked as Failed).description },
      refusal: asked as Failed,
    },
  };
}

/** What the lane does if nothing was learned of one that was read. One that is gone, or was merged, is learned of. */
export function endOf(asked: Asked<unknown> | undefined): Did | undefined {
  return asked === undefined || asked.kind === 'ok' ? undefined : laneEnd(asked);
}

/** Those of what was read that are there. If nothing was learned of one, there is no answer at all. */
export function gotAll<T>(asked: Asked<readonly Asked<T>[]> | Lost): Got<T[]> {
  const read = got(asked);
  if ('end' in read) return read;
  for (const one of read.value) {
    const end = endOf(one);
    if (end) return { end };
  }
  return { value: read.value.flatMap((one) => (one.kind === 'ok' ? [one.value] : [])) };
}
