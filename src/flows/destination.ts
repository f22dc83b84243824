import type { DeliveryError, Row } from '#store/outbox/row-item';

/** What a call came to. The loop picks its retry by the kind. */
export type Delivered =
  /** The receiver has it. */
  | { readonly kind: 'taken' }
  /** No retry heals it. */
  | ({ readonly kind: 'refused' } & DeliveryError)
  /** What it was refused for has changed meanwhile: it may be sent again at once. */
  | { readonly kind: 'again' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** No answer, or one that says nothing about the rows: they may have arrived. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** How rows leave now. */
export type Way =
  | { readonly kind: 'open'; readonly send: (signal: AbortSignal) => Promise<Delivered> }
  /** Nothing can leave until a person changes something. */
  | ({ readonly kind: 'closed' } & DeliveryError)
  /** Not before that time (epoch ms). */
  | { readonly kind: 'wait'; readonly until: number };

/** A receiver of what waits in lanes: all that the loop of a lane knows of it. */
export interface Destination<R extends Row = Row> {
  /** How many of the oldest rows of a lane it looks at. */
  readonly looksAt: number;
  /** Of the oldest rows of a lane, in order, those that leave in one call. Never empty. */
  batch(rows: readonly R[]): readonly R[];
  /** What came of an earlier call whose holder died, if that was recorded. Asked only about rows that were being sent. */
  outcomeOf(row: R): Promise<'taken' | DeliveryError | undefined>;
  /** How the rows leave now. `send` of an open way answers for every outcome, and throws for none. */
  wayFor(rows: readonly R[]): Promise<Way>;
  /** The receiver has the row: what follows from that, beside the row itself. Repeating it does no harm. */
  taken(row: R): Promise<void>;
  /** No retry helps the row: what follows from that. `overtaken` if it was taken after all; then nothing is changed. */
  refused(row: R, error: DeliveryError): Promise<'refused' | 'overtaken'>;
}
