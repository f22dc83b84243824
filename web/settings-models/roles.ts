import type { ReadonlySignal } from '@preact/signals';
import type { NamedHours } from './hours.ts';
import type { Loading } from './loaded.ts';
import type { Waiting, WouldReturn } from './waiting.ts';

/** The word that the API has: a `manager` is the head. */
export type Role = 'seller' | 'manager' | 'auditor';

/** How a new client gets a responsible user. */
export type Mode = 'round-robin' | 'first-reply' | 'unsorted';

/** What a user may do in a channel. An `auditor` never receives. */
export interface RoleOfUser {
  readonly role: Role;
  /** The switch "receives new clients". */
  readonly receives: boolean;
}

/** Where deals begin: a stage only with its pipeline. */
export interface Place {
  readonly pipelineId?: string;
  readonly stageId?: string;
}

/** All that is chosen for a channel. A user who is not in `roles` has none. */
export interface Chosen {
  readonly mode: Mode;
  readonly place: Place;
  readonly roles: ReadonlyMap<string, RoleOfUser>;
  /** The name of the schedule by which the channel is open. Without one it always is. */
  readonly schedule?: string;
  /** What becomes of clients whom nobody answers. Without it nothing does. */
  readonly waiting?: Waiting;
}

/** Somebody or something by id, as it is called. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A path of deals. Not every one has stages. */
export interface Pipeline extends Named {
  readonly stages?: readonly Named[];
}

/** A channel with what is stored for it. */
export interface ChannelOfTeam {
  readonly channelId: string;
  readonly name: string;
  readonly chatType: string;
  readonly stored: Stored;
}

/** What is stored for a channel. It grows a new version with each change. */
export interface Stored {
  readonly chosen: Chosen;
  readonly version: number;
}

/** The channels, and all that can be chosen for them. */
export interface Team {
  readonly channels: readonly ChannelOfTeam[];
  readonly users: readonly Named[];
  readonly pipelines: readonly Pipeline[];
  readonly schedules: readonly NamedHours[];
  /** Whether a CRM keeps users and pipelines: it listens to new clients, or pipelines have ids that are not ours. */
  readonly isKeptByCrm: boolean;
}

/** What a save would do at once. */
export interface Effects {
  /** How many clients who wait are given out. */
  readonly givenOut: number;
  /** Who no longer sees how many chats. */
  readonly losesSight: readonly { readonly userId: string; readonly chats: number }[];
  /** Whether the counting ended early: then there may be more. */
  readonly atLeast: boolean;
}

/** Where a draft stands between "save" and "saved". */
export type Step =
  | { readonly kind: 'editing' }
  | { readonly kind: 'busy' }
  /** It has effects, and the user is asked. */
  | { readonly kind: 'asking'; readonly effects: Effects }
  /** Somebody else has saved meanwhile: what is stored now. */
  | { readonly kind: 'overtaken'; readonly theirs: Stored }
  /** The server has said no, or nothing: fields by its own names, how many of the people were gone, and its words. */
  | { readonly kind: 'refused'; readonly fields: readonly string[]; readonly gone: number; readonly words: string }
  | { readonly kind: 'saved'; readonly isFirst: boolean };

/** What is being chosen for one channel. Nothing of it is lost until it is saved or dropped. */
export interface ChannelDraft {
  /** What it was made from: what was stored when it was read. */
  readonly base: ReadonlySignal<Chosen>;
  readonly mine: ReadonlySignal<Chosen>;
  readonly isChanged: ReadonlySignal<boolean>;
  readonly step: ReadonlySignal<Step>;
  change(next: Chosen): void;
  /** Asks what it would do, and saves it: at once if it does nothing at once, else after `confirm`. */
  save(): Promise<void>;
  confirm(): Promise<void>;
  /** Back to editing, with everything as it was. */
  cancel(): void;
  /** Forgets what was changed here. */
  drop(): void;
  /** Goes on from what somebody else has saved, with these choices. */
  goOn(from: Stored, mine: Chosen): void;
}

/** What became of a list of pipelines. */
export type PipelinesSaved =
  | { readonly kind: 'saved' }
  /** Somebody else has changed the list meanwhile, and nothing was stored. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused'; readonly words: string };

/** Who gets which clients, and who may do what, in each channel. */
export interface RolesModel {
  readonly team: Loading<Team>;
  /** The draft of a channel of the team. It stays the same while the page is open. */
  draftOf(channel: ChannelOfTeam): ChannelDraft;
  /** What that rule would have done in the channel over the last days. Throws the words of a refusal. */
  wouldReturn(channelId: string, rule: Waiting): Promise<WouldReturn>;
  /** Stores the list, if it is still as it was read. */
  savePipelines(before: readonly Pipeline[], after: readonly Pipeline[]): Promise<PipelinesSaved>;
}
