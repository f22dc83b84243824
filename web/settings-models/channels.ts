import type { ReadonlySignal } from '@preact/signals';
import type { components } from '../../clients/typescript/index.ts';
import type { Loading } from './loaded.ts';

type Schemas = components['schemas'];

/** A channel in the list. */
export type Channel = Schemas['Channel'];
/** What connecting or changing a channel answers. What has to be typed in at the messenger is told this once. */
export type ConnectedChannel = Schemas['ConnectedChannel'];
/** The newest message of a client in a channel. */
export type NewestMessage = Schemas['NewestMessage'];

/** Why something was not done. `code` is that of the API, or `LOST` if nobody knows whether it was done. */
export interface ChannelRefusal {
  readonly code: string;
  /** The words of the API. Of refused credentials they are the messenger's own. */
  readonly description: string;
  /** The fields that it is about: `credentials.botToken`. */
  readonly fields: readonly string[];
  /** Where the other program is that gets the messages. */
  readonly webhookHost?: string | undefined;
}

/** What became of a change. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: ChannelRefusal };

/** What is typed in for a new channel, by the names of the API: `name`, `botToken`. */
export type Draft = Readonly<Record<string, string>>;

/** A channel to be connected. */
export interface NewChannel {
  readonly name: string;
  readonly credentials: Credentials;
}

/** What is sent of it, by the names of the API. */
export type Credentials = Readonly<Record<string, string | true>>;

/** What changes of a channel. */
export interface ChannelChanges {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly credentials?: Credentials;
  readonly takeOver?: boolean;
}

/** What is known of the phone behind a channel, by the states of the API. */
export type PhoneLink =
  | { readonly kind: 'asking' }
  /** `qr` is the text of the code, as long as there is one. `trouble`: the last question was not answered. */
  | {
      readonly kind: 'known';
      readonly state: Schemas['PhoneLink']['state'];
      readonly qr?: string | undefined;
      readonly trouble?: string;
    }
  /** Nobody is asked any more, because it took long: whoever sees the code can take over the phone's account. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly words: string };

/** Asks for the state of a phone and its code every few seconds, while the page is visible, until it is linked. */
export interface Phone {
  readonly link: ReadonlySignal<PhoneLink>;
  /** Asks from now on, for some minutes. Returns what ends it. */
  start(): () => void;
}

/** A user who has a role in a channel. */
export interface ChannelPerson {
  readonly userId: string;
  readonly name: string;
  readonly role: Schemas['UserRole']['role'];
}

/** What is known while a test message is waited for. */
export type Arrival =
  | { readonly kind: 'waiting'; readonly before?: NewestMessage; readonly trouble?: string }
  | { readonly kind: 'arrived'; readonly message: NewestMessage }
  /** Nobody is asked any more, because nothing came for long. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly words: string };

/** Asks each second what has arrived in a channel, while the page is visible. */
export interface Arrivals {
  readonly state: ReadonlySignal<Arrival>;
  /** Asks from now on, for some minutes. What had arrived before does not count. Returns what ends it. */
  start(): () => void;
}

/** The channels of the account, and connecting them. */
export interface ChannelsModel {
  readonly list: Loading<readonly Channel[]>;
  /** What was typed in for a new channel, by transport. It is kept in memory only, and forgotten once that is connected. */
  draftOf(transport: string): Draft;
  setDraft(transport: string, draft: Draft): void;
  /** What was told once about a channel that was connected or changed since the page was opened. */
  toldOf(channelId: string): ConnectedChannel | undefined;
  connect(transport: string, channel: NewChannel, takeOver?: boolean): Promise<Outcome<ConnectedChannel>>;
  change(channelId: string, changes: ChannelChanges): Promise<Outcome<ConnectedChannel>>;
  renewSecret(channelId: string): Promise<Outcome<ConnectedChannel>>;
  remove(channelId: string): Promise<Outcome<unknown>>;
  arrivalsIn(channelId: string): Arrivals;
  /** The phone behind the channel. */
  phoneOf(channelId: string): Phone;
  /** Those who have a role in the channel, first those who see all of its chats. Throws the words of a failure. */
  peopleOf(channelId: string): Promise<readonly ChannelPerson[]>;
  /** A link that opens that chat once, as that user. Throws the words of a failure. */
  linkTo(userId: string, channelId: string, message: NewestMessage): Promise<string>;
}
