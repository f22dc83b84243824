import type { Crm, CrmCredentials, CrmNews, CrmRequest, HookSecrets, Session } from '#crms/crm';
import type { Portal, Ref } from '#domain/crm';
import type { VirtualClock } from '#test/doubles/virtual-clock';
import type { Answer, CrmFrame } from './frame.ts';

/** A CRM's adapter beside its double, with hands in the CRM. */
export interface CrmRig {
  readonly crm: Crm;
  readonly clock: VirtualClock;
  readonly double: CrmFrame;
  readonly hands: CrmHands;
  /** Credentials as an operator gives them. */
  readonly credentials: CrmCredentials;
  /** What calls need, without the ids of what `prepare` makes. Its token is good until `hands.revoke`. */
  readonly session: Omit<Session, 'fields' | 'signal'>;
  readonly answers: VendorAnswers;
  readonly hooks: HookFixtures;
  readonly traits: CrmTraits;
  stop(): Promise<void>;
}

/** What CRMs differ in. */
export interface CrmTraits {
  /** Whether the CRM itself refuses a key that it has already. Else what is made twice is there twice. */
  readonly isUnique: boolean;
  /** Whether `make` without a contact makes contact and deal at once. */
  readonly makesBoth: boolean;
  /** Whether a merged record says into which one it went, if it is read. Else it is gone, and the hook or `find` tells. */
  readonly tellsMoved: boolean;
  /** False where keys are kept in fields that the CRM has of its own, which nobody can delete. */
  readonly makesFields?: boolean;
  /** False where deals are found by their main contact alone. The directory knows the others from the deals (K23). */
  readonly findsSecondContacts?: boolean;
  /** False where the API deletes nothing: what was made twice is told of, and a person has to delete it. */
  readonly deletes?: boolean;
  /** How long the search index lags behind (ms). */
  readonly lagMs: number;
  /** How many records a page of `changedSince` or `look` has: one more has to be found too. */
  readonly page: number;
}

/** What the CRM says when it does not do what was asked. */
export interface VendorAnswers {
  readonly throttled: Answer & { readonly seconds: number };
  /** Not before much later, or blocked. Absent if the CRM knows no such thing. */
  readonly blocked?: Answer & { readonly seconds: number };
  readonly forbidden: Answer;
  /** No answer of the CRM's API: a page of HTML, an error of a proxy. */
  readonly silent: readonly Answer[];
}

/** Hooks as the CRM sends them. */
export interface HookFixtures {
  readonly secrets: HookSecrets;
  /** The request for such news, signed as the CRM signs it. */
  request(news: readonly CrmNews[]): CrmRequest;
  /** The same requests, forged in one way each. Each key says how. */
  forged(
    request: CrmRequest,
  ): Readonly<Record<string, { readonly request: CrmRequest; readonly secrets?: HookSecrets }>>;
  /** News that this CRM can send. */
  readonly news: readonly (readonly CrmNews[])[];
}

/** Somebody at work in the CRM itself. Ids are the CRM's, as text. */
export interface CrmHands {
  addUser(user: { readonly name: string; readonly phone?: string }): string;
  /** Takes a user's access away. */
  dismissUser(id: string): void;
  /** Gives it back. */
  rehireUser(id: string): void;
  addContact(contact: { readonly name: string; readonly phone?: string; readonly responsibleUserId?: string }): string;
  addDeal(deal: {
    readonly name: string;
    readonly contacts: readonly string[];
    readonly responsibleUserId?: string;
    /** Open if absent. */
    readonly closed?: 'won' | 'lost';
  }): string;
  setResponsible(ref: Ref, userId: string): void;
  setPhone(contactId: string, phone: string): void;
  /** Changes anything that Konvert does not read. */
  touch(ref: Ref): void;
  /** Merges two contacts. The id of what is left, which may be a third one. */
  merge(loser: string, winner: string): string;
  remove(ref: Ref): void;
  addPipeline(pipeline: {
    readonly name: string;
    readonly stages: readonly { readonly name: string; readonly kind: 'open' | 'won' | 'lost' }[];
  }): { readonly id: string; readonly stages: readonly string[] };
  /** Moves a deal to a stage that ends it. */
  close(dealId: string, as: 'won' | 'lost'): void;
  renameStage(pipelineId: string, stageId: string, name: string): void;
  removeStage(pipelineId: string, stageId: string): void;
  /** Deletes what `prepare` made for keys. */
  deleteFields(): void;
  /** Makes a hook of our own that nobody needs any more. Absent if hooks are not made by calls. */
  addStray?(): void;
  /** How many fields and hooks of ours there are. */
  ours(): { readonly fields: number; readonly hooks: number };
  /** Takes the token's rights away. */
  revoke(): void;
  count(type: Ref['type']): number;
  /** The notes in a timeline, the oldest first. */
  notesOf(ref: Ref): readonly string[];
  /** The account, as `identify` has to name it. */
  readonly portal: Portal;
}
