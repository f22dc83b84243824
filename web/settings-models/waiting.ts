/** What becomes of a client whom nobody answers. Minutes are working minutes of the channel's schedule; null: never. */
export interface Waiting {
  /** After so many a new client goes to the next user. */
  readonly returnAfterMinutes: number | null;
  readonly returnsAtMost: number;
  /** When no user is left: the client goes to all, or stays. */
  readonly then: 'pool' | 'keep';
  readonly tellHeadsAfterMinutes: number | null;
  /** After so many returns in a row without a word, Konvert sets the user away. 0: never. */
  readonly awayAfterReturns: number;
  /** New clients who write while it is closed: given out at once, or held until it opens. */
  readonly outsideHours: 'give' | 'hold';
}

/** What a rule would have done to the waits of the last days. */
export interface WouldReturn {
  readonly days: number;
  readonly waits: number;
  readonly wouldWarn: number;
  readonly wouldReturn: number;
  readonly wouldPool: number;
  readonly wouldTell: number;
  /** `ANSWERED_BY_PHONE`: more than a third of the answers came from phones. */
  readonly warnings?: readonly 'ANSWERED_BY_PHONE'[] | undefined;
}
