import type {
  CrmContact,
  CrmDeal,
  CrmFields,
  CrmName,
  CrmPipeline,
  CrmProblemCode,
  CrmTodo,
  CrmUser,
  Portal,
  Ref,
} from '#domain/crm';
import type { ContactData } from '#domain/directory';

/** What an operator gave to connect the CRM. Every CRM has its own fields. Stored sealed, never logged. */
export type CrmCredentials = Readonly<Record<string, string>>;

/** Where calls go, and with what. It is never stored and never logged. */
export interface Session {
  /** The host of the account, such as `demo.amocrm.ru`. */
  readonly host: string;
  readonly accessToken: string;
  readonly app: CrmCredentials;
  readonly fields: CrmFields;
  readonly signal: AbortSignal;
  /**
   * Waits until the lane may make its next request. A call may be several, so adapters wait for it before each. `gapMs`:
   * the least time until the one after, where the CRM limits such requests more than others. Absent beside lanes.
   */
  turn?(gapMs?: number): Promise<void>;
}

/** Why a call did not do what was asked. The lane picks its retry by the kind. */
export type Failed =
  /** It was deleted, or is not there. */
  | { readonly kind: 'gone' }
  /** It was merged into another one. */
  | { readonly kind: 'moved'; readonly to: string }
  /** Somebody else accepted or declined the enquiry first. */
  | { readonly kind: 'taken' }
  /**
   * No retry helps. `USER_GONE`, `STAGE_GONE` and `FIELD_GONE` name what the frame can do something about. `problem` is
   * shown in the settings; `about` names the property or field.
   */
  | {
      readonly kind: 'refused';
      readonly code: 'USER_GONE' | 'STAGE_GONE' | 'FIELD_GONE' | 'VALIDATION_RULE' | 'PLAN' | 'NOT_ADMIN' | 'INVALID';
      readonly description: string;
      readonly about?: string;
    }
  /** The token is no longer good, or the integration was taken away. */
  | { readonly kind: 'unauthorized'; readonly code: string; readonly description: string }
  /** Not before so many seconds, in the CRM's own words if it had any. `problem` where the CRM has blocked us. */
  | {
      readonly kind: 'throttled';
      readonly retryAfterSeconds: number;
      readonly problem?: CrmProblemCode;
      readonly description?: string;
    }
  /** No answer, or one that says nothing about what was asked: it may have been done. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The outcome of a call. Adapters throw for none. */
export type Asked<T> = { readonly kind: 'ok'; readonly value: T } | Failed;

/** A pair of tokens. A CRM whose token never expires has only `accessToken`. Times are epoch ms. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly goodUntil?: number;
  /** The host that the CRM named with the pair, if it did. */
  readonly host?: string;
}

/** The keys under which a client's contact and deal are made. Each is single for ever. */
export interface Keys {
  readonly contact: string;
  readonly deal: string;
}

/** What a CRM has to make. */
export interface Wanted {
  readonly keys: Keys;
  /** The contact that the deal is for, if there is one already: then only the deal is made. */
  readonly contactId?: string;
  readonly name: string;
  readonly contactData: readonly ContactData[];
  readonly dealName: string;
  /** Absent if the user that was chosen is gone. */
  readonly responsibleUserId?: string;
  readonly pipelineId?: string;
  readonly stageId?: string;
  /** The name of the channel, for CRMs that show where an enquiry came from. */
  readonly source: string;
}

/** What a CRM has made. A CRM that makes both in one call answers with both. */
export interface CrmMade {
  readonly contactId: string;
  readonly dealId?: string;
  /** The responsible user that the CRM says it has, if it says so. */
  readonly responsibleUserId?: string;
  /** The id of the enquiry in the CRM's inbox (D5). */
  readonly uid?: string;
}

/** Something in the CRM that carries one of our keys. */
export interface Carrier extends Ref {
  readonly key: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Whether nothing was changed or added since it was made. */
  readonly isUntouched: boolean;
  /** The contacts of a deal. */
  readonly contacts?: readonly string[];
  /** The enquiry in the CRM's inbox that it belongs to. */
  readonly uid?: string;
}

