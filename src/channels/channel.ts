import type { Inbound, KnownBy } from './inbound.ts';
import type { Outbound } from './outbound.ts';
import type { Credentials } from './terms.ts';

/** A person's or a program's account at the messenger, as `connect` found it. */
export interface Identity {
  /** The messenger's own id, which never changes. */
  readonly id: string;
  readonly plainId: string;
  readonly name: string;
}

/** What an operator types in at the messenger, beside the address of the webhook. */
export interface TypedIn {
  /** A secret that every webhook carries. */
  readonly secretToken?: string;
  /** A secret that the messenger asks a new address with. */
  readonly verifyToken?: string;
  /** The kinds of webhooks to choose, by the messenger's names. */
  readonly webhookFields?: readonly string[];
}

/** Connects accounts of a messenger. */
export interface Setup {
  /** The credentials that it needs, or the names of the fields that are missing or wrong. */
  readCredentials(input: unknown): { credentials: Credentials } | { fields: string[] };
  /** Tries the credentials. Throws `CredentialsRefusedError` or `MessengerUnreachableError`. */
  connect(credentials: Credentials): Promise<Identity>;
  /**
   * Makes the messenger's updates come to `url`. Throws as `connect` does, and `ConnectedElsewhereError` if another
   * program gets the updates and `takeOver` is not set.
   */
  register(channel: KnownBy, url: string, options?: { readonly takeOver?: boolean }): Promise<void>;
  /** Stops the messenger's updates. Throws as `connect` does. */
  unregister(credentials: Credentials): Promise<void>;
  /** What an operator types in by hand at the messenger, by the messenger's own names, if Konvert does not register. */
  typedIn(channel: KnownBy): TypedIn;
  /** Whether an operator has to type that in as well if Konvert registers: it cannot register for everything. */
  readonly registersInPart?: true;
  /**
   * Whether the messenger calls only when a channel is there already, because it calls `url` during `register`. Such a
   * channel is stored first, and removed again if it is refused.
   */
  readonly callsDuringRegister?: true;
}

/** The result of fetching updates. */
export type Fetched =
  | {
      readonly kind: 'updates';
      /** Oldest first. Each body is what the messenger would have posted to a webhook. */
      readonly updates: readonly { readonly id: number; readonly body: unknown }[];
    }
  /** A webhook is set, or another program fetches. */
  | { readonly kind: 'elsewhere' }
  /** The credentials are no longer valid. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Fetches what a messenger would post to a webhook. Needed if the messenger cannot reach Konvert. */
export interface Polling {
  /** Whether the credentials lead to the messenger itself. It reaches public addresses only. */
  serves(credentials: Credentials): boolean;
  /**
   * The messenger account that the credentials open. Two channels cannot fetch from one account. Contains nothing
   * secret.
   */
  accountOf(credentials: Credentials): string;
  /** The address of the webhook that is set, if one is. Throws as `connect` does. */
  webhookOf(credentials: Credentials): Promise<string | undefined>;
  /**
   * Waits until there is something new, for half a minute at most. `from` confirms all updates before it, and the
   * messenger then forgets them. Without `from` nothing is confirmed. Returns every outcome and never throws.
   */
  fetch(credentials: Credentials, from: number | undefined, signal: AbortSignal): Promise<Fetched>;
  /** The headers that make `verify` accept a request with that secret. */
  headersOf(secret: string): Readonly<Record<string, string>>;
}

/**
 * One messenger. A new messenger is a folder beside `telegram` that implements this interface and passes the contract
 * suite in `test/channels/contract.ts`.
 */
export interface Messenger {
  readonly transport: string;
  /** The chat types of its channels. The first is the type of a private chat. */
  readonly chatTypes: readonly string[];
  readonly setup: Setup;
  readonly inbound: Inbound;
  readonly outbound: Outbound;
  /** Absent if the messenger knows webhooks only. */
  readonly polling?: Polling;
}
