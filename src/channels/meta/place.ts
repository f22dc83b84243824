import type { Received } from '#channels/inbound';
import type { PersonIds } from '#channels/terms';

/** An item of `messaging[]`, and who it is about. */
export interface Place {
  /** The field that says what it is, and what is in it. */
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** All fields of the item, as they came. */
  readonly item: Readonly<Record<string, unknown>>;
  /** It came from the account, and not from the client. */
  readonly isOwn: boolean;
  /** The apps in which a person of the team writes. */
  readonly inboxes: ReadonlySet<string>;
  readonly account?: string;
  /** The client. */
  readonly ids?: PersonIds;
  readonly time?: number;
  readonly standby?: true;
}

/** An item that is left out on purpose. `reason` names its kind, never what it says. */
export function leftOut(reason: string): Received[] {
  return [{ kind: 'ignored', reason }];
}

/** The account of an item, if it is told. */
export function accountOf({ account }: Place): { readonly account?: string } {
  return account === undefined ? {} : { account };
}
