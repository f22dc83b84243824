/** What waits in an account: clients for an answer, and what has to leave. */
export interface Health<Chat> {
  /** The chat whose client has waited longest. */
  readonly oldest?: Chat;
  readonly withoutAnybody: WithoutAnybody;
  readonly backlog: Backlog;
  readonly deaf: readonly DeafChannel[];
}

/** A channel that its messenger does not call. Registering it again has failed. */
export interface DeafChannel {
  readonly channelId: string;
  /** Since when that is known (epoch ms). */
  readonly since: number;
  /** For people. */
  readonly why: string;
}

/** The chats that wait in a pool: none of their responsible users could answer (R3). */
export interface WithoutAnybody {
  readonly count: number;
  /** Since when the first of them waits (epoch ms). */
  readonly since?: number;
  /** There are more. */
  readonly more: boolean;
}

/** Places from which nothing leaves as it should, those that have waited longest first. */
export interface Backlog {
  readonly lanes: readonly LaneHealth[];
  /** Other places may wait as well. */
  readonly more: boolean;
}

/** What waits for one target. */
export interface LaneHealth {
  readonly target: string;
  /** `crm` is what a connected CRM has to be told, `news` what has to be read from it. */
  readonly kind: 'reply' | 'event' | 'crm' | 'news';
  readonly waiting: number;
  /** More than that wait. */
  readonly more: boolean;
  /** Since when the first of it waits (epoch ms). */
  readonly since: number;
  /** When it is tried again (epoch ms), if it has to wait until then. */
  readonly nextAt?: number;
  readonly lastError?: { readonly code: string; readonly description: string };
  /** The events of one client or channel that the receiver refused and that were set aside. */
  readonly isAside: boolean;
}
