import type { components } from '../../clients/typescript/index.ts';
import type { Loading } from './loaded.ts';

type Schemas = components['schemas'];

/** Something that leaves: a reply to a client, or an event for the CRM. `name` is the client that it is about. */
export type Delivery = Schemas['Delivery'];
/** Why a user became responsible for a client. `name` is the client. */
export type AssignmentRecord = Schemas['Assignment'];
export type AuditEntry = Schemas['AuditEntry'];
export type Receiver = Schemas['Receiver'];
export type NewSecret = Schemas['SigningSecret'];

/** A list that comes in pages. `reload` asks for as many pages as are shown, `more` for one more. */
export interface Paged<T> extends Loading<Page<T>> {
  more(): Promise<void>;
}

/** What is known of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

/** A delivery on the screen. It keeps its place when it is sent again, so that one sees what becomes of it. */
export interface DeliveryRow {
  readonly delivery: Delivery;
  /** The list that it stands in. */
  readonly list: 'failed' | 'waiting';
  readonly is: 'failed' | 'failed-again' | 'waiting' | 'left';
  /** When it was sent again here (epoch ms). */
  readonly pressedAt?: number;
}

/** What has become of the deliveries. */
export interface DeliveryRows {
  readonly rows: readonly DeliveryRow[];
  readonly hasMoreFailed: boolean;
  readonly hasMoreWaiting: boolean;
}

/** How many were put back; with `more`, others follow by themselves. */
export type SentAgain = Schemas['SentAgain'];

/** Why something was not done. Without a code nobody answered. */
export interface NotDone {
  readonly code?: string;
  readonly words: string;
}

/** What leaves and what could not. */
export interface DeliveriesModel extends Loading<DeliveryRows> {
  moreFailed(): Promise<void>;
  moreWaiting(): Promise<void>;
  retry(delivery: Delivery): Promise<NotDone | undefined>;
  retryAll(target: string): Promise<SentAgain | NotDone>;
  /** The events that were made from `from` on (epoch ms), once more. */
  replay(from: number): Promise<SentAgain | NotDone>;
}

/** What of the log of assignments is wanted. */
export interface AssignmentFilter {
  readonly channelId?: string;
  readonly userId?: string;
  readonly rule?: AssignmentRecord['rule'];
}

/** An answer of the receiver, or why there was none. */
export type ReceiverAnswer = Schemas['ReceiverTest'];
/** What the receiver answered to a number of events. */
export type AnswerToEvents = Schemas['AnsweredCall'];

/** What can be told to a receiver. */
export const SUBSCRIPTIONS = [
  'messagesAndStatuses',
  'contactsAndDealsCreation',
  'channelsUpdates',
  'templateStatus',
  'assignments',
  'waiting',
] as const;
export type Subscription = (typeof SUBSCRIPTIONS)[number];

/** A registration that is to be saved. A `crmKey` of `null` removes the key, without it the key stays. */
export interface WantedReceiver {
  readonly webhooksUri?: string;
  readonly subscriptions: Readonly<Record<Subscription, boolean>>;
  readonly crmKey?: string | null;
}

/** Why a registration was not saved. `end` is how the call of the address ended. */
export type SaveProblem =
  | { readonly field: 'uri'; readonly end?: Pick<ReceiverAnswer, 'status' | 'reason'> }
  | { readonly field: 'key' }
  | { readonly field: 'other'; readonly words: string };

/** Where events go. */
export interface ReceiverModel {
  readonly receiver: Loading<Receiver>;
  readonly answers: Loading<readonly AnswerToEvents[]>;
  /** The address is called before it is saved. Returns what is wrong. */
  save(wanted: WantedReceiver): Promise<SaveProblem | undefined>;
  /** Calls the stored address once. Throws the words of a refusal. */
  test(): Promise<ReceiverAnswer>;
  /** Throws the words of a refusal. */
  newSecret(): Promise<NewSecret>;
}

/** What waits to leave for a target. `name` is the client of a reply. */
export type WaitingLane = Schemas['WaitingLane'] & { readonly name?: string };
/** Whether anybody waits, and what is behind. */
export type Health = Omit<Schemas['AccountHealth'], 'lanes'> & { readonly lanes: readonly WaitingLane[] };

/** What runs: deliveries, assignments, acts, the receiver of events, and whether anybody waits. */
export interface RunningModel {
  /** Where the API is, without a slash at its end. */
  readonly apiUrl: string;
  deliveries(): DeliveriesModel;
  assignments(filter: AssignmentFilter): Paged<AssignmentRecord>;
  audit(): Paged<AuditEntry>;
  /** The names of the API keys, by id. */
  keyNames(): Loading<ReadonlyMap<string, string>>;
  receiver(): ReceiverModel;
  health(): Loading<Health>;
}