/** A message for timelines. Times are epoch ms. */
export interface Note {
  readonly refs: readonly Ref[];
  /** Plain text. */
  readonly text: string;
  /** Links to files, with the names to show. */
  readonly links: readonly { readonly url: string; readonly name: string }[];
  readonly chatType: string;
  readonly sentAt: number;
  readonly userId?: string;
}

/** What a hook says. No state is taken from it, except who accepted an enquiry, which cannot be read later. */
export type CrmNews =
  | { readonly kind: 'changed' | 'deleted'; readonly ref: Ref }
  | { readonly kind: 'merged'; readonly ref: Ref; readonly into: string }
  | { readonly kind: 'accepted'; readonly uid: string; readonly dealId?: string; readonly userId?: string }
  | { readonly kind: 'declined'; readonly uid: string }
  | { readonly kind: 'users' | 'uninstalled' }
  /** A CRM that gives its tokens by a hook, at installation. */
  | { readonly kind: 'installed'; readonly tokens: Tokens; readonly hookSecret?: string };

/** What proves a hook: secrets of ours and of the CRM. */
export interface HookSecrets {
  /** Of the path of the hooks' address, compared before the adapter is asked. */
  readonly accountId?: string;
  readonly app: CrmCredentials;
  /** The token that the CRM sends with each hook, once it is known (`application_token`). */
  readonly hookSecret?: string;
  /** The address that the CRM was given, which some CRMs sign. */
  readonly hooksUrl: string;
  readonly now: number;
}

