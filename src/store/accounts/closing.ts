import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { OPERATOR } from '#domain/audit';
import { NOTHING_ERASED } from '#domain/erasure';
import { createAudit } from '#store/accounts/audit';
import { createErasures } from '#store/accounts/erasures';
import { accountKey } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { setting, transact } from '#store/dynamo/transaction';
import { createTasks, type Task, taskName } from '#store/outbox/tasks';

/** An account that closes: the id of its erasure, and the name of the task that does it. */
export interface Closing {
  readonly erasureId: string;
  readonly task: string;
}

const TRIES = 5;

export type ClosingAccounts = ReturnType<typeof createClosing>;

/** Accounts that are to go whole. From then on nobody can enable one, or give it a key. */
export function createClosing(deps: StoreDeps) {
  const { client, clock, newId } = deps;
  const table = tableName(deps, 'accounts');
  const audit = createAudit(deps);
  const erasures = createErasures(deps);
  const tasks = createTasks(deps);

  /**
   * Begins to erase a disabled account, with the task, its report, and the act in the operator's log. If it closes already
   * it is the same erasure.
   */
  async function begin(account: string, base: string): Promise<Closing | 'unknown' | 'enabled'> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const Key = accountKey(account);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      if (!Item) return 'unknown';
      const { closing, closingAt, disabledAt } = Item;
      if (typeof closing === 'string') return closingOf(account, closing, Number(closingAt), base);
      if (disabledAt === undefined) return 'enabled';
      const [id, at] = [newId(), clock.now()];
      const isDisabled = {
        ConditionExpression: 'attribute_exists(disabledAt) AND attribute_not_exists(#closing)',
      };
      const task = taskOf(account, id, at, base);
      const begun = await transact(client, [
        { Update: { TableName: table, Key, ...setting({ closing: id, closingAt: at }, isDisabled) } },
        ...erasures.begin(OPERATOR, { id, kind: 'account', requestedAt: at }),
        audit.write(OPERATOR, { actor: OPERATOR, act: 'account-closed', subject: account }),
        tasks.write(task, 0),
      ]);
      if (begun) return { erasureId: id, task: taskName(task) };
    }
    throw new ContentionError('An account');
  }

  return { begin };
}

function closingOf(account: string, id: string, at: number, base: string): Closing {
  return { erasureId: id, task: taskName(taskOf(account, id, at, base)) };
}

function taskOf(account: string, id: string, at: number, base: string): Task {
  return { kind: 'close', account, id, at, base, step: 0, erased: NOTHING_ERASED };
}
