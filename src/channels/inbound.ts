import type { ChannelReport } from '#domain/channel';
import type { Connection } from '#domain/connection';
import type { Author, Content, PersonId, Profile } from '#domain/message';
import type { Credentials, PersonIds, Refusal } from './terms.ts';

/**
 * The message of ours that a receipt speaks of: one, or all up to a time (epoch ms), or all up to a provider id that is a
 * number and grows within the chat.
 */
export type ReceiptOf = { readonly providerId: string } | { readonly upTo: number } | { readonly upToNumber: number };

interface InChat {
  readonly ids: PersonIds;
  /** Unique within the chat, and the same in every redelivery. */
  readonly providerId: string;
}

/** Orders changes of one message. Times are those of the messenger's clock. */
interface Latest {
  readonly time: number;
  /** Orders changes of the same time. */
  readonly sequence?: number;
}

/**
 * One thing that a messenger's webhook reported, in Konvert's words. Times are epoch milliseconds by the messenger's
 * clock. `account` is the messenger account that it came for, if one address serves several.
 */
export type Received = { readonly account?: string } & (
  | ReceivedMessage
  | ReceivedEdit
  /**
   * All reactions of the client to a message as they are now, no matter who wrote the message. Empty if the client took
   * them back. Without a time of its own, that of receipt counts.
   */
  | (InChat & Partial<Latest> & { readonly kind: 'reaction'; readonly emojis: readonly string[] })
  | (InChat & { readonly kind: 'deletion' })
  | Receipt
  | ReceivedIdentity
  /** The messenger has decided about a template. `status` is its own word, in capitals. */
  | {
      readonly kind: 'template';
      readonly templateId: string;
      readonly name: string;
      readonly status: string;
      readonly time: number;
    }
  | (ChannelReport & { readonly kind: 'channel' })
  /** A person connected their own account, changed what the channel may do in it, or disconnected it. */
  | { readonly kind: 'connection'; readonly connection: Connection }
  /** Verified and ignored on purpose. `reason` goes to the log, so it names a kind and no content. */
  | { readonly kind: 'ignored'; readonly reason: string }
);

/** A message or a notice from the client, or a message that the team wrote outside Konvert (an echo). */
export interface ReceivedMessage extends InChat {
  readonly kind: 'client' | 'echo';
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
  /**
   * Of an echo: `automatic` if a machine wrote it in the team's name (U3), `us` if the messenger says that it is our own
   * message come back.
   */
  readonly by?: 'automatic' | 'us';
  /** Of an echo: what the messenger told of the client with it. The author is somebody of the team. */
  readonly client?: Profile;
  /** It came by an import: it opens and tells nothing, and moves no chat in a list (U4). */
  readonly history?: true;
  /** Another program holds the conversation. */
  readonly standby?: true;
}

/** A later change of a message. The message itself may not have come yet. */
export interface ReceivedEdit extends InChat, Latest {
  readonly kind: 'edit';
  readonly content: Content;
  /**
   * What the edit tells of the message itself, for the case that it was never delivered. Absent for a message that is
   * no fact, such as our own send.
   */
  readonly message?: Pick<ReceivedMessage, 'kind' | 'author' | 'via' | 'topic' | 'by' | 'client'> & {
    readonly time: number;
  };
}

/**
 * What became of a message of ours. States come in any order and more than once. `failed` counts only for the attempt
 * with that provider id.
 */
export interface Receipt {
  readonly kind: 'receipt';
  readonly of: ReceiptOf;
  /** The ids of the person it was sent to, as far as the messenger tells them. */
  readonly ids: readonly PersonId[];
  /** `Outgoing.opaque`, if the messenger gives it back. */
  readonly opaque?: string;
  /** Absent if the event has no time of its own. The time of receipt counts then. */
  readonly time?: number;
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  /** There if it failed. */
  readonly error?: Refusal;
}

/**
 * The messenger says that all `ids` are one person, or that this person has the ids `became` from now on. `content` is
 * the line in the history.
 */
export interface ReceivedIdentity extends InChat {
  readonly kind: 'identity';
  readonly became?: readonly PersonId[];
  readonly time: number;
  readonly content: Content;
}

