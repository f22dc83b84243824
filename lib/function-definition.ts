import type { LimitedWrites, WriteAction } from '#lib/account-writes';
import type { QueueName } from '#lib/listeners';
import type { RoutedName } from '#lib/routes';
import type { TableAccess, TableAction } from '#lib/tables';

/**
 * What a function does with secrets: `open` or `seal` those of channels, `openReceiver` or `sealReceiver` those of
 * receivers of events; `openCrm` or `sealCrm` the credentials of CRMs, `openCrmTokens` or `sealCrmTokens` their tokens;
 * `sign` reads the secret of the installation and no other, `found` makes it.
 */
export type SecretUse =
  | 'open'
  | 'seal'
  | 'openReceiver'
  | 'sealReceiver'
  | 'openCrm'
  | 'sealCrm'
  | 'openCrmTokens'
  | 'sealCrmTokens'
  | 'sign'
  | 'found';

/** What is done with files. Who reads one may also ask whether it is there. */
export type FileAction = 'GetObject' | 'PutObject' | 'DeleteObject';

/**
 * What may be done to the files that clients sent (`in`), to those that the team sent (`out`), and to those that were
 * uploaded and that no message has yet (`up`).
 */
export type FileAccess = { readonly [Part in 'in' | 'out' | 'up']?: readonly FileAction[] };

/** Access without writes to the table of accounts. */
type Tables = TableAccess & { readonly accounts?: readonly Exclude<TableAction, WriteAction>[] };

/** Everything that a function may do. What starts it is in `lib/routes.ts` and `lib/listeners.ts`. */
export interface FunctionDefinition {
  readonly timeoutSeconds: number;
  readonly tables: Tables;
  /** What it may write to the table of accounts. Keys and secrets stand there, so no function may write all of it. */
  readonly accountWrites?: readonly LimitedWrites[];
  /** What it may write to the outbox, if that is only a part. */
  readonly outboxWrites?: readonly LimitedWrites[];
  /** What it may write to the table of pages, if that is only a part. */
  readonly pageWrites?: readonly LimitedWrites[];
  /** The queues that it may send to. */
  readonly sendsTo?: readonly QueueName[];
  /** What it may do with secrets. */
  readonly secrets?: readonly SecretUse[];
  /** What it may do to files. */
  readonly files?: FileAccess;
  /** Whether it names the bucket of files to browsers, though it may do nothing there. */
  readonly namesBucket?: boolean;
  /** Whether it tells addresses of files, so that it has to know its own. */
  readonly tellsAddresses?: boolean;
  /** What it does with the sockets of pages: it only tells their address, or rings them as well. */
  readonly doorbell?: 'told' | 'rung';
  /** The function sends to its own queue. Lambda's loop detection would stop it after about 16 rounds, so it is off. */
  readonly ringsItself?: boolean;
  /** The functions that it calls as the gateway does. */
  readonly passesTo?: readonly RoutedName[];
  /** Whether it calls addresses that people gave. */
  readonly callsOut?: boolean;
}
