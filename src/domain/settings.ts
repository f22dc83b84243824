import { type WaitingInForce, type WaitingSetting, waitingAfter } from './waiting-setting.ts';

/** The roles of users in one channel (R): `manager` is the field's word for the head, an `auditor` only reads. */
export const ROLES = ['seller', 'manager', 'auditor'] as const;

/** What a user may see and do in one channel. */
export type Role = (typeof ROLES)[number];

/** A user's role in a channel, and whether they receive new clients there. */
export interface UserRole {
  readonly userId: string;
  readonly role: Role;
  readonly allowGetNewClients: boolean;
}

/**
 * How a new client of a channel gets a responsible user: in turn (D2), by the first reply (D4), or by the first reply
 * or the CRM's own inbox (D5).
 */
export const NEW_CLIENT_MODES = ['round-robin', 'first-reply', 'unsorted'] as const;

/** How a new client of a channel gets a responsible user. */
export type NewClientMode = (typeof NEW_CLIENT_MODES)[number];

/** What happens to new clients of a channel, and the stage of the CRM in which their deals begin. */
export interface NewClients {
  readonly mode: NewClientMode;
  readonly pipelineId?: string;
  readonly stageId?: string;
}

/** The settings of one channel as rules see them. */
export interface ChannelSettings {
  readonly newClients: NewClients;
  /** The roles of users who exist. A user who was deleted has no role until they are pushed again. */
  readonly userRoles: readonly UserRole[];
  /**
   * Whether the channel ever had roles, though they may be gone. Before that, `crmUserId` only names an author (R4).
   */
  readonly rolesSaved: boolean;
  /** The name of the schedule by which the channel is open (T9). Without one it always is. */
  readonly schedule?: string;
  /** What is done about clients who wait. Without it no timer runs. */
  readonly waiting?: WaitingInForce;
}

/**
 * The settings that the account chooses for a channel. The rest is derived. Without `schedule` or `waiting` that stays as
 * it is; null: always open, or no timer.
 */
export interface ChosenSettings extends Pick<ChannelSettings, 'newClients' | 'userRoles'> {
  readonly schedule?: string | null | undefined;
  readonly waiting?: WaitingSetting | null | undefined;
}

/** The settings of a channel that hold once these are chosen, at `now` (epoch ms). */
export function withChoices(before: ChannelSettings, chosen: ChosenSettings, now: number): ChannelSettings {
  const { newClients, userRoles } = chosen;
  const schedule = scheduleAfter(before.schedule, chosen.schedule);
  const waiting = waitingAfter(before.waiting, chosen.waiting, now);
  return {
    newClients,
    userRoles,
    rolesSaved: true,
    ...(schedule !== undefined && { schedule }),
    ...(waiting && { waiting }),
  };
}

/** The schedule of a channel once one is chosen. */
export function scheduleAfter(before: string | undefined, chosen: string | null | undefined): string | undefined {
  return chosen === undefined ? before : (chosen ?? undefined);
}

/** The options for all channels of an account. */
export interface AccountOptions {
  readonly notifyHeadsAboutAllMessages: boolean;
  readonly saveMessagesToTimeline: boolean;
  /** The origins that may show the page in a frame, beside those of the CRMs that we know. */
  readonly frameAncestors: readonly string[];
  /** After so many days messages are forgotten that nobody waits for; null: never. */
  readonly retentionDays: number | null;
  /** The IANA name of the zone in which the account counts its days. */
  readonly zone: string;
}

/** The settings of a channel before any were chosen: first reply, and no roles. */
export const NO_SETTINGS: ChannelSettings = {
  newClients: { mode: 'first-reply' },
  userRoles: [],
  rolesSaved: false,
};

/** The options before any were chosen. */
export const DEFAULT_OPTIONS: AccountOptions = {
  notifyHeadsAboutAllMessages: true,
  saveMessagesToTimeline: false,
  frameAncestors: [],
  retentionDays: null,
  zone: 'UTC',
};

/** Whether the role may write to clients. Only such a role can receive new ones (D3). */
export function mayWrite(role: Role): boolean {
  return role !== 'auditor';
}
