import type { Credentials } from '#channels/terms';
import type { PlainAnswer } from '#local/server/gateway';
import type { DemoClient } from './clients.ts';
import type { DemoMessage } from './kind-state.ts';
import type { MediaFiles } from './media-files.ts';

/** What a demo messenger knows of itself. */
export interface Own {
  /** Random, made once for each data folder. All tokens of the messenger are made of it. */
  readonly secret: string;
  /** The address of the messenger, without a slash at its end. Files are at `fileUrl`. */
  readonly base: string;
}

/** The address that Konvert has registered, with the secret that it wants to see there; empty if it gave none. */
export interface KindWebhook {
  readonly url: string;
  readonly secret: string;
}

/** What a messenger posts to a webhook. A body of JSON, as it is signed. */
export interface Posted {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A call of Konvert's. */
export interface KindCall {
  readonly method: string;
  /** Below the address of the messenger, percent-decoded: `/method/messages.send`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** The fields of its body: JSON, a form, or a form with files (each a `File`). Undefined if it is none of them. */
  readonly sent: unknown;
  /** The body as it came: bytes of an upload. */
  readonly body: Uint8Array;
}

/** A reply of the company's, as it was read from a call. */
export interface Reply {
  readonly chatId: string;
  readonly text: string;
  /** The id of a file that is kept, or an address to fetch it from. */
  readonly file?: { readonly id: string } | { readonly url: string } | undefined;
  /** The labels of its buttons. */
  readonly buttons?: readonly string[] | undefined;
}

/** What a call may do. */
export interface Desk extends Own {
  readonly files: MediaFiles;
  /** Where clients' and the company's files are got without a token: the messengers give out such addresses. */
  fileUrl(file: { readonly id: string; readonly name: string }): string;
  /**
   * Hands a reply to its client. `refused`: the visitor wanted this one refused. `nobody`: there is no such client, or
   * its file is not there.
   */
  deliver(reply: Reply): Promise<DemoMessage | 'refused' | 'nobody'>;
  /** Registers an address; undefined takes it away. */
  setWebhook(webhook: KindWebhook | undefined): Promise<void>;
  webhook(): KindWebhook | undefined;
  /** The messages of clients and of the company, oldest first. */
  messages(): readonly DemoMessage[];
  /** Posts to an address, as a handshake does. Status 0 if nobody answers. */
  post(url: string, posted: Posted): Promise<{ readonly status: number; readonly body: string }>;
}

/**
 * One messenger of the demo company: only what Konvert calls, and what a client's words look like. How it is played
 * (`/write`, `/messages`, `/refuse-next`, `/files`), and what is kept, is the same for all (`open-kind.ts`).
 */
export interface DemoKind {
  /** Its word on the command line and in its path: `vk` is at `/demo-messenger/vk`. */
  readonly name: string;
  readonly transport: string;
  /** The type of its chats. */
  readonly chatType: string;
  /** What the channel is called. */
  readonly channelName: string;
  /** At this messenger the address of the webhook is typed in by hand, so nothing that Konvert calls tells it. */
  readonly addressByHand?: true;
  /** The credential that holds the messenger's address, if it is not `apiBaseUrl`. */
  readonly addressField?: string;
  /** What the channel is connected with, without that address. */
  credentials(own: Own): Credentials;
  /** The id of a client's chat. */
  chatOf(client: DemoClient): string;
  /** What is posted when a client has written. */
  said(message: DemoMessage, place: Desk & { readonly to: KindWebhook }): Posted;
  /** What is posted about a reply that its client got, one after the other: delivered, read. Absent if nothing is told. */
  told?(message: DemoMessage, place: Desk & { readonly to: KindWebhook }): readonly Posted[];
  /** Whether the call has the right token. An address to upload to carries its own. */
  isKnown(call: KindCall, own: Own): boolean;
  /** What a visitor may do there beside writing, without a token: scanning a code. Undefined for any other call. */
  play?(call: KindCall, desk: Desk): Promise<PlainAnswer | undefined>;
  /** The answer to a call without it. */
  readonly stranger: PlainAnswer;
  /** The answer to a call with it. */
  answer(call: KindCall, desk: Desk): PlainAnswer | Promise<PlainAnswer>;
}
