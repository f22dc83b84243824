import type { Loading } from './loaded.ts';

/** Whether somebody receives clients. */
export type Status = 'on' | 'away';

/** What a user does while they are on: receive new clients, answer only those who are theirs, watch, or nothing without a role. */
export type Duty = 'receives' | 'answers' | 'watches' | 'none';

/** Who said a status; `schedule` if it is so by the hours of the user. */
export type Speaker = 'user' | 'head' | 'crm' | 'konvert' | 'schedule';

/** Whether somebody receives clients, what they do then, why, and until when (epoch ms). Without `by` nobody has said anything, and they are on. */
export interface StatusNow {
  readonly status: Status;
  readonly until?: number;
  readonly by?: Speaker;
  readonly reason?: string;
  readonly duty: Duty;
  /** How many clients would go to others if the user, who is away, gave them back now. */
  readonly returnable?: number;
}

/** A user of the account with their status. */
export interface Member extends StatusNow {
  readonly id: string;
  readonly name: string;
  /** The name of their schedule, if they have one. */
  readonly schedule?: string;
}

/** Who receives clients. What is refused throws the words for it. */
export interface TeamModel {
  readonly members: Loading<readonly Member[]>;
  /** Without an end it lasts as the hours of the user say. `givesBack`: clients who wait for them go to others in 30 s. */
  setStatus(userId: string, status: Status, until?: number, givesBack?: boolean): Promise<void>;
  setSchedule(userId: string, schedule: string | undefined): Promise<void>;
}
