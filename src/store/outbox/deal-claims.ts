import { type StoreDeps, tableName } from '#store/dynamo/client';
import { writeIf } from '#store/dynamo/transaction';
import { createTasks, REQUEST_MS, type TaskOf } from '#store/outbox/tasks';

/** A second press within this time is the first one. */
const CLAIM_MS = 60_000;

/** Requests of users for deals. */
export function createDealClaims(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');
  const tasks = createTasks(deps);

  /**
   * Puts the task, and claims the chat for the user for a minute, in one transaction. False if they have asked for a deal
   * there within the last minute: then nothing is put.
   */
  function ask(task: TaskOf<'ask-deal'>): Promise<boolean> {
    const now = clock.now();
    const l = `deal#${task.account}#${task.chat}#${task.userId}`;
    const until = now + CLAIM_MS;
    const claim = {
      TableName: table,
      Item: { l, e: '-', until, ttl: Math.ceil(until / 1000) },
      ConditionExpression: 'attribute_not_exists(l) OR #until <= :now',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':now': now },
    };
    return writeIf(client, [{ Put: claim }, tasks.write(task, REQUEST_MS)]);
  }

  return { ask };
}
