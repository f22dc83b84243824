import type { DeliveryError, Row } from '#store/outbox/row-item';

/** The result of a call. The loop picks its retry by the kind. */
export type Delivered =
  /** The receiver has it. */
  | { readonly kind: 'taken' }
  /** No retry helps. */
  | ({ readonly kind: 'refused' } & DeliveryError)
  /** The reason of the refusal has changed meanwhile: it may be sent again at once. */
  | { readonly kind: 'again' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** No answer, or one that says nothing about the rows: they may have arrived. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** How rows leave that can leave now. */
export interface OpenWay {
  readonly kind: 'open';
  readonly send: (signal: AbortSignal) => Promise<Delivered>;
  /** Whether the last call of this receiver was slow, whatever lane it was for. */
  readonly slow: boolean;
}

/** Whether rows can leave now, and how. */
export type Way =
  | OpenWay
  /** Nothing can leave until a person changes something. */
  | ({ readonly kind: 'closed' } & DeliveryError)
  /** Not before that time (epoch ms). */
  | { readonly kind: 'wait'; readonly until: number };

/** Whether the operator lets everything of an account wait. If not, when that ended. */
export type Pause =
  /** Nothing leaves before that time (epoch ms). Rows do not get too old meanwhile. */
  | { readonly kind: 'paused'; readonly until: number }
  /** The pause ended then (epoch ms); 0 if there never was one. */
  | { readonly kind: 'none'; readonly endedAt: number };

/** A receiver of rows: all that the loop of a lane knows of it. */
export interface Destination<R extends Row = Row> {
  /** Who gets the calls of a lane. Only some calls of one receiver are under way at once. */
  receiverOf(row: R): string;
  /** How many of the oldest rows of a lane it looks at. */
  readonly looksAt: number;
  /** Of the oldest rows of a lane, in order, those that leave in one call. Never empty. */
  batch(rows: readonly R[]): readonly R[];
  /**
   * The outcome of an earlier call, if it was recorded and its holder died. Asked only about rows that were being sent.
   */
  outcomeOf(row: R): Promise<'taken' | DeliveryError | undefined>;
  /** Whether the operator has stopped everything that the rows' account sends. */
  pauseOf(rows: readonly R[]): Promise<Pause>;
  /** Whether the rows can leave now, and how. `send` of an open way answers for every outcome, and throws for none. */
  wayFor(rows: readonly R[]): Promise<Way>;
  /** Records that the last call of the row's receiver was slow, or was not. Called when that has changed. */
  noteSpeed(row: R, slow: boolean): Promise<void>;
  /** Records that the receiver has the row, except in the row itself. Repeating it does no harm. */
  taken(row: R): Promise<void>;
  /**
   * Records that no retry helps, except in the row itself. `overtaken` if the row was taken after all; then nothing is
   * changed.
   */
  refused(row: R, error: DeliveryError): Promise<'refused' | 'overtaken'>;
}
