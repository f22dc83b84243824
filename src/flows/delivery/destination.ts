import type { Pace } from '#domain/pace';
import type { DeliveryError } from '#store/outbox/row-item';
import type { Holding } from './holding.ts';

/** The result of a call. The loop picks its retry by the kind. */
export type Delivered =
  /** The receiver has it. */
  | { readonly kind: 'taken' }
  /** No retry helps. */
  | ({ readonly kind: 'refused' } & DeliveryError)
  /** The reason of the refusal has changed meanwhile: it may be sent again at once. */
  | { readonly kind: 'again' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** Nothing was sent, and nothing is wrong. It is asked again so soon. */
  | { readonly kind: 'notReady'; readonly retryAfterSeconds: number }
  /** No answer, or one that says nothing about what was sent: it may have arrived. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** How something leaves that can leave now. */
export interface OpenWay {
  readonly kind: 'open';
  readonly send: (signal: AbortSignal) => Promise<Delivered>;
  /** How long the call may take. Without it `CALL_MS`. */
  readonly callMs?: number | undefined;
  /** Whether the last call of this receiver was slow, whatever lane it was for. */
  readonly slow: boolean;
  /** How fast the receiver takes calls, if that is limited, and how many wait in the lane for the time being. */
  readonly paced?: { readonly pace: Pace; readonly waiting: number } | undefined;
}

/** Whether something can leave now, and how. */
export type Way =
  | OpenWay
  /** Nothing can leave until a person changes something. */
  | ({ readonly kind: 'closed' } & DeliveryError)
  /** Not before that time (epoch ms). */
  | { readonly kind: 'wait'; readonly until: number };

/** Whether the operator lets everything of an account wait. If not, when that ended. */
export type Pause =
  /** Nothing leaves before that time (epoch ms), or gets too old meanwhile. */
  | { readonly kind: 'paused'; readonly until: number }
  /** The pause ended then (epoch ms); 0 if there never was one. */
  | { readonly kind: 'none'; readonly endedAt: number };

/** Something that has to leave, found in its lane. */
export interface Leaving {
  readonly account: string;
  /** Its place in the lane. */
  readonly event: string;
  /** Since when it has been waiting (epoch ms). */
  readonly since: number;
}

/** Where messages leave to that leave one at a time: all that their lanes know of it. */
export interface Destination<L extends Leaving = Leaving> {
  /** Who gets the calls of a lane. Only some calls of one receiver are under way at once. */
  receiverOf(leaving: L): string;
  /** The oldest that has to leave. What an earlier holder left half done before it is brought to its end. */
  oldest(holding: Holding): Promise<L | undefined>;
  /** Whether the operator has stopped everything that the account sends. */
  pauseOf(leaving: L): Promise<Pause>;
  /** Whether it can leave now, and how. `send` of an open way answers for every outcome, and throws for none. */
  wayFor(leaving: L): Promise<Way>;
  /** Called before a call, for what has to be known if the holder dies. */
  mark(leaving: L): Promise<void>;
  /** Records that the last call of the receiver was slow, or was not. Called when that has changed. */
  noteSpeed(leaving: L, slow: boolean): Promise<void>;
  /** Called when the receiver has it, which `send` has recorded if it has to be known. */
  taken(leaving: L): Promise<void>;
  /** Records that no retry helps, after so many calls. If it was taken after all, nothing is changed. */
  failed(leaving: L, error: DeliveryError, calls: number): Promise<void>;
}
