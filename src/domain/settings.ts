/** What a user may see and do in one channel (R): `manager` is the field's word for the head. */
export type Role = 'seller' | 'manager' | 'auditor';

/** A user's role in a channel, and whether they receive new clients there. */
export interface UserRole {
  readonly userId: string;
  readonly role: Role;
  readonly allowGetNewClients: boolean;
}

/** What happens to new clients of a channel (D2, D4, D5), and where in the CRM their deals begin. */
export interface NewClients {
  readonly mode: 'round-robin' | 'first-reply' | 'unsorted';
  readonly pipelineId?: string;
  readonly stageId?: string;
}

/** The settings of one channel as rules see them. */
export interface ChannelSettings {
  readonly newClients: NewClients;
  /** Of the users who exist: whoever was deleted has no role until they are pushed again. */
  readonly userRoles: readonly UserRole[];
  /** Whether roles were ever given here, though they may be gone; before that, `crmUserId` only names an author (R4). */
  readonly rolesSaved: boolean;
}

/** The options for all channels of an account. */
export interface AccountOptions {
  readonly notifyHeadsAboutAllMessages: boolean;
  readonly saveMessagesToTimeline: boolean;
}

/** A channel that nobody set up: first reply, and nobody has a role. */
export const NO_SETTINGS: ChannelSettings = {
  newClients: { mode: 'first-reply' },
  userRoles: [],
  rolesSaved: false,
};

/** The options that nobody chose. */
export const DEFAULT_OPTIONS: AccountOptions = { notifyHeadsAboutAllMessages: true, saveMessagesToTimeline: false };

/** Whether the role may write to clients. Only such a role can receive new ones (D3). */
export function mayWrite(role: Role): boolean {
  return role !== 'auditor';
}
