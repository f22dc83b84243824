import type { Credentials, Draft, Outcome } from './channels.ts';
import type { Loading } from './loaded.ts';

/** The CRMs with a connector. */
export type CrmName = 'hubspot' | 'amocrm' | 'bitrix24';

/** How a connection stands. */
export type CrmState = 'connecting' | 'active' | 'degraded' | 'unauthorized' | 'blocked' | 'disabled';

/** What cannot be done without a person. `about` is what it is about: a channel's id, the name of a property. */
export interface CrmProblem {
  readonly code: string;
  readonly about?: string;
  /** ISO 8601. */
  readonly since: string;
  /** The words of the API, for a code that the page does not know. */
  readonly text: string;
}

/** Something to do by hand in the CRM, with what to copy there by the CRM's own names. */
export interface CrmTodo {
  readonly code: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** What connecting answers, and new credentials. `authorizeUrl` is where a person consents in the CRM. */
export interface ConnectedCrm {
  readonly connectionId: string;
  readonly crm: CrmName;
  readonly state: CrmState;
  readonly authorizeUrl?: string;
  readonly hooksUrl: string;
  readonly frameUrl: string;
  readonly todo: readonly CrmTodo[];
}

/** The CRM of the account. Times are ISO 8601. */
export interface CrmConnection extends Omit<ConnectedCrm, 'authorizeUrl'> {
  readonly portal: { readonly name: string; readonly host: string } | null;
  readonly connectedAs: string | null;
  readonly since: string;
  /** Since when it lets Konvert in no more, and in which words it said so. */
  readonly noAccess?: { readonly since: string; readonly because: string };
  readonly waiting: number;
  /** New clients who are not in the CRM yet. */
  readonly clientsWaiting: number;
  readonly failed: number;
  /** There may be more than was counted. */
  readonly atLeast?: true;
  /** Until when it is not called because of its last answer, and what that was. */
  readonly held?: { readonly until: string; readonly description: string };
  readonly refreshing: boolean;
  readonly lastNewsAt: string | null;
  readonly lastProofAt: string | null;
  readonly problems: readonly CrmProblem[];
}

/** A CRM that takes long: reading goes on without the page. */
export interface RefreshingCrm {
  readonly refreshing: true;
}

/** What was read from the CRM. */
export interface RefreshedCrm {
  readonly users: { readonly added: number; readonly changed: number; readonly gone: number };
  readonly pipelines: number;
  readonly problems: readonly CrmProblem[];
}

/** What changes of a connection. */
export interface CrmChanges {
  readonly credentials?: Credentials;
  readonly enabled?: boolean;
}

/** The CRM of the account, and connecting one. */
export interface CrmModel {
  /** Null while none is connected. */
  readonly connection: Loading<CrmConnection | null>;
  /** What was typed in for a CRM. It is kept in memory only, and forgotten once that is connected. */
  draftOf(crm: CrmName): Draft;
  setDraft(crm: CrmName, draft: Draft): void;
  connect(crm: CrmName, credentials: Credentials): Promise<Outcome<ConnectedCrm>>;
  change(changes: CrmChanges): Promise<Outcome<ConnectedCrm>>;
  refresh(): Promise<Outcome<RefreshedCrm | RefreshingCrm>>;
  remove(): Promise<Outcome<unknown>>;
}
