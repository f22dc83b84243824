/** What an account's CRM wants to be told of. */
export interface Subscriptions {
  readonly messagesAndStatuses: boolean;
  readonly contactsAndDealsCreation: boolean;
  readonly channelsUpdates: boolean;
  readonly templateStatus: boolean;
  /** Who became responsible for a client, and why. */
  readonly assignments: boolean;
  /** Clients who have waited so long that heads are told (T7). */
  readonly waiting: boolean;
}

/** Nothing is wanted. */
export const NO_SUBSCRIPTIONS: Subscriptions = {
  messagesAndStatuses: false,
  contactsAndDealsCreation: false,
  channelsUpdates: false,
  templateStatus: false,
  assignments: false,
  waiting: false,
};

/** Where the events of an account go. */
export interface Receiver {
  readonly uri: string;
  readonly subscriptions: Subscriptions;
  /** The number of this registration. It grows with each one. */
  readonly version: number;
  /** When it began to listen to messages and statuses (epoch ms). What was said before is not told. */
  readonly listensSince?: number;
  /** The receiver answered 410 (epoch ms): it wants nothing any more. */
  readonly endedAt?: number;
}

/** Whether the receiver gets events of that kind. */
export function listensTo(receiver: Receiver | undefined, kind: keyof Subscriptions): receiver is Receiver {
  return receiver !== undefined && receiver.endedAt === undefined && receiver.subscriptions[kind];
}