/** A webhook request that is not verified yet. Header names are lower case. */
export interface WebhookRequest {
  readonly method: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** What a channel knows a request by. `webhookSecret` is Konvert's own, 64 hex digits. */
export interface KnownBy {
  readonly credentials: Credentials;
  readonly webhookSecret: string;
}

/** An answer in the messenger's words. */
export interface WebhookAnswer {
  readonly status: number;
  readonly text: string;
}

/** What there is to know of a body beside its JSON. */
export interface BodyContext {
  /** The body as it came, for numbers that JSON.parse would round. */
  readonly text: string;
  /** The id of the channel's account, if it is known: what it sent itself is no echo. */
  readonly identity?: string | undefined;
}

/** The result of opening a file. `later` and `unauthorized` may work another time, `gone` never. */
export type OpenedFile =
  | {
      readonly kind: 'file';
      readonly body: AsyncIterable<Uint8Array>;
      readonly mimeType?: string;
      readonly name?: string;
      readonly size?: number;
      /** Of the whole file, in lower-case hex digits. */
      readonly sha256?: string;
    }
  /** `why` is for people, and names no secret. */
  | { readonly kind: 'gone'; readonly why?: string }
  | { readonly kind: 'later'; readonly afterSeconds: number }
  | { readonly kind: 'unauthorized' };

/** What a messenger said when it was asked for a person's names. `why` is for the log: it names no person and no secret. */
export type AskedProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'unknown'; readonly why: string };

/** Reads what a messenger posts to a webhook. */
export interface Inbound {
  /** The longest webhook body that it ever sends. Longer ones are refused. */
  readonly maxBodyBytes: number;
  /**
   * The answer to a webhook that was stored, was stored before or is ignored, if the messenger wants certain words. Absent:
   * 200 `ok`.
   */
  readonly taken?: WebhookAnswer;
  /**
   * This messenger repeats nothing that is answered with 4xx. So a body of a wrong sender is answered with 503, as its
   * secret may count in a moment; one that is too large or cannot be read with 200, as it will always be so.
   */
  readonly repeatsOnlyAfter5xx?: true;
  /**
   * One address may serve several accounts of the messenger, also of different companies. Items then name their
   * `account`, and go to the channels of that account.
   */
  readonly sharesAddress?: true;
  /** Further accounts that items for a channel may name, beside its identity: the business that a number belongs to. */
  furtherAccounts?(credentials: Credentials): readonly string[];
  /** How long after it was said a message may come for the first time, in milliseconds. */
  readonly latestDeliveryMs: number;
  /** Whether receipts speak of all messages up to a time or a number. */
  readonly receiptsUpTo?: true;
  /**
   * Whether an echo may be our own send that came back, which only its provider id tells. It may come before or after the
   * answer to the send. Absent if `by` says so, or if our own sends never come back.
   */
  readonly echoesOwn?: true;
  /**
   * The answer to a question that is no event, such as the handshake of a new address. Undefined if it is one, or if it
   * asks with another secret: a channel may have several. It runs before `verify`, so it compares in constant time. It may
   * ask the messenger what the answer is.
   */
  greet?(request: WebhookRequest, channel: KnownBy): Promise<WebhookAnswer | undefined> | WebhookAnswer | undefined;
  /**
   * Whether the request is from the messenger. Decided in constant time, on raw bytes, before anything is parsed. Never
   * throws. False if the secret that it needs is empty.
   */
  verify(request: WebhookRequest, channel: KnownBy): boolean;
  /**
   * What a verified body reports, one entry for each thing in it. Throws `UnreadableWebhookError` if the outer shape is
   * no JSON object of the messenger's kind.
   */
  parse(body: unknown, context: BodyContext): Received[];
  /** The largest file that is taken from a client, in bytes, if it is not 50 MB. */
  readonly maxFileBytes?: number;
  /**
   * Opens the file that `Media.fileId` names. Absent if clients' files cannot be read. Credentials go to the
   * messenger's own hosts only, never along a redirect. Returns every outcome and never throws.
   */
  openFile?(credentials: Credentials, fileId: string, signal: AbortSignal): Promise<OpenedFile>;
  /**
   * Asks what the client of a chat calls themselves. Absent if webhooks tell it, or if nobody does; `isAskedForNames` of
   * `chat-types.ts` says the same without loading the messenger. Returns every outcome and never throws.
   */
  profileOf?(credentials: Credentials, chatId: string, signal: AbortSignal): Promise<AskedProfile>;
  /**
   * The bodies that the messenger would have posted since `from` (epoch ms), oldest first. They are asked for every hour and
   * stored by the same keys, so that what was lost on the way comes in late. Absent if the messenger repeats by itself, or
   * cannot be asked. Throws as `Setup.connect` does.
   */
  recent?(channel: KnownBy, from: number, signal: AbortSignal): Promise<readonly unknown[]>;
}
