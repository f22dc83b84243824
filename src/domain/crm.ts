import type { Contact, Deal } from './directory.ts';

/** The CRMs that Konvert has a connector for. */
export const CRMS = ['hubspot', 'amocrm', 'bitrix24'] as const;

/** A CRM that Konvert has a connector for. */
export type CrmName = (typeof CRMS)[number];

/** A contact or a deal in a CRM, by the CRM's own id as text. */
export interface Ref {
  readonly type: 'contact' | 'deal';
  readonly id: string;
}

/** Which account of the CRM is connected, and as whom. */
export interface Portal {
  /** The CRM's id of the account, which never changes. */
  readonly accountId: string;
  /** Where it is reached now: `demo.amocrm.ru`. A portal may be renamed. */
  readonly host: string;
  readonly name: string;
  /** The user as which Konvert calls the CRM, by the name that the CRM has for them. */
  readonly connectedAs: string;
  readonly isAdmin: boolean;
}

/** A user of the CRM. `id` is what the CRM takes for a responsible user. */
export interface CrmUser {
  readonly id: string;
  readonly name: string;
  readonly phone?: string;
  readonly isActive: boolean;
}

/** A stage of a pipeline. Deals begin in an open one. */
export interface CrmStage {
  readonly id: string;
  readonly name: string;
  readonly kind: 'open' | 'won' | 'lost' | 'unsorted';
}

/** A pipeline, with its stages in order. */
export interface CrmPipeline {
  readonly id: string;
  readonly name: string;
  readonly isMain: boolean;
  readonly stages: readonly CrmStage[];
}

/** A contact as the CRM has it. Without a responsible user, or with one who is gone, `responsibleUserId` is empty. */
export interface CrmContact extends Contact {
  readonly type: 'contact';
  /** Our key on it, if Konvert made it. */
  readonly key?: string;
}

/** A deal as the CRM has it. */
export interface CrmDeal extends Deal {
  readonly type: 'deal';
  readonly key?: string;
}

/** What cannot be done without a person, or did not go as it should. Each has one sentence and one action in the page. */
export const CRM_PROBLEMS = [
  'NOT_ADMIN',
  'HOOKS_OFF',
  'HOOKS_MISSING',
  'STAGE_GONE',
  'USERS_SHRANK',
  'FIELD_GONE',
  'PLAN',
  'VALIDATION_RULE',
  'BLOCKED',
  'TOKEN_EXPIRES',
] as const;

/** The code of a problem of a connection. */
export type CrmProblemCode = (typeof CRM_PROBLEMS)[number];

/** A problem of a connection. `about` is what it is about: a channel's id, a property's name. */
export interface CrmProblem {
  readonly code: CrmProblemCode;
  readonly about?: string;
  /** Since when it stands (epoch ms). */
  readonly since: number;
}

/** How a connection stands. `degraded`: it works, and a problem stands. `blocked`: the CRM takes no calls for now. */
export type CrmState = 'connecting' | 'active' | 'degraded' | 'unauthorized' | 'blocked' | 'disabled';

/** Ids of what Konvert made in the CRM for itself: key fields, hooks. Plain text, not secret. */
export type CrmFields = Readonly<Record<string, string>>;

/** Something that a person has to do by hand in the CRM. `code` is a word of the page and of `docs/crms/`. */
export interface CrmTodo {
  readonly code: string;
  /** What to copy there, by the CRM's own names. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Why a CRM takes no calls for longer. Without a `problem` a limit of its plan is used up. */
export interface CrmBlock {
  readonly problem?: 'BLOCKED';
  readonly description?: string;
}

/** The CRM that an account is connected to. An account has one at a time. Times are epoch ms. */
export interface CrmConnection {
  readonly connectionId: string;
  readonly account: string;
  readonly crm: CrmName;
  readonly madeAt: number;
  /** The base of the addresses that the CRM was given: of its hooks, of frames and of the way back from its consent. */
  readonly baseUrl: string;
  /** Absent until the CRM was reached for the first time. */
  readonly portal?: Portal;
  readonly fields: CrmFields;
  readonly problems: readonly CrmProblem[];
  readonly todo: readonly CrmTodo[];
  readonly isDisabled: boolean;
  /** When it was switched on again, or got other tokens. What waits is given up a day after that at the earliest. */
  readonly resumedAt?: number;
  /** The consent or the credentials that its tokens come from. Absent while there are none. */
  readonly grantId?: string;
  /** When the CRM took its grant away; an access token may be good for longer. */
  readonly endedAt?: number;
  /** What the CRM said then. */
  readonly endedBecause?: string;
  /** Until when the access token is good. Absent if it has no end, or if there is none yet. */
  readonly goodUntil?: number;
  /** When the token ends, if nothing renews it: a person has to give another one before. */
  readonly expiresAt?: number;
  /** Until when the CRM takes no calls. */
  readonly blockedUntil?: number;
  /** Why: whether it has blocked us, and in its own words if it had any. */
  readonly blockedBecause?: CrmBlock;
  /** When the last hook came, and when the last reconciliation ended. */
  readonly lastNewsAt?: number;
  readonly lastProofAt?: number;
  /** The portal that was connected before, as `portalKey` names it. Its contacts may still be in the directory. */
  readonly former?: string;
  /** When the last of the former portal's contacts was forgotten. What was decided before may name them. */
  readonly forgotAt?: number;
  readonly version: number;
}

/** The name of the connected portal among those of all CRMs; undefined until the CRM was reached. */
export function portalKey({ crm, portal }: Pick<CrmConnection, 'crm' | 'portal'>): string | undefined {
  return portal && `${crm}#${portal.accountId}`;
}

/** Whether the directory may hold contacts and deals of another portal: their ids are somebody else's here. */
export function holdsFormer(connection: Pick<CrmConnection, 'crm' | 'portal' | 'former'>): boolean {
  return connection.former !== undefined && connection.former !== portalKey(connection);
}
