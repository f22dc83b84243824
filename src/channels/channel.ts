import type { ChannelLink, ChannelReport } from '#domain/channel';
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

/**
 * Whether a messenger still calls the webhook of a channel. `why` is for people: it names no secret. `report` is what the
 * messenger said of the account besides.
 */
export type Inspected = { readonly report?: ChannelReport } & (
  | { readonly kind: 'listening' }
  /** The messenger calls it no more, or not for everything. It may be registered again. */
  | { readonly kind: 'deaf'; readonly why: string }
  /** The messenger calls the address of another program, which is not taken from it unasked. */
  | { readonly kind: 'elsewhere'; readonly why: string }
  /** The credentials are no longer valid. */
  | { readonly kind: 'unauthorized' }
  /** The messenger did not say. */
  | { readonly kind: 'unknown'; readonly why: string }
);

/** What is between the messenger and the phone that the channel stands for. */
export interface Link {
  readonly state: ChannelLink;
  /** The text of the QR code that the phone has to read, while there is one. */
  readonly qr?: string;
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
  /** Stops the updates that come to `url`. Throws as `connect` does. */
  unregister(credentials: Credentials, url: string): Promise<void>;
  /** What an operator types in by hand at the messenger, by the messenger's own names, if Konvert does not register. */
  typedIn(channel: KnownBy): TypedIn;
  /** Whether an operator has to type that in as well if Konvert registers: it cannot register for everything. */
  readonly registersInPart?: true;
  /**
   * Whether the messenger calls only when a channel is there already, because it calls `url` during `register`. Such a
   * channel is stored first, and removed again if it is refused.
   */
  readonly callsDuringRegister?: true;
  /**
   * Whether the messenger still calls `url`, asked every hour. Absent if it does not tell. Returns every outcome and never
   * throws.
   */
  inspect?(channel: KnownBy, url: string, signal: AbortSignal): Promise<Inspected>;
  /**
   * Fresh credentials of the same account, if the present ones end soon; undefined if they need not be changed. Asked every
   * day. The present ones stay valid until the fresh ones are stored. Throws as `connect` does. `now` is epoch ms.
   */
  renew?(credentials: Credentials, now: number, signal: AbortSignal): Promise<Credentials | undefined>;
  /** The link to the phone behind the channel. Absent if there is no phone. Throws as `connect` does. */
  link?(credentials: Credentials, signal: AbortSignal): Promise<Link>;
}

/**
 * Makes a `fetch` for the calls of one messenger alone, which trusts further root certificates (PEM) beside the usual ones.
 */
export type FetchWith = (trust: { readonly ca: readonly string[] }) => typeof globalThis.fetch;

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
  /** Whether an old `from` is good for ever. Absent if the messenger may begin to count anew. */
  readonly countsOn?: true;
  /** The headers that make `verify` accept a request with that secret. */
  headersOf(secret: string): Readonly<Record<string, string>>;
  /** The body that does, if the messenger's secret is in the body. */
  bodyOf?(body: unknown, secret: string): unknown;
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

/** What an adapter is built on. The real implementation stands in for what is left out. */
export interface AdapterOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** The address of the messenger's API. `credentials.apiBaseUrl` replaces it. */
  readonly apiUrl?: string | undefined;
  /** Whether an address in the credentials has to be https, because secrets go there. */
  readonly httpsOnly?: boolean | undefined;
  /** How long each call of `connect`, `register` and `unregister` waits for an answer. */
  readonly setupTimeoutMs?: number;
}
