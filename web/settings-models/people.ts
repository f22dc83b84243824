import type { Loading } from './loaded.ts';

/** A user of the account. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** How many there were when the CRM's data was read again, and when that was (epoch ms). */
export interface Refreshed {
  readonly users: number;
  readonly pipelines: number;
  readonly at: number;
}

/** The users of the account, and links to their chats. What is refused throws the words for it. */
export interface PeopleModel {
  /** By name. */
  readonly users: Loading<readonly Person[]>;
  /** An empty id is made. */
  add(name: string, id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** A fresh link to the chats of that user. */
  linkOf(userId: string): Promise<string>;
  /** Reads again what the CRM pushes: users and pipelines. */
  refresh(): Promise<Refreshed>;
}
