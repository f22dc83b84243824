import type { Connection } from '#domain/connection';
import type { Author, Content } from '#domain/message';

/** What a messenger's webhook said, in our words. Times are epoch milliseconds by the messenger's clock. */
export type Received =
  | ReceivedMessage
  | {
      /** A later change of a message that may not have come yet. */
      readonly kind: 'edit';
      readonly chatType: string;
      readonly chatId: string;
      readonly providerId: string;
      readonly time: number;
      /** Orders changes of the same time. */
      readonly sequence?: number;
      readonly content: Content;
    }
  | {
      /** What the client's reactions to a message are now, whoever wrote it; none where they took them back. */
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
      /** A person connected their own account, changed what the channel may do there, or ended it. */
      readonly kind: 'connection';
      readonly connection: Connection;
    }
  | {
      /** Verified and left alone on purpose; `reason` goes to the log, so it names a kind and no content. */
      readonly kind: 'ignored';
      readonly reason: string;
    };

/** A message or a notice of the client's, or a message that the team wrote outside Konvert (an echo). */
export interface ReceivedMessage {
  readonly kind: 'client' | 'echo';
  readonly chatType: string;
  readonly chatId: string;
  /** Single within the chat, the same in every redelivery. */
  readonly providerId: string;
  /** Absent for an event that has no time of its own (a pressed button): the time of receipt counts. */
  readonly time?: number;
  /** Whether it makes the chat unanswered (U6). An echo never does. */
  readonly opens: boolean;
  readonly author: Author;
  readonly content: Content;
  /** The connection by which it came, where a reply has to leave by the same one. */
  readonly via?: string;
}

/** A webhook request before anything is known about it. Header names are lower case. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** A message that has to leave. */
export interface Outgoing {
  readonly chatId: string;
  readonly text: string;
  /** The provider id of the message that it quotes. */
  readonly quotes?: string | undefined;
  /** The connection by which it has to leave. */
  readonly via?: string | undefined;
}

/** How a messenger took a message. The caller picks its retry by the kind. */
export type Sent =
  | { readonly kind: 'sent'; readonly providerId: string }
  /** No retry heals it; `code` and `description` are the messenger's own. */
  | { readonly kind: 'refused'; readonly code: string; readonly description: string }
  /** The same, and it will take nothing with these credentials. */
  | { readonly kind: 'unauthorized'; readonly code: string; readonly description: string }
  /** Try again no sooner than that; `scope` says whether the whole channel has to wait. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number; readonly scope: 'chat' | 'channel' }
  /** No answer, or one that says nothing about the message (5xx): it may have arrived. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** What a look for news came to. */
export type Fetched =
  | {
      readonly kind: 'updates';
      /** The oldest first; each body is what the messenger would have posted to a webhook. */
      readonly updates: readonly { readonly id: number; readonly body: unknown }[];
    }
  /** A webhook is set, or somebody else fetches. */
  | { readonly kind: 'elsewhere' }
  /** The credentials are no longer good. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** How what a messenger would post to a webhook is fetched, where it cannot reach one. */
export interface Polling {
  /** Whether the credentials lead to the messenger itself, which reaches public addresses only. */
  serves(credentials: Credentials): boolean;
  /** The account at the messenger that the credentials open: two channels cannot fetch from one. Nothing secret. */
  accountOf(credentials: Credentials): string;
  /** The address of the webhook that is set, if one is. Throws as `connect` does. */
  webhookOf(credentials: Credentials): Promise<string | undefined>;
  /**
   * Waits until there is something new, for half a minute at most. Naming an update confirms all before it, which the
   * messenger then forgets; naming none confirms nothing. Answers for every outcome, throws for none.
   */
  fetch(credentials: Credentials, from: number | undefined, signal: AbortSignal): Promise<Fetched>;
  /** The headers by which `verify` knows a request with that secret. */
  headersOf(secret: string): Readonly<Record<string, string>>;
}

/** A person's or a program's account at the messenger, as `connect` found it. */
export interface Identity {
  /** The messenger's own id, which never changes. */
  readonly id: string;
  readonly plainId: string;
  readonly name: string;
}

/** The credentials of a channel, as its operator gave them; every messenger has its own fields. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * A messenger. Everything that later messengers need to bring: a folder beside `telegram` with this interface, and the
 * contract suite in `test/channels/contract.ts` passes.
 */
export interface Messenger {
  readonly transport: string;
  /** The chat types that its channels carry; the first is that of a private chat. */
  readonly chatTypes: readonly string[];
  /** Longer webhook bodies than it ever sends are refused. */
  readonly maxBodyBytes: number;
  /** The longest text it takes, in UTF-16 units, and the compatible API's code for a longer one. */
  readonly maxText: { readonly length: number; readonly code: string };

  /** The credentials it needs, or the names of the fields that are missing or wrong. */
  readCredentials(input: unknown): { credentials: Credentials } | { fields: string[] };
  /** Tries the credentials. Throws `CredentialsRefusedError` or `MessengerUnreachableError`. */
  connect(credentials: Credentials): Promise<Identity>;
  /**
   * Makes what the messenger has to say come to `url` with `secret`. Throws as `connect` does, and
   * `ConnectedElsewhereError` where it would have to be taken from somebody else and `takeOver` does not say so.
   */
  register(
    credentials: Credentials,
    url: string,
    secret: string,
    options?: { readonly takeOver?: boolean },
  ): Promise<void>;
  /** Makes it call nobody. Throws as `connect` does. */
  unregister(credentials: Credentials): Promise<void>;
  /** Absent where the messenger knows webhooks only. */
  readonly polling?: Polling;
  /** Whether what it has to say to these credentials is fetched here, instead of coming to a webhook. */
  readonly isPolled?: (credentials: Credentials) => boolean;

  /** Whether the request is the messenger's: in constant time, on raw bytes, before anything is parsed. */
  verify(request: WebhookRequest, secret: string): boolean;
  /** What a verified body says, one entry for each thing in it. Throws `UnreadableWebhookError` where the outer shape is not the messenger's. */
  parse(body: unknown): Received[];

  /** Sends one message; gives up when `signal` says so. Answers for every outcome, throws for none. */
  send(credentials: Credentials, message: Outgoing, signal: AbortSignal): Promise<Sent>;
}
