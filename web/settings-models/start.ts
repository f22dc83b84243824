import type { CrmName } from './crm.ts';
import type { Loading } from './loaded.ts';
import type { Person } from './people.ts';

/** How far the account is, as the server has it. */
export interface Progress {
  /** Channels that work, and all of them. */
  readonly active: number;
  readonly channels: number;
  readonly people: readonly Person[];
  /** How many users are given new clients in some channel. */
  readonly receivers: number;
  /** Channels in which nobody may answer, by name. */
  readonly withoutTeam: readonly string[];
  readonly hasMessage: boolean;
  /** The CRM that is connected. */
  readonly crm?: CrmName | undefined;
  /** Whether a CRM is told of everything by the webhook. */
  readonly hasWebhook: boolean;
}

/** What is still to do. */
export interface StartModel {
  readonly progress: Loading<Progress>;
}
