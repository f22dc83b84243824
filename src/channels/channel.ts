import type { Connection } from '#domain/connection';
import type { Author, Content, Profile } from '#domain/message';

/**
 * One thing that a messenger's webhook reported, in Konvert's words. Times are epoch milliseconds by the messenger's
 * clock.
 */
export type Received =
  | ReceivedMessage
  | {
      /** A later change of a message. The message itself may not have come yet. */
      readonly kind: 'edit';
      readonly chatType: string;
      readonly chatId: string;
      readonly providerId: string;
      readonly time: number;
      /** Orders changes of the same time. */
      readonly sequence?: number;
      readonly content: Content;
      /**
       * What the edit tells of the message itself, for the case that it was never delivered. Absent for a message that
       * is no fact, such as our own send.
       */
      readonly message?: Pick<ReceivedMessage, 'kind' | 'author' | 'via' | 'topic' | 'by' | 'client'> & {
        readonly time: number;
      };
    }
  | {
      /**
       * All reactions of the client to a message as they are now, no matter who wrote the message. Empty if the client
       * took them back.
       */
      readonly kind: 'reaction';
      readonly chatType: string;
      readonly chatId: string;
      readonly providerId: string;
      readonly time: number;
      readonly sequence?: number;
      readonly emojis: readonly string[];
    }
  | {
      readonly kind: 'deletion';
      readonly chatType: string;
      readonly chatId: string;
      readonly providerId: string;
    }
  | {
      /** A person connected their own account, changed what the channel may do in it, or disconnected it. */
      readonly kind: 'connection';
      readonly connection: Connection;
    }
  | {
      /** Verified and ignored on purpose. `reason` goes to the log, so it names a kind and no content. */
      readonly kind: 'ignored';
      readonly reason: string;
    };

/** A message or a notice from the client, or a message that the team wrote outside Konvert (an echo). */
export interface ReceivedMessage {
  readonly kind: 'client' | 'echo';
  readonly chatType: string;
  readonly chatId: string;
  /** Unique within the chat, and the same in every redelivery. */
  readonly providerId: string;
  /** Absent if the event has no time of its own (a pressed button). The time of receipt counts then. */
  readonly time?: number;
  /** Whether it makes the chat unanswered (U6). An echo never does. */
  readonly opens: boolean;
  readonly author: Author;
  readonly content: Content;
  /** The connection that it came by, if a reply has to leave by the same one. */
  readonly via?: string;
  /** The messenger's id of the topic that it was written in, if the client divided the chat into topics. */
  readonly topic?: string;
  /** Of an echo that a machine wrote in the team's name (U3). */
  readonly by?: 'automatic';
  /** Of an echo: what the messenger told of the client with it. The author is somebody of the team. */
  readonly client?: Profile;
}

/** A webhook request that is not verified yet. Header names are lower case. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** A message to send. */
export interface Outgoing {
  readonly chatId: string;
  /** As the team wrote it. If its marks stand for formatting, the messenger shows the formatting. */
  readonly text: string;
  /** The provider id of the message that it quotes. */
  readonly quotes?: string | undefined;
  /** The connection to send it by. */
  readonly via?: string | undefined;
  /** The topic to send it into. If the messenger says that the topic is gone, the message is sent outside of it. */
  readonly topic?: string | undefined;
}

/** The result of sending a message. The caller decides by the kind whether to retry. */
export type Sent =
  | { readonly kind: 'sent'; readonly providerId: string }
  /** A retry does not help. `code` and `description` are the messenger's own. */
  | { readonly kind: 'refused'; readonly code: string; readonly description: string }
  /** Refused, and so is everything else with these credentials. */
  | { readonly kind: 'unauthorized'; readonly code: string; readonly description: string }
  /** Try again after `retryAfterSeconds`, not sooner. `scope` says whether the whole channel has to wait. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number; readonly scope: 'chat' | 'channel' }
  /** No answer, or an answer that says nothing about the message (5xx). The message may have arrived. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The result of acknowledging a press. It is tried once, so of a failure only a wait for others matters. */
export type Acknowledged =
  | { readonly kind: 'done' | 'refused' | 'unreachable' }
  | Extract<Sent, { readonly kind: 'throttled' }>;

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

/** A person's or a program's account at the messenger, as `connect` found it. */
export interface Identity {
  /** The messenger's own id, which never changes. */
  readonly id: string;
  readonly plainId: string;
  readonly name: string;
}

/** The credentials of a channel, as its operator gave them. Every messenger has its own fields. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * One messenger. A new messenger is a folder beside `telegram` that implements this interface and passes the contract
 * suite in `test/channels/contract.ts`.
 */
export interface Messenger {
  readonly transport: string;
  /** The chat types of its channels. The first is the type of a private chat. */
  readonly chatTypes: readonly string[];
  /** The longest webhook body that it ever sends. Longer ones are refused. */
  readonly maxBodyBytes: number;
  /**
   * The longest text that it accepts, and the compatible API's error code for a longer one. `lengthOf` counts as the
   * messenger does, without the marks that become formatting.
   */
  readonly maxText: { readonly length: number; readonly lengthOf: (text: string) => number; readonly code: string };

  /** The credentials that it needs, or the names of the fields that are missing or wrong. */
  readCredentials(input: unknown): { credentials: Credentials } | { fields: string[] };
  /** Tries the credentials. Throws `CredentialsRefusedError` or `MessengerUnreachableError`. */
  connect(credentials: Credentials): Promise<Identity>;
  /**
   * Makes the messenger's updates come to `url` with `secret`. Throws as `connect` does, and `ConnectedElsewhereError`
   * if another program gets the updates and `takeOver` is not set.
   */
  register(
    credentials: Credentials,
    url: string,
    secret: string,
    options?: { readonly takeOver?: boolean },
  ): Promise<void>;
  /** Stops the messenger's updates. Throws as `connect` does. */
  unregister(credentials: Credentials): Promise<void>;
  /** Absent if the messenger knows webhooks only. */
  readonly polling?: Polling;
  /** Whether the updates for these credentials are fetched here instead of coming to a webhook. */
  readonly isPolled?: (credentials: Credentials) => boolean;

  /** Whether the request is from the messenger. Decided in constant time, on raw bytes, before anything is parsed. */
  verify(request: WebhookRequest, secret: string): boolean;
  /**
   * What a verified body reports, one entry for each thing in it. `identity` is the id of the channel's account, if it
   * is known: what it sent itself is no echo. Throws `UnreadableWebhookError` if the outer shape is not the messenger's.
   */
  parse(body: unknown, identity?: string): Received[];

  /** Sends one message and gives up when `signal` aborts. Returns every outcome and never throws. */
  send(credentials: Credentials, message: Outgoing, signal: AbortSignal): Promise<Sent>;

  /**
   * Tells the messenger that a pressed button was heard, by the provider id of the press. Absent if its clients do not
   * wait for that. Gives up when `signal` aborts. Returns every outcome and never throws.
   */
  acknowledge?(credentials: Credentials, providerId: string, signal: AbortSignal): Promise<Acknowledged>;
}