/** A request of the CRM: a hook, or a look at our page from inside the CRM. */
export interface CrmRequest {
  readonly method: string;
  /** The address that the CRM was given, with the query of this request. */
  readonly url: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** Who looks at our page inside the CRM, and at what. */
export interface Look {
  readonly userId: string;
  /** The card that is open, if it is one. A card may show nobody that Konvert knows, such as a company. */
  readonly ref?: Ref | 'nobody';
  /** What the proof is known by, if the CRM gives it for one request alone, and when it ends at the latest (epoch ms). */
  readonly once?: { readonly id: string; readonly until: number };
}

/** Calls the CRM with the tokens of the connection. */
export type AskCrm = <T>(call: (session: Session) => Promise<Asked<T>>) => Promise<Asked<T>>;

/**
 * A connector: all that a CRM brings. Adapters hold no retry, no sleep and no cache: lane, pace and tokens are Konvert's.
 * Every member but `readCredentials` and the pure ones makes calls, ends with `session.signal`, and throws for no answer.
 */
export interface Crm {
  readonly name: CrmName;
  readonly offers: {
    /** Whether it has an inbox of enquiries (D5). */
    readonly unsorted: boolean;
    /** How many entities `read` takes at once. */
    readonly batch: number;
    /** How many notes leave in one call. */
    readonly notes: number;
    /** The least time between two calls of a lane, in ms. */
    readonly pace: number;
    /** How long after a call without an answer it may still come to pass, in ms. */
    readonly unclearMs: number;
  };
  /** The credentials that it needs, or the names of the fields that are missing or wrong. */
  readCredentials(input: unknown): { readonly credentials: CrmCredentials } | { readonly fields: string[] };
  /** The pair that the credentials hold already: a token that a person pasted. Undefined where OAuth gives it. */
  tokensOf(credentials: CrmCredentials): Tokens | undefined;
  /** The host of the account, as far as credentials tell it. */
  hostOf(credentials: CrmCredentials): string | undefined;
  /** Absent where a token never expires. Each makes one call, and its caller serialises them (docs/crm.md). */
  readonly oauth?: {
    authorizeUrl(app: CrmCredentials, state: string, redirectUri: string): string;
    exchange(
      app: CrmCredentials,
      callback: URLSearchParams,
      redirectUri: string,
      signal: AbortSignal,
    ): Promise<Asked<Tokens>>;
    /** `unauthorized` says that the grant has ended. */
    refresh(
      app: CrmCredentials,
      tokens: Tokens & { readonly refreshToken: string },
      host: string,
      redirectUri: string,
      signal: AbortSignal,
    ): Promise<Asked<Tokens>>;
  };
  /** Tries the session, and says whose it is. */
  identify(session: Session): Promise<Asked<Portal>>;
  /**
   * Makes fields, hooks and places as Konvert needs them, and nothing twice. It lists first, and takes away strays of our
   * own. What a person has to do by hand comes back as `todo`, what does not work as `problems`. Run daily.
   */
  prepare(
    session: Session,
    hooksUrl: string,
    frameUrl: string,
  ): Promise<
    Asked<{
      readonly fields: CrmFields;
      readonly todo: readonly CrmTodo[];
      readonly problems: readonly { readonly code: CrmProblemCode; readonly about?: string }[];
    }>
  >;
  /** Takes our hooks away. What was made for clients stays. */
  leave(session: Session, hooksUrl: string): Promise<Asked<void>>;
  /** All users, active or not. */
  users(session: Session): Promise<Asked<readonly CrmUser[]>>;
  /** All pipelines of deals that are not archived. */
  pipelines(session: Session): Promise<Asked<readonly CrmPipeline[]>>;
  /** Contacts that may have the address. The caller compares normal forms: a hit is not yet a match (K16). */
  find(session: Session, data: ContactData): Promise<Asked<readonly CrmContact[]>>;
  /** As they are now, at most `offers.batch` at once; one answer for each, in order. */
  read(session: Session, refs: readonly Ref[]): Promise<Asked<readonly Asked<CrmContact | CrmDeal>[]>>;
  /** The deals of a contact, open and closed, the newest first. */
  dealsOf(session: Session, contactId: string): Promise<Asked<readonly CrmDeal[]>>;
  /** A page of what may have changed since that time (epoch ms). It may name too much, never too little. */
  changedSince(
    session: Session,
    since: number,
    cursor?: string,
  ): Promise<Asked<{ readonly refs: readonly Ref[]; readonly cursor?: string }>>;
  /**
   * What carries the keys by now, from lists and direct reads, never from a search index. It is read to its beginning:
   * `since` (epoch ms) is the first time at which it may have been made.
   */
  look(session: Session, keys: Keys, since: number): Promise<Asked<readonly Carrier[]>>;
  /**
   * One step of a creation: the contact, then the deal, or both where the CRM makes both in one call. A conflict of a
   * unique key is an answer: what has the key was made (K3).
   */
  make(session: Session, wanted: Wanted): Promise<Asked<CrmMade>>;
  /** Deletes what was made twice. */
  remove(session: Session, ref: Ref): Promise<Asked<void>>;
  /** Makes the user responsible. It changes nothing else. */
  assign(session: Session, ref: Ref, userId: string): Promise<Asked<void>>;
  /** Adds addresses that a merge has dropped to Konvert's field of the contact. Absent if merges drop none. */
  carry?(session: Session, contactId: string, contactData: readonly ContactData[]): Promise<Asked<void>>;
  /** Messages into timelines, the oldest first, at most `offers.notes`. One answer for each, in order. */
  note(session: Session, notes: readonly Note[]): Promise<Asked<readonly Asked<void>[]>>;
  /** The inbox of enquiries (D5), where one is open until somebody accepts or declines it. Present if `offers.unsorted`. */
  readonly unsorted?: {
    add(session: Session, wanted: Wanted): Promise<Asked<CrmMade>>;
    /** `taken` if somebody was faster. Without a user the CRM decides who is responsible. */
    accept(session: Session, uid: string, userId: string | undefined, stageId?: string): Promise<Asked<CrmMade>>;
    isOpen(session: Session, uid: string): Promise<Asked<boolean>>;
  };
  readonly hooks: {
    readonly maxBodyBytes: number;
    /** In constant time, on raw bytes, before anything is parsed. */
    verify(request: CrmRequest, secrets: HookSecrets): boolean;
    /** Which entities rang. Never throws; what it does not know rings nothing. */
    parse(request: CrmRequest): readonly CrmNews[];
  };
  /**
   * Who looks at our page inside the CRM. Undefined if the request does not prove it, `no-secret` if Konvert was not given
   * what could. Some CRMs are asked.
   */
  frame?(
    request: CrmRequest,
    secrets: HookSecrets,
    ask: AskCrm,
    signal: AbortSignal,
  ): Promise<Look | 'no-secret' | undefined>;
  readonly links: {
    contact(portal: Portal, id: string): string;
    deal(portal: Portal, id: string): string;
    newDeal(portal: Portal, contactId: string, pipelineId?: string): string;
  };
}
